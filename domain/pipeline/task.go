// Package pipeline holds the rules of the alliance's tasks (과제 발굴, 고도화, 선정, 확산): what a task is, through which gates
// it passes and who decides at each, the marks of the policy council, the reports of the diffusion hub and the counters
// against the targets.
package pipeline

import (
	"slices"
	"time"

	"secretariat/domain"
)

// State is how far a task has come.
type State string

// The states. A task that was returned comes back to the gate that returned it, or from the committee to the council.
const (
	Draft      State = "draft"      // seen by its own organisation alone
	Discussing State = "discussing" // 발굴: the division discusses, its sherpa recommends
	Refining   State = "refining"   // 고도화: the policy council gives its marks
	Tabling    State = "tabling"    // 선정: it waits for the committee's decision
	Spreading  State = "spreading"  // 확산: selected, in the hands of the diffusion hub
	Returned   State = "returned"   // 보완 요청
	Declined   State = "declined"   // 미선정
	Sandbox    State = "sandbox"    // 규제샌드박스: a request waits for the office in charge
	Finished   State = "finished"   // 종료
	Withdrawn  State = "withdrawn"  // 철회
)

// States lists them in the order of the pipeline.
func States() []State {
	return []State{Draft, Discussing, Refining, Tabling, Spreading, Sandbox, Returned, Declined, Finished, Withdrawn}
}

// Gate is where somebody decides on a task.
type Gate string

// The gates.
const (
	GateDivision  Gate = "division"  // 분과ㆍ셰르파
	GateCouncil   Gate = "council"   // 정책협의회
	GateCommittee Gate = "committee" // 위원회
)

// Technology is one of the eight technologies of the digital transition, in four groups.
type Technology string

// The technologies.
const (
	Mobile     Technology = "mobile"     // 모바일ㆍ5G
	Things     Technology = "things"     // 사물인터넷(IoT)
	BigData    Technology = "big_data"   // 빅데이터ㆍ실시간 분석
	Learning   Technology = "learning"   // 인공지능ㆍ머신러닝
	Automation Technology = "automation" // 업무프로세스 자동화(RPA)
	Metaverse  Technology = "metaverse"  // 메타버스(증강현실ㆍ디지털트윈)
	Interfaces Technology = "interfaces" // API 기반 시스템통합
	Cloud      Technology = "cloud"      // 클라우드
)

// Group is a group of technologies that are alike.
type Group string

// The groups.
const (
	GroupNetwork   Group = "network"   // 네트워크 기술군
	GroupLearning  Group = "learning"  // 인공지능 기술군
	GroupMetaverse Group = "metaverse" // 메타버스 기술군
	GroupCommon    Group = "common"    // 공통(기반) 기술군
)

// Groups lists the groups in the order in which they are shown.
func Groups() []Group { return []Group{GroupNetwork, GroupLearning, GroupMetaverse, GroupCommon} }

// Technologies lists those of a group.
func (g Group) Technologies() []Technology {
	return map[Group][]Technology{
		GroupNetwork: {Mobile, Things}, GroupLearning: {Learning, BigData, Automation}, GroupMetaverse: {Metaverse},
		GroupCommon: {Interfaces, Cloud},
	}[g]
}

// Technologies lists all eight, by group.
func Technologies() []Technology {
	var out []Technology
	for _, g := range Groups() {
		out = append(out, g.Technologies()...)
	}
	return out
}

// Proposal is what an organisation writes about a task.
type Proposal struct {
	Demand
	Title        string       `json:"title"`
	Problem      string       `json:"problem"`  // 해결할 문제
	Approach     string       `json:"approach"` // 추진 방법
	Technologies []Technology `json:"technologies"`
	Sector       string       `json:"sector"`   // one of the alliance's
	Partners     []domain.ID  `json:"partners"` // organisations that take part beside the proposer
	Effects      string       `json:"effects"`  // 기대 효과
	Budget       int64        `json:"budget"`   // wished for, in won; 0 for none
}

// Bounds of a proposal.
const (
	MaxPartners = 20
	MaxBudget   = 1_000_000_000_000 // won
)

// Check notes what keeps a proposal from being saved: values that cannot be kept, not what is still missing.
func (x Proposal) Check(p *domain.Problems, sectors []string) {
	x.check(p)
	p.Text("title", x.Title, true, domain.MaxLine)
	p.Text("problem", x.Problem, false, domain.MaxText)
	p.Text("approach", x.Approach, false, domain.MaxText)
	p.Text("effects", x.Effects, false, domain.MaxText)
	if x.Sector != "" {
		domain.OneOf(p, "sector", x.Sector, sectors...)
	}
	for _, t := range x.Technologies {
		if !slices.Contains(Technologies(), t) {
			p.Add("technologies", "field.choice", nil)
			break
		}
	}
	p.Check(len(x.Partners) <= MaxPartners, "partners", "field.range")
	p.Check(x.Budget >= 0 && x.Budget <= MaxBudget, "budget", "field.range")
}

// Complete notes what is missing for a proposal to be submitted. A request to improve a regulation has a field in place of a
// sector, and need not name a technology.
func (x Proposal) Complete(p *domain.Problems) {
	p.Text("problem", x.Problem, true, domain.MaxText)
	p.Text("approach", x.Approach, true, domain.MaxText)
	p.Text("effects", x.Effects, true, domain.MaxText)
	if x.Kind == Regulation {
		x.complete(p)
		return
	}
	p.Check(x.Sector != "", "sector", "field.required")
	p.Check(len(x.Technologies) > 0, "technologies", "field.required")
}

