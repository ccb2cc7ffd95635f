package meeting

import (
	"slices"
	"strconv"
	"time"

	"secretariat/domain"
	"secretariat/domain/policy"
)

// Candidate is a date that is proposed for a planned meeting (회의 날짜 후보). While it is not closed, members answer.
type Candidate struct {
	ID         domain.ID  `json:"id"`
	Meeting    domain.ID  `json:"meeting"`
	StartsAt   time.Time  `json:"startsAt"`
	ProposedAt time.Time  `json:"proposedAt"` // the same for all that were proposed together
	RemindedAt *time.Time `json:"remindedAt,omitempty"`
	ClosedAt   *time.Time `json:"closedAt,omitempty"`
	Fate       Fate       `json:"fate,omitempty"` // empty while it is open
}

// Fate is what became of a candidate date.
type Fate string

// Chosen: the meeting is held on it. Passed: the meeting was fixed otherwise or called off. Retracted: taken off the
// list.
const (
	FateChosen    Fate = "chosen"
	FatePassed    Fate = "passed"
	FateRetracted Fate = "withdrawn"
)

// DateAnswer says whether a member can come on a candidate date. Who has no answer has not answered (미응답).
type DateAnswer struct {
	Date   domain.ID `json:"date"`
	Member domain.ID `json:"member"`
	Can    bool      `json:"can"`
	At     time.Time `json:"at"`
}

// Close ends the answering on a date.
func (c *Candidate) Close(fate Fate, at time.Time) { c.ClosedAt, c.Fate = &at, fate }

// Live reports whether the date may still be answered and chosen: it is open and lies ahead.
func (c Candidate) Live(now time.Time) bool { return c.ClosedAt == nil && c.StartsAt.After(now) }

// Poll is the candidate dates of a planned meeting, with who may answer and who has.
type Poll struct {
	Dates   []Candidate // all that were ever proposed
	Answers []DateAnswer
	Serving map[domain.ID][]domain.ID // members in office on each live date, by the date's id
}

// Open lists the dates that are not closed, soonest first.
func (p Poll) Open() []Candidate {
	return p.where(func(c Candidate) bool { return c.ClosedAt == nil })
}

// Live lists the open dates that lie ahead, soonest first.
func (p Poll) Live(now time.Time) []Candidate {
	return p.where(func(c Candidate) bool { return c.Live(now) })
}

func (p Poll) where(fits func(Candidate) bool) []Candidate {
	out := slices.DeleteFunc(slices.Clone(p.Dates), func(c Candidate) bool { return !fits(c) })
	slices.SortStableFunc(out, func(a, b Candidate) int { return a.StartsAt.Compare(b.StartsAt) })
	return out
}

// Chosen is the date that was chosen last, false when none was.
func (p Poll) Chosen() (Candidate, bool) {
	var last Candidate
	for _, c := range p.Dates {
		if c.Fate == FateChosen && (last.ClosedAt == nil || c.ClosedAt.After(*last.ClosedAt)) {
			last = c
		}
	}
	return last, last.ClosedAt != nil
}

// Answer is a member's answer on a date, nil when there is none.
func (p Poll) Answer(date, member domain.ID) *DateAnswer {
	n := slices.IndexFunc(p.Answers, func(a DateAnswer) bool { return a.Date == date && a.Member == member })
	if n < 0 {
		return nil
	}
	return &p.Answers[n]
}

// Asked lists the members who are asked for an answer, sorted: those in office on one of the live dates.
func (p Poll) Asked(now time.Time) []domain.ID {
	return p.members(now, func(Candidate, domain.ID) bool { return true })
}

// Silent lists the members who owe an answer on a live date, sorted.
func (p Poll) Silent(now time.Time) []domain.ID {
	return p.members(now, func(c Candidate, m domain.ID) bool { return p.Answer(c.ID, m) == nil })
}

