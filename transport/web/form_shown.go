package web

import (
	"strings"

	"secretariat/domain/selection"
)

// publicSection is a part of an application form as everybody may read it.
type publicSection struct {
	Title, Note string
	Fields      []publicField
}

// publicField is what a form asks in one field.
type publicField struct {
	Title, Kind, Tip, Limit, Only, Needed string
	Choices, Columns, Must                string
}

// FormShown lays the form of a call out for who only reads what it asks.
func (v *Visit) FormShown(c selection.Call) []publicSection {
	form, lang := c.Terms.ApplicationForm(), string(v.Lang)
	var out []publicSection
	for _, s := range form.Sections {
		to := publicSection{Title: s.Title.In(lang), Note: s.Note.In(lang)}
		for _, f := range s.Fields {
			to.Fields = append(to.Fields, v.publicField(form, f))
		}
		out = append(out, to)
	}
	return out
}

func (v *Visit) publicField(form selection.Form, f selection.Field) publicField {
	lang := string(v.Lang)
	out := publicField{
		Title: f.Label.In(lang), Kind: v.Label("field_kind", f.Kind), Tip: f.Hint.In(lang), Limit: v.limit(f), Only: v.only(form, f),
		Needed: v.T("web.form.optional"), Choices: v.pickWords(f, ""),
	}
	switch {
	case f.Required:
		out.Needed = v.T("web.form.f.required")
	case len(f.RequiredWhen) > 0:
		out.Needed = v.T("web.form.f.required_sometimes")
	}
	if f.Must != "" {
		out.Must = v.pickWords(f, f.Must)
	}
	var columns []string
	for _, c := range f.Columns {
		columns = append(columns, c.Label.In(lang))
	}
	out.Columns = strings.Join(columns, ", ")
	return out
}

// pickWords are the words of the choices of a field, or of one of them.
func (v *Visit) pickWords(f selection.Field, only string) string {
	var words []string
	for _, p := range v.picks(f, selection.Answer{}) {
		if only == "" && f.Kind != selection.YesNo || p.Value == only {
			words = append(words, p.Word)
		}
	}
	return strings.Join(words, ", ")
}
