package identity_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain"
	"secretariat/domain/committee"
	domainidentity "secretariat/domain/identity"
	"secretariat/service/identity"
	"secretariat/store"
)

func TestSignInAndOut(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		a, other := w.account(mail), w.account("other@example.kr")
		session, err := w.signIn(" Hong@Example.KR", password)
		must(t, err)
		if !session.ExpiresAt.Equal(w.clock.Now().Add(life)) {
			t.Errorf("expires at %s", session.ExpiresAt)
		}
		if e := w.audited("session.open", public.ID, a.ID); e.Facts["result"] != "ok" {
			t.Errorf("facts %v", e.Facts)
		}
		second, theirs := w.token(mail), w.token(other.Email)
		by := w.who(session.Token)
		if diff := cmp.Diff(domain.Actor{ID: a.ID, Kind: domain.ActorPerson, Seats: []domain.Seat{}}, by); diff != "" {
			t.Errorf("actor (-want +got):\n%s", diff)
		}
		_, err = w.s.CloseSession(t.Context(), by, identity.CloseSessionInput{})
		must(t, err)
		w.audited("session.close", a.ID, a.ID)
		for _, token := range []string{session.Token, second, "made up", ""} {
			_, err := w.s.Authenticate(t.Context(), token)
			refused(t, err, domain.CodeUnauthenticated, "unauthenticated")
		}
		w.who(theirs)
		_, err = w.s.CloseSession(t.Context(), public, identity.CloseSessionInput{})
		refused(t, err, domain.CodeForbidden, "forbidden")
	})
}

func TestTokensExpire(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.account(mail)
		token := w.token(mail)
		w.clock.Advance(life - time.Microsecond)
		w.who(token)
		w.clock.Advance(time.Microsecond)
		_, err := w.s.Authenticate(t.Context(), token)
		refused(t, err, domain.CodeUnauthenticated, "unauthenticated")
		w.clock.Advance(time.Microsecond)
		w.token(mail)
		if n := len(w.db.Rows(t, "tokens")); n != 1 {
			t.Errorf("%d tokens are kept, want only the good one", n)
		}
	})
}

// TestUnknownAddressesAreAnsweredAlike compares what somebody can see, and the work done, for an address that an
// account has and for others.
func TestUnknownAddressesAreAnsweredAlike(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.account(mail)
		gone := w.account("gone@example.kr")
		_, err := w.s.UpdateAccount(t.Context(), admin, identity.UpdateAccountInput{
			Account: gone.ID, Name: gone.Name, Disabled: true, Version: 1,
		})
		must(t, err)
		course := func(address, password string) string {
			var b strings.Builder
			for range 8 {
				work, entries, kept := w.hasher.matched, len(w.trail()), len(w.db.Rows(t, "tries"))
				_, err := w.signIn(address, password)
				fmt.Fprintf(&b, "%v hashes=%d entries=%d\n", err, w.hasher.matched-work, len(w.trail())-entries)
				if now := len(w.db.Rows(t, "tries")); now-kept > 1 {
					t.Errorf("%d rows of tries after one more", now)
				}
			}
			return b.String()
		}
		known := course(mail, "wrong wrong wrong")
		if strings.Count(known, "session.wrong") != 5 || strings.Count(known, "session.locked") != 3 {
			t.Fatalf("the course of a known address:\n%s", known)
		}
		for _, x := range [][2]string{
			{"nobody@example.kr", password}, {gone.Email, password}, {"not an address", password},
			{strings.Repeat("긴", 10_000), ""},
		} {
			if diff := cmp.Diff(known, course(x[0], x[1])); diff != "" {
				t.Errorf("%.20s is told apart (-known +other):\n%s", x[0], diff)
			}
		}
	})
}

func TestWaitingGrowsAndIsForgotten(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.account(mail)
		for range 4 {
			_, err := w.signIn(mail, "wrong")
			refused(t, err, domain.CodeUnauthenticated, "session.wrong")
		}
		for _, wait := range []time.Duration{time.Second, 2 * time.Second, 4 * time.Second} {
			_, err := w.signIn(mail, "wrong")
			refused(t, err, domain.CodeUnauthenticated, "session.wrong")
			w.clock.Advance(wait - time.Microsecond)
			_, err = w.signIn(mail, password)
			refused(t, err, domain.CodeLimited, "session.locked")
			w.clock.Advance(time.Microsecond)
		}
		w.token(mail)
		for range 4 {
			_, err := w.signIn(mail, "wrong")
			refused(t, err, domain.CodeUnauthenticated, "session.wrong")
		}
		w.token(mail)
		_, err := w.signIn("other@example.kr", "wrong")
		refused(t, err, domain.CodeUnauthenticated, "session.wrong")
		w.clock.Advance(domainidentity.Forget + time.Second)
		_, err = w.signIn("third@example.kr", "wrong")
		refused(t, err, domain.CodeUnauthenticated, "session.wrong")
		if n := len(w.db.Rows(t, "tries")); n != 1 {
			t.Errorf("tries of %d addresses are kept, want those of the last day", n)
		}
	})
}

func TestGuessingAtOnceGainsNothing(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.account(mail)
		var wrongs, locked atomic.Int32
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				_, err := w.signIn(mail, "wrong")
				switch domain.KeyOf(err) {
				case "session.wrong":
					wrongs.Add(1)
				case "session.locked":
					locked.Add(1)
				default:
					t.Errorf("error %v", err)
				}
			})
		}
		all.Wait()
		if wrongs.Load() != 5 || locked.Load() != 15 {
			t.Errorf("%d guesses were answered, %d had to wait", wrongs.Load(), locked.Load())
		}
	})
}

