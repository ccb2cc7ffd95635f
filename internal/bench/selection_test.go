package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/selection"
	"secretariat/internal/sample"
	"secretariat/service"
	"secretariat/store"
)

// A call of many applications that seven evaluators have scored, and one of few beside it.
const (
	few, many = 100, 10_000
	panel     = 7
)

func scoring(places int) selection.Profile {
	return selection.Profile{
		Criteria: []selection.Criterion{{Name: "성장 가능성", Weight: 50}, {Name: "지원 타당성", Weight: 30}, {Name: "효과성", Weight: 20}},
		Floor:    70, TrimFrom: 5, BonusMax: 5, PenaltyMax: 5, Decimals: 2, Panel: panel, Select: places, Reserve: places / 5,
	}
}

// scored are n applications with scores in halves of a point, among which there are ties.
func scored(n int) []selection.Entry {
	random := rand.New(rand.NewPCG(1, uint64(n)))
	out := make([]selection.Entry, n)
	for i := range out {
		out[i] = selection.Entry{Application: domain.ID(fmt.Sprintf("application-%05d", i+1)), Amount: random.Int64N(100) * 1_000_000}
		for range panel {
			sheet := []int64{500 * random.Int64N(101), 500 * random.Int64N(61), 500 * random.Int64N(41)}
			out[i].Sheets = append(out[i].Sheets, sheet)
		}
	}
	return out
}

// BenchmarkRanking ranks ten thousand applications.
func BenchmarkRanking(b *testing.B) {
	profile, entries := scoring(many/7), scored(many)
	var took []time.Duration
	for range 30 {
		began := time.Now()
		rows, err := selection.Rank(profile, entries, "seed")
		took = append(took, time.Since(began))
		must(b, err)
		if len(rows) != many {
			b.Fatalf("%d rows", len(rows))
		}
	}
	median := milliseconds(percentile(took, 50))
	note(b, figure{fmt.Sprintf("ranking, %d applications of %d scores: median", many, panel), median, "ms", below(100)})
	b.ReportMetric(median, "ms-ranking")
}

// contest is a call with whom its applicants act through.
type contest struct {
	id     domain.ID
	staff  string   // token
	tokens []string // of who acts for each applicant
}

// compete makes a call for n applicants, each with somebody who acts for it; its state is the caller's.
func (s *site) compete(t testing.TB, n int, of selection.Call) *contest {
	t.Helper()
	out := &contest{id: of.ID}
	out.staff = s.found(t, 0, func(founding) error { return nil }).secretary
	s.write(t, func(ctx context.Context, tx *store.Tx) error {
		f := founding{tx: tx, ctx: ctx, now: service.Instant(s.env.Now())}
		var err error
		if of.Rules, err = tx.FreezePolicy(ctx, rules(t)); err != nil {
			return err
		}
		err = tx.AddAlliance(ctx, alliance.Alliance{
			ID: "alliance", Code: "alliance", Name: "얼라이언스", Committee: "board-0", Sectors: []string{}, Technologies: []string{}, Version: 1,
		})
		if err != nil {
			return err
		}
		of.Committee, of.Alliance, of.Instrument, of.Version = "board-0", "alliance", selection.Research, 1
		of.Title, of.Purpose, of.Number, of.Year = "중소기업 기술상용화", text(2), 1, f.now.Year()
		of.Terms = selection.Terms{Sizes: []string{}, Sectors: []string{}}
		if err := tx.AddCall(ctx, of); err != nil {
			return err
		}
		for i := 1; i <= n && err == nil; i++ {
			var token string
			token, err = f.applicant(i)
			out.tokens = append(out.tokens, token)
		}
		return err
	})
	return out
}

// applicant writes the i-th organisation with its one person.
func (f founding) applicant(i int) (string, error) {
	id := domain.ID(fmt.Sprintf("firm-%05d", i))
	err := f.tx.AddOrganisation(f.ctx, alliance.Organisation{
		ID: id, Alliance: "alliance", Name: fmt.Sprint("기업 ", i), Kind: alliance.Company, Size: alliance.Small, State: alliance.Member,
		BusinessNumber: fmt.Sprintf("%010d", i), Sectors: []string{}, Technologies: []string{}, AppliedAt: f.now, Version: 1,
	})
	if err != nil {
		return "", err
	}
	account := id + "-chief"
	token, err := f.signIn(account)
	if err != nil {
		return "", err
	}
	return token, f.tx.SetPerson(f.ctx, alliance.Person{Organisation: id, Account: account, Submits: true, Manages: true, Since: f.now})
}

// BenchmarkSubmissions has everybody who applied to the calls of research in 2021 submit at the same time, in the last minutes before
// the close, beside as many bare commits of one row.
func BenchmarkSubmissions(b *testing.B) { each(b, submissions) }

