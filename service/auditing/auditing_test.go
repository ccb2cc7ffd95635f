package auditing_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain"
	"secretariat/internal/testkit"
	"secretariat/internal/testkit/hall"
	"secretariat/service/auditing"
	"secretariat/store"
)

var auditor = domain.Actor{ID: "auditor", Kind: domain.ActorPerson, Auditor: true}

// engines runs the test on both databases, each with n entries, every third of them of the case "m".
func engines(t *testing.T, n int, f func(t *testing.T, db *hall.Database, s *auditing.Service)) {
	t.Helper()
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		clock := testkit.NewClock()
		hall.Must(t, db.InTx(t.Context(), func(tx *store.Tx) error {
			for i := range n {
				e := domain.AuditEntry{
					ID: id(i), At: clock.Now(), Actor: "a", ActorKind: domain.ActorPerson, Action: "item.table",
					Kind: "item", Subject: "i",
					Case: map[bool]domain.ID{true: "m", false: "other"}[i%3 == 0], Facts: map[string]string{"n": fmt.Sprint(i)},
				}
				if err := tx.Audit(t.Context(), e); err != nil {
					return err
				}
			}
			return nil
		}))
		f(t, db, auditing.New(store.View[auditing.Tx]{DB: db.DB}, store.AuditHash))
	})
}

func id(n int) domain.ID { return domain.ID(fmt.Sprintf("e-%06d", n)) }

// listed pages through the trail.
func listed(t *testing.T, s *auditing.Service, of domain.ID, size int) []domain.ID {
	t.Helper()
	var out []domain.ID
	in := auditing.ListInput{Case: of, Limit: size}
	for {
		page, err := s.List(t.Context(), auditor, in)
		hall.Must(t, err)
		for _, e := range page.Items {
			out = append(out, e.ID)
		}
		if page.Next == "" {
			return out
		}
		in.Before = domain.ID(page.Next)
	}
}

func TestTrailIsListedNewestFirst(t *testing.T) {
	engines(t, 8, func(t *testing.T, _ *hall.Database, s *auditing.Service) {
		for of, want := range map[domain.ID][]domain.ID{
			"m": {id(6), id(3), id(0)}, "other": {id(7), id(5), id(4), id(2), id(1)}, "none": nil,
			"": {id(7), id(6), id(5), id(4), id(3), id(2), id(1), id(0)},
		} {
			for _, size := range []int{1, 2, 3, 50} {
				if diff := cmp.Diff(want, listed(t, s, of, size)); diff != "" {
					t.Errorf("case %q in pages of %d (-want +got):\n%s", of, size, diff)
				}
			}
		}
	})
}

func TestWhoReadsTheTrail(t *testing.T) {
	engines(t, 1, func(t *testing.T, _ *hall.Database, s *auditing.Service) {
		for _, by := range []domain.Actor{
			domain.Public(), {ID: "p", Kind: domain.ActorPerson}, testkit.Secretary("m"), testkit.Member("m", "x", true),
			domain.System("x"),
		} {
			_, err := s.List(t.Context(), by, auditing.ListInput{Case: "m"})
			hall.Wants(t, err, "forbidden")
		}
		_, err := s.List(t.Context(), testkit.Admin(), auditing.ListInput{Case: "m"})
		hall.Must(t, err)
	})
}

func TestVerifyFindsWhatWasChanged(t *testing.T) {
	const n = 1203 // more than are read at once
	engines(t, n, func(t *testing.T, db *hall.Database, s *auditing.Service) {
		checked, err := s.Verify(t.Context())
		hall.Must(t, err)
		if diff := cmp.Diff(auditing.Checked{Entries: n}, checked); diff != "" {
			t.Errorf("an unchanged trail (-want +got):\n%s", diff)
		}
		for i, change := range []string{
			"actor = 'b'", `"case" = 'x'`, "at = '2026-11-22 06:00:00.000001+00:00'", "facts = NULL",
		} {
			first := id(900 - 100*i) // before those changed already
			tampered(t, db, func(ctx context.Context) error {
				return db.Exec(ctx, "UPDATE audit_entries SET "+change+" WHERE id IN (?, ?)", first, id(1100))
			})
			checked, err = s.Verify(t.Context())
			hall.Must(t, err)
			if diff := cmp.Diff(auditing.Checked{Entries: n, Bad: first}, checked); diff != "" {
				t.Errorf("after %s (-want +got):\n%s", change, diff)
			}
		}
	})
}

// tampered does what only somebody can do who has the database and switches its guards off.
func tampered(t *testing.T, db *hall.Database, f func(context.Context) error) {
	t.Helper()
	off := map[string]string{
		"sqlite":   "DROP TRIGGER IF EXISTS audit_entries_no_update",
		"postgres": "DROP TRIGGER IF EXISTS audit_entries_no_change ON audit_entries",
	}
	hall.Must(t, db.Exec(t.Context(), off[db.Engine()]))
	hall.Must(t, f(t.Context()))
}
