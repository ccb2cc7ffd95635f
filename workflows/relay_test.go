package workflows

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/internal/testkit"
	"secretariat/internal/testkit/pgtest"
	"secretariat/service/sweeping"
	"secretariat/store"

	"github.com/google/go-cmp/cmp"
	"go.temporal.io/api/serviceerror"
)

// waker counts how often each case was woken and fails when told to.
type waker struct {
	mu    sync.Mutex
	woken map[domain.ID]int
	fail  func(domain.ID) error
}

func (w *waker) Start(_ context.Context, kind string, id domain.ID) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, known := typeOf(kind); !known {
		return errNoWorkflow
	}
	if w.fail != nil {
		if err := w.fail(id); err != nil {
			return err
		}
	}
	w.woken[id]++
	return nil
}

func (w *waker) times(id domain.ID) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.woken[id]
}

func (w *waker) set(fail func(domain.ID) error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.fail = fail
}

type outbox struct {
	*testing.T
	db   *store.DB
	last int
}

func engines(t *testing.T, test func(*outbox)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(newOutbox(t, "sqlite:"+filepath.Join(t.TempDir(), "db"))) })
	t.Run("postgres", func(t *testing.T) { test(newOutbox(t, pgtest.New(t, migrate))) })
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

func newOutbox(t *testing.T, dsn string) *outbox {
	t.Helper()
	db, err := store.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return &outbox{T: t, db: db}
}

func (o *outbox) relay(w Waker) *Relay {
	return NewRelay(store.View[OutboxTx]{DB: o.db}, w, testkit.NewClock().Now, slog.New(slog.DiscardHandler))
}

