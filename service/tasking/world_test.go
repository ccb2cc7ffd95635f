package tasking_test

import (
	"context"
	"errors"
	"net/mail"
	"slices"
	"testing"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/identity"
	"secretariat/domain/meeting"
	"secretariat/domain/pipeline"
	"secretariat/internal/canonical"
	"secretariat/internal/testkit/hall"
	"secretariat/policies"
	"secretariat/service/minuting"
	"secretariat/service/tasking"
	"secretariat/store"
)

// post keeps the letters, and refuses those whose identifier no mail can bear.
type post struct{ letters []tasking.Letter }

func (p *post) Tell(_ context.Context, l tasking.Letter) error {
	if _, err := mail.ParseAddress(l.ID + "@post.example"); err != nil {
		return &domain.Error{Code: domain.CodeInvalid, Key: "mail"}
	}
	p.letters = append(p.letters, l)
	return nil
}

// world is an alliance whose division of robots has a member, and two sherpas; a division of banks has another member.
type world struct {
	t        *testing.T
	h        *hall.Hall
	s        *tasking.Service
	minuting *minuting.Service
	post     *post
	staff    domain.Actor
	robot    domain.Actor   // submits for the proposer
	drafter  domain.Actor   // of the proposer
	assoc    domain.Actor   // submits for the first sherpa
	lab      domain.Actor   // submits for the second sherpa
	hub      domain.Actor   // submits for a public body in no division
	bank     domain.Actor   // submits for a member of another division
	judges   []domain.Actor // of the policy council
}

var worker = domain.System("task")

func engines(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	lib, err := policies.Load("")
	must(t, err)
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db, hall.Members(7), hall.Items(meeting.Item{Kind: meeting.Resolution, Title: "선도과제 선정(안)"}))
		w := &world{t: t, h: h, post: &post{}, staff: h.Secretary()}
		w.s = tasking.New(h.Env, store.View[tasking.Tx]{DB: db.DB}, tasking.Ports{
			Policies: lib, Mailer: w.post, Address: "https://city.example",
		})
		w.minuting = minuting.New(h.Env, store.View[minuting.Tx]{DB: db.DB}, canonical.JSON)
		must(t, db.InTx(t.Context(), func(tx *store.Tx) error { return w.found(t.Context(), tx) }))
		w.council()
		f(t, w)
	})
}

func (w *world) found(ctx context.Context, tx *store.Tx) error {
	return errors.Join(
		tx.AddAlliance(ctx, alliance.Alliance{
			ID: "a", Code: "a", Name: "얼라이언스", Committee: hall.Committee, Sectors: []string{"로봇"}, Technologies: []string{},
			CreatedAt: w.h.Clock.Now(), Version: 1,
		}),
		tx.AddDivision(ctx, alliance.Division{ID: "robots", Alliance: "a", Code: "robots", Name: "로봇 분과"}),
		tx.AddDivision(ctx, alliance.Division{ID: "banks", Alliance: "a", Code: "banks", Name: "핀테크 분과"}),
		w.organisation(ctx, tx, "robot", alliance.Company, "robots", false, &w.robot),
		w.organisation(ctx, tx, "assoc", alliance.Association, "robots", true, &w.assoc),
		w.organisation(ctx, tx, "lab", alliance.Institute, "robots", true, &w.lab),
		w.organisation(ctx, tx, "hub", alliance.PublicBody, "", false, &w.hub),
		w.organisation(ctx, tx, "bank", alliance.Company, "banks", false, &w.bank),
		w.person(ctx, tx, "robot", "drafter", false, &w.drafter),
		w.account(ctx, tx, "judge-1"), w.account(ctx, tx, "judge-2"), w.account(ctx, tx, "judge-3"), w.account(ctx, tx, "judge-4"),
		w.account(ctx, tx, "person-3"),
	)
}

func (w *world) account(ctx context.Context, tx *store.Tx, id domain.ID) error {
	return tx.AddAccount(ctx, identity.Account{ID: id, Email: string(id) + "@example.kr", Name: "담당 " + string(id), Version: 1})
}

func (w *world) organisation(
	ctx context.Context, tx *store.Tx, id domain.ID, kind alliance.Kind, division domain.ID, sherpa bool, by *domain.Actor,
) error {
	err := tx.AddOrganisation(ctx, alliance.Organisation{
		ID: id, Alliance: "a", Name: "기관 " + string(id), Kind: kind, State: alliance.Member, BusinessNumber: string(id),
		Sectors: []string{}, Technologies: []string{}, Version: 1,
	})
	if err == nil && division != "" {
		err = tx.SetPlace(ctx, alliance.Place{Division: division, Organisation: id, Sherpa: sherpa})
	}
	return errors.Join(err, w.person(ctx, tx, id, id+"-chief", true, by))
}

