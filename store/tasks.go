package store

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/meeting"
	"secretariat/domain/pipeline"
	"secretariat/service/tasking"
)

var (
	tasks = versioned[pipeline.Task]{
		table[pipeline.Task]{"tasks", "task"},
		func(t *pipeline.Task) *int { return &t.Version }, func(t *pipeline.Task) domain.ID { return t.ID },
	}
	taskPartners = table[taskPartner]{"task_partners", "task_partner"}
	taskComments = table[pipeline.Comment]{"task_comments", "comment"}
	councilSeats = table[pipeline.Seat]{"council_seats", "council_seat"}
	taskMarks    = table[pipeline.Mark]{"task_marks", "task_mark"}
	taskReports  = table[pipeline.Report]{"task_reports", "task_report"}
	taskLetters  = table[pipeline.Letter]{"task_letters", "letter"}
)

var _ tasking.Tx = (*Tx)(nil)

// taskPartner says that an organisation takes part in a task.
type taskPartner struct{ Task, Organisation domain.ID }

// AddTask writes a new task.
func (tx *Tx) AddTask(ctx context.Context, t pipeline.Task) error {
	if err := tasks.insert(ctx, tx, t); err != nil {
		return err
	}
	return tx.partnersOf(ctx, t)
}

// ChangeTask writes a changed one; CodeStale when it changed meanwhile.
func (tx *Tx) ChangeTask(ctx context.Context, t *pipeline.Task) error {
	if err := tasks.change(ctx, tx, t); err != nil {
		return err
	}
	if err := taskPartners.delete(ctx, tx, "task = ?", t.ID); err != nil {
		return err
	}
	return tx.partnersOf(ctx, *t)
}

func (tx *Tx) partnersOf(ctx context.Context, t pipeline.Task) error {
	rows := make([]taskPartner, len(t.Partners))
	for i, o := range t.Partners {
		rows[i] = taskPartner{t.ID, o}
	}
	return taskPartners.insert(ctx, tx, rows...)
}

// Task reads a task.
func (tx *Tx) Task(ctx context.Context, id domain.ID) (pipeline.Task, error) {
	return tasks.get(ctx, tx, "id = ?", id)
}

// LockTask reads one and keeps others from changing it.
func (tx *Tx) LockTask(ctx context.Context, id domain.ID) (pipeline.Task, error) {
	return tasks.lock(ctx, tx, id)
}

// published holds of a task that everybody may know of; see pipeline.Task.Published.
const publishedTask = "t.selected_at IS NOT NULL AND NOT t.sealed"

// FindTasks lists those of the filter, newest first.
func (tx *Tx) FindTasks(ctx context.Context, f tasking.Filter) ([]pipeline.Task, error) {
	where, args := []string{"1 = 1"}, []any(nil)
	only := func(condition string, values ...any) { where, args = append(where, condition), append(args, values...) }
	if !f.All {
		seen, values := seenTasks(f)
		only(seen, values...)
	}
	if f.Alliance != "" {
		only("t.alliance = ?", f.Alliance)
	}
	if f.State != "" {
		only("t.state = ?", f.State)
	}
	if f.Kind != "" {
		only("t.kind = ?", f.Kind)
	}
	if f.Published {
		only(publishedTask)
	}
	if f.Live {
		only("t.state NOT IN ('declined', 'finished', 'withdrawn')")
	}
	if f.Before != "" {
		only("t.id < ?", f.Before)
	}
	out := []pipeline.Task{}
	err := tx.db.NewSelect().Model(&out).ModelTableExpr("tasks AS t").ColumnExpr("t.*").
		Where(strings.Join(where, " AND "), args...).OrderExpr("t.id DESC").Limit(int64(f.Limit)).Scan(ctx)
	return out, translate(err, tasks.kind)
}

