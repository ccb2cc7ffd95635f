package document

import (
	"fmt"
	"reflect"
	"slices"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
)

// itemParts checks what the minutes say of each item.
func (a *audit) itemParts() {
	parts := a.Minutes.Content.Items
	a.compare("회의록의 안건 수", "", fmt.Sprintf("%d건", len(parts)), fmt.Sprintf("%d건", len(a.Items)), "위원회조례 10의2①")
	for n, i := range a.Items {
		if n >= len(parts) {
			return
		}
		a.itemPart(i, parts[n])
	}
}

func (a *audit) itemPart(i RecordItem, p minutes.ItemPart) {
	same := map[string]bool{
		"안건":  p.Item == i.Item && p.Number == i.Number && p.Title == i.Title && p.Kind == i.Kind,
		"제안자": p.Proposer == i.Proposer, "주문": p.Proposal == i.Proposal && p.Text == i.Text,
		"결과": p.Outcome == i.Outcome, "조건": slices.Equal(p.Conditions, i.Conditions), "사유": p.Reason == i.Reason,
		"비공개 여부": p.Confidential == i.Confidential, "제척 위원": a.sameRecused(i, p), "표결": a.sameBallots(i, p),
	}
	var faults []string
	for name, ok := range same {
		if !ok {
			faults = append(faults, name+"이(가) 기록과 다름")
		}
	}
	slices.Sort(faults)
	a.wrongs(faults, "회의록의 안건별 결과", i.label(), i.Outcome.Korean(), "위원회조례 10의2①")
}

// sameRecused compares who was kept out for good.
func (a *audit) sameRecused(i RecordItem, p minutes.ItemPart) bool {
	var kept, listed []domain.ID
	for _, r := range a.Recusals {
		_, seated := a.seat(r.Member)
		if r.Item == i.Item && r.State == meeting.RecusalInForce && seated {
			kept = append(kept, r.Member)
		}
	}
	for _, x := range p.Recused {
		if seat, _ := a.seat(x.Member); seat.Name != x.Name {
			return false
		}
		listed = append(listed, x.Member)
	}
	slices.Sort(kept)
	slices.Sort(listed)
	return slices.Equal(slices.Compact(kept), listed)
}

// sameBallots compares the votes of an item, with the names where they were not secret.
func (a *audit) sameBallots(i RecordItem, p minutes.ItemPart) bool {
	var own []RecordBallot
	for _, b := range a.Ballots {
		if b.Item == i.Item {
			own = append(own, b)
		}
	}
	if len(own) != len(p.Ballots) {
		return false
	}
	for n, b := range own {
		if !a.sameBallot(b, p.Ballots[n]) {
			return false
		}
	}
	return true
}

func (a *audit) sameBallot(b RecordBallot, p minutes.BallotPart) bool {
	if b.ID != p.Ballot || b.Purpose != p.Purpose || b.Method != p.Method || b.Question != p.Question ||
		!reflect.DeepEqual(b.Result, p.Result) {
		return false
	}
	if !a.sameCandidates(b, p) {
		return false
	}
	if b.Method == ballot.Secret {
		return len(p.Votes) == 0
	}
	given := map[domain.ID]ballot.Choice{}
	for _, v := range b.Votes {
		given[v.Member] = v.Choice
	}
	for _, v := range p.Votes {
		seat, _ := a.seat(v.Member)
		if given[v.Member] != v.Choice || seat.Name != v.Name {
			return false
		}
		delete(given, v.Member) // each once
	}
	return len(given) == 0
}

// sameCandidates compares the candidates of an election with their names.
func (a *audit) sameCandidates(b RecordBallot, p minutes.BallotPart) bool {
	var listed []domain.ID
	for _, c := range p.Candidates {
		if seat, ok := a.seat(c.Member); ok && seat.Name != c.Name {
			return false
		}
		listed = append(listed, c.Member)
	}
	return slices.Equal(listed, b.Candidates)
}
