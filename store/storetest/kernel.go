package storetest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/policy"
	"secretariat/service"
	"secretariat/store"
)

// Kernel checks what stands under every area: transactions, the audit trail, the outbox, idempotency keys, frozen
// policies and numbers.
func Kernel(t *testing.T, db *store.DB) {
	t.Run("transactions", func(t *testing.T) { transactions(t, db) })
	t.Run("errors", func(t *testing.T) { errorsAreOurs(t, db) })
	t.Run("audit trail", func(t *testing.T) { auditTrail(t, db) })
	t.Run("audit trail stays", func(t *testing.T) { auditStays(t, db) })
	t.Run("outbox", func(t *testing.T) { outbox(t, db) })
	t.Run("idempotency keys", func(t *testing.T) { keysAreTaken(t, db) })
	t.Run("one key at once", func(t *testing.T) { keyActsOnce(t, db) })
	t.Run("a key that is being used", func(t *testing.T) { keyIsWaitedFor(t, db) })
	t.Run("policies", func(t *testing.T) { policiesFreeze(t, db) })
	t.Run("numbers", func(t *testing.T) { numbersHaveNoGaps(t, db) })
}

var errBroken = errors.New("broken on purpose")

func transactions(t *testing.T, db *store.DB) {
	number := func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.NextNumber(ctx, "transactions")
		return err
	}
	err := db.InTx(t.Context(), func(tx *store.Tx) error { return errors.Join(number(t.Context(), tx), errBroken) })
	if !errors.Is(err, errBroken) {
		t.Errorf("error %v, want the one of the closure", err)
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic of a closure is swallowed")
			}
		}()
		_ = db.InTx(t.Context(), func(tx *store.Tx) error { panic(number(t.Context(), tx)) })
	}()
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		n, err := tx.NextNumber(ctx, "transactions")
		same(t, n, 1)
		return err
	})
}

func errorsAreOurs(t *testing.T, db *store.DB) {
	signal := filled[domain.Signal](1)
	within(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.Enqueue(ctx, signal) })
	refused(t, db, "conflict.signal", func(ctx context.Context, tx *store.Tx) error { return tx.Enqueue(ctx, signal) })
	refused(t, db, "not_found.policy", func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Policy(ctx, "none")
		return err
	})
	own := domain.Refused("ballot.closed", "위원회조례 9", nil)
	err := db.InTx(t.Context(), func(*store.Tx) error { return own })
	if !errors.Is(err, own) {
		t.Errorf("error %v, want the one of the closure", err)
	}
}

// entries writes audit entries and gives them back as they should be read.
func entries(t *testing.T, db *store.DB, in ...domain.AuditEntry) []domain.AuditEntry {
	t.Helper()
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		for i := range in {
			if err := tx.Audit(ctx, in[i]); err != nil {
				return err
			}
			hash, err := store.AuditHash(in[i])
			if err != nil {
				return err
			}
			in[i].Hash = hash
		}
		return nil
	})
	return in
}

func auditTrail(t *testing.T, db *store.DB) {
	one, two, three := filled[domain.AuditEntry](1), filled[domain.AuditEntry](2), filled[domain.AuditEntry](3)
	one.ID, two.ID, three.ID = "a1", "a2", "a3"
	one.Case, two.Case, three.Case = "case", "", "case"
	two.Facts = nil
	all := entries(t, db, one, two, three)
	one, two, three = all[0], all[1], all[2]
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		for _, x := range []struct {
			of, before domain.ID
			limit      int
			want       []domain.AuditEntry
		}{
			{"", "", 10, []domain.AuditEntry{three, two, one}}, {"case", "", 10, []domain.AuditEntry{three, one}},
			{"case", "a3", 10, []domain.AuditEntry{one}}, {"", "", 2, []domain.AuditEntry{three, two}},
			{"", "a2", 10, []domain.AuditEntry{one}}, {"none", "", 10, []domain.AuditEntry{}},
		} {
			got, err := tx.AuditTrail(ctx, x.of, x.before, x.limit)
			if err != nil {
				return err
			}
			same(t, got, x.want)
		}
		after, err := tx.AuditAfter(ctx, "a1", 1)
		same(t, after, []domain.AuditEntry{two})
		if err != nil {
			return err
		}
		last, err := tx.LastAct(ctx)
		same(t, last, three.At)
		return err
	})
	for _, e := range all {
		if again, err := store.AuditHash(e); err != nil || again != e.Hash {
			t.Errorf("%s is hashed to %s when read, was %s: %v", e.ID, again, e.Hash, err)
		}
	}
	refused(t, db, "conflict.audit", func(ctx context.Context, tx *store.Tx) error { return tx.Audit(ctx, one) })
}

