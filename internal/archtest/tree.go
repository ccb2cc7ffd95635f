package archtest

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// finding is one breach of a rule, placed so that an editor can jump to it.
type finding struct {
	file    string
	line    int
	rule    string
	message string
}

// String gives the form compilers use: file:line: rule: message.
func (f finding) String() string {
	return fmt.Sprintf("%s:%d: %s: %s", f.file, f.line, f.rule, f.message)
}

// source is one Go file of the tree.
type source struct {
	path string // slash-separated, below the root
	dir  string // its package's path below the module path
	test bool
	file *ast.File
}

// text is one file of the tree that is not binary, Go or not.
type text struct {
	path string
	body []byte
}

// tree is everything below a root that the rules look at.
type tree struct {
	module string
	fset   *token.FileSet
	goes   []source
	texts  []text
}

// load reads the tree below fsys, whose packages have import paths below module.
func load(fsys fs.FS, module string) (*tree, error) {
	t := &tree{module: module, fset: token.NewFileSet()}
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return skipped(name)
		}
		if !entry.Type().IsRegular() {
			return nil
		}
		return t.add(fsys, name)
	})
	return t, err
}

// skipped tells the walk to leave out what is not ours to judge: fixtures, version control, and other people's code.
func skipped(dir string) error {
	base := path.Base(dir)
	if slices.Contains([]string{".git", "testdata", "node_modules", "vendor"}, base) {
		return fs.SkipDir
	}
	return nil
}

// add reads one file and parses it if it is Go.
func (t *tree) add(fsys fs.FS, name string) error {
	body, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	if bytes.IndexByte(body[:min(len(body), 8000)], 0) >= 0 {
		return nil
	}
	t.texts = append(t.texts, text{path: name, body: body})
	if path.Ext(name) != ".go" {
		return nil
	}
	file, err := parser.ParseFile(t.fset, name, body, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	test := strings.HasSuffix(name, "_test.go")
	t.goes = append(t.goes, source{path: name, dir: path.Dir(name), test: test, file: file})
	return nil
}

// at makes a finding at a position of a parsed file.
func (t *tree) at(pos token.Pos, rule, format string, args ...any) finding {
	p := t.fset.Position(pos)
	return finding{file: p.Filename, line: p.Line, rule: rule, message: fmt.Sprintf(format, args...)}
}

// line is the line a position lies on.
func (t *tree) line(pos token.Pos) int {
	return t.fset.Position(pos).Line
}

// sorted puts findings in the order a reader walks the tree.
func sorted(found []finding) []finding {
	slices.SortFunc(found, func(a, b finding) int {
		return cmp.Or(
			cmp.Compare(a.file, b.file),
			cmp.Compare(a.line, b.line),
			cmp.Compare(a.message, b.message),
		)
	})
	return found
}
