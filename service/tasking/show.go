package tasking

import (
	"context"
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/domain/calendar"
	"secretariat/domain/pipeline"
	"secretariat/domain/policy"
	"secretariat/service"
)

// ListInput asks for a page of tasks, newest first.
type ListInput struct {
	Alliance  domain.ID      `query:"alliance" json:"-"`
	State     pipeline.State `query:"state" json:"-"`
	Kind      pipeline.Kind  `query:"kind" json:"-"`
	Published bool           `query:"published" json:"-"` // those alone that everybody may know of
	Live      bool           `query:"live" json:"-"`      // those alone that are not over
	Before    domain.ID      `query:"before" json:"-"`
	Limit     int            `query:"limit" json:"-"`
}

// Row is a task of a list, with what waits for the reader.
type Row struct {
	Task     pipeline.Task `json:"task"`
	Proposer string        `json:"proposer"`
	Division string        `json:"division"`
	Due      calendar.Date `json:"due,omitempty"` // of its gate
	Basis    string        `json:"basis,omitempty"`
	ReplyBy  calendar.Date `json:"replyBy,omitempty"` // last day to reply to a request
	Acts     []string      `json:"acts"`              // operations that wait for the reader
}

// List lists the tasks that the reader may know of: task.list. What the store chooses is looked at one by one by the same
// policy as a single task.
func (s *Service) List(ctx context.Context, by domain.Actor, in ListInput) (service.Page[Row], error) {
	out := service.Page[Row]{Items: []Row{}}
	if err := access.Can(by, "task.list", access.Facts{}).Err(); err != nil {
		return out, err
	}
	size := service.PageSize(in.Limit)
	return service.See(ctx, s.store, func(tx Tx) (service.Page[Row], error) {
		found, err := tx.FindTasks(ctx, filter(by, in, size+1))
		if err != nil {
			return out, err
		}
		if len(found) > size {
			found, out.Next = found[:size], string(found[size-1].ID)
		}
		for _, t := range found {
			row, seen, err := s.row(ctx, tx, by, t)
			if err != nil {
				return out, err
			}
			if seen {
				out.Items = append(out.Items, row)
			}
		}
		return out, nil
	})
}

func filter(by domain.Actor, in ListInput, limit int) Filter {
	f := Filter{
		All: by.Auditor || by.Kind == domain.ActorSystem, Account: by.ID, Alliance: in.Alliance, State: in.State, Kind: in.Kind,
		Published: in.Published, Live: in.Live, Before: in.Before, Limit: limit,
	}
	for _, x := range by.Staff {
		f.Serves = append(f.Serves, x.Committee)
	}
	for _, x := range by.Seats {
		f.Sits = append(f.Sits, x.Committee)
	}
	for _, x := range by.Partners {
		f.Organisations = append(f.Organisations, x.Organisation)
	}
	return f
}

func (s *Service) row(ctx context.Context, tx Tx, by domain.Actor, t pipeline.Task) (Row, bool, error) {
	r, err := readerOf(ctx, tx, by, t)
	if err != nil || !access.Can(by, "task.show", r.facts()).Allowed {
		return Row{}, false, err
	}
	out := Row{Task: r.shown(), Proposer: r.interests[0].Name}
	d, err := tx.Division(ctx, t.Division)
	if err != nil {
		return out, false, err
	}
	out.Division = d.Name
	inside, err := s.inside(ctx, tx, r)
	if err != nil {
		return out, false, err
	}
	out.Acts = inside.acts
	if r.within() {
		out.Due, out.Basis, _ = t.Due(inside.last, inside.rules)
		out.ReplyBy, _, _ = t.ReplyBy(inside.rules)
	}
	return out, true, nil
}

// within reports whether the reader takes part in the pipeline, and not only reads what is published or on the agenda.
func (r reader) within() bool {
	f := r.facts()
	return f.Organisation != "" || f.Council || r.by.Kind == domain.ActorSystem || r.by.Auditor ||
		r.task.SubmittedAt != nil && r.by.Serves(r.task.Committee)
}

// shown is the task as the reader may see it: who is not within learns what it is about and what was decided.
func (r reader) shown() pipeline.Task {
	t := r.task
	if _, own := r.by.Works(t.Organisation); !own {
		t.SubmittedBy = ""
	}
	if !r.within() {
		t.Advice, t.Reason, t.ReturnedBy = "", "", ""
		t.Reply = pipeline.Reply{ReceivedAt: t.ReceivedAt, RepliedAt: t.RepliedAt, Route: t.Route}
	}
	return t
}

