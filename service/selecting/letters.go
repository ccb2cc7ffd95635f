package selecting

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/template"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/selection"
	"secretariat/service"
)

//go:embed letters.tmpl
var letterText string

var letters = template.Must(template.New("letters").Option("missingkey=error").Parse(letterText))

// Letter is a mail ready to be delivered.
type Letter struct {
	ID            string // the same for a letter that is sent again; no personal data
	Name, Mail    string // of the recipient
	Subject, Text string
}

// Mailer delivers one letter. CodeInvalid and CodeConflict say that it can never be delivered to this address.
type Mailer interface {
	Report(context.Context, Letter) error
}

// With gives the service what letters need: the mailer, and the address at which people reach the pages.
func (s *Service) With(mailer Mailer, address string) *Service {
	s.mailer, s.address = mailer, strings.TrimSuffix(address, "/")
	return s
}

// Why a letter is not delivered and not tried again.
const (
	failureNoAddress = "no_address"
	failureRefused   = "refused"
)

// post is the correspondence of a call.
type post struct {
	selection.Correspondence
	due []selection.Letter
}

func (s *Service) postOf(ctx context.Context, tx Tx, c selection.Call) (post, error) {
	out := post{Correspondence: selection.Correspondence{Call: c}}
	if c.State == selection.Reviewing {
		return s.supplementPost(ctx, tx, out)
	}
	if c.State != selection.Evaluating && c.AnnouncedAt == nil {
		return out, nil
	}
	var err error
	if out.Panel, err = tx.EvaluatorsOf(ctx, c.ID); err != nil {
		return out, err
	}
	if out.Applications, err = tx.FindApplications(ctx, ApplicationFilter{Call: c.ID, Limit: 0}); err != nil {
		return out, err
	}
	if out.Objections, err = tx.ObjectionsOf(ctx, c.ID); err != nil {
		return out, err
	}
	if out.Reopenings, err = tx.Reopenings(ctx, c.ID); err != nil {
		return out, err
	}
	if out.Sent, err = tx.SelectionLetters(ctx, c.ID); err != nil {
		return out, err
	}
	if out.Announced, _, err = tx.AnnouncedRanking(ctx, c.ID); err != nil {
		return out, err
	}
	if out.Late, err = s.late(ctx, tx, c, out.Panel); err != nil {
		return out, err
	}
	if c.State == selection.Final {
		if out.Owed, err = s.owed(ctx, tx, c); err != nil {
			return out, err
		}
		out.Agreements, err = tx.FindAgreements(ctx, AgreementFilter{Call: c.ID, All: true})
	}
	out.due = out.Due()
	return out, err
}

