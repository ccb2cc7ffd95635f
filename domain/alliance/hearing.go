package alliance

import (
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// HearingTerms is what is said in the notice of a hearing of who speaks at it, and what was recorded of it (행정절차법 38, 38의3, 39의3).
type HearingTerms struct {
	SpeakersNote    string     `json:"speakersNote,omitempty"`    // 발표자에 관한 사항
	SpeakersMost    int        `json:"speakersMost,omitempty"`    // who may speak at most; 0 when nobody may sign up
	SpeakersMinutes int        `json:"speakersMinutes,omitempty"` // for each
	SpeakersUntil   *time.Time `json:"speakersUntil,omitempty"`   // last moment to sign up
	Presider        string     `json:"presider,omitempty"`        // 주재자
	Attended        int        `json:"attended,omitempty"`        // people
	RecordedAt      *time.Time `json:"recordedAt,omitempty"`
}

// Bounds of a hearing.
const (
	MaxSpeakers = 50
	MaxSignUps  = 500
	maxMinutes  = 120
	maxAttended = 100_000
)

// checkHearing notes what is wrong with the notice of a hearing: everybody has to learn when and where it is, who speaks, and how
// and until when one signs up. Opinions are taken in until it was held at least.
func (c Consultation) checkHearing(p *domain.Problems) {
	p.Text("place", c.Place, true, domain.MaxName)
	p.Text("speakersNote", c.SpeakersNote, c.SpeakersMost == 0, domain.MaxText)
	p.Check(c.SpeakersMost >= 0 && c.SpeakersMost <= MaxSpeakers, "speakersMost", "field.range")
	p.Check(c.SpeakersMinutes >= 0 && c.SpeakersMinutes <= maxMinutes, "speakersMinutes", "field.range")
	if c.HearingAt == nil {
		p.Add("hearingAt", "field.required", nil)
		return
	}
	p.Check(c.ClosesAt.IsZero() || !c.ClosesAt.Before(*c.HearingAt), "closesAt", "consultation.closes_after_hearing")
	if c.SpeakersMost == 0 {
		return
	}
	p.Check(c.SpeakersMinutes > 0, "speakersMinutes", "field.required")
	p.Check(c.SpeakersUntil != nil, "speakersUntil", "field.required")
	p.Check(c.SpeakersUntil == nil || c.SpeakersUntil.Before(*c.HearingAt), "speakersUntil", "consultation.sign_up_before_hearing")
}

// SignsUp reports whether somebody may sign up to speak at the instant.
func (c Consultation) SignsUp(now time.Time) bool {
	return c.Kind == Hearing && c.SpeakersMost > 0 && c.Takes(now) && c.SpeakersUntil != nil && now.Before(*c.SpeakersUntil)
}

// RecordHearing keeps who led a hearing, how many came and what was said. CodeConflict before it was held or once all is
// answered.
func (c Consultation) RecordHearing(presider, record string, attended int, now time.Time) (Consultation, error) {
	if c.HearingAt == nil || now.Before(*c.HearingAt) || c.State != Collecting && c.State != Disposing {
		return c, domain.Conflict("consultation.no_hearing", nil)
	}
	c.Presider, c.Record, c.Attended, c.RecordedAt = presider, record, attended, &now
	return c, nil
}

// CheckRecord notes everything that is wrong with the record of a hearing.
func CheckRecord(p *domain.Problems, presider, record string, attended int) {
	p.Text("presider", presider, true, domain.MaxName)
	p.Text("record", record, true, domain.MaxBody)
	p.Check(attended >= 0 && attended <= maxAttended, "attended", "field.range")
}

// SpeakerState is where somebody stands who wants to speak at a hearing.
type SpeakerState string

// The states of a speaker.
const (
	Asks      SpeakerState = "asks"      // signed up
	Confirmed SpeakerState = "confirmed" // 확정
	NotChosen SpeakerState = "declined"  // 미선정
)

// Speaker is somebody who speaks at a hearing, or wants to.
type Speaker struct {
	ID           domain.ID    `json:"id"`
	Consultation domain.ID    `json:"consultation"`
	Name         string       `json:"name"`
	Email        string       `json:"email"`
	Affiliation  string       `json:"affiliation,omitempty"`
	Summary      string       `json:"summary"` // 발표 요지
	Named        bool         `json:"named"`   // by the staff, since too few signed up or for fairness (행정절차법 38의3)
	State        SpeakerState `json:"state"`
	Reason       string       `json:"reason,omitempty"` // why not chosen, or why named
	AppliedAt    time.Time    `json:"appliedAt"`
	DecidedAt    *time.Time   `json:"decidedAt,omitempty"`
	Version      int          `json:"version"`
}

// Check notes everything that is wrong with what somebody says who wants to speak.
func (s Speaker) Check(p *domain.Problems) {
	p.Text("name", s.Name, true, domain.MaxName)
	p.Text("affiliation", s.Affiliation, false, domain.MaxName)
	p.Text("summary", s.Summary, true, domain.MaxText)
	p.Text("reason", s.Reason, s.Named, domain.MaxLine)
}

// occasion is when a speaker was last decided on, and for who speaks the date that was told.
func (s Speaker) occasion(c Consultation) string {
	out := string(s.State) + "-" + s.DecidedAt.UTC().Format("20060102T150405Z")
	if s.State == Confirmed && c.HearingAt != nil {
		out += "-" + c.HearingAt.UTC().Format("20060102T1504Z")
	}
	return out
}

// CountSpeakers counts who speaks and who waits for a decision.
func CountSpeakers(all []Speaker) (confirmed, waiting int) {
	for _, s := range all {
		switch s.State {
		case Confirmed:
			confirmed++
		case Asks:
			waiting++
		}
	}
	return confirmed, waiting
}

// Decide confirms a speaker, or tells why not. CodeConflict when as many speak as may, or the hearing was held.
func (s Speaker) Decide(c Consultation, confirm bool, reason string, confirmed int, now time.Time) (Speaker, error) {
	if c.State != Collecting || c.HearingAt == nil || !now.Before(*c.HearingAt) {
		return s, domain.Conflict("consultation.hearing_held", nil)
	}
	if confirm && s.State != Confirmed && confirmed >= max(c.SpeakersMost, 1) {
		return s, domain.Conflict("speaker.full", domain.Args{"most": max(c.SpeakersMost, 1)})
	}
	s.State, s.Reason, s.DecidedAt = NotChosen, reason, &now
	if confirm {
		s.State = Confirmed
	}
	return s, nil
}

// owedAhead is how many days before its last day something is put on the list of what is owed.
const owedAhead = 7

// Owed lists what the law wants done about a hearing or a pre-notice and by when, given how many who signed up wait for a
// decision: to give notice in time, to say who speaks, and to record what was said.
func (c Consultation) Owed(waiting int, r policy.Rules, today calendar.Date) []domain.Finding {
	var out []domain.Finding
	add := func(key, basis string, due calendar.Date) {
		if due.AddDays(-owedAhead) <= today {
			out = append(out, domain.Finding{Key: key, Basis: basis, Due: due, Subject: c.ID, Args: domain.Args{"title": c.Title}})
		}
	}
	drafting, open := c.State == Drafting, c.State == Collecting || c.State == Disposing
	if c.Kind == PreNotice && drafting {
		days, basis := c.leastDays(r)
		add("duty.prenotice_open", basis, calendar.DateOf(c.ClosesAt).AddDays(-days))
	}
	if c.Kind != Hearing || c.HearingAt == nil {
		return out
	}
	held := calendar.DateOf(*c.HearingAt)
	switch {
	case drafting:
		add("duty.hearing_notice", policy.HearingNoticeDays.Cite(r), held.AddDays(-policy.HearingNoticeDays.Of(r)))
	case open && waiting > 0 && today <= held:
		add("duty.hearing_speakers", policy.HearingSpeakerDays.Cite(r), held.AddDays(-policy.HearingSpeakerDays.Of(r)))
	case open && c.Record == "" && today >= held:
		add("duty.hearing_record", policy.HearingRecordDays.Cite(r), held.AddDays(policy.HearingRecordDays.Of(r)))
	}
	return out
}
