package catalogue_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/figures"
	"secretariat/domain/policy"
)

const root = "../../"

// scanned are the folders whose code uses message keys.
var scanned = []string{"domain", "service", "store", "mail", "policies", "internal/files", "transport"}

// source is one parsed file.
type source struct {
	path string
	set  *token.FileSet
	file *ast.File
}

func (s source) at(n ast.Node) string {
	return s.path + ":" + strconv.Itoa(s.set.Position(n.Pos()).Line)
}

// sources parses the code under the folders, without its tests and what serves them.
func sources(t *testing.T, folders ...string) []source {
	t.Helper()
	var out []source
	for _, folder := range folders {
		err := filepath.WalkDir(root+folder, func(path string, d fs.DirEntry, err error) error {
			if d != nil && d.Name() == "storetest" {
				return filepath.SkipDir
			}
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
			out = append(out, source{strings.TrimPrefix(path, root), set, file})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// literal is the value of a string literal.
func literal(e ast.Expr) (string, bool) {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(l.Value)
	return s, err == nil
}

// literals calls visit with every string literal.
func literals(files []source, visit func(value, at string)) {
	for _, f := range files {
		ast.Inspect(f.file, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok {
				if value, ok := literal(e); ok {
					visit(value, f.at(n))
				}
			}
			return true
		})
	}
}

// keyForm is what a message key looks like. Operations and policy keys look the same and are told apart by their
// tables.
var keyForm = regexp.MustCompile(`^[a-z][a-z_]*(\.[a-z0-9_]+)+$`)

// others look like keys and are none.
var others = []string{"record.json"}

func TestEveryKeyInTheCodeHasAMessage(t *testing.T) {
	c := load(t)
	known := slices.Concat(others, access.Actions(), policy.Keys())
	literals(sources(t, scanned...), func(value, at string) {
		if !keyForm.MatchString(value) || slices.Contains(known, value) {
			return
		}
		if _, ok := c.Message(value); !ok {
			t.Errorf("%s: %s has no message", at, value)
		}
	})
	for _, key := range slices.Concat(figures.Keys(), pages()) {
		if _, ok := c.Message(key); !ok {
			t.Errorf("a finding on figures or a page: %s has no message", key)
		}
	}
}

// quoted is a key, or the beginning of one, in a template.
var quoted = regexp.MustCompile(`"(web\.[a-z0-9_.]+)"`)

// shown calls visit with every quoted key of the pages' templates.
func shown(t *testing.T, visit func(value, at string)) {
	t.Helper()
	err := filepath.WalkDir(root+"transport/web/templates", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, m := range quoted.FindAllStringSubmatch(string(raw), -1) {
			visit(m[1], strings.TrimPrefix(path, root))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestEveryKeyInTheTemplatesHasAMessage looks at what begins as the keys of the pages do.
func TestEveryKeyInTheTemplatesHasAMessage(t *testing.T) {
	c := load(t)
	shown(t, func(value, at string) {
		if _, ok := c.Message(value); !ok && strings.HasPrefix(value, "web.") && keyForm.MatchString(value) {
			t.Errorf("%s: %s has no message", at, value)
		}
	})
}

// begun reports whether a key is made of a beginning that stands in code or template, such as "web.help.", and a code.
func begun(key string, alive map[string]bool) bool {
	for at := range len(key) {
		if key[at] == '.' && strings.HasPrefix(key, "web.") && at > len("web") && alive[key[:at+1]] {
			return true
		}
	}
	return false
}

// pages are the keys of the pages that explain the codes of errors.
func pages() []string {
	var out []string
	for _, code := range []domain.Code{
		domain.CodeInvalid, domain.CodeUnauthenticated, domain.CodeForbidden, domain.CodeNotFound, domain.CodeConflict,
		domain.CodeStale, domain.CodeRefused, domain.CodeTooLarge, domain.CodeLimited, domain.CodeUnavailable,
		domain.CodeInternal,
	} {
		out = append(out, "problem."+string(code))
	}
	return out
}

// kinds lists what the code calls the things that are not found or are there already: the kinds of the store's tables,
// and those that domain.NotFound is given.
func kinds(files []source) (tables, missing map[string]string) {
	tables, missing = map[string]string{"row": "store/errors.go"}, map[string]string{}
	for _, f := range files {
		ast.Inspect(f.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CompositeLit:
				if index, ok := n.Type.(*ast.IndexExpr); ok && name(index.X) == "table" && len(n.Elts) == 2 {
					if kind, ok := literal(n.Elts[1]); ok {
						tables[kind] = f.at(n)
					}
				}
			case *ast.CallExpr:
				if name(n.Fun) == "NotFound" && len(n.Args) == 1 {
					if kind, ok := literal(n.Args[0]); ok {
						missing[kind] = f.at(n)
					}
				}
			}
			return true
		})
	}
	return tables, missing
}

// name is the name of a function or type, without its package.
func name(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// neverShown are the tables of the machinery. What is wrong with their rows is our fault, not the reader's.
var neverShown = []string{"signal", "memory", "search_entry", "search_gram"}

func TestEveryKindHasItsMessages(t *testing.T) {
	c := load(t)
	tables, missing := kinds(sources(t, scanned...))
	if len(tables) < 20 || len(missing) < 10 {
		t.Fatalf("only %d tables and %d kinds were found", len(tables), len(missing))
	}
	for kind, at := range tables {
		if slices.Contains(neverShown, kind) {
			continue
		}
		for _, key := range []string{"not_found." + kind, "conflict." + kind} {
			if _, ok := c.Message(key); !ok {
				t.Errorf("%s: %s has no message", at, key)
			}
		}
	}
	for kind, at := range missing {
		if _, ok := c.Message("not_found." + kind); !ok {
			t.Errorf("%s: not_found.%s has no message", at, kind)
		}
	}
}

func TestNoMessageIsDead(t *testing.T) {
	c, files := load(t), sources(t, scanned...)
	alive := map[string]bool{}
	literals(files, func(value, _ string) { alive[value] = true })
	shown(t, func(value, _ string) { alive[value] = true })
	tables, missing := kinds(files)
	for kind := range tables {
		alive["not_found."+kind], alive["conflict."+kind] = true, true
	}
	for kind := range missing {
		alive["not_found."+kind] = true
	}
	for _, key := range slices.Concat(figures.Keys(), pages()) {
		alive[key] = true
	}
	for _, key := range c.Keys() {
		if !alive[key] && !begun(key, alive) && !strings.HasPrefix(key, "label.") {
			t.Errorf("nothing uses %s", key)
		}
	}
}
