package minuting

import (
	"context"
	"slices"
	"strconv"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/policy"
	"secretariat/service"
)

// DraftInput asks to draw up the minutes of a meeting that has ended. Redraw draws them up anew as a further version,
// for example after statements were corrected; what was edited meanwhile stays in the earlier versions.
type DraftInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
	Redraw  bool      `json:"redraw"`
}

// Drafted are minutes with their newest version and what they still lack.
type Drafted struct {
	Minutes  minutes.Minutes  `json:"minutes"`
	Revision minutes.Revision `json:"revision"`
	Findings []domain.Finding `json:"findings"`
}

// Draft draws up the minutes from what was recorded (위원회조례 10의2①). A second time it answers with what is there.
// CodeConflict "minutes.not_adjourned" before the end of the meeting, "minutes.locked" to redraw what is circulated.
func (s *Service) Draft(ctx context.Context, by domain.Actor, in DraftInput) (Drafted, error) {
	return service.Do(ctx, s.env, s.store, by, "minutes.draft", func(a *service.Act[Tx]) (Drafted, error) {
		m, err := a.Tx.LockMeeting(ctx, in.Meeting)
		if err != nil {
			return Drafted{}, err
		}
		a.On("meeting", m.ID, m.ID)
		if err := access.Can(by, "minutes.draft", access.Facts{Committee: m.Committee}).Err(); err != nil {
			return Drafted{}, err
		}
		if m.State != meeting.Adjourned || m.AdjournedAt == nil {
			return Drafted{}, domain.Conflict("minutes.not_adjourned", nil)
		}
		old, there, err := a.Tx.MinutesOf(ctx, m.ID)
		if err != nil {
			return Drafted{}, err
		}
		if there && !in.Redraw {
			return latest(ctx, a.Tx, old)
		}
		return s.draw(ctx, a, m, old, there)
	})
}

func latest(ctx context.Context, tx Tx, m minutes.Minutes) (Drafted, error) {
	r, err := tx.Revision(ctx, m.ID, m.Current)
	if err != nil {
		return Drafted{}, err
	}
	held, err := tx.Meeting(ctx, m.Meeting)
	if err != nil {
		return Drafted{}, err
	}
	rules, err := tx.Policy(ctx, held.Rules)
	if err != nil {
		return Drafted{}, err
	}
	return Drafted{Minutes: m, Revision: r, Findings: m.Findings(r.Content, rules)}, nil
}

func (s *Service) draw(
	ctx context.Context, a *service.Act[Tx], m meeting.Meeting, old minutes.Minutes, there bool,
) (Drafted, error) {
	facts, err := a.Tx.Facts(ctx, m.ID)
	if err != nil {
		return Drafted{}, err
	}
	rec := old
	if !there {
		rec = minutes.Minutes{
			ID: a.Env.NewID(), Meeting: m.ID, Committee: m.Committee, State: minutes.Drafting,
			Signers: []domain.ID{}, Version: 1,
		}
		rec.SignBy, rec.PublishBy = minutes.Deadlines(*m.AdjournedAt, facts.Rules)
		if err := a.Tx.AddMinutes(ctx, rec); err != nil {
			return Drafted{}, err
		}
	}
	if rec.State != minutes.Drafting {
		return Drafted{}, domain.Conflict("minutes.locked", nil)
	}
	content := minutes.Draft(facts)
	rev, err := s.revise(ctx, a, &rec, content, "")
	if err != nil {
		return Drafted{}, err
	}
	if err := a.Tx.ChangeMinutes(ctx, &rec); err != nil {
		return Drafted{}, err
	}
	found := rec.Findings(content, facts.Rules)
	a.On("minutes", rec.ID, m.ID)
	a.Note("version", strconv.Itoa(rev.Number))
	a.Note("lacks", strconv.Itoa(len(found)))
	a.Wake("meeting", m.ID)
	return Drafted{Minutes: rec, Revision: rev, Findings: found}, nil
}

// ReviseInput changes the text while it is drafted. Base is the version the caller read.
type ReviseInput struct {
	Minutes domain.ID    `json:"-" path:"minutes"`
	Base    int          `json:"base"`
	Edit    minutes.Edit `json:"edit"`
	Reason  string       `json:"reason"`
}

