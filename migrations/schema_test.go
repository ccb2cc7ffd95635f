package migrations_test

import (
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// facts are what is known of each table, sorted, in words that do not depend on the engine.
type facts map[string][]string

// internal tables are what the migrator and SQLite keep for themselves.
func internal(table string) bool {
	return strings.HasPrefix(table, "bun_") || strings.HasPrefix(table, "sqlite_")
}

// add notes something of a table.
func (f facts) add(table, format string, args ...any) {
	if internal(table) {
		return
	}
	f[table] = append(f[table], fmt.Sprintf(format, args...))
	slices.Sort(f[table])
}

// rows gives the rows of a query as texts.
func rows(t *testing.T, db *sql.DB, query string, args ...any) [][]string {
	t.Helper()
	found, err := db.QueryContext(t.Context(), query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer found.Close() //nolint:errcheck // found.Err below tells
	columns, err := found.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for found.Next() {
		texts, targets := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range texts {
			targets[i] = &texts[i]
		}
		if err := found.Scan(targets...); err != nil {
			t.Fatal(err)
		}
		row := make([]string, len(texts))
		for i, x := range texts {
			row[i] = x.String
		}
		out = append(out, row)
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func liteTables(t *testing.T, db *sql.DB) []string {
	t.Helper()
	var out []string
	for _, r := range rows(t, db, "SELECT name FROM sqlite_master WHERE type = 'table'") {
		if !internal(r[0]) {
			out = append(out, r[0])
		}
	}
	return out
}

// kinds are the types of columns, as the rows of the store need them.
var kinds = map[string]string{
	"TEXT": "text", "INTEGER": "number", "BOOLEAN": "flag", "TIMESTAMP": "time", "BLOB": "bytes",
	"text": "text", "jsonb": "text", "integer": "number", "bigint": "number", "boolean": "flag",
	"timestamp with time zone": "time", "bytea": "bytes",
}

func liteColumns(t *testing.T, db *sql.DB) facts {
	t.Helper()
	out := facts{}
	for _, table := range liteTables(t, db) {
		for _, r := range rows(t, db, `SELECT name, type, "notnull" = 1 OR pk > 0 FROM pragma_table_info(?)`, table) {
			out.add(table, "%s %s required=%v", r[0], kind(t, r[1]), r[2] == "1")
		}
	}
	return out
}

func pgColumns(t *testing.T, db *sql.DB) facts {
	t.Helper()
	out := facts{}
	for _, r := range rows(t, db, `SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
		WHERE table_schema = 'public'`) {
		if !internal(r[0]) {
			out.add(r[0], "%s %s required=%v", r[1], kind(t, r[2]), r[3] == "NO")
		}
	}
	return out
}

func kind(t *testing.T, engine string) string {
	t.Helper()
	k, ok := kinds[engine]
	if !ok {
		t.Errorf("a column has type %s, which this test does not know", engine)
	}
	return k
}

func liteIndexes(t *testing.T, db *sql.DB) facts {
	t.Helper()
	out := facts{}
	for _, table := range liteTables(t, db) {
		key := rows(t, db, "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", table)
		out.add(table, "primary (%s)", joined(key))
		for _, r := range rows(t, db, `SELECT name, "unique", origin FROM pragma_index_list(?) WHERE origin <> 'pk'`, table) {
			columns := joined(rows(t, db, "SELECT name FROM pragma_index_info(?) ORDER BY seqno", r[0]))
			made := rows(t, db, "SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ?", r[0])[0][0]
			_, where, _ := strings.Cut(made, " WHERE ")
			out.add(table, "%s", index(map[bool]string{true: r[0]}[r[2] == "c"], r[1] == "1", columns, where))
		}
	}
	return out
}

// index describes one; what a UNIQUE in a table makes has no name of its own.
func index(name string, unique bool, columns, where string) string {
	return strings.TrimSpace(fmt.Sprintf("%s unique=%v (%s) %s", name, unique, columns, condition(where)))
}

func joined(rows [][]string) string {
	var out []string
	for _, r := range rows {
		out = append(out, r[0])
	}
	return strings.Join(out, ", ")
}

var marks = regexp.MustCompile(`[()"\[\]]|::[a-z]+`)

// condition puts the condition of an index into the words that both engines have for it.
func condition(s string) string {
	s = marks.ReplaceAllString(strings.ToLower(s), "")
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "= any array", "in ")), " ")
}

func pgIndexes(t *testing.T, db *sql.DB) facts {
	t.Helper()
	out := facts{}
	for _, r := range rows(t, db, `SELECT t.relname, i.relname, x.indisprimary, x.indisunique,
			(SELECT string_agg(a.attname, ', ' ORDER BY k.n) FROM unnest(x.indkey) WITH ORDINALITY k (col, n)
				JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.col),
			pg_get_expr(x.indpred, x.indrelid), EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.oid)
		FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
		WHERE t.relnamespace = 'public'::regnamespace`) {
		if r[2] == "true" {
			out.add(r[0], "primary (%s)", r[4])
			continue
		}
		out.add(r[0], "%s", index(map[bool]string{false: r[1]}[r[6] == "true"], r[3] == "true", r[4], r[5]))
	}
	return out
}

func liteReferences(t *testing.T, db *sql.DB) facts {
	t.Helper()
	out := facts{}
	for _, table := range liteTables(t, db) {
		for _, r := range rows(t, db, `SELECT "from", "table", "to", on_delete FROM pragma_foreign_key_list(?)`, table) {
			out.add(table, "%s to %s (%s) %s", r[0], r[1], r[2], r[3])
		}
	}
	return out
}

func pgReferences(t *testing.T, db *sql.DB) facts {
	t.Helper()
	out := facts{}
	for _, r := range rows(t, db, `SELECT t.relname, a.attname, f.relname, b.attname,
			CASE c.confdeltype WHEN 'a' THEN 'NO ACTION' WHEN 'c' THEN 'CASCADE' ELSE c.confdeltype::text END
		FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class f ON f.oid = c.confrelid
		CROSS JOIN LATERAL unnest(c.conkey, c.confkey) k (here, there)
		JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.here
		JOIN pg_attribute b ON b.attrelid = f.oid AND b.attnum = k.there
		WHERE c.contype = 'f'`) {
		out.add(r[0], "%s to %s (%s) %s", r[1], r[2], r[3], r[4])
	}
	return out
}

var guard = regexp.MustCompile(`(BEFORE|AFTER) (UPDATE|DELETE|INSERT)`)

// liteGuards are the triggers that keep rows as they are. That PostgreSQL can also truncate a table has no counterpart.
func liteGuards(t *testing.T, db *sql.DB) facts {
	t.Helper()
	out := facts{}
	for _, r := range rows(t, db, "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'") {
		out.add(r[0], "%s", guard.FindString(r[1]))
	}
	return out
}

func pgGuards(t *testing.T, db *sql.DB) facts {
	t.Helper()
	out := facts{}
	for _, r := range rows(t, db, `SELECT event_object_table, action_timing, event_manipulation
		FROM information_schema.triggers`) {
		out.add(r[0], "%s %s", r[1], r[2])
	}
	return out
}
