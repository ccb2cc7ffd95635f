package domain

import "secretariat/domain/calendar"

// Finding is a rule that does not hold, or soon will not. A blocking one refuses the act; the others are warnings.
type Finding struct {
	Key      string        `json:"key"` // message key
	Args     Args          `json:"args,omitempty"`
	Basis    string        `json:"basis"` // citation from the policy pack
	Blocking bool          `json:"blocking"`
	Due      calendar.Date `json:"due,omitempty"`
	Subject  ID            `json:"subject,omitempty"` // the member, seat or item concerned
}

// Refuse is nil unless a finding blocks; then the first blocking one as a refusal that cites its basis.
func Refuse(findings []Finding) error {
	for _, f := range findings {
		if f.Blocking {
			return Refused(f.Key, f.Basis, f.Args)
		}
	}
	return nil
}
