package policies

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"secretariat/domain/policy"
)

// source is a pack with where it stands, for problems that show only when packs are put together.
type source struct {
	file  string
	pack  policy.Pack
	lines map[string]int // of the fields of the pack
	entry []int          // of the entries, as in pack.Entries
}

// parser reads one file. It notes a problem and goes on, so that all are found in one go.
type parser struct {
	file     string
	problems Problems
}

// parse reads one pack. The source is of use only when there are no problems, save for its name.
func parse(file string, content []byte) (source, Problems) {
	p := &parser{file: file}
	s := source{file: file, lines: map[string]int{}}
	if root := p.document(content); root != nil {
		p.pack(root, &s)
		p.overlaps(s)
	}
	return s, p.problems
}

func (p *parser) add(n *yaml.Node, key, format string, args ...any) {
	p.problems.add(p.file, n.Line, key, format, args...)
}

// document returns the mapping that is the whole file, or nil.
func (p *parser) document(content []byte) *yaml.Node {
	var doc, more yaml.Node
	in := yaml.NewDecoder(bytes.NewReader(content))
	err := in.Decode(&doc)
	if errors.Is(err, io.EOF) || err == nil && isNull(doc.Content[0]) {
		p.problems.add(p.file, 1, "", "the file is empty")
		return nil
	}
	if err == nil {
		err = in.Decode(&more)
	}
	switch {
	case err == nil:
		p.add(&more, "", "a second document begins; a file holds one pack")
	case !errors.Is(err, io.EOF):
		p.syntax(err)
		return nil
	}
	if doc.Content[0].Kind != yaml.MappingNode {
		p.add(doc.Content[0], "", "a pack is a mapping with name, title and entries")
		return nil
	}
	return doc.Content[0]
}

var syntaxLine = regexp.MustCompile(`line (\d+): `)

// syntax takes the line out of the library's message, which has no other place for it.
func (p *parser) syntax(err error) {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 1
	if m := syntaxLine.FindStringSubmatch(text); m != nil {
		line, _ = strconv.Atoi(m[1])
		text = strings.Replace(text, m[0], "", 1)
	}
	p.problems.add(p.file, line, "", "not YAML: %s", text)
}

// fields walks a mapping: take gets each known field once.
func (p *parser) fields(n *yaml.Node, owner string, known []string, take func(name string, key, value *yaml.Node)) {
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at := label(owner, key.Value)
		first, twice := seen[key.Value]
		switch {
		case !contains(known, key.Value):
			p.add(key, at, "unknown field %q", key.Value)
		case twice:
			p.add(key, at, "field %q stands on line %d already", key.Value, first)
		default:
			seen[key.Value] = key.Line
			take(key.Value, key, value)
		}
	}
}

// label is what a problem is filed under: the key of the entry, or the field of the pack.
func label(owner, field string) string {
	if owner != "" {
		return owner
	}
	return field
}

func (p *parser) pack(root *yaml.Node, s *source) {
	known := []string{"name", "title", "over", "provisional", "entries"}
	p.fields(root, "", known, func(name string, key, value *yaml.Node) {
		s.lines[name] = key.Line
		switch name {
		case "name":
			s.pack.Name = p.text(value, name, name)
		case "title":
			s.pack.Title = p.text(value, name, name)
		case "over":
			s.pack.Over = p.text(value, name, name)
		case "provisional":
			s.pack.Provisional = p.flag(value, name)
		case "entries":
			p.entries(value, s)
		}
	})
	for _, name := range []string{"name", "title", "entries"} {
		if s.lines[name] == 0 {
			p.add(root, name, "missing")
		}
	}
}

func (p *parser) entries(n *yaml.Node, s *source) {
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		p.add(n, "entries", "must be a list of at least one entry")
		return
	}
	for i, item := range n.Content {
		if item.Kind != yaml.MappingNode {
			p.add(item, fmt.Sprintf("entries[%d]", i), "an entry is a mapping with key, value, citation, kind and from")
			continue
		}
		s.pack.Entries = append(s.pack.Entries, p.entry(item, i))
		s.entry = append(s.entry, item.Line)
	}
}

func (p *parser) entry(n *yaml.Node, index int) policy.Entry {
	e := policy.Entry{Key: keyOf(n)}
	owner := e.Key
	if owner == "" {
		owner = fmt.Sprintf("entries[%d]", index)
	}
	seen := map[string]*yaml.Node{}
	known := []string{"key", "value", "citation", "kind", "from", "until", "note"}
	p.fields(n, owner, known, func(name string, _, value *yaml.Node) {
		seen[name] = value
		p.field(&e, owner, name, value)
	})
	for _, name := range []string{"key", "value", "citation", "kind", "from"} {
		if seen[name] == nil {
			p.add(n, owner, "%s is missing", name)
		}
	}
	if e.From.Valid() && e.Until.Valid() && e.Until < e.From {
		p.add(seen["until"], owner, "until %s is before from %s", e.Until, e.From)
	}
	return e
}

func (p *parser) field(e *policy.Entry, owner, name string, value *yaml.Node) {
	switch name {
	case "key":
		if p.text(value, owner, name) != "" && !contains(policy.Keys(), e.Key) {
			p.add(value, owner, "unknown key")
		}
	case "value":
		e.Value = p.value(value, owner, e.Key)
	case "citation":
		e.Citation = p.text(value, owner, name)
	case "kind":
		e.Kind = p.kind(value, owner)
	case "from":
		e.From = p.date(value, owner, name)
	case "until":
		e.Until = p.date(value, owner, name)
	case "note":
		e.Note = p.text(value, owner, name)
	}
}

// overlaps finds entries of one key that are in force at the same time.
func (p *parser) overlaps(s source) {
	for j, later := range s.pack.Entries {
		for i, e := range s.pack.Entries[:j] {
			if later.Key == e.Key && dated(e) && dated(later) && e.Overlaps(later) {
				const message = "in force at the same time as the entry on line %d"
				p.problems.add(p.file, s.entry[j], e.Key, message, s.entry[i])
				break
			}
		}
	}
}

// dated reports whether it is known when the entry is in force.
func dated(e policy.Entry) bool {
	return e.Key != "" && e.From.Valid() && (e.Until == "" || e.Until.Valid())
}
