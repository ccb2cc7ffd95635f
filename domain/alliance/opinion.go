package alliance

import (
	"time"

	"secretariat/domain"
)

// SubmissionState is where what somebody has to say stands.
type SubmissionState string

// The states of a submission.
const (
	Draft     SubmissionState = "draft" // seen by its own organisation alone, and counted nowhere
	Submitted SubmissionState = "submitted"
)

// Submission is everything that one organisation, or one citizen, says to a consultation.
type Submission struct {
	ID           domain.ID       `json:"id"`
	Consultation domain.ID       `json:"consultation"`
	Organisation domain.ID       `json:"organisation,omitempty"`
	Giver        string          `json:"giver"`           // name of the organisation, or of the citizen
	Email        string          `json:"email,omitempty"` // of a citizen, for the answer
	State        SubmissionState `json:"state"`
	SubmittedAt  *time.Time      `json:"submittedAt,omitempty"`
	SubmittedBy  domain.ID       `json:"submittedBy,omitempty"` // account
	Version      int             `json:"version"`
}

// Stance is what somebody thinks of an article.
type Stance string

// The stances.
const (
	Agrees  Stance = "agrees"
	Amends  Stance = "amends" // with a wording of its own
	Opposes Stance = "opposes"
	Remarks Stance = "remarks"
)

// Outcome is what becomes of an opinion.
type Outcome string

// The outcomes: 반영, 일부반영, 미반영. Empty while it is open.
const (
	Accepted Outcome = "accepted"
	Partly   Outcome = "partly"
	Declined Outcome = "declined"
)

// Opinion is what a submission says to one article, or as a whole, with what became of it.
type Opinion struct {
	ID           domain.ID  `json:"id"`
	Consultation domain.ID  `json:"consultation"`
	Submission   domain.ID  `json:"submission"`
	Article      int        `json:"article"` // from 1; 0: the whole
	Stance       Stance     `json:"stance"`
	Text         string     `json:"text"`
	Wording      string     `json:"wording,omitempty"` // proposed
	Lead         domain.ID  `json:"lead,omitempty"`    // the like opinion it is answered with
	Outcome      Outcome    `json:"outcome,omitempty"`
	Reason       string     `json:"reason,omitempty"`
	DisposedAt   *time.Time `json:"disposedAt,omitempty"`
	Personal     int        `json:"personal,omitempty"` // pieces that looked like personal data when it arrived
	Masks        []Mask     `json:"masks"`              // hidden from the public
	MaskedAt     *time.Time `json:"maskedAt,omitempty"` // when the staff last said what is hidden
	Version      int        `json:"version"`
}

// MaxOpinions bounds the opinions of one submission.
const MaxOpinions = MaxArticles + 1

// Check notes what is wrong with an opinion on a draft of so many articles.
func (o Opinion) Check(p *domain.Problems, articles int) {
	p.Check(o.Article >= 0 && o.Article <= articles, "article", "field.choice")
	domain.OneOf(p, "stance", o.Stance, Agrees, Amends, Opposes, Remarks)
	p.Text("text", o.Text, o.Stance != Agrees && o.Stance != Amends, domain.MaxText)
	p.Text("wording", o.Wording, o.Stance == Amends, domain.MaxText)
}

// Open reports whether nobody has said what becomes of it.
func (o Opinion) Open() bool { return o.Outcome == "" && o.Lead == "" }

// Dispose says what becomes of it and why. Who disposes of it anew replaces what was said before.
func (o Opinion) Dispose(outcome Outcome, reason string, now time.Time) Opinion {
	o.Lead, o.Outcome, o.Reason, o.DisposedAt = "", outcome, reason, &now
	return o
}

// Merge has it answered with a like one. CodeConflict when that one is answered with another itself, or is the same, or
// others are answered with this one.
func (o Opinion) Merge(lead Opinion, followers int) (Opinion, error) {
	if lead.ID == o.ID || lead.Lead != "" || lead.Consultation != o.Consultation || followers > 0 {
		return o, domain.Conflict("opinion.lead", nil)
	}
	o.Lead, o.Outcome, o.Reason, o.DisposedAt = lead.ID, "", "", nil
	return o, nil
}

// Answer is what becomes of an opinion: its own answer, or that of the one it is answered with.
func (o Opinion) Answer(lead *Opinion) (Outcome, string) {
	if o.Lead != "" && lead != nil {
		return lead.Outcome, lead.Reason
	}
	return o.Outcome, o.Reason
}

// Count is how many opinions have which outcome.
type Count struct {
	Opinions int `json:"opinions"`
	Accepted int `json:"accepted"`
	Partly   int `json:"partly"`
	Declined int `json:"declined"`
	Open     int `json:"open"`     // nobody has said what becomes of them
	Unmasked int `json:"unmasked"` // that may hold personal data at which nobody has looked
}

// Answers is how many opinions have the same answer, their own or that of the like one they are answered with.
type Answers struct {
	Outcome  Outcome
	Opinions int
	Unmasked int
}

// CountOpinions adds up opinions by what becomes of them.
func CountOpinions(all []Answers) Count {
	var out Count
	for _, a := range all {
		out.add(a.Outcome, a.Opinions)
		out.Unmasked += a.Unmasked
	}
	return out
}

func (c *Count) add(o Outcome, n int) {
	c.Opinions += n
	switch o {
	case Accepted:
		c.Accepted += n
	case Partly:
		c.Partly += n
	case Declined:
		c.Declined += n
	default:
		c.Open += n
	}
}