// late are those of the panel who have to be reminded now of sheets that they have not submitted.
func (s *Service) late(
	ctx context.Context, tx Tx, c selection.Call, panel []selection.Evaluator,
) (map[domain.ID]bool, error) {
	r, err := s.rules(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	if at, _ := c.RemindAt(r); c.State != selection.Evaluating || at.IsZero() || at.After(s.now()) {
		return nil, nil
	}
	work, err := workload(ctx, tx, c)
	out := map[domain.ID]bool{}
	for _, e := range panel {
		out[e.Account] = work.submitted[e.Account] < len(work.assigned(e))
	}
	return out, err
}

// SendDue sends the letters of a call that are due: selection.send. Each is marked in a transaction of its own after it was
// delivered. When others fail, the rest are sent all the same and the errors are returned.
func (s *Service) SendDue(ctx context.Context, by domain.Actor, in CaseInput) error {
	p, err := service.See(ctx, s.store, func(tx Tx) (post, error) {
		c, err := tx.Call(ctx, in.Call)
		if err != nil {
			return post{}, err
		}
		if err := access.Can(by, "selection.send", facts(c)).Err(); err != nil {
			return post{}, err
		}
		return s.postOf(ctx, tx, c)
	})
	if err != nil {
		return err
	}
	var failures []error
	for _, l := range p.due {
		if err := s.sendOne(ctx, by, p, l); err != nil {
			failures = append(failures, err)
		}
	}
	return errors.Join(failures...)
}

func (s *Service) sendOne(ctx context.Context, by domain.Actor, p post, l selection.Letter) error {
	mail, err := service.See(ctx, s.store, func(tx Tx) (Letter, error) { return s.compose(ctx, tx, p, l) })
	if err != nil {
		return err
	}
	l.Failure = failureNoAddress
	if mail.Mail != "" {
		err := s.mailer.Report(ctx, mail)
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
	_, err = service.Do(ctx, s.env, s.store, by, "selection.send", func(a *service.Act[Tx]) (Done, error) {
		a.On("letter", l.To, l.Call)
		a.Note("kind", string(l.Kind))
		if l.Failure != "" {
			a.Note("failure", l.Failure)
		}
		l.SentAt = a.Now
		return Done{Done: true}, a.Tx.SelectionLetterSent(ctx, l)
	})
	return err
}

// letterFacts is everything that a letter says.
type letterFacts struct {
	Name, Committee, Department, Link string
	Call                              selection.Call
	Application                       selection.Application
	Outcome, Score, Reason            string
	Rank                              int
	Until, Basis, EvaluateBy          string
	Fields                            []string // that are asked for again
	Upheld                            bool
	Answer                            string
	Was                               string             // outcome before a ranking that changed it
	Grounds                           []selection.Ground // of that
	Owes, Number                      string             // what a firm owes, under which agreement
	Late                              bool
	Ending                            selection.Termination // of an agreement
	Ground                            string
	Paid, Recognised, Recovery        string
	Refund, Barred                    string // by when it is returned, until when the firm is kept from calls
}

var outcomeNames = map[selection.Outcome]string{
	selection.Selected: "선정", selection.Reserved: "예비선정", selection.OutOfReach: "탈락(순위)", selection.BelowFloor: "탈락(과락)",
}

// compose writes a letter from the facts of this moment. The address is empty when there is none.
func (s *Service) compose(ctx context.Context, tx Tx, p post, l selection.Letter) (Letter, error) {
	of, err := tx.Committee(ctx, p.Call.Committee)
	if err != nil {
		return Letter{}, err
	}
	f := letterFacts{Committee: of.Name, Department: of.OwningDepartment, Call: p.Call}
	if by := p.Call.EvaluateBy; by != "" {
		f.EvaluateBy = by.Korean()
	}
	account, page := l.To, "/calls/"+string(p.Call.ID)+"/sheets"
	switch l.Kind {
	case selection.LetterResult:
		account, page, err = s.result(ctx, tx, p, l.To, &f)
	case selection.LetterChanged:
		account, page, err = s.turned(ctx, tx, p, l.Who(), &f)
	case selection.LetterAgain:
		account = l.Who()
		f.Reason, f.Application, err = asked(ctx, tx, p, l.Matter())
	case selection.LetterRemoved:
		f.Reason = removedFor(p.Panel, l.To)
	case selection.LetterOwed:
		account, page, err = s.reminded(ctx, tx, l, &f)
	case selection.LetterPromoted:
		account, page, err = s.promoted(ctx, tx, p, l.To, &f)
	case selection.LetterEnding, selection.LetterEnded:
		account, page, err = s.endingLetter(ctx, tx, p, l, &f)
	case selection.LetterSupplement, selection.LetterSupplementRemind:
		account, page, err = s.supplementLetter(ctx, tx, l.To, &f)
	case selection.LetterAnswer:
		account, page, err = s.answered(ctx, tx, l.To, &f)
	}
	if err != nil {
		return Letter{}, err
	}
	out := Letter{ID: string(l.Kind) + "." + string(p.Call.ID) + "." + string(l.To)}
	if out.Name, out.Mail, err = address(ctx, tx, account); err != nil {
		return out, err
	}
	f.Name = out.Name
	if s.address != "" {
		f.Link = s.address + page
	}
	if out.Text, err = render(string(l.Kind), f); err != nil {
		return out, err
	}
	subject, err := render("subject_"+string(l.Kind), f)
	out.Subject = strings.Join(strings.Fields(subject), " ")
	return out, err
}

// result adds an applicant's own result, and gives who submitted and where it is read.
func (s *Service) result(ctx context.Context, tx Tx, p post, id domain.ID, f *letterFacts) (domain.ID, string, error) {
	x, err := tx.Application(ctx, id)
	if err != nil {
		return "", "", err
	}
	r, err := s.rules(ctx, tx, p.Call)
	if err != nil {
		return "", "", err
	}
	until, basis := p.Call.ObjectUntil(r)
	f.Application, f.Until, f.Basis = x, until.Korean(), basis
	f.Outcome, f.Reason = "요건 미달", x.Reason
	if i := slices.IndexFunc(p.Announced.Rows, func(r selection.Row) bool { return r.Application == id }); i >= 0 {
		row := p.Announced.Rows[i]
		f.Outcome, f.Reason, f.Rank = outcomeNames[row.Outcome], "", row.Rank
		f.Score = fmt.Sprintf("%d.%02d", row.Final/selection.Point, row.Final%selection.Point/10)
	}
	return x.SubmittedBy, "/applications/" + string(id), nil
}

// turned adds what a later ranking makes of an applicant's result.
func (s *Service) turned(
	ctx context.Context, tx Tx, p post, id domain.ID, f *letterFacts,
) (domain.ID, string, error) {
	account, page, err := s.result(ctx, tx, p, id, f)
	if err != nil {
		return "", "", err
	}
	f.Was, f.Grounds = "평가 대상이 아님", p.Announced.Grounds
	if grade := was(p.Announced.Changes, id); grade != nil {
		f.Was = outcomeNames[grade.Outcome]
	}
	until, _, err := s.objectable(ctx, tx, p.Call, id)
	f.Until = until.Korean()
	return account, page, err
}

// reminded adds what a firm owes under its agreement.
func (s *Service) reminded(ctx context.Context, tx Tx, l selection.Letter, f *letterFacts) (domain.ID, string, error) {
	g, err := tx.Agreement(ctx, l.Who())
	if err != nil {
		return "", "", err
	}
	if f.Application, err = tx.Application(ctx, g.Application); err != nil {
		return "", "", err
	}
	v, err := s.standing(ctx, tx, g, f.Call)
	for _, d := range v.Duties {
		if l.On(d) {
			f.Owes, f.Until, f.Basis, f.Number = dutyNames[d.Kind], d.Due.Korean(), d.Basis, g.Number
			f.Late = d.Due < calendar.DateOf(s.now())
		}
	}
	return f.Application.SubmittedBy, "/agreements/" + string(g.ID), err
}

var dutyNames = map[selection.DutyKind]string{
	selection.OwesProgress: "중간보고서", selection.OwesCompletion: "완료보고서", selection.OwesSettlement: "정산보고서",
	selection.OwesAudit: "감사보고서", selection.OwesRefund: "집행잔액ㆍ이자 등 반납", selection.OwesOutcome: "성과보고서",
}

// asked is why the panel is to look at an application again.
func asked(ctx context.Context, tx Tx, p post, reopening domain.ID) (string, selection.Application, error) {
	for _, r := range p.Reopenings {
		if r.ID == reopening {
			x, err := tx.Application(ctx, r.Application)
			return r.Reason, x, err
		}
	}
	return "", selection.Application{}, domain.NotFound("reopening")
}

func removedFor(panel []selection.Evaluator, account domain.ID) string {
	for _, e := range panel {
		if e.Account == account {
			return e.Removed
		}
	}
	return ""
}

// answered adds the answer to an objection, and gives who objected and where it is read.
func (s *Service) answered(ctx context.Context, tx Tx, id domain.ID, f *letterFacts) (domain.ID, string, error) {
	o, err := tx.Objection(ctx, id)
	f.Upheld, f.Answer = o.Upheld, o.Answer
	return o.FiledBy, "/applications/" + string(o.Application), err
}

func address(ctx context.Context, tx Tx, account domain.ID) (name, mail string, err error) {
	a, err := tx.Account(ctx, account)
	if domain.CodeOf(err) == domain.CodeNotFound || a.Disabled {
		return "", "", nil
	}
	return a.Name, a.Email, err
}

func render(name string, f letterFacts) (string, error) {
	var b bytes.Buffer
	err := letters.ExecuteTemplate(&b, name, f)
	return b.String(), err
}