// seenTasks is what holds of the tasks that a reader may know of.
func seenTasks(f tasking.Filter) (string, []any) {
	seen, args := []string{publishedTask}, []any(nil)
	add := func(condition string, ids []domain.ID) {
		if len(ids) > 0 {
			seen, args = append(seen, condition), append(args, bun.Tuple(ids))
		}
	}
	add("t.submitted_at IS NOT NULL AND t.committee IN ?", f.Serves)
	add("t.item <> '' AND t.committee IN ?", f.Sits)
	add("t.organisation IN ?", f.Organisations)
	add("t.hub IN ?", f.Organisations)
	add("t.submitted_at IS NOT NULL AND t.id IN (SELECT p.task FROM task_partners p WHERE p.organisation IN ?)", f.Organisations)
	add("t.submitted_at IS NOT NULL AND t.division IN (SELECT p.division FROM places p WHERE p.organisation IN ?)", f.Organisations)
	seen = append(seen, "t.found_at IS NOT NULL AND t.alliance IN (SELECT c.alliance FROM council_seats c WHERE c.account = ?)")
	return "(" + strings.Join(seen, " OR ") + ")", append(args, f.Account)
}

// DatesOfTasks gives what is counted of the tasks of an alliance.
func (tx *Tx) DatesOfTasks(ctx context.Context, of domain.ID) ([]pipeline.Dates, error) {
	out := []pipeline.Dates{}
	err := tx.db.NewRaw(`SELECT submitted_at, found_at, refined_at, selected_at, finished_at, hub <> '' AS handed
FROM tasks WHERE alliance = ? AND kind = 'task' AND submitted_at IS NOT NULL ORDER BY id`, of).Scan(ctx, &out)
	return out, translate(err, tasks.kind)
}

// RequestsOf gives what is counted of the requests of an alliance to improve a regulation.
func (tx *Tx) RequestsOf(ctx context.Context, of domain.ID) ([]pipeline.Request, error) {
	out := []pipeline.Request{}
	err := tx.db.NewRaw(`SELECT barrier, field, replied_at, reply_due, route, ruling, selected_at
FROM tasks WHERE alliance = ? AND kind = 'regulation' AND received_at IS NOT NULL ORDER BY id`, of).Scan(ctx, &out)
	return out, translate(err, tasks.kind)
}

// TasksAtGates lists the tasks of a committee that wait at a gate, with the last report on each.
func (tx *Tx) TasksAtGates(ctx context.Context, committee domain.ID) ([]pipeline.Pending, error) {
	found, err := tasks.list(ctx, tx, "id", "committee = ? AND state IN ('discussing', 'refining', 'tabling', 'spreading', 'sandbox', 'returned')", committee)
	out := make([]pipeline.Pending, len(found))
	for i, t := range found {
		reports, err := tx.ReportsOfTask(ctx, t.ID)
		if err != nil {
			return nil, err
		}
		out[i].Task = t
		if n := len(reports); n > 0 {
			out[i].Last = &reports[n-1].At
		}
	}
	return out, err
}

// AddComment writes what somebody says of a task.
func (tx *Tx) AddComment(ctx context.Context, c pipeline.Comment) error {
	return taskComments.insert(ctx, tx, c)
}

// CommentsOf lists what was said of a task, in order.
func (tx *Tx) CommentsOf(ctx context.Context, task domain.ID) ([]pipeline.Comment, error) {
	return taskComments.list(ctx, tx, "at, id", "task = ?", task)
}

// SeatCouncil gives an account a seat in a policy council, or changes it.
func (tx *Tx) SeatCouncil(ctx context.Context, s pipeline.Seat) error {
	return councilSeats.upsert(ctx, tx, s, "alliance, account")
}

// UnseatCouncil takes it away; nothing happens when there is none.
func (tx *Tx) UnseatCouncil(ctx context.Context, of, account domain.ID) error {
	return councilSeats.delete(ctx, tx, "alliance = ? AND account = ?", of, account)
}

