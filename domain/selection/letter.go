package selection

import (
	"time"

	"secretariat/domain"
)

// LetterKind says what a letter of a selection is for.
type LetterKind string

// The kinds of letters.
const (
	LetterEvaluate LetterKind = "evaluate" // to who was drawn
	LetterResult   LetterKind = "result"   // to every applicant, with its own result
	LetterAnswer   LetterKind = "answer"   // to who objected
)

// Letter is one letter of a selection. Call, recipient and kind identify it, so that none is sent for a second time once it is
// known to be sent.
type Letter struct {
	Call    domain.ID
	To      domain.ID // account of an evaluator, application, or objection
	Kind    LetterKind
	SentAt  time.Time
	Failure string // why it never will be delivered
}

// DueLetters lists the letters of a call that are due and were not sent: to the panel while it evaluates, to every applicant once
// the result is announced, to whose objection was answered.
func DueLetters(c Call, panel []Evaluator, all []Application, objections []Objection, sent []Letter) []Letter {
	gone := map[Letter]bool{}
	for _, l := range sent {
		gone[Letter{Call: l.Call, To: l.To, Kind: l.Kind}] = true
	}
	out := []Letter{}
	add := func(to domain.ID, kind LetterKind) {
		if l := (Letter{Call: c.ID, To: to, Kind: kind}); !gone[l] {
			out = append(out, l)
		}
	}
	for _, e := range panel {
		if c.State == Evaluating && e.Sits && e.Removed == "" {
			add(e.Account, LetterEvaluate)
		}
	}
	for _, x := range all {
		if c.AnnouncedAt != nil && x.State != Draft && x.State != Withdrawn {
			add(x.ID, LetterResult)
		}
	}
	for _, o := range objections {
		if o.AnsweredAt != nil {
			add(o.ID, LetterAnswer)
		}
	}
	return out
}
