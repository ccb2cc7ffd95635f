package web

import (
	"net/url"
	"slices"
	"strings"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/selection"
	"secretariat/service/partnering"
	"secretariat/service/selecting"
)

// applyForm is the id of the form of an application on its page.
const applyForm = "apply"

// applyPage is one step of an application: its answers, its files, or what is looked at before it is submitted.
type applyPage struct {
	selecting.View
	Step         string
	Choices      []alliance.Organisation // that the visitor may apply for
	Organisation alliance.Organisation   // the one chosen
	Submits      bool
	Application  selection.Application
	Checked      selecting.Checked // once there is a draft
	Sections     []askedSection
	visit        *Visit
}

// applyStep builds a step for one of the visitor's organisations.
func (s *Site) applyStep(step string) func(*Visit) (any, error) {
	return func(v *Visit) (any, error) {
		at, err := s.callView(v)
		if err != nil {
			return nil, err
		}
		p := applyPage{View: at, Step: step, visit: v}
		if err := s.chooseApplicant(v, &p); err != nil || p.Organisation.ID == "" {
			return p, err
		}
		if p.Application.ID != "" {
			p.Checked, err = s.set.CheckApplication.Call(v.ctx(), selecting.CheckInput{Application: p.Application.ID})
			if err != nil {
				return nil, err
			}
		}
		p.Sections = v.askAll(p)
		return p, nil
	}
}

// chooseApplicant finds the organisation that is applied for: the one asked for, or the only one.
func (s *Site) chooseApplicant(v *Visit, p *applyPage) error {
	orgs, err := s.set.MyOrganisations.Call(v.ctx(), partnering.MineInput{})
	if err != nil {
		return err
	}
	asked := domain.ID(v.query("organisation"))
	for _, o := range orgs.Organisations {
		place, works := v.Actor.Works(o.ID)
		if !works || o.Alliance != p.Call.Alliance {
			continue
		}
		p.Choices = append(p.Choices, o)
		if o.ID == asked || asked == "" && len(p.Choices) == 1 {
			p.Organisation, p.Submits = o, place.Submits
		}
	}
	if asked == "" && len(p.Choices) > 1 {
		p.Organisation = alliance.Organisation{}
	}
	if p.Organisation.ID == "" {
		return nil
	}
	mine, err := s.set.MyApplications.Call(v.ctx(), selecting.MineInput{})
	for _, x := range mine.Items {
		if x.Application.Organisation == p.Organisation.ID && x.Call.ID == p.Call.ID {
			p.Application = x.Application
		}
	}
	return err
}

// Open reports whether the application may be changed now.
func (p applyPage) Open() bool {
	return p.Takes && (p.Application.State == "" || p.Application.State == selection.Draft)
}

// HasFiles reports whether the form has fields for files, which are a step of their own.
func (p applyPage) HasFiles() bool {
	for _, f := range p.Call.Terms.ApplicationForm().Fields() {
		if f.Kind == selection.File {
			return true
		}
	}
	return false
}

// At is the address of a step of the same application.
func (p applyPage) At(step string) string {
	path := "/calls/" + string(p.Call.ID) + "/apply"
	if step != "answers" {
		path += "/" + step
	}
	return path + "?organisation=" + url.QueryEscape(string(p.Organisation.ID))
}

// Missing counts the fields that are required and not filled in.
func (p applyPage) Missing() int {
	n := 0
	for _, f := range p.Checked.Problems {
		if f.Key == "field.required" {
			n++
		}
	}
	return n
}

// problem is one thing to mend, with the field where that is done.
type problem struct{ Href, Label, Message string }

// Mend lists everything that keeps the draft from being submitted.
func (p applyPage) Mend() []problem {
	var out []problem
	for _, f := range p.Checked.Problems {
		out = append(out, p.mend(f.Field, p.visit.Say(f.Key, f.Args)))
	}
	for _, f := range p.Checked.Blocking {
		out = append(out, p.mend(f.Field, p.visit.Say(f.Key, f.Args)))
	}
	return out
}

