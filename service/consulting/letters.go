package consulting

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"slices"
	"strings"
	"text/template"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
	"secretariat/service"
)

//go:embed letters.tmpl
var letterText string

var letters = template.Must(template.New("letters").Funcs(template.FuncMap{
	"korean": calendar.Korean,
}).Option("missingkey=error").Parse(letterText))

// Why a letter is not delivered and not tried again.
const (
	failureNoAddress = "no_address"
	failureRefused   = "refused"
)

// file is everything that the stage of a consultation and its letters depend on.
type file struct {
	post  alliance.Post
	rules policy.Rules
	count alliance.Count
}

func (s *Service) caseOf(ctx context.Context, tx Tx, id domain.ID) (file, error) {
	c, err := tx.Consultation(ctx, id)
	if err != nil {
		return file{}, err
	}
	f := file{post: alliance.Post{Consultation: c, Now: s.now()}}
	if f.rules, err = s.rules(ctx, tx, c); err != nil {
		return f, err
	}
	switch c.State {
	case alliance.Collecting:
		if f.post.Asked, err = tx.Asked(ctx, c); err == nil {
			f.post.Speakers, err = tx.SpeakersOf(ctx, c.ID)
		}
	case alliance.Answered:
		f.post.Answers, err = tx.SubmissionsOf(ctx, c.ID)
	case alliance.Withdrawn:
		f.post.Answers, err = tx.SubmissionsUnasked(ctx, c.ID)
	case alliance.Disposing:
		var all []alliance.Answers
		all, err = tx.Outcomes(ctx, c.ID)
		f.count = alliance.CountOpinions(all)
	default:
		return f, nil
	}
	if err != nil {
		return f, err
	}
	f.post.Sent, err = tx.LettersOfConsultation(ctx, c.ID)
	return f, err
}

// CaseInput names a consultation's case.
type CaseInput struct {
	Consultation domain.ID `json:"-" path:"consultation"`
}

// SendDue sends the letters of a consultation that are due: consultation.send. Each is marked in a transaction of its own
// after it was delivered. When others fail, the rest are sent all the same and the errors are returned.
func (s *Service) SendDue(ctx context.Context, by domain.Actor, in CaseInput) error {
	f, err := service.See(ctx, s.store, func(tx Tx) (file, error) { return s.caseOf(ctx, tx, in.Consultation) })
	if err != nil {
		return err
	}
	if err := access.Can(by, "consultation.send", access.Facts{Committee: f.post.Consultation.Committee}).Err(); err != nil {
		return err
	}
	var failures []error
	for _, l := range f.post.Due(f.rules) {
		if err := s.sendOne(ctx, by, l); err != nil {
			failures = append(failures, err)
		}
	}
	return errors.Join(failures...)
}

// sendOne sends a letter unless it has become needless since the list was made, which takes time to work off.
func (s *Service) sendOne(ctx context.Context, by domain.Actor, l alliance.Letter) error {
	mail, err := service.See(ctx, s.store, func(tx Tx) (Letter, error) {
		c, err := tx.Consultation(ctx, l.Consultation)
		if err != nil {
			return Letter{}, err
		}
		if needed, err := s.needed(ctx, tx, c, l); err != nil || !needed {
			return Letter{}, err
		}
		return s.compose(ctx, tx, c, l)
	})
	if err != nil || mail.ID == "" {
		return err
	}
	l.Failure = failureNoAddress
	if mail.Mail != "" {
		err := s.ports.Mailer.Inform(ctx, mail)
		switch code := domain.CodeOf(err); {
		case code == domain.CodeInvalid || code == domain.CodeConflict:
			l.Failure = failureRefused
		case err != nil:
			return err
		default:
			l.Failure = ""
		}
	}
	ctx = service.WithOnce(ctx, "letter/"+mail.ID, "")
	_, err = service.Do(ctx, s.env, s.store, by, "consultation.send", func(a *service.Act[Tx]) (struct{}, error) {
		a.On("letter", l.To, l.Consultation)
		a.Note("kind", string(l.Kind))
		if l.Failure != "" {
			a.Note("failure", l.Failure)
		}
		l.SentAt = a.Now
		return struct{}{}, a.Tx.LetterSent(ctx, l)
	})
	return err
}

// needed reports whether a letter still says something to its recipient: nobody is asked once the time is over, and nobody
// reminded who has answered.
func (s *Service) needed(ctx context.Context, tx Tx, c alliance.Consultation, l alliance.Letter) (bool, error) {
	switch {
	case l.Kind == alliance.LetterAnswer:
		return true, nil
	case l.Kind == alliance.LetterWithdrawn:
		return c.State == alliance.Withdrawn, nil
	case !c.Takes(s.now()):
		return false, nil
	case l.Kind != alliance.LetterRemind:
		return true, nil
	}
	owes, err := tx.Owes(ctx, c, l.To)
	return owes, err
}

// letterFacts is everything that a letter says.
type letterFacts struct {
	Name         string
	Alliance     string
	Department   string
	Consultation alliance.Consultation
	Asks         string // 의견수렴 ...
	Speaker      alliance.Speaker
	Opinions     []string
	Link         string
}

