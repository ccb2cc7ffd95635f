package access_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"secretariat/domain"
	. "secretariat/domain/access"
)

func TestWhatNoRuleAllowsIsDenied(t *testing.T) {
	all := domain.Actor{
		ID: "all", Kind: domain.ActorPerson, Admin: true, Auditor: true, Staff: []domain.Staff{{Committee: here}},
		Seats: []domain.Seat{{Committee: here, Member: "m", Chair: true}},
	}
	d := Can(all, "ballot.forge", Facts{Committee: here, Self: true})
	if d.Allowed || domain.CodeOf(d.Err()) != domain.CodeForbidden {
		t.Errorf("an operation nobody knows: %+v", d)
	}
}

func TestARefusalCitesItsRule(t *testing.T) {
	d := Can(domain.Public(), "member.appoint", Facts{Committee: here})
	var want error = domain.Forbidden("member.appoint", "위원회조례 8")
	if diff := cmp.Diff(want, d.Err()); diff != "" {
		t.Errorf("refused otherwise (-want +got):\n%s", diff)
	}
	member := person(domain.Actor{Seats: seat(domain.Seat{})})
	recused := Can(member, "ballot.cast", Facts{Committee: here, Self: true, Recused: true})
	if recused.Allowed || recused.Rule != "recused" || recused.Basis != "위원회조례 9" {
		t.Errorf("a recused member's vote: %+v", recused)
	}
	if err := Can(domain.Public(), "committee.list", Facts{}).Err(); err != nil {
		t.Errorf("what everybody may do: %v", err)
	}
}

// actors draws a person with roles in this committee and others.
func actors() *rapid.Generator[domain.Actor] {
	committees := rapid.SampledFrom([]domain.ID{here, "there", "elsewhere"})
	return rapid.Custom(func(t *rapid.T) domain.Actor {
		a := person(domain.Actor{Admin: rapid.Bool().Draw(t, "admin"), Auditor: rapid.Bool().Draw(t, "auditor")})
		for i := range rapid.IntRange(0, 3).Draw(t, "seats") {
			c := committees.Draw(t, "seat in")
			s := domain.Seat{Committee: c, Member: domain.ID(rune('a' + i)), Chair: rapid.Bool().Draw(t, "chair")}
			if _, twice := a.Seat(c); !twice {
				a.Seats = append(a.Seats, s)
			}
		}
		for range rapid.IntRange(0, 2).Draw(t, "assignments") {
			x := domain.Staff{Committee: committees.Draw(t, "serves"), Clerk: rapid.Bool().Draw(t, "clerk")}
			a.Staff = append(a.Staff, x)
		}
		return a
	})
}

func anyFacts() *rapid.Generator[Facts] {
	return rapid.Custom(func(t *rapid.T) Facts {
		return Facts{
			Committee: here, Presiding: rapid.SampledFrom([]domain.ID{"", "a", "b"}).Draw(t, "presiding"),
			Self: rapid.Bool().Draw(t, "self"), Recused: rapid.Bool().Draw(t, "recused"),
			Confidential: rapid.Bool().Draw(t, "confidential"), Published: rapid.Bool().Draw(t, "published"),
			Announced: rapid.Bool().Draw(t, "announced"),
		}
	})
}

func TestRolesElsewhereChangeNothingHere(t *testing.T) {
	ops := Actions()
	rapid.Check(t, func(t *rapid.T) {
		a, f, op := actors().Draw(t, "actor"), anyFacts().Draw(t, "facts"), rapid.SampledFrom(ops).Draw(t, "operation")
		bare := a
		bare.Seats, bare.Staff = nil, nil
		for _, s := range a.Seats {
			if s.Committee == here {
				bare.Seats = append(bare.Seats, s)
			}
		}
		for _, s := range a.Staff {
			if s.Committee == here {
				bare.Staff = append(bare.Staff, s)
			}
		}
		if Can(a, op, f) != Can(bare, op, f) {
			t.Fatalf("%s: %+v with the roles elsewhere, %+v without", op, Can(a, op, f), Can(bare, op, f))
		}
		with, _ := See(a, f)
		without, _ := See(bare, f)
		if with != without {
			t.Fatalf("sees %s with the roles elsewhere, %s without", with, without)
		}
	})
}

// more orders what is seen from nothing to everything.
var more = []Sight{Hidden, NumberOnly, Outline, Full}

func TestARecusedMemberReachesNothingOfAnItem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, f := actors().Draw(t, "actor"), anyFacts().Draw(t, "facts")
		if _, seated := a.Seat(here); !seated {
			return
		}
		f.Recused = true
		sight, _ := See(a, f)
		if open := f.Published && !f.Confidential; !open && sight != NumberOnly && sight != Hidden {
			t.Fatalf("%+v sees %s under %+v", a, sight, f)
		}
		f.Recused = false
		if without, _ := See(a, f); slices.Index(more, sight) > slices.Index(more, without) {
			t.Fatalf("recusal shows %s instead of %s under %+v", sight, without, f)
		}
		f.Recused = true
		for _, op := range []string{"ballot.cast", "ballot.show", "item.revise", "item.table", "paper.add", "decision.show"} {
			if d := Can(a, op, f); d.Allowed {
				t.Fatalf("%+v may %s under %+v", a, op, f)
			}
		}
	})
}
