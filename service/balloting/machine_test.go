package balloting_test

import (
	"context"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/meeting"
	"secretariat/internal/testkit/hall"
	"secretariat/service/balloting"
	"secretariat/service/presiding"
	"secretariat/store"
)

// room is a second, naive keeping of one meeting: sets of seat numbers, and what each voted.
type room struct {
	t       *testing.T
	h       *hall.Hall
	there   map[int]bool
	pledged map[int]bool
	barred  map[int]bool // from the first item
	vote    *vote        // the one under way
	decided bool
}

// vote is a vote under way as the room sees it.
type vote struct {
	id       domain.ID
	method   ballot.Method
	roll     map[int]bool
	excluded map[int]bool
	votes    map[int]ballot.Choice
}

const members = 9

// TestMeetingMachine plays random meetings: whoever is not there, recused or without pledge never has a vote that
// counts, and every stored number is what listing the members gives.
func TestMeetingMachine(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := hall.New(t, hall.Memory(t), hall.Members(members), hall.Rule("ballot.secret.least_voters", "2"))
		h.Begin(t, 5)
		r := &room{t: t, h: h, there: upTo(5), pledged: upTo(5), barred: map[int]bool{}}
		rt.Repeat(map[string]func(*rapid.T){
			"": r.check, "enter": r.enter, "leave": r.leave, "pledge": r.pledge, "recuse": r.recuse, "stepAside": r.stepAside,
			"open": r.open, "cast": r.cast, "cast again": r.cast, "cast more": r.cast, "hands": r.hands,
			"close": r.close, "void": r.void,
		})
	})
}

func upTo(n int) map[int]bool {
	out := map[int]bool{}
	for i := 1; i <= n; i++ {
		out[i] = true
	}
	return out
}

// agree fails unless the act succeeded exactly when the room says it may.
func agree(rt *rapid.T, what string, err error, may bool) {
	if (err == nil) != may {
		rt.Fatalf("%s: %v, but the room says %v", what, err, may)
	}
}

func seat(rt *rapid.T) int { return rapid.IntRange(1, members).Draw(rt, "seat") }

func (r *room) enter(rt *rapid.T) {
	n := seat(rt)
	r.h.Clock.Advance(time.Second)
	_, err := r.h.Presiding.Enter(r.t.Context(), r.h.Person(n), presiding.EnterInput{
		Meeting: hall.Meeting, Via: meeting.ViaRoom,
	})
	agree(rt, "enter", err, !r.there[n])
	r.there[n] = true
}

func (r *room) leave(rt *rapid.T) {
	n := seat(rt)
	r.h.Clock.Advance(time.Second)
	_, err := r.h.Presiding.Leave(r.t.Context(), r.h.Person(n), presiding.LeaveInput{Meeting: hall.Meeting})
	agree(rt, "leave", err, r.there[n])
	r.there[n] = false
}

func (r *room) pledge(rt *rapid.T) {
	n := seat(rt)
	_, err := r.h.Presiding.Pledge(r.t.Context(), r.h.Person(n), presiding.PledgeInput{Meeting: hall.Meeting})
	agree(rt, "pledge", err, true)
	r.pledged[n] = true
}

func (r *room) recuse(rt *rapid.T) {
	n := seat(rt)
	_, err := r.h.Presiding.Assert(r.t.Context(), r.h.Secretary(), presiding.AssertInput{
		Item: r.h.Items[0], Member: r.h.Member(n), Ground: "kin",
	})
	r.recused(rt, n, err)
}

func (r *room) stepAside(rt *rapid.T) {
	n := seat(rt)
	_, err := r.h.Presiding.Declare(r.t.Context(), r.h.Person(n), presiding.DeclareInput{
		Item: r.h.Items[0], Ground: "other",
	})
	r.recused(rt, n, err)
}

func (r *room) recused(rt *rapid.T, n int, err error) {
	agree(rt, "recusal", err, !r.decided && !r.barred[n])
	if err != nil {
		return
	}
	r.barred[n] = true
	v := r.vote
	if v == nil || !v.roll[n] {
		return
	}
	least := 1
	if v.method == ballot.Secret {
		least = 2
	}
	if _, voted := v.votes[n]; voted || len(v.roll)-1 < least {
		r.vote = nil
		return
	}
	delete(v.roll, n)
	v.excluded[n] = true
}

func (r *room) open(rt *rapid.T) {
	method := rapid.SampledFrom([]ballot.Method{ballot.Named, ballot.Secret, ballot.Hands}).Draw(rt, "method")
	purposes := []ballot.Purpose{ballot.MainMotion, ballot.Procedural, ballot.Procedural}
	purpose := rapid.SampledFrom(purposes).Draw(rt, "purpose")
	v := &vote{method: method, roll: map[int]bool{}, excluded: map[int]bool{}, votes: map[int]ballot.Choice{}}
	present := 0
	for n := 1; n <= members; n++ {
		switch {
		case r.there[n] && r.barred[n]:
			v.excluded[n] = true
			present++
		case r.there[n]:
			v.roll[n] = true
			present++
		}
	}
	may := r.vote == nil && !r.decided && present > members/2 && len(v.roll) > 0 && (method != ballot.Secret ||
		len(v.roll) >= 2)
	r.h.Clock.Advance(time.Second)
	out, err := r.h.Balloting.Open(r.t.Context(), r.h.Secretary(), balloting.OpenInput{
		Item: r.h.Items[0], Purpose: purpose, Method: method, Question: "질문",
	})
	agree(rt, "open", err, may)
	if may {
		v.id, r.vote = out.ID, v
	}
}

