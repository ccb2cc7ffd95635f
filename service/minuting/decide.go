package minuting

import (
	"context"
	"slices"
	"strconv"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/service"
)

// IssueInput asks to issue the decision records of a meeting that has ended.
type IssueInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
}

// Issued are the first decision records of a meeting's items, in the order of the agenda.
type Issued struct {
	Decisions []minutes.Decision `json:"decisions"`
	New       int                `json:"new"` // issued by this call
}

// Issue gives each item with an outcome its numbered record, once: a second call answers with what is there. Items
// that were withdrawn or never tabled get none. CodeConflict "minutes.not_adjourned".
func (s *Service) Issue(ctx context.Context, by domain.Actor, in IssueInput) (Issued, error) {
	return service.Do(ctx, s.env, s.store, by, "decision.issue", func(a *service.Act[Tx]) (Issued, error) {
		m, err := a.Tx.LockMeeting(ctx, in.Meeting)
		if err != nil {
			return Issued{}, err
		}
		a.On("meeting", m.ID, m.ID)
		if err := access.Can(by, "decision.issue", access.Facts{Committee: m.Committee}).Err(); err != nil {
			return Issued{}, err
		}
		if m.State != meeting.Adjourned {
			return Issued{}, domain.Conflict("minutes.not_adjourned", nil)
		}
		facts, err := a.Tx.Facts(ctx, m.ID)
		if err != nil {
			return Issued{}, err
		}
		return s.issueAll(ctx, a, facts)
	})
}

func (s *Service) issueAll(ctx context.Context, a *service.Act[Tx], f minutes.Facts) (Issued, error) {
	known, err := a.Tx.DecisionsOf(ctx, f.Meeting.ID)
	if err != nil {
		return Issued{}, err
	}
	out := Issued{Decisions: []minutes.Decision{}}
	for _, d := range minutes.Decisions(f) {
		i := slices.IndexFunc(known, func(k minutes.Decision) bool { return k.Item == d.Item && k.Supersedes == "" })
		if i >= 0 {
			out.Decisions = append(out.Decisions, known[i])
			continue
		}
		if d, err = s.issue(ctx, a, f.Committee.Name, d); err != nil {
			return Issued{}, err
		}
		out.Decisions = append(out.Decisions, d)
		out.New++
	}
	a.Note("new", strconv.Itoa(out.New))
	if out.New > 0 {
		a.Wake("meeting", f.Meeting.ID)
	}
	return out, nil
}

// issue numbers a record within its committee and year, hashes and writes it.
func (s *Service) issue(
	ctx context.Context, a *service.Act[Tx], committee string, d minutes.Decision,
) (minutes.Decision, error) {
	year := calendar.DateOf(d.DecidedAt).Year()
	serial, err := a.Tx.NextNumber(ctx, "decision/"+string(d.Committee)+"/"+strconv.Itoa(year))
	if err != nil {
		return d, err
	}
	d.ID, d.IssuedAt, d.Hash = a.Env.NewID(), a.Now, ""
	d.Number = minutes.DecisionNumber(committee, d.Kind, d.DecidedAt, serial)
	if d.Hash, err = s.canonical.Hash(d); err != nil {
		return d, err
	}
	return d, a.Tx.AddDecision(ctx, d)
}

// SupersedeInput replaces a decision record whose wording is wrong by a corrected one. The outcome and the vote stay
// as they were.
type SupersedeInput struct {
	Decision   domain.ID `json:"-" path:"decision"`
	Text       string    `json:"text"`
	Conditions []string  `json:"conditions"`
	Reason     string    `json:"reason"`
	Cause      string    `json:"cause"` // why
}

func (in SupersedeInput) check() error {
	var p domain.Problems
	p.Text("text", in.Text, true, domain.MaxText)
	p.Text("reason", in.Reason, false, domain.MaxText)
	p.Text("cause", in.Cause, true, domain.MaxLine)
	p.Check(len(in.Conditions) <= 100, "conditions", "field.range")
	for i, c := range in.Conditions {
		p.Text("conditions["+strconv.Itoa(i)+"]", c, true, domain.MaxText)
	}
	return p.Err()
}

// Supersede issues a new record in place of one, with its own number; the old one stays and says so nowhere, since it
// is never changed. CodeConflict "decision.superseded" when that happened before.
func (s *Service) Supersede(ctx context.Context, by domain.Actor, in SupersedeInput) (minutes.Decision, error) {
	if err := in.check(); err != nil {
		return minutes.Decision{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "decision.supersede", func(a *service.Act[Tx]) (minutes.Decision, error) {
		old, err := a.Tx.Decision(ctx, in.Decision)
		if err != nil {
			return old, err
		}
		a.On("decision", old.ID, old.Meeting)
		if _, err := a.Tx.LockMeeting(ctx, old.Meeting); err != nil {
			return old, err
		}
		if err := access.Can(by, "decision.supersede", access.Facts{Committee: old.Committee}).Err(); err != nil {
			return minutes.Decision{}, err
		}
		taken, err := a.Tx.SupersededBy(ctx, old.ID)
		if err != nil {
			return minutes.Decision{}, err
		}
		if taken != "" {
			return minutes.Decision{}, domain.Conflict("decision.superseded", nil)
		}
		facts, err := a.Tx.Facts(ctx, old.Meeting)
		if err != nil {
			return minutes.Decision{}, err
		}
		next := old
		next.Text, next.Conditions, next.Reason = in.Text, in.Conditions, in.Reason
		next.Supersedes, next.Cause = old.ID, in.Cause
		a.Wake("meeting", old.Meeting)
		return s.issue(ctx, a, facts.Committee.Name, next)
	})
}
