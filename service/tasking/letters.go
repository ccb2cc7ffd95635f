package tasking

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
	"secretariat/domain/calendar"
	"secretariat/domain/pipeline"
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

// SendDue sends the letters of a task that are due: task.send. Each is marked in a transaction of its own after it was
// delivered. When others fail, the rest are sent all the same and the errors are returned.
func (s *Service) SendDue(ctx context.Context, by domain.Actor, in CaseInput) error {
	f, err := service.See(ctx, s.store, func(tx Tx) (file, error) { return s.caseOf(ctx, tx, in.Task) })
	if err != nil {
		return err
	}
	if err := access.Can(by, "task.send", access.Facts{Committee: f.post.Task.Committee}).Err(); err != nil {
		return err
	}
	var failures []error
	for _, l := range f.post.Letters(f.rules) {
		if err := s.sendOne(ctx, by, l); err != nil {
			failures = append(failures, err)
		}
	}
	return errors.Join(failures...)
}

// sendOne sends a letter unless it has become needless since the list was made, which takes time to work off.
func (s *Service) sendOne(ctx context.Context, by domain.Actor, l pipeline.Letter) error {
	mail, err := service.See(ctx, s.store, func(tx Tx) (Letter, error) {
		f, err := s.caseOf(ctx, tx, l.Task)
		if err != nil || !slices.Contains(f.post.Letters(f.rules), l) {
			return Letter{}, err
		}
		return s.compose(ctx, tx, f, l)
	})
	if err != nil || mail.ID == "" {
		return err
	}
	if l.Failure, err = s.deliver(ctx, mail); err != nil {
		return err
	}
	ctx = service.WithOnce(ctx, "letter/"+mail.ID, "")
	_, err = service.Do(ctx, s.env, s.store, by, "task.send", func(a *service.Act[Tx]) (struct{}, error) {
		a.On("letter", l.To, l.Task)
		a.Note("kind", string(l.Kind))
		if l.Failure != "" {
			a.Note("failure", l.Failure)
		}
		l.SentAt = a.Now
		return struct{}{}, a.Tx.TaskLetterSent(ctx, l)
	})
	return err
}

// deliver hands a letter to the mailer, and says why it never will arrive.
func (s *Service) deliver(ctx context.Context, mail Letter) (failure string, err error) {
	if mail.Mail == "" {
		return failureNoAddress, nil
	}
	err = s.ports.Mailer.Tell(ctx, mail)
	if code := domain.CodeOf(err); code == domain.CodeInvalid || code == domain.CodeConflict {
		return failureRefused, nil
	}
	return "", err
}

// letterFacts is everything that a letter says.
type letterFacts struct {
	Name       string
	Alliance   string
	Department string
	Task       pipeline.Task
	Proposer   string
	Due, Basis string
	ReplyBy    string // last day to reply to a request, with its law
	Link       string
}

// compose writes a letter from the facts of this moment. The address is empty when there is none.
func (s *Service) compose(ctx context.Context, tx Tx, f file, l pipeline.Letter) (Letter, error) {
	t := f.post.Task
	out := Letter{ID: string(l.Kind) + "." + string(t.ID) + "." + string(l.To) + "." + l.Occasion}
	account, err := tx.Account(ctx, l.To)
	if domain.CodeOf(err) != domain.CodeNotFound && err != nil {
		return out, err
	}
	if err == nil && !account.Disabled {
		out.Name, out.Mail = account.Name, account.Email
	}
	facts := letterFacts{Name: out.Name, Task: t}
	if err := s.fill(ctx, tx, f, &facts); err != nil {
		return out, err
	}
	name := wording(l.Kind, t)
	if out.Text, err = render(name, facts); err != nil {
		return out, err
	}
	subject, err := render("subject_"+name, facts)
	out.Subject = strings.Join(strings.Fields(subject), " ")
	return out, err
}

func (s *Service) fill(ctx context.Context, tx Tx, f file, out *letterFacts) error {
	t := f.post.Task
	c, err := tx.Committee(ctx, t.Committee)
	if err != nil {
		return err
	}
	a, err := tx.Alliance(ctx, t.Alliance)
	if err != nil {
		return err
	}
	o, err := tx.Organisation(ctx, t.Organisation)
	if err != nil {
		return err
	}
	out.Alliance, out.Department, out.Proposer = a.Name, c.OwningDepartment, o.Name
	if due, basis, ok := t.Due(f.post.Last, f.rules); ok {
		out.Due, out.Basis = calendar.Date(due).Korean(), basis
	}
	if due, basis, ok := t.ReplyBy(f.rules); ok {
		out.ReplyBy = due.Korean() + " (" + basis + ")"
	}
	if s.ports.Address != "" {
		out.Link = strings.TrimSuffix(s.ports.Address, "/") + "/tasks/" + string(t.ID)
	}
	return nil
}

// wording names the text of a letter: by the state of the task, and for what is said about a reply by that alone.
func wording(kind pipeline.LetterKind, t pipeline.Task) string {
	name := string(kind) + "_" + string(t.State)
	switch {
	case t.Kind != pipeline.Regulation:
		return name
	case kind == pipeline.LetterReply || kind == pipeline.LetterExtended || kind == pipeline.LetterOwe:
		name = string(kind)
	}
	return "regulation_" + name
}

func render(name string, f letterFacts) (string, error) {
	var b bytes.Buffer
	err := letters.ExecuteTemplate(&b, name, f)
	return b.String(), err
}
