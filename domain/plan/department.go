package plan

import (
	"slices"

	"secretariat/domain"
	"secretariat/domain/calendar"
)

// Department is a department of the city that owns parts of plans (담당부서). Plans name it as it is called.
type Department struct {
	ID          domain.ID     `json:"id"`
	Name        string        `json:"name"` // of one department at most
	AbolishedOn calendar.Date `json:"abolishedOn,omitempty"`
	Successor   domain.ID     `json:"successor,omitempty"` // department that took its tasks over
	Basis       string        `json:"basis,omitempty"`     // number of the document or decision on which it was abolished
	Version     int           `json:"version"`
}

// Belongs says that an account acts for a department.
type Belongs struct {
	Department domain.ID `json:"department"`
	Account    domain.ID `json:"account"`
}

// Stands reports whether the department is there on a day.
func (d Department) Stands(on calendar.Date) bool { return d.AbolishedOn == "" || on < d.AbolishedOn }

// Abolish ends a department from a day on (조직개편). CodeConflict when it has ended.
func (d Department) Abolish(on calendar.Date, successor domain.ID, basis string) (Department, error) {
	if d.AbolishedOn != "" {
		return d, domain.Conflict("department.abolished", nil)
	}
	d.AbolishedOn, d.Successor, d.Basis = on, successor, basis
	return d, nil
}

// Register is the departments that are known.
type Register []Department

// Named is the department of a name, false when none is known by it.
func (r Register) Named(name string) (Department, bool) {
	return r.find(func(d Department) bool { return d.Name == name })
}

// Of is the department of an id.
func (r Register) Of(id domain.ID) (Department, bool) {
	return r.find(func(d Department) bool { return d.ID == id })
}

func (r Register) find(is func(Department) bool) (Department, bool) {
	i := slices.IndexFunc(r, is)
	if i < 0 {
		return Department{}, false
	}
	return r[i], true
}

// Heir is the department that has the tasks of another on a day: itself while it stands, else the one that stands of those that
// followed it, false when none does.
func (r Register) Heir(d Department, on calendar.Date) (Department, bool) {
	for range r {
		if d.Stands(on) {
			return d, true
		}
		next, there := r.Of(d.Successor)
		if !there {
			return Department{}, false
		}
		d = next
	}
	return Department{}, false
}

// CheckOwners notes the nodes whose owner has been abolished, with who has its tasks now. A department that the register does not
// know is no fault: it is asked by other ways than letters.
func (r Register) CheckOwners(nodes []Node, on calendar.Date, p *domain.Problems) {
	for _, n := range nodes {
		d, known := r.Named(n.Owner)
		if !known || d.Stands(on) {
			continue
		}
		var of domain.Problems
		if args, heir := r.abolished(d, on); heir {
			of.Add("owner", "plan.owner_abolished", args)
		} else {
			of.Add("owner", "plan.owner_gone", args)
		}
		p.Within("nodes."+n.ID, of)
	}
}

// abolished are the facts of a message on an abolished department, and whether another has its tasks.
func (r Register) abolished(d Department, on calendar.Date) (domain.Args, bool) {
	args := domain.Args{"owner": d.Name, "on": string(d.AbolishedOn)}
	heir, there := r.Heir(d, on)
	if there {
		args["successor"] = heir.Name
	}
	return args, there
}

// Orphan is the first of the nodes whose owner has been abolished, as an error; nil when every owner stands.
func (r Register) Orphan(nodes []Node, on calendar.Date) error {
	for _, n := range nodes {
		if d, known := r.Named(n.Owner); known && !d.Stands(on) {
			args, heir := r.abolished(d, on)
			args["node"] = n.ID
			if !heir {
				return domain.Conflict("review.owner_gone", args)
			}
			return domain.Conflict("review.owner_abolished", args)
		}
	}
	return nil
}

// Orphans are the nodes of one abolished department.
type Orphans struct {
	Department domain.ID `json:"department"`
	Owner      string    `json:"owner"`
	Successor  string    `json:"successor,omitempty"` // who has its tasks now
	Count      int       `json:"count"`
}

// Orphans lists the abolished departments that own nodes of a plan, by name.
func (r Register) Orphans(s State, on calendar.Date) []Orphans {
	out := []Orphans{}
	for _, d := range r {
		if owned := len(s.Transfer(d.Name, "")); owned > 0 && !d.Stands(on) {
			heir, _ := r.Heir(d, on)
			out = append(out, Orphans{d.ID, d.Name, heir.Name, owned})
		}
	}
	return out
}

// Transfer are the changes that give the nodes of one department to another.
func (s State) Transfer(from, to string) []Change {
	var out []Change
	for _, n := range s {
		if n.Owner == from {
			n.Owner = to
			out = append(out, Change{Node: n})
		}
	}
	return out
}
