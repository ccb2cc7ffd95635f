package identity_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/service/identity"
	"secretariat/store"
)

const fresh = "a fresh password"

func TestPasswordIsChangedAndEveryoneSignedOut(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		a := w.account(mail)
		token := w.token(mail)
		done, err := w.s.ChangePassword(t.Context(), w.who(token), identity.PasswordInput{Old: password, New: fresh})
		must(t, err)
		if !done.Done {
			t.Error("not done")
		}
		w.audited("account.password", a.ID, a.ID)
		_, err = w.s.Authenticate(t.Context(), token)
		refused(t, err, domain.CodeUnauthenticated, "unauthenticated")
		_, err = w.signIn(mail, password)
		refused(t, err, domain.CodeUnauthenticated, "session.wrong")
		_, err = w.signIn(mail, fresh)
		must(t, err)
		_, err = w.s.ChangePassword(t.Context(), public, identity.PasswordInput{Old: password, New: fresh})
		refused(t, err, domain.CodeForbidden, "forbidden")
	})
}

func TestAnOpenSessionDoesNotHelpToGuessThePassword(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		a := w.account(mail)
		by := w.who(w.token(mail))
		_, err := w.s.ChangePassword(keyed(t.Context(), "k"), by, identity.PasswordInput{Old: "wrong", New: "short"})
		wrong(t, err, "old=account.password_old", "new=account.password_length")
		if e := w.audited("account.password", a.ID, a.ID); e.Facts["result"] != "wrong" {
			t.Errorf("facts %v", e.Facts)
		}
		for range 4 {
			_, err := w.s.ChangePassword(t.Context(), by, identity.PasswordInput{Old: "wrong", New: fresh})
			wrong(t, err, "old=account.password_old")
		}
		_, err = w.s.ChangePassword(t.Context(), by, identity.PasswordInput{Old: password, New: fresh})
		refused(t, err, domain.CodeLimited, "session.locked")
		_, err = w.signIn(mail, password)
		refused(t, err, domain.CodeLimited, "session.locked")
		w.clock.Advance(time.Second)
		done, err := w.s.ChangePassword(keyed(t.Context(), "k"), by, identity.PasswordInput{Old: password, New: fresh})
		must(t, err)
		if _, err := w.signIn(mail, fresh); !done.Done || err != nil {
			t.Errorf("the key that came with a wrong password is used up: %+v, %v", done, err)
		}
	})
}

func TestNewPasswordIsNotTheAddress(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.account(mail)
		_, err := w.s.ChangePassword(t.Context(), w.who(w.token(mail)), identity.PasswordInput{Old: password, New: mail})
		wrong(t, err, "new=account.password_email")
	})
}

func TestPasswordThatChangedMeanwhileIsStale(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		a := w.account(mail)
		by := w.who(w.token(mail))
		w.hasher.after = func() {
			w.write(func(ctx context.Context, tx *store.Tx) error {
				a.Password = "set by an administrator"
				return tx.ChangeAccount(ctx, &a)
			})
		}
		_, err := w.s.ChangePassword(t.Context(), by, identity.PasswordInput{Old: password, New: fresh})
		refused(t, err, domain.CodeStale, "stale")
	})
}

// TestSecretsAreKeptNowhere goes through everything that takes a secret and looks at all that is stored.
func TestSecretsAreKeptNowhere(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		ctx := keyed(t.Context(), "one")
		a, err := w.s.CreateAccount(ctx, admin, input())
		must(t, err)
		in := identity.OpenSessionInput{Email: mail, Password: password}
		session, err := w.s.OpenSession(keyed(t.Context(), "two"), public, in)
		must(t, err)
		mistaken := identity.OpenSessionInput{Email: fresh, Password: password}
		_, err = w.s.OpenSession(keyed(t.Context(), "three"), public, mistaken)
		refused(t, err, domain.CodeUnauthenticated, "session.wrong")
		again, err := w.s.OpenSession(keyed(t.Context(), "two"), public, in)
		must(t, err)
		if again.Token == session.Token {
			t.Error("a token is given out twice")
		}
		_, err = w.s.UpdateAccount(keyed(t.Context(), "four"), admin, identity.UpdateAccountInput{
			Account: a.ID, Name: a.Name, Password: "set by an admin", Version: 1,
		})
		must(t, err)
		by := domain.Actor{ID: a.ID, Kind: domain.ActorPerson}
		change := identity.PasswordInput{Old: "set by an admin", New: fresh}
		_, err = w.s.ChangePassword(keyed(t.Context(), "five"), by, change)
		must(t, err)
		hash, err := w.hasher.Hash(t.Context(), fresh)
		must(t, err)
		secrets := []string{password, fresh, "set by an admin", session.Token, again.Token}
		for _, table := range []string{"accounts", "tokens", "tries", "audit_entries", "memories", "signals"} {
			hidden := secrets
			if table != "accounts" {
				hidden = append(hidden, hash, a.Password)
			}
			if table == "audit_entries" || table == "tries" {
				hidden = append(hidden, mail, "홍길동")
			}
			for _, row := range w.db.Rows(t, table) {
				for _, s := range hidden {
					if strings.Contains(row, s) {
						t.Errorf("%s holds %q: %s", table, s, row)
					}
				}
			}
		}
		if n := len(w.db.Rows(t, "memories")); n != 3 {
			t.Errorf("%d answers are remembered, want those of making and of changing an account, and of the password", n)
		}
	})
}
