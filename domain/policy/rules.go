package policy

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"secretariat/domain/calendar"
)

// Rules are the values in force on a day, one for each key, sorted by key. A case keeps them as they were when it
// opened.
type Rules struct {
	Pack        string        `json:"pack"`
	Title       string        `json:"title"`
	Provisional bool          `json:"provisional,omitempty"`
	Day         calendar.Date `json:"day"`
	Entries     []Entry       `json:"entries"`
}

// KeyError is what is wrong with the value of one key.
type KeyError struct {
	Key string
	Err error
}

// Error names the key and what is wrong with it.
func (e KeyError) Error() string { return e.Key + ": " + e.Err.Error() }

// Unwrap returns what is wrong.
func (e KeyError) Unwrap() error { return e.Err }

// ErrNoValue says that no entry in force gives the key a value.
var ErrNoValue = errors.New("no value")

// KeyErrors is everything that is wrong with some rules.
type KeyErrors []KeyError

// Error lists all of it.
func (e KeyErrors) Error() string {
	parts := make([]string, len(e))
	for i, k := range e {
		parts[i] = k.Error()
	}
	return strings.Join(parts, "; ")
}

// in says of which rules it is that this is wrong.
func (e KeyErrors) in(r Rules) error { return fmt.Errorf("policy %s on %s: %w", r.Pack, r.Day, e) }

// Validate checks rules that come from elsewhere, such as frozen ones from storage: sorted by key, each key once, and
// for each known key a value of its type with a citation. The error holds KeyErrors with everything that is wrong. Keys
// that are not known any more are let be.
func (r Rules) Validate() error {
	if wrong := r.wrong(); len(wrong) > 0 {
		return wrong.in(r)
	}
	return nil
}

func (r Rules) wrong() KeyErrors {
	var out KeyErrors
	for i := 1; i < len(r.Entries); i++ {
		if byKey(r.Entries[i-1], r.Entries[i]) >= 0 {
			out = append(out, KeyError{Key: r.Entries[i].Key, Err: errors.New("not in the order of keys")})
		}
	}
	for _, k := range known {
		if err := r.check(k); err != nil {
			out = append(out, KeyError{Key: k.name, Err: err})
		}
	}
	return out
}

func (r Rules) check(k knownKey) error {
	e, ok := r.entry(k.name)
	if !ok {
		return ErrNoValue
	}
	if e.Citation == "" {
		return errors.New("no citation")
	}
	return k.check(e.Value)
}

// Complete gives frozen rules that are older than some keys the values which now has for those keys; what r has stays.
// The case is still known by the hash of r, the rules it was opened with.
func (r Rules) Complete(now Rules) Rules {
	out := r
	out.Entries = slices.Clone(r.Entries)
	for _, e := range now.Entries {
		if _, ok := r.entry(e.Key); !ok {
			out.Entries = append(out.Entries, e)
		}
	}
	slices.SortFunc(out.Entries, byKey)
	return out
}

// Hash identifies the rules by content: SHA-256 over their JSON, in hexadecimal.
func (r Rules) Hash() string {
	b, err := json.Marshal(r)
	if err != nil {
		panic(err) // strings and a bool always marshal
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func (r Rules) entry(key string) (Entry, bool) {
	i, ok := slices.BinarySearchFunc(r.Entries, key, func(e Entry, k string) int { return cmp.Compare(e.Key, k) })
	if !ok {
		return Entry{}, false
	}
	return r.Entries[i], true
}
