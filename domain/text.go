package domain

import (
	"strings"
	"unicode/utf8"
)

// Limits of what arrives, in characters unless said otherwise.
const (
	MaxName = 100     // a person's, an organisation's or a place's name
	MaxLine = 300     // a title or a one-line reason
	MaxText = 20_000  // a statement, a motion, a summary
	MaxBody = 200_000 // the whole text of minutes
)

// Text notes the problems of a text field: missing when required, longer than max characters, not UTF-8, or holding control
// characters other than line feed and tab. Normalisation to NFC is done where the request is read.
func (p *Problems) Text(field, value string, required bool, max int) {
	switch {
	case required && strings.TrimSpace(value) == "":
		p.Add(field, "field.required", nil)
	case !utf8.ValidString(value):
		p.Add(field, "field.encoding", nil)
	case utf8.RuneCountInString(value) > max:
		p.Add(field, "field.too_long", Args{"max": max})
	case strings.ContainsFunc(value, isForbiddenControl):
		p.Add(field, "field.control", nil)
	}
}

func isForbiddenControl(r rune) bool {
	return r < 0x20 && r != '\n' && r != '\t' || r == 0x7f
}

// OneOf notes a problem unless value is among allowed.
func OneOf[T comparable](p *Problems, field string, value T, allowed ...T) {
	for _, a := range allowed {
		if value == a {
			return
		}
	}
	p.Add(field, "field.choice", nil)
}

// forms are ways to write that an organisation is a company or foundation.
var forms = strings.NewReplacer("주식회사", "", "(주)", "", "㈜", "", "유한회사", "", "(유)", "", "재단법인", "", "(재)", "",
	"사단법인", "", "(사)", "", " ", "", "\t", "")

// PlainName is the name of an organisation without its form of company and spaces, in lower case, for comparing.
func PlainName(name string) string { return strings.ToLower(forms.Replace(name)) }

// SameOrganisation reports whether two names are those of one organisation, whatever the form of company and the spaces. No
// name is the same as none.
func SameOrganisation(a, b string) bool {
	plain := PlainName(a)
	return plain != "" && plain == PlainName(b)
}
