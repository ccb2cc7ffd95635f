package main

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secretariat/internal/pace"
)

var update = flag.Bool("update", false, "write the tables of settings into the READMEs")

const repository = "../.."

// TestSettingsInReadmes keeps the tables of the READMEs as the program has them.
func TestSettingsInReadmes(t *testing.T) {
	for name, korean := range map[string]bool{"README.md": false, "README.ko.md": true} {
		file := filepath.Join(repository, name)
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		head, rest, begins := bytes.Cut(raw, []byte("<!-- settings:"))
		note, rest, opened := bytes.Cut(rest, []byte("-->\n"))
		_, tail, ends := bytes.Cut(rest, []byte("<!-- /settings -->"))
		if !begins || !opened || !ends {
			t.Fatalf("%s has no place for the table of settings", name)
		}
		var want bytes.Buffer
		want.Write(slices.Concat(head, []byte("<!-- settings:"), note, []byte("-->\n")))
		printSettings(&want, korean)
		want.Write(append([]byte("<!-- /settings -->"), tail...))
		if *update {
			if err := os.WriteFile(file, want.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if diff := cmp.Diff(want.String(), string(raw)); diff != "" {
			t.Errorf("%s; write it with `go test ./cmd/secretariat -run Settings -args -update` (-want +got):\n%s", name, diff)
		}
	}
}

// TestConfigCommand prints the table that the READMEs show.
func TestConfigCommand(t *testing.T) {
	for flag, want := range map[string]string{
		"--ko": "| 변수 | 기본값 | 뜻 |", "--ko=false": "| Variable | Default | Meaning |",
	} {
		var out bytes.Buffer
		cmd := command()
		cmd.SetArgs([]string{"config", flag})
		cmd.SetOut(&out)
		if err := cmd.Execute(); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(out.String(), "\n| `"); !strings.HasPrefix(out.String(), want) || n != len(settings) {
			t.Errorf("config %s prints %d of %d settings:\n%s", flag, n, len(settings), out.String())
		}
	}
}

// TestEveryVariableIsDocumented looks for variables of ours in all that is deployed: each is a setting, or explained
// to whoever deploys it in .env.example, or to whoever develops it in CONTRIBUTING.md.
func TestEveryVariableIsDocumented(t *testing.T) {
	known := map[string]bool{}
	for _, s := range settings {
		known[s.name] = true
	}
	for _, name := range []string{".env.example", "CONTRIBUTING.md"} {
		for _, v := range variables(t, filepath.Join(repository, name)) {
			known[v] = true
		}
	}
	found := 0
	for _, file := range deployed(t) {
		for _, v := range variables(t, file) {
			found++
			if !known[v] {
				t.Errorf("%s: %s is not documented", file, v)
			}
		}
	}
	if found < len(settings) {
		t.Errorf("only %d variables were found", found)
	}
}

var variable = regexp.MustCompile(`SECRETARIAT_[A-Z0-9_]*[A-Z0-9]`)

func variables(t *testing.T, file string) []string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return variable.FindAllString(string(raw), -1)
}

// deployed lists the files of the repository but for those of tests and of git.
func deployed(t *testing.T) []string {
	t.Helper()
	kinds := []string{"", ".go", ".yml", ".yaml", ".sh", ".md", ".example"}
	var out []string
	err := filepath.WalkDir(repository, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == ".git" || d.Name() == "testdata" || d.Name() == "testkit"):
			return fs.SkipDir
		case d.Type().IsRegular() && slices.Contains(kinds, filepath.Ext(path)) && !strings.HasSuffix(path, "_test.go"):
			out = append(out, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// environmentOf looks up in a map.
func environmentOf(values map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		v, ok := values[name]
		return v, ok
	}
}

func TestReadConfig(t *testing.T) {
	c, err := readConfig(environmentOf(map[string]string{
		"SECRETARIAT_DATABASE": "postgres:///city", "SECRETARIAT_SMTP_PORT": "2525", "SECRETARIAT_SESSION": "30m",
		"SECRETARIAT_MAX_UPLOAD": "1000", "SECRETARIAT_DEBUG": "true", "SECRETARIAT_LISTEN": "", // empty as absent
	}))
	if err != nil {
		t.Fatal(err)
	}
	want := config{
		database: "postgres:///city", files: "files", listen: "127.0.0.1:8080", publicURL: "http://127.0.0.1:8080",
		engine: "temporal.db", mailFolder: "mail", session: 30 * time.Minute, keyFile: "secretariat.key", strict: true,
		maxUpload: 1000, debug: true, oidc: oidcConfig{name: "통합인증", secured: []string{}},
		smtp: smtpConfig{from: "secretariat@localhost", fromName: "위원회 간사", tls: "mandatory", port: 2525},
	}
	if diff := cmp.Diff(want, c, cmp.AllowUnexported(config{}, smtpConfig{}, oidcConfig{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSettingThatCannotBeReadIsNamed(t *testing.T) {
	for name, bad := range map[string][]string{
		"SECRETARIAT_SMTP_PORT":     {"smtp", "25.5", "99999", "0", "-1"},
		"SECRETARIAT_SESSION":       {"12", "half a day", "0s", "-1h"},
		"SECRETARIAT_MAX_UPLOAD":    {"50MB", "-1", "0", "1e6"},
		"SECRETARIAT_SECOND_FACTOR": {"yes", "none"},
		"SECRETARIAT_DEBUG":         {"perhaps"},
		"SECRETARIAT_OIDC_ISSUER":   {"http://idp.example.kr", "https://", "idp", "http://127.0.0.1.example.kr"},
		"SECRETARIAT_SMTP_TLS":      {"ssl"},
	} {
		for _, v := range bad {
			_, err := readConfig(environmentOf(map[string]string{name: v}))
			if err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), v) {
				t.Errorf("%s=%s: %v, want both named", name, v, err)
			}
		}
	}
}

// TestSecretsAreNotPrinted makes every setting fail that can, and looks for the values of those that are secret.
func TestSecretsAreNotPrinted(t *testing.T) {
	const password = "hunter2"
	secrets := 0
	for _, s := range settings {
		if !s.secret {
			continue
		}
		secrets++
		failing := setting{name: s.name, secret: true, set: func(*config, string) error { return errors.New(password) }}
		if err := failing.read(&config{}, password); err == nil || strings.Contains(err.Error(), password) {
			t.Errorf("%s: %v", s.name, err)
		}
	}
	if secrets < 2 {
		t.Errorf("%d settings are secret, want the database and the mail password at least", secrets)
	}
}

func TestDatabasePasswordIsNotPrinted(t *testing.T) {
	dir := t.TempDir()
	for _, url := range []string{
		"postgres://secretariat:hunter2@127.0.0.1:1/x?connect_timeout=bad", "postgres://secretariat:hunter2@127.0.0.1:1/x",
		"mysql://secretariat:hunter2@127.0.0.1:1/x",
	} {
		c, err := readConfig(environmentOf(map[string]string{
			"SECRETARIAT_DATABASE": url, "SECRETARIAT_FILES": dir, "SECRETARIAT_MAIL_FOLDER": dir,
		}))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := open(t.Context(), c, pace.Real()); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("open: %v", err)
		}
	}
}

func TestLoopback(t *testing.T) {
	for listen, want := range map[string]string{
		":8080":            "127.0.0.1:8080",
		"0.0.0.0:8080":     "127.0.0.1:8080",
		"[::]:8080":        "127.0.0.1:8080",
		"127.0.0.1:80":     "127.0.0.1:80",
		"[::1]:80":         "[::1]:80",
		"10.0.0.5:80":      "10.0.0.5:80",
		"dx.example.kr:80": "dx.example.kr:80",
		"no port":          "no port",
	} {
		if got := loopback(listen); got != want {
			t.Errorf("%s is reached at %s, want %s", listen, got, want)
		}
	}
}

// TestDemoSettings checks whose settings a demo has: its own for what lies in its folder, otherwise the environment's.
func TestDemoSettings(t *testing.T) {
	d := demo{dir: "show", listen: "127.0.0.1:9"}
	for _, x := range []struct{ name, environment, want string }{
		{"SECRETARIAT_DATABASE", "", "sqlite:show/secretariat.db"},
		{"SECRETARIAT_DATABASE", "postgres:///show", "postgres:///show"},
		{"SECRETARIAT_FILES", "elsewhere", "show/files"},
		{"SECRETARIAT_ENGINE", "elsewhere", "show/temporal.db"},
		{"SECRETARIAT_MAIL_FOLDER", "elsewhere", "show/mail"},
		{"SECRETARIAT_KEY_FILE", "elsewhere", "show/secretariat.key"},
		{"SECRETARIAT_SECOND_FACTOR", "required", "optional"},
		{"SECRETARIAT_PUBLIC_URL", "https://city.example", "http://127.0.0.1:9"},
		{"SECRETARIAT_SMTP_HOST", "mail.city.example", "mail.city.example"},
		{"SECRETARIAT_POLICIES", "", ""},
	} {
		t.Setenv(x.name, x.environment)
		if got, _ := d.lookup(x.name); filepath.ToSlash(got) != x.want {
			t.Errorf("%s=%q: %q, want %q", x.name, x.environment, got, x.want)
		}
	}
}
