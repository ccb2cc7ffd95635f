package web

import (
	"cmp"
	"slices"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/pipeline"
	"secretariat/service"
	"secretariat/service/partnering"
	"secretariat/service/tasking"
)

// taskPages adds the task pipeline (과제 발굴, 고도화, 선정, 확산): for the public, for partners, sherpas, the policy council and
// the secretariat.
func taskPages(s *Site) {
	done("task_saved", "task_submitted", "task_withdrawn", "task_commented", "task_reviewed", "task_marked", "task_concluded",
		"task_tabled", "task_decided", "task_handed", "task_reported", "task_finished", "council_seated", "council_unseated")
	s.page("/tasks", "tasks", s.tasks)
	s.page("/tasks/{task}", "task", s.task)
	s.page("/tasks/{task}/edit", "task-edit", s.editTask)
	s.page("/alliances/{alliance}/tasks", "task-results", s.taskResults)
	s.page("/alliances/{alliance}/tasks/new", "task-edit", s.newTask)
	s.page("/alliances/{alliance}/council", "council", s.council)
	act(s, "/alliances/{alliance}/tasks", s.set.DraftTask,
		func(_ *Visit, _ tasking.DraftInput, out pipeline.Task) string {
			return taskPath(out.ID, "/edit", "task_saved")
		})
	act(s, "/tasks/{task}/edit", s.set.ReviseTask, taskAfter[tasking.ReviseInput]("/edit", "task_saved"))
	act(s, "/tasks/{task}/submit", s.set.SubmitTask, taskAfter[tasking.ReviseInput]("", "task_submitted"))
	taskForms(s)
	regulationPages(s)
}

func taskForms(s *Site) {
	act(s, "/tasks/{task}/withdraw", s.set.WithdrawTask, taskAfter[tasking.WithdrawInput]("", "task_withdrawn"))
	act(s, "/tasks/{task}/review", s.set.ReviewTask, taskAfter[tasking.ReviewInput]("", "task_reviewed"))
	act(s, "/tasks/{task}/conclude", s.set.ConcludeTask, taskAfter[tasking.ConcludeInput]("", "task_concluded"))
	act(s, "/tasks/{task}/table", s.set.TableTask, taskAfter[tasking.TableInput]("", "task_tabled"))
	act(s, "/tasks/{task}/decide", s.set.DecideTask, taskAfter[tasking.DecideInput]("", "task_decided"))
	act(s, "/tasks/{task}/hand", s.set.HandTask, taskAfter[tasking.HandInput]("", "task_handed"))
	act(s, "/tasks/{task}/finish", s.set.FinishTask, taskAfter[tasking.ActInput]("", "task_finished"))
	act(s, "/tasks/{task}/comments", s.set.CommentTask, func(_ *Visit, in tasking.CommentInput, _ pipeline.Comment) string {
		return taskPath(in.Task, "", "task_commented") + "#comments"
	})
	act(s, "/tasks/{task}/mark", s.set.MarkTask, func(_ *Visit, in tasking.MarkInput, _ tasking.Done) string {
		return taskPath(in.Task, "", "task_marked")
	})
	act(s, "/tasks/{task}/reports", s.set.ReportTask, func(_ *Visit, in tasking.ReportInput, _ pipeline.Report) string {
		return taskPath(in.Task, "", "task_reported")
	})
	act(s, "/alliances/{alliance}/council", s.set.SeatCouncil, func(_ *Visit, in tasking.SeatInput, _ tasking.Done) string {
		return "/alliances/" + string(in.Alliance) + "/council?done=council_seated"
	})
	act(s, "/alliances/{alliance}/council/{account}", s.set.UnseatCouncil, func(_ *Visit, in tasking.UnseatInput, _ tasking.Done) string {
		return "/alliances/" + string(in.Alliance) + "/council?done=council_unseated"
	})
}

func taskAfter[In any](page, key string) func(*Visit, In, pipeline.Task) string {
	return func(_ *Visit, _ In, out pipeline.Task) string { return taskPath(out.ID, page, key) }
}

func taskPath(id domain.ID, page, key string) string {
	return "/tasks/" + string(id) + page + "?done=" + key
}

// taskColumn is the tasks of one state.
type taskColumn struct {
	State pipeline.State
	Rows  []tasking.Row
}

