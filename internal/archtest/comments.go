package archtest

import (
	"go/ast"
	"slices"
	"strings"
)

// packageDocs finds packages that say in no file, or in more than one, what they are for. Tests may say it only for a
// package that consists of nothing else.
func packageDocs(t *tree) []finding {
	packages := map[string][]source{}
	for _, src := range t.goes {
		packages[src.dir] = append(packages[src.dir], src)
	}
	var found []finding
	for dir, files := range packages {
		if n := timesDocumented(files); n != 1 {
			found = append(found, t.at(files[0].file.Package, "package docs", "package %s has %d doc comments, not one", dir, n))
		}
	}
	return found
}

// timesDocumented counts the files that hold a comment on their package.
func timesDocumented(files []source) int {
	product := slices.DeleteFunc(slices.Clone(files), func(src source) bool { return src.test })
	if len(product) > 0 {
		files = product
	}
	n := 0
	for _, src := range files {
		if documented(src.file.Doc) {
			n++
		}
	}
	return n
}

// explained are the packages whose exported identifiers other parts of the system, and readers of the law, rely on.
var explained = []string{
	"domain/...", "service/...", "store/...", "workflows/...", "transport/...", "render/...", "mail/...", "policies/...",
}

// docs finds exported identifiers of these packages that nothing explains.
func docs(t *tree) []finding {
	var found []finding
	for _, src := range t.goes {
		if src.test || ast.IsGenerated(src.file) || !anyFits(explained, importPath{path: src.dir, own: true}) {
			continue
		}
		for _, name := range undocumented(src.file) {
			found = append(found, t.at(name.Pos(), "docs", "exported %s has no doc comment", name.Name))
		}
	}
	return found
}

// undocumented lists the exported names of a file that have no comment of their own.
func undocumented(file *ast.File) []*ast.Ident {
	var names []*ast.Ident
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if isPublic(d) && !documented(d.Doc) {
				names = append(names, d.Name)
			}
		case *ast.GenDecl:
			names = append(names, undocumentedSpecs(d)...)
		}
	}
	return names
}

// isPublic reports whether a function is part of its package's interface: exported, and so is its receiver's type.
func isPublic(fn *ast.FuncDecl) bool {
	if !fn.Name.IsExported() {
		return false
	}
	if fn.Recv == nil {
		return true
	}
	return ast.IsExported(typeName(fn.Recv.List[0].Type))
}

// typeName is the name of a receiver's type, without its star and its type parameters.
func typeName(expr ast.Expr) string {
	switch e := expr.(type) {
	case *ast.StarExpr:
		return typeName(e.X)
	case *ast.IndexExpr:
		return typeName(e.X)
	case *ast.IndexListExpr:
		return typeName(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// undocumentedSpecs lists the exported names a declaration leaves unexplained. A comment above a group, above a line
// or at its end explains constants and variables; a type needs its own.
func undocumentedSpecs(decl *ast.GenDecl) []*ast.Ident {
	var names []*ast.Ident
	for _, spec := range decl.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			alone := !decl.Lparen.IsValid() && documented(decl.Doc)
			if s.Name.IsExported() && !alone && !documented(s.Doc) {
				names = append(names, s.Name)
			}
		case *ast.ValueSpec:
			if !documented(decl.Doc) && !documented(s.Doc) && !documented(s.Comment) {
				names = append(names, exported(s.Names)...)
			}
		}
	}
	return names
}

// exported picks the exported names.
func exported(names []*ast.Ident) []*ast.Ident {
	var out []*ast.Ident
	for _, name := range names {
		if name.IsExported() {
			out = append(out, name)
		}
	}
	return out
}

// documented reports whether a comment says something to a reader; directives alone do not.
func documented(doc *ast.CommentGroup) bool {
	return doc != nil && strings.TrimSpace(doc.Text()) != ""
}