func (r *room) cast(rt *rapid.T) {
	if r.vote == nil {
		rt.Skip()
	}
	n, v := seat(rt), r.vote
	choice := rapid.SampledFrom([]ballot.Choice{ballot.Yes, ballot.No, ballot.Abstain}).Draw(rt, "choice")
	_, voted := v.votes[n]
	may := v.roll[n] && r.there[n] && r.pledged[n] && v.method != ballot.Hands && (!voted || v.method == ballot.Named)
	_, err := r.h.Balloting.Cast(r.t.Context(), r.h.Person(n), balloting.CastInput{Ballot: v.id, Choice: choice})
	agree(rt, "cast", err, may)
	if may {
		v.votes[n] = choice
	}
}

func (r *room) hands(rt *rapid.T) {
	if r.vote == nil || r.vote.method != ballot.Hands {
		rt.Skip()
	}
	seats := rapid.SliceOfNDistinct(rapid.IntRange(1, members), 1, members, rapid.ID).Draw(rt, "seats")
	may, votes := true, map[int]ballot.Choice{}
	in := balloting.RecordInput{Ballot: r.vote.id}
	for _, n := range seats {
		votes[n] = rapid.SampledFrom([]ballot.Choice{ballot.Yes, ballot.No}).Draw(rt, "choice")
		in.Votes = append(in.Votes, balloting.Hand{Member: r.h.Member(n), Choice: votes[n]})
		may = may && r.vote.roll[n] && r.there[n] && r.pledged[n]
	}
	_, err := r.h.Balloting.Record(r.t.Context(), r.h.Secretary(), in)
	agree(rt, "hands", err, may)
	if may {
		r.vote.votes = votes
	}
}

func (r *room) void(rt *rapid.T) {
	if r.vote == nil {
		rt.Skip()
	}
	_, err := r.h.Balloting.Void(r.t.Context(), r.h.Secretary(), balloting.VoidInput{Ballot: r.vote.id, Reason: "중단"})
	agree(rt, "void", err, true)
	r.vote = nil
}

func (r *room) close(rt *rapid.T) {
	if r.vote == nil {
		rt.Skip()
	}
	v := r.vote
	r.vote = nil
	r.h.Clock.Advance(time.Second)
	out, err := r.h.Balloting.Close(r.t.Context(), r.h.Secretary(), balloting.CloseInput{Ballot: v.id})
	agree(rt, "close", err, true)
	r.decided = out.Outcome != ""
	want := r.listed(v)
	got := numbers{
		out.Result.Present, out.Result.Recused, out.Result.Voters, out.Result.Yes, out.Result.No, out.Result.Abstain,
		out.Result.NotCast, out.Result.Verdict,
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(numbers{})); diff != "" {
		rt.Fatal(diff)
	}
}

type numbers struct {
	present, recused, voters, yes, no, abstain, notCast int
	verdict                                             ballot.Verdict
}

// listed goes through the members one by one.
func (r *room) listed(v *vote) numbers {
	var w numbers
	for n := 1; n <= members; n++ {
		choice, voted := v.votes[n]
		switch {
		case v.excluded[n] && r.there[n]:
			w.present++
			w.recused++
		case v.roll[n] && (voted || r.there[n]):
			w.present++
			w.voters++
		}
		switch {
		case choice == ballot.Yes:
			w.yes++
		case choice == ballot.No:
			w.no++
		case choice == ballot.Abstain:
			w.abstain++
		case v.roll[n] && r.there[n]:
			w.notCast++
		}
	}
	w.verdict = ballot.Lost
	if w.present <= members/2 || w.voters == 0 {
		w.verdict = ballot.Undecidable
	} else if w.yes > w.voters/2 {
		w.verdict = ballot.Carried
	}
	return w
}

// check compares what is stored of the vote under way with the room.
func (r *room) check(rt *rapid.T) {
	if r.vote == nil {
		return
	}
	var roll, took []domain.ID
	choices := map[ballot.Choice]int{}
	r.h.Read(r.t, func(ctx context.Context, tx *store.Tx) error {
		entries, err := tx.RollOf(ctx, r.vote.id)
		if err != nil {
			return err
		}
		for _, e := range entries {
			roll = append(roll, e.Member)
		}
		parts, err := tx.ParticipationsOf(ctx, r.vote.id)
		if err != nil {
			return err
		}
		for _, p := range parts {
			took = append(took, p.Member)
		}
		votes, err := tx.VotesOf(ctx, r.vote.id)
		for _, v := range votes {
			choices[v.Choice]++
		}
		return err
	})
	want := map[ballot.Choice]int{}
	for _, c := range r.vote.votes {
		want[c]++
	}
	wantRoll, wantTook := r.ids(r.vote.roll), r.ids(r.vote.voters())
	if !slices.Equal(roll, wantRoll) || !slices.Equal(took, wantTook) || !maps.Equal(choices, want) {
		rt.Fatalf("roll %v took %v votes %v; the room has %v %v %v", roll, took, choices, wantRoll, wantTook, want)
	}
}

func (v *vote) voters() map[int]bool {
	out := map[int]bool{}
	for n := range v.votes {
		out[n] = true
	}
	return out
}

func (r *room) ids(seats map[int]bool) []domain.ID {
	var out []domain.ID
	for n := 1; n <= members; n++ {
		if seats[n] {
			out = append(out, r.h.Member(n))
		}
	}
	return out
}
