package selecting_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/calendar"
	"secretariat/domain/identity"
	"secretariat/domain/selection"
	"secretariat/internal/canonical"
	"secretariat/internal/testkit/hall"
	"secretariat/policies"
	"secretariat/service/selecting"
	"secretariat/store"
)

// seeds gives the same seed each time.
type seeds struct{}

func (seeds) NewToken() string { return "seed" }

// post keeps the letters.
type post struct{ letters []selecting.Letter }

func (p *post) Report(_ context.Context, l selecting.Letter) error {
	p.letters = append(p.letters, l)
	return nil
}

// send sends what is due and gives the addresses with the kinds of the letters, in order.
func (w *world) send() []string {
	w.t.Helper()
	w.post.letters = nil
	must(w.t, w.s.SendDue(w.t.Context(), worker, selecting.CaseInput{Call: w.call.ID}))
	out := []string{}
	for _, l := range w.post.letters {
		out = append(out, l.Mail+" "+l.ID[:6])
	}
	slices.Sort(out)
	return out
}

// world is an alliance with firms and people who may evaluate.
type world struct {
	t     *testing.T
	h     *hall.Hall
	db    *hall.Database
	s     *selecting.Service
	staff domain.Actor
	call  selection.Call
	post  post
	book  selection.Book // the last that was written
}

var worker = domain.System("selection")

const (
	firms  = 4 // firm-1 ... of which the last belongs to the employer of judge-1
	judges = 5
)

func engines(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	lib, err := policies.Load("")
	must(t, err)
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db, hall.Members(3))
		w := &world{t: t, h: h, db: db, staff: h.Secretary()}
		w.s = selecting.New(h.Env, store.View[selecting.Tx]{DB: db.DB}, lib, seeds{}, canonical.JSON).With(&w.post, "https://city.example").
			Printing(func(b selection.Book) ([]byte, error) { w.book = b; return []byte("book"), nil }).Keeping(held{}, 1000)
		must(t, db.InTx(t.Context(), func(tx *store.Tx) error { return w.found(t.Context(), tx) }))
		f(t, w)
	})
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

func (w *world) found(ctx context.Context, tx *store.Tx) error {
	none := []string{}
	err := tx.AddAlliance(ctx, alliance.Alliance{ID: "a", Code: "a", Name: "얼라이언스", Committee: hall.Committee, Sectors: none, Technologies: none, Version: 1})
	for n := 1; n <= firms; n++ {
		id := domain.ID(fmt.Sprint("firm-", n))
		err = errors.Join(err, tx.AddOrganisation(ctx, alliance.Organisation{
			ID: id, Alliance: "a", Name: "기업 " + string(id), Kind: alliance.Company, Size: alliance.Small, State: alliance.Member,
			BusinessNumber: string(id), Sectors: []string{"로봇"}, Technologies: none, Version: 1,
		}))
	}
	for n := 1; n <= firms; n++ {
		id := domain.ID(fmt.Sprint("chief-", n))
		err = errors.Join(err, tx.AddAccount(ctx, identity.Account{ID: id, Email: string(id) + "@example.kr", Name: string(id), Version: 1}))
	}
	for n := 1; n <= judges; n++ {
		id := domain.ID(fmt.Sprint("judge-", n))
		err = errors.Join(err, tx.AddAccount(ctx, identity.Account{ID: id, Email: string(id) + "@example.kr", Name: string(id), Version: 1}))
	}
	return err
}

func firm(n int) domain.Actor {
	return domain.Actor{ID: domain.ID(fmt.Sprint("chief-", n)), Kind: domain.ActorPerson, Partners: []domain.Partner{
		{Organisation: domain.ID(fmt.Sprint("firm-", n)), Submits: true},
	}}
}

func judge(n int) domain.Actor {
	return domain.Actor{ID: domain.ID(fmt.Sprint("judge-", n)), Kind: domain.ActorPerson}
}

func (w *world) plan() selecting.Plan {
	return selecting.Plan{
		Instrument: selection.Subsidy, Title: "로봇 실증 지원", Purpose: "실증", ClosesAt: w.h.Clock.Now().AddDate(0, 0, 16),
		Terms: selection.Terms{Sizes: []string{"small"}, Most: 100, OwnShare: 30},
		Profile: selection.Profile{
			Criteria: []selection.Criterion{{Name: "성장 가능성", Weight: 60}, {Name: "효과성", Weight: 40}},
			Floor:    70, BonusMax: 5, PenaltyMax: 5, Decimals: 2, Panel: 3, Select: 1, Reserve: 1,
		},
	}
}