// TestWhatChangesDuringASignInCounts changes the account after its password was checked and before the token is made.
func TestWhatChangesDuringASignInCounts(t *testing.T) {
	for name, change := range map[string]func(*domainidentity.Account){
		"disabled":         func(a *domainidentity.Account) { a.Disabled = true },
		"another password": func(a *domainidentity.Account) { a.Password = "another" },
	} {
		t.Run(name, func(t *testing.T) {
			engines(t, func(t *testing.T, w *world) {
				a := w.account(mail)
				w.hasher.after = func() {
					w.write(func(ctx context.Context, tx *store.Tx) error { change(&a); return tx.ChangeAccount(ctx, &a) })
				}
				_, err := w.signIn(mail, password)
				refused(t, err, domain.CodeUnauthenticated, "session.wrong")
				if n := len(w.db.Rows(t, "tokens")); n != 0 {
					t.Errorf("%d tokens were made", n)
				}
			})
		})
	}
}

func TestActorHasSeatsAndStaffOfTheMoment(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		a := w.account(mail)
		w.write(func(ctx context.Context, tx *store.Tx) error {
			for _, id := range []domain.ID{"c1", "c2"} {
				if err := tx.AddCommittee(ctx, committee.Committee{ID: id, Code: string(id), Version: 1}); err != nil {
					return err
				}
			}
			chair := committee.Seat{ID: "s1", Committee: "c1", Number: 1, Role: committee.RoleChair}
			if err := tx.AddSeat(ctx, chair); err != nil {
				return err
			}
			return tx.AddMember(ctx, committee.Member{
				ID: "m1", Seat: "s1", Committee: "c1", Person: a.ID, From: "2026-11-22", Until: "2026-11-23", Version: 1,
			})
		})
		assign := identity.AssignStaffInput{Committee: "c2", Account: a.ID, Clerk: true}
		_, err := w.s.AssignStaff(t.Context(), admin, assign)
		must(t, err)
		token := w.token(mail)
		want := domain.Actor{
			ID: a.ID, Kind: domain.ActorPerson, Seats: []domain.Seat{{Committee: "c1", Member: "m1", Chair: true}},
			Staff: []domain.Staff{{Committee: "c2", Clerk: true}},
		}
		if diff := cmp.Diff(want, w.who(token)); diff != "" {
			t.Errorf("actor (-want +got):\n%s", diff)
		}
		me, err := w.s.ShowSession(t.Context(), w.who(token), identity.ShowSessionInput{})
		must(t, err)
		a.Version = 1
		if diff := cmp.Diff(identity.Me{
			Account: a, Seats: []identity.SeatView{{Committee: "c1", Member: "m1", Chair: true}},
			Staff:    []identity.StaffView{{Committee: "c2", Clerk: true}},
			Sessions: []identity.Open{{Since: w.clock.Now().UTC(), Until: w.clock.Now().UTC().Add(life)}},
		}, me); diff != "" {
			t.Errorf("me (-want +got):\n%s", diff)
		}
		w.clock.Set(time.Date(2026, 11, 23, 14, 59, 59, 0, time.UTC)) // the last second of the term in Seoul
		token = w.token(mail)
		if len(w.who(token).Seats) != 1 {
			t.Error("the seat is lost before the term is over")
		}
		w.clock.Advance(time.Second)
		assign.Remove = true
		_, err = w.s.AssignStaff(t.Context(), admin, assign)
		must(t, err)
		if by := w.who(token); len(by.Seats)+len(by.Staff) != 0 {
			t.Errorf("keeps %+v", by)
		}
	})
}

func TestShowingNobody(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		for _, by := range []domain.Actor{public, domain.System("x")} {
			_, err := w.s.ShowSession(t.Context(), by, identity.ShowSessionInput{})
			refused(t, err, domain.CodeUnauthenticated, "unauthenticated")
		}
	})
}

func TestABrokenStoreIsNotAnExpiredToken(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.account(mail)
		token := w.token(mail)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := w.s.Authenticate(ctx, token); domain.CodeOf(err) != domain.CodeInternal {
			t.Errorf("error %v", err)
		}
	})
}

func TestStaff(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		a := w.account(mail)
		w.write(func(ctx context.Context, tx *store.Tx) error {
			return tx.AddCommittee(ctx, committee.Committee{ID: "c", Code: "c", Version: 1})
		})
		in := identity.AssignStaffInput{Committee: "c", Account: a.ID}
		got, err := w.s.AssignStaff(t.Context(), admin, in)
		must(t, err)
		want := domainidentity.Assignment{Committee: "c", Account: a.ID, At: w.clock.Now()}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("assigned otherwise (-want +got):\n%s", diff)
		}
		if e := w.audited("staff.assign", admin.ID, a.ID); e.Case != "c" {
			t.Errorf("entry %+v", e)
		}
		in.Clerk = true
		_, err = w.s.AssignStaff(t.Context(), domain.System("install"), in)
		must(t, err)
		if n := len(w.db.Rows(t, "assignments")); n != 1 {
			t.Errorf("%d assignments to one committee", n)
		}
		_, err = w.s.AssignStaff(t.Context(), admin, identity.AssignStaffInput{Committee: "none", Account: a.ID})
		refused(t, err, domain.CodeNotFound, "not_found.committee")
		_, err = w.s.AssignStaff(t.Context(), admin, identity.AssignStaffInput{Committee: "c", Account: "none"})
		refused(t, err, domain.CodeNotFound, "not_found.account")
		secretary := domain.Actor{ID: "s", Kind: domain.ActorPerson, Staff: []domain.Staff{{Committee: "c"}}}
		_, err = w.s.AssignStaff(t.Context(), secretary, in)
		refused(t, err, domain.CodeForbidden, "forbidden")
	})
}