func auditStays(t *testing.T, db *store.DB) {
	entries(t, db, domain.AuditEntry{ID: "stays", At: moment(1), Actor: "a", Action: "ballot.close"})
	attempts := []string{
		"UPDATE audit_entries SET actor = 'b' WHERE id = 'stays'", "DELETE FROM audit_entries WHERE id = 'stays'",
		"DELETE FROM audit_entries",
	}
	if db.Engine() == "postgres" {
		attempts = append(attempts, "TRUNCATE audit_entries")
	}
	for _, query := range attempts {
		if err := db.Exec(t.Context(), query); err == nil {
			t.Errorf("%s: the audit trail can be changed", query)
		}
	}
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		found, err := tx.AuditAfter(ctx, "staxs", 10)
		if len(found) != 1 || found[0].Actor != "a" {
			t.Errorf("the entry is now %+v", found)
		}
		return err
	})
}

func outbox(t *testing.T, db *store.DB) {
	first, second := filled[domain.Signal](10), filled[domain.Signal](11)
	first.ID, second.ID, first.SentAt, second.SentAt = "o1", "o2", nil, nil
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		for _, s := range []domain.Signal{second, first} {
			if err := tx.Enqueue(ctx, s); err != nil {
				return err
			}
		}
		waiting, err := tx.PendingSignals(ctx, 10)
		same(t, waiting, []domain.Signal{first, second})
		if err != nil {
			return err
		}
		if err := tx.SignalTried(ctx, first.ID); err != nil {
			return err
		}
		first.Tries++
		waiting, err = tx.PendingSignals(ctx, 1)
		same(t, waiting, []domain.Signal{first})
		if err != nil {
			return err
		}
		if err := tx.SignalSent(ctx, first.ID, moment(5)); err != nil {
			return err
		}
		waiting, err = tx.PendingSignals(ctx, 10)
		same(t, waiting, []domain.Signal{second})
		return err
	})
}

func keysAreTaken(t *testing.T, db *store.DB) {
	key := service.Once{Actor: "a", Op: "ballot.cast", Key: "k", Digest: "d"}
	recall := func(ctx context.Context, tx *store.Tx, o service.Once, answer string, known bool) error {
		got, was, err := tx.Recall(ctx, o)
		if string(got) != answer || was != known {
			t.Errorf("%+v: recalled %q, known %v; want %q, %v", o, got, was, answer, known)
		}
		return err
	}
	err := db.InTx(t.Context(), func(tx *store.Tx) error {
		first := recall(t.Context(), tx, key, "", false)
		return errors.Join(first, tx.Remember(t.Context(), key, []byte(`{"n":1}`), moment(1)), errBroken)
	})
	if !errors.Is(err, errBroken) {
		t.Fatal(err)
	}
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(recall(ctx, tx, key, "", false), tx.Remember(ctx, key, []byte(`{"n":2}`), moment(2)))
	})
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		other := key
		other.Actor = "b"
		known, free := recall(ctx, tx, key, `{"n":2}`, true), recall(ctx, tx, other, "", false)
		return errors.Join(known, free, tx.Remember(ctx, other, []byte(`3`), moment(3)))
	})
	for _, change := range []func(*service.Once){
		func(o *service.Once) { o.Op = "ballot.close" }, func(o *service.Once) { o.Digest = "e" },
	} {
		another := key
		change(&another)
		refused(t, db, "idempotency.key_used", func(ctx context.Context, tx *store.Tx) error {
			_, _, err := tx.Recall(ctx, another)
			return err
		})
	}
	refused(t, db, "idempotency.race", func(ctx context.Context, tx *store.Tx) error {
		return tx.Remember(ctx, key, []byte(`4`), moment(4))
	})
}

// keyActsOnce gives one key to several acts at once: one acts, the others wait for its answer.
func keyActsOnce(t *testing.T, db *store.DB) {
	key := service.Once{Actor: "a", Op: "seat.add", Key: "at once", Digest: "d"}
	act := func(ctx context.Context, tx *store.Tx) (string, error) {
		answer, known, err := tx.Recall(ctx, key)
		if known || err != nil {
			return string(answer), err
		}
		n, err := tx.NextNumber(ctx, "acts")
		if err != nil {
			return "", err
		}
		answer = []byte{byte('0' + n)}
		return string(answer), tx.Remember(ctx, key, answer, moment(1))
	}
	got := together(t, db, 8, func(ctx context.Context, tx *store.Tx, _ int) (string, error) { return act(ctx, tx) })
	for _, answer := range got {
		if answer != "1" {
			t.Errorf("answers %q, want every one to be that of the first act", got)
			break
		}
	}
}

