package document_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"secretariat/domain/document"
	"secretariat/internal/canonical"
)

// This file counts the votes of a record a second time, from the JSON as maps and with none of the product's functions.

type object = map[string]any

func list(v any) []any  { l, _ := v.([]any); return l }
func text(v any) string { s, _ := v.(string); return s }
func whole(v any) int   { f, _ := v.(float64); return int(f) }
func instant(v any) time.Time {
	at, err := time.Parse(time.RFC3339Nano, text(v))
	if err != nil {
		panic(err)
	}
	return at
}

// rulebook reads the frozen rules.
func rulebook(r object) map[string]string {
	out := map[string]string{}
	for _, e := range list(r["rules"].(object)["entries"]) {
		out[text(e.(object)["key"])] = text(e.(object)["value"])
	}
	return out
}

// least is the smallest n such that n of all satisfies "> 1/2" or ">= 2/3", found by trying.
func least(rule string, all int) int {
	var sense string
	var num, den int
	if _, err := fmt.Sscanf(rule, "%s %d/%d", &sense, &num, &den); err != nil {
		panic(err)
	}
	for n := 0; ; n++ {
		if sense == ">" && n*den > all*num || sense == ">=" && n*den >= all*num {
			return n
		}
	}
}

// inside reports whether a member is in the meeting just before or just after an instant; no two acts share one here.
func inside(r object, rules map[string]string, member string, at time.Time) bool {
	for _, s := range list(r["presences"]) {
		p := s.(object)
		counts := text(p["via"]) == "room" || text(p["via"]) == "remote" && rules["meeting.remote_present"] == "true"
		if text(p["member"]) == member && counts && instant(p["inAt"]).Before(at) && at.Before(instant(p["outAt"])) {
			return true
		}
	}
	return false
}

// tally is what the naive count makes of a ballot.
type tally struct {
	present, recused, voters, required, yes, no, abstain int
	verdict                                              string
}

func count(r, b object) tally {
	rules := rulebook(r)
	var n tally
	votes := map[string]int{}
	for _, v := range list(b["votes"]) {
		votes[text(v.(object)["choice"])]++
	}
	n.yes, n.no, n.abstain = votes["yes"], votes["no"], votes["abstain"]
	n.present, n.recused = heads(r, b, rules)
	n.voters = n.present
	if rules["recusal.in_decision_base"] == "false" {
		n.voters -= n.recused
	}
	base := n.voters
	if rules["decision.abstention_in_base"] == "false" {
		base -= n.abstain
	}
	majority := rules["decision.majority"]
	if text(b["purpose"]) == "election" {
		majority = rules["election.majority"]
	}
	if n.required = least(majority, base); n.required < 1 {
		n.required = 1
	}
	n.verdict = meaning(r, b, rules, n, votes)
	return n
}

// heads counts who was there for the vote: who voted, and who was still there at its end.
func heads(r, b object, rules map[string]string) (present, recused int) {
	voted := map[string]bool{}
	for _, v := range list(b["voted"]) {
		voted[text(v.(object)["member"])] = true
	}
	if text(b["method"]) == "written" {
		return len(voted), 0
	}
	end := instant(b["closedAt"])
	for _, m := range list(b["roll"]) {
		if voted[text(m)] || inside(r, rules, text(m), end) || rules["decision.left_in_base"] == "true" {
			present++
		}
	}
	for _, m := range list(b["excluded"]) {
		if inside(r, rules, text(m), end) {
			present, recused = present+1, recused+1
		}
	}
	return present, recused
}

func meaning(r, b object, rules map[string]string, n tally, votes map[string]int) string {
	quorum := n.present
	if rules["recusal.in_quorum"] == "false" {
		quorum -= n.recused
	}
	switch {
	case quorum < least(rules["meeting.quorum"], len(list(r["roster"]))):
		return "undecidable"
	case n.present == n.recused && rules["decision.no_voters"] == "reject":
		return "lost"
	case n.present == n.recused:
		return "undecidable"
	case text(b["purpose"]) == "election":
		return elected(b, n, votes)
	case n.yes >= n.required:
		return "carried"
	case rules["decision.tie"] == "chair_casting" && n.yes == n.no && n.yes > 0 && n.yes+1 >= n.required &&
		text(b["result"].(object)["casting"]) == "yes":
		return "carried"
	}
	return "lost"
}

func elected(b object, n tally, votes map[string]int) string {
	winners := 0
	for _, c := range list(b["candidates"]) {
		if votes[text(c)] >= n.required {
			winners++
		}
	}
	if winners == 1 {
		return "carried"
	}
	return "lost"
}

func stated(b object) tally {
	x := b["result"].(object)
	return tally{
		present: whole(x["present"]), recused: whole(x["recused"]), voters: whole(x["voters"]),
		required: whole(x["required"]),
		yes:      whole(x["yes"]), no: whole(x["no"]), abstain: whole(x["abstain"]), verdict: text(x["verdict"]),
	}
}

func tree(t *rapid.T, r document.Record) object {
	raw, err := canonical.JSON(r)
	if err != nil {
		t.Fatal(err)
	}
	var out object
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestSecondCount holds every stored result, and what the check says of it, against the naive count.
func TestSecondCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := tree(t, record(t, meet(t)))
		for _, b := range list(r["ballots"]) {
			if got, want := stated(b.(object)), count(r, b.(object)); got != want {
				t.Fatalf("stored %+v, counted %+v", got, want)
			}
		}
	})
}

// TestSecondCountOfTampered changes a vote, or where somebody was, and wants the check to complain whenever the naive
// count does.
func TestSecondCountOfTampered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bad, what, ok := tamper(t, record(t, meet(t)), func(path string) bool {
			return strings.HasPrefix(path, ".presences") || strings.HasPrefix(path, ".ballots")
		})
		if !ok {
			return
		}
		bad, err := bad.Sealed(canonical.JSON)
		if err != nil {
			t.Fatal(err)
		}
		r := tree(t, bad)
		for _, b := range list(r["ballots"]) {
			if stated(b.(object)) != count(r, b.(object)) && len(faults(bad)) == 0 {
				t.Fatalf("not noticed: %s", what)
			}
		}
	})
}
