package storetest

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/identity"
	"secretariat/store"
)

// Identity checks the methods on accounts, tokens, tries and staff assignments.
func Identity(t *testing.T, db *store.DB) {
	t.Run("accounts", func(t *testing.T) { accountsRoundTrip(t, db) })
	t.Run("pages of accounts", func(t *testing.T) { accountPages(t, db) })
	t.Run("one address at once", func(t *testing.T) { addressIsUnique(t, db) })
	t.Run("locks in the wrong order", func(t *testing.T) { deadlocksAreTriedAgain(t, db) })
	t.Run("tokens", func(t *testing.T) { tokensRoundTrip(t, db) })
	t.Run("tries", func(t *testing.T) { triesRoundTrip(t, db) })
	t.Run("tries at once", func(t *testing.T) { triesAreAllCounted(t, db) })
	t.Run("staff", func(t *testing.T) { assignmentsRoundTrip(t, db) })
	t.Run("links", func(t *testing.T) { linksRoundTrip(t, db) })
	t.Run("bearers", func(t *testing.T) { bearersAtAGlance(t, db) })
}

func accountsRoundTrip(t *testing.T, db *store.DB) {
	a := filled[identity.Account](1)
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddAccount(ctx, a); err != nil {
			return err
		}
		read, err := tx.Account(ctx, a.ID)
		same(t, read, a)
		if err != nil {
			return err
		}
		read, err = tx.AccountByEmail(ctx, a.Email)
		same(t, read, a)
		return err
	})
	refused(t, db, "conflict.account", func(ctx context.Context, tx *store.Tx) error {
		twin := filled[identity.Account](2)
		twin.Email = a.Email
		return tx.AddAccount(ctx, twin)
	})
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		read, err := tx.LockAccount(ctx, a.ID)
		if err != nil {
			return err
		}
		old := read
		read.Name, read.Admin, read.Auditor, read.Disabled, read.Password = "바뀜", false, false, false, "hash"
		if err := tx.ChangeAccount(ctx, &read); err != nil {
			return err
		}
		now, err := tx.Account(ctx, a.ID)
		same(t, now, read)
		same(t, read.Version, old.Version+1)
		if stale := tx.ChangeAccount(ctx, &old); domain.CodeOf(stale) != domain.CodeStale {
			t.Errorf("an old version is written: %v", stale)
		}
		return err
	})
	for _, read := range []func(context.Context, *store.Tx) error{
		func(ctx context.Context, tx *store.Tx) error { _, err := tx.Account(ctx, "none"); return err },
		func(ctx context.Context, tx *store.Tx) error { _, err := tx.LockAccount(ctx, "none"); return err },
		func(ctx context.Context, tx *store.Tx) error { _, err := tx.AccountByEmail(ctx, "none"); return err },
	} {
		refused(t, db, "not_found.account", read)
	}
}

// addAccounts writes accounts whose ids are in another order than their addresses.
func addAccounts(t *testing.T, db *store.DB, addresses ...string) []identity.Account {
	t.Helper()
	out := make([]identity.Account, len(addresses))
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		for i, address := range addresses {
			out[i] = identity.Account{
				ID: domain.ID(rune('z'-i)) + "-" + domain.ID(address), Email: address, CreatedAt: moment(i), Version: 1,
			}
			if err := tx.AddAccount(ctx, out[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return out
}

func accountPages(t *testing.T, db *store.DB) {
	all := addAccounts(t, db, "a@page", "b@page", "c@page")
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		for _, x := range []struct {
			after domain.ID
			want  []identity.Account
		}{
			{all[0].ID, all[1:3]}, {all[1].ID, all[2:3]}, {"none", []identity.Account{}},
		} {
			page, err := tx.Accounts(ctx, x.after, 2)
			if err != nil {
				return err
			}
			if len(page) > len(x.want) {
				page = page[:len(x.want)]
			}
			same(t, page, x.want)
		}
		first, err := tx.Accounts(ctx, "", 1)
		if len(first) != 1 {
			t.Errorf("the first page has %d accounts", len(first))
		}
		return err
	})
}

func addressIsUnique(t *testing.T, db *store.DB) {
	var won atomic.Int32
	var all sync.WaitGroup
	for i := range 6 {
		all.Go(func() {
			err := db.InTx(t.Context(), func(tx *store.Tx) error {
				return tx.AddAccount(t.Context(), identity.Account{ID: domain.ID(rune('a' + i)), Email: "same@once", Version: 1})
			})
			switch {
			case err == nil:
				won.Add(1)
			case domain.KeyOf(err) != "conflict.account":
				t.Error(err)
			}
		})
	}
	all.Wait()
	if won.Load() != 1 {
		t.Errorf("%d accounts have one address", won.Load())
	}
}

// deadlocksAreTriedAgain has two transactions wait for each other's lock where the engine has row locks; one is
// broken off by the database and has to be run again.
func deadlocksAreTriedAgain(t *testing.T, db *store.DB) {
	pair := addAccounts(t, db, "one@lock", "two@lock")
	var runs atomic.Int32
	var holding sync.WaitGroup
	holding.Add(2)
	var once [2]sync.Once
	together(t, db, 2, func(ctx context.Context, tx *store.Tx, i int) (struct{}, error) {
		runs.Add(1)
		first, err := tx.LockAccount(ctx, pair[i].ID)
		if err != nil {
			return struct{}{}, err
		}
		once[i].Do(func() { meet(db, &holding) })
		second, err := tx.LockAccount(ctx, pair[1-i].ID)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, errors.Join(tx.ChangeAccount(ctx, &first), tx.ChangeAccount(ctx, &second))
	})
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		for _, a := range pair {
			now, err := tx.Account(ctx, a.ID)
			if err != nil {
				return err
			}
			same(t, now.Version, a.Version+2)
		}
		return nil
	})
	if db.Engine() == "postgres" && runs.Load() < 3 {
		t.Errorf("%d runs: the transactions did not meet", runs.Load())
	}
}