// tasksPage is every task that the visitor takes part in, by how far it has come.
type tasksPage struct {
	Columns   []taskColumn
	Kind      pipeline.Kind // those alone of a kind; empty for all
	Count     int
	Next      string
	Alliances []alliance.Alliance
}

// The states that have a column, in the order of the pipeline.
var taskColumns = []pipeline.State{
	pipeline.Draft, pipeline.Returned, pipeline.Discussing, pipeline.Refining, pipeline.Tabling, pipeline.Spreading, pipeline.Sandbox,
}

func (s *Site) tasks(v *Visit) (any, error) {
	kind := pipeline.Kind(v.query("kind"))
	found, err := s.set.ListTasks.Call(v.ctx(), tasking.ListInput{Live: true, Kind: kind, Before: domain.ID(v.query("before")), Limit: service.MaxPage})
	if err != nil {
		return nil, err
	}
	p := tasksPage{Kind: kind, Count: len(found.Items), Next: found.Next}
	for _, state := range taskColumns {
		c := taskColumn{State: state}
		for _, r := range found.Items {
			if r.Task.State == state {
				c.Rows = append(c.Rows, r)
			}
		}
		slices.SortStableFunc(c.Rows, func(a, b tasking.Row) int { return cmp.Compare(due(a), due(b)) })
		if len(c.Rows) > 0 || state != pipeline.Draft && state != pipeline.Sandbox {
			p.Columns = append(p.Columns, c)
		}
	}
	all, err := s.set.ListAlliances.Call(v.ctx(), partnering.ListInput{})
	p.Alliances = all.Items
	return p, err
}

// due orders tasks by their day; those without one come last.
func due(r tasking.Row) string {
	if r.Due == "" {
		return "9999-12-31"
	}
	return string(r.Due)
}

// taskResultsPage is what an alliance has reached, for everybody.
type taskResultsPage struct {
	A         partnering.View
	Counters  pipeline.Counters
	Tasks     service.Page[tasking.Row] // published
	MayDraft  bool
	MaySeat   bool
	MayFollow bool // the visitor takes part in the pipeline
}

func (s *Site) taskResults(v *Visit) (any, error) {
	var p taskResultsPage
	var err error
	if p.A, err = s.set.ShowAlliance.Call(v.ctx(), partnering.ShowInput{Alliance: v.id("alliance")}); err != nil {
		return nil, err
	}
	if p.Counters, err = s.set.CountTasks.Call(v.ctx(), tasking.CountInput{Alliance: v.id("alliance")}); err != nil {
		return nil, err
	}
	p.Tasks, err = s.set.ListTasks.Call(v.ctx(), tasking.ListInput{
		Alliance: v.id("alliance"), Kind: pipeline.Project, Published: true, Before: domain.ID(v.query("before")),
	})
	p.MayDraft = mayDraft(v, p.A.Alliance.Committee)
	p.MaySeat = v.May("council.seat", p.A.Alliance.Committee)
	p.MayFollow = v.SignedIn() && (v.Partner() || v.Staff() || v.Sits())
	return p, err
}

// taskMeter is one counter as a bar of a chart.
type taskMeter struct {
	Key string // of its name
	pipeline.Counter
	Width int // of the part reached, in units of the drawing
}

// Meters are the counters beside their targets.
func (p taskResultsPage) Meters() []taskMeter {
	out := []taskMeter{
		{Key: "web.task.counter.divisions", Counter: p.Counters.Divisions},
		{Key: "web.task.counter.tasks", Counter: p.Counters.Tasks},
		{Key: "web.task.counter.first_year", Counter: p.Counters.FirstYear},
	}
	for i := range out {
		out[i].Width = 10 * out[i].Percent()
	}
	return out
}

// taskPage is a task with what waits for the visitor.
type taskPage struct{ tasking.View }

func (s *Site) task(v *Visit) (any, error) {
	out, err := s.set.ShowTask.Call(v.ctx(), tasking.ShowInput{Task: v.id("task")})
	return taskPage{out}, err
}

// Can reports whether an act waits for the visitor.
func (p taskPage) Can(op string) bool { return slices.Contains(p.Acts, op) }

// taskStage is one step of the pipeline.
type taskStage struct {
	Stage   service.Stage
	Present bool
}