// keyIsWaitedFor asks for a key that an act under way has taken: with its answer, or for a new act when it fails.
func keyIsWaitedFor(t *testing.T, db *store.DB) {
	for name, broken := range map[string]error{"succeeds": nil, "fails": errBroken} {
		key := service.Once{Actor: "a", Op: "seat.add", Key: "the first " + name, Digest: "d"}
		type recalled struct {
			answer string
			known  bool
			err    error
		}
		second := make(chan recalled, 1)
		err := db.InTx(t.Context(), func(tx *store.Tx) error {
			if _, _, err := tx.Recall(t.Context(), key); err != nil {
				return err
			}
			go func() {
				var r recalled
				r.err = db.InTx(t.Context(), func(tx *store.Tx) error {
					answer, known, err := tx.Recall(t.Context(), key)
					r.answer, r.known = string(answer), known
					return err
				})
				second <- r
			}()
			select {
			case r := <-second:
				second <- r
			case <-time.After(200 * time.Millisecond): // long enough for what does not wait
			}
			return errors.Join(tx.Remember(t.Context(), key, []byte("1"), moment(1)), broken)
		})
		if !errors.Is(err, broken) {
			t.Fatal(err)
		}
		want := recalled{answer: "1", known: true}
		if broken != nil {
			want = recalled{}
		}
		if got := <-second; got != want {
			t.Errorf("the first %s, the second recalls %+v", name, got)
		}
	}
}

// together runs f in n transactions at once and gives their results; an error fails the test.
func together[R any](
	t *testing.T, db *store.DB, n int, f func(ctx context.Context, tx *store.Tx, i int) (R, error),
) []R {
	t.Helper()
	out, errs := make([]R, n), make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			errs[i] = db.InTx(t.Context(), func(tx *store.Tx) error {
				var err error
				out[i], err = f(t.Context(), tx, i)
				return err
			})
		})
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	return out
}

func policiesFreeze(t *testing.T, db *store.DB) {
	r := policy.Rules{Pack: "묶음", Title: "제목", Provisional: true, Day: "2026-11-22", Entries: []policy.Entry{
		{
			Key: "k", Value: "> 1/2", Citation: "조례 1<2>&", Kind: policy.Statute, From: "2026-01-01", Until: "2026-12-31",
			Note: "비고",
		},
	}}
	var hash string
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		first, err := tx.FreezePolicy(ctx, r)
		if err != nil {
			return err
		}
		hash, err = tx.FreezePolicy(ctx, r)
		same(t, []string{first, hash}, []string{r.Hash(), r.Hash()})
		if err != nil {
			return err
		}
		read, err := tx.Policy(ctx, hash)
		same(t, read, r)
		return err
	})
	if err := db.Exec(t.Context(), "UPDATE policies SET rules = REPLACE(CAST(rules AS TEXT), '1/2', '1/3')"+
		map[string]string{"postgres": "::jsonb"}[db.Engine()]); err != nil {
		t.Fatal(err)
	}
	refused(t, db, "policy.tampered", func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Policy(ctx, hash)
		return err
	})
}

// numbersHaveNoGaps draws numbers in many transactions at once, a third of which fail.
func numbersHaveNoGaps(t *testing.T, db *store.DB) {
	const tries = 30
	var mu sync.Mutex
	var kept []int
	var all sync.WaitGroup
	for i := range tries {
		all.Go(func() {
			var drawn int
			err := db.InTx(t.Context(), func(tx *store.Tx) error {
				var err error
				if drawn, err = tx.NextNumber(t.Context(), "item/c/2026"); err == nil && i%3 == 0 {
					err = errBroken
				}
				return err
			})
			if err != nil && !errors.Is(err, errBroken) {
				t.Error(err)
			}
			if err == nil {
				mu.Lock()
				kept = append(kept, drawn)
				mu.Unlock()
			}
		})
	}
	all.Wait()
	slices.Sort(kept)
	var want []int
	for n := range tries * 2 / 3 {
		want = append(want, n+1)
	}
	same(t, kept, want)
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		n, err := tx.NextNumber(ctx, "item/c/2027")
		same(t, n, 1)
		return err
	})
}
