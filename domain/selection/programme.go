package selection

import (
	"slices"
	"strings"

	"secretariat/domain"
)

// Programme is what a call begins with that is drafted from it.
type Programme struct {
	Code       string     `json:"code"`
	Name       string     `json:"name"`
	Basis      string     `json:"basis"`
	Assumption string     `json:"assumption,omitempty"` // what no source gives, to be confirmed
	Instrument Instrument `json:"instrument"`
	Purpose    string     `json:"purpose"`
	Terms      Terms      `json:"terms"`
	Profile    Profile    `json:"profile"`
}

// Complete gives a programme that says nothing of scoring the city's usual criteria: 성장 가능성 50, 지원 타당성 30,
// 효과성 20 by seven evaluators, the highest and the lowest left out, none below 70.
func (p Programme) Complete() Programme {
	if p.Terms.Sizes == nil {
		p.Terms.Sizes = []string{}
	}
	if p.Terms.Sectors == nil {
		p.Terms.Sectors = []string{}
	}
	if p.Terms.Entitlements == nil {
		p.Terms.Entitlements = []Entitlement{
			{Selected, "협약을 체결하고 신청 금액의 범위에서 지원합니다."},
			{Reserved, "선정자가 포기하거나 협약을 체결하지 못하면 순위에 따라 승계하며, 그 전에는 지원하지 않습니다."},
		}
	}
	if len(p.Profile.Criteria) == 0 {
		p.Profile = Profile{
			Criteria: []Criterion{{Name: "성장 가능성", Weight: 50}, {Name: "지원 타당성", Weight: 30}, {Name: "효과성", Weight: 20}},
			Floor:    70, TrimFrom: 5, BonusMax: 5, PenaltyMax: 5, Decimals: 2, Panel: 7,
		}
	}
	return p
}

// Call is the draft that staff begins with.
func (p Programme) Call() Call {
	c := Call{Instrument: p.Instrument, Title: p.Name, Purpose: p.Purpose, Terms: p.Terms, Profile: p.Profile}
	c.Terms.Programme = p.Code
	return c
}

// Class is what differs for companies of one size class.
type Class struct {
	Size     string `json:"size"`
	Most     int64  `json:"most"`     // won for one application; 0: as for all
	OwnShare int    `json:"ownShare"` // least percent of the whole that the applicant pays; 0: as for all
}

// Conditions of a call at most.
const maxConditions = 20

// Limits are the ceiling in won and the least own share in percent for an applicant.
func (t Terms) Limits(by Applicant) (most int64, ownShare int) {
	most, ownShare = t.Most, t.OwnShare
	i := slices.IndexFunc(t.Classes, func(c Class) bool { return by.Company && c.Size == by.Size })
	if i < 0 {
		return most, ownShare
	}
	if t.Classes[i].Most > 0 {
		most = t.Classes[i].Most
	}
	if t.Classes[i].OwnShare > 0 {
		ownShare = t.Classes[i].OwnShare
	}
	return most, ownShare
}

// Tidy is the terms without classes that differ in nothing, and without entitlements to nothing.
func (t Terms) Tidy() Terms {
	t.Classes = slices.DeleteFunc(slices.Clone(t.Classes), func(c Class) bool { return c.Most == 0 && c.OwnShare == 0 })
	t.Conditions = slices.Clone(t.Conditions)
	t.Entitlements = slices.DeleteFunc(slices.Clone(t.Entitlements), func(e Entitlement) bool { return strings.TrimSpace(e.Text) == "" })
	for i := range t.Entitlements {
		t.Entitlements[i].Text = strings.TrimSpace(t.Entitlements[i].Text)
	}
	return t
}

func (t Terms) check(whole *domain.Problems) {
	var of domain.Problems
	p := &of
	within(p, "ownShare", t.OwnShare, 0, FullScore)
	p.Check(t.Most >= 0, "most", "field.range")
	p.Check(t.PerHead >= 0 && t.PerHead <= maxInteger, "perHead", "field.range")
	seen := map[string]bool{}
	for _, c := range t.Classes {
		domain.OneOf(p, "classes", c.Size, "micro", "small", "medium", "large")
		p.Check(c.Most >= 0 && c.OwnShare >= 0 && c.OwnShare <= FullScore && !seen[c.Size], "classes", "field.range")
		seen[c.Size] = true
	}
	p.Check(len(t.Conditions) <= maxConditions, "conditions", "field.range")
	for _, text := range t.Conditions {
		p.Text("conditions", text, true, domain.MaxLine)
	}
	t.checkEntitlements(p)
	var form domain.Problems
	t.Form.Check(&form)
	of.Within("form", form)
	whole.Within("terms", of)
}
