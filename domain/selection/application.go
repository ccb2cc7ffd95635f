package selection

import (
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
	Ceased     ApplicationState = "terminated" // 협약 해지
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
	PromotedAt   *time.Time       `json:"promotedAt,omitempty"`
	Answers      []Answer         `json:"answers"`        // to the form of its call
	Hash         string           `json:"hash,omitempty"` // of what was submitted last
	Version      int              `json:"version"`
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
	Void        string     `json:"void,omitempty"`  // why it does not count
	Again       bool       `json:"again,omitempty"` // the panel is asked to look at it again
	Version     int        `json:"version"`
}

// Objection is an applicant's objection to the result (이의신청).
type Objection struct {
	ID          domain.ID  `json:"id"`
	Call        domain.ID  `json:"call"`
	Application domain.ID  `json:"application"`
	Ranking     int        `json:"ranking"` // version of the ranking that is objected to
	Text        string     `json:"text"`
	FiledAt     time.Time  `json:"filedAt"`
	FiledBy     domain.ID  `json:"filedBy"`
	Upheld      bool       `json:"upheld"`
	Answer      string     `json:"answer,omitempty"`
	AnsweredAt  *time.Time `json:"answeredAt,omitempty"`
	Version     int        `json:"version"`
}

// Ranking is the result of a call with everything it was computed from, so that it can be computed again. A later version replaces
// the one before it and says why; no version is ever changed.
type Ranking struct {
	Call        domain.ID   `json:"call"`
	Version     int         `json:"version"` // from 1
	Entries     []Entry     `json:"entries"`
	Rows        []Row       `json:"rows"`
	Competition Competition `json:"competition"`
	Sensitivity Sensitivity `json:"sensitivity"`
	At          time.Time   `json:"at"`
	Hash        string      `json:"hash"`
	Supersedes  string      `json:"supersedes,omitempty"` // hash of the version before
	Grounds     []Ground    `json:"grounds,omitempty"`    // why it was ranked again
	Changes     []Change    `json:"changes,omitempty"`    // to the version before
	AnnouncedAt *time.Time  `json:"announcedAt,omitempty"`
	Gates       Gates       `json:"gates"` // the decisions on which it was announced
}
