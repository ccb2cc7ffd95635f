package tasking

import (
	"context"
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/pipeline"
	"secretariat/domain/policy"
	"secretariat/service"
)

// The stages of a task.
const (
	StageDiscussing service.Stage = "task_discussing" // 과제 발굴
	StageRefining   service.Stage = "task_refining"   // 과제 고도화
	StageTabling    service.Stage = "task_tabling"    // 과제 선정
	StageSpreading  service.Stage = "task_spreading"  // 과제 확산
	StageReturned   service.Stage = "task_returned"   // 과제 보완
	StageSandbox    service.Stage = "task_sandbox"    // 규제샌드박스
	StageTelling    service.Stage = "task_telling"    // 결과 통지
	StageOver       service.Stage = "task_over"
)

// The deadlines of a task, one for each gate.
const (
	DeadlineRemind  service.DeadlineName = "task_remind"
	DeadlineSherpa  service.DeadlineName = "task_sherpa"
	DeadlineCouncil service.DeadlineName = "task_council"
	DeadlineTable   service.DeadlineName = "task_table"
	DeadlineRevise  service.DeadlineName = "task_revise"
	DeadlineSpread  service.DeadlineName = "task_spread"
	DeadlineReply   service.DeadlineName = "task_reply"   // of the law, beside the gates
	DeadlineSandbox service.DeadlineName = "task_sandbox" // until the office in charge is asked again
)

var stages = map[pipeline.State]service.Stage{
	pipeline.Discussing: StageDiscussing, pipeline.Refining: StageRefining, pipeline.Tabling: StageTabling,
	pipeline.Spreading: StageSpreading, pipeline.Returned: StageReturned, pipeline.Sandbox: StageSandbox,
}

var deadlines = map[pipeline.State]service.DeadlineName{
	pipeline.Discussing: DeadlineSherpa, pipeline.Refining: DeadlineCouncil, pipeline.Tabling: DeadlineTable,
	pipeline.Spreading: DeadlineSpread, pipeline.Returned: DeadlineRevise, pipeline.Sandbox: DeadlineSandbox,
}

// CaseInput names the case of a task.
type CaseInput struct {
	Task domain.ID `path:"task" json:"-"`
}

// Standing is where the case of a task stands.
type Standing struct {
	Task      domain.ID          `json:"task"`
	Committee domain.ID          `json:"committee"`
	Title     string             `json:"title"`
	Stage     service.Stage      `json:"stage"`
	Deadlines []service.Deadline `json:"deadlines"` // soonest first
	Letters   int                `json:"letters"`   // due now and not sent
	Pending   int                `json:"pending"`   // who is waited for at the gate and has not acted
	At        time.Time          `json:"at"`        // by the clock of the services
}

// file is everything that the stage of a task and its letters depend on.
type file struct {
	post  pipeline.Post
	rules policy.Rules
}

// caseOf reads a task with who is waited for.
func (s *Service) caseOf(ctx context.Context, tx Tx, id domain.ID) (file, error) {
	t, err := tx.Task(ctx, id)
	if err != nil {
		return file{}, err
	}
	f := file{post: pipeline.Post{Task: t, Now: s.now()}}
	if f.rules, err = s.rules(ctx, tx, t); err != nil {
		return f, err
	}
	reports, err := tx.ReportsOfTask(ctx, t.ID)
	if err != nil {
		return f, err
	}
	if n := len(reports); n > 0 {
		f.post.Last = &reports[n-1].At
	}
	if f.post.Proposer, err = submitters(ctx, tx, t.Organisation); err != nil {
		return f, err
	}
	if f.post.Waits, err = waits(ctx, tx, t); err != nil {
		return f, err
	}
	if t.OwesReply() {
		if f.post.Staff, err = tx.SecretariesOf(ctx, t.Committee); err != nil {
			return f, err
		}
	}
	f.post.Sent, err = tx.LettersOfTask(ctx, t.ID)
	return f, err
}

// submitters are the accounts that may submit for organisations.
func submitters(ctx context.Context, tx Tx, ids ...domain.ID) ([]domain.ID, error) {
	var out []domain.ID
	for _, id := range ids {
		people, err := tx.PeopleOf(ctx, id)
		if err != nil {
			return nil, err
		}
		for _, p := range people {
			if p.Submits && !slices.Contains(out, p.Account) {
				out = append(out, p.Account)
			}
		}
	}
	return out, nil
}

// waits are the accounts that are waited for at the gate of a task and have not acted. Who is recused is not asked.
func waits(ctx context.Context, tx Tx, t pipeline.Task) ([]domain.ID, error) {
	r, err := readerOf(ctx, tx, domain.System("task"), t)
	if err != nil {
		return nil, err
	}
	switch t.State {
	case pipeline.Discussing:
		var ids []domain.ID
		for _, o := range r.free() {
			ids = append(ids, o.ID)
		}
		return submitters(ctx, tx, ids...)
	case pipeline.Refining:
		members, err := judges(ctx, tx, r)
		if err != nil {
			return nil, err
		}
		given, err := tx.MarksOfTask(ctx, t.ID, t.Round)
		return slices.DeleteFunc(members, func(m domain.ID) bool {
			return slices.ContainsFunc(given, func(x pipeline.Mark) bool { return x.Account == m })
		}), err
	case pipeline.Returned:
		return submitters(ctx, tx, t.Organisation)
	case pipeline.Spreading:
		if t.Hub != "" {
			return submitters(ctx, tx, t.Hub)
		}
	}
	return nil, nil
}

// Stand says where the case of a task stands and what comes next: task.stand.
func (s *Service) Stand(ctx context.Context, by domain.Actor, in CaseInput) (Standing, error) {
	return service.See(ctx, s.store, func(tx Tx) (Standing, error) {
		f, err := s.caseOf(ctx, tx, in.Task)
		if err != nil {
			return Standing{}, err
		}
		facts := access.Facts{Committee: f.post.Task.Committee}
		if f.post.Task.SubmittedAt == nil {
			facts.Committee = ""
		}
		if err := access.Can(by, "task.stand", facts).Err(); err != nil {
			return Standing{}, err
		}
		return f.standing(), nil
	})
}

func (f file) standing() Standing {
	t := f.post.Task
	out := Standing{
		Task: t.ID, Committee: t.Committee, Title: t.Title, Deadlines: []service.Deadline{}, Pending: len(f.post.Waits),
		Letters: len(f.post.Letters(f.rules)), At: f.post.Now, Stage: stages[t.State],
	}
	if out.Stage == "" {
		out.Stage = StageOver
		if out.Letters > 0 {
			out.Stage = StageTelling
		}
	}
	if next, ok := f.post.Next(f.rules); ok {
		out.Deadlines = append(out.Deadlines, service.Deadline{Name: DeadlineRemind, At: next, Basis: policy.TaskReminders.Cite(f.rules)})
	}
	if due, basis, ok := t.Due(f.post.Last, f.rules); ok {
		out.Deadlines = append(out.Deadlines, service.Deadline{Name: deadlines[t.State], At: due.End().UTC(), Basis: basis})
	}
	if due, basis, ok := t.ReplyBy(f.rules); ok {
		out.Deadlines = append(out.Deadlines, service.Deadline{Name: DeadlineReply, At: due.End().UTC(), Basis: basis})
	}
	slices.SortStableFunc(out.Deadlines, func(a, b service.Deadline) int { return a.At.Compare(b.At) })
	return out
}
