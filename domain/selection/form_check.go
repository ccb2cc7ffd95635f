package selection

import (
	"regexp"
	"slices"
	"strconv"

	"secretariat/domain"
)

// Limits of a form.
const (
	maxSections = 20
	maxFields   = 100
	maxChoices  = 100
	maxColumns  = 12
	maxTable    = 100 // rows
	maxFiles    = 20  // of one field
	maxWon      = 1_000_000_000_000_000
	maxInteger  = 1_000_000_000
)

var (
	keyPattern   = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	valuePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9_]{0,39}$`)
)

// limit is the highest limit that a field of the kind may have, and its usual one.
func (k FieldKind) limit() int64 {
	switch k {
	case ShortText:
		return domain.MaxLine
	case LongText:
		return domain.MaxBody
	case Integer:
		return maxInteger
	case Won:
		return maxWon
	case Percent:
		return FullScore
	case ManyOf:
		return maxChoices
	case Table:
		return maxTable
	case File:
		return maxFiles
	}
	return 0
}

// most is the limit of a field: its own, or the usual one.
func (f Field) most() int64 {
	if f.Most > 0 {
		return f.Most
	}
	if f.Kind == LongText {
		return domain.MaxText
	}
	return f.Kind.limit()
}

// Room is how many files a field takes.
func (f Field) Room() int64 { return f.most() }

// Check notes everything that is wrong with the definition of a form: keys that are there twice or refer to nothing, choices
// and limits that make no sense, and conditions that wait for each other.
func (f Form) Check(p *domain.Problems) {
	p.Check(len(f.Sections) <= maxSections && len(f.Fields()) <= maxFields, "sections", "form.too_many")
	seen, fed := map[string]bool{}, map[Feed]bool{}
	for i, s := range f.Sections {
		at := "sections." + strconv.Itoa(i)
		s.Title.check(p, at+".title", true)
		s.Note.check(p, at+".note", false)
		for k, x := range s.Fields {
			var of domain.Problems
			of.Check(!seen[x.Key], "key", "form.twice")
			of.Check(x.Feeds == "" || !fed[x.Feeds], "feeds", "form.fed_twice")
			seen[x.Key], fed[x.Feeds] = true, true
			x.check(&of, f)
			p.Within(at+".fields."+strconv.Itoa(k), of)
		}
	}
	title, ok := f.FedBy(FeedTitle)
	p.Check(f.Empty() || ok && title.Required && len(title.When) == 0, "sections", "form.no_title")
	for _, key := range f.circle() {
		p.Add("sections", "form.circle", domain.Args{"field": key})
	}
}

func (w Words) check(p *domain.Problems, at string, required bool) {
	p.Text(at+".ko", w.Ko, required, domain.MaxLine)
	p.Text(at+".en", w.En, false, domain.MaxLine)
}

// check notes what is wrong with one field.
func (f Field) check(p *domain.Problems, of Form) {
	p.Check(keyPattern.MatchString(f.Key), "key", "form.key")
	f.Label.check(p, "label", true)
	f.Hint.check(p, "hint", false)
	domain.OneOf(p, "kind", f.Kind, FieldKinds()...)
	p.Check(f.Least >= 0, "least", "field.range")
	p.Check(f.Most >= 0 && f.Most <= f.Kind.limit() && (f.Most == 0 || f.Most >= f.Least), "most", "field.range")
	p.Check(f.Size >= 0 && (f.Size == 0 || f.Kind == File), "size", "field.range")
	f.checkChoices(p)
	f.checkColumns(p)
	for _, m := range f.Media {
		p.Check(f.Kind == File && slices.Contains(domain.FileKinds(), m), "media", "field.choice")
	}
	kinds, known := feedKinds[f.Feeds]
	p.Check(f.Feeds == "" || known && slices.Contains(kinds, f.Kind), "feeds", "form.feed")
	p.Check(f.Must == "" || slices.Contains(f.values(), f.Must), "must", "field.choice")
	for _, c := range f.When {
		c.check(p, "when", f, of)
	}
	for _, c := range f.RequiredWhen {
		c.check(p, "requiredWhen", f, of)
	}
}

// values are those that a field of choices may have.
func (f Field) values() []string {
	if f.Kind == YesNo {
		return []string{Yes, No}
	}
	var out []string
	for _, c := range f.Choices {
		out = append(out, c.Value)
	}
	return out
}

func (f Field) checkChoices(p *domain.Problems) {
	chooses := f.Kind == OneOf || f.Kind == ManyOf
	p.Check((len(f.Choices) > 0) == chooses && len(f.Choices) <= maxChoices, "choices", "form.choices")
	seen := map[string]bool{}
	for _, c := range f.Choices {
		p.Check(valuePattern.MatchString(c.Value) && !seen[c.Value], "choices", "form.choice_value")
		seen[c.Value] = true
		c.Label.check(p, "choices", true)
	}
	p.Check(f.Kind != ManyOf || f.Least <= int64(len(f.Choices)), "least", "field.range")
}

// columnKinds are the kinds of fields that a column may be.
var columnKinds = []FieldKind{ShortText, Integer, Won, Percent, Day, BusinessNumber}

func (f Field) checkColumns(p *domain.Problems) {
	p.Check((len(f.Columns) > 0) == (f.Kind == Table) && len(f.Columns) <= maxColumns, "columns", "form.columns")
	seen := map[string]bool{}
	for _, c := range f.Columns {
		p.Check(keyPattern.MatchString(c.Key) && !seen[c.Key], "columns", "form.key")
		seen[c.Key] = true
		c.Label.check(p, "columns", true)
		p.Check(slices.Contains(columnKinds, c.Kind), "columns", "field.choice")
		p.Check(c.Most >= 0 && c.Most <= c.Kind.limit(), "columns", "field.range")
	}
}

// check notes a condition that names no other field, or values that it cannot have.
func (c Condition) check(p *domain.Problems, at string, of Field, form Form) {
	to, ok := form.Field(c.Field)
	if !ok || c.Field == of.Key || to.Kind == Table || to.Kind == File {
		p.Add(at, "form.unknown", domain.Args{"field": c.Field})
		return
	}
	values := to.values()
	p.Check(len(c.Is) > 0 || len(values) == 0, at, "form.condition")
	for _, v := range c.Is {
		p.Check(slices.Contains(values, v), at, "form.condition")
	}
}

// circle lists the fields whose conditions come back to themselves.
func (f Form) circle() []string {
	needs := map[string][]string{}
	for _, x := range f.Fields() {
		for _, c := range x.When {
			needs[x.Key] = append(needs[x.Key], c.Field)
		}
	}
	var out []string
	for _, x := range f.Fields() {
		if reaches(needs, x.Key, x.Key, map[string]bool{}) {
			out = append(out, x.Key)
		}
	}
	return out
}

// reaches reports whether one can come from a field to another by what they need.
func reaches(needs map[string][]string, from, to string, seen map[string]bool) bool {
	for _, next := range needs[from] {
		if next == to {
			return true
		}
		if !seen[next] {
			seen[next] = true
			if reaches(needs, next, to, seen) {
				return true
			}
		}
	}
	return false
}
