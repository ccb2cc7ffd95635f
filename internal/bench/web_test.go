package bench

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// looks is how often each page of the workspace is asked for on each site, and crush how often at the same time.
const (
	looks = 400
	crush = 800
)

// past makes all copies of the meeting but the last of each committee one that was held: attended, adjourned, with
// minutes that are published.
func (s *site) past(t testing.TB) {
	t.Helper()
	held := fmt.Sprintf("number > %d", committees+1)
	for _, query := range []string{
		"UPDATE meetings SET starts_at = (SELECT o.starts_at FROM meetings o WHERE o.number = 1) WHERE number > 1 AND NOT " + held,
		"UPDATE meetings SET state = 'adjourned', opened_at = starts_at, adjourned_at = starts_at WHERE " + held,
		"UPDATE items SET state = 'decided' WHERE meeting IN (SELECT id FROM meetings WHERE " + held + ")",
		`INSERT INTO presences (id, meeting, member, via, proxy, in_at, out_at, reason)
			SELECT r.meeting || '/' || r.member, r.meeting, r.member, 'room', '', m.starts_at, m.starts_at, ''
			FROM responses r JOIN meetings m ON m.id = r.meeting WHERE r.answer <> 'absent' AND m.` + held,
		`INSERT INTO minutes (id, meeting, committee, state, current, locked, kind, recording, signers, sign_by, publish_by,
			circulated_at, published_at, confirmed, version)
			SELECT m.id || '-minutes', m.id, m.committee, 'published', 1, 1, 'summary', '', '[]', '2026-01-01', '2026-01-01',
			m.starts_at, m.starts_at, 'members', 1 FROM meetings m WHERE m.` + held,
		"ANALYZE",
	} {
		if err := s.db.Exec(t.Context(), query); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
}

// workspace is a site with the meetings of so many years and the people who look at its pages.
type workspace struct {
	*site
	one     *board
	members []string // token of one member of each committee
	staff   string   // token of the secretary of one committee
}

func (s *site) workspace(b *testing.B, e engine, years int) *workspace {
	b.Helper()
	w := &workspace{site: s, one: s.found(b, 0, founding.announce)}
	s.age(b, e, committees*5*years)
	s.past(b)
	w.members, w.staff = s.copies(b, w.one, 3), w.one.secretary
	serves := fmt.Sprintf("UPDATE assignments SET committee = '%s-7' WHERE account = '%s-secretary'", w.one.id, w.one.id)
	must(b, s.db.Exec(b.Context(), serves))
	return w
}

// look is one request for a page and what it must say.
type look struct {
	call
	says string
}

// BenchmarkPages compares the pages that people look at most after ten years with those after one.
func BenchmarkPages(b *testing.B) { each(b, workPages) }

func workPages(b *testing.B, e engine) {
	sites := [2]*workspace{open(b, e).workspace(b, e, 1), open(b, e).workspace(b, e, years)}
	for _, page := range []struct {
		name string
		of   func(w *workspace, n int) look
	}{
		{"home of a member", func(w *workspace, n int) look { return look{get(w.members[copyNumber(n)], "/desk"), "제1차 회의"} }},
		{"meeting page", func(w *workspace, n int) look {
			at := copyNumber(n)
			return look{get(w.members[at], fmt.Sprintf("/meetings/%s-%d", w.one.meeting, at)), "시행계획(안) 10"}
		}},
		{"board", func(w *workspace, _ int) look { return look{get(w.staff, "/board"), "제8차 회의"} }},
	} {
		compare(b, e, page.name, sites, page.of)
	}
}

// compare asks both sites for a page in turns, and then the old one by many at the same time.
func compare(b *testing.B, e engine, name string, sites [2]*workspace, of func(*workspace, int) look) {
	b.Helper()
	clients := [2]*client{sites[0].dial(b), sites[1].dial(b)}
	var took [2][]time.Duration
	for n := range looks + looks/10 {
		for i, c := range clients {
			took[i] = append(took[i], c.look(b, of(sites[i], n+1)))
		}
	}
	var p99 [2]float64
	for i := range took {
		p99[i] = milliseconds(percentile(took[i][looks/10:], 99)) // the first ones warm the caches
	}
	rate := sites[1].rush(b, func(n int) look { return of(sites[1], n) })
	what := name + ", " + e.name
	note(b, figure{what + ": p99 after one year", p99[0], "ms", goal{}})
	note(b, figure{what + ": p99 after ten years", p99[1], "ms", goal{}})
	note(b, figure{what + ": p99 after ten years / after one", p99[1] / p99[0], "", below(1.5)})
	note(b, figure{what + ": pages after ten years", rate, "/s", goal{}})
}

func (c *client) look(b *testing.B, at look) time.Duration {
	b.Helper()
	began := time.Now()
	raw, err := c.send(at.call)
	took := time.Since(began)
	must(b, err)
	if !strings.Contains(string(raw), at.says) {
		b.Fatalf("%s does not say %q: %s", at.path, at.says, raw)
	}
	return took
}

// rush is how many pages a second sixteen people are given who ask at the same time.
func (s *site) rush(b *testing.B, of func(n int) look) float64 {
	b.Helper()
	var next atomic.Int64
	var group sync.WaitGroup
	all := make([]*client, clients)
	for i := range all {
		all[i] = s.dial(b)
	}
	began := time.Now()
	for _, c := range all {
		group.Go(func() {
			for n := int(next.Add(1)); n <= crush; n = int(next.Add(1)) {
				if _, err := c.send(of(n).call); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	if b.Failed() {
		b.FailNow()
	}
	return crush / time.Since(began).Seconds()
}
