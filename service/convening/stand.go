package convening

import (
	"context"
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/policy"
	"secretariat/service"
)

// Stage is where the case of a meeting stands in its process.
type Stage = service.Stage

// The stages, as the law names them.
const (
	StageConvening     Stage = "convening"      // 소집 준비: planned
	StageNotice        Stage = "notice"         // 통보: convened, somebody has not been sent the notice
	StageAnswering     Stage = "answering"      // 회신: everybody has it, the meeting has not begun
	StageSession       Stage = "session"        // 회의: its time has come, until it is adjourned
	StageWrittenWindow Stage = "written_window" // 서면심의
	StageMinutes       Stage = "minutes"        // 회의록 작성
	StageSigning       Stage = "signing"        // 서명
	StagePublishing    Stage = "publishing"     // 공개: everybody has signed or the chair confirmed
	StageFollowUp      Stage = "follow_up"      // 이행 점검
	StageDone          Stage = "done"
	StageCancelled     Stage = "cancelled"
)

// DeadlineName says what a deadline is for.
type DeadlineName = service.DeadlineName

// The deadlines.
const (
	DeadlineNotice       DeadlineName = "notice"        // last lawful day to convene, its end
	DeadlineReminder     DeadlineName = "reminder"      // the next reminder is due
	DeadlinePapersFreeze DeadlineName = "papers_freeze" // papers are fixed
	DeadlineStart        DeadlineName = "start"         // the meeting, or the written window, begins
	DeadlineWrittenClose DeadlineName = "written_close" // the written window closes
	DeadlineSign         DeadlineName = "sign"          // end of the last day to sign
	DeadlinePublish      DeadlineName = "publish"       // end of the last day to publish
	DeadlineAction       DeadlineName = "action"        // end of the day on which a follow-up is due
)

// Deadline is a time at which something of a meeting's case must be done; its subject is the follow-up concerned.
type Deadline = service.Deadline

// Standing is where a case stands.
type Standing struct {
	Meeting   domain.ID        `json:"meeting"`
	Committee domain.ID        `json:"committee"`
	Mode      meeting.Mode     `json:"mode"`
	State     meeting.State    `json:"state"`
	Stage     Stage            `json:"stage"`
	Deadlines []Deadline       `json:"deadlines"`         // soonest first
	Letters   int              `json:"letters"`           // due now and not sent
	Mailing   *service.Mailing `json:"mailing,omitempty"` // of those letters; nil when none is due
	Minutes   domain.ID        `json:"minutes,omitempty"`
	Unsigned  int              `json:"unsigned"`  // members who have to sign and have not
	PublishOK bool             `json:"publishOk"` // all have signed, or the chair has confirmed publication
	At        time.Time        `json:"at"`        // by the clock of the services
	Actions   int              `json:"actions"`   // follow-ups that are not done
	Frozen    bool             `json:"frozen"`    // papers are fixed
}

// StandInput names the meeting.
type StandInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
}

// Stand says where the case of a meeting stands and what comes next. It changes nothing and may be asked at any time.
func (s *Service) Stand(ctx context.Context, by domain.Actor, in StandInput) (Standing, error) {
	return service.See(ctx, s.store, func(tx Tx) (Standing, error) {
		c, err := s.caseOf(ctx, tx, in.Meeting)
		if err != nil {
			return Standing{}, err
		}
		if err := access.Can(by, "case.stand", facts(c.meeting)).Err(); err != nil {
			return Standing{}, err
		}
		return c.standing(), nil
	})
}

// file is everything that the stage of a case and its letters depend on.
type file struct {
	meeting meeting.Meeting
	rules   policy.Rules
	minutes minutes.Minutes
	drafted bool // minutes are there
	actions []minutes.Action
	post    meeting.Post
}

func (s *Service) caseOf(ctx context.Context, tx Tx, id domain.ID) (file, error) {
	m, err := tx.Meeting(ctx, id)
	if err != nil {
		return file{}, err
	}
	c := file{meeting: m, post: meeting.Post{Meeting: m, Now: s.now()}}
	if c.rules, err = s.rules(ctx, tx, m); err != nil {
		return c, err
	}
	if err := c.readAftermath(ctx, tx); err != nil {
		return c, err
	}
	return c, c.readPost(ctx, tx)
}

