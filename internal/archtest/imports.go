package archtest

import (
	"go/ast"
	"slices"
	"strconv"
	"strings"
)

// imports checks every import of the tree against the table and the owners.
func imports(t *tree) []finding {
	var found []finding
	for _, src := range t.goes {
		r, ok := rowOf(src.dir)
		if !ok {
			found = append(found, t.at(src.file.Package, "imports", "package %s has no row in the import table", src.dir))
			continue
		}
		for _, spec := range src.file.Imports {
			if why := t.refused(r, src, spec); why != "" {
				found = append(found, t.at(spec.Pos(), "imports", "%s", why))
			}
		}
	}
	return found
}

// rowOf finds the row of the table a package falls under.
func rowOf(dir string) (row, bool) {
	for _, r := range table {
		if fits(r.pkg, importPath{path: dir, own: true}) {
			return r, true
		}
	}
	return row{}, false
}

// refused says why src must not have this import, or nothing.
func (t *tree) refused(r row, src source, spec *ast.ImportSpec) string {
	target := t.target(spec)
	if o, owned := ownerOf(target); owned && !anyFits(o.only, importPath{path: src.dir, own: true}) {
		return src.dir + " imports " + target.path + ", which only " + strings.Join(o.only, ", ") + " may"
	}
	if src.test && (target.path == src.dir || anyFits(r.tests, target)) {
		return ""
	}
	if anyFits(r.never, target) {
		return r.pkg + " never imports " + target.path
	}
	if !anyFits(r.may, target) {
		return r.pkg + " may not import " + target.path
	}
	return ""
}

// ownerOf finds the first owner whose library the import is of.
func ownerOf(target importPath) (owner, bool) {
	for _, o := range owners {
		if fits(o.library, target) {
			return o, true
		}
	}
	return owner{}, false
}

// importPath is the path of an import: below the module for this repository's own packages, as written for others.
type importPath struct {
	path string
	own  bool
}

// target reads the path of an import.
func (t *tree) target(spec *ast.ImportSpec) importPath {
	full, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return importPath{path: spec.Path.Value}
	}
	below, own := strings.CutPrefix(full, t.module+"/")
	return importPath{path: below, own: own}
}

// anyFits reports whether one of the patterns fits an import.
func anyFits(patterns []string, target importPath) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool { return fits(pattern, target) })
}

// fits reports whether a pattern of the table fits an import. As with the go command, "x/..." fits x and everything
// below it. The first element of a path of the standard library has no dot.
func fits(pattern string, target importPath) bool {
	switch pattern {
	case "...":
		return true
	case "std":
		first, _, _ := strings.Cut(target.path, "/")
		return !target.own && !strings.Contains(first, ".")
	}
	base, below := strings.CutSuffix(pattern, "/...")
	return target.path == base || below && strings.HasPrefix(target.path, base+"/")
}
