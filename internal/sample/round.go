package sample

import (
	"slices"
	"time"
)

// Round is a year's calls for proposals as the sources report them: how many applied, how many were selected, for how much.
// Who applied and what was scored is invented, the same in every run.
type Round struct {
	Notice     string       `yaml:"notice"`
	Source     string       `yaml:"source"` // code of the document
	Begins     time.Time    `yaml:"begins"`
	Closes     time.Time    `yaml:"closes"`
	Judged     time.Time    `yaml:"judged"`
	Announced  time.Time    `yaml:"announced"`
	Agreed     time.Time    `yaml:"agreed"`
	Total      Total        `yaml:"total"`
	Alliance   Register     `yaml:"alliance"`
	PerContact int          `yaml:"perContact"`
	Evaluators Judging      `yaml:"evaluators"`
	Criteria   []Criterion  `yaml:"criteria"` // of a programme that has none of its own
	Programmes []*Programme `yaml:"programmes"`
}

// Total is what the source sums up for its programmes of research.
type Total struct {
	Received int    `yaml:"received"`
	Selected int    `yaml:"selected"`
	Ratio    string `yaml:"ratio"`
}

// Register is the alliance in whose register the applicants are.
type Register struct {
	Code    string   `yaml:"code"`
	Name    string   `yaml:"name"`
	Sectors []string `yaml:"sectors"`
}

// Judging is how applications are evaluated.
type Judging struct {
	Panel    int `yaml:"panel"`
	Pool     int `yaml:"pool"`
	Floor    int `yaml:"floor"`
	TrimFrom int `yaml:"trimFrom"`
}

// Programme is one call of the round.
type Programme struct {
	Code         string      `yaml:"code"`
	Title        string      `yaml:"title"`
	Instrument   string      `yaml:"instrument"`
	Received     int         `yaml:"received"`
	Assumed      bool        `yaml:"assumed"` // Received is not in the source
	Selected     int         `yaml:"selected"`
	Reserve      int         `yaml:"reserve"`
	Ratio        string      `yaml:"ratio"` // as the source prints it, empty where it does not
	Budget       int64       `yaml:"budget"`
	Most         int64       `yaml:"most"`         // for one application; 0: an even share of the budget
	Fixed        bool        `yaml:"fixed"`        // everybody asks for the same
	Recommenders int         `yaml:"recommenders"` // investors who recommended the applicants
	Purpose      string      `yaml:"purpose"`
	Sizes        []string    `yaml:"sizes"`
	Sectors      []string    `yaml:"sectors"`
	Criteria     []Criterion `yaml:"criteria"`
	Subjects     []string    `yaml:"subjects"`
}

// LoadRound reads the round of 2021.
func LoadRound() (*Round, error) {
	var r Round
	if err := decode(files, "data/round-2021.yaml", &r); err != nil {
		return nil, err
	}
	for _, p := range r.Programmes {
		if len(p.Criteria) == 0 {
			p.Criteria = r.Criteria
		}
		p.Sizes, p.Sectors = append([]string{}, p.Sizes...), append([]string{}, p.Sectors...)
	}
	return &r, nil
}

// Scale is the round with its sizes and budgets divided, for a play that takes less time; nothing falls below one, and what is
// selected never above what is received.
func (r *Round) Scale(by int) *Round {
	out := *r
	out.Programmes = nil
	for _, p := range r.Programmes {
		small := *p
		if by > 1 {
			small.Received, small.Selected, small.Reserve = (p.Received+by-1)/by, max(p.Selected/by, 1), (p.Reserve+by-1)/by
			small.Reserve = max(min(small.Reserve, small.Received-small.Selected), 0)
			small.Budget = p.Budget * int64(small.Selected) / int64(p.Selected)
			small.Most = p.Ceiling()
		}
		out.Programmes = append(out.Programmes, &small)
	}
	return &out
}

// Ceiling is the most that one application may ask for, in won: so that those selected always fit the budget.
func (p *Programme) Ceiling() int64 {
	if p.Most > 0 {
		return p.Most
	}
	const step = 100_000
	return p.Budget / int64(p.Selected) / step * step
}

// Count is how many applications all programmes receive.
func (r *Round) Count() int {
	n := 0
	for _, p := range r.Programmes {
		n += p.Received
	}
	return n
}

// Places is how many are selected in all.
func (r *Round) Places() int {
	n := 0
	for _, p := range r.Programmes {
		n += p.Selected
	}
	return n
}

// Programme finds one by its code, nil when there is none.
func (r *Round) Programme(code string) *Programme {
	if i := slices.IndexFunc(r.Programmes, func(p *Programme) bool { return p.Code == code }); i >= 0 {
		return r.Programmes[i]
	}
	return nil
}
