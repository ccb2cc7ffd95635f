package minuting

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"secretariat/domain"
	"secretariat/domain/minutes"
	"secretariat/service"
)

// SignInput signs the version the member has read, named by its number and hash.
type SignInput struct {
	Minutes domain.ID `json:"-" path:"minutes"`
	Number  int       `json:"number"`
	Hash    string    `json:"hash"`
}

// Sign signs the circulated minutes (10의2④). Items from which the member is recused are noted as not read.
// CodeConflict when they are not circulated or published, or signed already; CodeStale for another version;
// CodeForbidden for who does not sign.
func (s *Service) Sign(ctx context.Context, by domain.Actor, in SignInput) (minutes.Signature, error) {
	return service.Do(ctx, s.env, s.store, by, "minutes.sign", func(a *service.Act[Tx]) (minutes.Signature, error) {
		f, err := hold(ctx, a, "minutes.sign", in.Minutes, true)
		if err != nil {
			return minutes.Signature{}, err
		}
		m := f.minutes
		if m.State == minutes.Drafting {
			return minutes.Signature{}, domain.Conflict("minutes.not_circulated", nil)
		}
		member := by.Member(m.Committee)
		if !slices.Contains(m.Signers, member) {
			return minutes.Signature{}, domain.Forbidden("not-a-signer", "위원회조례 10의2④")
		}
		rev, err := a.Tx.Revision(ctx, m.ID, m.Locked)
		if err != nil {
			return minutes.Signature{}, err
		}
		if in.Number != rev.Number || in.Hash != rev.Hash {
			return minutes.Signature{}, domain.Stale()
		}
		return sign(ctx, a, m, rev, member)
	})
}

func sign(
	ctx context.Context, a *service.Act[Tx], m minutes.Minutes, rev minutes.Revision, member domain.ID,
) (minutes.Signature, error) {
	omitted, err := kept(ctx, a.Tx, a.By, m.Meeting)
	if err != nil {
		return minutes.Signature{}, err
	}
	sig := minutes.Signature{
		Minutes: m.ID, Member: member, Number: rev.Number, Hash: rev.Hash, Omitted: omitted, At: a.Now,
	}
	for _, p := range rev.Content.Present {
		if p.Member == member {
			sig.Name = p.Name
		}
	}
	a.Note("version", strconv.Itoa(rev.Number))
	a.Wake("meeting", m.Meeting)
	return sig, a.Tx.AddSignature(ctx, sig)
}

// CorrectionInput is a member's request to correct the circulated text.
type CorrectionInput struct {
	Minutes domain.ID `json:"-" path:"minutes"`
	Text    string    `json:"text"`
}

// RequestCorrection asks to correct the text. CodeConflict when it is not circulated, or published.
func (s *Service) RequestCorrection(
	ctx context.Context, by domain.Actor, in CorrectionInput,
) (minutes.Correction, error) {
	var p domain.Problems
	p.Text("text", in.Text, true, domain.MaxText)
	if err := p.Err(); err != nil {
		return minutes.Correction{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "minutes.request_correction",
		func(a *service.Act[Tx]) (minutes.Correction, error) {
			f, err := hold(ctx, a, "minutes.request_correction", in.Minutes, true)
			if err != nil {
				return minutes.Correction{}, err
			}
			if err := correctable(f.minutes); err != nil {
				return minutes.Correction{}, err
			}
			c := minutes.Correction{
				ID: a.Env.NewID(), Minutes: f.minutes.ID, Member: by.Member(f.minutes.Committee), Number: f.minutes.Locked,
				Text: in.Text, At: a.Now,
			}
			a.Note("correction", string(c.ID))
			a.Wake("meeting", f.minutes.Meeting)
			return c, a.Tx.AddCorrection(ctx, c)
		})
}

func correctable(m minutes.Minutes) error {
	switch m.State {
	case minutes.Drafting:
		return domain.Conflict("minutes.not_circulated", nil)
	case minutes.Published:
		return domain.Conflict("minutes.published", nil)
	}
	return nil
}

// AnswerInput answers a request: with the changed text when it is accepted, with the reason when not.
type AnswerInput struct {
	Correction domain.ID    `json:"-" path:"correction"`
	Accept     bool         `json:"accept"`
	Answer     string       `json:"answer"`
	Base       int          `json:"base"` // version that Edit changes
	Edit       minutes.Edit `json:"edit"`
}

// Answered is a request with its answer, and the minutes after it.
type Answered struct {
	Correction minutes.Correction `json:"correction"`
	Minutes    minutes.Minutes    `json:"minutes"`
}

func (in AnswerInput) check() error {
	var p domain.Problems
	p.Text("answer", in.Answer, true, domain.MaxText)
	if in.Accept {
		in.Edit.Check(&p, "edit.")
	}
	return p.Err()
}

// AnswerCorrection accepts or declines a request. An accepted one gives a new version; the signatures begin anew and
// everyone is told. CodeConflict when it is answered already or the minutes are published, CodeStale for another
// version.
func (s *Service) AnswerCorrection(ctx context.Context, by domain.Actor, in AnswerInput) (Answered, error) {
	if err := in.check(); err != nil {
		return Answered{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "minutes.answer_correction", func(a *service.Act[Tx]) (Answered, error) {
		c, err := a.Tx.Correction(ctx, in.Correction)
		if err != nil {
			return Answered{}, err
		}
		f, err := hold(ctx, a, "minutes.answer_correction", c.Minutes, false)
		if err != nil {
			return Answered{}, err
		}
		if c, err = a.Tx.Correction(ctx, in.Correction); err != nil { // again, under the lock
			return Answered{}, err
		}
		if c.AnswerAt != nil {
			return Answered{}, domain.Conflict("minutes.correction_answered", nil)
		}
		if err := correctable(f.minutes); err != nil {
			return Answered{}, err
		}
		return s.answer(ctx, a, f.minutes, c, in)
	})
}

func (s *Service) answer(
	ctx context.Context, a *service.Act[Tx], m minutes.Minutes, c minutes.Correction, in AnswerInput,
) (Answered, error) {
	at := a.Now
	c.Accepted, c.Answer, c.AnswerAt = in.Accept, strings.TrimSpace(in.Answer), &at
	if err := a.Tx.ChangeCorrection(ctx, c); err != nil {
		return Answered{}, err
	}
	a.Note("accepted", strconv.FormatBool(in.Accept))
	a.Wake("meeting", m.Meeting)
	if !in.Accept {
		return Answered{Correction: c, Minutes: m}, nil
	}
	if in.Base != m.Current {
		return Answered{}, domain.Stale()
	}
	before, err := a.Tx.Revision(ctx, m.ID, m.Current)
	if err != nil {
		return Answered{}, err
	}
	rev, err := s.edit(ctx, a, &m, in.Edit, "정정 요청 반영")
	if err != nil {
		return Answered{}, err
	}
	if rev.Hash == before.Hash {
		return Answered{}, domain.Conflict("minutes.nothing_changed", nil)
	}
	m.Locked, m.CirculatedAt, m.Confirmed = m.Current, &at, ""
	return Answered{Correction: c, Minutes: m}, a.Tx.ChangeMinutes(ctx, &m)
}
