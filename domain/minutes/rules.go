package minutes

import (
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// Mandatory fields of minutes, as policy minutes.required_fields names them.
const (
	FieldTitle       = "title"
	FieldHost        = "host"
	FieldTimePlace   = "time_place"
	FieldAttendees   = "attendees"
	FieldProceedings = "proceedings"
	FieldAgenda      = "agenda"
	FieldStatements  = "statements"
	FieldDecisions   = "decisions"
)

// Missing lists which of the required fields the text lacks.
func (c Content) Missing(required []string) []string {
	has := map[string]bool{
		FieldTitle: c.Title != "", FieldHost: c.Host != "", FieldAttendees: len(c.Present) > 0,
		FieldTimePlace:   !c.Opened.IsZero() && !c.Adjourned.IsZero() && c.Place != "",
		FieldProceedings: len(c.Proceeding) > 0, FieldAgenda: len(c.Items) > 0, FieldDecisions: c.decided(),
		FieldStatements: c.spoken(),
	}
	var out []string
	for _, f := range required {
		if !has[f] {
			out = append(out, f)
		}
	}
	return out
}

// decided reports whether every item says how it ended.
func (c Content) decided() bool {
	for _, i := range c.Items {
		if i.Outcome == "" {
			return false
		}
	}
	return len(c.Items) > 0
}

// spoken reports whether there are statements; a written deliberation, where nobody speaks, needs none.
func (c Content) spoken() bool {
	for _, e := range c.Proceeding {
		if e.Kind == EntryStatement && e.Text != "" {
			return true
		}
	}
	return c.Mode == "written"
}

// Findings says what keeps the minutes from being circulated: fields that are missing (위원회조례 10의2①, 기록물령 18②) and the
// reference to the verbatim record (10의2②).
func (m Minutes) Findings(c Content, r policy.Rules) []domain.Finding {
	out := []domain.Finding{}
	for _, f := range c.Missing(policy.MinutesFields.Of(r)) {
		out = append(out, domain.Finding{
			Key: "minutes.field_missing", Args: domain.Args{"field": f}, Basis: policy.MinutesFields.Cite(r), Blocking: true,
		})
	}
	if policy.VerbatimRequired.Of(r) && m.Recording == "" {
		out = append(out, domain.Finding{
			Key: "minutes.recording_missing", Basis: policy.VerbatimRequired.Cite(r), Blocking: true,
		})
	}
	return out
}

// Deadlines are the last days for signing and for publishing minutes of a meeting that ended at the instant (10의2④⑤).
// The day of the end is not counted.
func Deadlines(adjourned time.Time, r policy.Rules) (signBy, publishBy calendar.Date) {
	end := calendar.DateOf(adjourned)
	return end.AddDays(policy.SignDays.Of(r)), end.AddDays(policy.PublishDays.Of(r))
}

// Unsigned lists who still has to sign the locked version, in the order of the list of signers.
func (m Minutes) Unsigned(all []Signature) []domain.ID {
	signed := map[domain.ID]bool{}
	for _, s := range all {
		if s.Number == m.Locked {
			signed[s.Member] = true
		}
	}
	out := []domain.ID{}
	for _, id := range m.Signers {
		if !signed[id] {
			out = append(out, id)
		}
	}
	return out
}

// Releasable is nil when the minutes may be published: circulated, and signed by all or released by the chair where
// the rule lets the chair do so; and a reason is given for everything that is withheld (10의2⑤⑥⑦).
func (m Minutes) Releasable(c Content, signed []Signature, redactions []Redaction, r policy.Rules) error {
	switch {
	case m.State == Drafting:
		return domain.Conflict("minutes.not_circulated", nil)
	case m.State == Published:
		return domain.Conflict("minutes.published", nil)
	}
	left := len(m.Unsigned(signed))
	if left > 0 && (m.Confirmed == "" || !policy.PublishWithoutAll.Of(r)) {
		return domain.Refused("minutes.unsigned", policy.PublishWithoutAll.Cite(r), domain.Args{"count": left})
	}
	if !policy.WithholdingReason.Of(r) {
		return nil
	}
	for _, i := range c.Items {
		if i.Confidential && !explained(redactions, i.Item) {
			return domain.Refused("minutes.withholding_reason", policy.WithholdingReason.Cite(r), domain.Args{"item": i.Number})
		}
	}
	return nil
}

func explained(redactions []Redaction, item domain.ID) bool {
	for _, r := range redactions {
		if r.LiftedAt == nil && r.Anchor == ItemAnchor(item) && r.End == 0 {
			return true
		}
	}
	return false
}

// Expected lists the members who sign by default: those who took part themselves (10의2④).
func (c Content) Expected(proxied func(domain.ID) bool) []domain.ID {
	out := []domain.ID{}
	for _, a := range c.Present {
		if a.Member != "" && !proxied(a.Member) {
			out = append(out, a.Member)
		}
	}
	return out
}
