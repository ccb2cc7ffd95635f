package store_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"
)

// TestOpenMeetingsAreFoundWithoutALookAtThePast: each part of the search for open meetings goes through an index that holds none that
// have ended.
func TestOpenMeetingsAreFoundWithoutALookAtThePast(t *testing.T) {
	file := filepath.Join(t.TempDir(), "db")
	opened(t, "sqlite:"+file)
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	for open, index := range map[string]string{
		"k.state <> 'cancelled' AND k.state <> 'adjourned'": "meetings_ahead",
		"k.state = 'cancelled'":                             "meetings_cancelled",
		"k.state = 'adjourned' AND NOT k.recorded":          "meetings_unrecorded",
	} {
		var a, b, c int
		var plan string
		row := db.QueryRowContext(t.Context(), "EXPLAIN QUERY PLAN SELECT k.id FROM meetings k WHERE k.id > '' AND "+open)
		if err := row.Scan(&a, &b, &c, &plan); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(plan, index) {
			t.Errorf("%s: %s", open, plan)
		}
	}
}
