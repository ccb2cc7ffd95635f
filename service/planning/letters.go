package planning

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
	"secretariat/domain/plan"
	"secretariat/domain/policy"
	"secretariat/service"
)

//go:embed letters.tmpl
var letterText string

var letters = template.Must(template.New("letters").Option("missingkey=error").Parse(letterText))

// Why a letter is not delivered and not tried again.
const (
	failureNoAddress = "no_address"
	failureRefused   = "refused"
)

// Letter is a mail ready to be delivered.
type Letter struct {
	ID            string // the same for a letter that is sent again; no personal data
	Name, Mail    string // of the recipient
	Subject, Text string
}

// Mailer delivers one letter. CodeInvalid and CodeConflict say that it can never be delivered to this address.
type Mailer interface {
	Chase(context.Context, Letter) error
}

// Mailing has the service write letters; address is where people reach the system, which may be empty.
func (s *Service) Mailing(m Mailer, address string) *Service {
	s.mailer, s.address = m, strings.TrimSuffix(address, "/")
	return s
}

// post is everything that the letters of the review under way depend on; of no review when none is.
func (s *Service) post(ctx context.Context, tx Tx, p plan.Plan) (plan.Post, policy.Rules, error) {
	out := plan.Post{Now: s.now()}
	r, err := s.rules(ctx, tx, p)
	if err != nil {
		return out, r, err
	}
	held, err := tx.ReviewsOf(ctx, p.ID)
	if err != nil {
		return out, r, err
	}
	open := slices.IndexFunc(held, func(v plan.Review) bool { return v.ClosedAt == nil })
	if open < 0 {
		return out, r, nil
	}
	out.Review = held[open]
	sets, err := tx.ChangeSets(ctx, p.ID)
	if err != nil {
		return out, r, err
	}
	reports, err := tx.ReportsIn(ctx, out.Review.ID)
	if err != nil {
		return out, r, err
	}
	out.Missing = missing(plan.Fold(sets, 0), reports, out.Review.ID)
	if out.Known, err = tx.Departments(ctx); err != nil {
		return out, r, err
	}
	if out.People, err = tx.DepartmentPeople(ctx); err != nil {
		return out, r, err
	}
	out.Sent, err = tx.LettersOfReview(ctx, out.Review.ID)
	return out, r, err
}

// SendDue sends the letters of the review under way that are due: review.send. Each is marked in a transaction of its own after it was
// delivered. When others fail, the rest are sent all the same and the errors are returned.
func (s *Service) SendDue(ctx context.Context, by domain.Actor, in CaseInput) error {
	due, err := service.See(ctx, s.store, func(tx Tx) ([]plan.Letter, error) {
		p, err := tx.Plan(ctx, in.Plan)
		if err != nil {
			return nil, err
		}
		if err := access.Can(by, "review.send", facts(p)).Err(); err != nil {
			return nil, err
		}
		post, r, err := s.post(ctx, tx, p)
		if err != nil || post.Review.ID == "" {
			return nil, err
		}
		return post.Due(r), nil
	})
	if err != nil {
		return err
	}
	var failures []error
	for _, l := range due {
		if err := s.sendOne(ctx, by, in.Plan, l); err != nil {
			failures = append(failures, err)
		}
	}
	return errors.Join(failures...)
}

// sendOne sends a letter unless it has become needless since the list was made.
func (s *Service) sendOne(ctx context.Context, by domain.Actor, of domain.ID, l plan.Letter) error {
	mail, err := service.See(ctx, s.store, func(tx Tx) (Letter, error) { return s.compose(ctx, tx, of, l) })
	if err != nil || mail.ID == "" {
		return err
	}
	l.Failure = failureNoAddress
	if mail.Mail != "" {
		err := s.mailer.Chase(ctx, mail)
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
	_, err = service.Do(ctx, s.env, s.store, by, "review.send", func(a *service.Act[Tx]) (struct{}, error) {
		a.On("letter", l.To, of)
		a.Note("kind", string(l.Kind))
		if l.Failure != "" {
			a.Note("failure", l.Failure)
		}
		l.SentAt = a.Now
		return struct{}{}, a.Tx.ReviewLetterSent(ctx, l)
	})
	return err
}

// letterFacts is everything that a letter says.
type letterFacts struct {
	Name, Committee, Office, Plan, Department, Due, Link string
	Year, Quarter                                        int
	Nodes                                                []string // that the department owes
}

// compose writes a letter from the facts of this moment, of no id when the department has reported meanwhile. The address is empty
// when there is none.
func (s *Service) compose(ctx context.Context, tx Tx, of domain.ID, l plan.Letter) (Letter, error) {
	p, err := tx.Plan(ctx, of)
	if err != nil {
		return Letter{}, err
	}
	post, _, err := s.post(ctx, tx, p)
	if err != nil || post.Review.ID != l.Review {
		return Letter{}, err
	}
	d, _ := post.Known.Of(l.Department)
	f := letterFacts{
		Plan: p.Title, Department: d.Name, Due: post.Review.Due.Korean(), Year: post.Review.Year, Quarter: post.Review.Quarter,
	}
	for _, n := range post.Missing {
		if n.Owner == d.Name {
			f.Nodes = append(f.Nodes, n.ID+". "+n.Title)
		}
	}
	if len(f.Nodes) == 0 {
		return Letter{}, nil
	}
	c, err := tx.Committee(ctx, p.Committee)
	if err != nil {
		return Letter{}, err
	}
	f.Committee, f.Office = c.Name, c.OwningDepartment
	if s.address != "" {
		f.Link = s.address + "/reviews/" + string(l.Review)
	}
	return s.addressed(ctx, tx, l, f)
}

func (s *Service) addressed(ctx context.Context, tx Tx, l plan.Letter, f letterFacts) (Letter, error) {
	out := Letter{ID: fmt.Sprintf("review-%s.%s.%s.%s.%d", l.Kind, l.Review, l.Department, l.To, l.Occasion)}
	account, err := tx.Account(ctx, l.To)
	if err != nil {
		return out, err
	}
	if f.Name = account.Name; !account.Disabled {
		out.Name, out.Mail = account.Name, account.Email
	}
	if out.Text, err = render(string(l.Kind), f); err != nil {
		return out, err
	}
	out.Subject, err = render("subject_"+string(l.Kind), f)
	return out, err
}

func render(name string, f letterFacts) (string, error) {
	var b bytes.Buffer
	err := letters.ExecuteTemplate(&b, name, f)
	return b.String(), err
}
