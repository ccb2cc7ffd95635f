package pipeline

import (
	"time"

	"secretariat/domain"
	"secretariat/domain/policy"
)

// Mark is what one member of the policy council gives a task in a round. It is given once and never changed.
type Mark struct {
	Task        domain.ID `json:"task"`
	Round       int       `json:"round"`
	Account     domain.ID `json:"account"`
	Innovation  int       `json:"innovation"`  // 혁신성
	Feasibility int       `json:"feasibility"` // 성공가능성
	Impact      int       `json:"impact"`      // 파급효과
	Remark      string    `json:"remark,omitempty"`
	Aside       string    `json:"aside,omitempty"` // ground on which the member steps aside (회피); then there are no points
	At          time.Time `json:"at"`
}

// Check notes everything that is wrong with a mark.
func (m Mark) Check(p *domain.Problems, r policy.Rules) {
	p.Text("aside", m.Aside, false, domain.MaxLine)
	p.Text("remark", m.Remark, false, domain.MaxText)
	if m.Aside != "" {
		return
	}
	most := policy.TaskMarkPoints.Of(r)
	for name, n := range map[string]int{"innovation": m.Innovation, "feasibility": m.Feasibility, "impact": m.Impact} {
		if n < 1 || n > most {
			p.Add(name, "task.points", domain.Args{"max": most})
		}
	}
}

// Weights are those of the three criteria.
type Weights struct {
	Innovation  int `json:"innovation"`
	Feasibility int `json:"feasibility"`
	Impact      int `json:"impact"`
	Points      int `json:"points"` // most points of a criterion
	Least       int `json:"least"`  // of 100, to pass
}

// WeightsOf are those of the rules.
func WeightsOf(r policy.Rules) Weights {
	return Weights{
		policy.TaskInnovation.Of(r), policy.TaskFeasibility.Of(r), policy.TaskImpact.Of(r), policy.TaskMarkPoints.Of(r),
		policy.TaskMarkLeast.Of(r),
	}
}

// whole is the sum of the weights times the most points: what a single mark can reach.
func (w Weights) whole() int64 { return int64(w.Innovation+w.Feasibility+w.Impact) * int64(w.Points) }

// reached is what a single mark has of whole.
func (w Weights) reached(m Mark) int64 {
	return int64(w.Innovation*m.Innovation + w.Feasibility*m.Feasibility + w.Impact*m.Impact)
}

// Score is what the marks of a round come to.
type Score struct {
	Members     int   `json:"members"`     // of the council without a conflict who have not stepped aside
	Marks       int   `json:"marks"`       // of them that were given
	Needed      int   `json:"needed"`      // for the council to conclude
	Thousandths int64 `json:"thousandths"` // the mean of 100 points, rounded half up once
	Enough      bool  `json:"enough"`
	Passed      bool  `json:"passed"`
}

// ScoreOf counts the marks of a round. members are the accounts of the council that have no conflict; marks of others, and of
// who stepped aside, count for nothing. The mean is compared with the least as it is, without rounding.
func ScoreOf(marks []Mark, members []domain.ID, r policy.Rules) Score {
	free := make(map[domain.ID]bool, len(members))
	for _, m := range members {
		free[m] = true
	}
	w, sum, out := WeightsOf(r), int64(0), Score{}
	for _, m := range marks {
		switch {
		case !free[m.Account]:
		case m.Aside != "":
			delete(free, m.Account)
		default:
			sum += w.reached(m)
			out.Marks++
		}
	}
	out.Members = len(free)
	quorum := policy.TaskMarkQuorum.Of(r)
	for out.Needed = 1; out.Needed < out.Members && !quorum.Holds(out.Needed, out.Members); out.Needed++ {
	}
	out.Enough = out.Marks >= out.Needed
	if of := w.whole() * int64(out.Marks); of > 0 {
		out.Thousandths = (sum*200_000 + of) / (2 * of)
		out.Passed = sum*100 >= int64(w.Least)*of
	}
	return out
}
