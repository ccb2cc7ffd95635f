package bench

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/service"
	"secretariat/store"
)

// A consultation of many opinions on so many articles, and one of few. Every fourth opinion is like the one before.
const (
	manyOpinions = 10_000
	fewOpinions  = 1_000
	articles     = 20
	clerks       = 4
)

// BenchmarkOpinions disposes of every opinion of a large consultation and of a small one, ends them and prints their digests.
func BenchmarkOpinions(b *testing.B) { each(b, opinions) }

func opinions(b *testing.B, e engine) {
	sizes := [2]int{fewOpinions, manyOpinions}
	var p99, page, finish, print [2]float64
	for i, n := range sizes {
		s := open(b, e)
		staff := s.consult(b, n)
		p := poll{site: s}
		for range clerks {
			p.clients = append(p.clients, s.dial(b))
		}
		took, whole := p.dispose(b, staff, n)
		p99[i] = milliseconds(percentile(took, 99))
		note(b, figure{fmt.Sprintf("%d opinions, %s: disposed of by %d clerks", n, e.name, clerks), float64(n) / whole.Seconds(), "/s", goal{}})
		page[i] = milliseconds(percentile(p.digests(b, staff, n), 99))
		finish[i] = p.timed(b, call{token: staff, path: "/consultations/consultation/finish", body: `{"version":1}`})
		print[i] = p.timed(b, call{token: staff, path: "/consultations/consultation/digest.pdf"})
	}
	what := fmt.Sprintf("%d opinions, %s: ", manyOpinions, e.name)
	note(b, figure{what + "disposing of one, p99", p99[1], "ms", goal{}})
	note(b, figure{fmt.Sprintf("%sdisposing of one, p99 / with %d", what, fewOpinions), p99[1] / p99[0], "", below(1.5)})
	note(b, figure{what + "a page of the digest, counted anew, p99", page[1], "ms", below(300)})
	note(b, figure{fmt.Sprintf("%sa page of the digest, p99 / with %d", what, fewOpinions), page[1] / page[0], "", goal{}})
	note(b, figure{what + "ending the consultation", finish[1] / 1000, "s", below(1)})
	note(b, figure{what + "digest as PDF", print[1] / 1000, "s", below(30)})
	per := print[1] / print[0] * fewOpinions / manyOpinions
	note(b, figure{fmt.Sprintf("%sdigest as PDF, an opinion / with %d", what, fewOpinions), per, "", below(1.5)})
	b.ReportMetric(print[1]/1000, "s-digest")
}

func opinionID(n int) domain.ID { return domain.ID(fmt.Sprintf("opinion-%05d", n)) }

// like reports whether an opinion is like the one before it.
func like(n int) bool { return n%4 == 3 }

// consult writes a closed consultation with so many opinions, two of each citizen, and gives the token of its staff.
func (s *site) consult(t testing.TB, n int) string {
	t.Helper()
	staff := s.found(t, 0, func(founding) error { return nil }).secretary
	now := service.Instant(s.env.Now())
	c := alliance.Consultation{
		ID: "consultation", Committee: "board-0", Alliance: "alliance", Year: now.Year(), Number: 1, Kind: alliance.PreNotice, Title: "기본계획(안)",
		Purpose: text(2), Audience: alliance.AskPublic, Divisions: []domain.ID{}, State: alliance.Disposing, ClosesAt: now, OpenedAt: &now,
		ClosedAt: &now, Version: 1,
	}
	for i := range articles {
		c.Articles = append(c.Articles, alliance.Article{Label: fmt.Sprintf("제%d조", i+1), Before: text(1), After: text(2)})
	}
	s.write(t, func(ctx context.Context, tx *store.Tx) (err error) {
		if c.Rules, err = tx.FreezePolicy(ctx, rules(t)); err != nil {
			return err
		}
		err = tx.AddAlliance(ctx, alliance.Alliance{
			ID: "alliance", Code: "alliance", Name: "얼라이언스", Committee: "board-0", Sectors: []string{}, Technologies: []string{}, Version: 1,
		})
		err = firstOf(err, tx.AddConsultation(ctx, c))
		for i := 0; i < n && err == nil; i += 2 {
			err = say(ctx, tx, i, now)
		}
		return err
	})
	must(t, s.db.Exec(t.Context(), "ANALYZE"))
	return staff
}

// say writes two opinions of a citizen.
func say(ctx context.Context, tx *store.Tx, n int, now time.Time) error {
	id := domain.ID(fmt.Sprintf("submission-%05d", n))
	err := tx.AddSubmission(ctx, alliance.Submission{
		ID: id, Consultation: "consultation", Giver: fmt.Sprint("시민 ", n), Email: fmt.Sprintf("c%d@example.kr", n), State: alliance.Submitted,
		SubmittedAt: &now, Version: 1,
	})
	if err != nil {
		return err
	}
	var both []alliance.Opinion
	for _, i := range []int{n, n + 1} {
		both = append(both, alliance.Opinion{
			ID: opinionID(i), Consultation: "consultation", Submission: id, Article: i / 2 % (articles + 1), Stance: alliance.Amends, Text: text(3),
			Wording: text(1), Masks: []alliance.Mask{}, Version: 1,
		})
	}
	return tx.PutOpinions(ctx, id, both)
}

// dispose has the clerks answer every opinion, like ones with the one before, and gives how long each took and all together.
func (p *poll) dispose(b *testing.B, staff string, n int) ([]time.Duration, time.Duration) {
	b.Helper()
	var mu sync.Mutex
	var took []time.Duration
	whole := p.together(b, n, func(c *client, i int) error {
		r := call{token: staff, path: fmt.Sprintf("/opinions/%s/dispose", opinionID(i)), body: `{"outcome":"accepted","reason":"의견을 반영하였음","version":1}`}
		if like(i) {
			r.path, r.body = fmt.Sprintf("/opinions/%s/merge", opinionID(i)), fmt.Sprintf(`{"lead":"%s","version":1}`, opinionID(i-1))
		}
		began := time.Now()
		_, err := c.send(r)
		mu.Lock()
		defer mu.Unlock()
		took = append(took, time.Since(began))
		return err
	})
	return took, whole
}

// digests reads the digest page by page and gives how long each took. It holds it to what was said.
func (p *poll) digests(b *testing.B, staff string, n int) []time.Duration {
	b.Helper()
	var took []time.Duration
	for len(took) < views/10 {
		seen := 0
		for after := ""; ; {
			var out struct {
				Opinions []struct{ Outcome string }
				Next     string
			}
			began := time.Now()
			p.clients[0].must(b, call{token: staff, path: "/consultations/consultation/digest?limit=50&after=" + after}, &out)
			took = append(took, time.Since(began))
			seen += len(out.Opinions)
			if slices.ContainsFunc(out.Opinions, func(o struct{ Outcome string }) bool { return o.Outcome != "accepted" }) {
				b.Fatal("an opinion is not answered")
			}
			if after = out.Next; after == "" {
				break
			}
		}
		if seen != n {
			b.Fatalf("the digest has %d opinions of %d", seen, n)
		}
	}
	return took
}

// timed sends a request and gives how many milliseconds it took.
func (p *poll) timed(b *testing.B, r call) float64 {
	b.Helper()
	began := time.Now()
	raw, err := p.clients[0].send(r)
	took := time.Since(began)
	must(b, err)
	if strings.HasSuffix(r.path, ".pdf") && !strings.HasPrefix(string(raw), "%PDF") {
		b.Fatalf("no PDF: %.200s", raw)
	}
	return milliseconds(took)
}
