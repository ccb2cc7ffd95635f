package bench

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/plan"
	embedded "secretariat/internal/engine"
	"secretariat/internal/pace"
	"secretariat/service"
	"secretariat/service/planning"
	"secretariat/service/sweeping"
	"secretariat/store"
	"secretariat/workflows"
)

// So many basic plans are in force, each of a committee of its own, whose timers wait for the same morning; it comes so long after
// their workflows began to be started.
const (
	cycles  = 1000
	ahead   = 2 * time.Minute
	opening = 10 * time.Minute // the longest that is waited for the reviews
)

// BenchmarkCycles has the embedded engine follow a thousand plans: their workflows are started from the record, each with its timer,
// and all timers come due in the same instant, when each has its review opened.
func BenchmarkCycles(b *testing.B) {
	if !embedded.Available {
		b.Skip("this build has no embedded engine")
	}
	s := open(b, engines[1]) // SQLite, as a deployment without a cluster has it
	due := time.Date(2027, 4, 1, 9, 0, 0, 0, calendar.Seoul)
	clock := pace.New(due.Add(-ahead), 1)
	s.env.Now = clock.Now
	s.cyclesInForce(b)
	f := &fleet{Service: planning.New(s.env, store.View[planning.Tx]{DB: s.db}, packs(b), nil), looked: map[domain.ID]bool{}}
	began := time.Now()
	defer f.follow(b, s, clock)()
	f.until(b, "every plan is looked at", ahead, func() bool { return len(f.looked) == cycles && f.opened == 0 })
	starting := time.Since(began)
	time.Sleep(clock.Wall(due) / 2)
	resting := residentOf(b, os.Getpid())
	time.Sleep(clock.Wall(due))
	f.until(b, "every review is opened", opening, func() bool { return f.opened == cycles })
	late := clock.Now().Sub(due)
	what := fmt.Sprintf("%d open cycles on the embedded engine: ", cycles)
	note(b, figure{what + "started from the record", cycles / starting.Seconds(), "/s", goal{}})
	note(b, figure{what + "memory of everything while they wait", resting, "MB", below(1000)})
	note(b, figure{what + "all due at once, last review opened after", late.Seconds(), "s", below(300)})
	b.ReportMetric(late.Seconds(), "s-opened")
}

// cyclesInForce writes the plans, each with its annual plan made.
func (s *site) cyclesInForce(t testing.TB) {
	t.Helper()
	s.write(t, func(ctx context.Context, tx *store.Tx) error {
		l := ledger{tx: tx, ctx: ctx, now: service.Instant(s.env.Now()), nodes: planNodes(3)}
		var err error
		l.rules, err = tx.FreezePolicy(ctx, rules(t))
		for n := 0; n < cycles && err == nil; n++ {
			err = l.cycle(domain.ID(fmt.Sprintf("cycle-%04d", n)))
		}
		return err
	})
}

func (l ledger) cycle(id domain.ID) error {
	published := calendar.Date("2027-01-01").Time()
	set := l.set(1, plan.Drafted, plan.Change{Node: l.nodes[0]}, plan.Change{Node: l.nodes[1]}, plan.Change{Node: l.nodes[2]})
	set.Plan = id
	return firstOf(
		l.tx.AddCommittee(l.ctx, committee.Committee{
			ID: id, Code: string(id), Name: "디지털전환위원회", OwningDepartment: "디지털전환과", Pack: pack, FoundedOn: "2010-01-01",
			State: committee.Active, Version: 1,
		}),
		l.tx.AddPlan(l.ctx, plan.Plan{
			ID: id, Committee: id, Title: "3개년 기본계획", Vision: "디지털 전환 선도도시", From: "2027-01-01", Until: "2029-12-31",
			State: plan.InForce, Steps: []plan.Step{}, PublishedAt: &published, Rules: l.rules, Version: 1,
		}),
		l.tx.AddChangeSet(l.ctx, set),
		l.tx.AddMark(l.ctx, plan.Mark{Plan: id, Kind: plan.AnnualPlan, Number: 2027, Ref: "제1호", On: "2027-01-05", At: l.now}),
	)
}

// fleet is what the workflows ask of the plans, and what has come of it.
type fleet struct {
	*planning.Service
	sync.Mutex
	looked map[domain.ID]bool
	opened int
}

// Stand notes that a plan was looked at.
func (f *fleet) Stand(ctx context.Context, by domain.Actor, in planning.CaseInput) (planning.Standing, error) {
	out, err := f.Service.Stand(ctx, by, in)
	f.Lock()
	defer f.Unlock()
	f.looked[in.Plan] = true
	return out, err
}

// OpenReview counts the reviews.
func (f *fleet) OpenReview(ctx context.Context, by domain.Actor, in planning.CaseInput) error {
	_, err := f.Service.OpenReview(ctx, by, in)
	f.Lock()
	defer f.Unlock()
	if err == nil {
		f.opened++
	}
	return err
}

// follow starts the engine with its worker and relay, and the workflows of all plans. What it returns stops them.
func (f *fleet) follow(b *testing.B, s *site, clock *pace.Clock) func() {
	b.Helper()
	quiet := slog.New(slog.DiscardHandler)
	server, err := embedded.Start(b.Context(), embedded.Options{
		File: filepath.Join(b.TempDir(), "engine.db"), Namespace: "bench", SearchAttributes: workflows.SearchAttributes(), Logger: quiet,
	})
	must(b, err)
	c, err := workflows.Dial(workflows.DialOptions{Address: server.Address(), Namespace: "bench", Identity: "bench", Logger: quiet})
	must(b, err)
	must(b, workflows.EnsureAttributes(b.Context(), c, "bench"))
	duties := sweeping.New(s.env, store.View[sweeping.Tx]{DB: s.db}, packs(b))
	activities := workflows.Services{Sweeping: duties, Planning: f.Service, Pace: clock}.Activities()
	activities.Plans = f
	w := workflows.NewWorker(c, activities)
	must(b, w.Start())
	ctx, cancel := context.WithCancel(context.WithoutCancel(b.Context()))
	ended := make(chan struct{})
	relay := workflows.NewRelay(store.View[workflows.OutboxTx]{DB: s.db}, workflows.NewStarter(c), s.env.Now, quiet)
	go func() { relay.Run(ctx); close(ended) }()
	n, err := workflows.Resume(b.Context(), workflows.NewStarter(c), duties)
	must(b, err)
	if n != cycles {
		b.Fatalf("%d cases are open of %d", n, cycles)
	}
	return func() { cancel(); <-ended; w.Stop(); c.Close(); server.Stop() }
}

// until waits for something, for so long at most.
func (f *fleet) until(b *testing.B, what string, limit time.Duration, is func() bool) {
	b.Helper()
	for began := time.Now(); time.Since(began) < limit; time.Sleep(50 * time.Millisecond) {
		f.Lock()
		done := is()
		f.Unlock()
		if done {
			return
		}
	}
	b.Fatalf("not in %v: %s: %d looked at, %d reviews", limit, what, len(f.looked), f.opened)
}