// inside is what the acts on a task depend on.
type inside struct {
	rules   policy.Rules
	reports []pipeline.Report
	marks   []pipeline.Mark // of this round, by members without a conflict
	mark    *pipeline.Mark  // of the reader
	score   pipeline.Score
	last    *time.Time
	acts    []string
}

func (s *Service) inside(ctx context.Context, tx Tx, r reader) (inside, error) {
	var out inside
	var err error
	if out.rules, err = s.rules(ctx, tx, r.task); err != nil {
		return out, err
	}
	if out.reports, err = tx.ReportsOfTask(ctx, r.task.ID); err != nil {
		return out, err
	}
	if n := len(out.reports); n > 0 {
		out.last = &out.reports[n-1].At
	}
	if r.task.FoundAt != nil {
		if out.score, out.marks, err = s.score(ctx, tx, r); err != nil {
			return out, err
		}
	}
	for _, m := range out.marks {
		if m.Account == r.by.ID {
			out.mark = &m
		}
	}
	out.acts = out.offered(r)
	return out, nil
}

// offered are the operations that the policy allows the reader and the state of the task takes.
func (x inside) offered(r reader) []string {
	out := []string{}
	for _, op := range []struct {
		name  string
		takes bool
	}{
		{"task.revise", r.task.Editable()},
		{"task.submit", r.task.Editable()},
		{"task.withdraw", r.task.SubmittedAt != nil && !r.task.Over() && r.task.State != pipeline.Spreading},
		{"task.comment", r.task.State == pipeline.Discussing},
		{"task.review", r.task.State == pipeline.Discussing && (r.sherpa() != "" || len(r.free()) == 0)},
		{"task.mark", r.task.State == pipeline.Refining && x.mark == nil},
		{"task.conclude", r.task.State == pipeline.Refining},
		{"task.table", r.task.State == pipeline.Tabling && !r.task.OwesReply()},
		{"task.decide", r.task.State == pipeline.Tabling && r.task.Item != ""},
		{"task.hand", r.task.State == pipeline.Spreading},
		{"task.report", r.task.State == pipeline.Spreading && r.task.Hub != ""},
		{"task.finish", r.task.State == pipeline.Spreading && len(x.reports) > 0},
		{"task.reply", r.task.OwesReply()},
		{"task.extend", r.task.OwesReply() && r.task.ExtendedAt == nil},
		{"task.supplement", r.task.OwesReply() && (r.task.State == pipeline.Discussing || r.task.State == pipeline.Refining)},
		{"task.sandbox", r.task.State == pipeline.Sandbox},
	} {
		if op.takes && access.Can(r.by, op.name, r.factsFor(op.name)).Allowed {
			out = append(out, op.name)
		}
	}
	return out
}

// ShowInput names a task.
type ShowInput struct {
	Task domain.ID `path:"task" json:"-"`
}

// Named is an organisation by its name.
type Named struct {
	ID   domain.ID `json:"id"`
	Name string    `json:"name"`
}

// Given is a mark with who gave it.
type Given struct {
	pipeline.Mark
	Name string `json:"name"`
}

// View is a task as its reader may see it.
type View struct {
	Task     pipeline.Task      `json:"task"`
	Alliance string             `json:"alliance"`
	Division alliance.Division  `json:"division"`
	Proposer string             `json:"proposer"`
	Partners []string           `json:"partners"`
	Sherpa   string             `json:"sherpa,omitempty"`
	Hub      string             `json:"hub,omitempty"`
	Acts     []string           `json:"acts"` // operations that wait for the reader
	Recused  pipeline.Role      `json:"recused,omitempty"`
	Due      calendar.Date      `json:"due,omitempty"`
	Basis    string             `json:"basis,omitempty"`
	ReplyBy  calendar.Date      `json:"replyBy,omitempty"` // last day to reply to a request
	ReplyLaw string             `json:"replyLaw,omitempty"`
	Comments []pipeline.Comment `json:"comments"`
	Weights  pipeline.Weights   `json:"weights"`
	Score    *pipeline.Score    `json:"score,omitempty"` // how many have given marks; the mean once the council has concluded
	Mark     *pipeline.Mark     `json:"mark,omitempty"`  // of the reader in this round
	Marks    []Given            `json:"marks"`           // of all, for who has given one or when the council has concluded
	Remarks  []string           `json:"remarks"`         // of the council, for the proposer when it has concluded
	Reports  []pipeline.Report  `json:"reports"`
	Spread   pipeline.Spread    `json:"spread"`
	Items    []Choice           `json:"items"`     // on which it may be tabled, for who may
	Decided  []Choice           `json:"decisions"` // records on its item, for who may take them over
	Hubs     []Named            `json:"hubs"`      // to which it may be handed, for who may
}

