package web

import (
	"slices"

	"secretariat/domain"
	"secretariat/domain/committee"
	"secretariat/service"
	"secretariat/service/seating"
)

// committeeEditPage is the form of a committee, new or as it is.
type committeeEditPage struct {
	C        committee.Committee
	New      bool
	Parents  []Option
	Headings []string
	Findings []domain.Finding
}

const charterBasis = "위원회조례 7①"

// standardPack is the pack that a new committee is under unless its form says otherwise.
const standardPack = "seoul-general"

func (s *Site) newCommittee(v *Visit) (any, error) {
	if !v.May("committee.found", "") {
		return nil, domain.Forbidden("committee.found", "위원회조례 6")
	}
	all, err := s.set.ListCommittees.Call(v.ctx(), seating.ListInput{Limit: service.MaxPage})
	p := committeeEditPage{New: true, Headings: v.Codes("charter")}
	p.C = committee.Committee{Pack: standardPack, FoundedOn: v.Today(), Charter: committee.Charter{}}
	for _, c := range all.Items {
		if c.Parent == "" && c.State != committee.Dissolved {
			p.Parents = append(p.Parents, Option{string(c.ID), c.Name})
		}
	}
	return p, err
}

func (s *Site) editCommittee(v *Visit) (any, error) {
	id := v.id("committee")
	if !v.May("committee.revise", id) {
		return nil, domain.Forbidden("committee.revise", charterBasis)
	}
	view, err := s.set.ShowCommittee.Call(v.ctx(), seating.ShowInput{Committee: id})
	if err != nil {
		return nil, err
	}
	p := committeeEditPage{C: view.Committee, Headings: v.Codes("charter")}
	for _, h := range portalHeadings(v, p.C.Charter) {
		if !slices.Contains(p.Headings, h) {
			p.Headings = append(p.Headings, h)
		}
	}
	found, err := s.set.CheckCommittee.Call(v.ctx(), seating.ShowInput{Committee: id})
	p.Findings = found.Findings
	return p, err
}

// Draft reports whether the committee has not been put into operation.
func (p committeeEditPage) Draft() bool { return p.C.State == committee.Draft }

// Active reports whether the committee is in operation.
func (p committeeEditPage) Active() bool { return p.C.State == committee.Active }

// Over reports whether the committee is dissolved, so that nothing of it changes any more.
func (p committeeEditPage) Over() bool { return p.C.State == committee.Dissolved }

// Basis is where the headings of a charter stand.
func (p committeeEditPage) Basis() string { return charterBasis }