// CouncilOf lists the seats of a policy council.
func (tx *Tx) CouncilOf(ctx context.Context, of domain.ID) ([]pipeline.Seat, error) {
	return councilSeats.list(ctx, tx, "since, account", "alliance = ?", of)
}

// SitsInCouncil is the seat of an account, false when there is none.
func (tx *Tx) SitsInCouncil(ctx context.Context, of, account domain.ID) (pipeline.Seat, bool, error) {
	found, err := councilSeats.page(ctx, tx, 1, "since", "alliance = ? AND account = ?", of, account)
	if err != nil || len(found) == 0 {
		return pipeline.Seat{}, false, err
	}
	return found[0], true, nil
}

// AddTaskMark writes a mark; conflict.task_mark when the member has given one in the round.
func (tx *Tx) AddTaskMark(ctx context.Context, m pipeline.Mark) error {
	return taskMarks.insert(ctx, tx, m)
}

// MarksOfTask lists the marks of a round.
func (tx *Tx) MarksOfTask(ctx context.Context, task domain.ID, round int) ([]pipeline.Mark, error) {
	return taskMarks.list(ctx, tx, "at, account", "task = ? AND round = ?", task, round)
}

// AddTaskReport writes a report of a hub; conflict.task_report when its number is taken.
func (tx *Tx) AddTaskReport(ctx context.Context, r pipeline.Report) error {
	return taskReports.insert(ctx, tx, r)
}

// ReportsOfTask lists the reports on a task, in order.
func (tx *Tx) ReportsOfTask(ctx context.Context, task domain.ID) ([]pipeline.Report, error) {
	return taskReports.list(ctx, tx, "number", "task = ?", task)
}

// LettersOfTask lists the letters that went out.
func (tx *Tx) LettersOfTask(ctx context.Context, task domain.ID) ([]pipeline.Letter, error) {
	return taskLetters.list(ctx, tx, "sent_at", "task = ?", task)
}

// TaskLetterSent keeps that a letter went out.
func (tx *Tx) TaskLetterSent(ctx context.Context, l pipeline.Letter) error {
	return taskLetters.upsert(ctx, tx, l, `task, "to", kind, occasion`)
}

// MemberOrganisations lists the member organisations of an alliance by name.
func (tx *Tx) MemberOrganisations(ctx context.Context, of domain.ID) ([]alliance.Organisation, error) {
	return organisations.list(ctx, tx, "name, id", "alliance = ? AND state = 'member'", of)
}

// SherpasOf lists the member organisations that guide a division.
func (tx *Tx) SherpasOf(ctx context.Context, division domain.ID) ([]alliance.Organisation, error) {
	return organisations.list(ctx, tx, "name, id",
		"state = 'member' AND id IN (SELECT organisation FROM places WHERE division = ? AND sherpa)", division)
}

// ItemsAhead lists the items to be voted on of a committee's meetings that have not opened, the next meeting first.
func (tx *Tx) ItemsAhead(ctx context.Context, committee domain.ID) ([]meeting.Item, error) {
	out := []meeting.Item{}
	err := tx.db.NewRaw(`SELECT i.* FROM items i JOIN meetings m ON m.id = i.meeting
WHERE m.committee = ? AND m.state IN ('planned', 'convened') AND i.state = 'listed' AND i.kind IN ('deliberation', 'resolution')
ORDER BY m.starts_at, i.position`, committee).Scan(ctx, &out)
	return out, translate(err, items.kind)
}

// ItemsComing lists the items of whatever kind of a committee's meetings that have not opened, the next meeting first.
func (tx *Tx) ItemsComing(ctx context.Context, committee domain.ID) ([]meeting.Item, error) {
	out := []meeting.Item{}
	err := tx.db.NewRaw(`SELECT i.* FROM items i JOIN meetings m ON m.id = i.meeting
WHERE m.committee = ? AND m.state IN ('planned', 'convened') AND i.state = 'listed' ORDER BY m.starts_at, i.position`, committee).Scan(ctx, &out)
	return out, translate(err, items.kind)
}
