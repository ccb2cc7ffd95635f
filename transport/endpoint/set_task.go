package endpoint

import (
	"secretariat/domain/pipeline"
	"secretariat/service"
	"secretariat/service/tasking"
)

// Tasking are the operations on the task pipeline.
type Tasking struct {
	DraftTask      Endpoint[tasking.DraftInput, pipeline.Task]
	TaskPartners   Endpoint[tasking.PartnersInput, tasking.Partners]
	ListTasks      Endpoint[tasking.ListInput, service.Page[tasking.Row]]
	ShowTask       Endpoint[tasking.ShowInput, tasking.View]
	ReviseTask     Endpoint[tasking.ReviseInput, pipeline.Task]
	SubmitTask     Endpoint[tasking.ReviseInput, pipeline.Task]
	WithdrawTask   Endpoint[tasking.WithdrawInput, pipeline.Task]
	CommentTask    Endpoint[tasking.CommentInput, pipeline.Comment]
	ReviewTask     Endpoint[tasking.ReviewInput, pipeline.Task]
	MarkTask       Endpoint[tasking.MarkInput, tasking.Done]
	ConcludeTask   Endpoint[tasking.ConcludeInput, pipeline.Task]
	TableTask      Endpoint[tasking.TableInput, pipeline.Task]
	DecideTask     Endpoint[tasking.DecideInput, pipeline.Task]
	HandTask       Endpoint[tasking.HandInput, pipeline.Task]
	ReportTask     Endpoint[tasking.ReportInput, pipeline.Report]
	FinishTask     Endpoint[tasking.ActInput, pipeline.Task]
	AnswerTask     Endpoint[tasking.AnswerInput, pipeline.Task]
	ExtendTask     Endpoint[tasking.ExtendInput, pipeline.Task]
	SupplementTask Endpoint[tasking.SupplementInput, pipeline.Task]
	RulingOfTask   Endpoint[tasking.RulingInput, pipeline.Task]
	CountRequests  Endpoint[tasking.CountInput, pipeline.Requests]
	StandTask      Endpoint[tasking.CaseInput, tasking.Standing]
	CountTasks     Endpoint[tasking.CountInput, pipeline.Counters]
	ShowCouncil    Endpoint[tasking.CouncilInput, tasking.Council]
	SeatCouncil    Endpoint[tasking.SeatInput, tasking.Done]
	UnseatCouncil  Endpoint[tasking.UnseatInput, tasking.Done]
}

func taskingOf(s *tasking.Service, mw Middlewares) Tasking {
	return Tasking{
		DraftTask:      New("task.draft", s.Draft, mw),
		TaskPartners:   New("task.partners", s.Partners, mw),
		ListTasks:      New("task.list", s.List, mw),
		ShowTask:       New("task.show", s.Show, mw),
		ReviseTask:     New("task.revise", s.Revise, mw),
		SubmitTask:     New("task.submit", s.Submit, mw),
		WithdrawTask:   New("task.withdraw", s.Withdraw, mw),
		CommentTask:    New("task.comment", s.Comment, mw),
		ReviewTask:     New("task.review", s.Review, mw),
		MarkTask:       New("task.mark", s.Mark, mw),
		ConcludeTask:   New("task.conclude", s.Conclude, mw),
		TableTask:      New("task.table", s.Table, mw),
		DecideTask:     New("task.decide", s.Decide, mw),
		HandTask:       New("task.hand", s.Hand, mw),
		ReportTask:     New("task.report", s.Report, mw),
		FinishTask:     New("task.finish", s.Finish, mw),
		AnswerTask:     New("task.reply", s.Answer, mw),
		ExtendTask:     New("task.extend", s.Extend, mw),
		SupplementTask: New("task.supplement", s.Supplement, mw),
		RulingOfTask:   New("task.sandbox", s.Ruling, mw),
		CountRequests:  New("regulation.count", s.Requests, mw),
		StandTask:      New("task.stand", s.Stand, mw),
		CountTasks:     New("task.count", s.Count, mw),
		ShowCouncil:    New("council.show", s.Council, mw),
		SeatCouncil:    New("council.seat", s.Seat, mw),
		UnseatCouncil:  New("council.unseat", s.Unseat, mw),
	}
}
