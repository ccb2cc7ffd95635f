package archtest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/modfile"
)

// rules are all rules as the tree has to obey them.
var rules = map[string]func(*tree) []finding{
	"imports":     imports,
	"clock":       clock,
	"size":        func(t *tree) []finding { return size(t, maxFunction, maxFile) },
	"docs":        docs,
	"packagedocs": packageDocs,
	"migrations":  migrations,
	"paths":       machinePaths,
}

// TestTree holds the repository to the rules.
func TestTree(t *testing.T) {
	root, module := repository(t)
	whole, err := load(os.DirFS(root), module)
	if err != nil {
		t.Fatal(err)
	}
	for name, rule := range rules {
		t.Run(name, func(t *testing.T) {
			for _, f := range sorted(rule(whole)) {
				t.Error(f)
			}
		})
	}
}

// TestRules holds the rules to their fixtures: each must find exactly what testdata/<rule>.want lists, so that a rule
// that has stopped looking is found out.
func TestRules(t *testing.T) {
	for name, rule := range rules {
		if name == "size" {
			rule = func(t *tree) []finding { return size(t, 5, 21) }
		}
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join("testdata", name)
			fixture, err := load(os.DirFS(dir), "secretariat")
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range sorted(rule(fixture)) {
				got = append(got, f.String())
			}
			if diff := cmp.Diff(expected(t, dir+".want"), got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// TestTableNamesPackages guards the table against rows that a row above them always shadows.
func TestTableNamesPackages(t *testing.T) {
	for i, r := range table {
		base := strings.TrimSuffix(r.pkg, "/...")
		probe := base
		if base != r.pkg {
			probe = base + "/probe"
		}
		if got, ok := rowOf(probe); !ok || got.pkg != r.pkg {
			t.Errorf("row %d (%s) never applies: %s falls under %q", i, r.pkg, probe, got.pkg)
		}
	}
}

// expected reads the findings a fixture is to give.
func expected(t *testing.T, file string) []string {
	t.Helper()
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(body)), "\n")
}

// repository finds the folder of go.mod above the test, and the module's path.
func repository(t *testing.T) (root, module string) {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		body, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil {
			return dir, modfile.ModulePath(body)
		}
		if parent := filepath.Dir(dir); parent != dir {
			dir = parent
			continue
		}
		t.Fatal("no go.mod above the test")
	}
}
