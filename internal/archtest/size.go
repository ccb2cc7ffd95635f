package archtest

import (
	"fmt"
	"go/ast"
)

// Limits of size, in lines. A function's tables (literals of slices, arrays and maps) do not count.
const (
	maxFunction = 80
	maxFile     = 400
)

// size finds functions and files that have grown too long to be read in one go. Tests and generated files are exempt.
func size(t *tree, function, file int) []finding {
	var found []finding
	for _, src := range t.goes {
		if src.test || ast.IsGenerated(src.file) {
			continue
		}
		if n := t.line(src.file.FileEnd - 1); n > file {
			found = append(found, finding{src.path, 1, "size", fmt.Sprintf("file has %d lines, more than %d", n, file)})
		}
		found = append(found, t.longFunctions(src, function)...)
	}
	return found
}

// longFunctions finds the functions of a file that are longer than limit.
func (t *tree) longFunctions(src source, limit int) []finding {
	var found []finding
	for _, decl := range src.file.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if n := t.length(fn) - t.tableLines(fn); n > limit {
			found = append(found, t.at(fn.Pos(), "size", "function %s has %d lines, more than %d", fn.Name.Name, n, limit))
		}
	}
	return found
}

// length is the number of lines a node touches.
func (t *tree) length(n ast.Node) int {
	return t.line(n.End()-1) - t.line(n.Pos()) + 1
}

// tableLines is the number of lines the tables inside fn add to it.
func (t *tree) tableLines(fn *ast.FuncDecl) int {
	lines := 0
	ast.Inspect(fn, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok || !isTable(lit.Type) {
			return true
		}
		lines += t.length(lit) - 1
		return false
	})
	return lines
}

// isTable reports whether a literal's type is that of a table.
func isTable(typ ast.Expr) bool {
	switch typ.(type) {
	case *ast.ArrayType, *ast.MapType:
		return true
	}
	return false
}
