package bench

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"secretariat/domain"
)

// views is how often each page is asked for; the hundredth part of them decides.
const views = 3000

// BenchmarkMeetingPage compares the page of a meeting in a database of ten years with that in one that holds
// nothing else. The chair asks, who is shown everything.
func BenchmarkMeetingPage(b *testing.B) { each(b, meetingPage) }

func meetingPage(b *testing.B, e engine) {
	young, old := open(b, e), open(b, e)
	one := young.found(b, 0, founding.announce)
	many := old.found(b, 0, founding.announce)
	old.age(b, e, meetings)
	chairs := old.chairs(b, many)
	pages := [2]func() call{
		func() call { return call{token: one.tokens[0], path: fmt.Sprintf("/meetings/%s", one.meeting)} },
		func() call {
			n := 1 + rand.IntN(meetings)
			return call{token: chairs[copyNumber(n)], path: fmt.Sprintf("/meetings/%s-%d", many.meeting, n)}
		},
	}
	clients := [2]*client{young.dial(b), old.dial(b)}
	var took [2][]time.Duration
	for range views + views/10 {
		for i, c := range clients {
			took[i] = append(took[i], show(b, c, pages[i]()))
		}
	}
	var p99 [2]float64
	for i := range took {
		took[i] = took[i][views/10:] // the first ones warm the caches
		p99[i] = milliseconds(percentile(took[i], 99))
	}
	note(b, figure{"meeting page, " + e.name + ": p99 with one meeting", p99[0], "ms", goal{}})
	note(b, figure{fmt.Sprintf("meeting page, %s: p99 with %d meetings", e.name, meetings), p99[1], "ms", goal{}})
	note(b, figure{"meeting page, " + e.name + ": p99 after ten years / with one", p99[1] / p99[0], "", below(1.5)})
	b.ReportMetric(p99[0], "ms-one")
	b.ReportMetric(p99[1], "ms-ten-years")
	b.ReportMetric(milliseconds(percentile(took[1], 50)), "ms-median")
}

// show asks for a page, holds it to what it must show, and gives the time it took.
func show(b *testing.B, c *client, page call) time.Duration {
	b.Helper()
	began := time.Now()
	raw, err := c.send(page)
	took := time.Since(began)
	must(b, err)
	var out struct {
		Agenda []struct {
			Item   *struct{ ID domain.ID }
			Papers []struct{ ID domain.ID }
		}
		Answers []struct{ Answer string }
	}
	must(b, json.Unmarshal(raw, &out))
	full := len(out.Agenda) == items && len(out.Answers) == seats
	for _, card := range out.Agenda {
		full = full && card.Item != nil && len(card.Papers) == 2
	}
	if !full {
		b.Fatalf("the page of the meeting is not whole: %s", raw)
	}
	return took
}
