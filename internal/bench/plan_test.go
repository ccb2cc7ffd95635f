package bench

import (
	"context"
	"fmt"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/plan"
	"secretariat/service"
	"secretariat/store"
)

// A large plan and a small one: tasks, each with so many indicators, of which so many quarters were reviewed.
const (
	largePlan  = 500
	smallPlan  = 50
	indicators = 4
	quarters   = 11
	planLooks  = 100
)

// BenchmarkPlanPage compares the page of a plan after eleven quarters of figures and changes with that after one, and that of a
// large plan with that of a small one. The public and the staff ask in turns.
func BenchmarkPlanPage(b *testing.B) { each(b, planPages) }

func planPages(b *testing.B, e engine) {
	young, old, small := open(b, e), open(b, e), open(b, e)
	sites := []*site{young, old, small}
	staff := []string{young.basicPlan(b, largePlan, 1), old.basicPlan(b, largePlan, quarters), small.basicPlan(b, smallPlan, quarters)}
	took := make([][]time.Duration, len(sites))
	clients := []*client{young.dial(b), old.dial(b), small.dial(b)}
	last := []string{taskTitle(largePlan - 1), taskTitle(largePlan - 1), taskTitle(smallPlan - 1)}
	for n := range planLooks + planLooks/10 {
		for i, c := range clients {
			token := ""
			if n%2 == 1 {
				token = staff[i]
			}
			took[i] = append(took[i], c.look(b, look{get(token, "/plans/plan"), last[i]}))
		}
	}
	var p99 [3]float64
	for i := range took {
		p99[i] = milliseconds(percentile(took[i][planLooks/10:], 99)) // the first ones warm the caches
	}
	what := fmt.Sprintf("plan of %d tasks and %d indicators, %s: ", largePlan, largePlan*indicators, e.name)
	note(b, figure{what + "page, p99 after one quarter", p99[0], "ms", goal{}})
	note(b, figure{fmt.Sprintf("%spage, p99 after %d quarters", what, quarters), p99[1], "ms", goal{}})
	note(b, figure{fmt.Sprintf("%spage, p99 after %d quarters / after one", what, quarters), p99[1] / p99[0], "", below(1.5)})
	per := p99[1] / p99[2] / largePlan * smallPlan
	note(b, figure{fmt.Sprintf("%spage, p99 a task / that of %d tasks", what, smallPlan), per, "", below(1.5)})
	b.ReportMetric(p99[1], "ms-p99")
}

func taskTitle(n int) string { return fmt.Sprintf("세부과제 %d의 지원", n+1) }

// basicPlan writes a plan in force with so many tasks and so many of the last quarters reviewed, and gives the token of its staff.
// With each quarter but the first went a minor change.
func (s *site) basicPlan(t testing.TB, tasks, reviewed int) string {
	t.Helper()
	staff := s.found(t, 0, func(founding) error { return nil }).secretary
	s.write(t, func(ctx context.Context, tx *store.Tx) error {
		l := ledger{tx: tx, ctx: ctx, now: service.Instant(s.env.Now()), nodes: planNodes(tasks), tally: plan.NewTally()}
		var err error
		if l.rules, err = tx.FreezePolicy(ctx, rules(t)); err != nil {
			return err
		}
		return l.fill(reviewed)
	})
	must(t, s.db.Exec(t.Context(), "ANALYZE"))
	return staff
}

// ledger writes a plan.
type ledger struct {
	tx    *store.Tx
	ctx   context.Context
	now   time.Time
	rules string
	nodes plan.State
	tally plan.Tally
}

