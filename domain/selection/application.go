package selection

import (
	"slices"
	"time"

	"secretariat/domain"
)

// ApplicationState is where an application stands.
type ApplicationState string

// The states of an application.
const (
	Draft      ApplicationState = "draft"
	Submitted  ApplicationState = "submitted"
	Withdrawn  ApplicationState = "withdrawn"
	Eligible   ApplicationState = "eligible"
	Ineligible ApplicationState = "ineligible" // 요건미달, 제외(중복ㆍ제재)
	Agreed     ApplicationState = "agreed"     // 협약
	GivenUp    ApplicationState = "given_up"   // 포기, 협약불가
)

// Application is what one organisation asks for in a call.
type Application struct {
	ID           domain.ID        `json:"id"`
	Call         domain.ID        `json:"call"`
	Organisation domain.ID        `json:"organisation"`
	Applicant    string           `json:"applicant"` // name of the organisation when it was submitted
	Number       int              `json:"number"`    // of its arrival; 0 before
	Title        string           `json:"title"`
	Summary      string           `json:"summary"`
	Plan         string           `json:"plan"`
	Amount       int64            `json:"amount"` // won asked for
	OwnMoney     int64            `json:"ownMoney"`
	State        ApplicationState `json:"state"`
	SubmittedAt  *time.Time       `json:"submittedAt,omitempty"`
	SubmittedBy  domain.ID        `json:"submittedBy,omitempty"`
	Reason       string           `json:"reason,omitempty"` // of the review of its eligibility, or of its end
	Bonus        int64            `json:"bonus"`            // thousandths
	BonusCount   int              `json:"bonusCount"`
	Penalty      int64            `json:"penalty"`
	Grounds      string           `json:"grounds,omitempty"` // of bonus and penalty
	Promoted     bool             `json:"promoted"`          // from the reserve
	Version      int              `json:"version"`
}

// Check notes what is missing in an application that is submitted; a draft may lack anything.
func (a Application) Check(p *domain.Problems, whole bool) {
	p.Text("title", a.Title, true, domain.MaxLine)
	p.Text("summary", a.Summary, whole, domain.MaxText)
	p.Text("plan", a.Plan, whole, domain.MaxBody)
	p.Check(a.Amount >= 0 && (a.Amount > 0 || !whole), "amount", "field.range")
	p.Check(a.OwnMoney >= 0, "ownMoney", "field.range")
}

// Applicant is what the terms of a call look at in an organisation.
type Applicant struct {
	Company bool
	Size    string
	Sectors []string
	Member  bool
	Funded  bool // another application of the same business number is selected in a call of the same year
}

// Finding is one reason why the terms of a call are not met, for who fills in the form and for who reviews.
type Finding struct {
	Field string      `json:"field"` // of the form
	Key   string      `json:"key"`
	Args  domain.Args `json:"args,omitempty"`
}

// Examine says in which points an application does not meet the terms of a call. Double funding is a warning for who
// reviews (지방보조금법 6③); the rest keeps it from being submitted.
func (t Terms) Examine(a Application, by Applicant) (blocking, warnings []Finding) {
	block := func(field, key string, args domain.Args) { blocking = append(blocking, Finding{field, key, args}) }
	if len(t.Sizes) > 0 && (!by.Company || !slices.Contains(t.Sizes, by.Size)) {
		block("organisation", "terms.size", nil)
	}
	if len(t.Sectors) > 0 && !slices.ContainsFunc(by.Sectors, func(s string) bool { return slices.Contains(t.Sectors, s) }) {
		block("organisation", "terms.sector", nil)
	}
	if t.Members && !by.Member {
		block("organisation", "terms.members", nil)
	}
	most, share := t.Limits(by)
	if most > 0 && a.Amount > most {
		block("amount", "terms.most", domain.Args{"most": most})
	}
	// own / (own + asked) >= percent / 100
	if share > 0 && a.OwnMoney*FullScore < int64(share)*(a.OwnMoney+a.Amount) {
		block("ownMoney", "terms.own_share", domain.Args{"percent": share})
	}
	if by.Funded {
		warnings = append(warnings, Finding{Field: "organisation", Key: "terms.funded"})
	}
	return blocking, warnings
}

// Live reports whether an application is in the running.
func (a Application) Live() bool { return a.State == Submitted || a.State == Eligible }

// Review decides on its eligibility. CodeConflict for one that was not submitted or has been withdrawn.
func (a Application) Review(eligible bool, reason string) (Application, error) {
	if a.State != Submitted && a.State != Eligible && a.State != Ineligible {
		return a, domain.Conflict("application.not_submitted", nil)
	}
	a.State, a.Reason = Ineligible, reason
	if eligible {
		a.State = Eligible
	}
	return a, nil
}

// Evaluator is somebody in the pool of a call.
type Evaluator struct {
	Call      domain.ID  `json:"call"`
	Account   domain.ID  `json:"account"`
	Candidate Candidate  `json:"candidate"`
	Expertise string     `json:"expertise"`
	Place     int        `json:"place"` // in the draw, from 1; 0 before, or when kept out by a conflict
	Sits      bool       `json:"sits"`  // on the panel
	PledgedAt *time.Time `json:"pledgedAt,omitempty"`
	Removed   string     `json:"removed,omitempty"` // why its scores do not count
	Version   int        `json:"version"`
}

// Sheet is the scores of one evaluator for one application.
type Sheet struct {
	Call        domain.ID  `json:"call"`
	Application domain.ID  `json:"application"`
	Evaluator   domain.ID  `json:"evaluator"` // account
	Scores      []int64    `json:"scores"`    // thousandths, one a criterion
	Comment     string     `json:"comment"`
	SubmittedAt *time.Time `json:"submittedAt,omitempty"`
	Void        string     `json:"void,omitempty"` // why it does not count
	Version     int        `json:"version"`
}

// Objection is an applicant's objection to the result (이의신청).
type Objection struct {
	ID          domain.ID  `json:"id"`
	Call        domain.ID  `json:"call"`
	Application domain.ID  `json:"application"`
	Text        string     `json:"text"`
	FiledAt     time.Time  `json:"filedAt"`
	FiledBy     domain.ID  `json:"filedBy"`
	Upheld      bool       `json:"upheld"`
	Answer      string     `json:"answer,omitempty"`
	AnsweredAt  *time.Time `json:"answeredAt,omitempty"`
	Version     int        `json:"version"`
}

// Ranking is the result of a call with everything it was computed from, so that it can be computed again.
type Ranking struct {
	Call        domain.ID   `json:"call"`
	Entries     []Entry     `json:"entries"`
	Rows        []Row       `json:"rows"`
	Competition Competition `json:"competition"`
	Sensitivity Sensitivity `json:"sensitivity"`
	At          time.Time   `json:"at"`
	Hash        string      `json:"hash"`
}
