package balloting_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/internal/testkit/hall"
	"secretariat/service"
	"secretariat/service/balloting"
	"secretariat/store"
)

// TestSecretLeavesNoTrace votes in secret with idempotency keys as the transport does, and looks for the choices
// wherever something is kept: nothing that is kept with a voter's name holds a choice, and nothing that holds a
// choice has a voter, a time or an order.
func TestSecretLeavesNoTrace(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		var logged bytes.Buffer
		old := slog.Default()
		slog.SetDefault(slog.New(slog.NewJSONHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug})))
		t.Cleanup(func() { slog.SetDefault(old) })
		h := hall.New(t, db)
		h.Begin(t, 12)
		id := h.Vote(t, balloting.OpenInput{Method: ballot.Secret})
		var receipts []string
		for n := 1; n <= 12; n++ {
			receipts = append(receipts, castSecretly(t, h, id, n))
		}
		before := voteIDs(t, db, id)
		h.Close(t, id)
		after := voteIDs(t, db, id)
		for _, v := range after {
			if slices.Contains(before, v) {
				t.Errorf("the vote %s was not sealed", v)
			}
		}
		for _, table := range []string{"audit_entries", "memories", "signals", "participations", "roll_entries", "events"} {
			for _, row := range db.Rows(t, table) {
				if table != "events" && linksChoice(row) {
					t.Errorf("%s keeps a choice: %s", table, row)
				}
				for _, v := range slices.Concat(before, after) {
					if strings.Contains(row, string(v)) {
						t.Errorf("%s points to the vote %s: %s", table, v, row)
					}
				}
			}
		}
		for _, row := range db.Rows(t, "votes") {
			for n := range h.Members {
				if strings.Contains(row, string(h.Members[n])) || n < len(receipts) && strings.Contains(row, receipts[n]) {
					t.Errorf("a vote has a voter: %s", row)
				}
			}
		}
		if linksChoice(logged.String()) {
			t.Errorf("logged: %s", logged.String())
		}
	})
}

// castSecretly votes as the member of seat n, again with the same key, and again without it; it gives the receipt.
func castSecretly(t *testing.T, h *hall.Hall, id domain.ID, n int) string {
	t.Helper()
	choice := []ballot.Choice{ballot.Yes, ballot.No, ballot.Abstain}[n%3]
	ctx := service.WithOnce(t.Context(), fmt.Sprint("key-", n), "POST /ballots/"+string(id)+"/votes")
	first, err := h.Balloting.Cast(ctx, h.Person(n), balloting.CastInput{Ballot: id, Choice: choice})
	hall.Must(t, err)
	again, err := h.Balloting.Cast(ctx, h.Person(n), balloting.CastInput{Ballot: id, Choice: choice})
	hall.Must(t, err)
	if first != again {
		t.Errorf("the key gave %+v and then %+v", first, again)
	}
	_, err = h.Balloting.Cast(t.Context(), h.Person(n), balloting.CastInput{Ballot: id, Choice: choice})
	hall.Wants(t, err, "ballot.already_voted")
	if strings.Contains(fmt.Sprint(err), string(choice)) {
		t.Errorf("the error tells the choice: %v", err)
	}
	answer, err := json.Marshal(first)
	hall.Must(t, err)
	if linksChoice(string(answer)) {
		t.Errorf("the receipt tells the choice: %s", answer)
	}
	return first.Code
}

// linksChoice reports whether a text holds one of the choices as a value.
func linksChoice(s string) bool {
	for _, c := range []string{"yes", "abstain", `"no"`, "=no ", "choice"} {
		if strings.Contains(s, c) {
			return true
		}
	}
	return false
}

func voteIDs(t *testing.T, db *hall.Database, of domain.ID) []domain.ID {
	t.Helper()
	var out []domain.ID
	hall.Must(t, db.Read(t.Context(), func(tx *store.Tx) error {
		votes, err := tx.VotesOf(t.Context(), of)
		for _, v := range votes {
			if v.Member != "" {
				t.Errorf("a secret vote has the member %s", v.Member)
			}
			out = append(out, v.ID)
		}
		return err
	}))
	return out
}

// TestSealIsShuffled: where a vote ends up does not depend on when it was cast.
func TestSealIsShuffled(t *testing.T) {
	db := hall.SQLite(t)
	h := hall.New(t, db)
	h.Begin(t, 15)
	id := h.Vote(t, balloting.OpenInput{Method: ballot.Secret})
	h.Cast(t, id, ballot.Yes, 1, 8)
	h.Cast(t, id, ballot.No, 9, 15)
	h.Close(t, id)
	var order []ballot.Choice
	h.Read(t, func(ctx context.Context, tx *store.Tx) error {
		votes, err := tx.VotesOf(ctx, id)
		for _, v := range votes {
			order = append(order, v.Choice)
		}
		return err
	})
	if slices.IsSorted(order) || slices.IsSortedFunc(order,
		func(a, b ballot.Choice) int { return strings.Compare(string(b), string(a)) }) {
		t.Errorf("the order of casting shows: %v", order)
	}
}

// TestSecretLeast: in a circle so small that the result tells who voted what, there is no secret vote.
func TestSecretLeast(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db, hall.Members(3))
		h.Begin(t, 3)
		h.Recuse(t, 3, 1)
		_, err := h.Balloting.Open(t.Context(), h.Secretary(), balloting.OpenInput{
			Item: h.Items[0], Purpose: ballot.MainMotion, Method: ballot.Secret,
		})
		hall.Wants(t, err, "ballot.too_few_for_secret")
	})
}
