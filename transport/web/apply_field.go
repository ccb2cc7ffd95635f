package web

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"secretariat/domain"
	"secretariat/domain/selection"
)

// askedSection is a part of an application form as it is filled in.
type askedSection struct {
	Title, Note string
	Fields      []asked
}

// asked is one field as it is filled in.
type asked struct {
	selection.Field
	ID, Name, Title, Tip, Wrong, Value string
	Only                               string // when it is there, in words
	Whens                              string // the same for the script
	Type, Mode                         string // of an input
	Picks                              []pick
	Lines                              []askedLine
	Files                              []selection.Attachment
	Limit                              string // what may be filled in, in words
}

// pick is one choice.
type pick struct {
	Value, Word string
	Checked     bool
}

// askedLine is one row of a table.
type askedLine struct{ Cells []cell }

type cell struct{ Name, Title, Value, Wrong, Type, Mode string }

// askAll lays the form of a call out for who fills it in.
func (v *Visit) askAll(p applyPage) []askedSection {
	form, lang := p.Call.Terms.ApplicationForm(), string(v.Lang)
	var out []askedSection
	for _, s := range form.Sections {
		to := askedSection{Title: s.Title.In(lang), Note: s.Note.In(lang)}
		for _, f := range s.Fields {
			if (f.Kind == selection.File) == (p.Step == "files") {
				to.Fields = append(to.Fields, v.ask(p, form, f))
			}
		}
		if len(to.Fields) > 0 {
			out = append(out, to)
		}
	}
	return out
}

func (v *Visit) ask(p applyPage, form selection.Form, f selection.Field) asked {
	lang, name := string(v.Lang), "answers."+f.Key
	given := selection.AnswerTo(p.Application.Given(), f.Key)
	out := asked{
		Field: f, ID: fieldID(f.Key), Name: name, Title: f.Label.In(lang), Tip: f.Hint.In(lang), Value: given.Value,
		Wrong: v.wrongAnswer(p, name), Only: v.only(form, f), Limit: v.limit(f),
	}
	if len(f.When) > 0 {
		raw, _ := json.Marshal(f.When)
		out.Whens = string(raw)
	}
	out.Type, out.Mode = inputOf(f.Kind)
	out.Picks = v.picks(f, given)
	if f.Kind == selection.Table {
		out.Lines = v.askLines(p, f, given)
	}
	for _, a := range p.Checked.Files {
		if a.Field == f.Key {
			out.Files = append(out.Files, a)
		}
	}
	return out
}

// wrongAnswer is what was refused, or in a draft what is wrong with what was filled in. What is not filled in yet is not.
func (v *Visit) wrongAnswer(p applyPage, name string) string {
	if v.form == applyForm { // the template says what was refused
		return ""
	}
	for _, f := range p.Checked.Problems {
		if f.Field == name && f.Key != "field.required" {
			return v.Say(f.Key, f.Args)
		}
	}
	return ""
}

// inputOf is the type of an input and its keyboard.
func inputOf(kind selection.FieldKind) (typ, mode string) {
	switch kind {
	case selection.Integer, selection.Won, selection.Percent, selection.BusinessNumber:
		return "text", "numeric"
	case selection.Day:
		return "date", ""
	}
	return "text", ""
}

func (v *Visit) picks(f selection.Field, given selection.Answer) []pick {
	chosen := append([]string{given.Value}, given.Chosen...)
	choices := f.Choices
	if f.Kind == selection.YesNo {
		choices = []selection.Choice{
			{Value: selection.Yes, Label: selection.Words{Ko: v.T("web.yes")}}, {Value: selection.No, Label: selection.Words{Ko: v.T("web.no")}},
		}
	}
	var out []pick
	for _, c := range choices {
		out = append(out, pick{c.Value, c.Label.In(string(v.Lang)), slices.Contains(chosen, c.Value)})
	}
	return out
}

func cellName(f selection.Field, row int, c selection.Column) string {
	return "answers." + f.Key + "." + strconv.Itoa(row) + "." + c.Key
}

// askLines gives a table the rows that are filled in and some to fill in.
func (v *Visit) askLines(p applyPage, f selection.Field, given selection.Answer) []askedLine {
	rows := given.Rows
	if v.sent != nil && v.form == applyForm {
		rows = readRows(v.sent, f)
	}
	n := max(len(rows)+2, int(f.Least), 3)
	if f.Most > 0 {
		n = max(min(n, int(f.Most)), len(rows))
	}
	out := make([]askedLine, n)
	for i := range out {
		for k, c := range f.Columns {
			at := cell{Name: cellName(f, i, c), Title: c.Label.In(string(v.Lang))}
			at.Type, at.Mode = inputOf(c.Kind)
			if i < len(rows) && k < len(rows[i]) {
				at.Value = rows[i][k]
			}
			at.Wrong = v.wrongAnswer(p, at.Name)
			out[i].Cells = append(out[i].Cells, at)
		}
	}
	return out
}

// only says in words when a field is there.
func (v *Visit) only(form selection.Form, f selection.Field) string {
	var parts []string
	for _, c := range f.When {
		to, _ := form.Field(c.Field)
		var words []string
		for _, p := range v.picks(to, selection.Answer{}) {
			if slices.Contains(c.Is, p.Value) {
				words = append(words, p.Word)
			}
		}
		if len(words) == 0 {
			parts = append(parts, v.T("web.apply.only.any", "field", to.Label.In(string(v.Lang))))
			continue
		}
		parts = append(parts, v.T("web.apply.only", "field", to.Label.In(string(v.Lang)), "value", strings.Join(words, ", ")))
	}
	return strings.Join(parts, " ")
}

// limit says in words how much may be filled in.
func (v *Visit) limit(f selection.Field) string {
	switch {
	case f.Kind == selection.File:
		kinds := f.Media
		if len(kinds) == 0 {
			kinds = domain.FileKinds()
		}
		text := v.T("web.apply.limit.file", "kinds", strings.Join(kinds, ", "), "most", f.Room())
		if f.Size > 0 {
			text += " " + v.T("web.apply.limit.size", "size", v.PortalSize(f.Size))
		}
		return text
	case (f.Kind == selection.ShortText || f.Kind == selection.LongText) && f.Most > 0:
		return v.T("web.apply.limit.text", "most", f.Most)
	case (f.Kind == selection.Integer || f.Kind == selection.Percent) && f.Most > 0:
		return v.T("web.apply.limit.number", "least", f.Least, "most", f.Most)
	}
	return ""
}
