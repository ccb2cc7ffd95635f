package meeting

import (
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
)

// LetterKind says what a letter to a member is for.
type LetterKind string

// The kinds of letters.
const (
	Invitation        LetterKind = "invitation"         // 소집통지
	Update            LetterKind = "update"             // 변경통지
	Cancellation      LetterKind = "cancellation"       // 취소통지
	Reminder          LetterKind = "reminder"           // to who has not answered the notice
	WrittenReminder   LetterKind = "written_reminder"   // to who has not voted in a written deliberation
	SignatureReminder LetterKind = "signature_reminder" // to who has not signed the minutes
	InterestReminder  LetterKind = "interest_reminder"  // to who has said nothing on interests in the items
	DateAsk           LetterKind = "date_ask"           // 날짜 응답 요청: candidate dates were proposed
	DateReminder      LetterKind = "date_reminder"      // to who has not answered them
	DateChosen        LetterKind = "date_chosen"        // 날짜 확정
	DateWithdrawn     LetterKind = "date_withdrawn"     // 날짜 후보 철회: to who was asked about it
)

// Letter is one letter to one member. Meeting, member, kind and occasion identify it, so that none is sent for a
// second time once it is known to be sent.
type Letter struct {
	Meeting  domain.ID  `json:"meeting"`
	Member   domain.ID  `json:"member"`
	Kind     LetterKind `json:"kind"`
	Occasion string     `json:"occasion"` // number of the notice, day or instant of the reminder or poll
	Sequence int        `json:"sequence"` // notice sequence of the meeting that the letter tells of
	DueAt    time.Time  `json:"dueAt"`
	SentAt   time.Time  `json:"sentAt"`            // zero while it is due
	Failure  string     `json:"failure,omitempty"` // why it never will be delivered; it must be handed over otherwise then
}

// Same reports whether o is the same letter, whatever its times.
func (l Letter) Same(o Letter) bool {
	return l.Meeting == o.Meeting && l.Member == o.Member && l.Kind == o.Kind && l.Occasion == o.Occasion
}

// Why a letter is not delivered and not tried again.
const (
	FailureNoAddress = "no_address" // the member has no address
	FailureRefused   = "refused"    // the address is not one, or its mail server will not have it
)

// SpanKind says why days are special.
type SpanKind string

// Holiday: 공휴일. Council: the city council is in session (회기).
const (
	Holiday SpanKind = "holiday"
	Council SpanKind = "council"
)

// Span is a run of special days in the calendar of the city.
type Span struct {
	ID    domain.ID     `json:"id"`
	Kind  SpanKind      `json:"kind"`
	From  calendar.Date `json:"from"`
	Until calendar.Date `json:"until"` // included
	Name  string        `json:"name"`
}

// Holds reports whether day lies in the span.
func (s Span) Holds(day calendar.Date) bool { return s.From <= day && day <= s.Until }
