package endpoint

import (
	"secretariat/domain/selection"
	"secretariat/service"
	"secretariat/service/selecting"
)

// Selecting are the operations on calls, applications, evaluations and results.
type Selecting struct {
	DraftCall           Endpoint[selecting.DraftInput, selection.Call]
	ReviseCall          Endpoint[selecting.ReviseInput, selection.Call]
	PublishCall         Endpoint[selecting.ActInput, selection.Call]
	CancelCall          Endpoint[selecting.CancelInput, selection.Call]
	ListProgrammes      Endpoint[selecting.ProgrammesInput, selecting.Programmes]
	ListCalls           Endpoint[selecting.ListInput, service.Page[selection.Call]]
	ShowCall            Endpoint[selecting.CaseInput, selecting.View]
	StandCall           Endpoint[selecting.CaseInput, selecting.Standing]
	AnnounceCall        Endpoint[selecting.AnnounceInput, selection.Call]
	TableCall           Endpoint[selecting.TableInput, selection.Call]
	FinishCall          Endpoint[selecting.ActInput, selection.Call]
	ReviseForm          Endpoint[selecting.FormInput, selection.Call]
	AskSupplement       Endpoint[selecting.AskInput, selection.Supplement]
	SaveSupplement      Endpoint[selecting.SupplyInput, selection.Supplement]
	AnswerSupplement    Endpoint[selecting.SupplyInput, selection.Supplement]
	CheckApplication    Endpoint[selecting.CheckInput, selecting.Checked]
	AddAttachment       Endpoint[selecting.AttachInput, selection.Attachment]
	RemoveAttachment    Endpoint[selecting.DetachInput, selection.Attachment]
	ReadAttachment      Endpoint[selecting.DetachInput, selecting.FileContent]
	SaveApplication     Endpoint[selecting.SaveInput, selecting.Saved]
	SubmitApplication   Endpoint[selecting.SaveInput, selecting.Saved]
	WithdrawApplication Endpoint[selecting.WithdrawInput, selection.Application]
	MyApplications      Endpoint[selecting.MineInput, selecting.Mine]
	ListApplications    Endpoint[selecting.ApplicationsInput, service.Page[selection.Application]]
	ShowApplication     Endpoint[selecting.ShowApplicationInput, selecting.ApplicationView]
	ReviewApplication   Endpoint[selecting.ReviewInput, selection.Application]
	AddEvaluator        Endpoint[selecting.AddEvaluatorInput, selecting.Done]
	DrawPanel           Endpoint[selecting.DrawInput, selection.Call]
	ListEvaluators      Endpoint[selecting.PanelInput, selecting.Panel]
	DeclareEvaluator    Endpoint[selecting.DeclareInput, selecting.Done]
	RemoveEvaluator     Endpoint[selecting.RemoveInput, selecting.Done]
	MyPanels            Endpoint[selecting.PanelsInput, selecting.Panels]
	ListSheets          Endpoint[selecting.SheetsInput, selecting.Work]
	SaveSheet           Endpoint[selecting.ScoreInput, selection.Sheet]
	SubmitSheets        Endpoint[selecting.SubmitSheetsInput, selecting.Done]
	CorrectSheet        Endpoint[selecting.CorrectInput, selection.Sheet]
	ReopenCall          Endpoint[selecting.ReopenInput, selection.Call]
	ComputeRanking      Endpoint[selecting.ActInput, selection.Ranking]
	ShowRanking         Endpoint[selecting.RankingInput, selecting.RankingView]
	ShowSelection       Endpoint[selecting.RankingInput, selecting.Published]
	ReadWorkbook        Endpoint[selecting.RankingInput, selecting.Workbook]
	ListSelections      Endpoint[selecting.CompetitionsInput, selecting.Competitions]
	FileObjection       Endpoint[selecting.ObjectInput, selection.Objection]
	ListObjections      Endpoint[selecting.ObjectionsInput, selecting.Objections]
	AnswerObjection     Endpoint[selecting.AnswerInput, selection.Objection]
	RecordAgreement     Endpoint[selecting.AgreeInput, selection.Application]
	EnterAgreement      Endpoint[selecting.EnterInput, selection.Agreement]
	ListAgreements      Endpoint[selecting.AgreementsInput, service.Page[selecting.AgreementView]]
	ShowAgreement       Endpoint[selecting.AgreementInput, selecting.AgreementView]
	MyAgreements        Endpoint[selecting.MyAgreementsInput, selecting.MyAgreements]
	RecordPayment       Endpoint[selecting.PayInput, selection.Agreement]
	FileReport          Endpoint[selecting.ReportInput, selection.Agreement]
	JudgeReport         Endpoint[selecting.JudgeInput, selection.Agreement]
	AmendAgreement      Endpoint[selecting.AmendInput, selection.Agreement]
	DecideAmendment     Endpoint[selecting.DecideInput, selection.Agreement]
	FileSettlement      Endpoint[selecting.SettleInput, selection.Agreement]
	DecideSettlement    Endpoint[selecting.SettledInput, selection.Agreement]
	RecordRefund        Endpoint[selecting.RefundInput, selection.Agreement]
	PrintResult         Endpoint[selecting.RankingInput, selecting.Paper]
	PrintLedger         Endpoint[selecting.AgreementInput, selecting.Paper]
	PrintSettlement     Endpoint[selecting.AgreementInput, selecting.Paper]
	NotifyTermination   Endpoint[selecting.NotifyInput, selection.Agreement]
	OpposeTermination   Endpoint[selecting.OpposeInput, selection.Agreement]
	DecideTermination   Endpoint[selecting.TerminateInput, selection.Agreement]
}

