package identity_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain"
	domainidentity "secretariat/domain/identity"
	"secretariat/service/identity"
)

func TestAccountIsMade(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		in := identity.CreateAccountInput{
			Email: " Hong@Example.KR ", Name: " 홍길동 ", Password: password, Admin: true, Auditor: true,
		}
		a, err := w.s.CreateAccount(t.Context(), admin, in)
		must(t, err)
		want := domainidentity.Account{
			ID: a.ID, Email: mail, Name: "홍길동", Password: a.Password, Admin: true, Auditor: true,
			CreatedAt: w.clock.Now(), Version: 1,
		}
		if diff := cmp.Diff(want, a); diff != "" || a.ID == "" || a.Password == password {
			t.Errorf("made otherwise (-want +got):\n%s", diff)
		}
		w.audited("account.create", admin.ID, a.ID)
		w.token("HONG@example.kr")
	})
}

func TestWhoMayMakeAccounts(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		for name, by := range map[string]domain.Actor{"public": public, "person": stroll, "auditor": auditor} {
			_, err := w.s.CreateAccount(t.Context(), by, identity.CreateAccountInput{})
			refused(t, err, domain.CodeForbidden, "forbidden")
			_, err = w.s.Provision(t.Context(), by, input())
			if domain.CodeOf(err) != domain.CodeForbidden {
				t.Errorf("%s provisions: %v", name, err)
			}
		}
		_, err := w.s.CreateAccount(t.Context(), domain.System("install"), input())
		must(t, err)
	})
}

func TestEveryFaultOfAnAccountIsToldAtOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		in := identity.CreateAccountInput{Email: "홍@example.kr", Name: " ", Password: "short"}
		_, err := w.s.CreateAccount(t.Context(), admin, in)
		wrong(t, err, "email=account.email", "name=field.required", "password=account.password_length")
		if len(w.trail()) != 0 {
			t.Error("what was refused left a trace")
		}
	})
}

func TestAnAddressHasOneAccount(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.account(mail)
		in := input()
		in.Email = "HONG@EXAMPLE.KR"
		_, err := w.s.CreateAccount(t.Context(), admin, in)
		refused(t, err, domain.CodeConflict, "conflict.account")
		if len(w.trail()) != 1 {
			t.Error("what was refused left a trace")
		}
	})
}

func TestTwoAccountsWithOneAddressAtOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		var made atomic.Int32
		var all sync.WaitGroup
		for range 6 {
			all.Go(func() {
				_, err := w.s.CreateAccount(t.Context(), admin, input())
				if err == nil {
					made.Add(1)
					return
				}
				refused(t, err, domain.CodeConflict, "conflict.account")
			})
		}
		all.Wait()
		if made.Load() != 1 || len(w.trail()) != 1 {
			t.Errorf("%d accounts made, %d entries", made.Load(), len(w.trail()))
		}
	})
}

func TestOneKeyAtOnceMakesOneAccount(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		got := make([]domainidentity.Account, 6)
		var all sync.WaitGroup
		for i := range got {
			all.Go(func() {
				var err error
				if got[i], err = w.s.CreateAccount(keyed(t.Context(), "k"), admin, input()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for _, a := range got {
			if a.ID == "" || a.ID != got[0].ID {
				t.Fatalf("accounts %+v", got)
			}
		}
		if n := len(w.trail()); n != 1 {
			t.Errorf("%d acts under one key", n)
		}
	})
}

func TestProvisioningAgainChangesNothing(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		install := domain.System("install")
		first, err := w.s.Provision(t.Context(), install, input())
		must(t, err)
		again := input()
		again.Name, again.Password, again.Admin = "다른 이름", "another password", true
		second, err := w.s.Provision(t.Context(), install, again)
		must(t, err)
		if diff := cmp.Diff(first, second); diff != "" {
			t.Errorf("changed:\n%s", diff)
		}
		w.token(mail)
	})
}

func TestAccountsAreListedByAddress(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		want := []string{"a@example.kr", "b@example.kr", "c@example.kr", "d@example.kr", "e@example.kr"}
		for _, i := range []int{3, 0, 4, 2, 1} {
			w.account(want[i])
		}
		for _, size := range []int{1, 2, 5, 6} {
			var got []string
			in := identity.ListAccountsInput{Limit: size}
			for {
				page, err := w.s.ListAccounts(t.Context(), auditor, in)
				must(t, err)
				for _, a := range page.Items {
					got = append(got, a.Email)
				}
				if in.After = domain.ID(page.Next); in.After == "" {
					break
				}
				if page.Next != string(page.Items[len(page.Items)-1].ID) {
					t.Fatalf("the cursor %q is no id", page.Next)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("in pages of %d (-want +got):\n%s", size, diff)
			}
		}
		for _, by := range []domain.Actor{public, stroll, domain.System("x")} {
			_, err := w.s.ListAccounts(t.Context(), by, identity.ListAccountsInput{})
			refused(t, err, domain.CodeForbidden, "forbidden")
		}
	})
}

