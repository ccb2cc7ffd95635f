package web

import (
	"slices"

	"secretariat/domain/alliance"
)

// surveyChart is a chart of scores, with the table that says the same beside it.
type surveyChart struct {
	Title string
	Bars  []surveyBar
	Based bool // some bar has a baseline
}

// surveyBar is one bar, as wide as its score is beside the whole scale; the line is the baseline.
type surveyBar struct {
	Name, Value   string
	Width, Line   int    // thousandths; the line is 0 without a baseline
	Base          string // the baseline
	Organisations int
	Hidden        bool
}

func baselineBars(v *Visit, q alliance.Questionnaire) []surveyBar {
	var out []surveyBar
	for _, f := range q.Baseline.Figures {
		name := measureName(v, q, f.Measure)
		for _, g := range q.Groups {
			if g.Code == f.Group {
				name += " · " + g.Name
			}
		}
		out = append(out, surveyBar{
			Name: name, Value: hundredths(f.Value / 10), Width: int(f.Value) / len(q.Scale), Organisations: f.Organisations,
		})
	}
	return out
}

// surveyCharts are the figures of a round: everybody by area beside the baseline, and the whole score by group, size and division.
func surveyCharts(v *Visit, q alliance.Questionnaire, r alliance.Results) []surveyChart {
	total, _ := r.Cell(alliance.ByTotal, "")
	areas := surveyChart{Title: v.T("web.survey.chart.areas")}
	for _, m := range q.Measures()[:len(q.Areas)+1] {
		areas.add(scoreBar(q, total, m.Code, measureName(v, q, m.Code), ""))
	}
	out := []surveyChart{areas}
	for _, by := range []alliance.Breakdown{alliance.ByGroup, alliance.BySize, alliance.ByDivision} {
		c := surveyChart{Title: v.T("web.survey.chart." + string(by))}
		for _, cell := range r.Cells {
			if cell.By != by {
				continue
			}
			group := ""
			if by == alliance.ByGroup {
				group = cell.Code
			}
			b := scoreBar(q, cell, alliance.MeasureOverall, v.CellName(cell), group)
			if by != alliance.ByGroup {
				b.Line, b.Base = 0, ""
			}
			c.add(b)
		}
		if slices.ContainsFunc(c.Bars, func(b surveyBar) bool { return !b.Hidden }) {
			out = append(out, c)
		}
	}
	return out
}

func (c *surveyChart) add(b surveyBar) {
	c.Bars = append(c.Bars, b)
	c.Based = c.Based || b.Base != ""
}

func scoreBar(q alliance.Questionnaire, cell alliance.Cell, measure, name, group string) surveyBar {
	b := surveyBar{Name: name, Hidden: true, Organisations: cell.Organisations}
	if f, there := q.Figure(measure, group); there {
		b.Line, b.Base = int(f.Value)/len(q.Scale), hundredths(f.Value/10)
	}
	if score, there := cell.Score(measure); there && score.Answers > 0 {
		b.Hidden, b.Value = false, hundredths(score.Hundredths())
		b.Width = int(score.Thousandths()) / len(q.Scale)
	}
	return b
}

// CellName names a line of the figures.
func (v *Visit) CellName(c alliance.Cell) string {
	switch {
	case c.By == alliance.ByTotal:
		return v.Label("breakdown", c.By)
	case c.By == alliance.BySize && c.Code == alliance.NoSize:
		return v.T("web.survey.no_size")
	case c.By == alliance.BySize:
		return v.Label("organisation_size", c.Code)
	}
	return c.Name
}

// Score is the score of a line as it is shown, empty where there is none.
func (v *Visit) Score(c alliance.Cell, measure string) string {
	score, there := c.Score(measure)
	if !there || score.Answers == 0 {
		return ""
	}
	return hundredths(score.Hundredths())
}

// Measures are what the figures of a round may be about: all together and the areas, or the indicators.
func (p surveyPage) Measures(areas bool) []alliance.Measure {
	all, n := p.Survey.Questions.Measures(), len(p.Survey.Questions.Areas)+1
	if areas {
		return all[:n]
	}
	return all[n:]
}

// Columns are the lines that the indicators are shown for: everybody and the groups.
func (p surveyPage) Columns() []alliance.Cell {
	var out []alliance.Cell
	for _, c := range p.Results.Cells {
		if c.By == alliance.ByTotal || c.By == alliance.ByGroup {
			out = append(out, c)
		}
	}
	return out
}

// MeasureName names a measure.
func (v *Visit) MeasureName(m alliance.Measure) string {
	if m.Name == "" {
		return v.T("web.survey.overall")
	}
	return m.Name
}

func measureName(v *Visit, q alliance.Questionnaire, code string) string {
	for _, m := range q.Measures() {
		if m.Code == code {
			return v.MeasureName(m)
		}
	}
	return code
}
