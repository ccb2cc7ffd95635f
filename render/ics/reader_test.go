package ics_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// The reader below follows RFC 5545 section 3.1 word by word and shares nothing with the library that writes.

type property struct {
	name   string
	params map[string]string
	value  string // raw
}

type component struct {
	kind       string
	properties []property
	parts      []component
}

// check is what testing.T and rapid.T have in common here.
type check interface {
	Helper()
	Fatalf(format string, args ...any)
}

var (
	_ check = (*testing.T)(nil)
	_ check = (*rapid.T)(nil)
)

// read checks the form of every physical line and returns the VCALENDAR.
func read(t check, data []byte) component {
	t.Helper()
	lines, err := unfold(string(data))
	if err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	root := component{}
	rest, err := root.fill(lines)
	if err != nil || len(rest) != 0 || len(root.parts) != 1 || root.parts[0].kind != "VCALENDAR" {
		t.Fatalf("not one VCALENDAR: %v, %d lines left, in\n%s", err, len(rest), data)
	}
	return root.parts[0]
}

// unfold joins folded lines after checking that each ends in CRLF, has at most 75 octets and is whole UTF-8.
func unfold(s string) ([]string, error) {
	s, ended := strings.CutSuffix(s, "\r\n")
	if !ended {
		return nil, fmt.Errorf("last line without CRLF")
	}
	var lines []string
	for _, line := range strings.Split(s, "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") || !utf8.ValidString(line) {
			return nil, fmt.Errorf("bad line of %d octets: %q", len(line), line)
		}
		if strings.HasPrefix(line, " ") && len(lines) > 0 {
			lines[len(lines)-1] += line[1:]
			continue
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// fill takes lines up to the END of c and returns those behind it.
func (c *component) fill(lines []string) ([]string, error) {
	for len(lines) > 0 {
		p, err := parseLine(lines[0])
		if err != nil {
			return nil, err
		}
		lines = lines[1:]
		switch {
		case p.name == "END" && p.value == c.kind:
			return lines, nil
		case p.name == "BEGIN":
			part := component{kind: p.value}
			if lines, err = part.fill(lines); err != nil {
				return nil, err
			}
			c.parts = append(c.parts, part)
		default:
			c.properties = append(c.properties, p)
		}
	}
	if c.kind != "" {
		return nil, fmt.Errorf("%s without end", c.kind)
	}
	return nil, nil
}

func parseLine(line string) (property, error) {
	end := strings.IndexAny(line, ";:")
	if end < 1 {
		return property{}, fmt.Errorf("no name in %q", line)
	}
	p := property{name: line[:end], params: map[string]string{}}
	for line[end] == ';' {
		key, rest, found := strings.Cut(line[end+1:], "=")
		if !found {
			return property{}, fmt.Errorf("no parameter value in %q", line)
		}
		value, left, err := paramValue(rest)
		if err != nil || left == "" {
			return property{}, fmt.Errorf("parameter %s of %q: %v", key, line, err)
		}
		p.params[key] = value
		line, end = left, 0
	}
	if line[end] != ':' {
		return property{}, fmt.Errorf("no value in %q", line)
	}
	p.value = line[end+1:]
	return p, nil
}

// paramValue reads a quoted string or a run of safe characters.
func paramValue(s string) (value, rest string, err error) {
	if strings.HasPrefix(s, `"`) {
		value, rest, found := strings.Cut(s[1:], `"`)
		if !found {
			return "", "", fmt.Errorf("quote left open")
		}
		return value, rest, nil
	}
	end := strings.IndexAny(s, `";:,`)
	if end < 0 {
		return "", "", fmt.Errorf("no end")
	}
	return s[:end], s[end:], nil
}

// text undoes the escapes of a TEXT value (RFC 5545 3.3.11) and refuses what they should have hidden.
func text(t check, raw string) string {
	t.Helper()
	var b strings.Builder
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case ';', ',':
			t.Fatalf("%q stands bare in %q", raw[i], raw)
		case '\\':
			i++
			if i == len(raw) || !strings.Contains(`\;,nN`, raw[i:i+1]) {
				t.Fatalf("bad escape in %q", raw)
			}
			b.WriteByte(escaped(raw[i]))
		default:
			b.WriteByte(raw[i])
		}
	}
	return b.String()
}

func escaped(c byte) byte {
	if c == 'n' || c == 'N' {
		return '\n'
	}
	return c
}

func (c component) part(t check, kind string) component {
	t.Helper()
	for _, part := range c.parts {
		if part.kind == kind {
			return part
		}
	}
	t.Fatalf("%s has no %s", c.kind, kind)
	return component{}
}

func (c component) all(name string) []property {
	var found []property
	for _, p := range c.properties {
		if p.name == name {
			found = append(found, p)
		}
	}
	return found
}

// one returns the only property of that name.
func (c component) one(t check, name string) property {
	t.Helper()
	found := c.all(name)
	if len(found) != 1 {
		t.Fatalf("%s has %d %s, want 1", c.kind, len(found), name)
	}
	return found[0]
}

// textOf is the text of a property, empty when it is missing.
func (c component) textOf(t check, name string) string {
	t.Helper()
	if len(c.all(name)) == 0 {
		return ""
	}
	return text(t, c.one(t, name).value)
}