// meet waits until two transactions hold their first lock; SQLite has one writer, so there they never do.
func meet(db *store.DB, holding *sync.WaitGroup) {
	holding.Done()
	if db.Engine() == "postgres" {
		holding.Wait()
	}
}

// someDay is a day on which nothing depends.
const someDay = calendar.Date("2026-03-02")

func tokensRoundTrip(t *testing.T, db *store.DB) {
	owner := addAccounts(t, db, "owner@token", "other@token")
	token := func(n int, of domain.ID) identity.Token {
		out := filled[identity.Token](n)
		out.Account, out.RevokedAt = of, nil
		return out
	}
	one, two, other := token(1, owner[0].ID), token(20, owner[0].ID), token(30, owner[1].ID)
	ended := filled[identity.Token](40)
	ended.Account = owner[0].ID
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		for _, x := range []identity.Token{one, two, other, ended} {
			if err := tx.AddToken(ctx, x); err != nil {
				return err
			}
			read, err := tx.Bearer(ctx, x.Hash, someDay)
			same(t, read.Token, x)
			if err != nil {
				return err
			}
		}
		return tx.RevokeTokens(ctx, owner[0].ID, moment(50))
	})
	one.RevokedAt, two.RevokedAt = moments(50), moments(50)
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		for _, want := range []identity.Token{one, two, other, ended} {
			read, err := tx.Bearer(ctx, want.Hash, someDay)
			same(t, read.Token, want)
			if err != nil {
				return err
			}
		}
		return tx.DropTokens(ctx, owner[0].ID, two.ExpiresAt)
	})
	refused(t, db, "not_found.token", func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Bearer(ctx, one.Hash, someDay)
		return err
	})
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Bearer(ctx, two.Hash, someDay)
		return err
	})
	refused(t, db, "conflict.token", func(ctx context.Context, tx *store.Tx) error { return tx.AddToken(ctx, other) })
	refused(t, db, "invalid.reference", func(ctx context.Context, tx *store.Tx) error {
		return tx.AddToken(ctx, token(60, "nobody"))
	})
}

func triesRoundTrip(t *testing.T, db *store.DB) {
	full := filled[identity.Tries](1)
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		none, err := tx.TriesOf(ctx, full.Address)
		same(t, none, identity.Tries{Address: full.Address})
		if err != nil {
			return err
		}
		if _, err := tx.LockTries(ctx, full.Address); err != nil {
			return err
		}
		if err := tx.SetTries(ctx, full); err != nil {
			return err
		}
		locked, err := tx.LockTries(ctx, full.Address)
		same(t, locked, full)
		if err != nil {
			return err
		}
		read, err := tx.TriesOf(ctx, full.Address)
		same(t, read, full)
		if err != nil {
			return err
		}
		if err := tx.PruneTries(ctx, full.LastAt); err != nil {
			return err
		}
		kept, err := tx.TriesOf(ctx, full.Address)
		same(t, kept, full)
		return err
	})
	for _, forget := range []func(context.Context, *store.Tx) error{
		func(ctx context.Context, tx *store.Tx) error { return tx.PruneTries(ctx, full.LastAt.Add(1000)) },
		func(ctx context.Context, tx *store.Tx) error { return tx.DropTries(ctx, full.Address) },
	} {
		within(t, db, func(ctx context.Context, tx *store.Tx) error {
			if _, err := tx.LockTries(ctx, full.Address); err != nil {
				return err
			}
			if err := errors.Join(tx.SetTries(ctx, full), forget(ctx, tx)); err != nil {
				return err
			}
			gone, err := tx.TriesOf(ctx, full.Address)
			same(t, gone, identity.Tries{Address: full.Address})
			return err
		})
	}
}

func triesAreAllCounted(t *testing.T, db *store.DB) {
	together(t, db, 10, func(ctx context.Context, tx *store.Tx, _ int) (struct{}, error) {
		tries, err := tx.LockTries(ctx, "at once")
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, tx.SetTries(ctx, tries.Fail(moment(1)))
	})
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		tries, err := tx.TriesOf(ctx, "at once")
		same(t, tries.Failures, 10)
		return err
	})
}

