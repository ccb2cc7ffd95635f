package web

import (
	"slices"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/pipeline"
	"secretariat/service/partnering"
	"secretariat/service/tasking"
)

// taskEdit is the form of a task, new or one that may be changed.
type taskEdit struct {
	T             pipeline.Task
	A             alliance.Alliance
	Divisions     []alliance.Division
	Members       []tasking.Named // that may take part
	Organisations []Option        // in whose name a new one is proposed
	Action        string
	Submits       bool
}

func (s *Site) newTask(v *Visit) (any, error) {
	p := taskEdit{Action: "/alliances/" + string(v.id("alliance")) + "/tasks"}
	p.T.Kind = pipeline.Project
	if v.query("kind") == string(pipeline.Regulation) {
		p.T.Kind = pipeline.Regulation
	}
	mine, err := s.set.MyOrganisations.Call(v.ctx(), partnering.MineInput{})
	if err != nil {
		return nil, err
	}
	for _, o := range mine.Organisations {
		if o.Alliance == v.id("alliance") && o.State == alliance.Member {
			p.Organisations = append(p.Organisations, Option{string(o.ID), o.Name})
		}
	}
	if len(p.Organisations) == 0 {
		return nil, domain.Forbidden("task.draft", "")
	}
	return s.taskChoices(v, v.id("alliance"), p)
}

func (s *Site) editTask(v *Visit) (any, error) {
	at, err := s.set.ShowTask.Call(v.ctx(), tasking.ShowInput{Task: v.id("task")})
	if err != nil {
		return nil, err
	}
	if !slices.Contains(at.Acts, "task.revise") {
		return nil, domain.Conflict("task.submitted", nil)
	}
	p := taskEdit{T: at.Task, Action: "/tasks/" + string(at.Task.ID) + "/edit", Submits: slices.Contains(at.Acts, "task.submit")}
	return s.taskChoices(v, at.Task.Alliance, p)
}

// taskChoices fills in what the form offers to choose from.
func (s *Site) taskChoices(v *Visit, of domain.ID, p taskEdit) (taskEdit, error) {
	a, err := s.set.ShowAlliance.Call(v.ctx(), partnering.ShowInput{Alliance: of})
	if err != nil {
		return p, err
	}
	p.A = a.Alliance
	for _, d := range a.Divisions {
		p.Divisions = append(p.Divisions, d.Division)
	}
	named, err := s.set.TaskPartners.Call(v.ctx(), tasking.PartnersInput{Alliance: of})
	for _, o := range named.Items {
		if o.ID != p.T.Organisation {
			p.Members = append(p.Members, o)
		}
	}
	return p, err
}

// DivisionChoices are the divisions as choices of the form.
func (p taskEdit) DivisionChoices() []Option {
	var out []Option
	for _, d := range p.Divisions {
		out = append(out, Option{string(d.ID), d.Name})
	}
	return out
}

// Groups are the technologies by group.
func (taskEdit) Groups() []pipeline.Group { return pipeline.Groups() }

// Uses reports whether the task names a technology.
func (p taskEdit) Uses(t pipeline.Technology) bool { return slices.Contains(p.T.Technologies, t) }

// TakesPart reports whether the task names an organisation as a partner.
func (p taskEdit) TakesPart(id domain.ID) bool { return slices.Contains(p.T.Partners, id) }
