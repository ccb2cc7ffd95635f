package policy

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The forms of values. Each accepts one spelling only, so that equal rules have equal hashes.

// code is how lists name things: the program or its message catalogue knows them by it.
var code = regexp.MustCompile(`^[a-z0-9_]+$`)

// placeholder is what a number pattern leaves open, e.g. {serial}.
var placeholder = regexp.MustCompile(`\{[^{}]*\}`)

func parseCount(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || strconv.Itoa(n) != s {
		return 0, fmt.Errorf("%q is not a whole number", s)
	}
	return n, nil
}

func parseFlag(s string) (bool, error) {
	if s != "true" && s != "false" {
		return false, fmt.Errorf("%q is neither true nor false", s)
	}
	return s == "true", nil
}

// parseList reads "a, b". No text at all is the empty list.
func parseList(s string) ([]string, error) {
	if s == "" {
		return nil, nil
	}
	out := strings.Split(s, ", ")
	for i, part := range out {
		if !code.MatchString(part) {
			return nil, fmt.Errorf("%q is not a list of codes such as \"urgent, security\"", s)
		}
		if slices.Contains(out[:i], part) {
			return nil, fmt.Errorf("%q has %s twice", s, part)
		}
	}
	return out, nil
}

// parseCounts reads numbers of days, longest first.
func parseCounts(s string) ([]int, error) {
	parts, err := parseList(s)
	if err != nil {
		return nil, fmt.Errorf("%q is not a list of whole numbers such as \"7, 1\"", s)
	}
	out := make([]int, len(parts))
	for i, p := range parts {
		if out[i], err = parseCount(p); err != nil {
			return nil, err
		}
		if i > 0 && out[i] >= out[i-1] {
			return nil, fmt.Errorf("%q does not begin with the longest", s)
		}
	}
	return out, nil
}

func parseText(s string) (string, error) {
	if strings.TrimSpace(s) == "" {
		return "", errors.New("the text is empty")
	}
	return s, nil
}

func parseMonthDay(s string) (string, error) {
	if _, err := time.Parse("01-02", s); err != nil {
		return "", fmt.Errorf("%q is not a month and day such as \"03-31\"", s)
	}
	return s, nil
}

func count(name string) Key[int]         { return declare(name, parseCount) }
func counts(name string) Key[[]int]      { return declare(name, parseCounts) }
func flag(name string) Key[bool]         { return declare(name, parseFlag) }
func fraction(name string) Key[Fraction] { return declare(name, parseFraction) }
func monthDay(name string) Key[string]   { return declare(name, parseMonthDay) }

// list takes codes that are open: a pack may name a ground of its own. With allowed codes it takes no others, because
// the program has to know what to do for each.
func list(name string, allowed ...string) Key[[]string] {
	return declare(name, func(s string) ([]string, error) {
		out, err := parseList(s)
		if err != nil || len(allowed) == 0 {
			return out, err
		}
		for _, c := range out {
			if _, err := parseChoice(c, allowed); err != nil {
				return nil, err
			}
		}
		return out, nil
	})
}

func choice(name string, allowed []string) Key[string] {
	return declare(name, func(s string) (string, error) { return parseChoice(s, allowed) })
}

func parseChoice(s string, allowed []string) (string, error) {
	if !slices.Contains(allowed, s) {
		return "", fmt.Errorf("%q is none of %s", s, strings.Join(allowed, ", "))
	}
	return s, nil
}

// pattern takes a text with places to fill, of which {serial} must be one.
func pattern(name string, places ...string) Key[string] {
	return declare(name, func(s string) (string, error) {
		found := placeholder.FindAllString(s, -1)
		for _, p := range found {
			if _, err := parseChoice(p, places); err != nil {
				return "", err
			}
		}
		if !slices.Contains(found, "{serial}") {
			return "", fmt.Errorf("%q has no {serial}", s)
		}
		return parseText(s)
	})
}
