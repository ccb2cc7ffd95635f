package sweeping

import (
	"context"
	"errors"
	"slices"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/pipeline"
	"secretariat/domain/policy"
)

// How many days before its due date something is put on the list.
const (
	termAhead    = 60
	reportAhead  = 30
	noticeAhead  = 7
	publishAhead = 3
	replyAhead   = 7
)

// owed lists what an active committee owes at this moment.
func (s *Service) owed(ctx context.Context, tx Tx, c committee.Committee) ([]domain.Finding, error) {
	now := s.now()
	today := calendar.DateOf(now)
	rules, err := s.policies.Resolve(c.Pack, today)
	if err != nil {
		return nil, &domain.Error{Code: domain.CodeInvalid, Key: "committee.pack_unknown", Err: err}
	}
	chamber, err := tx.Chamber(ctx, c.ID, now)
	if err != nil {
		return nil, err
	}
	met, err := tx.MeetingDays(ctx, c.ID, today.AddMonths(-3))
	if err != nil {
		return nil, err
	}
	out := committee.CheckSunset(c, rules, today)
	out = append(out, committee.CheckFrequency(c, met, rules, today)...)
	out = append(out, reportDue(rules, today)...)
	for _, m := range chamber.Serving() {
		out = append(out, committee.CheckTerm(m, rules, today, termAhead)...)
	}
	asked, err := ofConsultations(ctx, tx, c, rules, today)
	if err != nil {
		return nil, err
	}
	late, err := ofTasks(ctx, tx, c, rules, today)
	if err != nil {
		return nil, err
	}
	ofPlans, err := ofPlans(ctx, tx, c, rules, today)
	if err != nil {
		return nil, err
	}
	ofMeetings, err := s.ofMeetings(ctx, tx, c, today)
	return slices.Concat(out, asked, late, ofPlans, ofMeetings), err
}

// ofConsultations asks for answers to the opinions of a consultation whose days for it are over, and for what the law wants done
// about hearings and pre-notices.
func ofConsultations(
	ctx context.Context, tx Tx, c committee.Committee, r policy.Rules, today calendar.Date,
) ([]domain.Finding, error) {
	found, err := tx.Unanswered(ctx, c.ID)
	var out []domain.Finding
	for _, x := range found {
		if due := x.AnswerBy(r); due < today {
			out = append(out, domain.Finding{
				Key: "duty.opinions_unanswered", Basis: policy.ConsultationAnswerDays.Cite(r), Due: due, Subject: x.ID,
				Args: domain.Args{"year": x.Year, "number": x.Number},
			})
		}
	}
	live, lost := tx.LiveHearings(ctx, c.ID)
	for _, x := range live {
		speakers, err := tx.SpeakersOf(ctx, x.ID)
		if err != nil {
			return nil, err
		}
		_, waiting := alliance.CountSpeakers(speakers)
		out = append(out, x.Owed(waiting, r, today)...)
	}
	return out, errors.Join(err, lost)
}

// lateTasks are what to say of a task by the gate at which it waits.
var lateTasks = map[pipeline.State]domain.Finding{
	pipeline.Discussing: {Key: "duty.task_discussing"}, pipeline.Refining: {Key: "duty.task_refining"},
	pipeline.Tabling: {Key: "duty.task_tabling"}, pipeline.Spreading: {Key: "duty.task_spreading"},
	pipeline.Returned: {Key: "duty.task_returned"},
}

// lateRequests are what to say of a request to improve a regulation.
var lateRequests = map[pipeline.State]domain.Finding{
	pipeline.Discussing: {Key: "duty.regulation_discussing"}, pipeline.Refining: {Key: "duty.regulation_refining"},
	pipeline.Tabling: {Key: "duty.regulation_tabling"}, pipeline.Returned: {Key: "duty.regulation_returned"},
	pipeline.Sandbox: {Key: "duty.regulation_sandbox"},
}

// ofTasks asks for what is to be done at the gate of a task whose days for it are over, and in the last days of the law for the
// reply to a request (촉진법 17).
func ofTasks(
	ctx context.Context, tx Tx, c committee.Committee, r policy.Rules, today calendar.Date,
) ([]domain.Finding, error) {
	found, err := tx.TasksAtGates(ctx, c.ID)
	var out []domain.Finding
	for _, x := range found {
		if due, basis, ok := x.Task.ReplyBy(r); ok && due.AddDays(-replyAhead) <= today {
			out = append(out, domain.Finding{
				Key: "duty.regulation_reply", Basis: basis, Due: due, Subject: x.Task.ID,
				Args: domain.Args{"year": x.Task.Year, "number": x.Task.Number},
			})
		}
		if due, basis, ok := x.Task.Due(x.Last, r); ok && due < today {
			late := lateTasks[x.Task.State]
			if x.Task.Kind == pipeline.Regulation {
				late = lateRequests[x.Task.State]
			}
			late.Basis, late.Due, late.Subject = basis, due, x.Task.ID
			late.Args = domain.Args{"year": x.Task.Year, "number": x.Task.Number}
			out = append(out, late)
		}
	}
	return out, err
}

