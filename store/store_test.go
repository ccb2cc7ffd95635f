package store_test

import (
	"testing"

	"secretariat/domain/identity"
	"secretariat/store"
	"secretariat/store/storetest"
)

func TestKernel(t *testing.T) { onBoth(t, storetest.Kernel) }

func TestIdentity(t *testing.T) { onBoth(t, storetest.Identity) }

func TestCommittees(t *testing.T) { onBoth(t, storetest.Committees) }

func TestReadingCannotWrite(t *testing.T) {
	onBoth(t, func(t *testing.T, db *store.DB) {
		err := db.Read(t.Context(), func(tx *store.Tx) error {
			_, err := tx.NextNumber(t.Context(), "scope")
			return err
		})
		if err == nil {
			t.Error("a transaction that only reads has written")
		}
	})
}

func TestReadingSeesOneState(t *testing.T) {
	onBoth(t, func(t *testing.T, db *store.DB) {
		account := identity.Account{ID: "a", Email: "a@example.kr", Version: 1}
		err := db.Read(t.Context(), func(tx *store.Tx) error {
			before, err := tx.Accounts(t.Context(), "", 10)
			if err != nil {
				return err
			}
			if err := db.InTx(t.Context(), func(tx *store.Tx) error { return tx.AddAccount(t.Context(), account) }); err != nil {
				return err
			}
			after, err := tx.Accounts(t.Context(), "", 10)
			if len(before) != 0 || len(after) != 0 {
				t.Errorf("%d accounts, then %d in one reading", len(before), len(after))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// TestInMemory runs the whole contract on a database that is never written to disk.
func TestInMemory(t *testing.T) {
	storetest.Run(t, func(t *testing.T) *store.DB { return opened(t, "sqlite::memory:") })
}
