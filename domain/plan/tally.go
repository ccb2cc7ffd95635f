package plan

import "secretariat/domain"

// Kept is the tally of the closed reviews of a plan, with how many those are.
type Kept struct {
	Plan    domain.ID
	Reviews int
	Tally   Tally
}

// Dated is a figure with the quarter that it was reported for.
type Dated struct {
	Value   int64 `json:"value"`
	Quarter int   `json:"quarter"` // counted through the years
}

// Tally is what was last reported of every node, as it is kept beside the reports so that nobody has to read those of all years. It
// does not matter in which order reports are added.
type Tally struct {
	Values map[string]map[string]Dated `json:"values"` // node, indicator
	// Spent and Allotted are those of each year.
	Spent    map[string]map[int]Dated `json:"spent"`
	Allotted map[string]map[int]Dated `json:"allotted"`
}

// NewTally is that of no reports.
func NewTally() Tally {
	return Tally{map[string]map[string]Dated{}, map[string]map[int]Dated{}, map[string]map[int]Dated{}}
}

// Add takes reports in. Figures of a later quarter stand against those of an earlier one.
func (t Tally) Add(reports ...Report) Tally {
	for _, r := range reports {
		quarter := 4*r.Year + r.Quarter - 1
		for name, v := range r.Values {
			stand(t.Values, r.Node, name, Dated{v, quarter})
		}
		stand(t.Spent, r.Node, r.Year, Dated{r.Spent, quarter})
		if r.Allotted > 0 {
			stand(t.Allotted, r.Node, r.Year, Dated{r.Allotted, quarter})
		}
	}
	return t
}

func stand[K comparable](all map[string]map[K]Dated, node string, key K, now Dated) {
	of := all[node]
	if of == nil {
		of = map[K]Dated{}
		all[node] = of
	}
	if before, there := of[key]; !there || before.Quarter <= now.Quarter {
		of[key] = now
	}
}

// Latest is the tally without its quarters.
func (t Tally) Latest() Latest {
	return Latest{Values: undated(t.Values), Spent: undated(t.Spent), Allotted: undated(t.Allotted)}
}

func undated[K comparable](all map[string]map[K]Dated) map[string]map[K]int64 {
	out := make(map[string]map[K]int64, len(all))
	for node, of := range all {
		out[node] = make(map[K]int64, len(of))
		for key, d := range of {
			out[node][key] = d.Value
		}
	}
	return out
}
