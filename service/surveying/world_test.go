package surveying_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/identity"
	"secretariat/internal/testkit/hall"
	"secretariat/policies"
	"secretariat/policies/capability"
	"secretariat/render/xlsx"
	"secretariat/service/surveying"
	"secretariat/store"
)

// post keeps the letters.
type post struct{ letters []surveying.Letter }

func (p *post) Ask(_ context.Context, l surveying.Letter) error {
	p.letters = append(p.letters, l)
	return nil
}

// world is an alliance of seven members in two divisions, and an outsider. Who submits for member n is firm[n].
type world struct {
	t       *testing.T
	h       *hall.Hall
	s       *surveying.Service
	post    *post
	staff   domain.Actor
	firm    []domain.Actor
	drafter domain.Actor // of the first member
	guest   domain.Actor // of an organisation that is no member
}

const members = 7

var worker = domain.System("survey")

func engines(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	lib, err := policies.Load("")
	must(t, err)
	questions, err := capability.Load()
	must(t, err)
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db, hall.Members(3))
		w := &world{t: t, h: h, post: &post{}, staff: h.Secretary(), firm: make([]domain.Actor, members)}
		w.s = surveying.New(h.Env, store.View[surveying.Tx]{DB: db.DB}, surveying.Ports{
			Policies: lib, Mailer: w.post, Address: "https://city.example", Questions: questions, Book: xlsx.Survey,
		})
		must(t, db.InTx(t.Context(), func(tx *store.Tx) error { return w.found(t.Context(), tx) }))
		f(t, w)
	})
}

func (w *world) found(ctx context.Context, tx *store.Tx) error {
	none := []string{}
	err := errors.Join(
		tx.AddAlliance(ctx, alliance.Alliance{ID: "a", Code: "a", Name: "얼라이언스", Committee: hall.Committee, Sectors: none, Technologies: none, Version: 1}),
		tx.AddDivision(ctx, alliance.Division{ID: "robots", Alliance: "a", Code: "robots", Name: "로봇"}),
		tx.AddDivision(ctx, alliance.Division{ID: "banks", Alliance: "a", Code: "banks", Name: "핀테크"}),
		w.organisation(ctx, tx, "guest", alliance.Registered, "", &w.guest),
	)
	for n := range w.firm {
		division := domain.ID("robots")
		if n >= members-3 {
			division = "banks"
		}
		err = errors.Join(err, w.organisation(ctx, tx, domain.ID(fmt.Sprint("firm", n)), alliance.Member, division, &w.firm[n]))
	}
	return errors.Join(err, w.person(ctx, tx, "firm0", "drafter", false, &w.drafter))
}

func (w *world) organisation(
	ctx context.Context, tx *store.Tx, id domain.ID, state alliance.State, division domain.ID, by *domain.Actor,
) error {
	err := tx.AddOrganisation(ctx, alliance.Organisation{
		ID: id, Alliance: "a", Name: "기관 " + string(id), Kind: alliance.Company, Size: alliance.Small, State: state,
		BusinessNumber: string(id), Sectors: []string{}, Technologies: []string{}, Version: 1,
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

func expect(t *testing.T, what string, err error, key string) {
	t.Helper()
	if domain.KeyOf(err) != key {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}

func (w *world) plan() surveying.Plan {
	return surveying.Plan{Title: "자가진단", Purpose: "역량을 진단합니다.", ClosesAt: w.h.Clock.Now().AddDate(0, 0, 14)}
}

// open opens a round of a plan.
func (w *world) open(p surveying.Plan) alliance.Survey {
	w.t.Helper()
	v, err := w.s.Draft(w.t.Context(), w.staff, surveying.DraftInput{Alliance: "a", Plan: p})
	must(w.t, err)
	v, err = w.s.Open(w.t.Context(), w.staff, surveying.ActInput{Survey: v.ID, Version: v.Version})
	must(w.t, err)
	return v
}

// answers are points for all ten indicators, or as many as given from the first on; 0 leaves one out.
func answers(v alliance.Survey, points ...int) []surveying.Point {
	out := []surveying.Point{}
	for n, i := range v.Questions.Items() {
		out = append(out, surveying.Point{Indicator: i.Code, Points: points[min(n, len(points)-1)]})
	}
	return out
}

func (w *world) submit(by domain.Actor, v alliance.Survey, group string, points ...int) (alliance.Sheet, error) {
	w.t.Helper()
	mine, err := w.s.Mine(w.t.Context(), by, surveying.MineInput{Survey: v.ID, Organisation: by.Partners[0].Organisation})
	must(w.t, err)
	in := surveying.SaveInput{Survey: v.ID, Organisation: by.Partners[0].Organisation, Group: group, Answers: answers(v, points...)}
	if mine.Sheet != nil {
		in.Version = mine.Sheet.Version
	}
	return w.s.Submit(w.t.Context(), by, in)
}

// close lets the time pass and closes it.
func (w *world) close(v alliance.Survey) {
	w.t.Helper()
	w.h.Clock.Set(v.ClosesAt)
	must(w.t, w.s.Close(w.t.Context(), worker, surveying.CaseInput{Survey: v.ID}))
}

func (w *world) show(by domain.Actor, v domain.ID) (surveying.View, error) {
	return w.s.Show(w.t.Context(), by, surveying.ShowInput{Survey: v})
}

// send sends what is due and gives the addresses with the kinds, in order.
func (w *world) send(v domain.ID) []string {
	w.t.Helper()
	w.post.letters = nil
	must(w.t, w.s.SendDue(w.t.Context(), worker, surveying.CaseInput{Survey: v}))
	var out []string
	for _, l := range w.post.letters {
		out = append(out, l.Mail+" "+l.ID[len("survey."):][:3])
	}
	slices.Sort(out)
	return out
}
