package pipeline

import (
	"slices"

	"secretariat/domain"
)

// Role is what an organisation is to a task, so that nobody who belongs to it decides on the task (위원회조례 9①).
type Role string

// The roles.
const (
	RoleProposer Role = "proposer" // 제안기관
	RolePartner  Role = "partner"  // 참여기관
	RoleSherpa   Role = "sherpa"   // 셰르파
)

// Interest is an organisation that has to do with a task.
type Interest struct {
	Organisation domain.ID `json:"organisation"`
	Name         string    `json:"name"`
	Role         Role      `json:"role"`
}

// Interests are the organisations that have to do with a task.
type Interests []Interest

// At gives those whose people are recused at a gate. In the division the sherpas are those who recommend, unless they propose
// or take part; later they have advised on the task, which is a ground of its own (위원회조례 9① "자문").
func (all Interests) At(g Gate) Interests {
	if g != GateDivision {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(x Interest) bool { return x.Role == RoleSherpa })
}

// Party is somebody who is to decide: the organisations acted for, and the employer as it stands in a register.
type Party struct {
	Organisations []domain.ID
	Employer      string
}

// Against finds the interest that keeps somebody from deciding, false when there is none. Employers are compared by name,
// whatever the form of company and the spaces.
func (all Interests) Against(p Party) (Interest, bool) {
	n := slices.IndexFunc(all, func(x Interest) bool {
		return slices.Contains(p.Organisations, x.Organisation) || domain.SameOrganisation(x.Name, p.Employer)
	})
	if n < 0 {
		return Interest{}, false
	}
	return all[n], true
}

// Names are the names of the organisations, each once, in order.
func (all Interests) Names() []string {
	var out []string
	for _, x := range all {
		if !slices.Contains(out, x.Name) {
			out = append(out, x.Name)
		}
	}
	return out
}
