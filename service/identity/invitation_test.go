package identity_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/service/identity"
)

// post keeps letters, and fails as long as it is told to.
type post struct {
	mu      sync.Mutex
	letters []identity.Letter
	fails   error
}

func (p *post) Invite(_ context.Context, l identity.Letter) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fails == nil {
		p.letters = append(p.letters, l)
	}
	return p.fails
}

func (p *post) token(t *testing.T) string {
	t.Helper()
	if len(p.letters) == 0 {
		t.Fatal("no letter went out")
	}
	_, after, _ := strings.Cut(p.letters[len(p.letters)-1].Text, "/invitation?token=")
	token, _, _ := strings.Cut(after, "\n")
	return token
}

var sender = domain.System("post")

// invited is a world where somebody was invited and nothing has gone out yet.
func (w *world) invited() *post {
	w.t.Helper()
	p := &post{}
	w.s.With(identity.Ports{Mailer: p, Address: "https://city.example"})
	_, err := w.s.Invite(w.t.Context(), admin, identity.InviteInput{Email: mail, Name: "홍길동"})
	must(w.t, err)
	return p
}

func TestALinkThatCannotBeSentIsSentLater(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.invited()
		p.fails = errors.New("no connection")
		if _, err := w.s.SendInvitations(t.Context(), sender); err == nil {
			t.Fatal("the failure is not told")
		}
		p.fails = nil
		if sent, err := w.s.SendInvitations(t.Context(), sender); err != nil || sent != 0 {
			t.Errorf("it is tried again at once: %d, %v", sent, err)
		}
		w.clock.Set(w.clock.Now().Add(3 * time.Minute))
		sent, err := w.s.SendInvitations(t.Context(), sender)
		must(t, err)
		if sent != 1 || len(p.letters) != 1 {
			t.Fatalf("%d sent, %d letters", sent, len(p.letters))
		}
		_, err = w.s.Accept(t.Context(), public, identity.AcceptInput{Token: p.token(t), Password: password})
		must(t, err)
		w.token(mail)
	})
}

func TestALinkThatNobodyTakesIsGivenUp(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.invited()
		p.fails = domain.Conflict("mail.refused", nil)
		_, err := w.s.SendInvitations(t.Context(), sender)
		must(t, err)
		p.fails = nil
		if sent, err := w.s.SendInvitations(t.Context(), sender); err != nil || sent != 0 {
			t.Errorf("it is tried again: %d, %v", sent, err)
		}
	})
}

// TestTwoServersSendALinkOnce: the letter that goes out is the one whose link works.
func TestTwoServersSendALinkOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.invited()
		var both sync.WaitGroup
		for range 4 {
			both.Go(func() {
				if _, err := w.s.SendInvitations(t.Context(), sender); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		if len(p.letters) != 1 {
			t.Errorf("%d letters", len(p.letters))
		}
		_, err := w.s.Accept(t.Context(), public, identity.AcceptInput{Token: p.token(t), Password: password})
		must(t, err)
	})
}

func TestALinkIsUsedOnceByTwoAtOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.invited()
		_, err := w.s.SendInvitations(t.Context(), sender)
		must(t, err)
		var both sync.WaitGroup
		results := make([]error, 2)
		for n := range results {
			both.Go(func() {
				_, results[n] = w.s.Accept(t.Context(), public, identity.AcceptInput{Token: p.token(t), Password: password})
			})
		}
		both.Wait()
		if (results[0] == nil) == (results[1] == nil) {
			t.Errorf("%v, %v", results[0], results[1])
		}
	})
}

// TestNothingOfALinkIsInTheTrail: neither its secret nor the address of who asked for it.
func TestNothingOfALinkIsInTheTrail(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.invited()
		_, err := w.s.SendInvitations(t.Context(), sender)
		must(t, err)
		for _, address := range []string{mail, "nobody@example.kr"} {
			_, err := w.s.Lost(t.Context(), public, identity.LostInput{Email: address})
			must(t, err)
		}
		for _, e := range w.trail() {
			for _, fact := range e.Facts {
				if strings.Contains(fact, p.token(t)) || strings.Contains(fact, "@") {
					t.Errorf("%s: %v", e.Action, e.Facts)
				}
			}
		}
	})
}
