package selection

import (
	"time"

	"secretariat/domain/calendar"
)

// ResultPaper is the result of a selection as it is published (선정 결과 공고). Who was not selected is not in it.
type ResultPaper struct {
	Committee   string        `json:"committee"`
	Department  string        `json:"department"`
	Year        int           `json:"year"`
	Number      int           `json:"number"`
	Title       string        `json:"title"`
	Version     int           `json:"version"` // of the ranking
	At          time.Time     `json:"at"`      // announced
	Gates       Gates         `json:"gates"`
	Lines       []ResultLine  `json:"lines"` // by rank
	Competition Competition   `json:"competition"`
	Ratio       string        `json:"ratio"`
	Entitled    []Entitlement `json:"entitled"`
	ReserveDays int           `json:"reserveDays"`
	ObjectUntil calendar.Date `json:"objectUntil"`
	Basis       string        `json:"basis"` // of the objection
	Grounds     []Ground      `json:"grounds,omitempty"`
	Conditions  string        `json:"conditionsHash"`
	Hash        string        `json:"hash"`
}

// ResultLine is one who was selected or is in reserve.
type ResultLine struct {
	Rank      int     `json:"rank"`
	Outcome   Outcome `json:"outcome"`
	Applicant string  `json:"applicant"`
	Title     string  `json:"title"`
	Final     int64   `json:"final"` // thousandths
}

// LedgerPaper is an agreement as it stands, for its ledger (협약 대장) and its settlement (정산서).
type LedgerPaper struct {
	Committee  string         `json:"committee"`
	CallTitle  string         `json:"callTitle"`
	Instrument Instrument     `json:"instrument"`
	Agreement  Agreement      `json:"agreement"`
	Stage      AgreementStage `json:"stage"`
	Duties     []Duty         `json:"duties"`
	At         time.Time      `json:"at"` // printed
}