// reportDue asks for the yearly report to the council in the weeks before its day (위원회조례 16①).
func reportDue(r policy.Rules, today calendar.Date) []domain.Finding {
	due, err := calendar.Parse(string(today)[:len("2026-")] + policy.AnnualReportDue.Of(r))
	if err != nil || today > due || today < due.AddDays(-reportAhead) {
		return nil
	}
	return []domain.Finding{{Key: "duty.annual_report", Basis: policy.AnnualReportDue.Cite(r), Due: due}}
}

func (s *Service) ofMeetings(ctx context.Context, tx Tx, c committee.Committee, today calendar.Date) ([]domain.Finding, error) {
	var out []domain.Finding
	for _, state := range []meeting.State{meeting.Planned, meeting.Adjourned} {
		found, err := tx.Meetings(ctx, meeting.Filter{Committee: c.ID, State: state})
		if err != nil {
			return nil, err
		}
		for _, m := range found {
			rules, err := s.rulesOf(ctx, tx, m, today)
			if err != nil {
				return nil, err
			}
			owed, err := ofMeeting(ctx, tx, m, rules, today)
			if err != nil {
				return nil, err
			}
			out = append(out, owed...)
		}
	}
	return out, nil
}

// rulesOf reads the rules frozen for a meeting. Keys that are younger than the frozen rules have the value of today's.
func (s *Service) rulesOf(ctx context.Context, tx Tx, m meeting.Meeting, today calendar.Date) (policy.Rules, error) {
	frozen, err := tx.Policy(ctx, m.Rules)
	if err != nil || frozen.Validate() == nil {
		return frozen, err
	}
	current, err := s.policies.Resolve(frozen.Pack, today)
	if err != nil {
		return frozen, err
	}
	return frozen.Complete(current), nil
}

func ofMeeting(ctx context.Context, tx Tx, m meeting.Meeting, r policy.Rules, today calendar.Date) ([]domain.Finding, error) {
	if m.State == meeting.Planned {
		return noticeDue(m, r, today), nil
	}
	min, drafted, err := tx.MinutesOf(ctx, m.ID)
	if err != nil {
		return nil, err
	}
	after := aftermath{meeting: m, minutes: min, drafted: drafted}
	if min.State == minutes.Circulated {
		unsigned, err := tx.Unsigned(ctx, min.ID)
		if err != nil {
			return nil, err
		}
		after.unsigned = len(unsigned)
	}
	if after.actions, err = tx.OpenActions(ctx, m.ID); err != nil {
		return nil, err
	}
	return after.owed(r, today), nil
}

// noticeDue asks to convene a planned meeting while the notice is in time (위원회조례 10①), and says so when it is not any more.
func noticeDue(m meeting.Meeting, r policy.Rules, today calendar.Date) []domain.Finding {
	last := meeting.NoticeRuleOf(r).LastLawful(m.Day())
	if m.Mode == meeting.Written || today < last.AddDays(-noticeAhead) || today > m.Day() {
		return nil
	}
	return []domain.Finding{{Key: "duty.notice", Basis: policy.NoticeDays.Cite(r), Due: last, Subject: m.ID}}
}

// aftermath is what there is of a meeting after its end.
type aftermath struct {
	meeting  meeting.Meeting
	minutes  minutes.Minutes
	drafted  bool
	unsigned int
	actions  []minutes.Action
}

func (a aftermath) owed(r policy.Rules, today calendar.Date) []domain.Finding {
	var out []domain.Finding
	args := domain.Args{"meeting": a.meeting.Number}
	sign, publish := a.deadlines(r)
	if !a.signed() && today > sign {
		out = append(out, domain.Finding{
			Key: "duty.minutes_unsigned", Args: args, Basis: policy.SignDays.Cite(r), Due: sign, Subject: a.meeting.ID,
		})
	}
	if a.minutes.State != minutes.Published && (today >= publish.AddDays(-publishAhead) || a.publishable()) {
		out = append(out, domain.Finding{
			Key: "duty.minutes_unpublished", Args: args, Basis: policy.PublishDays.Cite(r), Due: publish, Subject: a.meeting.ID,
		})
	}
	for _, x := range a.actions {
		if today > x.Due {
			out = append(out, domain.Finding{Key: "duty.action_overdue", Args: args, Due: x.Due, Subject: x.ID})
		}
	}
	return out
}

// deadlines are the last days to sign and to publish; both run from the end of the meeting whether minutes are drawn up or not.
func (a aftermath) deadlines(r policy.Rules) (sign, publish calendar.Date) {
	if a.drafted || a.meeting.AdjournedAt == nil {
		return a.minutes.SignBy, a.minutes.PublishBy
	}
	end := calendar.DateOf(*a.meeting.AdjournedAt)
	return end.AddDays(policy.SignDays.Of(r)), end.AddDays(policy.PublishDays.Of(r))
}

func (a aftermath) signed() bool {
	return a.minutes.State == minutes.Published || a.minutes.State == minutes.Circulated && a.unsigned == 0
}

func (a aftermath) publishable() bool {
	return a.minutes.State == minutes.Circulated && (a.unsigned == 0 || a.minutes.Confirmed != "")
}
