package meeting

import (
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/policy"
)

// Kinds of formal acts in the course of a meeting, as an Event names them.
const (
	EventActing    = "acting_chair" // 직무대행
	EventOpen      = "open"         // 개의
	EventWarn      = "warn"         // 회의록 공개 고지
	EventSuspend   = "suspend"      // 정회
	EventResume    = "resume"       // 속개
	EventAdjourn   = "adjourn"      // 산회
	EventTable     = "table"        // 상정
	EventRecusal   = "recusal"      // 제척·기피·회피, 이석
	EventAmendment = "amendment"    // 수정안 제출
	EventCondition = "condition"    // 조건 부기
	EventVote      = "vote"         // 표결 선언
	EventVoid      = "void"         // 표결 중단
	EventResult    = "result"       // 표결 결과 선포
	EventOutcome   = "outcome"      // 접수, 자문, 보류, 재심의
)

// Begin opens the meeting (개의), or the window of a written one, with a member in the chair.
func (m *Meeting) Begin(presiding domain.ID, now time.Time) error {
	switch {
	case m.State != Convened:
		return domain.Conflict("meeting.not_convened", nil)
	case now.Before(m.StartsAt):
		return domain.Conflict("meeting.too_early", nil)
	case m.Mode == Written && m.WrittenUntil != nil && !now.Before(*m.WrittenUntil):
		return domain.Conflict("meeting.window_over", nil)
	}
	m.State, m.PresidedBy, m.OpenedAt = Open, presiding, &now
	return nil
}

// InSession says why nothing can be done that needs an open meeting.
func (m Meeting) InSession() error {
	if m.State == Open {
		return nil
	}
	return domain.Conflict("meeting.not_open", nil)
}

// Warn notes that members were told that the minutes may be published (위원회조례 10의2③), once.
func (m *Meeting) Warn(now time.Time) error {
	if err := m.InSession(); err != nil {
		return err
	}
	if m.WarnedAt != nil {
		return domain.Conflict("meeting.warned", nil)
	}
	m.WarnedAt = &now
	return nil
}

// Suspend interrupts the meeting (정회). A written one has no sitting to interrupt.
func (m *Meeting) Suspend() error {
	if err := m.InSession(); err != nil {
		return err
	}
	if m.Mode == Written {
		return domain.Conflict("meeting.written", nil)
	}
	m.State = Suspended
	return nil
}

// Resume continues a suspended meeting (속개).
func (m *Meeting) Resume() error {
	if m.State != Suspended {
		return domain.Conflict("meeting.not_suspended", nil)
	}
	m.State = Open
	return nil
}

// Adjourn ends the meeting (산회).
func (m *Meeting) Adjourn(now time.Time) error {
	if m.State != Open && m.State != Suspended {
		return domain.Conflict("meeting.not_open", nil)
	}
	m.State, m.AdjournedAt, m.CurrentItem = Adjourned, &now, ""
	return nil
}

// Officers are who may preside, as far as the seats are filled, and who of all members is there.
type Officers struct {
	Chairs, ViceChairs, Present []domain.ID
}

// Presiding chooses who is in the chair: a chair who is there; else the first who is there in the order of the
// charter, where a member named in advance by the chair is the wish. CodeRefused when the wish is not the turn, or
// nobody may preside.
func (o Officers) Presiding(order []string, wish domain.ID, basis string) (domain.ID, error) {
	turn := o.there(o.Chairs)
	for _, who := range order {
		if len(turn) > 0 {
			break
		}
		switch who {
		case policy.ActingViceChair:
			turn = o.there(o.ViceChairs)
		case policy.ActingNamed:
			turn = o.there([]domain.ID{wish})
		}
	}
	switch {
	case len(turn) == 0:
		return "", domain.Refused("meeting.nobody_presides", basis, nil)
	case wish == "":
		return turn[0], nil
	case !slices.Contains(turn, wish):
		return "", domain.Refused("meeting.not_the_turn", basis, nil)
	}
	return wish, nil
}

func (o Officers) there(members []domain.ID) []domain.ID {
	var out []domain.ID
	for _, m := range members {
		if slices.Contains(o.Present, m) {
			out = append(out, m)
		}
	}
	return out
}

// Table puts the item before the meeting (상정).
func (i *Item) Table(now time.Time) error {
	if i.State != Listed {
		return domain.Conflict("item.not_listed", nil)
	}
	i.State, i.TabledAt = Tabled, &now
	return nil
}

// Conclude ends the item with an outcome.
func (i *Item) Conclude(outcome Outcome, now time.Time) error {
	if i.State != Tabled {
		return domain.Conflict("item.not_tabled", nil)
	}
	i.State, i.Outcome, i.DecidedAt = Decided, outcome, &now
	return nil
}

// Lapse ends an item that the meeting did not finish: 미상정 when it was never tabled, else 보류. It reports whether it did.
func (i *Item) Lapse(now time.Time) bool {
	switch i.State {
	case Listed:
		i.Outcome, i.OutcomeReason = NotTabled, "회의에서 상정하지 못함"
	case Tabled:
		i.Outcome, i.OutcomeReason = Deferred, "회의에서 의결에 이르지 못함"
	default:
		return false
	}
	i.State, i.DecidedAt = Decided, &now
	return true
}

// CarriedOutcome names the outcome of a carried main motion: with conditions 조건부가결, whether or not it was amended
// too, since it has no effect before they are met; else 수정가결 when amended; else 원안가결.
func CarriedOutcome(amended, conditional bool) Outcome {
	switch {
	case conditional:
		return ApprovedConditionally
	case amended:
		return ApprovedAsAmended
	}
	return ApprovedAsProposed
}

// States of an Amendment.
const (
	AmendmentProposed  = "proposed"
	AmendmentCarried   = "carried"
	AmendmentLost      = "lost"
	AmendmentWithdrawn = "withdrawn"
)

// StatementVersion is the wording of a statement before a correction.
type StatementVersion struct {
	Statement  domain.ID `json:"statement"`
	Version    int       `json:"version"`
	Speaker    string    `json:"speaker"`
	Text       string    `json:"text"`
	Reason     string    `json:"reason"` // of the correction that replaced it
	ReplacedBy domain.ID `json:"replacedBy"`
	ReplacedAt time.Time `json:"replacedAt"`
}