// publish publishes a call.
func (w *world) publish(p selecting.Plan) {
	w.t.Helper()
	c, err := w.s.Draft(w.t.Context(), w.staff, selecting.DraftInput{Alliance: "a", Plan: p})
	must(w.t, err)
	w.call, err = w.s.Publish(w.t.Context(), w.staff, selecting.ActInput{Call: c.ID, Version: c.Version})
	must(w.t, err)
}

func (w *world) request(n int) selecting.SaveInput {
	return selecting.SaveInput{
		Call: w.call.ID, Organisation: domain.ID(fmt.Sprint("firm-", n)), Title: fmt.Sprint("과제 ", n), Summary: "요약", Plan: "계획",
		Amount: 70, OwnMoney: 30,
	}
}

func (w *world) version() int {
	w.t.Helper()
	at, err := w.s.Show(w.t.Context(), w.staff, selecting.CaseInput{Call: w.call.ID})
	must(w.t, err)
	return at.Call.Version
}

// apply sends the applications of the first firms.
func (w *world) apply(n int) {
	w.t.Helper()
	for i := 1; i <= n; i++ {
		_, err := w.s.Submit(w.t.Context(), firm(i), w.request(i))
		must(w.t, err)
	}
}

// review closes the call and finds everybody eligible.
func (w *world) review() {
	w.t.Helper()
	w.h.Clock.Set(w.call.ClosesAt)
	must(w.t, w.s.Close(w.t.Context(), worker, selecting.CaseInput{Call: w.call.ID}))
	all, err := w.s.Applications(w.t.Context(), w.staff, selecting.ApplicationsInput{Call: w.call.ID})
	must(w.t, err)
	for _, x := range all.Items {
		if x.State == selection.Withdrawn {
			continue
		}
		_, err := w.s.Review(w.t.Context(), w.staff, selecting.ReviewInput{Application: x.ID, Eligible: true, Version: x.Version})
		must(w.t, err)
	}
}

// draw fills the pool and draws the panel; judge-1 belongs to the last firm.
func (w *world) draw(by ...calendar.Date) {
	w.t.Helper()
	for n := 1; n <= judges; n++ {
		in := selecting.AddEvaluatorInput{Call: w.call.ID, Email: fmt.Sprintf("judge-%d@example.kr", n)}
		if n == 1 {
			in.Organisations = []domain.ID{domain.ID(fmt.Sprint("firm-", firms))}
		}
		_, err := w.s.AddEvaluator(w.t.Context(), w.staff, in)
		must(w.t, err)
	}
	var err error
	in := selecting.DrawInput{Call: w.call.ID, Version: w.version()}
	if len(by) > 0 {
		in.EvaluateBy = by[0]
	}
	w.call, err = w.s.Draw(w.t.Context(), w.staff, in)
	must(w.t, err)
}

// panel is who sits, by number.
func (w *world) panel() []int {
	w.t.Helper()
	all, err := w.s.Panel(w.t.Context(), w.staff, selecting.PanelInput{Call: w.call.ID})
	must(w.t, err)
	var out []int
	for _, seat := range all.Items {
		if seat.Evaluator.Sits && seat.Evaluator.Removed == "" {
			var n int
			_, err := fmt.Sscanf(string(seat.Evaluator.Account), "judge-%d", &n)
			must(w.t, err)
			out = append(out, n)
		}
	}
	return out
}

// score has a judge pledge, score the applications in their order with so many points in all, and submit.
func (w *world) score(n int, points ...int64) {
	w.t.Helper()
	_, err := w.s.Declare(w.t.Context(), judge(n), selecting.DeclareInput{Call: w.call.ID, Pledge: true})
	must(w.t, err)
	work, err := w.s.Sheets(w.t.Context(), judge(n), selecting.SheetsInput{Call: w.call.ID})
	must(w.t, err)
	for i, task := range work.Items {
		_, err := w.s.Score(w.t.Context(), judge(n), selecting.ScoreInput{
			Application: task.Application.ID, Scores: []int64{points[i] * 600, points[i] * 400}, Comment: "의견",
		})
		must(w.t, err)
	}
	_, err = w.s.SubmitSheets(w.t.Context(), judge(n), selecting.SubmitSheetsInput{Call: w.call.ID})
	must(w.t, err)
}
