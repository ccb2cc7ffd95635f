package selection

import (
	"slices"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// Supplement is a request to an applicant to complete an application while its eligibility is reviewed (보완요구, 행정절차법
// 17⑤). The fields that it names are open again until it is due; nothing else is.
type Supplement struct {
	ID          domain.ID  `json:"id"`
	Call        domain.ID  `json:"call"`
	Application domain.ID  `json:"application"`
	Fields      []string   `json:"fields"` // keys
	Reason      string     `json:"reason"`
	AskedBy     domain.ID  `json:"askedBy"`
	AskedAt     time.Time  `json:"askedAt"`
	Due         time.Time  `json:"due"`      // the end of the last day
	RemindAt    time.Time  `json:"remindAt"` // who has not answered is reminded
	Basis       string     `json:"basis"`
	Answers     []Answer   `json:"answers"` // what its own people have saved and not sent
	AnsweredAt  *time.Time `json:"answeredAt,omitempty"`
	AnsweredBy  domain.ID  `json:"answeredBy,omitempty"`
	Version     int        `json:"version"`
}

// Open reports whether the applicant may answer at the instant.
func (s Supplement) Open(now time.Time) bool { return s.AnsweredAt == nil && now.Before(s.Due) }

// OpenOf is the one that may be answered now, false when there is none.
func OpenOf(all []Supplement, now time.Time) (Supplement, bool) {
	i := slices.IndexFunc(all, func(s Supplement) bool { return s.Open(now) })
	if i < 0 {
		return Supplement{}, false
	}
	return all[i], true
}

// Ask makes a request until the end of a day; without one, until the first that the rules allow. CodeConflict unless
// eligibility is being reviewed and the application waits for it; CodeRefused when the day comes too soon.
func (c Call) Ask(x Application, fields []string, reason string, until calendar.Date, now time.Time, r policy.Rules) (Supplement, error) {
	if c.State != Reviewing {
		return Supplement{}, domain.Conflict("call.not_reviewing", nil)
	}
	if x.State != Submitted {
		return Supplement{}, domain.Conflict("supplement.reviewed", nil)
	}
	first := calendar.DateOf(now).AddDays(policy.SupplementDays.Of(r))
	if until == "" {
		until = first
	}
	var p domain.Problems
	p.Check(len(fields) > 0, "fields", "field.required")
	for _, key := range fields {
		_, ok := c.Terms.ApplicationForm().Field(key)
		p.Check(ok, "fields", "field.choice")
	}
	p.Text("reason", reason, true, domain.MaxText)
	p.Check(until.Valid(), "until", "form.day")
	if err := p.Err(); err != nil {
		return Supplement{}, err
	}
	if until < first {
		return Supplement{}, domain.Refused("supplement.too_soon", policy.SupplementDays.Cite(r), domain.Args{"first": string(first)})
	}
	return Supplement{
		Call: c.ID, Application: x.ID, Fields: fields, Reason: strings.TrimSpace(reason), AskedAt: now, Due: until.End().UTC(),
		RemindAt: until.AddDays(-policy.SupplementReminder.Of(r)).Time().Add(9 * time.Hour).UTC(), Basis: policy.SupplementDays.Cite(r),
		Answers: []Answer{}, Version: 1,
	}, nil
}

// Opened are the fields that a request opens: those it names, and those that are there only with some answers to them.
func (f Form) Opened(named []string) map[string]bool {
	out := map[string]bool{}
	for _, key := range named {
		out[key] = true
	}
	for range f.Fields() {
		for _, x := range f.Fields() {
			out[x.Key] = out[x.Key] || slices.ContainsFunc(x.When, func(c Condition) bool { return out[c.Field] })
		}
	}
	return out
}

// Amend puts the answers to the fields that a request opens in the place of those that were submitted. An answer to another
// field is a problem unless it is the one that is there.
func (f Form) Amend(p *domain.Problems, submitted, given []Answer, named []string) []Answer {
	opened, out := f.Opened(named), []Answer{}
	for _, x := range f.Fields() {
		was, now := AnswerTo(submitted, x.Key), AnswerTo(given, x.Key)
		if opened[x.Key] {
			out = append(out, now)
			continue
		}
		p.Check(now.empty() || now.same(was), "answers."+x.Key, "supplement.not_asked")
		out = append(out, was)
	}
	return slices.DeleteFunc(out, Answer.empty)
}

func (a Answer) same(b Answer) bool {
	return a.Value == b.Value && slices.Equal(a.Chosen, b.Chosen) && slices.EqualFunc(a.Rows, b.Rows, slices.Equal[[]string])
}
