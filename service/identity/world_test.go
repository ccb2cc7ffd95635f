package identity_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"secretariat/domain"
	domainidentity "secretariat/domain/identity"
	"secretariat/internal/secret"
	"secretariat/internal/testkit"
	"secretariat/internal/testkit/hall"
	"secretariat/service"
	"secretariat/service/identity"
	"secretariat/store"
)

// hasher is quick, counts its work, and lets a test act between the check of a password and what follows from it.
type hasher struct {
	mu      sync.Mutex
	matched int
	after   func()
}

func (h *hasher) Hash(_ context.Context, password string) (string, error) {
	sum := sha256.Sum256([]byte("salt" + password))
	return hex.EncodeToString(sum[:]), nil
}

func (h *hasher) Matches(ctx context.Context, hash, password string) (bool, error) {
	h.mu.Lock()
	h.matched++
	after := h.after
	h.after = nil
	h.mu.Unlock()
	got, err := h.Hash(ctx, password)
	if after != nil {
		after()
	}
	return got == hash, err
}

type world struct {
	t      *testing.T
	db     *hall.Database
	clock  *testkit.Clock
	hasher *hasher
	s      *identity.Service
}

const life = 8 * time.Hour

// engines runs the test on both databases.
func engines(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		w := &world{t: t, db: db, clock: testkit.NewClock(), hasher: &hasher{}}
		view := store.View[identity.Tx]{DB: db.DB}
		w.s = identity.New(testkit.Env(w.clock), view, w.hasher, secret.Tokens{}, life)
		f(t, w)
	})
}

var (
	admin   = testkit.Admin()
	stroll  = domain.Actor{ID: "stroller", Kind: domain.ActorPerson}
	auditor = domain.Actor{ID: "auditor", Kind: domain.ActorPerson, Auditor: true}
	public  = domain.Public()
)

const (
	mail     = "hong@example.kr"
	password = "correct horse battery"
)

func input() identity.CreateAccountInput {
	return identity.CreateAccountInput{Email: mail, Name: "홍길동", Password: password}
}

// account makes one with the address and the usual password.
func (w *world) account(address string) domainidentity.Account {
	w.t.Helper()
	in := input()
	in.Email = address
	a, err := w.s.CreateAccount(w.t.Context(), admin, in)
	must(w.t, err)
	return a
}

func (w *world) signIn(address, password string) (identity.Session, error) {
	return w.s.OpenSession(w.t.Context(), public, identity.OpenSessionInput{Email: address, Password: password})
}

// token signs in, which must succeed.
func (w *world) token(address string) string {
	w.t.Helper()
	out, err := w.signIn(address, password)
	must(w.t, err)
	return out.Token
}

// who is the actor of a token, which must be good.
func (w *world) who(token string) domain.Actor {
	w.t.Helper()
	by, err := w.s.Authenticate(w.t.Context(), token)
	must(w.t, err)
	return by
}

func (w *world) write(f func(ctx context.Context, tx *store.Tx) error) {
	w.t.Helper()
	must(w.t, w.db.InTx(w.t.Context(), func(tx *store.Tx) error { return f(w.t.Context(), tx) }))
}

// trail is the whole audit trail, newest first.
func (w *world) trail() []domain.AuditEntry {
	w.t.Helper()
	var out []domain.AuditEntry
	must(w.t, w.db.Read(w.t.Context(), func(tx *store.Tx) error {
		var err error
		out, err = tx.AuditTrail(w.t.Context(), "", "", 0)
		return err
	}))
	return out
}

// audited fails the test unless the newest entry is of the act.
func (w *world) audited(op string, by, subject domain.ID) domain.AuditEntry {
	w.t.Helper()
	all := w.trail()
	e := append(all, domain.AuditEntry{})[0]
	if e.Action != op || e.Actor != by || e.Subject != subject || e.Kind != "account" {
		w.t.Fatalf("the trail ends with %+v, want %s by %s on %s", all[:min(1, len(all))], op, by, subject)
	}
	return all[0]
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, err error, code domain.Code, key string) {
	t.Helper()
	if domain.CodeOf(err) != code || domain.KeyOf(err) != key {
		t.Errorf("error %v, want %s: %s", err, code, key)
	}
}

// wrong fails the test unless exactly these fields are wrong, each for its reason ("email=account.email").
func wrong(t *testing.T, err error, want ...string) {
	t.Helper()
	refused(t, err, domain.CodeInvalid, "invalid")
	var e *domain.Error
	if !errors.As(err, &e) {
		return
	}
	var got []string
	for _, f := range e.Fields {
		got = append(got, f.Field+"="+f.Key)
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("wrong are %v, want %v", got, want)
	}
}

// keyed is a context with an idempotency key.
func keyed(ctx context.Context, key string) context.Context {
	return service.WithOnce(ctx, key, "digest")
}
