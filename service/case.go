package service

import (
	"time"

	"secretariat/domain"
)

// Kinds of cases that a workflow follows, as they stand in domain.Signal.
const (
	CaseBooklet      = "booklet"
	CaseConsultation = "consultation"
	CaseMeeting      = "meeting"
	CasePlan         = "plan"
	CaseSelection    = "selection"
	CaseSurvey       = "survey"
	CaseTask         = "task"
)

// Stage is where a case stands in its process, in the words of the law.
type Stage string

// DeadlineName says what a deadline is for.
type DeadlineName string

// Deadline is a time at which something must be done or happens. One that has passed stays until it is done.
type Deadline struct {
	Name    DeadlineName `json:"name"`
	At      time.Time    `json:"at"`
	Basis   string       `json:"basis,omitempty"`   // citation
	Subject domain.ID    `json:"subject,omitempty"` // what of the case is concerned
}