// taskSteps are the steps of the pipeline with the states that belong to each.
var taskSteps = []struct {
	stage  service.Stage
	states []pipeline.State
}{
	{tasking.StageDiscussing, []pipeline.State{pipeline.Discussing}}, {tasking.StageRefining, []pipeline.State{pipeline.Refining}},
	{tasking.StageTabling, []pipeline.State{pipeline.Tabling}},
	{tasking.StageSpreading, []pipeline.State{pipeline.Spreading, pipeline.Finished}},
}

// Stages is the line of the pipeline with the present step.
func (p taskPage) Stages() []taskStage {
	var out []taskStage
	for _, step := range taskSteps {
		if step.stage == tasking.StageSpreading && p.Request() {
			if p.Task.Route == pipeline.ToSandbox {
				out = append(out, taskStage{tasking.StageSandbox, p.Task.State == pipeline.Sandbox})
			}
			continue
		}
		out = append(out, taskStage{step.stage, slices.Contains(step.states, p.Task.State)})
	}
	return out
}

// ItemChoices are the agenda items on which the task may be tabled.
func (p taskPage) ItemChoices() []Option {
	var out []Option
	for _, c := range p.Items {
		out = append(out, Option{string(c.ID), numbered(c.Number, c.Title) + " (" + c.Detail + ")"})
	}
	return out
}

// DecisionChoices are the decision records that may be taken over.
func (p taskPage) DecisionChoices(v *Visit) []Option {
	var out []Option
	for _, c := range p.Decided {
		out = append(out, Option{string(c.ID), numbered(c.Number, c.Title) + " (" + v.Label("outcome", c.Detail) + ")"})
	}
	return out
}

// HubChoices are the organisations to which the task may be handed.
func (p taskPage) HubChoices() []Option {
	var out []Option
	for _, h := range p.Hubs {
		out = append(out, Option{string(h.ID), h.Name})
	}
	return out
}

func numbered(number, title string) string {
	if number == "" {
		return title
	}
	return number + " " + title
}

func (s *Site) council(v *Visit) (any, error) {
	var p councilPage
	var err error
	if p.A, err = s.set.ShowAlliance.Call(v.ctx(), partnering.ShowInput{Alliance: v.id("alliance")}); err != nil {
		return nil, err
	}
	p.Council, err = s.set.ShowCouncil.Call(v.ctx(), tasking.CouncilInput{Alliance: v.id("alliance")})
	return p, err
}

// deskTasks adds the tasks that wait for the marks of the visitor as a member of the policy council.
func (s *Site) deskTasks(v *Visit, p *deskHomePage) error {
	found, err := s.set.ListTasks.Call(v.ctx(), tasking.ListInput{State: pipeline.Refining, Limit: service.MaxPage})
	for _, r := range found.Items {
		if slices.Contains(r.Acts, "task.mark") {
			p.Rows = append(p.Rows, deskRow{
				Due: r.Due.End(), Key: "web.desk.row.task", Act: "web.desk.act.task", Path: "/tasks/" + string(r.Task.ID), Title: r.Task.Title,
			})
		}
	}
	return err
}

// taskWaits are what waits for somebody who acts for organisations, by the operation that is waited for.
var taskWaits = map[string]string{
	"task.submit": "web.mine.task.submit", "task.review": "web.mine.task.review", "task.report": "web.mine.task.report",
}

// mineTasks are the tasks of the organisations that the visitor acts for, with what waits.
func (s *Site) mineTasks(v *Visit) ([]tasking.Row, []mineRow, error) {
	found, err := s.set.ListTasks.Call(v.ctx(), tasking.ListInput{Live: true, Limit: service.MaxPage})
	var own []tasking.Row
	var waits []mineRow
	for _, r := range found.Items {
		if _, works := v.Actor.Works(r.Task.Organisation); works {
			own = append(own, r)
		}
		for _, op := range r.Acts {
			if key, waiting := taskWaits[op]; waiting && r.Due != "" {
				waits = append(waits, mineRow{
					Title: v.T(key, "title", r.Task.Title), Path: "/tasks/" + string(r.Task.ID), Act: "web.mine.task.do", Due: r.Due.End(),
				})
			}
		}
	}
	return own, waits, err
}

// councilPage is the policy council of an alliance.
type councilPage struct {
	A       partnering.View
	Council tasking.Council
}
