package sweeping_test

import (
	"context"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/internal/testkit"
	"secretariat/internal/testkit/pgtest"
	"secretariat/policies"
	"secretariat/service/sweeping"
	"secretariat/store"
)

const board domain.ID = "board"

var (
	flow      = domain.System("deliberation")
	secretary = testkit.Secretary(board)
	stranger  = testkit.Secretary("other")
)

type world struct {
	*testing.T
	db    *store.DB
	clock *testkit.Clock
	s     *sweeping.Service
	rules string
}

func engines(t *testing.T, test func(*world)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(newWorld(t, "sqlite:"+filepath.Join(t.TempDir(), "db"))) })
	t.Run("postgres", func(t *testing.T) { test(newWorld(t, pgtest.New(t, migrate))) })
}

func migrate(dsn string) error {
	ctx := context.Background()
	db, err := store.Open(ctx, dsn)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // the migration's error counts
	return db.Migrate(ctx)
}

// newWorld has one committee on the general pack, founded on 2025. 1. 2., at 2026. 11. 22. 15:00.
func newWorld(t *testing.T, dsn string) *world {
	t.Helper()
	db, err := store.Open(t.Context(), dsn)
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	must(t, db.Migrate(t.Context()))
	library, err := policies.Load("")
	must(t, err)
	w := &world{T: t, db: db, clock: testkit.NewClock()}
	w.s = sweeping.New(testkit.Env(w.clock), store.View[sweeping.Tx]{DB: db}, library)
	rules, err := library.Resolve("seoul-general", "2026-11-01")
	must(t, err)
	w.do(func(ctx context.Context, tx *store.Tx) error {
		if w.rules, err = tx.FreezePolicy(ctx, rules); err != nil {
			return err
		}
		return tx.AddCommittee(ctx, committee.Committee{
			ID: board, Code: "dx", Name: "디지털전환위원회", Pack: "seoul-general", FoundedOn: "2025-01-02",
			SunsetOn: "2029-01-02", State: committee.Active, Version: 1,
		})
	})
	return w
}