func (c *file) readAftermath(ctx context.Context, tx Tx) error {
	if c.meeting.State != meeting.Adjourned {
		return nil
	}
	var err error
	if c.minutes, c.drafted, err = tx.MinutesOf(ctx, c.meeting.ID); err != nil {
		return err
	}
	if c.drafted && c.minutes.State == minutes.Circulated {
		if c.post.Unsigned, err = tx.Unsigned(ctx, c.minutes.ID); err != nil {
			return err
		}
		c.post.SignBy = c.minutes.SignBy.End()
	}
	c.actions, err = tx.OpenActions(ctx, c.meeting.ID)
	return err
}

// readPost reads who is concerned by the letters of the present state, and nothing for a state that has none.
func (c *file) readPost(ctx context.Context, tx Tx) error {
	m := c.meeting
	if !m.Announced() {
		return c.readPoll(ctx, tx)
	}
	var err error
	if c.post.Sent, err = tx.LettersOf(ctx, m.ID); err != nil {
		return err
	}
	if m.State != meeting.Convened {
		err = c.readNudges(ctx, tx)
	}
	if err != nil {
		return err
	}
	if m.Mode == meeting.Written && (m.State == meeting.Convened || m.State == meeting.Open) {
		if c.post.NotVoted, err = tx.NotVoted(ctx, m.ID); err != nil {
			return err
		}
	}
	if m.State != meeting.Convened {
		return nil
	}
	if err := c.readMembers(ctx, tx); err != nil {
		return err
	}
	answers, err := tx.ResponsesOf(ctx, m.ID)
	for _, a := range answers {
		c.post.Answered = append(c.post.Answered, a.Member)
	}
	if err != nil {
		return err
	}
	return c.readNudges(ctx, tx)
}

// readPoll reads who is concerned by the letters on the candidate dates of a meeting that was not convened.
func (c *file) readPoll(ctx context.Context, tx Tx) error {
	var err error
	c.post.Poll, err = pollOf(ctx, tx, c.meeting, c.post.Now)
	if err != nil || len(c.post.Poll.Dates) == 0 {
		return err
	}
	if c.post.Sent, err = tx.LettersOf(ctx, c.meeting.ID); err != nil {
		return err
	}
	if err := c.readNudges(ctx, tx); err != nil {
		return err
	}
	return c.readMembers(ctx, tx)
}

func (c *file) readMembers(ctx context.Context, tx Tx) error {
	chamber, err := tx.Chamber(ctx, c.meeting.Committee, c.meeting.StartsAt)
	for _, member := range chamber.Serving() {
		c.post.Members = append(c.post.Members, member.ID)
	}
	return err
}

func (c file) standing() Standing {
	m, now := c.meeting, c.post.Now
	letters := c.post.Due(c.rules)
	out := Standing{
		Meeting: m.ID, Committee: m.Committee, Mode: m.Mode, State: m.State, At: now, Letters: len(letters),
		Minutes: c.minutes.ID, Unsigned: len(c.post.Unsigned), PublishOK: c.publishable(), Actions: len(c.actions),
		Frozen: m.PapersFrozenAt != nil,
	}
	out.Mailing = service.MailingOf(letters, c.post.Sent, func(l meeting.Letter) string { return string(l.Kind) + l.Occasion })
	out.Stage = c.stage(letters)
	out.Deadlines = c.deadlines(out.Stage)
	slices.SortStableFunc(out.Deadlines, func(a, b Deadline) int { return a.At.Compare(b.At) })
	return out
}

func (c file) publishable() bool {
	return c.minutes.State == minutes.Circulated && (len(c.post.Unsigned) == 0 || c.minutes.Confirmed != "")
}

