package workflows

import (
	"secretariat/domain"
	"secretariat/service"
	"secretariat/service/convening"

	"go.temporal.io/sdk/workflow"
)

// Case is all that a workflow keeps from one run to the next. Fields are only ever added.
type Case struct {
	ID    domain.ID     `json:"id"`
	Stage service.Stage `json:"stage,omitempty"` // as last seen, empty at the very start
}

// deliberation is one run of a meeting's case. Each method below is a stage of the process: it does the one thing that is due or
// waits, and is asked again as long as the case stands in its stage.
type deliberation struct {
	watch
}

// Deliberation follows the case of one meeting from its planning to the last follow-up (위원회 심의). It ends when the case is
// done or called off, and never because a step failed.
func Deliberation(ctx workflow.Context, c Case) error {
	d := &deliberation{watch: watch{kase: c, kind: KindMeeting, stand: StepStand}}
	if err := d.begin(ctx); err != nil {
		return err
	}
	return d.follow(ctx, d.stage)
}

func (d *deliberation) stage(ctx workflow.Context) error {
	switch d.at.Stage {
	case convening.StageConvening:
		return d.convening(ctx)
	case convening.StageNotice:
		return d.notice(ctx)
	case convening.StageAnswering:
		return d.answering(ctx)
	case convening.StageSession:
		return d.session(ctx)
	case convening.StageWrittenWindow:
		return d.writtenWindow(ctx)
	case convening.StageMinutes:
		return d.minutes(ctx)
	case convening.StageSigning:
		return d.signing(ctx)
	case convening.StagePublishing:
		return d.publishing(ctx)
	case convening.StageFollowUp:
		return d.followUp(ctx)
	case convening.StageCancelled:
		return d.cancelled(ctx)
	case convening.StageDone:
		return d.done(ctx)
	}
	return d.await(ctx) // a stage of a newer release: its workers will take over with the next run
}

// convening (소집): the agenda is made, and the members are asked on which dates they can come. Waited for: the chair convenes, or
// somebody cancels. When the last lawful day for the notice passes, staff find it on the list of duties.
func (d *deliberation) convening(ctx workflow.Context) error {
	switch {
	case d.at.Letters > 0:
		return d.do(ctx, StepSendLetters)
	case d.passed(convening.DeadlineNotice):
		return d.chase(ctx)
	}
	return d.await(ctx, convening.DeadlineNotice, convening.DeadlineStart)
}

// notice (통보): everybody gets the notice and the agenda, or word of what changed in them (위원회조례 10①). Nobody is waited for.
func (d *deliberation) notice(ctx workflow.Context) error {
	return d.do(ctx, StepFileNotice, StepSendLetters)
}

// answering (회신): waited for are the answers of the members and the day of the meeting. Who has not answered is reminded; the
// papers are fixed some days before.
func (d *deliberation) answering(ctx workflow.Context) error {
	switch {
	case d.due(convening.DeadlinePapersFreeze):
		return d.do(ctx, StepFreezePapers, StepFileNotice)
	case d.at.Letters > 0:
		return d.do(ctx, StepSendLetters)
	}
	return d.await(ctx, convening.DeadlineReminder, convening.DeadlinePapersFreeze, convening.DeadlineStart)
}

// session (회의): the meeting is in the hands of who presides and of the staff. Waited for: it is adjourned.
func (d *deliberation) session(ctx workflow.Context) error {
	return d.await(ctx)
}

// writtenWindow (서면심의): the members vote in writing. Waited for: the end of the window. Who has not voted is reminded; at the
// end the votes are counted and the deliberation is closed (위원회규칙 4①).
func (d *deliberation) writtenWindow(ctx workflow.Context) error {
	switch {
	case d.due(convening.DeadlineWrittenClose):
		return d.do(ctx, StepCloseWindow)
	case d.at.Letters > 0:
		return d.do(ctx, StepSendLetters)
	}
	return d.await(ctx, convening.DeadlineReminder, convening.DeadlineWrittenClose)
}

// minutes (회의록 작성): the decisions are issued and the minutes drawn up from what happened. Waited for: the secretary completes
// and circulates them.
func (d *deliberation) minutes(ctx workflow.Context) error {
	switch {
	case d.first():
		return d.prepare(ctx, StepIssueDecisions, StepFileDecisions)
	case d.at.Minutes == "":
		return d.do(ctx, StepDraftMinutes)
	case d.passed(convening.DeadlineSign, convening.DeadlinePublish):
		return d.chase(ctx)
	}
	return d.await(ctx, convening.DeadlineSign, convening.DeadlinePublish)
}

// signing (서명): waited for are the signatures of who attended, or the chair's confirmation. Who has not signed is reminded;
// when the seven days pass it is put before the staff (위원회조례 10의2④).
func (d *deliberation) signing(ctx workflow.Context) error {
	switch {
	case d.passed(convening.DeadlineSign, convening.DeadlinePublish):
		return d.chase(ctx)
	case d.at.Letters > 0:
		return d.do(ctx, StepSendLetters)
	}
	return d.await(ctx, convening.DeadlineReminder, convening.DeadlineSign, convening.DeadlinePublish)
}

// publishing (공개): the minutes may be published. Waited for: the secretary publishes them; on the last lawful day they are
// published without (위원회조례 10의2⑤).
func (d *deliberation) publishing(ctx workflow.Context) error {
	switch {
	case d.due(DeadlinePublishLatest):
		return d.do(ctx, StepPublishMinutes, StepFileMinutes)
	case d.first():
		return d.prepare(ctx, StepExamineDuties)
	}
	return d.await(ctx, DeadlinePublishLatest)
}

// followUp (이행 점검): the published minutes and the decision records with what is to be done are filed. Waited for: reports on the
// actions that the decisions ask for; those overdue are put before the staff until they are done.
func (d *deliberation) followUp(ctx workflow.Context) error {
	switch {
	case d.first():
		return d.prepare(ctx, StepFileDecisions, StepFileMinutes)
	case d.passed(convening.DeadlineAction):
		return d.chase(ctx)
	}
	err := d.await(ctx, convening.DeadlineAction)
	if d.signalled { // an action was added or reported on: its decision record is filed anew
		d.prepared = false
	}
	return err
}

// cancelled (취소): whoever was invited is told, and the case ends.
func (d *deliberation) cancelled(ctx workflow.Context) error {
	if d.at.Letters > 0 {
		return d.do(ctx, StepSendLetters)
	}
	d.over = true
	return nil
}

// done (종결): the published minutes and the decision records as they stand now are filed, what was owed is struck off the list, and
// the case ends.
func (d *deliberation) done(ctx workflow.Context) error {
	if d.first() {
		return d.prepare(ctx, StepFileDecisions, StepFileMinutes, StepExamineDuties)
	}
	d.over = true
	return nil
}
