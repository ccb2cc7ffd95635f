package web

import (
	"cmp"
	"slices"

	"secretariat/domain"
	"secretariat/domain/pipeline"
	"secretariat/service"
	"secretariat/service/partnering"
	"secretariat/service/tasking"
)

// regulationPages adds the requests to improve a regulation, which ride the task pipeline (촉진법 17).
func regulationPages(s *Site) {
	done("task_replied", "task_extended", "task_supplemented", "task_ruled")
	s.page("/alliances/{alliance}/requests", "requests", s.requests)
	act(s, "/tasks/{task}/reply", s.set.AnswerTask, taskAfter[tasking.AnswerInput]("", "task_replied"))
	act(s, "/tasks/{task}/extend", s.set.ExtendTask, taskAfter[tasking.ExtendInput]("", "task_extended"))
	act(s, "/tasks/{task}/supplement", s.set.SupplementTask, taskAfter[tasking.SupplementInput]("", "task_supplemented"))
	act(s, "/tasks/{task}/sandbox", s.set.RulingOfTask, taskAfter[tasking.RulingInput]("", "task_ruled"))
}

// requestsPage is what became of the requests of an alliance, for everybody.
type requestsPage struct {
	A        partnering.View
	Counts   pipeline.Requests
	Waiting  []tasking.Row             // that the visitor knows of and whose reply is owed, the most urgent first
	Carried  service.Page[tasking.Row] // published
	MayDraft bool
}

func (s *Site) requests(v *Visit) (any, error) {
	var p requestsPage
	var err error
	of := v.id("alliance")
	if p.A, err = s.set.ShowAlliance.Call(v.ctx(), partnering.ShowInput{Alliance: of}); err != nil {
		return nil, err
	}
	if p.Counts, err = s.set.CountRequests.Call(v.ctx(), tasking.CountInput{Alliance: of}); err != nil {
		return nil, err
	}
	if p.Waiting, err = s.owed(v, of); err != nil {
		return nil, err
	}
	p.Carried, err = s.set.ListTasks.Call(v.ctx(), tasking.ListInput{
		Alliance: of, Kind: pipeline.Regulation, Published: true, Before: domain.ID(v.query("before")),
	})
	p.MayDraft = mayDraft(v, p.A.Alliance.Committee)
	return p, err
}

// owed are the requests that wait for a reply, as far as the visitor takes part in them.
func (s *Site) owed(v *Visit, of domain.ID) ([]tasking.Row, error) {
	if !v.SignedIn() {
		return nil, nil
	}
	found, err := s.set.ListTasks.Call(v.ctx(), tasking.ListInput{
		Alliance: of, Kind: pipeline.Regulation, Live: true, Limit: service.MaxPage,
	})
	out := slices.DeleteFunc(found.Items, func(r tasking.Row) bool { return r.ReplyBy == "" })
	slices.SortStableFunc(out, func(a, b tasking.Row) int { return cmp.Compare(a.ReplyBy, b.ReplyBy) })
	return out, err
}

// mayDraft reports whether the visitor acts for an organisation that may bring something into the pipeline.
func mayDraft(v *Visit, committee domain.ID) bool {
	for _, place := range v.Actor.Partners {
		if v.may("task.draft", committee, place.Organisation) {
			return true
		}
	}
	return false
}

// Request reports whether it is a request to improve a regulation.
func (p taskPage) Request() bool { return p.Task.Kind == pipeline.Regulation }

// Request reports whether the form is that of a request to improve a regulation.
func (p taskEdit) Request() bool { return p.T.Kind == pipeline.Regulation }