// Task is one task of the alliance.
type Task struct {
	ID           domain.ID `json:"id"`
	Alliance     domain.ID `json:"alliance"`
	Committee    domain.ID `json:"committee"`
	Division     domain.ID `json:"division"`
	Organisation domain.ID `json:"organisation"` // that proposes it
	Year         int       `json:"year"`         // with Number: 제2026-3호, from its first submission
	Number       int       `json:"number"`       // 0 before
	Proposal
	Reply
	State       State      `json:"state"`
	Round       int        `json:"round"`                 // how often it was submitted
	ReturnedBy  Gate       `json:"returnedBy,omitempty"`  // of the last return
	Reason      string     `json:"reason,omitempty"`      // why it was returned, declined or withdrawn
	SubmittedAt *time.Time `json:"submittedAt,omitempty"` // last
	SubmittedBy domain.ID  `json:"submittedBy,omitempty"` // account
	GateAt      *time.Time `json:"gateAt,omitempty"`      // since when it has been in its state
	FoundAt     *time.Time `json:"foundAt,omitempty"`     // first recommended (발굴)
	Sherpa      domain.ID  `json:"sherpa,omitempty"`      // organisation that recommended it; empty when the staff had to
	Advice      string     `json:"advice,omitempty"`      // why it is recommended
	Score       int64      `json:"score"`                 // of the council, in thousandths of 100 points
	Marks       int        `json:"marks"`                 // given by so many members
	RefinedAt   *time.Time `json:"refinedAt,omitempty"`   // passed by the council
	Item        domain.ID  `json:"item,omitempty"`        // agenda item on which the committee decides
	Decision    domain.ID  `json:"decision,omitempty"`    // decision record
	Approval    string     `json:"approval,omitempty"`    // number of the document that approved the selection (결재)
	Sealed      bool       `json:"sealed"`                // decided in confidence, so not published
	SelectedAt  *time.Time `json:"selectedAt,omitempty"`
	Hub         domain.ID  `json:"hub,omitempty"` // organisation that spreads it (확산 허브)
	HandedAt    *time.Time `json:"handedAt,omitempty"`
	FinishedAt  *time.Time `json:"finishedAt,omitempty"`
	Rules       string     `json:"rules,omitempty"` // hash of the rules it was submitted under
	Version     int        `json:"version"`
}

// Editable reports whether its organisation may change it.
func (t Task) Editable() bool { return t.State == Draft || t.State == Returned }

// Published reports whether everybody may know of it: it was selected, and not in confidence.
func (t Task) Published() bool { return t.SelectedAt != nil && !t.Sealed }

// Over reports whether nothing more happens to it.
func (t Task) Over() bool { return t.State == Declined || t.State == Finished || t.State == Withdrawn }

// Comment is what somebody says of a task in its division.
type Comment struct {
	ID           domain.ID `json:"id"`
	Task         domain.ID `json:"task"`
	Round        int       `json:"round"`
	Organisation domain.ID `json:"organisation,omitempty"` // empty for the secretariat
	Author       string    `json:"author"`                 // name of the organisation, or of the department
	Text         string    `json:"text"`
	At           time.Time `json:"at"`
}

// Seat is a place in the policy council (정책협의회) of an alliance.
type Seat struct {
	Alliance domain.ID `json:"alliance"`
	Account  domain.ID `json:"account"`
	Employer string    `json:"employer"` // organisation to which the member belongs
	Since    time.Time `json:"since"`
}

// Report is what a hub reports of the spread of a task.
type Report struct {
	ID           domain.ID `json:"id"`
	Task         domain.ID `json:"task"`
	Number       int       `json:"number"` // from 1
	Organisation domain.ID `json:"organisation"`
	Adopters     int       `json:"adopters"`     // organisations that took it up in this time
	Events       int       `json:"events"`       // trainings and showings
	Participants int       `json:"participants"` // in them
	Spent        int64     `json:"spent"`        // won
	Text         string    `json:"text"`
	At           time.Time `json:"at"`
}

// maxFigure bounds the figures of a report, which are added up.
const maxFigure = 1_000_000

// Check notes everything that is wrong with a report.
func (r Report) Check(p *domain.Problems) {
	for name, n := range map[string]int{"adopters": r.Adopters, "events": r.Events, "participants": r.Participants} {
		p.Check(n >= 0 && n <= maxFigure, name, "field.range")
	}
	p.Check(r.Spent >= 0 && r.Spent <= MaxBudget, "spent", "field.range")
	p.Text("text", r.Text, true, domain.MaxText)
}

// Spread is the sum of reports.
type Spread struct {
	Reports      int   `json:"reports"`
	Adopters     int   `json:"adopters"`
	Events       int   `json:"events"`
	Participants int   `json:"participants"`
	Spent        int64 `json:"spent"`
}

// SpreadOf adds reports up.
func SpreadOf(all []Report) Spread {
	out := Spread{Reports: len(all)}
	for _, r := range all {
		out.Adopters += r.Adopters
		out.Events += r.Events
		out.Participants += r.Participants
		out.Spent += r.Spent
	}
	return out
}
