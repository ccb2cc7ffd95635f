package bench

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"secretariat/domain"
)

// So many members vote within so long, and so often: each time a vote of its own.
const (
	crowd    = 50
	crowding = 10 * time.Second
	crowds   = 3
)

// BenchmarkCrowd has fifty members vote with the forms of their pages within ten seconds while the console and the
// projector are open, and measures from each acknowledged ballot to the page that counts it, as the page's own script
// fetches it when it is told of a change.
func BenchmarkCrowd(b *testing.B) { each(b, crowded) }

func crowded(b *testing.B, e engine) {
	s := open(b, e)
	x := s.found(b, 0, founding.fillHall)
	walls := []*wall{{name: "console"}, {name: "projector"}}
	p := poll{site: s, clients: []*client{s.dial(b)}}
	late := map[string][]time.Duration{}
	for range crowds {
		vote := p.open(b, x)
		for _, w := range walls {
			w.watch(b, s, x)
		}
		acknowledged := s.castAll(b, x, vote)
		for _, w := range walls {
			late[w.name] = append(late[w.name], w.behind(b, acknowledged)...)
		}
		var out struct{ Result struct{ Yes int } }
		p.clients[0].must(b, call{token: x.secretary, path: fmt.Sprintf("/ballots/%s/close", vote), body: `{}`}, &out)
		if out.Result.Yes != crowd {
			b.Fatalf("%d votes were counted of %d", out.Result.Yes, crowd)
		}
	}
	for _, w := range walls {
		what := fmt.Sprintf("%s, %s: ballot acknowledged to page updated", w.name, e.name)
		note(b, figure{what + ", median", milliseconds(percentile(late[w.name], 50)), "ms", goal{}})
		note(b, figure{what + ", p99", milliseconds(percentile(late[w.name], 99)), "ms", below(1000)})
	}
}

// fillHall seats fifty members and opens the meeting.
func (f founding) fillHall() error {
	for n := seats + 1; n <= crowd; n++ {
		if err := f.seat(n); err != nil {
			return err
		}
	}
	return f.sit()
}

// castAll has every member cast at some instant of the ten seconds, and gives when each was acknowledged, the first first.
func (s *site) castAll(b *testing.B, x *board, vote domain.ID) []time.Time {
	b.Helper()
	acknowledged := make([]time.Time, crowd)
	var group sync.WaitGroup
	for n := range crowd {
		c, when := s.dial(b), rand.N(crowding)
		group.Go(func() {
			time.Sleep(when)
			form := call{token: x.tokens[n], path: fmt.Sprintf("/ballots/%s/cast", vote), body: "choice=yes", page: true}
			if _, err := c.send(form); err != nil {
				b.Error(err)
			}
			acknowledged[n] = time.Now()
		})
	}
	group.Wait()
	slices.SortFunc(acknowledged, time.Time.Compare)
	return acknowledged
}

// wall is a page that is open in the room, and when it showed how many votes.
type wall struct {
	name  string
	shown chan [crowd + 1]time.Time
}

var votedOf = regexp.MustCompile(`(\d+)명 중 (\d+)명 투표`)

// watch follows the events of the meeting until the page shows all votes.
func (w *wall) watch(b *testing.B, s *site, x *board) {
	b.Helper()
	w.shown = make(chan [crowd + 1]time.Time, 1)
	reader := s.dial(b)
	r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, fmt.Sprintf("http://%s/meetings/%s/events", s.address, x.meeting), nil)
	must(b, err)
	r.AddCookie(&http.Cookie{Name: "session", Value: x.secretary})
	stream, err := http.DefaultClient.Do(r)
	must(b, err)
	go func() {
		defer stream.Body.Close() //nolint:errcheck // cut off when all is seen
		w.shown <- w.follow(b, stream.Body, reader, get(x.secretary, fmt.Sprintf("/meetings/%s/%s", x.meeting, w.name)))
	}()
}

func (w *wall) follow(b *testing.B, events io.Reader, reader *client, page call) [crowd + 1]time.Time {
	var when [crowd + 1]time.Time
	buffer := make([]byte, 4096)
	for seen := 0; seen < crowd; {
		n, err := events.Read(buffer)
		if err != nil {
			b.Error(err)
			return when
		}
		if !strings.Contains(string(buffer[:n]), "event: ") {
			continue
		}
		raw, err := reader.send(page)
		if err != nil {
			b.Error(err)
			return when
		}
		now := time.Now()
		if m := votedOf.FindSubmatch(raw); m != nil {
			voted, _ := strconv.Atoi(string(m[2]))
			for ; seen < voted; seen++ {
				when[seen+1] = now
			}
		}
	}
	return when
}

// behind is how long after each acknowledgement the page showed as many votes.
func (w *wall) behind(b *testing.B, acknowledged []time.Time) []time.Duration {
	b.Helper()
	var when [crowd + 1]time.Time
	select {
	case when = <-w.shown:
	case <-time.After(time.Minute):
		b.Fatalf("the %s does not show all votes", w.name)
	}
	out := make([]time.Duration, crowd)
	for n, at := range acknowledged {
		out[n] = max(0, when[n+1].Sub(at))
	}
	return out
}