var kindNames = map[alliance.ConsultationKind]string{
	alliance.Consulting: "의견수렴", alliance.PreNotice: "행정예고", alliance.Hearing: "공청회",
}

var outcomeNames = map[alliance.Outcome]string{
	alliance.Accepted: "반영", alliance.Partly: "일부반영", alliance.Declined: "미반영",
}

// letterID is the same whenever the letter is composed. A letter that is sent once only has no occasion, and an identifier may
// not end with a dot.
func letterID(c alliance.Consultation, l alliance.Letter) string {
	id := string(l.Kind) + "." + string(c.ID) + "." + string(l.To)
	if l.Occasion != "" {
		id += "." + l.Occasion
	}
	return id
}

// compose writes a letter from the facts of this moment. The address is empty when there is none.
func (s *Service) compose(ctx context.Context, tx Tx, c alliance.Consultation, l alliance.Letter) (Letter, error) {
	f := letterFacts{Consultation: c, Asks: kindNames[c.Kind]}
	out := Letter{ID: letterID(c, l)}
	var err error
	switch l.Kind {
	case alliance.LetterAnswer:
		out.Name, out.Mail, f.Opinions, err = s.giver(ctx, tx, c, l.To)
	case alliance.LetterSpeaker:
		f.Speaker, err = tx.Speaker(ctx, l.To)
		out.Name, out.Mail = f.Speaker.Name, f.Speaker.Email
	case alliance.LetterWithdrawn:
		out.Name, out.Mail, err = s.asked(ctx, tx, c, l.To)
	default:
		out.Name, out.Mail, err = address(ctx, tx, l.To)
	}
	if err != nil {
		return out, err
	}
	of, err := tx.Committee(ctx, c.Committee)
	if err != nil {
		return out, err
	}
	a, err := tx.Alliance(ctx, c.Alliance)
	if err != nil {
		return out, err
	}
	f.Name, f.Alliance, f.Department = out.Name, a.Name, of.OwningDepartment
	if s.ports.Address != "" {
		f.Link = strings.TrimSuffix(s.ports.Address, "/") + "/consultations/" + string(c.ID)
	}
	if out.Text, err = render(string(l.Kind), f); err != nil {
		return out, err
	}
	subject, err := render("subject_"+string(l.Kind), f)
	out.Subject = strings.Join(strings.Fields(subject), " ")
	return out, err
}

// asked is who is told of a withdrawal: an account that was asked, or who gave a submission without being asked.
func (s *Service) asked(ctx context.Context, tx Tx, c alliance.Consultation, to domain.ID) (name, mail string, err error) {
	if name, mail, err = address(ctx, tx, to); err != nil || mail != "" {
		return name, mail, err
	}
	name, mail, _, err = s.giver(ctx, tx, c, to)
	if domain.CodeOf(err) == domain.CodeNotFound {
		return "", "", nil // an account that is gone
	}
	return name, mail, err
}

func address(ctx context.Context, tx Tx, account domain.ID) (name, mail string, err error) {
	a, err := tx.Account(ctx, account)
	if domain.CodeOf(err) == domain.CodeNotFound || a.Disabled {
		return "", "", nil
	}
	return a.Name, a.Email, err
}

// spokesman is who is told what became of an organisation's opinion: who submitted it, or who else submits for the
// organisation when that person no longer acts for it.
func spokesman(ctx context.Context, tx Tx, sub alliance.Submission) (name, mail string, err error) {
	all, err := tx.PeopleOf(ctx, sub.Organisation)
	if err != nil {
		return "", "", err
	}
	slices.SortStableFunc(all, func(a, b alliance.Person) int {
		switch {
		case a.Account == sub.SubmittedBy:
			return -1
		case b.Account == sub.SubmittedBy:
			return 1
		}
		return 0
	})
	for _, p := range all {
		if !p.Submits && p.Account != sub.SubmittedBy {
			continue
		}
		if name, mail, err = address(ctx, tx, p.Account); err != nil || mail != "" {
			return name, mail, err
		}
	}
	return "", "", nil
}

// giver is who is answered, with what became of each of their opinions.
func (s *Service) giver(
	ctx context.Context, tx Tx, c alliance.Consultation, submission domain.ID,
) (name, mail string, said []string, err error) {
	sub, err := tx.Submission(ctx, submission)
	if err != nil {
		return "", "", nil, err
	}
	name, mail = sub.Giver, sub.Email
	if sub.Organisation != "" {
		if name, mail, err = spokesman(ctx, tx, sub); err != nil {
			return "", "", nil, err
		}
	}
	all, err := answers(ctx, tx, c, sub)
	for _, o := range all {
		said = append(said, articleName(c, o.Article)+": "+outcomeNames[alliance.Outcome(o.Answer)]+" - "+o.Why)
	}
	return name, mail, said, err
}

func articleName(c alliance.Consultation, n int) string {
	if n < 1 || n > len(c.Articles) {
		return "전체 의견"
	}
	return c.Articles[n-1].Label
}

func render(name string, f letterFacts) (string, error) {
	var b bytes.Buffer
	err := letters.ExecuteTemplate(&b, name, f)
	return b.String(), err
}
