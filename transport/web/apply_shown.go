package web

import (
	"slices"
	"strconv"
	"strings"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/selection"
)

// answeredSection is a part of an application as it is read.
type answeredSection struct {
	Title string
	Lines []answeredLine
}

// answeredLine is one answer as it is read.
type answeredLine struct {
	Key, Title, Text string
	Long             bool
	Head             []string
	Rows             [][]string
	Files            []selection.Attachment
	IsFile           bool
}

// Answered lays an application out for who reads it: every field that is there, with its answer.
func (v *Visit) Answered(c selection.Call, x selection.Application, files []selection.Attachment) []answeredSection {
	form, given := c.Terms.ApplicationForm(), x.Given()
	there := form.Visible(given)
	var out []answeredSection
	for _, s := range form.Sections {
		to := answeredSection{Title: s.Title.In(string(v.Lang))}
		for _, f := range s.Fields {
			if there[f.Key] {
				to.Lines = append(to.Lines, v.answered(f, selection.AnswerTo(given, f.Key), files))
			}
		}
		if len(to.Lines) > 0 {
			out = append(out, to)
		}
	}
	return out
}

func (v *Visit) answered(f selection.Field, a selection.Answer, files []selection.Attachment) answeredLine {
	out := answeredLine{
		Key: f.Key, Title: f.Label.In(string(v.Lang)), Long: f.Kind == selection.LongText, IsFile: f.Kind == selection.File,
		Text: v.answerText(f.Kind, a.Value),
	}
	if p := v.shownPicks(f, a); len(p) > 0 {
		out.Text = strings.Join(p, ", ")
	}
	for _, c := range f.Columns {
		out.Head = append(out.Head, c.Label.In(string(v.Lang)))
	}
	for _, row := range a.Rows {
		var cells []string
		for i, c := range f.Columns {
			if i < len(row) {
				cells = append(cells, v.answerText(c.Kind, row[i]))
			}
		}
		out.Rows = append(out.Rows, cells)
	}
	for _, file := range files {
		if file.Field == f.Key {
			out.Files = append(out.Files, file)
		}
	}
	return out
}

// shownPicks are the words of what was chosen.
func (v *Visit) shownPicks(f selection.Field, a selection.Answer) []string {
	if f.Kind == selection.YesNo && a.Value != "" {
		if a.Value == selection.Yes {
			return []string{v.T("web.yes")}
		}
		return []string{v.T("web.no")}
	}
	var out []string
	for _, c := range f.Choices {
		if c.Value == a.Value || slices.Contains(a.Chosen, c.Value) {
			out = append(out, c.Label.In(string(v.Lang)))
		}
	}
	return out
}

// answerText writes a value as documents do. What a draft holds that is no such value stays as it was typed.
func (v *Visit) answerText(kind selection.FieldKind, value string) string {
	n, err := strconv.ParseInt(strings.ReplaceAll(value, ",", ""), 10, 64)
	switch {
	case kind == selection.Won && err == nil:
		return v.Money(n)
	case kind == selection.Integer && err == nil:
		return grouped(n)
	case kind == selection.Percent && err == nil:
		return strconv.FormatInt(n, 10) + "%"
	case kind == selection.BusinessNumber:
		return v.Number(domain.Digits(value))
	case kind == selection.Day && calendar.Date(value).Valid():
		return v.Day(calendar.Date(value))
	}
	return value
}