func selectingOf(s *selecting.Service, mw Middlewares) Selecting {
	return Selecting{
		DraftCall:           New("call.draft", s.Draft, mw),
		ReviseCall:          New("call.revise", s.Revise, mw),
		PublishCall:         New("call.publish", s.Publish, mw),
		CancelCall:          New("call.cancel", s.Cancel, mw),
		ListProgrammes:      New("programme.list", s.Programmes, mw),
		ListCalls:           New("call.list", s.List, mw),
		ShowCall:            New("call.show", s.Show, mw),
		StandCall:           New("call.stand", s.Stand, mw),
		AnnounceCall:        New("call.announce", s.Announce, mw),
		TableCall:           New("call.table", s.Table, mw),
		FinishCall:          New("call.finish", s.Finish, mw),
		ReviseForm:          New("call.form", s.ReviseForm, mw),
		AskSupplement:       New("supplement.ask", s.Ask, mw),
		SaveSupplement:      New("supplement.save", s.SaveSupplement, mw),
		AnswerSupplement:    New("supplement.answer", s.Supply, mw),
		CheckApplication:    New("application.check", s.Check, mw),
		AddAttachment:       New("attachment.add", s.Attach, mw),
		RemoveAttachment:    New("attachment.remove", s.Detach, mw),
		ReadAttachment:      New("attachment.read", s.ReadFile, mw),
		SaveApplication:     New("application.save", s.Save, mw),
		SubmitApplication:   New("application.submit", s.Submit, mw),
		WithdrawApplication: New("application.withdraw", s.Withdraw, mw),
		MyApplications:      New("application.mine", s.Mine, mw),
		ListApplications:    New("application.list", s.Applications, mw),
		ShowApplication:     New("application.show", s.ShowApplication, mw),
		ReviewApplication:   New("application.review", s.Review, mw),
		AddEvaluator:        New("evaluator.add", s.AddEvaluator, mw),
		DrawPanel:           New("evaluator.draw", s.Draw, mw),
		ListEvaluators:      New("evaluator.list", s.Panel, mw),
		DeclareEvaluator:    New("evaluator.declare", s.Declare, mw),
		RemoveEvaluator:     New("evaluator.remove", s.Remove, mw),
		MyPanels:            New("panel.mine", s.Panels, mw),
		ListSheets:          New("sheet.list", s.Sheets, mw),
		SaveSheet:           New("sheet.save", s.Score, mw),
		SubmitSheets:        New("sheet.submit", s.SubmitSheets, mw),
		CorrectSheet:        New("sheet.correct", s.Correct, mw),
		ReopenCall:          New("call.reopen", s.Reopen, mw),
		ComputeRanking:      New("ranking.compute", s.Compute, mw),
		ShowRanking:         New("ranking.show", s.Ranking, mw),
		ShowSelection:       New("selection.record", s.Published, mw),
		ReadWorkbook:        New("selection.workbook", s.Workbook, mw),
		ListSelections:      New("selection.list", s.Competitions, mw),
		FileObjection:       New("objection.file", s.Object, mw),
		ListObjections:      New("objection.list", s.Objections, mw),
		AnswerObjection:     New("objection.answer", s.Answer, mw),
		RecordAgreement:     New("agreement.record", s.Agree, mw),
		EnterAgreement:      New("agreement.enter", s.Enter, mw),
		ListAgreements:      New("agreement.list", s.Agreements, mw),
		ShowAgreement:       New("agreement.show", s.ShowAgreement, mw),
		MyAgreements:        New("agreement.mine", s.MyAgreements, mw),
		RecordPayment:       New("payment.record", s.Pay, mw),
		FileReport:          New("agreement.report", s.Report, mw),
		JudgeReport:         New("agreement.judge", s.Judge, mw),
		AmendAgreement:      New("agreement.amend", s.Amend, mw),
		DecideAmendment:     New("agreement.decide", s.Decide, mw),
		FileSettlement:      New("settlement.file", s.Settle, mw),
		DecideSettlement:    New("settlement.decide", s.DecideSettlement, mw),
		RecordRefund:        New("settlement.refund", s.Refund, mw),
		PrintResult:         New("selection.print", s.PrintResult, mw),
		PrintLedger:         New("agreement.print", s.PrintLedger, mw),
		PrintSettlement:     New("settlement.print", s.PrintSettlement, mw),
		NotifyTermination:   New("termination.notify", s.NotifyTermination, mw),
		OpposeTermination:   New("termination.oppose", s.OpposeTermination, mw),
		DecideTermination:   New("termination.decide", s.DecideTermination, mw),
	}
}
