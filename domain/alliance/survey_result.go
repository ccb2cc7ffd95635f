package alliance

import (
	"math/big"
	"slices"

	"secretariat/domain"
)

// Breakdown says by what the results of a round are told apart.
type Breakdown string

// The breakdowns. An organisation may be in several divisions.
const (
	ByTotal    Breakdown = "total"
	ByGroup    Breakdown = "group"
	ByDivision Breakdown = "division"
	BySize     Breakdown = "size"
)

// NoSize is the size class of what is no company.
const NoSize = "none"

// Results are the figures of a round. They hold nothing that may not be shown.
type Results struct {
	Least    int       `json:"least"` // organisations that a figure rests on at least
	Asked    int       `json:"asked"`
	Answered int       `json:"answered"`
	Measures []Measure `json:"measures"` // that have figures
	Cells    []Cell    `json:"cells"`
}

// Cell is one line of the results.
type Cell struct {
	By            Breakdown `json:"by"`
	Code          string    `json:"code,omitempty"`
	Name          string    `json:"name,omitempty"` // of a group or a division
	Hidden        bool      `json:"hidden"`         // not shown, so that no organisation is revealed
	Organisations int       `json:"organisations,omitempty"`
	Scores        []Score   `json:"scores,omitempty"`
}

// Score is the mean of a measure as an exact fraction: the points of all answers, and how many answers there are. What was
// not answered is in neither.
type Score struct {
	Measure string `json:"measure"`
	Points  int64  `json:"points"`
	Answers int64  `json:"answers"`
}

// Mean is the exact mean, nil without answers.
func (s Score) Mean() *big.Rat {
	if s.Answers == 0 {
		return nil
	}
	return big.NewRat(s.Points, s.Answers)
}

// Thousandths is the mean in thousandths of a point, rounded half up once.
func (s Score) Thousandths() int64 { return s.rounded(1000) }

// Hundredths is the mean as it is shown, in hundredths of a point, rounded half up once.
func (s Score) Hundredths() int64 { return s.rounded(100) }

func (s Score) rounded(unit int64) int64 {
	n := max(s.Answers, 1)
	return (2*unit*s.Points + n) / (2 * n)
}

// Score is that of a measure, false when the cell has none.
func (c Cell) Score(measure string) (Score, bool) {
	n := slices.IndexFunc(c.Scores, func(s Score) bool { return s.Measure == measure })
	if n < 0 {
		return Score{}, false
	}
	return c.Scores[n], true
}

// Cell is the line of a breakdown, false when there is none.
func (r Results) Cell(by Breakdown, code string) (Cell, bool) {
	n := slices.IndexFunc(r.Cells, func(c Cell) bool { return c.By == by && c.Code == code })
	if n < 0 {
		return Cell{}, false
	}
	return r.Cells[n], true
}

// lines lists the cells of a round: everybody, the groups, the divisions that are asked, the size classes.
func (s Survey) lines(divisions []Division) []Cell {
	out := []Cell{{By: ByTotal}}
	for _, g := range s.Questions.Groups {
		if len(s.Groups) == 0 || slices.Contains(s.Groups, g.Code) {
			out = append(out, Cell{By: ByGroup, Code: g.Code, Name: g.Name})
		}
	}
	for _, size := range Sizes() {
		out = append(out, Cell{By: BySize, Code: string(size)})
	}
	out = append(out, Cell{By: BySize, Code: NoSize})
	for _, d := range divisions {
		if (len(s.Divisions) == 0 || slices.Contains(s.Divisions, d.ID)) && len(out) < MaxCells {
			out = append(out, Cell{By: ByDivision, Code: string(d.ID), Name: d.Name})
		}
	}
	return out
}

// holds reports whether a sheet is in the cell.
func (c Cell) holds(h Sheet) bool {
	switch c.By {
	case ByGroup:
		return h.Group == c.Code
	case ByDivision:
		return slices.Contains(h.Divisions, domain.ID(c.Code))
	case BySize:
		return string(h.Size) == c.Code || h.Size == "" && c.Code == NoSize
	case ByTotal:
	}
	return true
}

// Tally computes the results of the submitted sheets of a round that asked so many. An indicator that fewer answered
// than a figure rests on at least has no figure and is part of none; a cell in which one has fewer answers is hidden.
func (s Survey) Tally(sheets []Sheet, divisions []Division, asked, least int) Results {
	sheets = slices.DeleteFunc(slices.Clone(sheets), func(h Sheet) bool { return h.State != Submitted })
	out := Results{Least: least, Asked: asked, Answered: len(sheets), Measures: []Measure{}, Cells: s.lines(divisions)}
	var crowds []crowd
	known := map[string]bool{}
	for _, i := range s.Questions.Items() {
		w := out.crowd(sheets, i.Code)
		if len(w) >= max(least, 1) {
			crowds, known[i.Code] = append(crowds, w), true
		}
	}
	out.Measures = reported(s.Questions.Measures(), known)
	for n, shown := range veil(len(out.Cells), crowds, least) {
		if !shown {
			out.Cells[n].Hidden = true
			continue
		}
		out.Cells[n].count(sheets, out.Measures)
	}
	if out.Cells[0].Hidden {
		out.Answered, out.Measures = 0, []Measure{}
	}
	return out
}

// crowd is who answered an indicator, by the cells they are in.
func (r Results) crowd(sheets []Sheet, item string) crowd {
	var out crowd
	for _, h := range sheets {
		if _, answered := h.Answers[item]; !answered {
			continue
		}
		in := make([]bool, len(r.Cells))
		for n, c := range r.Cells {
			in[n] = c.holds(h)
		}
		out = append(out, in)
	}
	return out
}

// reported keeps of the measures what is made of indicators that have a figure.
func reported(all []Measure, known map[string]bool) []Measure {
	out := []Measure{}
	for _, m := range all {
		m.Items = slices.DeleteFunc(slices.Clone(m.Items), func(i string) bool { return !known[i] })
		if len(m.Items) > 0 {
			out = append(out, m)
		}
	}
	return out
}

func (c *Cell) count(sheets []Sheet, measures []Measure) {
	c.Scores = make([]Score, len(measures))
	for k, m := range measures {
		c.Scores[k].Measure = m.Code
	}
	for _, h := range sheets {
		if !c.holds(h) {
			continue
		}
		c.Organisations++
		for k, m := range measures {
			for _, i := range m.Items {
				if points, answered := h.Answers[i]; answered {
					c.Scores[k].Points, c.Scores[k].Answers = c.Scores[k].Points+int64(points), c.Scores[k].Answers+1
				}
			}
		}
	}
}
