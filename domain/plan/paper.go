package plan

import "time"

// Amendment is what the comparison of two states of a plan (신구대비표) is printed from.
type Amendment struct {
	Committee   string       `json:"committee"` // its name
	Plan        Plan         `json:"plan"`
	From        int          `json:"from"` // number of the change-set before
	To          int          `json:"to"`
	Sets        []ChangeSet  `json:"sets"`             // between them, without their changes
	Naming      *Naming      `json:"naming,omitempty"` // of the plan itself
	Differences []Difference `json:"differences"`
	At          time.Time    `json:"at"` // of the last of them, zero when there is none
}

// ReviewPaper is what a closed review (이행점검 결과) is printed from.
type ReviewPaper struct {
	Committee string     `json:"committee"` // its name
	Plan      Plan       `json:"plan"`
	Review    Review     `json:"review"`
	Nodes     State      `json:"nodes"` // of the plan as it was when the review was closed
	Standing  []Standing `json:"standing"`
	Reports   []Report   `json:"reports"` // of the review
}
