// Package policy holds dated rules with a citation: every number or choice of law and practice is an Entry, never a
// constant.
//
// A Pack is a set of entries with effective dates; packs lie on top of each other. Resolve picks what is in force on a
// day and checks that every known key has a value of its type; the resulting Rules are frozen for a case by their hash.
package policy

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"

	"secretariat/domain/calendar"
)

// Kind says what a value rests on.
type Kind string

// The kinds of values.
const (
	Statute    Kind = "statute"    // enacted law or ordinance
	Draft      Kind = "draft"      // proposed ordinance, not enacted (가칭)
	Assumption Kind = "assumption" // practice or our own choice, to be confirmed (확인 필요)
)

// Valid reports whether k is one of the kinds.
func (k Kind) Valid() bool { return k == Statute || k == Draft || k == Assumption }

// Entry is one dated value with what it rests on.
type Entry struct {
	Key      string        `json:"key"`
	Value    string        `json:"value"`    // in the form of the key's type
	Citation string        `json:"citation"` // e.g. "위원회조례 10①"
	Kind     Kind          `json:"kind"`
	From     calendar.Date `json:"from"`
	Until    calendar.Date `json:"until,omitempty"` // last day in force, empty for open
	Note     string        `json:"note,omitempty"`
}

// InForce reports whether the entry holds on the day.
func (e Entry) InForce(day calendar.Date) bool {
	return e.From <= day && (e.Until == "" || day <= e.Until)
}

// Overlaps reports whether there is a day on which both entries hold.
func (e Entry) Overlaps(o Entry) bool {
	return e.InForce(max(e.From, o.From)) && o.InForce(max(e.From, o.From))
}

// Pack is a named set of entries, possibly on top of another.
type Pack struct {
	Name        string  `json:"name"`
	Title       string  `json:"title"`
	Over        string  `json:"over,omitempty"`        // name of the pack below
	Provisional bool    `json:"provisional,omitempty"` // 가칭: rests on a draft ordinance
	Entries     []Entry `json:"entries"`
}

// Resolve lays packs over each other, lowest first, and takes what is in force on the day: the entry of the highest
// pack, in it the one that came into force last. It fails on a key nobody knows, a value that does not parse, a key
// without value and two values of a pack from the same day; the error then holds KeyErrors with all of them. The Rules
// are provisional when any of the packs is.
func Resolve(packs []Pack, day calendar.Date) (Rules, error) {
	if len(packs) == 0 {
		return Rules{}, errors.New("no policy pack")
	}
	top := packs[len(packs)-1]
	r := Rules{Pack: top.Name, Title: top.Title, Day: day}
	found := map[string]Entry{}
	var wrong KeyErrors
	for _, p := range packs {
		r.Provisional = r.Provisional || p.Provisional
		entries, twice := inForce(p, day)
		maps.Copy(found, entries)
		wrong = append(wrong, twice...)
	}
	r.Entries = slices.SortedFunc(maps.Values(found), byKey)
	wrong = append(wrong, unknown(r.Entries)...)
	wrong = append(wrong, r.wrong()...)
	if len(wrong) > 0 {
		return Rules{}, wrong.in(r)
	}
	return r, nil
}

// inForce picks the entry of each key that came into force last, and says for which keys that is not one alone.
func inForce(p Pack, day calendar.Date) (map[string]Entry, KeyErrors) {
	out := map[string]Entry{}
	for _, e := range p.Entries {
		if old, seen := out[e.Key]; e.InForce(day) && (!seen || old.From < e.From) {
			out[e.Key] = e
		}
	}
	var twice KeyErrors
	for _, e := range p.Entries {
		if last := out[e.Key]; e.InForce(day) && e.From == last.From && e != last {
			err := fmt.Errorf("two values from %s in pack %s", e.From, p.Name)
			twice = append(twice, KeyError{Key: e.Key, Err: err})
		}
	}
	return out, twice
}

func unknown(entries []Entry) KeyErrors {
	var out KeyErrors
	for _, e := range entries {
		if !slices.ContainsFunc(known, func(k knownKey) bool { return k.name == e.Key }) {
			out = append(out, KeyError{Key: e.Key, Err: errors.New("unknown key")})
		}
	}
	return out
}

func byKey(a, b Entry) int { return cmp.Compare(a.Key, b.Key) }
