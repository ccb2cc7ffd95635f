// Package archtest holds the rules of the repository's shape and the test that enforces them over the whole tree: who
// may import whom (the table in table.go), how long a function and a file may be, what must be documented, how
// migrations are named, and that no file speaks of the machine it was written on.
//
// The rules read source text with go/parser, so they see every file whatever its build tags, and they need no build.
// testdata holds a small tree of offenders for each rule, with the exact findings expected of it.
package archtest
