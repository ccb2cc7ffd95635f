package policies

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

func contains(list []string, s string) bool { return slices.Contains(list, s) }

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

// keyOf finds the key of an entry ahead of the rest, so that every problem of the entry can name it.
func keyOf(entry *yaml.Node) string {
	for i := 0; i+1 < len(entry.Content); i += 2 {
		if entry.Content[i].Value == "key" && entry.Content[i+1].Kind == yaml.ScalarNode {
			return strings.TrimSpace(entry.Content[i+1].Value)
		}
	}
	return ""
}

// text reads a field that says something.
func (p *parser) text(n *yaml.Node, owner, field string) string {
	s := strings.TrimSpace(n.Value)
	switch {
	case n.Kind != yaml.ScalarNode:
		p.add(n, owner, "%s must be plain text", field)
		return ""
	case isNull(n) || s == "":
		p.add(n, owner, "%s is empty", field)
		return ""
	}
	return s
}

// value reads what a key is given, in the form of its type. Numbers, true and false stand as they are; a list is one
// text with commas; the empty list is "".
func (p *parser) value(n *yaml.Node, owner, key string) string {
	if n.Kind != yaml.ScalarNode {
		p.add(n, owner, `value must be plain text; a list is written "a, b"`)
		return ""
	}
	if isNull(n) {
		p.add(n, owner, "value is empty")
		return ""
	}
	if err := policy.CheckValue(key, n.Value); err != nil && contains(policy.Keys(), key) {
		p.add(n, owner, "%v", err)
	}
	return n.Value
}

func (p *parser) flag(n *yaml.Node, field string) bool {
	if n.Kind != yaml.ScalarNode || n.Tag != "!!bool" {
		p.add(n, field, "must be true or false")
		return false
	}
	return strings.EqualFold(n.Value, "true")
}

func (p *parser) kind(n *yaml.Node, owner string) policy.Kind {
	s := p.text(n, owner, "kind")
	if s != "" && !policy.Kind(s).Valid() {
		p.add(n, owner, "kind %q is none of %s, %s, %s", s, policy.Statute, policy.Draft, policy.Assumption)
	}
	return policy.Kind(s)
}

// date reads a day. What is no day is kept as it stands, so that it is not taken for a field that was left out.
func (p *parser) date(n *yaml.Node, owner, field string) calendar.Date {
	s := p.text(n, owner, field)
	if s == "" {
		return "?"
	}
	if _, err := calendar.Parse(s); err != nil {
		p.add(n, owner, "%s: %v", field, err)
	}
	return calendar.Date(s)
}
