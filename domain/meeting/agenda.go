package meeting

import (
	"slices"
	"strconv"
	"strings"

	"secretariat/domain"
)

// Content is what people write about an agenda item.
type Content struct {
	Kind         ItemKind `json:"kind"`
	Subject      Subject  `json:"subject"`
	Title        string   `json:"title"`
	Proposer     string   `json:"proposer"`
	Proposal     string   `json:"proposal"` // 주문; required for kinds that are voted on
	Reasons      string   `json:"reasons"`
	Summary      string   `json:"summary"`
	Confidential bool     `json:"confidential"`
	SecretBallot bool     `json:"secretBallot"`
	Interested   []string `json:"interested"` // organisations, at most 200
}

// maxInterested bounds the organisations named for one item.
const maxInterested = 200

// MaxItems is how many items one agenda holds, withdrawn ones included.
const MaxItems = 200

// Check notes everything that is wrong with the content as a request, each field under prefix.
func (c Content) Check(to *domain.Problems, prefix string) {
	domain.OneOf(to, prefix+"kind", c.Kind, Deliberation, Resolution, Advice, Report)
	domain.OneOf(to, prefix+"subject", c.Subject, SubjectPlan, SubjectSelection, SubjectPersonnel, SubjectElection,
		SubjectRules, SubjectOther)
	to.Text(prefix+"title", c.Title, true, domain.MaxLine)
	to.Text(prefix+"proposer", c.Proposer, true, domain.MaxName)
	to.Text(prefix+"proposal", c.Proposal, c.Kind.Votes(), domain.MaxText)
	to.Text(prefix+"reasons", c.Reasons, false, domain.MaxText)
	to.Text(prefix+"summary", c.Summary, false, domain.MaxText)
	to.Check(!c.SecretBallot || c.Kind.Votes(), prefix+"secretBallot", "item.no_vote")
	if len(c.Interested) > maxInterested {
		to.Add(prefix+"interested", "field.too_many", domain.Args{"max": maxInterested})
		return
	}
	for i, name := range c.Interested {
		to.Text(prefix+"interested."+strconv.Itoa(i), name, true, domain.MaxName)
	}
}

// Apply gives the item the content.
func (i *Item) Apply(c Content) {
	i.Kind, i.Subject, i.Title, i.Proposer = c.Kind, c.Subject, c.Title, c.Proposer
	i.Proposal, i.Reasons, i.Summary = c.Proposal, c.Reasons, c.Summary
	i.Confidential, i.SecretBallot = c.Confidential, c.SecretBallot
	i.Interested = append([]string{}, c.Interested...)
}

// NumberIn fills the places {year} and {serial} of a number's pattern, e.g. "의안 제{year}-{serial}호".
func NumberIn(pattern string, year, serial int) string {
	return strings.NewReplacer("{year}", strconv.Itoa(year), "{serial}", strconv.Itoa(serial)).Replace(pattern)
}

// Reorder moves an item to a position from 1 on and returns those whose position changed; positions then run from 1
// without gaps. A position beyond the end is the end.
func Reorder(agenda []Item, id domain.ID, to int) []Item {
	order := slices.Clone(agenda)
	at := slices.IndexFunc(order, func(i Item) bool { return i.ID == id })
	if at < 0 {
		return nil
	}
	moved := order[at]
	order = slices.Delete(order, at, at+1)
	order = slices.Insert(order, min(max(to-1, 0), len(order)), moved)
	var changed []Item
	for n, item := range order {
		if item.Position != n+1 {
			item.Position = n + 1
			changed = append(changed, item)
		}
	}
	return changed
}

// CheckEditable is nil while an item's content may be changed: it is listed and the meeting has not opened.
func (i Item) CheckEditable(m Meeting) error {
	if !m.Before() || i.State != Listed {
		return domain.Conflict("item.not_editable", domain.Args{"state": string(i.State)})
	}
	return nil
}

// Withdraw takes an undecided item off the agenda (철회). CodeConflict "item.not_withdrawable" when it is decided or
// withdrawn.
func (i *Item) Withdraw(reason string) error {
	if i.State != Listed && i.State != Tabled {
		return domain.Conflict("item.not_withdrawable", domain.Args{"state": string(i.State)})
	}
	i.State, i.Outcome, i.OutcomeReason = Withdrawn, WithdrawnOutcome, reason
	return nil
}

// agenda looks at the items: there must be one, and each should have a paper.
func (d Draft) agenda() []Finding {
	var out []Finding
	live := 0
	for _, i := range d.Items {
		if i.State == Withdrawn {
			continue
		}
		live++
		if !slices.ContainsFunc(d.Papers, func(p Paper) bool { return p.Item == i.ID }) {
			out = append(out, Finding{Key: "item.without_paper", Subject: i.ID, Args: domain.Args{"position": i.Position}})
		}
	}
	if live == 0 {
		out = append(out, Finding{Key: "meeting.agenda_empty", Blocking: true})
	}
	return out
}
