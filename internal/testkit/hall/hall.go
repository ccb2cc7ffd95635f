// Package hall gives tests a committee in a meeting on a real database: members in their seats, an agenda, and the
// services with which a meeting is held.
package hall

import (
	"secretariat/domain/alliance"
	"secretariat/policies/capability"

	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/internal/testkit"
	"secretariat/policies"
	"secretariat/service"
	"secretariat/service/balloting"
	"secretariat/service/presiding"
	"secretariat/store"
)

// ID of the committee and of its meeting.
const (
	Committee = domain.ID("committee")
	Meeting   = domain.ID("meeting")
)

// Hall is a committee in a meeting.
type Hall struct {
	DB        *Database
	Clock     *testkit.Clock
	Env       service.Env
	Presiding *presiding.Service
	Balloting *balloting.Service
	Rules     policy.Rules
	Members   []domain.ID // of seat 1, 2 ...: the first is the chair, the second the vice chair
	Items     []domain.ID
}

// Option changes what is set up.
type Option func(*setup)

type setup struct {
	members int
	mode    meeting.Mode
	items   []meeting.Item
	rules   map[string]string
}

// Members sets how many serve; 15 otherwise.
func Members(n int) Option { return func(s *setup) { s.members = n } }

// Mode sets how the meeting is held; in person otherwise.
func Mode(m meeting.Mode) Option { return func(s *setup) { s.mode = m } }

// Items sets the agenda; two items to resolve on otherwise. Identifiers and numbers are given here.
func Items(items ...meeting.Item) Option { return func(s *setup) { s.items = items } }

// Rule changes a value of the policy.
func Rule(key, value string) Option { return func(s *setup) { s.rules[key] = value } }

// New sets up a convened meeting whose time has come.
func New(t testing.TB, db *Database, options ...Option) *Hall {
	t.Helper()
	s := setup{members: 15, mode: meeting.InPerson, rules: map[string]string{}}
	s.items = []meeting.Item{
		{Kind: meeting.Resolution, Title: "3개년 기본계획(안)"}, {Kind: meeting.Resolution, Title: "운영세칙(안)"},
	}
	for _, o := range options {
		o(&s)
	}
	clock := testkit.NewClock()
	env := testkit.Env(clock)
	h := &Hall{
		DB: db, Clock: clock, Env: env, Rules: resolve(t, s.rules),
		Presiding: presiding.New(env, store.View[presiding.Tx]{DB: db.DB}),
		Balloting: balloting.New(env, store.View[balloting.Tx]{DB: db.DB}),
	}
	h.write(t, func(ctx context.Context, tx *store.Tx) error { return h.found(ctx, tx, s.members) })
	h.write(t, func(ctx context.Context, tx *store.Tx) error { return h.convene(ctx, tx, s) })
	return h
}

// library is the embedded packs, read once a process.
var library = sync.OnceValues(func() (*policies.Library, error) { return policies.Load("") })

func resolve(t testing.TB, changes map[string]string) policy.Rules {
	t.Helper()
	lib, err := library()
	Must(t, err)
	r, err := lib.Resolve("seoul-dx-draft", "2026-11-22")
	if err != nil {
		t.Fatal(err)
	}
	r.Entries = slices.Clone(r.Entries)
	for i, e := range r.Entries {
		if v, ok := changes[e.Key]; ok {
			r.Entries[i].Value = v
		}
	}
	if err := r.Validate(); err != nil {
		t.Fatal(err)
	}
	return r
}

func (h *Hall) write(t testing.TB, f func(context.Context, *store.Tx) error) {
	t.Helper()
	if err := h.DB.InTx(t.Context(), func(tx *store.Tx) error { return f(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

func (h *Hall) found(ctx context.Context, tx *store.Tx, members int) error {
	c := committee.Committee{
		ID: Committee, Code: "dx", Name: "디지털전환위원회", OwningDepartment: "디지털전환과", Pack: "seoul-dx-draft",
		FoundedOn: "2026-01-01", State: committee.Active, Version: 1,
	}
	if err := tx.AddCommittee(ctx, c); err != nil {
		return err
	}
	for i := range members {
		if err := h.appoint(ctx, tx, i+1); err != nil {
			return err
		}
	}
	return nil
}

func (h *Hall) appoint(ctx context.Context, tx *store.Tx, n int) error {
	role := map[int]committee.Role{1: committee.RoleChair, 2: committee.RoleViceChair}[n]
	if role == "" {
		role = committee.RoleMember
	}
	kind := committee.Appointed
	if n == 1 {
		kind = committee.ExOfficio
	}
	seat := domain.ID(fmt.Sprintf("seat-%02d", n))
	if err := tx.AddSeat(ctx, committee.Seat{
		ID: seat, Committee: Committee, Number: n, Kind: kind, Role: role,
	}); err != nil {
		return err
	}
	m := committee.Member{
		ID: domain.ID(fmt.Sprintf("member-%02d", n)), Seat: seat, Committee: Committee,
		Person: domain.ID(fmt.Sprint("person-", n)),
		Name:   fmt.Sprintf("위원 %02d", n), Organisation: fmt.Sprintf("기관 %02d", n), From: "2026-01-01", Version: 1,
	}
	h.Members = append(h.Members, m.ID)
	return tx.AddMember(ctx, m)
}

func (h *Hall) convene(ctx context.Context, tx *store.Tx, s setup) error {
	hash, err := tx.FreezePolicy(ctx, h.Rules)
	if err != nil {
		return err
	}
	now := h.Clock.Now()
	m := meeting.Meeting{
		ID: Meeting, Committee: Committee, Number: 3, Title: "제3차 회의", Mode: s.mode, State: meeting.Convened, StartsAt: now,
		ExpectedEnd: now.Add(2 * time.Hour), Place: "3층 대회의실", ConvenedAt: &now, Rules: hash, Public: true, Version: 1,
	}
	if s.mode == meeting.Written {
		until := now.AddDate(0, 0, 3)
		m.WrittenUntil = &until
	}
	if err := tx.AddMeeting(ctx, m); err != nil {
		return err
	}
	for n, i := range s.items {
		i.ID, i.Meeting, i.Position = domain.ID(fmt.Sprint("item-", n+1)), Meeting, n+1
		i.Number, i.State, i.Version = fmt.Sprintf("의안 제2026-%d호", n+1), meeting.Listed, 1
		if i.Subject == "" {
			i.Subject = meeting.SubjectOther
		}
		h.Items = append(h.Items, i.ID)
		if err := tx.AddItem(ctx, i); err != nil {
			return err
		}
	}
	return nil
}

// Questionnaires are those that ship with the program.
func Questionnaires(t testing.TB) []alliance.Questionnaire {
	t.Helper()
	all, err := capability.Load()
	if err != nil {
		t.Fatal(err)
	}
	return all
}