func (w *world) person(ctx context.Context, tx *store.Tx, of, id domain.ID, submits bool, by *domain.Actor) error {
	*by = domain.Actor{ID: id, Kind: domain.ActorPerson, Partners: []domain.Partner{{Organisation: of, Submits: submits}}}
	return errors.Join(w.account(ctx, tx, id), tx.SetPerson(ctx, alliance.Person{Organisation: of, Account: id, Submits: submits}))
}

// council seats three members without a tie, and one employed by the proposer.
func (w *world) council() {
	w.t.Helper()
	for n, employer := range []string{"한국대학교", "정책연구원", "시민단체", "(주) 기관 robot"} {
		id := domain.ID("judge-" + string(rune('1'+n)))
		_, err := w.s.Seat(w.t.Context(), w.staff, tasking.SeatInput{Alliance: "a", Email: string(id) + "@example.kr", Employer: employer})
		must(w.t, err)
		w.judges = append(w.judges, domain.Actor{ID: id, Kind: domain.ActorPerson})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wants(t *testing.T, what string, err error, key string) {
	t.Helper()
	if domain.KeyOf(err) != key {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}

func fieldsOf(err error) []string {
	var e *domain.Error
	if !errors.As(err, &e) {
		return nil
	}
	out := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		out[i] = f.Field
	}
	slices.Sort(out)
	return out
}

func entry() tasking.Entry {
	return tasking.Entry{Division: "robots", Proposal: pipeline.Proposal{
		Title: "물류로봇 고장 예측", Problem: "멈춤이 잦다", Approach: "진동 자료를 모아 학습한다", Sector: "로봇",
		Technologies: []pipeline.Technology{pipeline.Things, pipeline.Learning}, Effects: "가동률 5% 향상", Budget: 300_000_000,
	}}
}

// draft begins a task of the proposer.
func (w *world) draft() pipeline.Task {
	w.t.Helper()
	t, err := w.s.Draft(w.t.Context(), w.drafter, tasking.DraftInput{Alliance: "a", Organisation: "robot", Entry: entry()})
	must(w.t, err)
	return t
}

func (w *world) submitted() pipeline.Task {
	w.t.Helper()
	t := w.draft()
	t, err := w.s.Submit(w.t.Context(), w.robot, tasking.ReviseInput{Task: t.ID, Entry: entry(), Version: t.Version})
	must(w.t, err)
	return t
}

func (w *world) recommended() pipeline.Task {
	w.t.Helper()
	t := w.submitted()
	t, err := w.s.Review(w.t.Context(), w.assoc, tasking.ReviewInput{Task: t.ID, Recommend: true, Reason: "분과의 공통 과제", Version: t.Version})
	must(w.t, err)
	return t
}

func (w *world) mark(by domain.Actor, t pipeline.Task, points int) error {
	w.t.Helper()
	_, err := w.s.Mark(w.t.Context(), by, tasking.MarkInput{
		Task: t.ID, Innovation: points, Feasibility: points, Impact: points, Remark: "비고 " + string(by.ID),
	})
	return err
}

func (w *world) refined() pipeline.Task {
	w.t.Helper()
	t := w.recommended()
	for _, j := range w.judges[:2] {
		must(w.t, w.mark(j, t, 4))
	}
	t, err := w.s.Conclude(w.t.Context(), w.staff, tasking.ConcludeInput{Task: t.ID, Version: t.Version})
	must(w.t, err)
	return t
}

func (w *world) show(by domain.Actor, id domain.ID) tasking.View {
	w.t.Helper()
	v, err := w.s.Show(w.t.Context(), by, tasking.ShowInput{Task: id})
	must(w.t, err)
	return v
}

// send sends what is due and gives the recipients with the kinds, in order.
func (w *world) send(id domain.ID) []string {
	w.t.Helper()
	w.post.letters = nil
	must(w.t, w.s.SendDue(w.t.Context(), worker, tasking.CaseInput{Task: id}))
	var out []string
	for _, l := range w.post.letters {
		kind, _, _ := cut(l.ID)
		out = append(out, l.Mail+" "+kind)
	}
	slices.Sort(out)
	return out
}
