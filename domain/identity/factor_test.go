package identity

import (
	"testing"

	"pgregory.net/rapid"

	"secretariat/domain"
)

// TestACodeIsAcceptedOnce compares with a set of all steps seen: a step is good once, and only after all before it.
func TestACodeIsAcceptedOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var f Factor
		seen, latest := map[int64]bool{}, int64(0)
		for _, step := range rapid.SliceOf(rapid.Int64Range(1, 20)).Draw(t, "steps") {
			want := !seen[step] && step > latest
			if got := f.Accept(step); got != want {
				t.Fatalf("step %d after %d: %v", step, latest, got)
			}
			seen[step], latest = true, max(latest, step)
		}
	})
}

func TestARecoveryCodeIsSpentOnce(t *testing.T) {
	f := Factor{Recovery: []string{"a", "b"}}
	if !f.Spend("b") || f.Spend("b") || f.Spend("c") || !f.Spend("a") || len(f.Recovery) != 0 {
		t.Errorf("left are %v", f.Recovery)
	}
}

func TestHeldKeepsWhatMembersMay(t *testing.T) {
	for name, a := range map[string]domain.Actor{
		"admin": {Admin: true}, "auditor": {Auditor: true}, "clerk": {Staff: []domain.Staff{{Committee: "c", Clerk: true}}},
		"chair": {Seats: []domain.Seat{{Committee: "c", Member: "m", Chair: true}}},
		"vice":  {Seats: []domain.Seat{{Committee: "c", Member: "m", ViceChair: true}}},
	} {
		held := Held(a)
		if !Guarded(a) || Guarded(held) || !held.Held || len(held.Seats) != len(a.Seats) {
			t.Errorf("%s: %+v", name, held)
		}
		if len(a.Seats) > 0 && !a.Seats[0].Chair && !a.Seats[0].ViceChair {
			t.Errorf("%s: the actor itself was changed", name)
		}
	}
	if Guarded(domain.Actor{Seats: []domain.Seat{{Committee: "c", Member: "m"}}}) {
		t.Error("a member needs no second factor")
	}
}