func (w *world) do(f func(context.Context, *store.Tx) error) {
	w.Helper()
	must(w.T, w.db.InTx(w.Context(), func(tx *store.Tx) error { return f(w.Context(), tx) }))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// meet adds a meeting on a day.
func (w *world) meet(id domain.ID, state meeting.State, on calendar.Date) {
	w.Helper()
	start := on.Time().Add(15 * time.Hour).UTC()
	m := meeting.Meeting{
		ID: id, Committee: board, Mode: meeting.InPerson, State: state, StartsAt: start, ExpectedEnd: start.Add(time.Hour),
		Rules: w.rules, Version: 1,
	}
	if state == meeting.Adjourned {
		end := start.Add(time.Hour)
		m.AdjournedAt = &end
	}
	w.do(func(ctx context.Context, tx *store.Tx) error { return tx.AddMeeting(ctx, m) })
}

func (w *world) sweep() sweeping.Examined {
	w.Helper()
	out, err := w.s.Sweep(w.Context(), domain.System("duties"))
	must(w.T, err)
	return out
}

// owes lists the duties of the committee by key and due date.
func (w *world) owes() []string {
	w.Helper()
	found, err := w.s.List(w.Context(), secretary, sweeping.ListInput{Committee: board})
	must(w.T, err)
	out := []string{}
	for _, d := range found.Duties {
		out = append(out, d.Key+" "+string(d.Due))
	}
	return out
}

func (w *world) expect(want ...string) {
	w.Helper()
	if diff := cmp.Diff(want, w.owes()); diff != "" {
		w.Errorf("the committee owes (-want +got):\n%s", diff)
	}
}

func TestDutiesComeAndGo(t *testing.T) {
	engines(t, func(w *world) {
		w.sweep()
		w.expect("committee.quarter_without_meeting ")
		w.meet("m1", meeting.Adjourned, "2026-11-10") // sign by 11. 17., publish by 11. 20.
		w.meet("m2", meeting.Planned, "2026-12-10")   // to convene by 11. 25.
		if got := w.sweep(); got != (sweeping.Examined{Found: 3, Resolved: 1}) {
			w.Errorf("sweep %+v", got)
		}
		w.expect("duty.minutes_unsigned 2026-11-17", "duty.minutes_unpublished 2026-11-20", "duty.notice 2026-11-25")
		w.publish("m1")
		w.sweep()
		w.expect("duty.notice 2026-11-25")
		w.clock.Set(calendar.Date("2027-03-20").Time())
		w.sweep()
		w.expect("duty.annual_report 2027-03-31", "committee.quarter_without_meeting ")
	})
}

func (w *world) publish(of domain.ID) {
	w.Helper()
	at := w.clock.Now()
	w.do(func(ctx context.Context, tx *store.Tx) error {
		return tx.AddMinutes(ctx, minutes.Minutes{
			ID: "min-" + of, Meeting: of, Committee: board, State: minutes.Published, PublishedAt: &at, Version: 1,
		})
	})
}

func TestSweepThatFindsNothingNewWritesNothing(t *testing.T) {
	engines(t, func(w *world) {
		w.meet("m1", meeting.Adjourned, "2026-11-10")
		w.sweep()
		before := w.acts()
		if got := w.sweep(); got != (sweeping.Examined{}) {
			w.Errorf("the second sweep changed %+v", got)
		}
		if after := w.acts(); after != before {
			w.Errorf("%d audit entries after a sweep that changed nothing, %d before", after, before)
		}
	})
}

func (w *world) acts() (n int) {
	w.do(func(ctx context.Context, tx *store.Tx) error {
		found, err := tx.AuditAfter(ctx, "", 1000)
		n = len(found)
		return err
	})
	return n
}

func TestSweepsAtTheSameTimeFindEachDutyOnce(t *testing.T) {
	engines(t, func(w *world) {
		w.meet("m1", meeting.Adjourned, "2026-11-10")
		var all sync.WaitGroup
		for range 6 {
			all.Go(func() {
				if _, err := w.s.Sweep(w.Context(), flow); err != nil {
					w.Error(err)
				}
			})
		}
		all.Wait()
		if got := w.owes(); len(got) != 2 {
			w.Errorf("the committee owes %v", got)
		}
	})
}

func TestIncidentIsCountedThenResolved(t *testing.T) {
	engines(t, func(w *world) {
		w.meet("m1", meeting.Convened, "2026-12-10")
		failed := sweeping.IncidentInput{Kind: "meeting", Case: "m1", Step: "notice.send", Code: "unavailable", Key: "unavailable"}
		for range 3 {
			must(w.T, w.s.Record(w.Context(), flow, failed))
			w.clock.Advance(time.Hour)
		}
		must(w.T, w.s.Record(w.Context(), flow, sweeping.IncidentInput{Kind: "duties", Step: "duty.sweep", Code: "internal"}))
		found, err := w.s.Incidents(w.Context(), secretary, sweeping.IncidentsInput{Committee: board})
		must(w.T, err)
		if len(found.Items) != 1 || found.Items[0].Times != 3 || found.Items[0].LastAt.Sub(found.Items[0].At) != 2*time.Hour {
			w.Fatalf("incidents of the committee: %+v", found.Items)
		}
		must(w.T, w.s.Settle(w.Context(), flow, sweeping.IncidentInput{Kind: "meeting", Case: "m1", Step: "case.stand"}))
		must(w.T, w.s.Settle(w.Context(), flow, failed))
		left, err := w.s.Incidents(w.Context(), testkit.Admin(), sweeping.IncidentsInput{})
		must(w.T, err)
		if len(left.Items) != 1 || left.Items[0].Kind != "duties" {
			w.Errorf("incidents left: %+v", left.Items)
		}
	})
}

func TestIncidentResolvedByHandWakesItsCase(t *testing.T) {
	engines(t, func(w *world) {
		w.meet("m1", meeting.Convened, "2026-12-10")
		must(w.T, w.s.Record(w.Context(), flow, sweeping.IncidentInput{Kind: "meeting", Case: "m1", Step: "notice.send"}))
		found, err := w.s.Incidents(w.Context(), secretary, sweeping.IncidentsInput{Committee: board})
		must(w.T, err)
		in := sweeping.ResolveInput{Incident: found.Items[0].ID}
		if _, err := w.s.Resolve(w.Context(), stranger, in); domain.CodeOf(err) != domain.CodeForbidden {
			w.Errorf("another committee's secretary resolves it: %v", err)
		}
		for range 2 {
			if _, err := w.s.Resolve(w.Context(), secretary, in); err != nil {
				w.Error(err)
			}
		}
		w.do(func(ctx context.Context, tx *store.Tx) error {
			woken, err := tx.PendingSignals(ctx, 10)
			if len(woken) != 1 || woken[0].Case != "m1" {
				w.Errorf("signals %+v", woken)
			}
			return err
		})
	})
}

func TestStrangersSeeNothing(t *testing.T) {
	engines(t, func(w *world) {
		for _, by := range []domain.Actor{stranger, testkit.Member(board, "x", false), domain.Public()} {
			_, errs := w.s.List(w.Context(), by, sweeping.ListInput{Committee: board})
			_, errI := w.s.Incidents(w.Context(), by, sweeping.IncidentsInput{Committee: board})
			_, errO := w.s.Open(w.Context(), by, sweeping.OpenInput{})
			_, errC := w.s.Open(w.Context(), by, sweeping.OpenInput{Committee: board})
			_, errX := w.s.Sweep(w.Context(), by)
			errR := w.s.Record(w.Context(), by, sweeping.IncidentInput{Kind: "meeting", Case: "m1", Step: "s"})
			for n, err := range []error{errs, errI, errO, errC, errX, errR} {
				if domain.CodeOf(err) != domain.CodeForbidden {
					w.Errorf("%s, call %d: %v", by.ID, n, err)
				}
			}
		}
	})
}

func TestOpenCasesAreThoseNotEnded(t *testing.T) {
	engines(t, func(w *world) {
		w.meet("a-planned", meeting.Planned, "2026-12-10")
		w.meet("b-open", meeting.Open, "2026-11-22")
		w.meet("c-cancelled", meeting.Cancelled, "2026-12-01") // nobody was invited
		w.meet("d-unpublished", meeting.Adjourned, "2026-11-10")
		w.meet("e-done", meeting.Adjourned, "2026-11-11")
		w.meet("f-follow-up", meeting.Adjourned, "2026-11-12")
		w.publish("e-done")
		w.publish("f-follow-up")
		w.followUp("f-follow-up")
		got, after := []domain.ID{}, ""
		for {
			page, err := w.s.Open(w.Context(), domain.System("resume"), sweeping.OpenInput{After: after, Limit: 2})
			must(w.T, err)
			for _, c := range page.Items {
				got = append(got, c.ID)
			}
			if after = page.Next; after == "" {
				break
			}
		}
		want := []domain.ID{"a-planned", "b-open", "d-unpublished", "f-follow-up"}
		if !slices.Equal(got, want) {
			w.Errorf("open cases %v, want %v", got, want)
		}
		for committee, want := range map[domain.ID]int{board: len(want), "another": 0} {
			page, err := w.s.Open(w.Context(), testkit.Secretary(committee), sweeping.OpenInput{Committee: committee})
			if err != nil || len(page.Items) != want {
				w.Errorf("%s: %d open cases, want %d (%v)", committee, len(page.Items), want, err)
			}
		}
	})
}

func (w *world) followUp(of domain.ID) {
	w.Helper()
	w.do(func(ctx context.Context, tx *store.Tx) error {
		item := meeting.Item{ID: "item-" + of, Meeting: of, Position: 1, Version: 1}
		if err := tx.AddItem(ctx, item); err != nil {
			return err
		}
		d := minutes.Decision{ID: "dec-" + of, Committee: board, Meeting: of, Item: item.ID, Number: "제2026-1호"}
		if err := tx.AddDecision(ctx, d); err != nil {
			return err
		}
		return tx.AddAction(ctx, minutes.Action{ID: "act-" + of, Decision: d.ID, Due: "2026-11-20", Version: 1})
	})
}

func TestOverdueFollowUpIsOwed(t *testing.T) {
	engines(t, func(w *world) {
		w.meet("m1", meeting.Adjourned, "2026-11-12")
		w.publish("m1")
		w.followUp("m1")
		w.sweep()
		w.expect("duty.action_overdue 2026-11-20")
	})
}