func (o *outbox) put(kind string, ids ...domain.ID) {
	o.Helper()
	err := o.db.InTx(o.Context(), func(tx *store.Tx) error {
		for _, id := range ids {
			o.last++
			s := domain.Signal{ID: domain.ID(fmt.Sprintf("s%06d", o.last)), Kind: kind, Case: id, At: day(2, 9).UTC()}
			if err := tx.Enqueue(o.Context(), s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		o.Fatal(err)
	}
}

// left lists the cases whose signals wait, and how often each was tried.
func (o *outbox) left() map[domain.ID]int {
	o.Helper()
	out := map[domain.ID]int{}
	err := o.db.Read(o.Context(), func(tx *store.Tx) error {
		pending, err := tx.PendingSignals(o.Context(), 1000)
		for _, s := range pending {
			out[s.Case] = s.Tries
		}
		return err
	})
	if err != nil {
		o.Fatal(err)
	}
	return out
}

func (o *outbox) eventually(what string, ok func() bool) {
	o.Helper()
	for range 6000 {
		if ok() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	o.Fatalf("never: %s", what)
}

func TestRelayWakesEachCaseAndEmptiesTheOutbox(t *testing.T) {
	engines(t, func(o *outbox) {
		o.put(KindMeeting, "a", "b", "a", "a")
		o.put("unheard-of", "x")
		w := &waker{woken: map[domain.ID]int{}}
		n, err := o.relay(w).Drain(o.Context())
		if n != 5 || err != nil {
			o.Errorf("sent %d, %v", n, err)
		}
		if diff := cmp.Diff(map[domain.ID]int{"a": 1, "b": 1}, w.woken); diff != "" {
			o.Errorf("woken (-want +got):\n%s", diff)
		}
		if left := o.left(); len(left) > 0 {
			o.Errorf("left %v", left)
		}
	})
}

func TestRefusedSignalStaysAndHoldsUpNoOther(t *testing.T) {
	engines(t, func(o *outbox) {
		o.put(KindMeeting, "bad", "good")
		w := &waker{woken: map[domain.ID]int{}, fail: func(id domain.ID) error {
			if id == "bad" {
				return serviceerror.NewInvalidArgument("refused")
			}
			return nil
		}}
		if _, err := o.relay(w).Drain(o.Context()); err == nil {
			o.Error("the failure is not told")
		}
		if diff := cmp.Diff(map[domain.ID]int{"bad": 1}, o.left()); diff != "" || w.times("good") != 1 {
			o.Errorf("left (-want +got):\n%s\ngood woken %d times", diff, w.times("good"))
		}
	})
}

func TestRelayOutlivesTemporal(t *testing.T) {
	engines(t, func(o *outbox) {
		w := &waker{woken: map[domain.ID]int{}}
		w.set(func(domain.ID) error { return serviceerror.NewUnavailable("down") })
		o.put(KindMeeting, "a", "b")
		relay := o.relay(w)
		ctx, cancel := context.WithCancel(o.Context())
		ended := make(chan struct{})
		go func() { relay.Run(ctx); close(ended) }()
		o.eventually("the first is tried", func() bool { return o.left()["a"] > 0 })
		if o.left()["b"] > 0 {
			o.Error("the rest was tried although Temporal is away")
		}
		w.set(nil)
		o.eventually("both are woken", func() bool { return w.times("a") == 1 && w.times("b") == 1 })
		o.eventually("the outbox is empty", func() bool { return len(o.left()) == 0 })
		cancel()
		<-ended
	})
}

func TestNotifySendsAtOnce(t *testing.T) {
	engines(t, func(o *outbox) {
		w := &waker{woken: map[domain.ID]int{}}
		relay := o.relay(w)
		go relay.Run(o.Context())
		time.Sleep(2 * relayIdle) // it looks rarely by now
		began := time.Now()
		o.put(KindMeeting, "a")
		relay.Notify()
		o.eventually("it is woken", func() bool { return w.times("a") > 0 })
		if took := time.Since(began); took > relayIdle/2 {
			o.Errorf("it took %v", took)
		}
	})
}

func TestSeveralRelaysLoseNothing(t *testing.T) {
	engines(t, func(o *outbox) {
		w := &waker{woken: map[domain.ID]int{}}
		ctx, cancel := context.WithCancel(o.Context())
		var all sync.WaitGroup
		for range 3 {
			relay := o.relay(w)
			all.Go(func() { relay.Run(ctx) })
			relay.Notify()
		}
		for n := range 300 {
			o.put(KindMeeting, domain.ID(fmt.Sprint(n)))
		}
		o.eventually("the outbox is empty", func() bool { return len(o.left()) == 0 })
		cancel()
		all.Wait()
		for n := range 300 {
			if w.times(domain.ID(fmt.Sprint(n))) == 0 {
				o.Errorf("case %d was not woken", n)
			}
		}
	})
}

func TestResumeWakesEveryPage(t *testing.T) {
	engines(t, func(o *outbox) {
		w := &waker{woken: map[domain.ID]int{}}
		n, err := Resume(o.Context(), w, manyCases(450))
		if n != 450 || err != nil || len(w.woken) != 450 {
			o.Errorf("woken %d of 450, %v", n, err)
		}
		w.set(func(domain.ID) error { return errors.New("away") })
		if n, err := Resume(o.Context(), w, manyCases(3)); n != 0 || err == nil {
			o.Errorf("woken %d although Temporal is away, %v", n, err)
		}
	})
}

// manyCases is a record of so many open cases, by number, in pages of 100.
type manyCases int

func (m manyCases) Open(_ context.Context, _ domain.Actor, in sweeping.OpenInput) (sweeping.OpenPage, error) {
	var page sweeping.OpenPage
	from, _ := strconv.Atoi(in.After)
	for n := from; n < min(from+100, int(m)); n++ {
		page.Items = append(page.Items, sweeping.Case{Kind: KindMeeting, ID: domain.ID(fmt.Sprint(n))})
	}
	if from+100 < int(m) {
		page.Next = strconv.Itoa(from + 100)
	}
	return page, nil
}