func assignmentsRoundTrip(t *testing.T, db *store.DB) {
	staff := addAccounts(t, db, "staff@work")[0].ID
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddToken(ctx, identity.Token{Hash: "of staff", Account: staff}); err != nil {
			return err
		}
		for _, id := range []domain.ID{"ic1", "ic2"} {
			if err := tx.AddCommittee(ctx, committee.Committee{ID: id, Code: string(id), Version: 1}); err != nil {
				return err
			}
		}
		first := identity.Assignment{Committee: "ic1", Account: staff, Clerk: true, At: moment(1)}
		second := identity.Assignment{Committee: "ic2", Account: staff, At: moment(2)}
		if err := errors.Join(tx.SetAssignment(ctx, second), tx.SetAssignment(ctx, first)); err != nil {
			return err
		}
		held, err := tx.Bearer(ctx, "of staff", someDay)
		same(t, held.Staff, []domain.Staff{{Committee: "ic1", Clerk: true}, {Committee: "ic2"}})
		if err != nil {
			return err
		}
		first.Clerk = false
		if err := errors.Join(tx.SetAssignment(ctx, first), tx.DropAssignment(ctx, "ic2", staff)); err != nil {
			return err
		}
		held, err = tx.Bearer(ctx, "of staff", someDay)
		same(t, held.Staff, []domain.Staff{{Committee: "ic1"}})
		return errors.Join(err, tx.DropAssignment(ctx, "ic2", staff))
	})
	for _, wrong := range []identity.Assignment{{Committee: "none", Account: staff}, {Committee: "ic1", Account: "none"}} {
		refused(t, db, "invalid.reference", func(ctx context.Context, tx *store.Tx) error {
			return tx.SetAssignment(ctx, wrong)
		})
	}
}

// bearersAtAGlance asks without a transaction, many at once, so that the statement is prepared on several connections.
// work lets an account act for one organisation that is in and for one that has left.
func work(ctx context.Context, tx *store.Tx, account, committee domain.ID) error {
	of := alliance.Alliance{ID: "glance", Code: "glance", Committee: committee, Sectors: []string{}, Technologies: []string{}}
	in := alliance.Organisation{ID: "glance o", Alliance: of.ID, State: alliance.Registered, BusinessNumber: "1", Sectors: []string{}, Technologies: []string{}}
	out := in
	out.ID, out.State = "glance p", alliance.Left
	return errors.Join(tx.AddAlliance(ctx, of), tx.AddOrganisation(ctx, in), tx.AddOrganisation(ctx, out),
		tx.SetPerson(ctx, alliance.Person{Organisation: in.ID, Account: account, Submits: true}),
		tx.SetPerson(ctx, alliance.Person{Organisation: out.ID, Account: account, Manages: true}))
}

func bearersAtAGlance(t *testing.T, db *store.DB) {
	owner := addAccounts(t, db, "bearer@glance")[0]
	want := identity.Bearer{Token: filled[identity.Token](70)}
	want.Token.Account = owner.ID
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		owner.Auditor, owner.Disabled = true, true
		want.Auditor, want.Disabled = true, true
		of := committee.Committee{ID: "glance"}
		chair, plain := committee.Seat{ID: "glance 1", Role: committee.RoleChair}, committee.Seat{ID: "glance 2"}
		sits := committee.Member{
			ID: "glance m", Seat: chair.ID, Committee: of.ID, Person: owner.ID, From: someDay, Version: 1,
		}
		left := committee.Member{ID: "glance n", Seat: plain.ID, Committee: of.ID, Person: owner.ID, From: "2020-01-01",
			Until: someDay.AddDays(-1), Version: 1}
		want.Seats = []domain.Seat{{Committee: of.ID, Member: sits.ID, Chair: true}}
		want.Staff = []domain.Staff{{Committee: of.ID, Clerk: true}}
		want.Partners = []domain.Partner{{Organisation: "glance o", Submits: true}}
		return errors.Join(tx.ChangeAccount(ctx, &owner), tx.AddToken(ctx, want.Token), addChamber(ctx, tx, of, chair, plain),
			tx.AddMember(ctx, sits), tx.AddMember(ctx, left),
			tx.SetAssignment(ctx, identity.Assignment{Committee: of.ID, Account: owner.ID, Clerk: true}), work(ctx, tx, owner.ID, of.ID))
	})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			err := db.Glance(t.Context(), func(tx *store.Tx) error {
				got, err := tx.Bearer(t.Context(), want.Token.Hash, someDay)
				same(t, got, want)
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	err := db.Glance(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Bearer(t.Context(), "nobody's", someDay)
		return err
	})
	if domain.KeyOf(err) != "not_found.token" {
		t.Errorf("the bearer of no token: %v", err)
	}
}
