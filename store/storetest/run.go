package storetest

import (
	"testing"

	"secretariat/store"
)

// areas are the parts of the contract. Each wants a database of its own.
var areas = []struct {
	name  string
	check func(*testing.T, *store.DB)
}{
	{"kernel", Kernel}, {"identity", Identity}, {"committees", Committees}, {"meetings", Meetings}, {"sessions", Sessions},
	{"ballots", Ballots}, {"minutes", Minutes}, {"search", Search}, {"selections", Selections},
}

// Run checks every area, each on a fresh, migrated database that open makes.
func Run(t *testing.T, open func(*testing.T) *store.DB) {
	for _, a := range areas {
		t.Run(a.name, func(t *testing.T) { a.check(t, open(t)) })
	}
}
