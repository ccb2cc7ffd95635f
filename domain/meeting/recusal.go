package meeting

import (
	"slices"

	"secretariat/domain"
)

// Keeps reports whether the recusal keeps its member out: while a challenge is pending no less than when it is in
// force.
func (r Recusal) Keeps() bool { return r.State == RecusalInForce || r.State == RecusalPending }

// Barred reports whether a member is kept out of an item.
func Barred(all []Recusal, item, member domain.ID) bool {
	return member != "" && slices.ContainsFunc(all, func(r Recusal) bool {
		return r.Item == item && r.Member == member && r.Keeps()
	})
}

// BarredFrom lists the members kept out of an item, sorted.
func BarredFrom(all []Recusal, item domain.ID) []domain.ID {
	return membersOf(all, item, Recusal.Keeps)
}

// InForce reports whether a member is recused for an item for good.
func InForce(all []Recusal, item, member domain.ID) bool {
	return slices.ContainsFunc(all, func(r Recusal) bool {
		return r.Item == item && r.Member == member && r.State == RecusalInForce
	})
}

// Unresolved lists the challenges of an item that the committee has still to resolve on: pending, and their member
// not recused for another reason anyway.
func Unresolved(all []Recusal, item domain.ID) []Recusal {
	var out []Recusal
	for _, r := range all {
		if r.Item == item && r.State == RecusalPending && !InForce(all, item, r.Member) {
			out = append(out, r)
		}
	}
	return out
}

// OutOfChallenge lists who takes no part in the resolution on one challenge, sorted: those recused for the item for
// good and the challenged member (위원회조례 9② 후단), whom the rule may let vote. Others who are challenged too do take
// part, or an applicant who challenges everybody could keep the committee from resolving.
func OutOfChallenge(all []Recusal, of Recusal, challengedVotes bool) []domain.ID {
	return membersOf(all, of.Item, func(r Recusal) bool {
		return r.State == RecusalInForce || r.Member == of.Member && !challengedVotes
	})
}

func membersOf(all []Recusal, item domain.ID, fits func(Recusal) bool) []domain.ID {
	out := []domain.ID{}
	for _, r := range all {
		if r.Item == item && fits(r) {
			out = append(out, r.Member)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Concerns reports whether an item names the organisation among those with an interest in it, so that a recusal of
// its people is to be proposed. Spaces and the form of company in either name make no difference.
func (i Item) Concerns(organisation string) bool {
	return slices.ContainsFunc(i.Interested, func(o string) bool { return domain.SameOrganisation(o, organisation) })
}

// OpenToRecusal says why nobody can be recused for the item any more.
func (i Item) OpenToRecusal() error {
	if i.State == Listed || i.State == Tabled {
		return nil
	}
	return domain.Conflict("item.concluded", nil)
}
