package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"secretariat/domain"
	"secretariat/domain/selection"
	"secretariat/service/selecting"
)

// formPage is the application form of a call that is being drafted, field by field, with how applicants will see it.
type formPage struct {
	selecting.View
	Form       selection.Form
	Sections   []askedSection // as applicants see them, files included
	Programmes []selection.Programme
}

func (s *Site) formEdit(v *Visit) (any, error) {
	at, err := s.draftedCall(v)
	if err != nil {
		return nil, err
	}
	all, err := s.set.ListProgrammes.Call(v.ctx(), selecting.ProgrammesInput{})
	p := formPage{View: at, Form: at.Call.Terms.ApplicationForm(), Programmes: all.Items}
	for _, step := range []string{"answers", "files"} {
		p.Sections = append(p.Sections, v.askAll(applyPage{View: at, Step: step, visit: v})...)
	}
	return p, err
}

// Offered are the programmes whose form may be taken.
func (p formPage) Offered() []Option {
	var out []Option
	for _, x := range p.Programmes {
		out = append(out, Option{x.Code, x.Name})
	}
	return out
}

// draftedCall is a call whose form the visitor may change.
func (s *Site) draftedCall(v *Visit) (selecting.View, error) {
	at, err := s.callView(v)
	if err != nil {
		return at, err
	}
	if !v.May("call.form", at.Call.Committee) {
		return at, domain.Forbidden("call.form", "")
	}
	if at.Call.State != selection.Drafting {
		return at, domain.Conflict("call.not_drafting", nil)
	}
	return at, nil
}

// fieldPage is one field of a form.
type fieldPage struct {
	selecting.View
	Was     string // its key; empty for a new one
	Section int
	F       selection.Field
}

func (s *Site) fieldEdit(v *Visit) (any, error) {
	at, err := s.draftedCall(v)
	if err != nil {
		return nil, err
	}
	p := fieldPage{View: at, Was: v.query("key")}
	p.Section, _ = strconv.Atoi(v.query("section"))
	if p.Was == "" {
		p.F.Kind = selection.ShortText
		return p, nil
	}
	f, ok := at.Call.Terms.ApplicationForm().Field(p.Was)
	if !ok {
		return nil, notThere
	}
	p.F = f
	return p, nil
}

// Choices are those of the field, one a line.
func (p fieldPage) Choices() string {
	var lines []string
	for _, c := range p.F.Choices {
		lines = append(lines, joined(c.Value, c.Label.Ko, c.Label.En))
	}
	return strings.Join(lines, "\n")
}

// Columns are those of the table, one a line.
func (p fieldPage) Columns(v *Visit) string {
	var lines []string
	for _, c := range p.F.Columns {
		required := ""
		if c.Required {
			required = v.T("web.form.f.required")
		}
		lines = append(lines, joined(c.Key, v.Label("field_kind", c.Kind), c.Label.Ko, required, c.Label.En))
	}
	return strings.Join(lines, "\n")
}

