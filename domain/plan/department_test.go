package plan_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/calendar"
	. "secretariat/domain/plan"
)

// registers draws departments of which some were abolished, with successors that may be abolished too or go round in a circle.
func registers() *rapid.Generator[Register] {
	return rapid.Custom(func(t *rapid.T) Register {
		out := make(Register, rapid.IntRange(1, 6).Draw(t, "departments"))
		for i := range out {
			out[i] = Department{ID: domain.ID(fmt.Sprint("d", i)), Name: fmt.Sprint("부서", i)}
			if rapid.Bool().Draw(t, "abolished") {
				out[i].AbolishedOn = calendar.Date(fmt.Sprintf("2028-0%d-01", rapid.IntRange(1, 6).Draw(t, "month")))
				out[i].Successor = domain.ID(fmt.Sprint("d", rapid.IntRange(0, 7).Draw(t, "successor")))
			}
		}
		return out
	})
}

// naiveHeir goes from department to department and remembers where it has been.
func naiveHeir(r Register, id domain.ID, on calendar.Date, been map[domain.ID]bool) string {
	for _, d := range r {
		if d.ID == id && !been[id] {
			if d.AbolishedOn == "" || d.AbolishedOn > on {
				return d.Name
			}
			been[id] = true
			return naiveHeir(r, d.Successor, on, been)
		}
	}
	return ""
}

func TestTheHeirIsTheLastThatStands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, on := registers().Draw(t, "register"), calendar.Date(fmt.Sprintf("2028-0%d-15", rapid.IntRange(1, 6).Draw(t, "on")))
		d := rapid.SampledFrom(r).Draw(t, "department")
		heir, there := r.Heir(d, on)
		want := naiveHeir(r, d.ID, on, map[domain.ID]bool{})
		if heir.Name != want || there != (want != "") {
			t.Fatalf("%s on %s: %q %v, want %q", d.Name, on, heir.Name, there, want)
		}
		var p domain.Problems
		n := node("1", "", Strategy)
		n.Owner = d.Name
		r.CheckOwners([]Node{n}, on, &p)
		gone := !d.Stands(on)
		if (p.Err() != nil) != gone || (r.Orphan([]Node{n}, on) != nil) != gone {
			t.Fatalf("%s is gone %v: %v, %v", d.Name, gone, p.Err(), r.Orphan([]Node{n}, on))
		}
	})
}

func TestATransferChangesTheOwnerAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := Fold(sets().Draw(t, "sets"), 0)
		for i := range before {
			before[i].Owner = rapid.SampledFrom([]string{"가과", "나과"}).Draw(t, "owner")
		}
		after := Fold([]ChangeSet{{Number: 1, Changes: puts(before)}, {Number: 2, Changes: before.Transfer("가과", "다과")}}, 0)
		if len(after) != len(before) || Important(before, after) {
			t.Fatalf("%v to %v", before, after)
		}
		for i, n := range before {
			if n.Owner == "가과" {
				n.Owner = "다과"
			}
			if after[i].Owner != n.Owner || after[i].Title != n.Title || after[i].Weight != n.Weight {
				t.Fatalf("%+v, want %+v", after[i], n)
			}
		}
	})
}

func puts(s State) []Change {
	var out []Change
	for _, n := range s {
		out = append(out, Change{Node: n})
	}
	return out
}

// TestEveryOwnerIsAskedRemindedAndChased goes through a review hour by hour, sends what is due, and holds it against a list written by
// hand.
func TestEveryOwnerIsAskedRemindedAndChased(t *testing.T) {
	opened := time.Date(2027, 4, 1, 9, 0, 0, 0, calendar.Seoul)
	n, m := node("1-1", "1", Programme), node("1-2", "1", Programme)
	n.Owner, m.Owner = "가과", "나과"
	p := Post{
		Review: Review{ID: "r", OpenedAt: opened, Due: "2027-04-15"}, Missing: []Node{n, m},
		Known:  Register{{ID: "a", Name: "가과"}, {ID: "b", Name: "나과"}, {ID: "c", Name: "다과"}},
		People: []Belongs{{"a", "x"}, {"a", "y"}, {"b", "x"}, {"c", "z"}},
	}
	r, got := rules(t), []string{}
	for p.Now = opened; p.Now.Before(opened.AddDate(0, 0, 30)); p.Now = p.Now.Add(time.Hour) {
		if p.Now.Equal(opened.AddDate(0, 0, 5)) {
			p.Missing = p.Missing[:1] // the second has reported
		}
		next, any := p.Next(r)
		for _, l := range p.Due(r) {
			p.Sent = append(p.Sent, l)
			got = append(got, fmt.Sprintf("%s %s %s %s", p.Now.Format("01-02 15"), l.Department, l.To, l.Kind))
		}
		if len(p.Due(r)) > 0 || any && !next.After(p.Now) {
			t.Fatalf("%v: %v are due again, next %v", p.Now, p.Due(r), next)
		}
	}
	want := []string{
		"04-01 09 a x ask", "04-01 09 a y ask", "04-01 09 b x ask", "04-12 09 a x remind", "04-12 09 a y remind",
		"04-16 09 a x chase", "04-16 09 a y chase", "04-23 09 a x chase", "04-23 09 a y chase", "04-30 09 a x chase", "04-30 09 a y chase",
	}
	if !slices.Equal(got, want) {
		t.Errorf("letters\n%q, want\n%q", got, want)
	}
	closed := opened
	p.Review.ClosedAt = &closed
	if _, any := p.Next(r); any || len(p.Due(r)) > 0 {
		t.Error("letters go out in a closed review")
	}
}
