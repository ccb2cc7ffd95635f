package catalogue_test

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// use is a message key in the code with the arguments that are written beside it. Where they come from elsewhere it
// cannot be told here what they hold.
type use struct {
	key, at string
	args    []string
	told    bool
}

// position is where a function takes its key and its arguments; no arguments when args is negative.
type position struct{ count, key, args int }

var takesKey = map[string]position{
	"Conflict": {2, 0, 1}, "Refused": {3, 0, 2}, "Add": {3, 1, 2}, "Check": {3, 2, -1},
}

func uses(files []source) []use {
	var out []use
	for _, f := range files {
		ast.Inspect(f.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if u, ok := called(n); ok {
					u.at = f.at(n)
					out = append(out, u)
				}
			case *ast.CompositeLit:
				if u, ok := built(n); ok {
					u.at = f.at(n)
					out = append(out, u)
				}
			}
			return true
		})
	}
	return out
}

// called is the key and the arguments of a call such as domain.Conflict(key, args).
func called(n *ast.CallExpr) (use, bool) {
	p, ok := takesKey[name(n.Fun)]
	if !ok || len(n.Args) != p.count {
		return use{}, false
	}
	key, ok := literal(n.Args[p.key])
	if !ok || !keyForm.MatchString(key) {
		return use{}, false
	}
	u := use{key: key, told: true}
	if p.args >= 0 {
		u.args, u.told = argNames(n.Args[p.args])
	}
	return u, true
}

// built is the key and the arguments of a struct literal of an error or a finding.
func built(n *ast.CompositeLit) (use, bool) {
	var u use
	if !slices.Contains([]string{"Error", "Finding", "FieldError"}, name(n.Type)) {
		return u, false
	}
	u.told = true
	for _, e := range n.Elts {
		pair, ok := e.(*ast.KeyValueExpr)
		if !ok {
			return u, false
		}
		switch name(pair.Key) {
		case "Key":
			u.key, _ = literal(pair.Value)
		case "Args":
			u.args, u.told = argNames(pair.Value)
		}
	}
	return u, keyForm.MatchString(u.key)
}

// argNames are the names in a literal such as domain.Args{"max": 3}; nil has none.
func argNames(e ast.Expr) ([]string, bool) {
	if name(e) == "nil" {
		return nil, true
	}
	lit, ok := e.(*ast.CompositeLit)
	if !ok {
		return nil, false
	}
	var out []string
	for _, e := range lit.Elts {
		pair, ok := e.(*ast.KeyValueExpr)
		if !ok {
			return nil, false
		}
		n, ok := literal(pair.Key)
		if !ok {
			return nil, false
		}
		out = append(out, n)
	}
	return out, true
}

func TestMessagesAskForArgumentsThatTheyAreGiven(t *testing.T) {
	c := load(t)
	checked := 0
	for _, u := range uses(sources(t, scanned...)) {
		m, ok := c.Message(u.key)
		if !ok || !u.told {
			continue // another test tells of missing messages
		}
		checked++
		for _, slot := range slotsOf(m.Ko) {
			wanted, _, _ := strings.Cut(strings.Trim(slot, "{}"), ":")
			wanted = strings.TrimSuffix(wanted, ",")
			if !slices.Contains(u.args, wanted) {
				t.Errorf("%s: %s asks for {%s}, which is not among %v", u.at, u.key, wanted, u.args)
			}
		}
	}
	if checked < 100 {
		t.Errorf("only %d uses could be checked", checked)
	}
}