func (p Poll) members(now time.Time, fits func(Candidate, domain.ID) bool) []domain.ID {
	out := []domain.ID{}
	for _, c := range p.Live(now) {
		for _, m := range p.Serving[c.ID] {
			if fits(c, m) {
				out = append(out, m)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Proposal is one date that somebody proposes.
type Proposal struct {
	StartsAt time.Time `json:"startsAt"`
}

// CheckDates notes what is wrong with dates that are to be added to a poll, each under its place in the request: a
// date must lie ahead and stand on the list once, and the list is bounded by policy.
func (p Poll) CheckDates(to *domain.Problems, in []Proposal, r policy.Rules, now time.Time) {
	most, seen := policy.DatesMost.Of(r), map[int64]bool{}
	for _, c := range p.Open() {
		seen[c.StartsAt.UnixMicro()] = true
	}
	to.Check(len(in) > 0, "dates", "field.required")
	if len(seen)+len(in) > most {
		to.Add("dates", "date.too_many", domain.Args{"max": most, "open": len(seen)})
	}
	for n, d := range in {
		field := "dates." + strconv.Itoa(n) + ".startsAt"
		at := instant(d.StartsAt)
		switch {
		case d.StartsAt.IsZero():
			to.Add(field, "field.required", nil)
		case !at.After(now):
			to.Add(field, "meeting.in_past", nil)
		case seen[at.UnixMicro()]:
			to.Add(field, "date.twice", nil)
		}
		seen[at.UnixMicro()] = true
	}
}

// Reply is how a member stands to a date.
type Reply string

// A member answers with one of the first two; the others say why there is no answer.
const (
	CanCome     Reply = "yes"  // 가능
	CannotCome  Reply = "no"   // 불가
	NoReply     Reply = "none" // 미응답
	NotInOffice Reply = "out"  // 임기 밖
)

// Reply says how a member stands to a date.
func (p Poll) Reply(date, member domain.ID) Reply {
	switch a := p.Answer(date, member); {
	case a != nil && a.Can:
		return CanCome
	case a != nil:
		return CannotCome
	case slices.Contains(p.Serving[date], member):
		return NoReply
	}
	return NotInOffice
}

// CheckAnswers notes what is wrong with one member's answers, by date: they must be on live dates of the poll on
// which the member is in office.
func (p Poll) CheckAnswers(to *domain.Problems, member domain.ID, given map[domain.ID]Reply, now time.Time) {
	to.Check(len(given) > 0, "answers", "field.required")
	live := p.Live(now)
	for _, id := range sortedKeys(given) {
		field := "answers." + string(id)
		switch {
		case !slices.ContainsFunc(live, func(c Candidate) bool { return c.ID == id }):
			to.Add(field, "date.not_open", nil)
		case !slices.Contains(p.Serving[id], member):
			to.Add(field, "date.not_in_office", nil)
		default:
			domain.OneOf(to, field, given[id], CanCome, CannotCome)
		}
	}
}

func sortedKeys(of map[domain.ID]Reply) []domain.ID {
	out := make([]domain.ID, 0, len(of))
	for id := range of {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// CheckPolled says why dates of a meeting cannot be proposed, answered or chosen: it is not only planned, or it is held
// in writing, so that nobody has to come.
func (m Meeting) CheckPolled() error {
	if m.State != Planned {
		return domain.Conflict("meeting.not_planned", domain.Args{"state": string(m.State)})
	}
	if m.Mode == Written {
		return domain.Conflict("date.written", nil)
	}
	return nil
}

// Plan is the plan of the meeting as it stands.
func (m Meeting) Plan() Plan {
	return Plan{
		Title: m.Title, Mode: m.Mode, StartsAt: m.StartsAt, ExpectedEnd: m.ExpectedEnd, Place: m.Place,
		WrittenGround: m.WrittenGround, WrittenReason: m.WrittenReason, WrittenUntil: m.WrittenUntil,
		NoticeGround: m.NoticeGround, NoticeReason: m.NoticeReason,
		CouncilGround: m.CouncilGround, CouncilReason: m.CouncilReason,
		ClosedGround: m.ClosedGround, ClosedReason: m.ClosedReason,
	}
}

// MovedTo is the plan with another start and the same length.
func (p Plan) MovedTo(start time.Time) Plan {
	p.ExpectedEnd = p.ExpectedEnd.Add(start.Sub(p.StartsAt))
	p.StartsAt = start
	return p
}