// Conditions are conditions, one a line: a key, and the values after an equals sign.
func (p fieldPage) Conditions(all []selection.Condition) string {
	var lines []string
	for _, c := range all {
		line := c.Field
		if len(c.Is) > 0 {
			line += " = " + strings.Join(c.Is, ", ")
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// Megabytes is the largest file, empty for no limit of its own.
func (p fieldPage) Megabytes() string {
	if p.F.Size == 0 {
		return ""
	}
	return strconv.FormatInt(p.F.Size>>20, 10)
}

// FieldKinds are the kinds of fields as choices.
func (v *Visit) FieldKinds() []Option {
	var codes []string
	for _, k := range selection.FieldKinds() {
		codes = append(codes, string(k))
	}
	return v.Options("field_kind", codes...)
}

// Feeds are what a field can give, as choices.
func (v *Visit) Feeds() []Option {
	var codes []string
	for _, k := range selection.Feeds() {
		codes = append(codes, string(k))
	}
	return v.Options("form_feed", codes...)
}

// FileKinds are the kinds of files.
func (*Visit) FileKinds() []string { return domain.FileKinds() }

func joined(parts ...string) string {
	for len(parts) > 0 && parts[len(parts)-1] == "" {
		parts = parts[:len(parts)-1]
	}
	return strings.Join(parts, " | ")
}

// formForms adds what staff do with a form. Each sends the whole form, changed in one point.
func formForms(s *Site) {
	actWith(s, "/calls/{call}/form", s.set.ReviseForm, changedForm,
		func(v *Visit, in selecting.FormInput, _ selection.Call) string {
			return callPath(in.Call, "/form", "call_form_saved")
		})
}

// changedForm makes the new form from the one that is there and what was asked.
func changedForm(v *Visit, in *selecting.FormInput) error {
	at, err := v.site.set.ShowCall.Call(v.ctx(), selecting.CaseInput{Call: in.Call})
	if err != nil {
		return err
	}
	sent, f := v.r.PostForm, at.Call.Terms.ApplicationForm()
	section, err := strconv.Atoi(sent.Get("section"))
	if err != nil {
		section = -1
	}
	title, note := selection.Words{Ko: sent.Get("title_ko"), En: sent.Get("title_en")}, selection.Words{Ko: sent.Get("note_ko"), En: sent.Get("note_en")}
	switch sent.Get("do") {
	case "programme":
		in.Form, err = v.programmeForm(sent.Get("programme"))
		return err
	case "up":
		f = f.Move(sent.Get("key"), -1)
	case "down":
		f = f.Move(sent.Get("key"), 1)
	case "drop":
		f = f.Drop(sent.Get("key"))
	case "section":
		f = f.PutSection(section, title, note)
	case "drop-section":
		f = f.DropSection(section)
	default:
		x := v.sentField(sent)
		if f = f.Put(section, sent.Get("was"), x); !slices.ContainsFunc(f.Fields(), func(y selection.Field) bool { return y.Key == x.Key }) {
			return notThere
		}
	}
	in.Form = f
	return fieldProblems(f, sent.Get("do"), sent.Get("was"), sent.Get("f_key"))
}

// fieldProblems names what is wrong with the field that was sent as its own form does; the rest is for the use case.
func fieldProblems(f selection.Form, do, was, key string) error {
	if do != "field" {
		return nil
	}
	var all, own domain.Problems
	f.Check(&all)
	for i, s := range f.Sections {
		for k, x := range s.Fields {
			at := "sections." + strconv.Itoa(i) + ".fields." + strconv.Itoa(k) + "."
			for _, e := range all.All() {
				if name, ok := strings.CutPrefix(e.Field, at); ok && x.Key == key {
					own.Add("f_"+strings.ReplaceAll(name, ".", "_"), e.Key, e.Args)
				}
			}
		}
	}
	return own.Err()
}

func (v *Visit) programmeForm(code string) (selection.Form, error) {
	if code == "" {
		return selection.Form{}, nil
	}
	all, err := v.site.set.ListProgrammes.Call(v.ctx(), selecting.ProgrammesInput{})
	for _, p := range all.Items {
		if p.Code == code {
			return p.Terms.Form, err
		}
	}
	return selection.Form{}, notThere
}

// sentField reads one field.
func (v *Visit) sentField(sent url.Values) selection.Field {
	get := func(name string) string { return strings.TrimSpace(sent.Get("f_" + name)) }
	number := func(name string) int64 {
		n, _ := strconv.ParseInt(strings.ReplaceAll(get(name), ",", ""), 10, 64)
		return n
	}
	f := selection.Field{
		Key: get("key"), Label: selection.Words{Ko: get("label_ko"), En: get("label_en")}, Hint: selection.Words{Ko: get("hint_ko"), En: get("hint_en")},
		Kind: selection.FieldKind(get("kind")), Required: get("required") == "true", Least: number("least"), Most: number("most"),
		Feeds: selection.Feed(get("feeds")), Must: get("must"), Size: number("size") << 20, Media: sent["f_media"],
		When: conditions(get("when")), RequiredWhen: conditions(get("requiredWhen")),
	}
	for _, parts := range parted(get("choices")) {
		f.Choices = append(f.Choices, selection.Choice{Value: parts[0], Label: selection.Words{Ko: parts[1], En: parts[2]}})
	}
	for _, parts := range parted(get("columns")) {
		f.Columns = append(f.Columns, selection.Column{
			Key: parts[0], Kind: selection.FieldKind(v.codeOf("field_kind", parts[1])), Label: selection.Words{Ko: parts[2], En: parts[4]},
			Required: parts[3] != "",
		})
	}
	return f
}

// parted reads lines of parts between upright strokes; parts that are left out are empty.
func parted(text string) [][]string {
	var out [][]string
	for line := range strings.Lines(unbroken(text)) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		parts := strings.Split(line, "|")
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		out = append(out, append(parts, "", "", "", "", ""))
	}
	return out
}

func conditions(text string) []selection.Condition {
	var out []selection.Condition
	for line := range strings.Lines(unbroken(text)) {
		key, values, _ := strings.Cut(line, "=")
		if strings.TrimSpace(key) == "" {
			continue
		}
		c := selection.Condition{Field: strings.TrimSpace(key)}
		for _, value := range strings.Split(values, ",") {
			if value = strings.TrimSpace(value); value != "" {
				c.Is = append(c.Is, value)
			}
		}
		out = append(out, c)
	}
	return out
}

// NoWords is a text that is not written yet.
func (*Visit) NoWords() selection.Words { return selection.Words{} }
