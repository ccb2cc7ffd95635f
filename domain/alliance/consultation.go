package alliance

import (
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// ConsultationKind says what kind of asking it is; each has its own period.
type ConsultationKind string

// The kinds of consultations.
const (
	Consulting ConsultationKind = "consulting" // 의견수렴
	PreNotice  ConsultationKind = "prenotice"  // 행정예고 (행정절차법 46)
	Hearing    ConsultationKind = "hearing"    // 공청회 (행정절차법 38)
)

// Audience is who is asked.
type Audience string

// The audiences. Members and divisions are asked by mail; the public is, beside the members.
const (
	AskDivisions Audience = "divisions"
	AskMembers   Audience = "members"
	AskPublic    Audience = "public"
)

// ConsultationState is where a consultation stands.
type ConsultationState string

// The states of a consultation.
const (
	Drafting   ConsultationState = "drafting"
	Collecting ConsultationState = "collecting"
	Disposing  ConsultationState = "disposing" // closed; each opinion is disposed of
	Answered   ConsultationState = "answered"
	Withdrawn  ConsultationState = "withdrawn"
)

// Article is one article of the draft that is consulted on, beside what is in force now (신구대비표).
type Article struct {
	Label  string `json:"label"`
	Before string `json:"before"` // empty for a new one
	After  string `json:"after"`  // empty for one that falls away
}

// Consultation asks organisations, or everybody, what they think of a draft (의견수렴).
type Consultation struct {
	ID          domain.ID         `json:"id"`
	Committee   domain.ID         `json:"committee"`
	Alliance    domain.ID         `json:"alliance"`
	Year        int               `json:"year"`   // with Number: 제2026-3호, once it is open
	Number      int               `json:"number"` // 0 before
	Kind        ConsultationKind  `json:"kind"`
	Title       string            `json:"title"`
	Purpose     string            `json:"purpose"`
	Audience    Audience          `json:"audience"`
	Divisions   []domain.ID       `json:"divisions"`
	Articles    []Article         `json:"articles"`
	ClosesAt    time.Time         `json:"closesAt"`
	Urgent      string            `json:"urgent,omitempty"` // why the period is shorter
	HearingAt   *time.Time        `json:"hearingAt,omitempty"`
	Place       string            `json:"place,omitempty"`
	Record      string            `json:"record,omitempty"` // of the hearing
	Item        domain.ID         `json:"item,omitempty"`   // agenda item that the digest goes to
	Paper       int               `json:"paper,omitempty"`  // number of the digest among the papers of the item
	Call        domain.ID         `json:"call,omitempty"`   // call that was consulted on; who gave an opinion and applies is told of
	State       ConsultationState `json:"state"`
	OpenedAt    *time.Time        `json:"openedAt,omitempty"`
	MovedAt     *time.Time        `json:"movedAt,omitempty"` // when its dates were last moved
	MovedFor    string            `json:"movedFor,omitempty"`
	ClosedAt    *time.Time        `json:"closedAt,omitempty"`
	AnsweredAt  *time.Time        `json:"answeredAt,omitempty"`
	WithdrawnAt *time.Time        `json:"withdrawnAt,omitempty"`
	Rules       string            `json:"rules,omitempty"` // hash of the rules it was opened under
	Version     int               `json:"version"`
	HearingTerms
}

// MaxArticles bounds the articles of a draft.
const MaxArticles = 200

// Check notes what is wrong with a consultation, whatever its dates.
func (c Consultation) Check(p *domain.Problems) {
	p.Text("title", c.Title, true, domain.MaxLine)
	p.Text("purpose", c.Purpose, true, domain.MaxText)
	p.Text("urgent", c.Urgent, false, domain.MaxLine)
	domain.OneOf(p, "kind", c.Kind, Consulting, PreNotice, Hearing)
	domain.OneOf(p, "audience", c.Audience, AskDivisions, AskMembers, AskPublic)
	p.Check(c.Audience != AskDivisions || len(c.Divisions) > 0, "divisions", "field.required")
	p.Check(c.Kind == Consulting || c.Audience == AskPublic || c.Audience == "", "audience", "consultation.public")
	p.Check(!c.ClosesAt.IsZero(), "closesAt", "field.required")
	if c.Kind == Hearing {
		c.checkHearing(p)
	} else {
		p.Text("place", c.Place, false, domain.MaxName)
	}
	p.Check(len(c.Articles) > 0, "articles", "field.required")
	p.Check(len(c.Articles) <= MaxArticles, "articles", "field.range")
	for _, a := range c.Articles {
		p.Text("articles", a.Label, true, domain.MaxName)
		p.Text("articles", a.Before+a.After, true, domain.MaxText)
	}
}

// leastDays is how long the consultation has to be open, and the rule that says so.
func (c Consultation) leastDays(r policy.Rules) (int, string) {
	switch {
	case c.Kind == PreNotice && c.Urgent != "":
		return policy.PreNoticeUrgentDays.Of(r), policy.PreNoticeUrgentDays.Cite(r)
	case c.Kind == PreNotice:
		return policy.PreNoticeDays.Of(r), policy.PreNoticeDays.Cite(r)
	case c.Kind == Consulting && c.Urgent == "":
		return policy.ConsultationDays.Of(r), policy.ConsultationDays.Cite(r)
	}
	return 1, ""
}

// FirstClose is the first day on which a consultation may close that opens on the day (초일불산입), and the rule.
func (c Consultation) FirstClose(opens calendar.Date, r policy.Rules) (calendar.Date, string) {
	days, basis := c.leastDays(r)
	return opens.AddDays(days), basis
}

// Open opens it at the instant. CodeRefused when it would close too soon, or the hearing would be held too soon
// (행정절차법 38, 46③④).
func (c Consultation) Open(now time.Time, r policy.Rules) (Consultation, error) {
	if c.State != Drafting {
		return c, domain.Conflict("consultation.not_drafting", nil)
	}
	if err := c.inTime(now, policy.HearingNoticeDays, r); err != nil {
		return c, err
	}
	c.State, c.OpenedAt, c.Rules = Collecting, &now, r.Hash()
	return c, nil
}

func (c Consultation) inTime(now time.Time, hearing policy.Key[int], r policy.Rules) error {
	today := calendar.DateOf(now)
	if first, basis := c.FirstClose(today, r); c.OpenedAt == nil && calendar.DateOf(c.ClosesAt) < first {
		return domain.Refused("consultation.too_short", basis, domain.Args{"first": string(first)})
	}
	if !c.ClosesAt.After(now) {
		return domain.Refused("consultation.over_already", "", nil)
	}
	if c.Kind != Hearing || c.HearingAt == nil {
		return nil
	}
	if first := today.AddDays(hearing.Of(r)); calendar.DateOf(*c.HearingAt) < first {
		return domain.Refused("consultation.hearing_too_soon", hearing.Cite(r), domain.Args{"first": string(first)})
	}
	return nil
}

// Move gives an open consultation a later close, or its hearing another date, for a reason that everybody is told. A close
// is never moved to an earlier time, and not once it has passed: whether or not a worker has closed it, opinions are over.
func (c Consultation) Move(closes time.Time, hearing *time.Time, reason string, now time.Time, r policy.Rules) (Consultation, error) {
	if !c.Takes(now) {
		return c, domain.Conflict("consultation.not_open", nil)
	}
	held := c.Kind == Hearing && hearing != nil && !hearing.Equal(*c.HearingAt)
	if closes.Before(c.ClosesAt) || closes.Equal(c.ClosesAt) && !held {
		return c, domain.Refused("consultation.only_later", "", nil)
	}
	moved := c
	moved.ClosesAt, moved.MovedAt, moved.MovedFor = closes, &now, reason
	if held {
		moved.HearingAt = hearing
	}
	if moved.Kind == Hearing && closes.Before(*moved.HearingAt) {
		return c, domain.Refused("consultation.closes_after_hearing", "행정절차법 38", nil)
	}
	if held {
		return moved, moved.inTime(now, policy.HearingRenoticeDays, r)
	}
	return moved, nil
}

// Takes reports whether opinions may arrive at the instant.
func (c Consultation) Takes(now time.Time) bool {
	return c.State == Collecting && now.Before(c.ClosesAt)
}

// Close ends the time for opinions. CodeConflict before its time.
func (c Consultation) Close(now time.Time) (Consultation, error) {
	if c.State != Collecting || now.Before(c.ClosesAt) {
		return c, domain.Conflict("consultation.not_due", nil)
	}
	c.State, c.ClosedAt = Disposing, &now
	return c, nil
}

// Finish ends it once every opinion has its answer, and what in them may be personal data was looked at. CodeConflict with how
// many were not.
func (c Consultation) Finish(n Count, now time.Time) (Consultation, error) {
	if c.State != Disposing {
		return c, domain.Conflict("consultation.not_disposing", nil)
	}
	if n.Open > 0 {
		return c, domain.Conflict("consultation.opinions_open", domain.Args{"count": n.Open})
	}
	if n.Unmasked > 0 {
		return c, domain.Conflict("consultation.opinions_unmasked", domain.Args{"count": n.Unmasked})
	}
	if c.Kind == Hearing && c.Record == "" {
		return c, domain.Conflict("consultation.no_record", nil)
	}
	c.State, c.AnsweredAt = Answered, &now
	return c, nil
}

// Withdraw gives it up. CodeConflict once it is over.
func (c Consultation) Withdraw(reason string, now time.Time) (Consultation, error) {
	if c.State == Answered || c.State == Withdrawn {
		return c, domain.Conflict("consultation.over", nil)
	}
	c.State, c.MovedFor, c.WithdrawnAt = Withdrawn, reason, &now
	return c, nil
}

// AnswerBy is the last day on which the opinions are to be answered; empty before it is closed.
func (c Consultation) AnswerBy(r policy.Rules) calendar.Date {
	if c.ClosedAt == nil {
		return ""
	}
	return calendar.DateOf(*c.ClosedAt).AddDays(policy.ConsultationAnswerDays.Of(r))
}

// Asks reports whether the members of the given divisions are asked.
func (c Consultation) Asks(member bool, divisions []domain.ID) bool {
	if c.Audience == AskPublic || c.Audience == AskMembers {
		return member || c.Audience == AskPublic
	}
	for _, d := range divisions {
		for _, asked := range c.Divisions {
			if d == asked && member {
				return true
			}
		}
	}
	return false
}