func (l ledger) fill(reviewed int) error {
	today := calendar.DateOf(l.now)
	year, quarter := plan.Quarter(today)
	first := calendar.DateOf(time.Date(year, time.Month(3*quarter-2-3*reviewed), 1, 0, 0, 0, 0, calendar.Seoul))
	published := first.Time()
	err := l.tx.AddPlan(l.ctx, plan.Plan{
		ID: "plan", Committee: "board-0", Title: "3개년 기본계획", Vision: "디지털 전환 선도도시", From: first, Until: first.AddMonths(36).AddDays(-1),
		State: plan.InForce, Steps: []plan.Step{}, PublishedAt: &published, Rules: l.rules, Version: 1,
	})
	changes := make([]plan.Change, len(l.nodes))
	for i, n := range l.nodes {
		changes[i].Node = n
	}
	err = firstOf(err, l.tx.AddChangeSet(l.ctx, l.set(1, plan.Drafted, changes...)))
	for n := 0; n < reviewed && err == nil; n++ {
		at := first.AddMonths(3 * n)
		if n > 0 {
			changed := l.nodes[n]
			changed.Text = fmt.Sprint("조정 ", n)
			err = l.tx.AddChangeSet(l.ctx, l.set(n+1, plan.Minor, plan.Change{Node: changed}))
		}
		year, quarter := plan.Quarter(at)
		err = firstOf(err, l.review(year, quarter, n))
	}
	return firstOf(err, l.tx.PutTally(l.ctx, plan.Kept{Plan: "plan", Reviews: reviewed, Tally: l.tally}))
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (l ledger) set(number int, kind plan.ChangeKind, changes ...plan.Change) plan.ChangeSet {
	return plan.ChangeSet{Plan: "plan", Number: number, Kind: kind, Basis: "제1호", Reason: "조정", Changes: changes, At: l.now}
}

// review writes the closed review of a quarter in which every task was reported on.
func (l ledger) review(year, quarter, n int) error {
	id := domain.ID(fmt.Sprintf("review-%d-%d", year, quarter))
	closed := plan.QuarterEnd(year, quarter).AddDays(10).Time()
	err := l.tx.AddReview(l.ctx, plan.Review{
		ID: id, Plan: "plan", Year: year, Quarter: quarter, OpenedAt: closed, Due: calendar.DateOf(closed), ClosedAt: &closed, Sets: n + 1, Version: 1,
	})
	for i, x := range l.nodes {
		if err != nil || len(x.Indicators) == 0 {
			continue
		}
		r := plan.Report{
			Review: id, Plan: "plan", Node: x.ID, Year: year, Quarter: quarter, Values: map[string]int64{}, Allotted: 100_000_000,
			Committed: 50_000_000, Spent: int64(quarter) * 10_000_000, Text: text(2), Evidence: "사업 실적 보고", Version: 1,
		}
		for k, indicator := range x.Indicators {
			r.Values[indicator.Name] = int64((i+k+n)%100) * plan.Thousand
		}
		l.tally.Add(r)
		err = l.tx.PutReport(l.ctx, r)
	}
	return err
}

// planNodes are strategies of ten programmes with ten tasks each.
func planNodes(tasks int) plan.State {
	var out plan.State
	add := func(id, parent string, kind plan.NodeKind, title string) *plan.Node {
		out = append(out, plan.Node{ID: id, Parent: parent, Kind: kind, Title: title, Owner: "경제정책과", Weight: 1})
		return &out[len(out)-1]
	}
	for n := range tasks {
		strategy, programme := fmt.Sprint(n/100+1), fmt.Sprintf("%d-%d", n/100+1, n/10%10+1)
		if n%100 == 0 {
			add(strategy, "", plan.Strategy, "전략 "+strategy)
		}
		if n%10 == 0 {
			add(programme, strategy, plan.Programme, "사업 "+programme)
		}
		task := add(fmt.Sprintf("%s-%d", programme, n%10+1), programme, plan.Task, taskTitle(n))
		for i := range indicators {
			task.Indicators = append(task.Indicators, plan.Indicator{
				Name: fmt.Sprint("지표 ", i+1), Unit: "건", Targets: []plan.Target{{Year: 2024, Value: 30_000}, {Year: 2025, Value: 60_000}, {Year: 2026, Value: 100_000}},
			})
		}
	}
	return out
}
