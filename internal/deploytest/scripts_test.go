package deploytest

import (
	"database/sql"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"secretariat/internal/testkit/pgtest"
)

// run executes a script of deploy as a container would, with the given settings and programs.
func run(t *testing.T, script string, env ...string) (string, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "/bin/sh", filepath.Join(root, "deploy", script))
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// programs makes a folder of stand-ins that note how they were called in a file, and then do as their body says.
func programs(t *testing.T, bodies map[string]string) (path, calls string) {
	t.Helper()
	dir := t.TempDir()
	calls = filepath.Join(dir, "calls")
	for name, body := range bodies {
		script := "#!/bin/sh\necho " + name + " \"$@\" >>" + calls + "\n" + body + "\n"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return "PATH=" + dir + ":" + os.Getenv("PATH"), calls
}

// called gives what the stand-ins noted.
func called(t *testing.T, calls string) []string {
	t.Helper()
	body, err := os.ReadFile(calls)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(body)), "\n")
}

// TestRolesKeepRecordAndClockApart runs the database's first-start script on a real server.
func TestRolesKeepRecordAndClockApart(t *testing.T) {
	if _, err := exec.LookPath("psql"); err != nil && os.Getenv(pgtest.RequiredEnv) != "1" {
		t.Skip("NOT TESTED: psql is missing")
	}
	server, err := url.Parse(pgtest.URL(t))
	if err != nil {
		t.Fatal(err)
	}
	out, err := run(t, "postgres/roles.sh", "PGHOST="+server.Query().Get("host"),
		"SECRETARIAT_DB_PASSWORD=it's", "TEMPORAL_DB_PASSWORD=three")
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, c := range []struct {
		role, database string
		allowed        bool
	}{
		{"secretariat", "secretariat", true},
		{"temporal", "temporal", true},
		{"temporal", "temporal_visibility", true},
		{"temporal", "secretariat", false},
		{"secretariat", "temporal", false},
		{"secretariat", "temporal_visibility", false},
	} {
		if err := createTable(t, server, c.role, c.database); (err == nil) != c.allowed {
			t.Errorf("%s in %s: %v, want allowed %t", c.role, c.database, err, c.allowed)
		}
	}
}

// createTable tries to make a table in a database as a role.
func createTable(t *testing.T, server *url.URL, role, database string) error {
	t.Helper()
	query := server.Query()
	query.Set("user", role)
	target := url.URL{Scheme: "postgres", Path: "/" + database, RawQuery: query.Encode()}
	db, err := sql.Open("pgx", target.String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	_, err = db.ExecContext(t.Context(), "CREATE TABLE probe (id int)")
	return err
}

func TestSchemaScriptPreparesBothStores(t *testing.T) {
	path, calls := programs(t, map[string]string{"temporal-sql-tool": ""})
	if out, err := run(t, "temporal/schema.sh", path); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	want := []string{
		"temporal-sql-tool --database temporal setup-schema --version 0.0",
		"temporal-sql-tool --database temporal update-schema" +
			" --schema-dir /etc/temporal/schema/postgresql/v12/temporal/versioned",
		"temporal-sql-tool --database temporal_visibility setup-schema --version 0.0",
		"temporal-sql-tool --database temporal_visibility update-schema" +
			" --schema-dir /etc/temporal/schema/postgresql/v12/visibility/versioned",
	}
	if got := called(t, calls); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("called\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestSchemaScriptStopsAtTheFirstFailure(t *testing.T) {
	path, calls := programs(t, map[string]string{"temporal-sql-tool": "exit 1"})
	if _, err := run(t, "temporal/schema.sh", path); err == nil {
		t.Error("a failed step goes unnoticed")
	}
	if got := called(t, calls); len(got) != 1 {
		t.Errorf("went on after a failed step: %q", got)
	}
}

func TestNamespaceIsMadeOnce(t *testing.T) {
	const describe = `case "$*" in *describe*) exit 1;; esac`
	for _, c := range []struct {
		name, body string
		creates    bool
	}{
		{"missing", describe, true},
		{"there", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			path, calls := programs(t, map[string]string{"temporal": c.body})
			if out, err := run(t, "temporal/namespace.sh", path, "TEMPORAL_NAMESPACE=secretariat"); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			last := called(t, calls)
			created := strings.HasPrefix(last[len(last)-1], "temporal operator namespace create --namespace secretariat ")
			if created != c.creates {
				t.Errorf("calls %q, want created %t", last, c.creates)
			}
		})
	}
}

func TestNamespaceWaitsNotForever(t *testing.T) {
	path, _ := programs(t, map[string]string{"temporal": "exit 1", "sleep": ""})
	out, err := run(t, "temporal/namespace.sh", path, "TEMPORAL_ADDRESS=temporal:7233", "TEMPORAL_NAMESPACE=secretariat")
	if err == nil || !strings.Contains(out, "temporal:7233") {
		t.Errorf("%v %q, want a failure that names the address", err, out)
	}
}
