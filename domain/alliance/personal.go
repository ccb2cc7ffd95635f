package alliance

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"secretariat/domain"
)

// Personal is a kind of personal data that has a form by which it is found in a text.
type Personal string

// The kinds of personal data that are found.
const (
	ResidentNumber Personal = "resident" // 주민등록번호, 외국인등록번호
	CardNumber     Personal = "card"     // 신용카드번호
	PhoneNumber    Personal = "phone"
	EmailAddress   Personal = "email"
)

// Find is a piece of a text that looks like personal data, in characters (runes) from From up to, not including, To.
type Find struct {
	Kind     Personal `json:"kind"`
	From, To int
}

// patterns find what may be of a kind; the first that fits a place wins. Digits before or after belong to another number.
var patterns = []struct {
	kind  Personal
	form  *regexp.Regexp
	holds func(digits string) bool
}{
	{ResidentNumber, regexp.MustCompile(`\d{6}[ ]?[-–]?[ ]?[1-8]\d{6}`), residentNumber},
	{CardNumber, regexp.MustCompile(`\d{4}(?:[- ]?\d{4}){2}[- ]?\d{1,7}|\d{4}[- ]?\d{6}[- ]?\d{4,5}`), cardNumber},
	{PhoneNumber, regexp.MustCompile(`(?:\+82[-. ]?\(?0?\)?|\(?0)(?:2|1[016789]|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|80|50\d?)[-). ]{0,2}\d{3,4}[-. ]?\d{4}`), nil},
	{EmailAddress, regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+`), nil},
}

// FindPersonal finds in a text what looks like numbers of residents and cards, telephone numbers and e-mail addresses. It is a
// suggestion: what is found may be something else, and names are not found at all. Pieces do not overlap and are in order.
func FindPersonal(text string) []Find {
	plain := strings.Map(narrow, text) // as many runes as before
	runes := []rune(plain)
	var out []Find
	for _, p := range patterns {
		for _, at := range p.form.FindAllStringIndex(plain, -1) {
			f := Find{p.kind, len([]rune(plain[:at[0]])), len([]rune(plain[:at[1]]))}
			if p.kind != EmailAddress && (touches(runes, f.From-1) || touches(runes, f.To)) {
				continue
			}
			if p.holds != nil && !p.holds(digits(plain[at[0]:at[1]])) || overlaps(out, f) {
				continue
			}
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b Find) int { return a.From - b.From })
	return out
}

// narrow makes full-width digits and signs those that the patterns know.
func narrow(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '‐' || r == '‑' || r == '—' || r == 'ー' || r == '−':
		return '-'
	case r == '\u00a0' || r == '\u3000':
		return ' '
	}
	return r
}

func touches(text []rune, at int) bool {
	return at >= 0 && at < len(text) && text[at] >= '0' && text[at] <= '9'
}

func overlaps(all []Find, f Find) bool {
	return slices.ContainsFunc(all, func(o Find) bool { return f.From < o.To && o.From < f.To })
}

func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

// residentNumber reports whether thirteen digits begin with a day of birth. The last digit has no meaning since 2020.
func residentNumber(number string) bool {
	_, err := time.Parse("060102", number[:6])
	return err == nil
}

// cardNumber reports whether the last of 13 to 19 digits is their check digit (ISO/IEC 7812-1).
func cardNumber(number string) bool {
	sum := 0
	for n := range len(number) {
		d := int(number[len(number)-1-n] - '0')
		if n%2 == 1 {
			d = d*2/10 + d*2%10
		}
		sum += d
	}
	return len(number) >= 13 && len(number) <= 19 && sum%10 == 0
}

// The texts of an opinion.
const (
	FieldText    = "text"
	FieldWording = "wording"
)

// Mask is a piece of an opinion that the public does not read, in characters (runes) from From up to, not including, To.
type Mask struct {
	Field string   `json:"field"` // FieldText or FieldWording
	Kind  Personal `json:"kind,omitempty"`
	From  int      `json:"from"`
	To    int      `json:"to"`
}

// Found lists what in an opinion looks like personal data.
func (o Opinion) Found() []Mask {
	out := []Mask{}
	for _, x := range []struct{ field, text string }{{FieldText, o.Text}, {FieldWording, o.Wording}} {
		for _, f := range FindPersonal(x.text) {
			out = append(out, Mask{x.field, f.Kind, f.From, f.To})
		}
	}
	return out
}

// Piece is what a mask hides, empty when it lies outside the text.
func (o Opinion) Piece(m Mask) string {
	text := []rune(o.Text)
	if m.Field == FieldWording {
		text = []rune(o.Wording)
	}
	if m.From < 0 || m.From >= m.To || m.To > len(text) {
		return ""
	}
	return string(text[m.From:m.To])
}

// Mask hides pieces of an opinion from the public; what was said stays on record. CodeInvalid for a piece that is not there.
func (o Opinion) Mask(masks []Mask, now time.Time) (Opinion, error) {
	var p domain.Problems
	for _, m := range masks {
		p.Check((m.Field == FieldText || m.Field == FieldWording) && o.Piece(m) != "", "masks", "field.range")
	}
	o.Masks, o.MaskedAt = append([]Mask{}, masks...), &now
	return o, p.Err()
}

// Unmasked reports whether it may hold personal data and nobody has looked.
func (o Opinion) Unmasked() bool { return o.Personal > 0 && o.MaskedAt == nil }

// Shown is an opinion as the public reads it: without what was hidden and, where nobody has looked, without anything that looks
// like personal data.
func (o Opinion) Shown() Opinion {
	masks := o.Masks
	if o.MaskedAt == nil {
		masks = o.Found()
	}
	text, wording := []rune(o.Text), []rune(o.Wording)
	for _, m := range masks {
		if o.Piece(m) == "" {
			continue
		}
		in := text
		if m.Field == FieldWording {
			in = wording
		}
		for n := m.From; n < m.To; n++ {
			in[n] = '■'
		}
	}
	o.Text, o.Wording = string(text), string(wording)
	return o
}
