package consulting_test

import (
	"context"
	"errors"
	"net/mail"
	"slices"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/identity"
	"secretariat/internal/testkit/hall"
	"secretariat/policies"
	"secretariat/render/docs"
	"secretariat/service/consulting"
	"secretariat/store"
)

// post keeps the letters, and refuses those to an address that it is told and those whose identifier no mail can bear.
type post struct {
	letters []consulting.Letter
	refuse  string
	first   func() // done once, after the first letter
}

func (p *post) Inform(_ context.Context, l consulting.Letter) error {
	if _, err := mail.ParseAddress(l.ID + "@post.example"); err != nil || l.Mail == p.refuse {
		return &domain.Error{Code: domain.CodeInvalid, Key: "mail"}
	}
	p.letters = append(p.letters, l)
	if do := p.first; do != nil {
		p.first = nil
		do()
	}
	return nil
}

// world is an alliance with two members in two divisions and an outsider.
type world struct {
	t       *testing.T
	h       *hall.Hall
	s       *consulting.Service
	post    *post
	staff   domain.Actor
	robot   domain.Actor // submits for a member in the division of robots
	drafter domain.Actor // of the same member
	bank    domain.Actor // submits for a member of another division
	guest   domain.Actor // submits for an organisation that is no member
	kept    kept
	desk    *desk
}

var worker = domain.System("consultation")

func engines(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	lib, err := policies.Load("")
	must(t, err)
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db, hall.Members(3))
		w := &world{t: t, h: h, post: &post{}, staff: h.Secretary(), kept: kept{}, desk: &desk{}}
		w.s = consulting.New(h.Env, store.View[consulting.Tx]{DB: db.DB}, consulting.Ports{
			Policies: lib, Mailer: w.post, Address: "https://city.example", Printer: docs.Renderer{},
		}).Keeping(w.kept, 1000).Bringing(w.desk)
		must(t, db.InTx(t.Context(), func(tx *store.Tx) error { return w.found(t.Context(), tx) }))
		f(t, w)
	})
}

func (w *world) found(ctx context.Context, tx *store.Tx) error {
	none := []string{}
	return errors.Join(
		tx.AddAlliance(ctx, alliance.Alliance{ID: "a", Code: "a", Name: "얼라이언스", Committee: hall.Committee, Sectors: none, Technologies: none, Version: 1}),
		tx.AddDivision(ctx, alliance.Division{ID: "robots", Alliance: "a", Code: "robots", Name: "로봇"}),
		tx.AddDivision(ctx, alliance.Division{ID: "banks", Alliance: "a", Code: "banks", Name: "핀테크"}),
		w.organisation(ctx, tx, "robot", alliance.Member, "robots", &w.robot),
		w.organisation(ctx, tx, "bank", alliance.Member, "banks", &w.bank),
		w.organisation(ctx, tx, "guest", alliance.Registered, "", &w.guest),
		w.person(ctx, tx, "robot", "drafter", false, &w.drafter),
	)
}

func (w *world) organisation(
	ctx context.Context, tx *store.Tx, id domain.ID, state alliance.State, division domain.ID, by *domain.Actor,
) error {
	err := tx.AddOrganisation(ctx, alliance.Organisation{
		ID: id, Alliance: "a", Name: "기관 " + string(id), State: state, BusinessNumber: string(id), Sectors: []string{},
		Technologies: []string{}, Version: 1,
	})
	if err == nil && division != "" {
		err = tx.SetPlace(ctx, alliance.Place{Division: division, Organisation: id})
	}
	return errors.Join(err, w.person(ctx, tx, id, id+"-chief", true, by))
}

func (w *world) person(ctx context.Context, tx *store.Tx, of, id domain.ID, submits bool, by *domain.Actor) error {
	*by = domain.Actor{ID: id, Kind: domain.ActorPerson, Partners: []domain.Partner{{Organisation: of, Submits: submits}}}
	return errors.Join(
		tx.AddAccount(ctx, identity.Account{ID: id, Email: string(id) + "@example.kr", Name: "담당 " + string(id), Version: 1}),
		tx.SetPerson(ctx, alliance.Person{Organisation: of, Account: id, Submits: submits}))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (w *world) plan() consulting.Plan {
	return consulting.Plan{
		Kind: alliance.Consulting, Title: "기본계획(안)", Purpose: "의견을 듣습니다.", Audience: alliance.AskDivisions,
		Divisions: []domain.ID{"robots"}, ClosesAt: w.h.Clock.Now().AddDate(0, 0, 14),
		Articles: []alliance.Article{{Label: "제1조", Before: "가", After: "나"}, {Label: "제2조", After: "다"}},
	}
}

// open opens a consultation of a plan.
func (w *world) open(p consulting.Plan) alliance.Consultation {
	w.t.Helper()
	c, err := w.s.Draft(w.t.Context(), w.staff, consulting.DraftInput{Alliance: "a", Plan: p})
	must(w.t, err)
	c, err = w.s.Open(w.t.Context(), w.staff, consulting.ActInput{Consultation: c.ID, Version: c.Version})
	must(w.t, err)
	return c
}

// submit sends one opinion of an organisation.
func (w *world) submit(by domain.Actor, c domain.ID, said ...consulting.Said) (consulting.Saved, error) {
	w.t.Helper()
	mine, err := w.s.Mine(w.t.Context(), by, consulting.MineInput{Consultation: c, Organisation: by.Partners[0].Organisation})
	must(w.t, err)
	in := consulting.SaveInput{Consultation: c, Organisation: by.Partners[0].Organisation, Opinions: said}
	if mine.Submission != nil {
		in.Version = mine.Submission.Version
	}
	return w.s.Submit(w.t.Context(), by, in)
}

// close lets the time pass and closes it.
func (w *world) close(c alliance.Consultation) {
	w.t.Helper()
	w.h.Clock.Set(c.ClosesAt)
	must(w.t, w.s.Close(w.t.Context(), worker, consulting.CaseInput{Consultation: c.ID}))
}

// send sends what is due and gives the addresses with the beginnings of the subjects, in order.
func (w *world) send(c domain.ID) []string {
	w.t.Helper()
	w.post.letters = nil
	must(w.t, w.s.SendDue(w.t.Context(), worker, consulting.CaseInput{Consultation: c}))
	var out []string
	for _, l := range w.post.letters {
		out = append(out, l.Mail+" "+l.ID[:3])
	}
	slices.Sort(out)
	return out
}

var says = consulting.Said{Article: 1, Stance: alliance.Amends, Wording: "라", Text: "이유"}

const hour = time.Hour
