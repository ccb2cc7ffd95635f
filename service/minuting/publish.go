package minuting

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/minutes"
	"secretariat/domain/policy"
	"secretariat/service"
)

// RedactInput withholds a span of the current text, or a name: characters Start to End (not included) of the anchored
// text, or all of it when both are 0. Passage, the words themselves, says the same in place of both; At is the character
// where it begins, needed when the words stand there more than once.
type RedactInput struct {
	Minutes  domain.ID     `json:"-" path:"minutes"`
	Anchor   string        `json:"anchor"`
	Start    int           `json:"start"`
	End      int           `json:"end"`
	Passage  string        `json:"passage,omitempty"`
	At       *int          `json:"at,omitempty"`
	Ground   string        `json:"ground"` // number of 정보공개법 9①
	Reason   string        `json:"reason"` // is published; must not repeat what is withheld
	ReviewOn calendar.Date `json:"reviewOn"`
}

// Redacted is a redaction, with the other texts that hold the same words and are not covered.
type Redacted struct {
	Redaction minutes.Redaction `json:"redaction"`
	Elsewhere []string          `json:"elsewhere"`
}

// Redact withholds a part of the text from the disclosed record (정보공개법 9①, 14). After publication too: the public
// record is issued anew. CodeInvalid for what is wrong with it, CodeRefused for a ground the policy does not know.
func (s *Service) Redact(ctx context.Context, by domain.Actor, in RedactInput) (Redacted, error) {
	var p domain.Problems
	p.Text("anchor", in.Anchor, true, domain.MaxLine)
	p.Text("reason", in.Reason, true, domain.MaxLine)
	p.Text("passage", in.Passage, false, domain.MaxText)
	p.Check(in.ReviewOn == "" || in.ReviewOn.Valid(), "reviewOn", "field.date")
	if err := p.Err(); err != nil {
		return Redacted{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "minutes.redact", func(a *service.Act[Tx]) (Redacted, error) {
		f, err := hold(ctx, a, "minutes.redact", in.Minutes, false)
		if err != nil {
			return Redacted{}, err
		}
		rules, err := a.Tx.Policy(ctx, f.meeting.Rules)
		if err != nil {
			return Redacted{}, err
		}
		if err := grounded(in, rules); err != nil {
			return Redacted{}, err
		}
		return redact(ctx, a, f.minutes, in)
	})
}

func grounded(in RedactInput, rules policy.Rules) error {
	if !slices.Contains(policy.DisclosureGrounds.Of(rules), in.Ground) {
		return domain.Refused("minutes.no_ground", policy.DisclosureGrounds.Cite(rules), nil)
	}
	if minutes.IsName(in.Anchor) && !policy.NamesWithholdable.Of(rules) {
		return domain.Refused("minutes.names_open", policy.NamesWithholdable.Cite(rules), nil)
	}
	return nil
}

func redact(ctx context.Context, a *service.Act[Tx], m minutes.Minutes, in RedactInput) (Redacted, error) {
	rev, err := a.Tx.Revision(ctx, m.ID, m.Current)
	if err != nil {
		return Redacted{}, err
	}
	var p domain.Problems
	if in.Passage != "" {
		in.Start, in.End = rev.Content.Locate(&p, in.Anchor, in.Passage, in.At)
	}
	r := minutes.Redaction{
		ID: a.Env.NewID(), Minutes: m.ID, Anchor: in.Anchor, Start: in.Start, End: in.End, Ground: in.Ground,
		Reason: strings.TrimSpace(in.Reason), ReviewOn: in.ReviewOn, By: a.By.ID, At: a.Now,
	}
	rev.Content.Fits(&p, r)
	if err := p.Err(); err != nil {
		return Redacted{}, err
	}
	a.Note("redaction", string(r.ID))
	a.Note("ground", r.Ground)
	a.Wake("meeting", m.Meeting)
	return Redacted{Redaction: r, Elsewhere: rev.Content.Elsewhere(r)}, a.Tx.AddRedaction(ctx, r)
}

// LiftInput lifts a redaction whose ground has lapsed.
type LiftInput struct {
	Redaction domain.ID `json:"-" path:"redaction"`
	Reason    string    `json:"reason"`
}

// Unredact lifts a redaction (정보공개법 9②). It stays on record. CodeConflict when it is lifted already.
func (s *Service) Unredact(ctx context.Context, by domain.Actor, in LiftInput) (minutes.Redaction, error) {
	var p domain.Problems
	p.Text("reason", in.Reason, true, domain.MaxLine)
	if err := p.Err(); err != nil {
		return minutes.Redaction{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "minutes.unredact", func(a *service.Act[Tx]) (minutes.Redaction, error) {
		r, err := a.Tx.Redaction(ctx, in.Redaction)
		if err != nil {
			return r, err
		}
		f, err := hold(ctx, a, "minutes.unredact", r.Minutes, false)
		if err != nil {
			return minutes.Redaction{}, err
		}
		if r, err = a.Tx.Redaction(ctx, in.Redaction); err != nil { // again, under the lock
			return r, err
		}
		if r.LiftedAt != nil {
			return r, domain.Conflict("minutes.redaction_lifted", nil)
		}
		at := a.Now
		r.LiftedAt, r.Lifted = &at, strings.TrimSpace(in.Reason)
		a.Note("redaction", string(r.ID))
		a.Wake("meeting", f.minutes.Meeting)
		return r, a.Tx.ChangeRedaction(ctx, r)
	})
}

// ConfirmInput lets the minutes be published before all have signed.
type ConfirmInput struct {
	Minutes domain.ID `json:"-" path:"minutes"`
}

// ConfirmPublish is the chair's release: the day of publication does not wait for late signatures (10의2④⑤).
func (s *Service) ConfirmPublish(ctx context.Context, by domain.Actor, in ConfirmInput) (minutes.Minutes, error) {
	return service.Do(ctx, s.env, s.store, by, "minutes.confirm_publish",
		func(a *service.Act[Tx]) (minutes.Minutes, error) {
			f, err := hold(ctx, a, "minutes.confirm_publish", in.Minutes, false)
			if err != nil {
				return f.minutes, err
			}
			if err := correctable(f.minutes); err != nil {
				return f.minutes, err
			}
			f.minutes.Confirmed = by.Member(f.minutes.Committee)
			a.Wake("meeting", f.minutes.Meeting)
			return f.minutes, a.Tx.ChangeMinutes(ctx, &f.minutes)
		})
}

// PublishInput publishes minutes.
type PublishInput struct {
	Minutes domain.ID `json:"-" path:"minutes"`
}

// Publish makes the disclosed record readable by everyone (10의2⑤). CodeConflict when it is not circulated or is
// published; CodeRefused when signatures are missing without the chair's release, or a reason for what is withheld.
func (s *Service) Publish(ctx context.Context, by domain.Actor, in PublishInput) (minutes.Minutes, error) {
	return service.Do(ctx, s.env, s.store, by, "minutes.publish", func(a *service.Act[Tx]) (minutes.Minutes, error) {
		f, err := hold(ctx, a, "minutes.publish", in.Minutes, false)
		if err != nil {
			return f.minutes, err
		}
		m := f.minutes
		rules, err := a.Tx.Policy(ctx, f.meeting.Rules)
		if err != nil {
			return m, err
		}
		if err := releasable(ctx, a.Tx, m, rules); err != nil {
			return m, err
		}
		at := a.Now
		m.State, m.PublishedAt = minutes.Published, &at
		a.Note("late", strconv.FormatBool(calendar.DateOf(at) > m.PublishBy))
		a.Wake("meeting", m.Meeting)
		return m, a.Tx.ChangeMinutes(ctx, &m)
	})
}

func releasable(ctx context.Context, tx Tx, m minutes.Minutes, rules policy.Rules) error {
	rev, err := tx.Revision(ctx, m.ID, max(m.Locked, 1))
	if err != nil {
		return err
	}
	signed, err := tx.SignaturesOf(ctx, m.ID)
	if err != nil {
		return err
	}
	redactions, err := tx.RedactionsOf(ctx, m.ID)
	if err != nil {
		return err
	}
	return m.Releasable(rev.Content, signed, redactions, rules)
}

// PublishedInput asks for the published minutes of a meeting.
type PublishedInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
}

// PublicMinutes are the minutes as everyone may read them.
type PublicMinutes struct {
	Meeting     domain.ID        `json:"meeting"`
	Version     int              `json:"version"`
	Content     minutes.Content  `json:"content"`
	Notices     []minutes.Notice `json:"notices"`
	PublishedAt time.Time        `json:"publishedAt"`
	Signed      int              `json:"signed"`  // members who have signed
	Signers     int              `json:"signers"` // members who have to
}

// Published shows the disclosed record to everyone. CodeNotFound before publication.
func (s *Service) Published(ctx context.Context, by domain.Actor, in PublishedInput) (PublicMinutes, error) {
	return service.See(ctx, s.store, func(tx Tx) (PublicMinutes, error) {
		m, there, err := tx.MinutesOf(ctx, in.Meeting)
		if err != nil {
			return PublicMinutes{}, err
		}
		if !there || m.State != minutes.Published {
			return PublicMinutes{}, domain.NotFound("minutes")
		}
		facts := access.Facts{Committee: m.Committee, Announced: true, Published: true}
		if err := access.Can(by, "minutes.published", facts).Err(); err != nil {
			return PublicMinutes{}, err
		}
		return public(ctx, tx, m)
	})
}

func public(ctx context.Context, tx Tx, m minutes.Minutes) (PublicMinutes, error) {
	rev, err := tx.Revision(ctx, m.ID, m.Locked)
	if err != nil {
		return PublicMinutes{}, err
	}
	redactions, err := tx.RedactionsOf(ctx, m.ID)
	if err != nil {
		return PublicMinutes{}, err
	}
	signed, err := tx.SignaturesOf(ctx, m.ID)
	if err != nil {
		return PublicMinutes{}, err
	}
	out := PublicMinutes{
		Meeting: m.Meeting, Version: rev.Number, PublishedAt: *m.PublishedAt, Signers: len(m.Signers),
		Signed: len(m.Signers) - len(m.Unsigned(signed)),
	}
	out.Content, out.Notices = minutes.Disclose(rev.Content, redactions)
	return out, nil
}
