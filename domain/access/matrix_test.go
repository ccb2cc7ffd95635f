package access_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain"
	. "secretariat/domain/access"
)

var update = flag.Bool("update", false, "write the tables in testdata anew")

const here = domain.ID("here")

// column is a kind of actor with the facts that make it one.
type column struct {
	name  string
	by    domain.Actor
	facts Facts
}

func person(a domain.Actor) domain.Actor { a.ID, a.Kind = "someone", domain.ActorPerson; return a }

func seat(s domain.Seat) []domain.Seat { s.Committee, s.Member = here, "seat"; return []domain.Seat{s} }

func works(p domain.Partner) []domain.Partner { p.Organisation = "works"; return []domain.Partner{p} }

// columns are the kinds of actors. Elsewhere is who has every role in another committee.
func columns() []column {
	elsewhere := domain.Actor{
		Seats: []domain.Seat{{Committee: "there", Member: "other", Chair: true}}, Staff: []domain.Staff{{Committee: "there"}},
		Partners: []domain.Partner{{Organisation: "others", Submits: true, Manages: true}},
	}
	return []column{
		{name: "public", by: domain.Public()},
		{name: "person", by: person(domain.Actor{})},
		{name: "member", by: person(domain.Actor{Seats: seat(domain.Seat{})})},
		{name: "self", by: person(domain.Actor{Seats: seat(domain.Seat{})}), facts: Facts{Self: true}},
		{name: "chair", by: person(domain.Actor{Seats: seat(domain.Seat{Chair: true})})},
		{
			name: "presiding", by: person(domain.Actor{Seats: seat(domain.Seat{ViceChair: true})}),
			facts: Facts{Presiding: "seat"},
		},
		{name: "secretary", by: person(domain.Actor{Staff: []domain.Staff{{Committee: here}}})},
		{name: "clerk", by: person(domain.Actor{Staff: []domain.Staff{{Committee: here, Clerk: true}}})},
		{name: "admin", by: person(domain.Actor{Admin: true})},
		{name: "auditor", by: person(domain.Actor{Auditor: true})},
		{name: "system", by: domain.System("deliberation")},
		{name: "owner", by: person(domain.Actor{}), facts: Facts{Owner: true}},
		{name: "council", by: person(domain.Actor{}), facts: Facts{Council: true}},
		{name: "partner", by: person(domain.Actor{Partners: works(domain.Partner{})}), facts: Facts{Organisation: "works"}},
		{
			name: "submitter", by: person(domain.Actor{Partners: works(domain.Partner{Submits: true})}),
			facts: Facts{Organisation: "works"},
		},
		{
			name: "manager", by: person(domain.Actor{Partners: works(domain.Partner{Manages: true})}),
			facts: Facts{Organisation: "works"},
		},
		{name: "elsewhere", by: person(elsewhere), facts: Facts{Self: true, Presiding: "other", Organisation: "works"}},
	}
}

// cell says whether the actor may: "yes", "clear" as long as the actor is not recused, "-" not.
func cell(op string, c column) string {
	c.facts.Committee = here
	clear := Can(c.by, op, c.facts).Allowed
	c.facts.Recused = true
	recused := Can(c.by, op, c.facts).Allowed
	switch {
	case clear && recused:
		return "yes"
	case clear:
		return "clear"
	case recused:
		return "RECUSED ONLY"
	}
	return "-"
}

func TestWhoMayDoWhat(t *testing.T) {
	ops := Actions()
	slices.Sort(ops)
	var b strings.Builder
	b.WriteString("Who may do what in a committee. \"clear\": unless recused for the item. elsewhere: chair and\n" +
		"secretary of another committee. Written by go test ./domain/access -update; read every line that changes.\n\n")
	line := func(op string, cells []string, basis string) {
		text := fmt.Sprintf("%-28s", op)
		for _, c := range cells {
			text += fmt.Sprintf("%-11s", c)
		}
		b.WriteString(strings.TrimRight(text+basis, " ") + "\n")
	}
	var names []string
	for _, c := range columns() {
		names = append(names, c.name)
	}
	line("", names, "basis")
	for _, op := range ops {
		var cells []string
		for _, c := range columns() {
			cells = append(cells, cell(op, c))
		}
		line(op, cells, Can(domain.Public(), op, Facts{Committee: here}).Basis)
	}
	golden(t, "operations.txt", b.String())
}

func TestWhoSeesWhatOfAnItem(t *testing.T) {
	var b strings.Builder
	b.WriteString("What is seen of an agenda item and all that belongs to it, by what is so of it.\n" +
		"Written by go test ./domain/access -update; read every line that changes.\n\n")
	fmt.Fprintf(&b, "%-46s", "")
	for _, c := range columns() {
		fmt.Fprintf(&b, "%-13s", c.name)
	}
	for n := range 16 {
		f := Facts{Committee: here, Announced: n&1 > 0, Published: n&2 > 0, Confidential: n&4 > 0, Recused: n&8 > 0}
		fmt.Fprintf(&b, "\n%-46s", named(f))
		for _, c := range columns() {
			sight, d := See(c.by, f)
			if (sight == Full || sight == Outline) != d.Allowed {
				t.Errorf("%s of %s: sees %s, decision %+v", c.name, named(f), sight, d)
			}
			fmt.Fprintf(&b, "%-13s", sight)
		}
	}
	golden(t, "sight.txt", b.String()+"\n")
}

func named(f Facts) string {
	var out []string
	for _, x := range []struct {
		name string
		is   bool
	}{
		{"announced", f.Announced}, {"published", f.Published}, {"confidential", f.Confidential}, {"recused", f.Recused},
	} {
		if x.is {
			out = append(out, x.name)
		}
	}
	return strings.Join(out, " ")
}

// golden compares a table with the one that was reviewed.
func golden(t *testing.T, name, got string) {
	t.Helper()
	lines := strings.Split(got, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	got = strings.Join(lines, "\n")
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("differs from %s (-reviewed +now):\n%s", file, diff)
	}
}
