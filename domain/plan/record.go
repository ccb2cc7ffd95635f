package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"secretariat/domain"
)

// RecordKind is the kind of record that Record is.
const RecordKind = "plan"

// Decision is what a plan's record says of a decision that the plan rests on.
type Decision struct {
	ID      domain.ID `json:"id"`
	Number  string    `json:"number"`
	Title   string    `json:"title"`
	Adopted bool      `json:"adopted"` // 가결
	Hash    string    `json:"hash"`    // of its own record, which is published by itself
}

// Record is everything from which anybody can compute a published plan again: the ledger with the decisions that it rests on, the
// figures of closed reviews, and what they add up to.
type Record struct {
	Kind      string      `json:"kind"`
	Plan      Plan        `json:"plan"`
	Sets      []ChangeSet `json:"sets"`
	Decisions []Decision  `json:"decisions"`
	Reviews   []Review    `json:"reviews"`
	Reports   []Report    `json:"reports"`
	Year      int         `json:"year"` // up to which money is added up
	Standing  []Standing  `json:"standing"`
}

// SumOf binds a change-set to the sum of the one before it and to the plan as it is after it: the SHA-256 of their JSON, in
// hexadecimal. Whose account made it is no part of it, since that is not published.
func SumOf(before string, set ChangeSet, after State) (string, error) {
	set.By, set.Sum = "", ""
	raw, err := json.Marshal(struct {
		Before string    `json:"before"`
		Set    ChangeSet `json:"set"`
		After  State     `json:"after"`
	}{before, set, after})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), nil
}

// Recount is what came of computing a record again, from nothing but itself.
type Recount struct {
	Ledger    bool // every change-set follows the one before, and every past plan comes out the same
	Decisions bool // the deliberation and every major change rest on a decision that was adopted
	Names     bool // title and vision are those that the entries gave, one after the other
	Standing  bool // progress and money come out the same
	Outside   int  // of those, how many rest on a document from outside, which no record here can show
}

// OK reports whether everything agrees.
func (r Recount) OK() bool { return r.Ledger && r.Decisions && r.Names && r.Standing }

// Recount computes the record again.
func (r Record) Recount() Recount {
	out := Recount{Ledger: r.chained(), Decisions: true, Names: r.named()}
	rests := func(number string, decision domain.ID) {
		if decision == "" {
			out.Outside++
			out.Decisions = out.Decisions && number != ""
			return
		}
		out.Decisions = out.Decisions && slices.ContainsFunc(r.Decisions, func(d Decision) bool {
			return d.ID == decision && d.Adopted && d.Number == number
		})
	}
	for _, s := range r.Plan.Steps {
		if s.Name == StepCommittee {
			rests(s.Ref, s.Decision)
		}
	}
	for _, s := range r.Sets {
		if s.Kind == Major {
			rests(s.Basis, s.Decision)
		}
	}
	out.Standing = slices.Equal(Fold(r.Sets, 0).Stand(Gather(r.Reports), r.Year), r.Standing)
	return out
}

// chained reports whether the ledger has no gap and every sum comes out the same. Entries from before ledgers were chained, which
// can only be the first, have none.
func (r Record) chained() bool {
	before := ""
	for i, set := range r.Sets {
		if set.Number != i+1 || set.Plan != r.Plan.ID {
			return false
		}
		if set.Sum == "" && before == "" {
			continue
		}
		sum, err := SumOf(before, set, Fold(r.Sets, set.Number))
		if err != nil || sum != set.Sum {
			return false
		}
		before = sum
	}
	return len(r.Sets) > 0
}
