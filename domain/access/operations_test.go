package access_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	. "secretariat/domain/access"
)

// asked finds the operations that the services ask about or do: a text that follows the actor in a call, as in
// Can(by, "ballot.cast", facts) and Do(ctx, env, store, by, "ballot.cast", ...), or that is called Op in a literal.
func asked(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	walk(t, filepath.Join("..", "..", "service"), func(file string, n ast.Node) {
		switch x := n.(type) {
		case *ast.CallExpr:
			for i := 1; i < len(x.Args); i++ {
				if isActor(x.Args[i-1]) {
					note(out, x.Args[i], file)
				}
			}
		case *ast.KeyValueExpr:
			if key, ok := x.Key.(*ast.Ident); ok && key.Name == "Op" {
				note(out, x.Value, file)
			}
		}
	})
	return out
}

// offered finds the operations of the endpoints: New("ballot.cast", ...).
func offered(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	walk(t, filepath.Join("..", "..", "transport", "endpoint"), func(file string, n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) != 3 {
			return
		}
		if f, ok := call.Fun.(*ast.Ident); ok && f.Name == "New" {
			note(out, call.Args[0], file)
		}
	})
	return out
}

func isActor(e ast.Expr) bool {
	switch x := e.(type) {
	case *ast.Ident:
		return x.Name == "by"
	case *ast.SelectorExpr:
		return x.Sel.Name == "By" || x.Sel.Name == "by"
	}
	return false
}

// note keeps where a text was found.
func note(in map[string]string, e ast.Expr, file string) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return
	}
	if text, err := strconv.Unquote(lit.Value); err == nil && text != "" {
		in[text] = file
	}
}

func walk(t *testing.T, root string, see func(file string, n ast.Node)) {
	t.Helper()
	err := filepath.WalkDir(root, func(file string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(parsed, func(n ast.Node) bool { see(file, n); return true })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEveryOperationHasARuleAndEveryRuleAnOperation(t *testing.T) {
	used, routes := asked(t), offered(t)
	if len(used) < 30 || len(routes) < 15 {
		t.Fatalf("only %d operations and %d endpoints were found: the search has gone blind", len(used), len(routes))
	}
	maps.Copy(used, routes)
	rules := Actions()
	for op, file := range used {
		if !slices.Contains(rules, op) {
			t.Errorf("%s in %s has no rule", op, file)
		}
	}
	for _, op := range rules {
		if _, ok := used[op]; !ok {
			t.Errorf("nothing asks for the rule %s", op)
		}
	}
}
