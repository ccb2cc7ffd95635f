package seating_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/identity"
	"secretariat/domain/policy"
	"secretariat/internal/testkit"
	"secretariat/internal/testkit/hall"
	"secretariat/policies"
	"secretariat/service"
	"secretariat/service/seating"
	"secretariat/store"
)

// packs are those of the city, with the values of some keys changed.
type packs struct {
	*policies.Library
	changes map[string]string
}

func (p packs) Resolve(pack string, day calendar.Date) (policy.Rules, error) {
	r, err := p.Library.Resolve(pack, day)
	for i, e := range r.Entries {
		if v, ok := p.changes[e.Key]; ok {
			r.Entries[i].Value = v
		}
	}
	return r, err
}

type world struct {
	t     *testing.T
	db    *hall.Database
	clock *testkit.Clock
	rules map[string]string // values of the pack to change
	s     *seating.Service
}

// engines runs the test on both databases; it is 2026-11-22 in Seoul.
func engines(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	lib, err := policies.Load("")
	must(t, err)
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		w := &world{t: t, db: db, clock: testkit.NewClock(), rules: map[string]string{}}
		w.s = seating.New(testkit.Env(w.clock), store.View[seating.Tx]{DB: db.DB}, packs{lib, w.rules})
		f(t, w)
	})
}

var (
	admin   = testkit.Admin()
	person  = domain.Actor{ID: "person", Kind: domain.ActorPerson}
	auditor = domain.Actor{ID: "auditor", Kind: domain.ActorPerson, Auditor: true}
	public  = domain.Public()
)

// charter is one in which each heading of 위원회조례 7① says something.
func charter() map[string]string {
	out := map[string]string{}
	for _, h := range []string{
		"purpose", "composition", "duration", "disqualification", "convening", "quorum", "chair_powers", "subcommittees",
	} {
		out[h] = "제1조에 따른다."
	}
	return out
}

func founding(code string) seating.FoundInput {
	return seating.FoundInput{
		Code: code, Name: "디지털전환위원회", OwningDepartment: "경제정책과", LegalBasis: "산업 디지털 전환 촉진 조례(가칭)",
		Pack: "seoul-general", Standing: true, StandingGround: "frequency", PlannedMeetings: 4, FoundedOn: "2026-07-01",
		SunsetOn: "2028-06-30", Charter: charter(),
	}
}

// draft founds a committee.
func (w *world) draft(in seating.FoundInput) committee.Committee {
	w.t.Helper()
	c, err := w.s.Found(w.t.Context(), admin, in)
	must(w.t, err)
	return c
}

// seat adds a seat with the next free number.
func (w *world) seat(of domain.ID, kind committee.SeatKind, role committee.Role) committee.Seat {
	w.t.Helper()
	var there []committee.Seat
	w.read(func(ctx context.Context, tx *store.Tx) (err error) {
		there, err = tx.SeatsIn(ctx, of)
		return err
	})
	in := seating.AddSeatInput{Committee: of, Number: len(there) + 1, Kind: kind, Role: role}
	if kind == committee.ExOfficio {
		in.Post = "경제정책실장"
	}
	s, err := w.s.AddSeat(w.t.Context(), admin, in)
	must(w.t, err)
	return s
}

// active founds a committee with a chair by office and n appointed members' seats, and puts it into operation.
func (w *world) active(in seating.FoundInput, n int) (committee.Committee, []committee.Seat) {
	w.t.Helper()
	c := w.draft(in)
	seats := []committee.Seat{w.seat(c.ID, committee.ExOfficio, committee.RoleChair)}
	for range n {
		seats = append(seats, w.seat(c.ID, committee.Appointed, committee.RoleMember))
	}
	out, err := w.s.Activate(w.t.Context(), admin, seating.StateInput{Committee: c.ID, Version: c.Version})
	must(w.t, err)
	return out.Committee, seats
}