func (c file) stage(letters []meeting.Letter) Stage {
	m := c.meeting
	switch m.State {
	case meeting.Planned:
		return StageConvening
	case meeting.Cancelled:
		return StageCancelled
	case meeting.Convened:
		return c.convened(letters)
	case meeting.Adjourned:
		return c.adjourned()
	}
	return held(m)
}

// held is the stage of a meeting whose time has come.
func held(m meeting.Meeting) Stage {
	if m.Mode == meeting.Written {
		return StageWrittenWindow
	}
	return StageSession
}

func (c file) convened(letters []meeting.Letter) Stage {
	if !c.post.Now.Before(c.meeting.StartsAt) {
		return held(c.meeting)
	}
	if slices.ContainsFunc(letters, func(l meeting.Letter) bool {
		return l.Kind == meeting.Invitation || l.Kind == meeting.Update
	}) {
		return StageNotice
	}
	return StageAnswering
}

func (c file) adjourned() Stage {
	switch {
	case !c.drafted || c.minutes.State == minutes.Drafting:
		return StageMinutes
	case c.minutes.State == minutes.Circulated && c.publishable():
		return StagePublishing
	case c.minutes.State == minutes.Circulated:
		return StageSigning
	case len(c.actions) > 0:
		return StageFollowUp
	}
	return StageDone
}

// deadlines lists what comes next in the stage.
func (c file) deadlines(stage Stage) []Deadline {
	out := []Deadline{}
	switch stage {
	case StageConvening:
		out = c.beforeNotice()
	case StageNotice, StageAnswering:
		out = c.beforeMeeting()
	case StageWrittenWindow:
		out = append(out, Deadline{
			Name: DeadlineWrittenClose, At: c.meeting.End(), Basis: policy.WrittenWindowDays.Cite(c.rules),
		})
	case StageMinutes, StageSigning, StagePublishing:
		out = c.ofMinutes()
	case StageFollowUp:
		for _, a := range c.actions {
			out = append(out, Deadline{Name: DeadlineAction, At: a.Due.End().UTC(), Subject: a.ID})
		}
	}
	if next, ok := c.post.NextReminder(c.rules); ok {
		out = append(out, Deadline{Name: DeadlineReminder, At: next})
	}
	return out
}

func (c file) beforeNotice() []Deadline {
	m := c.meeting
	out := []Deadline{{Name: DeadlineStart, At: m.StartsAt}}
	if m.Mode == meeting.Written {
		return out
	}
	last := meeting.NoticeRuleOf(c.rules).LastLawful(m.Day())
	return append(out, Deadline{Name: DeadlineNotice, At: last.End().UTC(), Basis: policy.NoticeDays.Cite(c.rules)})
}

func (c file) beforeMeeting() []Deadline {
	m := c.meeting
	out := []Deadline{{Name: DeadlineStart, At: m.StartsAt}}
	if m.PapersFrozenAt == nil {
		at := m.FreezeAt(policy.PapersFreezeDays.Of(c.rules))
		out = append(out, Deadline{Name: DeadlinePapersFreeze, At: at, Basis: policy.PapersFreezeDays.Cite(c.rules)})
	}
	return out
}

// ofMinutes are the deadlines of the minutes: both run from the end of the meeting, whether or not minutes are
// drawn up yet.
func (c file) ofMinutes() []Deadline {
	sign, publish := c.minutes.SignBy, c.minutes.PublishBy
	if end := c.meeting.AdjournedAt; !c.drafted && end != nil {
		day := calendar.DateOf(*end)
		sign, publish = day.AddDays(policy.SignDays.Of(c.rules)), day.AddDays(policy.PublishDays.Of(c.rules))
	}
	out := []Deadline{
		{Name: DeadlinePublish, At: publish.End().UTC(), Basis: policy.PublishDays.Cite(c.rules)},
	}
	if c.drafted && len(c.post.Unsigned) == 0 && c.minutes.State == minutes.Circulated {
		return out
	}
	return append(out, Deadline{Name: DeadlineSign, At: sign.End().UTC(), Basis: policy.SignDays.Cite(c.rules)})
}
