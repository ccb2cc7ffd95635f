package selection

import (
	"slices"
	"strconv"
	"strings"

	"secretariat/domain"
	"secretariat/domain/calendar"
)

// Answer is what was filled in for one field. Numbers are digits, days are 2026-11-28, yes and no are true and false; what a
// draft holds is as it was typed.
type Answer struct {
	Field  string     `json:"field"`
	Value  string     `json:"value,omitempty"`
	Chosen []string   `json:"chosen,omitempty"` // of a field with many choices
	Rows   [][]string `json:"rows,omitempty"`   // of a table, one text a column
}

// AnswerTo finds the answer to a field; an empty one when there is none.
func AnswerTo(all []Answer, key string) Answer {
	if i := slices.IndexFunc(all, func(a Answer) bool { return a.Field == key }); i >= 0 {
		return all[i]
	}
	return Answer{Field: key}
}

// Visible are the keys of the fields that are there with these answers.
func (f Form) Visible(given []Answer) map[string]bool {
	v := visibility{f, given, map[string]bool{}, map[string]bool{}}
	for _, x := range f.Fields() {
		v.sees(x)
	}
	return v.sight
}

type visibility struct {
	form  Form
	given []Answer
	sight map[string]bool
	asked map[string]bool
}

func (v visibility) sees(x Field) bool {
	if v.asked[x.Key] { // known, or a circle, which a form that was checked does not have
		return v.sight[x.Key]
	}
	v.asked[x.Key] = true
	v.sight[x.Key] = v.hold(x.When)
	return v.sight[x.Key]
}

// hold reports whether all conditions hold.
func (v visibility) hold(all []Condition) bool {
	for _, c := range all {
		to, ok := v.form.Field(c.Field)
		if !ok || !v.sees(to) || !c.holds(AnswerTo(v.given, c.Field)) {
			return false
		}
	}
	return true
}

func (c Condition) holds(a Answer) bool {
	if len(c.Is) == 0 {
		return strings.TrimSpace(a.Value) != ""
	}
	return slices.Contains(c.Is, strings.TrimSpace(a.Value)) ||
		slices.ContainsFunc(a.Chosen, func(s string) bool { return slices.Contains(c.Is, s) })
}

// Fill reads a whole application: it notes everything that is wrong, each at its field (answers.KEY, and in tables
// answers.KEY.ROW.COLUMN), and gives the answers as they are kept, in the order of the form. Fields that are not there are
// left out, whatever was sent for them. files counts the files of each field.
func (f Form) Fill(p *domain.Problems, given []Answer, files map[string]int) []Answer {
	f.known(p, given)
	v := visibility{f, given, map[string]bool{}, map[string]bool{}}
	out := []Answer{}
	for _, x := range f.Fields() {
		if !v.sees(x) {
			continue
		}
		required := x.Required || len(x.RequiredWhen) > 0 && v.hold(x.RequiredWhen)
		if a := x.fill(p, AnswerTo(given, x.Key), required, files[x.Key]); !a.empty() {
			out = append(out, a)
		}
	}
	return out
}

func (a Answer) empty() bool { return a.Value == "" && len(a.Chosen) == 0 && len(a.Rows) == 0 }

// known notes answers to fields that the form does not have, and those given twice.
func (f Form) known(p *domain.Problems, given []Answer) {
	seen := map[string]bool{}
	for _, a := range given {
		_, ok := f.Field(a.Field)
		p.Check(ok && !seen[a.Field], "answers", "form.unknown_answer")
		seen[a.Field] = true
	}
}

// Keep gives the answers of a draft, which may be anything that is not too large: nothing that was typed is lost.
func (f Form) Keep(p *domain.Problems, given []Answer) []Answer {
	f.known(p, given)
	out := []Answer{}
	for _, x := range f.Fields() {
		a := AnswerTo(given, x.Key)
		if a.empty() {
			continue
		}
		at := "answers." + x.Key
		p.Text(at, a.Value, false, domain.MaxBody)
		p.Check(len(a.Chosen) <= maxChoices && len(a.Rows) <= maxTable, at, "field.range")
		for _, cells := range append([][]string{a.Chosen}, a.Rows...) {
			p.Check(len(cells) <= maxChoices, at, "field.range")
			for _, cell := range cells {
				p.Text(at, cell, false, domain.MaxText)
			}
		}
		out = append(out, a)
	}
	return out
}

