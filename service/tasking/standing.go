package tasking

import (
	"context"
	"slices"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/domain/pipeline"
	"secretariat/service"
)

// reader is what somebody is to a task.
type reader struct {
	by        domain.Actor
	task      pipeline.Task
	interests pipeline.Interests
	sherpas   []alliance.Organisation // of the division
	places    []domain.ID             // organisations of the reader with a place in the division
	party     pipeline.Party
	sits      bool // in the policy council
}

// readerOf finds out what somebody is to a task.
func readerOf(ctx context.Context, tx Tx, by domain.Actor, t pipeline.Task) (reader, error) {
	out := reader{by: by, task: t}
	var err error
	if out.sherpas, err = tx.SherpasOf(ctx, t.Division); err != nil {
		return out, err
	}
	if out.interests, err = interestsOf(ctx, tx, t, out.sherpas); err != nil {
		return out, err
	}
	for _, p := range by.Partners {
		out.party.Organisations = append(out.party.Organisations, p.Organisation)
		places, err := tx.PlacesOf(ctx, p.Organisation)
		if err != nil {
			return out, err
		}
		if slices.ContainsFunc(places, func(x alliance.Place) bool { return x.Division == t.Division }) {
			out.places = append(out.places, p.Organisation)
		}
	}
	if by.Kind != domain.ActorPerson {
		return out, nil
	}
	seat, sits, err := tx.SitsInCouncil(ctx, t.Alliance, by.ID)
	out.sits, out.party.Employer = sits, seat.Employer
	return out, err
}

// interestsOf are the organisations that have to do with a task: who proposes it, who takes part, and the sherpas of its
// division, with the one that recommended it.
func interestsOf(
	ctx context.Context, tx Tx, t pipeline.Task, sherpas []alliance.Organisation,
) (pipeline.Interests, error) {
	var out pipeline.Interests
	add := func(id domain.ID, role pipeline.Role) error {
		o, err := tx.Organisation(ctx, id)
		out = append(out, pipeline.Interest{Organisation: id, Name: o.Name, Role: role})
		return err
	}
	if err := add(t.Organisation, pipeline.RoleProposer); err != nil {
		return nil, err
	}
	for _, id := range t.Partners {
		if err := add(id, pipeline.RolePartner); err != nil {
			return nil, err
		}
	}
	for _, o := range sherpas {
		out = append(out, pipeline.Interest{Organisation: o.ID, Name: o.Name, Role: pipeline.RoleSherpa})
	}
	if known := func(o alliance.Organisation) bool { return o.ID == t.Sherpa }; t.Sherpa == "" || slices.ContainsFunc(sherpas, known) {
		return out, nil
	}
	return out, add(t.Sherpa, pipeline.RoleSherpa)
}

// recused finds the interest that keeps the reader from deciding at a gate.
func (r reader) recused(g pipeline.Gate) (pipeline.Interest, bool) {
	return r.interests.At(g).Against(r.party)
}

// known is the organisation through which the reader knows of the task, empty when there is none.
func (r reader) known() domain.ID {
	if _, own := r.by.Works(r.task.Organisation); own {
		return r.task.Organisation
	}
	if r.task.SubmittedAt == nil {
		return ""
	}
	if len(r.places) > 0 {
		return r.places[0]
	}
	for _, id := range append(slices.Clone(r.task.Partners), r.task.Hub) {
		if _, works := r.by.Works(id); works {
			return id
		}
	}
	return ""
}

// facts are what the policy looks at for reading. Of what was never submitted nobody knows but who proposes it, and the
// committee learns of a task when it is on its agenda.
func (r reader) facts() access.Facts {
	f := access.Facts{Organisation: r.known(), Published: r.task.Published()}
	if r.task.SubmittedAt == nil {
		return f
	}
	f.Committee = r.task.Committee
	_, conflict := r.recused(pipeline.GateCommittee)
	f.Council = r.sits && !conflict && r.task.FoundAt != nil
	f.Announced = r.task.Item != "" && !conflict
	return f
}

// factsFor are those for an act, in the name of the organisation that has to do it.
func (r reader) factsFor(op string) access.Facts {
	f := r.facts()
	switch op {
	case "task.revise", "task.submit", "task.withdraw":
		f.Organisation = r.task.Organisation
	case "task.report":
		f.Organisation = r.task.Hub
	case "task.review":
		f.Organisation = r.sherpa()
		_, f.Recused = r.recused(pipeline.GateDivision)
	case "task.mark":
		f.Council = r.sits
		_, f.Recused = r.recused(pipeline.GateCouncil)
	}
	return f
}

// sherpa is the organisation for which the reader guides the division, empty when there is none.
func (r reader) sherpa() domain.ID {
	for _, o := range r.sherpas {
		if place, works := r.by.Works(o.ID); works && place.Submits {
			return o.ID
		}
	}
	return ""
}

// free are the sherpas of the division that neither propose the task nor take part in it.
func (r reader) free() []alliance.Organisation {
	return slices.DeleteFunc(slices.Clone(r.sherpas), func(o alliance.Organisation) bool {
		_, conflict := r.interests.At(pipeline.GateDivision).Against(pipeline.Party{Organisations: []domain.ID{o.ID}})
		return conflict
	})
}

// may asks the policy for an act; who may not know of the task is told that there is none.
func (r reader) may(op string) error {
	err := access.Can(r.by, op, r.factsFor(op)).Err()
	if err != nil && !access.Can(r.by, "task.show", r.facts()).Allowed {
		return domain.NotFound("task")
	}
	return err
}

// open reads a task for an act and keeps others from changing it. CodeStale when it changed since the caller read it.
func open(ctx context.Context, a *service.Act[Tx], op string, id domain.ID, version int) (reader, error) {
	t, err := a.Tx.LockTask(ctx, id)
	if err != nil {
		return reader{}, err
	}
	r, err := readerOf(ctx, a.Tx, a.By, t)
	if err != nil {
		return r, err
	}
	a.On("task", t.ID, t.ID)
	if err := r.may(op); err != nil {
		return r, err
	}
	if version != 0 && version != t.Version {
		return r, domain.Stale()
	}
	return r, nil
}

// change writes a task that an act moved and has its case looked at.
func change(ctx context.Context, a *service.Act[Tx], t pipeline.Task) (pipeline.Task, error) {
	a.Note("state", string(t.State))
	a.Wake(service.CaseTask, t.ID)
	return t, a.Tx.ChangeTask(ctx, &t)
}
