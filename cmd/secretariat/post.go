package main

import (
	"context"
	"errors"
	"time"

	"secretariat/domain"
	"secretariat/mail"
	"secretariat/render/ics"
	"secretariat/service/consulting"
	"secretariat/service/convening"
	"secretariat/service/identity"
	"secretariat/service/planning"
	"secretariat/service/selecting"
	"secretariat/service/surveying"
	"secretariat/service/tasking"
)

// sender is what both kinds of outgoing mail do.
type sender interface {
	Send(context.Context, mail.Message) error
}

// postbox hands the letters of the service to the mail package, with the meeting as a calendar entry.
type postbox struct {
	out       sender
	organizer ics.Party
}

func newPostbox(c config) (*postbox, error) {
	from := mail.Address{Name: c.smtp.fromName, Mail: c.smtp.from}
	p := &postbox{organizer: ics.Party{Name: from.Name, Mail: from.Mail}}
	var err error
	if c.smtp.host == "" {
		p.out, err = mail.NewFolder(c.mailFolder, from)
		return p, err
	}
	p.out, err = mail.New(mail.Config{
		Host: c.smtp.host, Port: c.smtp.port, Username: c.smtp.user, Password: c.smtp.password, From: from,
		TLS: mail.TLSPolicy(c.smtp.tls), Timeout: time.Minute,
	})
	return p, err
}

// Send delivers one letter.
func (p *postbox) Send(ctx context.Context, m convening.Mail) error {
	out := mail.Message{ID: m.ID, To: mail.Address(m.To), Subject: m.Subject, Text: m.Text}
	for _, a := range m.Attachments {
		out.Attachments = append(out.Attachments, mail.Attachment(a))
	}
	if m.Event != nil {
		var err error
		if out.Calendar, out.CalendarMethod, err = p.entry(*m.Event, m.To); err != nil {
			return errors.New("the calendar entry cannot be written") // the cause would name the recipient
		}
	}
	return p.out.Send(ctx, out)
}

// Invite delivers a letter with a link.
func (p *postbox) Invite(ctx context.Context, l identity.Letter) error {
	return p.out.Send(ctx, mail.Message{ID: l.ID, To: mail.Address{Name: l.Name, Mail: l.Mail}, Subject: l.Subject, Text: l.Text})
}

// Inform delivers a letter of a consultation.
func (p *postbox) Inform(ctx context.Context, l consulting.Letter) error {
	return p.out.Send(ctx, mail.Message{ID: l.ID, To: mail.Address{Name: l.Name, Mail: l.Mail}, Subject: l.Subject, Text: l.Text})
}

// Ask delivers a letter of a round of self-assessment.
func (p *postbox) Ask(ctx context.Context, l surveying.Letter) error {
	return p.out.Send(ctx, mail.Message{ID: l.ID, To: mail.Address{Name: l.Name, Mail: l.Mail}, Subject: l.Subject, Text: l.Text})
}

// Report delivers a letter of a selection.
func (p *postbox) Report(ctx context.Context, l selecting.Letter) error {
	return p.out.Send(ctx, mail.Message{ID: l.ID, To: mail.Address{Name: l.Name, Mail: l.Mail}, Subject: l.Subject, Text: l.Text})
}

// Chase delivers a letter of a review.
func (p *postbox) Chase(ctx context.Context, l planning.Letter) error {
	return p.out.Send(ctx, mail.Message{ID: l.ID, To: mail.Address{Name: l.Name, Mail: l.Mail}, Subject: l.Subject, Text: l.Text})
}

// Tell delivers a letter of a task.
func (p *postbox) Tell(ctx context.Context, l tasking.Letter) error {
	return p.out.Send(ctx, mail.Message{ID: l.ID, To: mail.Address{Name: l.Name, Mail: l.Mail}, Subject: l.Subject, Text: l.Text})
}

// invitePause is between two looks for links that have to be sent.
const invitePause = 2 * time.Second

// invite sends the links that wait until the context ends. What cannot be sent now is tried again.
func (a *app) invite(ctx context.Context) error {
	by := domain.System("post")
	for {
		if _, err := a.services.Identity.SendInvitations(ctx, by); err != nil && ctx.Err() == nil {
			a.log.Warn("links to set a password wait", "error", domain.CodeOf(err))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(invitePause):
		}
	}
}

// entry is the calendar entry of one recipient; nobody else is listed.
func (p *postbox) entry(e convening.Event, to convening.Address) ([]byte, string, error) {
	method := ics.Request
	if e.Cancelled {
		method = ics.Cancel
	}
	raw, err := ics.Render(ics.Event{
		UID: e.UID, Sequence: e.Sequence, Method: method, Start: e.Start, End: e.End, Summary: e.Summary,
		Location: e.Location, Description: e.Description, URL: e.URL, Organizer: p.organizer,
		Attendees: []ics.Party{{Name: to.Name, Mail: to.Mail}}, Stamp: e.Stamp,
	})
	return raw, string(method), err
}
