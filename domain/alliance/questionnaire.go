package alliance

import (
	"slices"

	"secretariat/domain"
)

// Questionnaire is what organisations judge themselves by (역량 자가진단): indicators in areas, as data with its source. A
// round keeps the one it was drafted with.
type Questionnaire struct {
	Code     string   `json:"code"`
	Edition  string   `json:"edition"` // which edition of it
	Title    string   `json:"title"`
	Source   string   `json:"source"` // where the indicators come from
	Scale    []string `json:"scale"`  // words for the points 1, 2 ...
	Areas    []Area   `json:"areas"`
	Groups   []Group  `json:"groups"` // of which an organisation says which is its own
	Baseline Baseline `json:"baseline"`
}

// Area is a group of indicators that has a figure of its own.
type Area struct {
	Code       string `json:"code"`
	Name       string `json:"name"`
	Indicators []Item `json:"indicators"`
}

// Item is one indicator.
type Item struct {
	Code string `json:"code"`
	Name string `json:"name"`
	Text string `json:"text"` // what is judged
}

// Group is a kind of organisation in a questionnaire.
type Group struct {
	Code string `json:"code"`
	Name string `json:"name"`
	Text string `json:"text"`
}

// Baseline is what a survey before the first round found.
type Baseline struct {
	Title   string   `json:"title"`
	Year    int      `json:"year"`
	Source  string   `json:"source"` // citation
	Asked   int      `json:"asked"`  // organisations
	Figures []Figure `json:"figures"`
}

// Figure is a score that was published. What was not published is not there.
type Figure struct {
	Measure       string `json:"measure"`                 // MeasureOverall, or the code of an area or an indicator
	Group         string `json:"group,omitempty"`         // of one group alone
	Value         int64  `json:"value"`                   // thousandths of a point
	Organisations int    `json:"organisations,omitempty"` // that it rests on, 0 where that was not said
}

// MeasureOverall is the measure of all indicators together.
const MeasureOverall = "overall"

// Items lists the indicators of all areas in order.
func (q Questionnaire) Items() []Item {
	var out []Item
	for _, a := range q.Areas {
		out = append(out, a.Indicators...)
	}
	return out
}

// Measure is something that has a figure, with the indicators that it is made of.
type Measure struct {
	Code  string   `json:"code"`
	Name  string   `json:"name"` // empty for MeasureOverall
	Items []string `json:"items"`
}

// Measures lists what has a figure: all together, each area, each indicator.
func (q Questionnaire) Measures() []Measure {
	out := []Measure{{Code: MeasureOverall}}
	for _, a := range q.Areas {
		m := Measure{Code: a.Code, Name: a.Name}
		for _, i := range a.Indicators {
			m.Items = append(m.Items, i.Code)
			out[0].Items = append(out[0].Items, i.Code)
		}
		out = append(out, m)
	}
	for _, i := range q.Items() {
		out = append(out, Measure{i.Code, i.Name, []string{i.Code}})
	}
	return out
}

// Figure is what the baseline says of a measure, false where it says nothing.
func (q Questionnaire) Figure(measure, group string) (Figure, bool) {
	n := slices.IndexFunc(q.Baseline.Figures, func(f Figure) bool { return f.Measure == measure && f.Group == group })
	if n < 0 {
		return Figure{}, false
	}
	return q.Baseline.Figures[n], true
}

// HasGroup reports whether there is such a group.
func (q Questionnaire) HasGroup(code string) bool {
	return slices.ContainsFunc(q.Groups, func(g Group) bool { return g.Code == code })
}

// Check notes what is wrong with a questionnaire.
func (q Questionnaire) Check(p *domain.Problems) {
	for field, text := range map[string]string{
		"code": q.Code, "edition": q.Edition, "title": q.Title, "source": q.Source, "baseline": q.Baseline.Source,
	} {
		p.Text(field, text, true, domain.MaxText)
	}
	p.Check(len(q.Scale) >= 2, "scale", "field.required")
	p.Check(len(q.Groups) > 0, "groups", "field.required")
	seen := map[string]bool{"": true}
	for _, m := range q.Measures() {
		p.Check(!seen[m.Code] && len(m.Items) > 0, "areas", "field.choice")
		seen[m.Code] = true
	}
	for _, f := range q.Baseline.Figures {
		p.Check(seen[f.Measure] && (f.Group == "" || q.HasGroup(f.Group)), "baseline", "field.choice")
		p.Check(f.Value >= 1000 && f.Value <= 1000*int64(len(q.Scale)), "baseline", "field.range")
	}
}
