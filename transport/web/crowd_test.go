package web_test

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"secretariat/domain/ballot"
	"secretariat/internal/testkit"
	"secretariat/internal/testkit/hall"
	"secretariat/service/balloting"
	"secretariat/store"
)

// crowd is how many members vote at the same time.
const crowd = 50

// follow reads the stream of a meeting's changes and gives each to the reader, until the context ends.
func (b *browser) follow(ctx context.Context, path string, each func()) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, b.base+path, nil)
	hall.Must(b.t, err)
	out, err := b.http.Do(r)
	if err != nil {
		b.t.Error(err)
		return
	}
	defer out.Body.Close() //nolint:errcheck // read until it is cut off
	for lines := bufio.NewScanner(out.Body); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "event: ") {
			each()
		}
	}
}

var votedOf = regexp.MustCompile(`(\d+)명 중 (\d+)명 투표`)

// shown is how many have voted as a page says it.
func shown(page answer) string {
	if m := votedOf.FindStringSubmatch(strings.ReplaceAll(page.body, "\u00a0", " ")); m != nil {
		return m[2]
	}
	return ""
}

func TestFiftyVoteAtOnceWhileTheRoomLooksOn(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db, hall.Members(crowd))
		h.Begin(t, crowd)
		vote := h.Vote(t, balloting.OpenInput{Method: ballot.Named})
		who := people{"clerk": testkit.Clerk(hall.Committee)}
		hall.Must(t, db.InTx(t.Context(), func(tx *store.Tx) error {
			for n := 1; n <= crowd; n++ {
				name := fmt.Sprint("m", n)
				who[name] = h.Person(n)
				if err := tx.AddAccount(t.Context(), account(who[name].ID, name)); err != nil {
					return err
				}
			}
			return tx.AddAccount(t.Context(), account(who["clerk"].ID, "clerk"))
		}))
		s := serveBy(t, db.DB, h.Clock, h.Env, who)
		ctx, stop := context.WithCancel(t.Context())
		var watching, voting sync.WaitGroup
		done := make(chan string, 2)
		for _, page := range []string{"console", "projector"} {
			watching.Go(func() { watch(ctx, s.as("clerk"), page, done) })
		}
		for n := 1; n <= crowd; n++ {
			voting.Go(func() { castTwice(t, s.as(fmt.Sprint("m", n)), string(vote), n) })
		}
		voting.Wait()
		for range 2 {
			select {
			case page := <-done:
				t.Logf("the %s shows all votes", page)
			case <-time.After(20 * time.Second):
				t.Fatal("a page does not show all votes")
			}
		}
		stop()
		watching.Wait()
		out := h.Close(t, vote)
		if got := out.Result; got.Yes+got.No != crowd || got.Yes != crowd/2 || got.NotCast != 0 {
			t.Errorf("counted %+v", got)
		}
	})
}

// watch looks at a page again at every change, and says when it shows that everybody has voted.
func watch(ctx context.Context, b *browser, page string, done chan<- string) {
	told := false
	b.follow(ctx, "/meetings/"+string(hall.Meeting)+"/events", func() {
		if !told && shown(b.get("/meetings/"+string(hall.Meeting)+"/"+page)) == fmt.Sprint(crowd) {
			told = true
			done <- page
		}
	})
}

// castTwice sends one vote from two tabs with the same key, as a double click does: both get the receipt.
func castTwice(t *testing.T, b *browser, vote string, n int) {
	choice := map[bool]string{true: "yes", false: "no"}[n%2 == 0]
	form := url.Values{"choice": {choice}, "_key": {fmt.Sprint("key-", n)}}
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			if got := b.post("/ballots/"+vote+"/cast", form); got.to != "/ballots/"+vote {
				t.Errorf("member %d: %d %s", n, got.status, got.body)
			}
		})
	}
	both.Wait()
	if got := b.get("/ballots/" + vote); !strings.Contains(got.body, "box done") {
		t.Errorf("member %d has no receipt", n)
	}
}