// account makes one and gives its id.
func (w *world) account(name string) domain.ID {
	w.t.Helper()
	id := domain.ID("account-" + name)
	w.write(func(ctx context.Context, tx *store.Tx) error {
		return tx.AddAccount(ctx, identity.Account{ID: id, Email: name + "@example.kr", Name: "계정 " + name, Version: 1})
	})
	return id
}

// appointing is an appointment for two years from 2026-07-01.
func appointing(seat, who domain.ID) seating.AppointInput {
	return seating.AppointInput{
		Seat: seat, Person: who, Name: "홍길동", Organisation: "기업 A", Position: "대표", Sex: committee.Female, BirthYear: 1990,
		From: "2026-07-01", Until: "2028-06-30", ConsultedOn: "2026-06-15",
	}
}

// appoint appoints, which must succeed.
func (w *world) appoint(in seating.AppointInput) committee.Member {
	w.t.Helper()
	out, err := w.s.Appoint(w.t.Context(), admin, in)
	must(w.t, err)
	return out.Member
}

func (w *world) read(f func(ctx context.Context, tx *store.Tx) error) {
	w.t.Helper()
	must(w.t, w.db.Read(w.t.Context(), func(tx *store.Tx) error { return f(w.t.Context(), tx) }))
}

func (w *world) write(f func(ctx context.Context, tx *store.Tx) error) {
	w.t.Helper()
	must(w.t, w.db.InTx(w.t.Context(), func(tx *store.Tx) error { return f(w.t.Context(), tx) }))
}

// trail is the whole audit trail, newest first.
func (w *world) trail() []domain.AuditEntry {
	w.t.Helper()
	var out []domain.AuditEntry
	w.read(func(ctx context.Context, tx *store.Tx) (err error) {
		out, err = tx.AuditTrail(ctx, "", "", 0)
		return err
	})
	return out
}

// audited fails the test unless the newest entry is of the act.
func (w *world) audited(op, kind string, subject, of domain.ID) domain.AuditEntry {
	w.t.Helper()
	all := w.trail()
	if len(all) == 0 || all[0].Action != op || all[0].Kind != kind || all[0].Subject != subject || all[0].Case != of {
		w.t.Fatalf("the trail ends with %+v, want %s on %s %s of %s", all[:min(1, len(all))], op, kind, subject, of)
	}
	return all[0]
}

// traceless fails the test when f, which is refused, leaves an entry.
func (w *world) traceless(f func()) {
	w.t.Helper()
	before := len(w.trail())
	f()
	if n := len(w.trail()); n != before {
		w.t.Errorf("what was refused left %d entries", n-before)
	}
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

// cited fails the test unless err is a refusal by law with the key and the source.
func cited(t *testing.T, err error, key, basis string) {
	t.Helper()
	refused(t, err, domain.CodeRefused, key)
	var e *domain.Error
	if errors.As(err, &e) && e.Basis != basis {
		t.Errorf("%s cites %q, want %q", key, e.Basis, basis)
	}
}

// wrong fails the test unless exactly these fields are wrong, each for its reason ("code=committee.code").
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

// forbidden fails the test unless f refuses each of these actors for who they are, even with nothing but nonsense to
// do.
func forbidden(t *testing.T, f func(by domain.Actor) error, by ...domain.Actor) {
	t.Helper()
	for _, a := range by {
		if err := f(a); domain.CodeOf(err) != domain.CodeForbidden {
			t.Errorf("%+v: %v", a, err)
		}
	}
}

func keysOf(found []domain.Finding) []string {
	out := []string{}
	for _, f := range found {
		out = append(out, f.Key)
	}
	return out
}

// keyed is the test's context with an idempotency key, always the same.
func keyed(t *testing.T) context.Context { return service.WithOnce(t.Context(), "key", "digest") }

func code(prefix string, n int) string { return fmt.Sprintf("%s-%02d", prefix, n) }
