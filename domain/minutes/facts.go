package minutes

import (
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
)

// Facts are all that happened in a meeting, as recorded; minutes, decisions and the recountable record are drawn up
// from them.
type Facts struct {
	Committee  committee.Committee
	Meeting    meeting.Meeting
	Rules      policy.Rules
	Roster     []committee.Seated // who sat in the seats when it opened
	Items      []meeting.Item     // in the order of the agenda
	Amendments []meeting.Amendment
	Recusals   []meeting.Recusal
	Presences  []meeting.Presence
	Statements []meeting.Statement
	Events     []meeting.Event
	Ballots    []Count // those that ended with a result, in the order of opening
}

// Count is a closed ballot with who was entitled, who took part and what was voted.
type Count struct {
	Ballot ballot.Ballot
	Roll   []ballot.RollEntry
	Voted  []ballot.Participation
	Votes  []ballot.Vote
}

// serving lists who sits in the seats, vacancies left out.
func (f Facts) serving() []committee.Seated {
	var out []committee.Seated
	for _, s := range f.Roster {
		if s.Member != nil {
			out = append(out, s)
		}
	}
	return out
}

// span is the time of the meeting, as far as it is known.
func (f Facts) span() (opened, adjourned time.Time) {
	if f.Meeting.OpenedAt != nil {
		opened = *f.Meeting.OpenedAt
	}
	if f.Meeting.AdjournedAt != nil {
		adjourned = *f.Meeting.AdjournedAt
	}
	return opened, adjourned
}

// attended lists the members who were there for at least a part; in a written deliberation those who returned a vote.
func (f Facts) attended() []domain.ID {
	if f.Meeting.Mode != meeting.Written {
		opened, adjourned := f.span()
		return meeting.PresenceRuleOf(f.Rules).During(f.Presences, opened, adjourned)
	}
	var out []domain.ID
	for _, b := range f.Ballots {
		for _, p := range b.Voted {
			out = append(out, p.Member)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// ballotsOn lists the closed ballots of an item.
func (f Facts) ballotsOn(item domain.ID) []Count {
	var out []Count
	for _, b := range f.Ballots {
		if b.Ballot.Item == item {
			out = append(out, b)
		}
	}
	return out
}