// Against lists what the terms of the call have against the draft.
func (p applyPage) Against() []problem {
	var out []problem
	for _, f := range p.Checked.Blocking {
		out = append(out, p.mend(f.Field, p.visit.Say(f.Key, f.Args)))
	}
	return out
}

func (p applyPage) mend(field, message string) problem {
	key, isAnswer := strings.CutPrefix(field, "answers.")
	if !isAnswer {
		return problem{Label: p.Organisation.Name, Message: message}
	}
	name, _, _ := strings.Cut(key, ".")
	f, _ := p.Call.Terms.ApplicationForm().Field(name)
	step := "answers"
	if f.Kind == selection.File {
		step = "files"
	}
	return problem{p.At(step) + "#" + fieldID(name), f.Label.In(string(p.visit.Lang)), message}
}

// fieldID is the id of the group that a field stands in.
func fieldID(key string) string { return "field-" + key }

// afterSave goes on to the step that was asked for.
func afterSave(v *Visit, in selecting.SaveInput, _ selecting.Saved) string {
	p := applyPage{View: selecting.View{Call: selection.Call{ID: in.Call}}, Organisation: alliance.Organisation{ID: in.Organisation}}
	switch then := v.r.PostForm.Get("then"); then {
	case "files", "check":
		return p.At(then)
	}
	return p.At("answers") + "&done=application_saved"
}

// readAnswers reads the fields of an application by the form of its call.
func readAnswers(v *Visit, in *selecting.SaveInput) error {
	any := false
	for name := range v.r.PostForm {
		any = any || strings.HasPrefix(name, "answers.")
	}
	if !any {
		return nil
	}
	at, err := v.site.set.ShowCall.Call(v.ctx(), selecting.CaseInput{Call: in.Call})
	if err != nil {
		return err
	}
	in.Answers = []selection.Answer{}
	for _, f := range at.Call.Terms.ApplicationForm().Fields() {
		if a, ok := readAnswer(v.r.PostForm, f); ok {
			in.Answers = append(in.Answers, a)
		}
	}
	return nil
}

func readAnswer(sent url.Values, f selection.Field) (selection.Answer, bool) {
	name, a := "answers."+f.Key, selection.Answer{Field: f.Key}
	switch f.Kind {
	case selection.File:
		return a, false
	case selection.ManyOf:
		a.Chosen = sent[name]
		return a, len(a.Chosen) > 0
	case selection.Table:
		a.Rows = readRows(sent, f)
		return a, len(a.Rows) > 0
	}
	a.Value = unbroken(sent.Get(name))
	return a, a.Value != ""
}

// readRows reads the rows of a table up to the last in which something was filled in.
func readRows(sent url.Values, f selection.Field) [][]string {
	var out [][]string
	for n := range maxRows {
		row, there := make([]string, len(f.Columns)), false
		for i, c := range f.Columns {
			values, ok := sent[cellName(f, n, c)]
			there = there || ok
			if ok {
				row[i] = unbroken(values[0])
			}
		}
		if !there {
			break
		}
		out = append(out, row)
	}
	for len(out) > 0 && strings.TrimSpace(strings.Join(out[len(out)-1], "")) == "" {
		out = out[:len(out)-1]
	}
	return out
}

// There reports whether a field is there with the answers that were saved.
func (p applyPage) There(key string) bool { return slices.Contains(p.Checked.Visible, key) }

// Room reports whether a field takes one more file.
func (applyPage) Room(f asked) bool { return int64(len(f.Files)) < f.Field.Room() }

// Accept is what a browser offers to choose for a field of files.
func (applyPage) Accept(f asked) string {
	kinds := f.Media
	if len(kinds) == 0 {
		kinds = domain.FileKinds()
	}
	return "." + strings.Join(kinds, ",.")
}
