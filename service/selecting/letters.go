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
	call selection.Call
	due  []selection.Letter
	rows []selection.Row
}

func (s *Service) postOf(ctx context.Context, tx Tx, c selection.Call) (post, error) {
	out := post{call: c}
	if c.State != selection.Evaluating && c.AnnouncedAt == nil {
		return out, nil
	}
	panel, err := tx.EvaluatorsOf(ctx, c.ID)
	if err != nil {
		return out, err
	}
	all, err := tx.FindApplications(ctx, ApplicationFilter{Call: c.ID, Limit: 0})
	if err != nil {
		return out, err
	}
	objections, err := tx.ObjectionsOf(ctx, c.ID)
	if err != nil {
		return out, err
	}
	sent, err := tx.SelectionLetters(ctx, c.ID)
	if err != nil {
		return out, err
	}
	rank, _, err := tx.RankingOf(ctx, c.ID)
	out.rows = rank.Rows
	out.due = selection.DueLetters(c, panel, all, objections, sent)
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
	Until, Basis                      string
	Upheld                            bool
	Answer                            string
}

var outcomeNames = map[selection.Outcome]string{
	selection.Selected: "선정", selection.Reserved: "예비선정", selection.OutOfReach: "탈락(순위)", selection.BelowFloor: "탈락(과락)",
}

// compose writes a letter from the facts of this moment. The address is empty when there is none.
func (s *Service) compose(ctx context.Context, tx Tx, p post, l selection.Letter) (Letter, error) {
	of, err := tx.Committee(ctx, p.call.Committee)
	if err != nil {
		return Letter{}, err
	}
	f := letterFacts{Committee: of.Name, Department: of.OwningDepartment, Call: p.call}
	account, page := l.To, "/calls/"+string(p.call.ID)+"/sheets"
	switch l.Kind {
	case selection.LetterResult:
		account, page, err = s.result(ctx, tx, p, l.To, &f)
	case selection.LetterAnswer:
		account, page, err = s.answered(ctx, tx, l.To, &f)
	}
	if err != nil {
		return Letter{}, err
	}
	out := Letter{ID: string(l.Kind) + "." + string(p.call.ID) + "." + string(l.To)}
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
	r, err := s.rules(ctx, tx, p.call)
	if err != nil {
		return "", "", err
	}
	until, basis := p.call.ObjectUntil(r)
	f.Application, f.Until, f.Basis = x, until.Korean(), basis
	f.Outcome, f.Reason = "요건 미달", x.Reason
	if i := slices.IndexFunc(p.rows, func(r selection.Row) bool { return r.Application == id }); i >= 0 {
		row := p.rows[i]
		f.Outcome, f.Reason, f.Rank = outcomeNames[row.Outcome], "", row.Rank
		f.Score = fmt.Sprintf("%d.%02d", row.Final/selection.Point, row.Final%selection.Point/10)
	}
	return x.SubmittedBy, "/applications/" + string(id), nil
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