func submissions(b *testing.B, e engine) {
	round, err := sample.LoadRound()
	must(b, err)
	n := round.Total.Received
	s := open(b, e)
	now := service.Instant(s.env.Now())
	c := s.compete(b, n, selection.Call{
		ID: "call", State: selection.Open, OpenedAt: &now, ClosesAt: now.Add(time.Hour), Profile: scoring(n / 7),
	})
	_, err = s.bare.ExecContext(b.Context(), "CREATE TABLE bare (id TEXT PRIMARY KEY, choice TEXT NOT NULL)")
	must(b, err)
	p := poll{site: s, writes: "INSERT INTO bare (id, choice) VALUES ($1, $2)"}
	for range clients {
		p.clients = append(p.clients, s.dial(b))
	}
	must(b, s.db.Exec(b.Context(), "ANALYZE"))
	committing := p.commit(b, n)
	var mu sync.Mutex
	var took []time.Duration
	whole := p.together(b, n, func(cl *client, i int) error {
		began := time.Now()
		_, err := cl.send(call{token: c.tokens[i], path: "/calls/call/submit", body: request(i + 1)})
		mu.Lock()
		defer mu.Unlock()
		took = append(took, time.Since(began))
		return err
	})
	s.received(b, c, n)
	what := fmt.Sprintf("submissions, %s: %d in a burst, ", e.name, n)
	p99 := milliseconds(percentile(took, 99))
	note(b, figure{what + "p99", p99, "ms", goal{}})
	note(b, figure{what + "in all", float64(n) / whole.Seconds(), "/s", goal{}})
	note(b, figure{what + "API / bare commits", committing.Seconds() / whole.Seconds(), "", goal{}})
	b.ReportMetric(p99, "ms-p99")
}

func request(i int) string {
	raw, _ := json.Marshal(map[string]any{ // what is made of texts and numbers can be written
		"organisation": fmt.Sprintf("firm-%05d", i), "title": fmt.Sprint("과제 ", i), "summary": text(3), "plan": text(30),
		"amount": 40_000_000, "ownMoney": 10_000_000,
	})
	return string(raw)
}

// received holds what is in the database to what was sent: every application once, with numbers from 1 on.
func (s *site) received(b *testing.B, c *contest, n int) {
	b.Helper()
	var count, highest, numbers int
	err := s.bare.QueryRowContext(b.Context(),
		"SELECT count(*), max(number), count(DISTINCT number) FROM applications WHERE state = 'submitted'").Scan(&count, &highest, &numbers)
	must(b, err)
	if count != n || highest != n || numbers != n {
		b.Fatalf("%d applications to %s with %d numbers up to %d, want %d", count, c.id, numbers, highest, n)
	}
}

// BenchmarkSelectionPages compares the list of applications that the staff reads and the page of results that everybody reads
// between a call of few applications and one of many.
func BenchmarkSelectionPages(b *testing.B) { each(b, selectionPages) }

func selectionPages(b *testing.B, e engine) {
	small, large := open(b, e), open(b, e)
	contests := [2]*contest{small.decided(b, few), large.decided(b, many)}
	for _, page := range []struct {
		what string
		path func(n int) string
	}{
		{"list of applications", func(n int) string { return fmt.Sprintf("/calls/call/applications?limit=50&after=%d", rand.IntN(n-50)) }},
		{"published results", func(int) string { return "/selections" }},
	} {
		var took [2][]time.Duration
		clients := [2]*client{small.dial(b), large.dial(b)}
		for range views + views/10 {
			for i, n := range [2]int{few, many} {
				began := time.Now()
				raw, err := clients[i].send(call{token: contests[i].staff, path: page.path(n)})
				took[i] = append(took[i], time.Since(began))
				must(b, err)
				if len(raw) < 400 {
					b.Fatalf("%s is empty: %s", page.what, raw)
				}
			}
		}
		var p99 [2]float64
		for i := range took {
			p99[i] = milliseconds(percentile(took[i][views/10:], 99)) // the first ones warm the caches
		}
		note(b, figure{fmt.Sprintf("%s, %s: p99 with %d applications", page.what, e.name, few), p99[0], "ms", goal{}})
		note(b, figure{fmt.Sprintf("%s, %s: p99 with %d applications", page.what, e.name, many), p99[1], "ms", goal{}})
		note(b, figure{fmt.Sprintf("%s, %s: p99 with %d / with %d", page.what, e.name, many, few), p99[1] / p99[0], "", below(1.5)})
	}
}

// decided makes a call of n applications whose result is announced.
func (s *site) decided(t testing.TB, n int) *contest {
	t.Helper()
	now := service.Instant(s.env.Now())
	c := selection.Call{
		ID: "call", State: selection.Announced, OpenedAt: &now, ClosesAt: now, ClosedAt: &now, RankedAt: &now, AnnouncedAt: &now,
		Profile: scoring(n / 7),
	}
	out := s.compete(t, n, c)
	entries := scored(n)
	rows, err := selection.Rank(c.Profile, entries, "seed")
	must(t, err)
	s.write(t, func(ctx context.Context, tx *store.Tx) error {
		for i, x := range entries {
			err := tx.AddApplication(ctx, selection.Application{
				ID: x.Application, Call: c.ID, Organisation: domain.ID(fmt.Sprintf("firm-%05d", i+1)), Applicant: fmt.Sprint("기업 ", i+1),
				Number: i + 1, Title: fmt.Sprint("과제 ", i+1), Summary: text(3), Plan: text(10), Amount: x.Amount, Answers: []selection.Answer{}, State: selection.Eligible,
				SubmittedAt: &now, Version: 1,
			})
			if err != nil {
				return err
			}
		}
		counts := map[selection.ApplicationState]int{selection.Eligible: n}
		return tx.PutRanking(ctx, selection.Ranking{
			Call: c.ID, Version: 1, Entries: entries, Rows: rows, Competition: selection.CompetitionOf(counts, rows), At: now, Hash: "hash",
			AnnouncedAt: &now,
		})
	})
	must(t, s.db.Exec(t.Context(), "ANALYZE"))
	return out
}
