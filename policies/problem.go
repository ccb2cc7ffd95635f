package policies

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing wrong in one file of packs, said to whoever starts the program.
type Problem struct {
	File    string
	Line    int    // from 1
	Key     string // of the entry, or the field of the pack; empty when it is about the file
	Message string
}

// String writes the problem as compilers do: "file:line: key: message".
func (p Problem) String() string {
	if p.Key == "" {
		return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message)
	}
	return fmt.Sprintf("%s:%d: %s: %s", p.File, p.Line, p.Key, p.Message)
}

// Problems is the error of Load: everything that is wrong with the packs, by file and line.
type Problems []Problem

// Error lists the problems, one a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, one := range p {
		lines[i] = one.String()
	}
	return strings.Join(lines, "\n")
}

func (p *Problems) add(file string, line int, key, format string, args ...any) {
	*p = append(*p, Problem{File: file, Line: line, Key: key, Message: fmt.Sprintf(format, args...)})
}

// err is nil when there are none.
func (p Problems) err() error {
	if len(p) == 0 {
		return nil
	}
	slices.SortStableFunc(p, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Key, b.Key))
	})
	return p
}