func TestAccountIsChanged(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		a := w.account(mail)
		token := w.token(mail)
		in := identity.UpdateAccountInput{Account: a.ID, Name: " 홍길순 ", Admin: true, Auditor: true, Version: a.Version}
		got, err := w.s.UpdateAccount(t.Context(), admin, in)
		must(t, err)
		a.Name, a.Admin, a.Auditor, a.Version = "홍길순", true, true, 2
		if diff := cmp.Diff(a, got); diff != "" {
			t.Errorf("changed otherwise (-want +got):\n%s", diff)
		}
		w.audited("account.update", admin.ID, a.ID)
		if by := w.who(token); !by.Admin || !by.Auditor {
			t.Errorf("rights do not take effect: %+v", by)
		}
		_, err = w.s.UpdateAccount(t.Context(), admin, in)
		refused(t, err, domain.CodeStale, "stale")
		for name, change := range map[string]func(*identity.UpdateAccountInput){
			"name=field.required":              func(in *identity.UpdateAccountInput) { in.Name = " " },
			"password=account.password_length": func(in *identity.UpdateAccountInput) { in.Password = "short" },
			"password=account.password_email":  func(in *identity.UpdateAccountInput) { in.Password = "Hong@example.kr" },
		} {
			bad := in
			change(&bad)
			_, err = w.s.UpdateAccount(t.Context(), admin, bad)
			wrong(t, err, name)
		}
		for _, p := range []string{"", password} {
			nobody := identity.UpdateAccountInput{Account: "none", Name: "누구", Password: p}
			_, err = w.s.UpdateAccount(t.Context(), admin, nobody)
			refused(t, err, domain.CodeNotFound, "not_found.account")
		}
		_, err = w.s.UpdateAccount(t.Context(), auditor, in)
		refused(t, err, domain.CodeForbidden, "forbidden")
	})
}

func TestDisabledAccountIsSignedOut(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		a, other := w.account(mail), w.account("other@example.kr")
		token, theirs := w.token(mail), w.token(other.Email)
		in := identity.UpdateAccountInput{Account: a.ID, Name: a.Name, Disabled: true, Version: a.Version}
		_, err := w.s.UpdateAccount(t.Context(), admin, in)
		must(t, err)
		_, err = w.s.Authenticate(t.Context(), token)
		refused(t, err, domain.CodeUnauthenticated, "unauthenticated")
		_, err = w.signIn(mail, password)
		refused(t, err, domain.CodeUnauthenticated, "session.wrong")
		w.who(theirs)
		in.Disabled, in.Version = false, 2
		_, err = w.s.UpdateAccount(t.Context(), admin, in)
		must(t, err)
		_, err = w.s.Authenticate(t.Context(), token)
		refused(t, err, domain.CodeUnauthenticated, "unauthenticated")
		w.token(mail)
	})
}

func TestLostPasswordIsReplaced(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		a := w.account(mail)
		token := w.token(mail)
		_, err := w.s.UpdateAccount(t.Context(), admin, identity.UpdateAccountInput{
			Account: a.ID, Name: a.Name, Password: "another password", Version: a.Version,
		})
		must(t, err)
		_, err = w.s.Authenticate(t.Context(), token)
		refused(t, err, domain.CodeUnauthenticated, "unauthenticated")
		_, err = w.signIn(mail, password)
		refused(t, err, domain.CodeUnauthenticated, "session.wrong")
		_, err = w.signIn(mail, "another password")
		must(t, err)
	})
}

func TestAnAdministratorAlwaysRemains(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		in := input()
		in.Admin = true
		a, err := w.s.CreateAccount(t.Context(), admin, in)
		must(t, err)
		self := w.who(w.token(mail))
		for _, change := range []identity.UpdateAccountInput{
			{Account: a.ID, Name: a.Name, Version: 1}, {Account: a.ID, Name: a.Name, Admin: true, Disabled: true, Version: 1},
		} {
			_, err := w.s.UpdateAccount(t.Context(), self, change)
			refused(t, err, domain.CodeConflict, "account.own_rights")
		}
		_, err = w.s.UpdateAccount(t.Context(), self, identity.UpdateAccountInput{
			Account: a.ID, Name: "새 이름", Admin: true, Version: 1,
		})
		must(t, err)
	})
}