// Choice is something to choose from a list, with the words it is known by.
type Choice struct {
	ID     domain.ID `json:"id"`
	Number string    `json:"number"`
	Title  string    `json:"title"`
	Detail string    `json:"detail"` // outcome of a decision; meeting of an item
}

// Show shows a task to who takes part in it, to the committee once it is on its agenda, and to everybody once it is
// selected: task.show.
func (s *Service) Show(ctx context.Context, by domain.Actor, in ShowInput) (View, error) {
	return service.See(ctx, s.store, func(tx Tx) (View, error) {
		t, err := tx.Task(ctx, in.Task)
		if err != nil {
			return View{}, err
		}
		r, err := readerOf(ctx, tx, by, t)
		if err != nil {
			return View{}, err
		}
		if err := r.may("task.show"); err != nil {
			return View{}, domain.NotFound("task")
		}
		return s.view(ctx, tx, r)
	})
}

func (s *Service) view(ctx context.Context, tx Tx, r reader) (View, error) {
	out := View{
		Task: r.shown(), Proposer: r.interests[0].Name, Partners: []string{}, Comments: []pipeline.Comment{}, Marks: []Given{},
		Remarks: []string{}, Items: []Choice{}, Decided: []Choice{}, Hubs: []Named{},
	}
	x, err := s.inside(ctx, tx, r)
	if err != nil {
		return out, err
	}
	out.Acts, out.Weights = x.acts, pipeline.WeightsOf(x.rules)
	out.Reports, out.Spread = x.reports, pipeline.SpreadOf(x.reports)
	if err := s.names(ctx, tx, r, &out); err != nil {
		return out, err
	}
	if !r.within() {
		return out, nil
	}
	out.Due, out.Basis, _ = r.task.Due(x.last, x.rules)
	out.ReplyBy, out.ReplyLaw, _ = r.task.ReplyBy(x.rules)
	if out.Comments, err = tx.CommentsOf(ctx, r.task.ID); err != nil {
		return out, err
	}
	if err := marks(ctx, tx, r, x, &out); err != nil {
		return out, err
	}
	return out, choices(ctx, tx, r, &out)
}

// names fills in the words for what the task names by id.
func (s *Service) names(ctx context.Context, tx Tx, r reader, out *View) error {
	of, err := tx.Alliance(ctx, r.task.Alliance)
	if err != nil {
		return err
	}
	out.Alliance = of.Name
	if out.Division, err = tx.Division(ctx, r.task.Division); err != nil {
		return err
	}
	for _, i := range r.interests {
		switch {
		case i.Role == pipeline.RolePartner:
			out.Partners = append(out.Partners, i.Name)
		case i.Role == pipeline.RoleSherpa && i.Organisation == r.task.Sherpa:
			out.Sherpa = i.Name
		}
	}
	if r.task.Hub == "" {
		return nil
	}
	hub, err := tx.Organisation(ctx, r.task.Hub)
	out.Hub = hub.Name
	return err
}

// marks fills in what the reader may see of the council's work: its members each other's marks once they have given theirs,
// staff and auditors when the council has concluded, the proposer its remarks then. Nobody with a conflict sees a mark.
func marks(ctx context.Context, tx Tx, r reader, x inside, out *View) error {
	if r.task.FoundAt == nil {
		return nil
	}
	concluded := r.task.State != pipeline.Refining
	score := x.score
	if !concluded && (x.mark == nil || x.mark.Aside != "") {
		score.Thousandths, score.Passed = 0, false
	}
	out.Score, out.Mark = &score, x.mark
	why, conflict := r.recused(pipeline.GateCouncil)
	if r.sits && conflict {
		out.Recused = why.Role
	}
	judge := r.sits && !conflict && (concluded || x.mark != nil && x.mark.Aside == "")
	watcher := concluded && !conflict && (r.by.Auditor || r.by.Serves(r.task.Committee))
	_, own := r.by.Works(r.task.Organisation)
	for _, m := range x.marks {
		if concluded && own && m.Remark != "" {
			out.Remarks = append(out.Remarks, m.Remark)
		}
		if !judge && !watcher {
			continue
		}
		account, err := tx.Account(ctx, m.Account)
		if err != nil {
			return err
		}
		out.Marks = append(out.Marks, Given{m, account.Name})
	}
	slices.Sort(out.Remarks) // in no order that says whose they are
	return nil
}