// Revise writes a new version of the text; the old one stays. CodeStale when somebody wrote one meanwhile,
// CodeConflict "minutes.locked" once the minutes are circulated.
func (s *Service) Revise(ctx context.Context, by domain.Actor, in ReviseInput) (Drafted, error) {
	var p domain.Problems
	p.Text("reason", in.Reason, false, domain.MaxLine)
	in.Edit.Check(&p, "edit.")
	if err := p.Err(); err != nil {
		return Drafted{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "minutes.revise", func(a *service.Act[Tx]) (Drafted, error) {
		f, err := hold(ctx, a, "minutes.revise", in.Minutes, false)
		if err != nil {
			return Drafted{}, err
		}
		if f.minutes.State != minutes.Drafting {
			return Drafted{}, domain.Conflict("minutes.locked", nil)
		}
		if in.Base != f.minutes.Current {
			return Drafted{}, domain.Stale()
		}
		if _, err := s.edit(ctx, a, &f.minutes, in.Edit, in.Reason); err != nil {
			return Drafted{}, err
		}
		if err := a.Tx.ChangeMinutes(ctx, &f.minutes); err != nil {
			return Drafted{}, err
		}
		return latest(ctx, a.Tx, f.minutes)
	})
}

// edit writes the current version with changes as the next one.
func (s *Service) edit(
	ctx context.Context, a *service.Act[Tx], m *minutes.Minutes, e minutes.Edit, reason string,
) (minutes.Revision, error) {
	now, err := a.Tx.Revision(ctx, m.ID, m.Current)
	if err != nil {
		return now, err
	}
	next, err := now.Content.Edited(e, a.Env.NewID)
	if err != nil {
		return now, err
	}
	a.Note("version", strconv.Itoa(m.Current+1))
	return s.revise(ctx, a, m, next, reason)
}

// CirculateInput puts the text before the members for signature. Signers may name those whom the chair has sign in
// rotation (10의2④ 후단); all who took part when empty.
type CirculateInput struct {
	Minutes   domain.ID   `json:"-" path:"minutes"`
	Base      int         `json:"base"`
	Kind      string      `json:"kind"`      // stenography, recording
	Recording string      `json:"recording"` // reference to the 속기록 or 녹음기록
	Signers   []domain.ID `json:"signers"`
}

// Circulate locks the text. CodeRefused with the key of what it lacks: a mandatory field, the verbatim record, too few
// signers.
func (s *Service) Circulate(ctx context.Context, by domain.Actor, in CirculateInput) (minutes.Minutes, error) {
	var p domain.Problems
	p.Text("recording", in.Recording, false, domain.MaxLine)
	domain.OneOf(&p, "kind", in.Kind, "", "stenography", "recording")
	p.Check((in.Recording == "") == (in.Kind == ""), "kind", "field.required")
	if err := p.Err(); err != nil {
		return minutes.Minutes{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "minutes.circulate", func(a *service.Act[Tx]) (minutes.Minutes, error) {
		f, err := hold(ctx, a, "minutes.circulate", in.Minutes, false)
		if err != nil {
			return f.minutes, err
		}
		if f.minutes.State != minutes.Drafting {
			return f.minutes, domain.Conflict("minutes.locked", nil)
		}
		if in.Base != f.minutes.Current {
			return f.minutes, domain.Stale()
		}
		return circulate(ctx, a, f, in)
	})
}

func circulate(ctx context.Context, a *service.Act[Tx], f file, in CirculateInput) (minutes.Minutes, error) {
	m, at := f.minutes, a.Now
	rev, err := a.Tx.Revision(ctx, m.ID, m.Current)
	if err != nil {
		return m, err
	}
	facts, err := a.Tx.Facts(ctx, m.Meeting)
	if err != nil {
		return m, err
	}
	m.Kind, m.Recording = in.Kind, in.Recording
	if err := domain.Refuse(m.Findings(rev.Content, facts.Rules)); err != nil {
		return m, err
	}
	if m.Kind != "" && !slices.Contains(policy.VerbatimKinds.Of(facts.Rules), m.Kind) {
		return m, domain.Refused("minutes.verbatim_kind", policy.VerbatimKinds.Cite(facts.Rules), nil)
	}
	if m.Signers, err = signers(rev.Content, facts, in.Signers); err != nil {
		return m, err
	}
	m.State, m.Locked, m.CirculatedAt = minutes.Circulated, m.Current, &at
	a.Note("version", strconv.Itoa(m.Locked))
	a.Note("signers", strconv.Itoa(len(m.Signers)))
	a.Wake("meeting", m.Meeting)
	return m, a.Tx.ChangeMinutes(ctx, &m)
}

// signers are those who took part themselves, or of them those the chair has sign in rotation.
func signers(c minutes.Content, f minutes.Facts, chosen []domain.ID) ([]domain.ID, error) {
	expected := c.Expected(func(member domain.ID) bool {
		own := func(p meeting.Presence) bool { return p.Member == member && p.Via != meeting.ViaProxy }
		return f.Meeting.Mode != meeting.Written && !slices.ContainsFunc(f.Presences, own)
	})
	if len(chosen) == 0 {
		return expected, nil
	}
	least := policy.RotationSigners.Of(f.Rules)
	chosen = slices.Compact(slices.Sorted(slices.Values(chosen)))
	if len(chosen) < least {
		return nil, domain.Refused("minutes.signers_few", policy.RotationSigners.Cite(f.Rules), domain.Args{"least": least})
	}
	for _, id := range chosen {
		if !slices.Contains(expected, id) {
			return nil, domain.Refused("minutes.signer_absent", policy.RotationSigners.Cite(f.Rules), nil)
		}
	}
	return chosen, nil
}