// fill reads the answer to one field that is there.
func (f Field) fill(p *domain.Problems, a Answer, required bool, files int) Answer {
	at, out := "answers."+f.Key, Answer{Field: f.Key}
	n := 0
	switch f.Kind {
	case File:
		n = files
	case ManyOf:
		out.Chosen = f.choose(p, at, a.Chosen)
		n = len(out.Chosen)
	case Table:
		out.Rows = f.rows(p, at, a.Rows)
		n = len(out.Rows)
	default:
		out.Value = f.value(p, at, a.Value, required)
		return out
	}
	switch {
	case n == 0 && required:
		p.Add(at, "field.required", nil)
	case n > 0 && int64(n) < f.Least || int64(n) > f.most():
		p.Add(at, "form.count", domain.Args{"least": f.Least, "most": f.most()})
	}
	return out
}

// choose keeps each choice once, in the order of the form.
func (f Field) choose(p *domain.Problems, at string, given []string) []string {
	for _, s := range given {
		if !slices.Contains(f.values(), s) {
			p.Add(at, "field.choice", nil)
			break
		}
	}
	var out []string
	for _, s := range f.values() {
		if slices.Contains(given, s) {
			out = append(out, s)
		}
	}
	return out
}

// rows reads a table; rows in which nothing is filled in are passed over.
func (f Field) rows(p *domain.Problems, at string, given [][]string) [][]string {
	var out [][]string
	for i, cells := range given {
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		row := make([]string, len(f.Columns))
		for k, c := range f.Columns {
			text := ""
			if k < len(cells) {
				text = cells[k]
			}
			of := Field{Kind: c.Kind, Most: c.Most}
			row[k] = of.value(p, at+"."+strconv.Itoa(i)+"."+c.Key, text, c.Required)
		}
		p.Check(len(cells) <= len(f.Columns), at, "field.range")
		out = append(out, row)
	}
	return out
}

// value reads one text of the kind of the field; empty when it is none.
func (f Field) value(p *domain.Problems, at, given string, required bool) string {
	text := strings.TrimSpace(given)
	if text == "" {
		p.Check(!required, at, "field.required")
		return ""
	}
	switch f.Kind {
	case ShortText, LongText:
		p.Text(at, text, false, int(f.most()))
		p.Check(f.Kind == LongText || !strings.ContainsAny(text, "\n\t"), at, "field.control")
		if n := int64(len([]rune(text))); n < f.Least {
			p.Add(at, "form.too_short", domain.Args{"least": f.Least})
		}
	case Integer, Won, Percent:
		return f.number(p, at, text)
	case Day:
		_, err := calendar.Parse(text)
		p.Check(err == nil, at, "form.day")
	case YesNo, OneOf:
		p.Check(slices.Contains(f.values(), text), at, "field.choice")
	case BusinessNumber:
		text = domain.Digits(text)
		p.Check(domain.ValidBusinessNumber(text), at, "organisation.business_number")
	}
	return text
}

// number reads digits, which may have commas between them.
func (f Field) number(p *domain.Problems, at, text string) string {
	n, ok := numberOf(text)
	switch {
	case !ok:
		p.Add(at, "form.number", nil)
		return ""
	case n < f.Least || n > f.most():
		p.Add(at, "form.between", domain.Args{"least": f.Least, "most": f.most()})
	}
	return strconv.FormatInt(n, 10)
}

// numberOf reads digits with or without commas; false for what is none.
func numberOf(text string) (int64, bool) {
	text = strings.NewReplacer(",", "", " ", "").Replace(text)
	if text == "" || len(text) > 18 || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil
}
