package alliance

import (
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// SurveyState is where a round of self-assessment stands.
type SurveyState string

// The states of a round.
const (
	SurveyDrafting  SurveyState = "drafting"
	SurveyOpen      SurveyState = "open"
	SurveyClosed    SurveyState = "closed" // its results are seen by the staff and the committee
	SurveyPublished SurveyState = "published"
	SurveyWithdrawn SurveyState = "withdrawn"
)

// Survey is one round of self-assessment (역량 자가진단): member organisations answer a questionnaire.
type Survey struct {
	ID          domain.ID     `json:"id"`
	Committee   domain.ID     `json:"committee"`
	Alliance    domain.ID     `json:"alliance"`
	Year        int           `json:"year"`   // with Number: 제2026-1호, once it is open
	Number      int           `json:"number"` // 0 before
	Title       string        `json:"title"`
	Purpose     string        `json:"purpose"`
	Divisions   []domain.ID   `json:"divisions"` // that are asked; all members when empty
	Groups      []string      `json:"groups"`    // of the questionnaire that are asked; all when empty
	Questions   Questionnaire `json:"questions"`
	ClosesAt    time.Time     `json:"closesAt"`
	State       SurveyState   `json:"state"`
	OpenedAt    *time.Time    `json:"openedAt,omitempty"`
	MovedAt     *time.Time    `json:"movedAt,omitempty"`
	MovedFor    string        `json:"movedFor,omitempty"`
	ClosedAt    *time.Time    `json:"closedAt,omitempty"`
	PublishedAt *time.Time    `json:"publishedAt,omitempty"`
	Withdrawal  string        `json:"withdrawal,omitempty"` // why it was given up
	Rules       string        `json:"rules,omitempty"`      // hash of the rules it was opened under
	Version     int           `json:"version"`
}

// Check notes what is wrong with a round, whatever its dates.
func (s Survey) Check(p *domain.Problems) {
	p.Text("title", s.Title, true, domain.MaxLine)
	p.Text("purpose", s.Purpose, true, domain.MaxText)
	p.Check(!s.ClosesAt.IsZero(), "closesAt", "field.required")
	for _, g := range s.Groups {
		p.Check(s.Questions.HasGroup(g), "groups", "field.choice")
	}
}

// FirstClose is the first day on which a round may close that opens on the day (초일불산입), and the rule.
func (s Survey) FirstClose(opens calendar.Date, r policy.Rules) (calendar.Date, string) {
	return opens.AddDays(policy.SurveyDays.Of(r)), policy.SurveyDays.Cite(r)
}

// Open opens it at the instant. CodeRefused when it would close too soon.
func (s Survey) Open(now time.Time, r policy.Rules) (Survey, error) {
	if s.State != SurveyDrafting {
		return s, domain.Conflict("survey.not_drafting", nil)
	}
	first, basis := s.FirstClose(calendar.DateOf(now), r)
	if calendar.DateOf(s.ClosesAt) < first {
		return s, domain.Refused("survey.too_short", basis, domain.Args{"first": first.Korean()})
	}
	s.State, s.OpenedAt, s.Rules = SurveyOpen, &now, r.Hash()
	return s, nil
}

// Takes reports whether answers may arrive at the instant.
func (s Survey) Takes(now time.Time) bool { return s.State == SurveyOpen && now.Before(s.ClosesAt) }

// Move gives an open round a later close. CodeRefused for an earlier one.
func (s Survey) Move(closes time.Time, reason string, now time.Time) (Survey, error) {
	if !s.Takes(now) {
		return s, domain.Conflict("survey.not_open", nil)
	}
	if !closes.After(s.ClosesAt) {
		return s, domain.Refused("survey.only_later", "", nil)
	}
	s.ClosesAt, s.MovedAt, s.MovedFor = closes, &now, reason
	return s, nil
}

// Close ends the time for answers once it has come.
func (s Survey) Close(now time.Time) (Survey, error) {
	if s.State != SurveyOpen || now.Before(s.ClosesAt) {
		return s, domain.Conflict("survey.not_due", nil)
	}
	s.State, s.ClosedAt = SurveyClosed, &now
	return s, nil
}

// Publish makes the results of a closed round public.
func (s Survey) Publish(now time.Time) (Survey, error) {
	if s.State != SurveyClosed {
		return s, domain.Conflict("survey.not_closed", nil)
	}
	s.State, s.PublishedAt = SurveyPublished, &now
	return s, nil
}

// Withdraw gives a round up that is not published.
func (s Survey) Withdraw(reason string) (Survey, error) {
	if s.State == SurveyPublished || s.State == SurveyWithdrawn {
		return s, domain.Conflict("survey.over", nil)
	}
	s.State, s.Withdrawal = SurveyWithdrawn, reason
	return s, nil
}

// Asks reports whether it asks an organisation, given where that has a place.
func (s Survey) Asks(member bool, in []domain.ID) bool {
	return member && (len(s.Divisions) == 0 ||
		slices.ContainsFunc(in, func(d domain.ID) bool { return slices.Contains(s.Divisions, d) }))
}

// Window is the round as its letters see it: who is asked, told of later dates and reminded follows the rules of
// consultations.
func (s Survey) Window() Consultation {
	state := map[SurveyState]ConsultationState{
		SurveyDrafting: Drafting, SurveyOpen: Collecting, SurveyClosed: Disposing, SurveyPublished: Disposing, SurveyWithdrawn: Withdrawn,
	}[s.State]
	var withdrawn *time.Time
	if s.State == SurveyWithdrawn {
		withdrawn = &s.ClosesAt // only whether it was matters
	}
	return Consultation{ID: s.ID, State: state, WithdrawnAt: withdrawn, OpenedAt: s.OpenedAt, MovedAt: s.MovedAt, ClosesAt: s.ClosesAt}
}

// Sheet is what one organisation answers in a round.
type Sheet struct {
	ID           domain.ID       `json:"id"`
	Survey       domain.ID       `json:"survey"`
	Organisation domain.ID       `json:"organisation"`
	Group        string          `json:"group"`
	Size         Size            `json:"size,omitempty"` // when it was submitted, as the divisions
	Divisions    []domain.ID     `json:"divisions"`
	Answers      map[string]int  `json:"answers"` // points by indicator; what is not answered is not there
	State        SubmissionState `json:"state"`
	SubmittedAt  *time.Time      `json:"submittedAt,omitempty"`
	SubmittedBy  domain.ID       `json:"submittedBy,omitempty"` // account
	Version      int             `json:"version"`
}

// Check notes what is wrong with a sheet of a round; a draft may be empty. field names the field of an indicator.
func (h Sheet) Check(p *domain.Problems, s Survey, field func(code string) string) {
	asked := len(s.Groups) == 0 || slices.Contains(s.Groups, h.Group)
	p.Check(h.Group == "" || s.Questions.HasGroup(h.Group) && asked, "group", "field.choice")
	items := s.Questions.Items()
	for code, points := range h.Answers {
		known := slices.ContainsFunc(items, func(i Item) bool { return i.Code == code })
		p.Check(known && points >= 1 && points <= len(s.Questions.Scale), field(code), "field.choice")
	}
}

// Complete notes what keeps a sheet from being submitted: the group is said, and in every area something is answered. What
// is left out stays out of the figures; it is no zero.
func (h Sheet) Complete(p *domain.Problems, q Questionnaire, field func(code string) string) {
	p.Check(h.Group != "", "group", "field.required")
	for _, a := range q.Areas {
		answered := slices.ContainsFunc(a.Indicators, func(i Item) bool { _, there := h.Answers[i.Code]; return there })
		p.Check(answered, field(a.Indicators[0].Code), "survey.area_empty")
	}
}

// Missing lists the indicators that are not answered.
func (h Sheet) Missing(q Questionnaire) []Item {
	return slices.DeleteFunc(q.Items(), func(i Item) bool { _, there := h.Answers[i.Code]; return there })
}
