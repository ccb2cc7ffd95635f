package surveying

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
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

// file is everything that the stage of a round and its letters depend on.
type file struct {
	survey alliance.Survey
	post   alliance.Post
	rules  policy.Rules
}

func (s *Service) caseOf(ctx context.Context, tx Tx, id domain.ID) (file, error) {
	v, err := tx.Survey(ctx, id)
	if err != nil {
		return file{}, err
	}
	f := file{survey: v, post: alliance.Post{Consultation: v.Window(), Now: s.now()}}
	if f.rules, err = s.rules(ctx, tx, v); err != nil {
		return f, err
	}
	if v.State != alliance.SurveyOpen && v.State != alliance.SurveyWithdrawn {
		return f, nil
	}
	if v.State == alliance.SurveyOpen {
		if f.post.Asked, err = tx.SurveyAsked(ctx, v); err != nil {
			return f, err
		}
	}
	f.post.Sent, err = tx.LettersOfSurvey(ctx, v.ID)
	return f, err
}

// SendDue sends the letters of a round that are due: survey.send. Each is marked in a transaction of its own after it was
// delivered. When others fail, the rest are sent all the same and the errors are returned.
func (s *Service) SendDue(ctx context.Context, by domain.Actor, in CaseInput) error {
	f, err := service.See(ctx, s.store, func(tx Tx) (file, error) { return s.caseOf(ctx, tx, in.Survey) })
	if err != nil {
		return err
	}
	if err := access.Can(by, "survey.send", access.Facts{Committee: f.survey.Committee}).Err(); err != nil {
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
		v, err := tx.Survey(ctx, l.Consultation)
		if err != nil {
			return Letter{}, err
		}
		if needed, err := s.needed(ctx, tx, v, l); err != nil || !needed {
			return Letter{}, err
		}
		return s.compose(ctx, tx, v, l)
	})
	if err != nil || mail.ID == "" {
		return err
	}
	l.Failure = failureNoAddress
	if mail.Mail != "" {
		err := s.ports.Mailer.Ask(ctx, mail)
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
	_, err = service.Do(ctx, s.env, s.store, by, "survey.send", func(a *service.Act[Tx]) (struct{}, error) {
		a.On("letter", l.To, l.Consultation)
		a.Note("kind", string(l.Kind))
		if l.Failure != "" {
			a.Note("failure", l.Failure)
		}
		l.SentAt = a.Now
		return struct{}{}, a.Tx.SurveyLetterSent(ctx, l)
	})
	return err
}

// needed reports whether a letter still says something to its recipient: nobody is asked once the time is over, and nobody
// reminded who has submitted.
func (s *Service) needed(ctx context.Context, tx Tx, v alliance.Survey, l alliance.Letter) (bool, error) {
	switch {
	case l.Kind == alliance.LetterWithdrawn:
		return v.State == alliance.SurveyWithdrawn, nil
	case !v.Takes(s.now()):
		return false, nil
	case l.Kind != alliance.LetterRemind:
		return true, nil
	}
	return tx.SurveyOwes(ctx, v, l.To)
}

// letterFacts is everything that a letter says.
type letterFacts struct {
	Name       string
	Alliance   string
	Department string
	Survey     alliance.Survey
	Link       string
}

// compose writes a letter from the facts of this moment. The address is empty when there is none. The letter's identifier is
// the same whenever it is composed, and does not end with a dot.
func (s *Service) compose(ctx context.Context, tx Tx, v alliance.Survey, l alliance.Letter) (Letter, error) {
	out := Letter{ID: strings.TrimSuffix("survey."+string(l.Kind)+"."+string(v.ID)+"."+string(l.To)+"."+l.Occasion, ".")}
	account, err := tx.Account(ctx, l.To)
	if domain.CodeOf(err) != domain.CodeNotFound && !account.Disabled {
		out.Name, out.Mail = account.Name, account.Email
	}
	if err != nil && domain.CodeOf(err) != domain.CodeNotFound {
		return out, err
	}
	of, err := tx.Committee(ctx, v.Committee)
	if err != nil {
		return out, err
	}
	a, err := tx.Alliance(ctx, v.Alliance)
	if err != nil {
		return out, err
	}
	f := letterFacts{Name: out.Name, Alliance: a.Name, Department: of.OwningDepartment, Survey: v}
	if s.ports.Address != "" {
		f.Link = strings.TrimSuffix(s.ports.Address, "/") + "/surveys/" + string(v.ID)
	}
	if out.Text, err = render(string(l.Kind), f); err != nil {
		return out, err
	}
	subject, err := render("subject_"+string(l.Kind), f)
	out.Subject = strings.Join(strings.Fields(subject), " ")
	return out, err
}

func render(name string, f letterFacts) (string, error) {
	var b bytes.Buffer
	err := letters.ExecuteTemplate(&b, name, f)
	return b.String(), err
}
