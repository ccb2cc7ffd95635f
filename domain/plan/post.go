package plan

import (
	"cmp"
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// LetterKind says what a letter of a review is about.
type LetterKind string

// The letters of a review.
const (
	LetterAsk    LetterKind = "ask"    // figures are asked for
	LetterRemind LetterKind = "remind" // some days before they are due
	LetterChase  LetterKind = "chase"  // after they were due, again each week
)

// Letter says that somebody of a department was written to in a review.
type Letter struct {
	Review     domain.ID  `json:"review"`
	Department domain.ID  `json:"department"`
	To         domain.ID  `json:"to"` // account
	Kind       LetterKind `json:"kind"`
	Occasion   int        `json:"occasion"` // week of a chase, from 1
	SentAt     time.Time  `json:"sentAt"`
	Failure    string     `json:"failure,omitempty"` // why it could not be delivered
}

func (l Letter) same(o Letter) bool {
	return l.Review == o.Review && l.Department == o.Department && l.To == o.To && l.Kind == o.Kind && l.Occasion == o.Occasion
}

// Post is what the letters of an open review depend on.
type Post struct {
	Review  Review
	Missing []Node    // that nobody has reported on
	Known   Register  // the departments
	People  []Belongs // who acts for them
	Sent    []Letter
	Now     time.Time
}

// nine is when letters go out.
const nine = 9 * time.Hour

// occasions are the letters that somebody who still owes figures gets in the course of a review, with when.
func (p Post) occasions(r policy.Rules, weeks int) []occasion {
	out := []occasion{{LetterAsk, 0, p.Review.OpenedAt}}
	for _, days := range policy.PlanReminders.Of(r) {
		out = append(out, occasion{LetterRemind, days, p.Review.Due.AddDays(-days).Time().Add(nine)})
	}
	for n := range weeks {
		out = append(out, occasion{LetterChase, n + 1, p.Review.Due.AddDays(1 + 7*n).Time().Add(nine)})
	}
	slices.SortStableFunc(out, func(a, b occasion) int { return a.at.Compare(b.at) })
	return out
}

type occasion struct {
	kind   LetterKind
	number int
	at     time.Time
}

// weeks is how many weeks the figures are late, one more than have begun.
func (p Post) weeks() int {
	late := p.Review.Due.DaysUntil(calendar.DateOf(p.Now))
	return max(late, 0)/7 + 1
}

// Due are the letters that are to go out now: to everybody of a department that still owes figures, of what has come the last only,
// so that who could not be written to for a while does not get all of it at once.
func (p Post) Due(r policy.Rules) []Letter {
	if p.Review.ClosedAt != nil {
		return nil
	}
	var last occasion
	for _, o := range p.occasions(r, p.weeks()) {
		if !o.at.After(p.Now) {
			last = o
		}
	}
	out := []Letter{}
	for _, who := range p.owing() {
		l := Letter{Review: p.Review.ID, Department: who.Department, To: who.Account, Kind: last.kind, Occasion: last.number}
		if !slices.ContainsFunc(p.Sent, l.same) {
			out = append(out, l)
		}
	}
	return out
}

// owing is everybody of the departments that still owe figures.
func (p Post) owing() []Belongs {
	owes := func(b Belongs) bool {
		d, known := p.Known.Of(b.Department)
		return known && slices.ContainsFunc(p.Missing, func(n Node) bool { return n.Owner == d.Name })
	}
	out := slices.DeleteFunc(slices.Clone(p.People), func(b Belongs) bool { return !owes(b) })
	slices.SortFunc(out, func(a, b Belongs) int {
		return cmp.Or(cmp.Compare(a.Department, b.Department), cmp.Compare(a.Account, b.Account))
	})
	return out
}

// Next is when letters are due next, while somebody still owes figures.
func (p Post) Next(r policy.Rules) (time.Time, bool) {
	if p.Review.ClosedAt != nil || len(p.owing()) == 0 {
		return time.Time{}, false
	}
	for _, o := range p.occasions(r, p.weeks()+1) {
		if o.at.After(p.Now) {
			return o.at, true
		}
	}
	return time.Time{}, false
}
