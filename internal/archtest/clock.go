package archtest

import (
	"go/ast"
	"slices"
	"strings"
)

// clockReaders are the functions of package time that ask or wait for the time of day.
var clockReaders = []string{
	"After", "AfterFunc", "NewTicker", "NewTimer", "Now", "Since", "Sleep", "Tick", "Until",
}

// clock finds rules of law that read the clock: in domain, the time is an argument.
func clock(t *tree) []finding {
	var found []finding
	for _, src := range t.goes {
		if src.test || !fits("domain/...", importPath{path: src.dir, own: true}) {
			continue
		}
		ast.Inspect(src.file, func(n ast.Node) bool {
			if name, ok := clockCall(src.file, n); ok {
				found = append(found, t.at(n.Pos(), "clock", "domain reads time.%s; take the time as an argument", name))
			}
			return true
		})
	}
	return found
}

// clockCall recognises time.Now and its like, under whatever name the file imports the package.
func clockCall(file *ast.File, n ast.Node) (string, bool) {
	sel, ok := n.(*ast.SelectorExpr)
	if !ok || !slices.Contains(clockReaders, sel.Sel.Name) {
		return "", false
	}
	pkg, ok := sel.X.(*ast.Ident)
	return sel.Sel.Name, ok && pkg.Name == nameOf(file, "time")
}

// nameOf is the name a file uses for an imported package, or nothing if it does not import it.
func nameOf(file *ast.File, path string) string {
	for _, spec := range file.Imports {
		if strings.Trim(spec.Path.Value, `"`) != path {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name
		}
		return path
	}
	return ""
}
