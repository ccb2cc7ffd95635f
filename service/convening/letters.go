package convening

import (
	"context"
	"errors"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/meeting"
	"secretariat/service"
)

// Mail is one letter ready to be delivered.
type Mail struct {
	ID          string // the same for a letter that is sent again; no personal data
	To          Address
	Subject     string // one line
	Text        string
	Event       *Event // the meeting as a calendar entry; nil when the letter does not change it
	Attachments []Attachment
}

// Address is a mailbox and the name of who it belongs to.
type Address struct{ Name, Mail string }

// Attachment is a file that goes with a letter.
type Attachment struct {
	Name      string // file name with extension
	MediaType string
	Data      []byte
}

// Event is a meeting as calendars know it (RFC 5546). Stamp is when its present state was written down.
type Event struct {
	UID         string // "meeting/<id>"
	Sequence    int
	Cancelled   bool // METHOD CANCEL; otherwise REQUEST
	Start, End  time.Time
	Summary     string
	Location    string
	Description string
	URL         string // empty when the address of the system is not known
	Stamp       time.Time
}

// DueInput names the meeting.
type DueInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
}

// DueNotices lists the letters of a meeting that are due now and were not sent.
func (s *Service) DueNotices(ctx context.Context, by domain.Actor, in DueInput) ([]meeting.Letter, error) {
	return service.See(ctx, s.store, func(tx Tx) ([]meeting.Letter, error) {
		c, err := s.caseOf(ctx, tx, in.Meeting)
		if err != nil {
			return nil, err
		}
		if err := access.Can(by, "notice.send", facts(c.meeting)).Err(); err != nil {
			return nil, err
		}
		return c.post.Due(c.rules), nil
	})
}

// Sent says what became of the letters that were due.
type Sent struct {
	Sent    int `json:"sent"`
	GivenUp int `json:"givenUp"` // cannot be delivered; shown to the staff
	Failed  int `json:"failed"`  // not delivered now; due again
}

// SendDue sends the letters of a meeting that are due. Each is marked in a transaction of its own after it was
// delivered, so that a failure in between sends it once more with the same ID rather than never. A letter that can
// never be delivered is given up and shown to the staff. When others fail, the rest are sent all the same and the
// errors are returned.
func (s *Service) SendDue(ctx context.Context, by domain.Actor, in DueInput) (Sent, error) {
	due, err := s.DueNotices(ctx, by, in)
	if err != nil {
		return Sent{}, err
	}
	var out Sent
	var failures []error
	for _, l := range due {
		err := s.sendOne(ctx, by, &l)
		switch {
		case errors.Is(err, errNotDue):
		case err != nil:
			out.Failed++
			failures = append(failures, err)
		case l.Failure != "":
			out.GivenUp++
		default:
			out.Sent++
		}
	}
	return out, errors.Join(failures...)
}

func (s *Service) sendOne(ctx context.Context, by domain.Actor, l *meeting.Letter) error {
	mail, err := s.compose(ctx, *l)
	if err != nil {
		return err
	}
	if l.Failure, err = s.deliver(ctx, *l, mail); err != nil {
		return err
	}
	return s.mark(ctx, by, l, mail.ID)
}

// deliver hands the mail over. A failure that another try cannot mend comes back as its code.
func (s *Service) deliver(ctx context.Context, l meeting.Letter, mail Mail) (string, error) {
	if mail.To.Mail == "" {
		return meeting.FailureNoAddress, nil
	}
	if s.ports.Enclosures != nil {
		files, err := s.ports.Enclosures.Enclose(ctx, l)
		if err != nil {
			return "", err
		}
		mail.Attachments = files
	}
	err := s.ports.Mailer.Send(ctx, mail)
	if code := domain.CodeOf(err); code == domain.CodeInvalid || code == domain.CodeConflict {
		return meeting.FailureRefused, nil
	}
	return "", err
}

// mark keeps that the letter went out. The key is the letter's own, whatever key the caller's act has, since one
// call marks many.
func (s *Service) mark(ctx context.Context, by domain.Actor, l *meeting.Letter, id string) error {
	ctx = service.WithOnce(ctx, "letter/"+id, "")
	_, err := service.Do(ctx, s.env, s.store, by, "notice.send", func(a *service.Act[Tx]) (struct{}, error) {
		l.SentAt = a.Now
		a.On("letter", l.Member, l.Meeting)
		a.Note("kind", string(l.Kind))
		a.Note("occasion", l.Occasion)
		if l.Failure != "" {
			a.Note("failure", l.Failure)
		}
		return struct{}{}, a.Tx.MarkSent(ctx, *l)
	})
	return err
}

// mailID is the name of a letter for good.
func mailID(l meeting.Letter) string {
	return string(l.Kind) + "." + string(l.Meeting) + "." + string(l.Member) + "." + l.Occasion
}
