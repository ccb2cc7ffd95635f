package bench

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/meeting"
)

// clients ask at the same time; boards vote at the same time; rounds of bare commits and of votes are taken in
// turns, so that what else the machine does falls on both.
const (
	clients = 16
	boards  = 60
	rounds  = 10
)

// BenchmarkBallots compares votes that the API has acknowledged with bare commits of one row each in the same
// database.
func BenchmarkBallots(b *testing.B) { each(b, ballots) }

func ballots(b *testing.B, e engine) {
	s := open(b, e)
	all := make([]*board, boards)
	for n := range all {
		all[n] = s.found(b, n, founding.sit)
	}
	_, err := s.bare.ExecContext(b.Context(), "CREATE TABLE bare (id TEXT PRIMARY KEY, choice TEXT NOT NULL)")
	must(b, err)
	p := poll{site: s, writes: "INSERT INTO bare (id, choice) VALUES ($1, $2)"}
	for range clients {
		p.clients = append(p.clients, s.dial(b))
	}
	p.vote(b, all) // warms connections and caches
	p.commit(b, boards*seats)
	must(b, s.db.Exec(b.Context(), "ANALYZE")) // as the server itself does within a minute
	var voting, committing time.Duration
	for range rounds {
		committing += p.commit(b, boards*seats)
		voting += p.vote(b, all)
	}
	votes := float64(rounds * boards * seats)
	note(b, figure{"ballots, " + e.name + ": votes through the API", votes / voting.Seconds(), "/s", goal{}})
	note(b, figure{"ballots, " + e.name + ": bare one-row commits", votes / committing.Seconds(), "/s", goal{}})
	ratio := figure{what: "ballots, " + e.name + ": API / bare", value: committing.Seconds() / voting.Seconds()}
	if e.name == "postgres" {
		ratio.goal = atLeast(0.5)
	}
	note(b, ratio)
	b.ReportMetric(votes/voting.Seconds(), "votes/s")
	b.ReportMetric(votes/committing.Seconds(), "commits/s")
}

// sit opens the meeting with everybody in the room, pledged, and one item tabled.
func (f founding) sit() error {
	m := f.convened(f.now)
	m.State, m.OpenedAt, m.WarnedAt, m.PresidedBy = meeting.Open, &f.now, &f.now, f.members[0]
	m.CurrentItem = f.item
	if err := f.tx.AddMeeting(f.ctx, m); err != nil {
		return err
	}
	i := f.listed(f.item, 1)
	i.State, i.TabledAt = meeting.Tabled, &f.now
	if err := f.tx.AddItem(f.ctx, i); err != nil {
		return err
	}
	for _, member := range f.members {
		p := meeting.Presence{ID: member + "-stay", Meeting: m.ID, Member: member, Via: meeting.ViaRoom, InAt: f.now}
		if err := f.tx.AddPresence(f.ctx, p); err != nil {
			return err
		}
		if err := f.tx.AddPledge(f.ctx, meeting.Pledge{Meeting: m.ID, Member: member, At: f.now}); err != nil {
			return err
		}
	}
	return nil
}

// poll is the sixteen clients at work.
type poll struct {
	*site
	clients []*client
	writes  string // the bare commit
	rows    int
}

// together shares n jobs among the clients and gives the time they take.
func (p *poll) together(b *testing.B, n int, do func(c *client, i int) error) time.Duration {
	b.Helper()
	var next atomic.Int64
	var group sync.WaitGroup
	began := time.Now()
	for _, c := range p.clients {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if err := do(c, i); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	took := time.Since(began)
	if b.Failed() {
		b.FailNow()
	}
	return took
}

// commit writes n rows, each in a transaction of its own.
func (p *poll) commit(b *testing.B, n int) time.Duration {
	b.Helper()
	first := p.rows
	p.rows += n
	return p.together(b, n, func(_ *client, i int) error {
		_, err := p.bare.ExecContext(b.Context(), p.writes, fmt.Sprint("row-", first+i), "yes")
		return err
	})
}

// vote opens a named vote in every board, has every member cast in any order, and closes the votes. The time is
// that of the casts alone.
func (p *poll) vote(b *testing.B, all []*board) time.Duration {
	b.Helper()
	open, casts := make([]domain.ID, len(all)), []call{}
	for n, x := range all {
		open[n] = p.open(b, x)
		for _, token := range x.tokens {
			casts = append(casts, call{token: token, path: fmt.Sprintf("/ballots/%s/votes", open[n]), body: `{"choice":"yes"}`})
		}
	}
	rand.Shuffle(len(casts), func(i, j int) { casts[i], casts[j] = casts[j], casts[i] })
	took := p.together(b, len(casts), func(c *client, i int) error {
		_, err := c.send(casts[i])
		return err
	})
	for n, x := range all {
		p.close(b, x, open[n])
	}
	return took
}

func (p *poll) open(b *testing.B, x *board) domain.ID {
	b.Helper()
	var out struct{ ID domain.ID }
	p.clients[0].must(b, call{token: x.secretary, path: fmt.Sprintf("/items/%s/ballots", x.item),
		body: `{"purpose":"procedural","question":"질의 종결","method":"named"}`}, &out)
	return out.ID
}

// close closes a vote and holds it to what was cast.
func (p *poll) close(b *testing.B, x *board, id domain.ID) {
	b.Helper()
	var out struct{ Result struct{ Yes int } }
	p.clients[0].must(b, call{token: x.secretary, path: fmt.Sprintf("/ballots/%s/close", id), body: `{}`}, &out)
	if out.Result.Yes != seats {
		b.Fatalf("%d votes were counted of %d", out.Result.Yes, seats)
	}
}
