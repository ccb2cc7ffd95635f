package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver named "pgx"
	_ "modernc.org/sqlite"             // the driver named "sqlite"

	"secretariat/internal/play"
	"secretariat/internal/sample"
)

// ledger is the database of a product, looked at from outside, without the product's own code.
type ledger struct {
	t  *testing.T
	db *sql.DB
}

// openLedger opens the database of a URL as SECRETARIAT_DATABASE has it.
func openLedger(t *testing.T, target string) ledger {
	t.Helper()
	driver, source := "pgx", target
	if file, ok := strings.CutPrefix(target, "sqlite:"); ok {
		driver, source = "sqlite", "file:"+file+"?_pragma=busy_timeout(10000)"
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return ledger{t, db}
}

// number is what a query counts.
func (l ledger) number(query string) int {
	l.t.Helper()
	var n int
	if err := l.db.QueryRowContext(l.t.Context(), query).Scan(&n); err != nil {
		l.t.Fatalf("%s: %v", query, err)
	}
	return n
}

// texts is the one column of a query.
func (l ledger) texts(query string) []string {
	l.t.Helper()
	rows, err := l.db.QueryContext(l.t.Context(), query)
	if err != nil {
		l.t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			l.t.Fatalf("%s: %v", query, err)
		}
		out = append(out, s)
	}
	if err := rows.Err(); err != nil {
		l.t.Fatalf("%s: %v", query, err)
	}
	return out
}

// change changes the database behind the product's back, when there is something to change.
func (l ledger) change(statement string) {
	l.t.Helper()
	if statement == "" {
		return
	}
	if _, err := l.db.ExecContext(l.t.Context(), statement); err != nil {
		l.t.Fatalf("%s: %v", statement, err)
	}
}

// expectPlayedOnce checks that every act of the play is there once, however often it was broken off.
func (l ledger) expectPlayedOnce() {
	l.t.Helper()
	s, err := sample.Load()
	if err != nil {
		l.t.Fatal(err)
	}
	papers, recused, said := 0, 0, 0
	for _, i := range s.Items {
		papers, recused = papers+len(i.Papers), recused+len(i.Recusals)
	}
	for _, x := range s.Statements {
		if x.Item > 0 {
			said++
		}
	}
	members, attending, items := len(s.Committee.Seats), len(s.Committee.Meeting.Attending()), len(s.Items)+1
	for query, want := range map[string]int{
		"accounts":                            members + 3 + len(s.Alliance.Organisations), // 3: the secretary, the clerk and the administrator
		"committees":                          1,
		"assignments":                         2,
		"seats":                               members,
		"members":                             members,
		"spans":                               3,
		"meetings":                            1,
		"meetings WHERE state = 'adjourned'":  1,
		"items":                               items,
		"papers":                              papers,
		"responses":                           members,
		"pledges":                             attending,
		"presences":                           attending,
		"interests WHERE none":                items*members - recused,
		"recusals WHERE kind <> 'challenge'":  recused,
		"recusals WHERE kind = 'challenge'":   1,
		"amendments":                          1,
		"statements":                          said,
		"statement_versions":                  0,
		"ballots":                             6,
		"ballots WHERE state = 'closed'":      6,
		"letters":                             members + 1, // one member is reminded
		"letters WHERE failure <> ''":         0,
		"decisions":                           items,
		"minutes WHERE state = 'published'":   1,
		"revisions":                           3,
		"signatures":                          attending,
		"corrections":                         1,
		"redactions":                          2,
		"actions WHERE done_at IS NOT NULL":   2,
		"documents WHERE NOT superseded":      items + 4, // notice, agenda, minutes as disclosed and in full
		"incidents WHERE resolved_at IS NULL": 0,
	} {
		if got := l.number("SELECT count(*) FROM " + query); got != want {
			l.t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
	l.expectNone()
}

// documentTwice may be so in a play of more than a year: numbers begin anew each year.
const documentTwice = "document number given twice"

// expectNone asks for what may not be there, except what may.
func (l ledger) expectNone(except ...string) {
	l.t.Helper()
	for what, query := range map[string]string{
		"ballot whose votes are not as many as who took part": `SELECT id FROM ballots WHERE
			(SELECT count(*) FROM votes WHERE ballot = ballots.id) <>
			(SELECT count(*) FROM participations WHERE ballot = ballots.id)`,
		"ballot without votes":          "SELECT id FROM ballots WHERE id NOT IN (SELECT ballot FROM votes)",
		"letter of one kind sent twice": "SELECT member FROM letters GROUP BY meeting, member, kind HAVING count(*) > 1",
		"document with two current versions": `SELECT subject FROM documents WHERE NOT superseded
			GROUP BY kind, subject HAVING count(*) > 1`,
		documentTwice:                      "SELECT number FROM documents GROUP BY number HAVING count(*) > 1",
		"document without its bytes":       "SELECT id FROM documents WHERE pdf = '' OR json = ''",
		"agenda number given twice":        "SELECT number FROM items GROUP BY meeting, number HAVING count(*) > 1",
		"act of a person remembered twice": "SELECT key FROM memories GROUP BY key HAVING count(*) > 1",
	} {
		if found := l.texts(query); len(found) > 0 && !slices.Contains(except, what) {
			l.t.Errorf("%s: %v", what, found)
		}
	}
}

// expectAcknowledged checks that every act that the play was told of is in the database once.
func (l ledger) expectAcknowledged(dir string) {
	l.t.Helper()
	keys := acknowledged(l.t, dir)
	if len(keys) < 300 {
		l.t.Errorf("%d acts were acknowledged, want over 300", len(keys))
	}
	remembered := map[string]int{}
	for _, key := range l.texts("SELECT key FROM memories") {
		remembered[key]++
	}
	for _, key := range keys {
		if n := remembered[key]; n != 1 {
			l.t.Errorf("the acknowledged act %s is in the database %d times", key, n)
		}
	}
}

// acknowledged lists the acts that the play was told of, each once.
func acknowledged(t *testing.T, dir string) []string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, play.Acknowledged))
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	keys := strings.Fields(string(raw))
	slices.Sort(keys)
	return slices.Compact(keys)
}
