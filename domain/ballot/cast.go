package ballot

import (
	"slices"
	"time"

	"secretariat/domain"
)

// Asked is whether a member may vote in a ballot.
type Asked struct {
	Ballot domain.ID
	Member domain.ID
}

// Voter is all that the casting of one vote depends on, read at once while the ballot cannot change.
type Voter struct {
	Asked      domain.ID // the member that was asked for
	Ballot     domain.ID
	Meeting    domain.ID
	Committee  domain.ID
	Item       domain.ID
	Purpose    Purpose
	Method     Method
	State      State
	Candidates []domain.ID
	ClosesAt   *time.Time
	Terms      Terms
	Excluded   []domain.ID // recused when the ballot opened, or struck off since
	Member     domain.ID   // on the roll; empty when not
	Via        string      // how the member takes part now; empty when absent
	Pledged    bool
	Receipt    string // of the vote cast before; empty when none was
}

// MayCast says why the voter may not cast the choice at this time: CodeConflict when the
// ballot is not open or the vote was cast before, CodeForbidden when recused or off the roll, CodeRefused when absent
// or without pledge, CodeInvalid for the choice.
func (v Voter) MayCast(choice Choice, now time.Time) error {
	switch {
	case v.State != Open:
		return NotOpen(v.State)
	case v.ClosesAt != nil && !now.Before(*v.ClosesAt):
		return domain.Conflict("ballot.closed", nil)
	case slices.Contains(v.Excluded, v.Asked):
		return domain.Forbidden("recused", "위원회조례 9")
	case v.Member == "":
		return domain.Forbidden("not-on-roll", "위원회조례 9")
	case v.Method == Hands:
		return domain.Conflict("ballot.by_hands", nil)
	case !v.here():
		return domain.Refused("ballot.absent", "위원회규칙 4①", nil)
	case v.Terms.Pledge && !v.Pledged:
		return domain.Refused("ballot.not_pledged", "위원회조례 9의2", nil)
	case v.Receipt != "" && !v.MayChange():
		return domain.Conflict("ballot.already_voted", nil)
	}
	var p domain.Problems
	p.Check(Offers(v.Purpose, v.Candidates, choice), "choice", "field.choice")
	return p.Err()
}

// MayChange reports whether a vote that was cast may be replaced: never in secret, since nobody can find it again.
func (v Voter) MayChange() bool { return v.Terms.Change && v.Method != Secret }

// here reports whether the member is in the meeting in person or by video. Whoever sent a proxy is not; a written
// vote needs no presence.
func (v Voter) here() bool {
	return v.Method == WrittenVote || v.Via == "room" || v.Via == "remote" && v.Terms.Remote
}

// NotOpen is the error of an act on a ballot that does not take it any more.
func NotOpen(s State) error {
	if s == Void {
		return domain.Conflict("ballot.voided", nil)
	}
	return domain.Conflict("ballot.closed", nil)
}

// Offers reports whether a choice can be made in a ballot of the purpose: yes, no and abstain, or in an election a
// candidate or abstain.
func Offers(p Purpose, candidates []domain.ID, c Choice) bool {
	if p == Election {
		return c == Abstain || slices.Contains(candidates, domain.ID(c))
	}
	return c == Yes || c == No || c == Abstain
}

// Attended is the head count at the close. In a written ballot who returned a vote is present (위원회규칙 4①). In the
// others it is who voted or is still there, of those on the roll, and of the recused those who are still there; who
// left without voting is not present for this vote unless the rule keeps them in.
func Attended(rule Rule, b Ballot, roll, voted, there []domain.ID) Attendance {
	if b.Method == WrittenVote {
		return Attendance{Serving: b.Serving, Present: len(voted)}
	}
	a := Attendance{Serving: b.Serving}
	for _, m := range roll {
		if rule.LeftInBase || slices.Contains(voted, m) || slices.Contains(there, m) {
			a.Present++
		}
	}
	for _, m := range b.Excluded {
		if slices.Contains(there, m) {
			a.Present++
			a.Recused++
		}
	}
	return a
}
