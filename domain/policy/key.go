package policy

import (
	"fmt"
	"slices"
)

// Key is a named value of type T in Rules.
type Key[T any] struct {
	Name  string
	parse func(string) (T, error)
}

type knownKey struct {
	name  string
	check func(string) error
}

// known lists every key, filled by the declarations of the keys.
var known []knownKey

// Keys lists the names of all keys, sorted.
func Keys() []string {
	var out []string
	for _, k := range known {
		out = append(out, k.name)
	}
	slices.Sort(out)
	return out
}

// CheckValue reports whether value has the form that key wants; an unknown key is an error.
func CheckValue(key, value string) error {
	for _, k := range known {
		if k.name == key {
			return k.check(value)
		}
	}
	return fmt.Errorf("unknown key %q", key)
}

func declare[T any](name string, parse func(string) (T, error)) Key[T] {
	check := func(s string) error { _, err := parse(s); return err }
	known = append(known, knownKey{name: name, check: check})
	return Key[T]{Name: name, parse: parse}
}

// Of returns the value in r. Rules that came out of Resolve or were validated always have it; others panic, since
// deciding without the rule would be worse.
func (k Key[T]) Of(r Rules) T {
	e, ok := r.entry(k.Name)
	if !ok {
		panic("policy: no value for " + k.Name)
	}
	v, err := k.parse(e.Value)
	if err != nil {
		panic("policy: " + k.Name + ": " + err.Error())
	}
	return v
}

// Cite returns the legal source of the value in r, empty when r has no value.
func (k Key[T]) Cite(r Rules) string {
	e, _ := r.entry(k.Name)
	return e.Citation
}

// Entry returns the whole entry in r, zero when r has no value.
func (k Key[T]) Entry(r Rules) Entry {
	e, _ := r.entry(k.Name)
	return e
}
