package web

import (
	"slices"
	"strings"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/selection"
	"secretariat/service/selecting"
)

// supplementForms adds requests for supplements: how they are made, and how applicants answer them.
func supplementForms(s *Site) {
	act(s, "/applications/{application}/supplements", s.set.AskSupplement,
		func(_ *Visit, in selecting.AskInput, _ selection.Supplement) string {
			return "/applications/" + string(in.Application) + "?done=supplement_asked"
		})
	actWith(s, "/supplements/{supplement}/save", s.set.SaveSupplement, readSupplement,
		func(_ *Visit, _ selecting.SupplyInput, out selection.Supplement) string {
			return "/applications/" + string(out.Application) + "/supplement?done=supplement_saved"
		})
	actWith(s, "/supplements/{supplement}/answer", s.set.AnswerSupplement, readSupplement,
		func(_ *Visit, _ selecting.SupplyInput, out selection.Supplement) string {
			return "/applications/" + string(out.Application) + "?done=supplement_answered"
		})
}

// supplementPage is what an applicant is asked for, with the fields that are open again.
type supplementPage struct {
	selecting.ApplicationView
	Of       selection.Supplement
	Submits  bool
	Texts    []askedSection
	Papers   []askedSection
	Checking applyPage
}

func (s *Site) supplement(v *Visit) (any, error) {
	x, err := s.set.ShowApplication.Call(v.ctx(), selecting.ShowApplicationInput{Application: v.id("application")})
	if err != nil {
		return nil, err
	}
	place, works := v.Actor.Works(x.Application.Organisation)
	if !works {
		return nil, notThere
	}
	of, ok := selection.OpenOf(x.Supplements, v.Now())
	if !ok {
		return nil, domain.Conflict("supplement.over", nil)
	}
	p := supplementPage{ApplicationView: x, Of: of, Submits: place.Submits}
	form := x.Call.Terms.ApplicationForm()
	var none domain.Problems
	draft := x.Application
	if len(of.Answers) > 0 {
		draft.Answers = form.Amend(&none, draft.Given(), of.Answers, of.Fields)
	}
	opened := form.Opened(of.Fields)
	for _, step := range []string{"answers", "files"} {
		at := applyPage{View: selecting.View{Call: x.Call}, Step: step, Application: draft, visit: v}
		at.Checked.Files = x.Open
		for _, section := range v.askAll(at) {
			section.Fields = slices.DeleteFunc(section.Fields, func(f asked) bool { return !opened[f.Key] })
			switch {
			case len(section.Fields) == 0:
			case step == "files":
				p.Papers = append(p.Papers, section)
			default:
				p.Texts = append(p.Texts, section)
			}
		}
	}
	return p, nil
}

// readSupplement reads the fields that a request opens.
func readSupplement(v *Visit, in *selecting.SupplyInput) error {
	x, err := v.site.set.ShowApplication.Call(v.ctx(), selecting.ShowApplicationInput{Application: domain.ID(v.r.PostForm.Get("application"))})
	if err != nil {
		return err
	}
	of, ok := selection.OpenOf(x.Supplements, v.Now())
	if !ok || of.ID != in.Supplement {
		return domain.Conflict("supplement.over", nil)
	}
	form := x.Call.Terms.ApplicationForm()
	opened := form.Opened(of.Fields)
	in.Answers = []selection.Answer{}
	for _, f := range form.Fields() {
		if a, given := readAnswer(v.r.PostForm, f); given && opened[f.Key] {
			in.Answers = append(in.Answers, a)
		}
	}
	return nil
}

// Askable are the fields of an application that a supplement may be asked for.
func (p applicationPage) Askable(v *Visit) []Option {
	there := p.Call.Terms.ApplicationForm().Visible(p.Application.Given())
	var out []Option
	for _, f := range p.Call.Terms.ApplicationForm().Fields() {
		if there[f.Key] {
			out = append(out, Option{f.Key, f.Label.In(string(v.Lang))})
		}
	}
	return out
}

// AskedFor names the fields of a request.
func (v *Visit) AskedFor(c selection.Call, of selection.Supplement) string {
	var out []string
	for _, key := range of.Fields {
		f, _ := c.Terms.ApplicationForm().Field(key)
		out = append(out, f.Label.In(string(v.Lang)))
	}
	return strings.Join(out, ", ")
}

// SupplementState is the word for where a request stands.
func (v *Visit) SupplementState(of selection.Supplement) string {
	switch {
	case of.AnsweredAt != nil:
		return v.T("web.supplement.answered")
	case of.Open(v.Now()):
		return v.T("web.supplement.waits")
	}
	return v.T("web.supplement.lapsed")
}

// LastDay is the day at whose end a request is due.
func (v *Visit) LastDay(of selection.Supplement) string { return v.Day(calendar.DateOf(of.Due)) }
