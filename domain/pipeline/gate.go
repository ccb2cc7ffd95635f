package pipeline

import (
	"time"

	"secretariat/domain"
)

// at moves the task into a state.
func (t Task) at(s State, now time.Time) Task {
	t.State, t.GateAt = s, &now
	return t
}

// refusals say that an act belongs to another state.
var refusals = map[State]*domain.Error{
	Discussing: domain.Conflict("task.not_discussing", nil), Refining: domain.Conflict("task.not_refining", nil),
	Tabling: domain.Conflict("task.not_tabling", nil), Spreading: domain.Conflict("task.not_spreading", nil),
}

// Must refuses an act that belongs to another state.
func (t Task) Must(s State) error {
	if t.State != s {
		return refusals[s]
	}
	return nil
}

// Submit brings a task before its division; one that the council or the committee returned, before the council, since the
// division has recommended it already.
func (t Task) Submit(by domain.ID, now time.Time) (Task, error) {
	if !t.Editable() {
		return t, domain.Conflict("task.submitted", nil)
	}
	next := Discussing
	if t.State == Returned && t.ReturnedBy != GateDivision {
		next = Refining
	}
	t = t.at(next, now)
	t.Round++
	t.SubmittedAt, t.SubmittedBy = &now, by
	if t.ReceivedAt == nil {
		t.ReceivedAt = &now
	}
	return t, nil
}

// Recommend passes a task on from its division to the council (발굴).
func (t Task) Recommend(sherpa domain.ID, advice string, now time.Time) (Task, error) {
	if err := t.Must(Discussing); err != nil {
		return t, err
	}
	t = t.at(Refining, now)
	t.Sherpa, t.Advice, t.Reason = sherpa, advice, ""
	if t.FoundAt == nil {
		t.FoundAt = &now
	}
	return t, nil
}

// Return gives a task back to its proposer, with what to mend.
func (t Task) Return(by Gate, reason string, now time.Time) (Task, error) {
	from := map[Gate]State{GateDivision: Discussing, GateCouncil: Refining, GateCommittee: Tabling}[by]
	if err := t.Must(from); err != nil {
		return t, err
	}
	t = t.supplement(now).at(Returned, now)
	t.ReturnedBy, t.Reason, t.Item = by, reason, ""
	return t, nil
}

// Conclude ends the work of the council: with enough points the task goes on to the committee, with less it goes back with
// the reason. CodeConflict while too few members have given their marks.
func (t Task) Conclude(s Score, reason string, now time.Time) (Task, error) {
	if err := t.Must(Refining); err != nil {
		return t, err
	}
	if !s.Enough {
		return t, domain.Conflict("task.marks_missing", domain.Args{"given": s.Marks, "needed": s.Needed})
	}
	if !s.Passed {
		out, err := t.Return(GateCouncil, reason, now)
		out.Score, out.Marks = s.Thousandths, s.Marks
		return out, err
	}
	t = t.at(Tabling, now)
	t.Score, t.Marks, t.Reason, t.RefinedAt = s.Thousandths, s.Marks, "", &now
	return t, nil
}

// Table puts a task on an agenda item of the committee, or on another one as long as the committee has not decided. Who made a
// request has its reply before it stands on an agenda that everybody reads.
func (t Task) Table(item domain.ID) (Task, error) {
	if err := t.Must(Tabling); err != nil {
		return t, err
	}
	if t.OwesReply() {
		return t, domain.Conflict("task.reply_first", nil)
	}
	t.Item = item
	return t, nil
}

// Verdict is what a decision of the committee means for a task.
type Verdict string

// The verdicts.
const (
	VerdictSelected Verdict = "selected" // 선정
	VerdictDeclined Verdict = "declined" // 미선정
	VerdictDeferred Verdict = "deferred" // 보류: it may be tabled again
	VerdictReturned Verdict = "returned" // 재심의: back to the proposer
)

// Decide takes over what the committee decided on its item. A selection is final only with the document that approved it
// (결재), since the committee advises.
func (t Task) Decide(v Verdict, decision domain.ID, approval, reason string, sealed bool, now time.Time) (Task, error) {
	if err := t.Must(Tabling); err != nil {
		return t, err
	}
	t.Decision, t.Reason = decision, reason
	switch v {
	case VerdictSelected:
		t = t.at(Spreading, now)
		t.SelectedAt, t.Approval, t.Sealed = &now, approval, sealed
		if t.Kind == Regulation { // there is nothing to spread
			t = t.at(Finished, now)
			t.FinishedAt = &now
		}
	case VerdictDeclined:
		t = t.at(Declined, now)
	case VerdictDeferred:
		t = t.at(Tabling, now)
		t.Item = ""
	case VerdictReturned:
		return t.Return(GateCommittee, reason, now)
	}
	return t, nil
}

// Hand gives a selected task to a diffusion hub, or to another one.
func (t Task) Hand(hub domain.ID, now time.Time) (Task, error) {
	if err := t.Must(Spreading); err != nil {
		return t, err
	}
	t.Hub, t.HandedAt = hub, &now
	return t, nil
}

// Finish ends the spread of a task on which the hub has reported.
func (t Task) Finish(reports int, now time.Time) (Task, error) {
	if err := t.Must(Spreading); err != nil {
		return t, err
	}
	if reports == 0 {
		return t, domain.Conflict("task.no_report", nil)
	}
	t = t.at(Finished, now)
	t.FinishedAt = &now
	return t, nil
}

// Withdraw gives a task up before the committee has decided on it.
func (t Task) Withdraw(reason string, now time.Time) (Task, error) {
	if t.Over() || t.State == Spreading {
		return t, domain.Conflict("task.over", nil)
	}
	t = t.at(Withdrawn, now)
	t.Reason = reason
	return t, nil
}
