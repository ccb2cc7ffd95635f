package meeting

import (
	"time"

	"secretariat/domain"
	"secretariat/domain/policy"
)

// What may be taken back is what nobody has relied on yet: before the notice the plan of a meeting and its agenda bind
// nobody (위원회조례 10①).

// CheckUnannounced is nil while nobody was told of the meeting.
func (m Meeting) CheckUnannounced() error {
	if m.Announced() || m.State != Planned {
		return domain.Conflict("meeting.noticed", domain.Args{"state": string(m.State)})
	}
	return nil
}

// Restore puts an item back on the agenda that was withdrawn. CodeConflict "item.not_withdrawn".
func (i *Item) Restore() error {
	if i.State != Withdrawn || i.TabledAt != nil {
		return domain.Conflict("item.not_withdrawn", domain.Args{"state": string(i.State)})
	}
	i.State, i.Outcome, i.OutcomeReason, i.DecidedAt = Listed, "", "", nil
	return nil
}

// Restore opens a date again that was taken off the list. Where somebody was told of that, it counts as proposed now, so that
// who was asked is asked again. CodeConflict "date.not_withdrawn".
func (c *Candidate) Restore(told bool, now time.Time) error {
	if c.ClosedAt == nil || c.Fate != FateRetracted {
		return domain.Conflict("date.not_withdrawn", nil)
	}
	if told {
		c.ProposedAt = now
	}
	c.ClosedAt, c.Fate, c.RemindedAt = nil, "", nil
	return nil
}

// CheckRestore says why a date cannot be put back on the list.
func (p Poll) CheckRestore(c Candidate, r policy.Rules, now time.Time) error {
	chosen, ok := p.Chosen()
	switch {
	case c.Fate != FateRetracted:
		return domain.Conflict("date.not_withdrawn", nil)
	case ok && chosen.ClosedAt.After(*c.ClosedAt):
		return domain.Conflict("date.closed", nil)
	case !c.StartsAt.After(now):
		return domain.Conflict("date.past", nil)
	case len(p.Open()) >= policy.DatesMost.Of(r):
		return domain.Conflict("date.too_many", domain.Args{"max": policy.DatesMost.Of(r), "open": len(p.Open())})
	}
	for _, open := range p.Open() {
		if open.StartsAt.Equal(c.StartsAt) {
			return domain.Conflict("conflict.date", nil)
		}
	}
	return nil
}
