package jsonapi

import (
	"bytes"
	"io"

	"secretariat/domain"
	"secretariat/service/selecting"
	"secretariat/transport/edge"
	"secretariat/transport/endpoint"
)

func workbookFile(w selecting.Workbook) edge.File {
	return edge.File{
		Name: w.FileName, Media: edge.MediaWorkbook, Size: int64(len(w.Data)), Content: io.NopCloser(bytes.NewReader(w.Data)),
	}
}

func selectionPaper(p selecting.Paper) edge.File {
	return edge.File{Name: p.FileName, Media: "application/pdf", Size: int64(len(p.Data)), Content: io.NopCloser(bytes.NewReader(p.Data))}
}

func attachFile(in *selecting.AttachInput, a attachment) { in.FileName, in.Content = a.Name, a.Content }

func attachedFile(f selecting.FileContent) edge.File {
	return edge.File{
		Name: f.File.Name, Media: domain.MediaOf(f.File.Kind), SHA256: f.File.SHA256, Size: f.File.Size, Content: f.Content,
	}
}

func callRoutes(s endpoint.Set) []Route {
	return []Route{
		create("/alliances/{alliance}/calls", s.DraftCall, "공모 작성", "Draft a call for proposals"),
		get("/programmes", s.ListProgrammes, "사업 유형 목록", "List what calls are drafted from"),
		get("/calls", s.ListCalls, "공모 목록", "List calls"),
		get("/calls/{call}", s.ShowCall, "공모 조회", "A call"),
		patch("/calls/{call}", s.ReviseCall, "공모 변경", "Change a call"),
		patch("/calls/{call}/form", s.ReviseForm, "신청서 양식 변경", "Change the application form of a call"),
		get("/calls/{call}/stand", s.StandCall, "공모 진행 상황", "Where a call stands"),
		act("/calls/{call}/publish", s.PublishCall, "공고", "Publish a call"),
		act("/calls/{call}/cancel", s.CancelCall, "공모 취소", "Give a call up"),
		act("/calls/{call}/table", s.TableCall, "선정안 안건 상정", "Put the ranking on an agenda item"),
		act("/calls/{call}/announce", s.AnnounceCall, "선정 결과 통지", "Announce the result"),
		act("/calls/{call}/finish", s.FinishCall, "선정 결과 확정", "Make the result final"),
		act("/calls/{call}/ranking", s.ComputeRanking, "순위 산정", "Rank the applications"),
		act("/calls/{call}/reopen", s.ReopenCall, "재평가 결정", "Evaluate a call again"),
		get("/calls/{call}/ranking", s.ShowRanking, "순위 조회", "The ranked list"),
		get("/calls/{call}/record", s.ShowSelection, "선정 결과와 산출 근거", "The published result with its record"),
		download("/calls/{call}/workbook", s.ReadWorkbook, workbookFile, "순위 산정 내역 내려받기", "Every number of the ranking as a workbook"),
		download("/calls/{call}/result.pdf", s.PrintResult, selectionPaper, "선정 결과 공고문", "The result as PDF"),
		get("/selections", s.ListSelections, "연도별 선정 결과와 경쟁률", "Results and competition ratios of a year"),
		get("/calls/{call}/objections", s.ListObjections, "이의신청 목록", "List objections"),
		act("/objections/{objection}/answer", s.AnswerObjection, "이의신청 답변", "Answer an objection"),
	}
}

func applicationRoutes(s endpoint.Set) []Route {
	return []Route{
		act("/calls/{call}/save", s.SaveApplication, "신청서 임시 저장", "Save a draft of an application"),
		act("/calls/{call}/submit", s.SubmitApplication, "신청서 제출", "Submit an application"),
		get("/calls/{call}/applications", s.ListApplications, "신청 목록", "List applications"),
		get("/me/applications", s.MyApplications, "우리 기관의 신청", "Applications of my organisations"),
		get("/applications/{application}", s.ShowApplication, "신청서 조회", "An application"),
		create("/applications/{application}/supplements", s.AskSupplement, "보완 요청", "Ask an applicant for a supplement"),
		act("/supplements/{supplement}/save", s.SaveSupplement, "보완 내용 임시 저장", "Save a draft of a supplement"),
		act("/supplements/{supplement}/answer", s.AnswerSupplement, "보완 제출", "Answer a request for a supplement"),
		get("/applications/{application}/check", s.CheckApplication, "제출 전 확인", "What keeps a draft from being submitted"),
		upload("/applications/{application}/files", s.AddAttachment, []string{"field"}, attachFile, "첨부 파일 올리기", "Attach a file"),
		download("/attachments/{attachment}/content", s.ReadAttachment, attachedFile, "첨부 파일 내려받기", "A file of an application"),
		act("/attachments/{attachment}/remove", s.RemoveAttachment, "첨부 파일 빼기", "Take a file off a draft"),
		act("/applications/{application}/withdraw", s.WithdrawApplication, "신청 철회", "Withdraw an application"),
		act("/applications/{application}/review", s.ReviewApplication, "요건 검토", "Decide on eligibility"),
		act("/applications/{application}/objection", s.FileObjection, "이의신청", "Object to the result"),
		act("/applications/{application}/agreement", s.RecordAgreement, "협약 기록", "Record an agreement, or that there is none"),
	}
}

func evaluationRoutes(s endpoint.Set) []Route {
	return []Route{
		create("/calls/{call}/evaluators", s.AddEvaluator, "평가위원 후보 등록", "Put a person into the pool"),
		get("/calls/{call}/evaluators", s.ListEvaluators, "평가위원 목록", "List the pool"),
		act("/calls/{call}/draw", s.DrawPanel, "평가위원 추첨", "Draw the panel"),
		act("/calls/{call}/evaluators/{evaluator}/remove", s.RemoveEvaluator, "평가위원 해촉", "Take a person off the panel"),
		act("/calls/{call}/pledge", s.DeclareEvaluator, "평가위원 서약과 이해관계 신고", "Pledge and declare ties"),
		get("/me/panels", s.MyPanels, "내가 평가할 공모", "Calls I evaluate"),
		get("/calls/{call}/sheets", s.ListSheets, "나의 평가표", "My sheets"),
		act("/applications/{application}/sheet", s.SaveSheet, "평가 점수 저장", "Save a sheet", sealed),
		act("/applications/{application}/sheet/correct", s.CorrectSheet, "평가표 정정", "Correct a submitted sheet", sealed),
		act("/calls/{call}/sheets/submit", s.SubmitSheets, "평가표 제출", "Submit my sheets"),
	}
}

func agreementRoutes(s endpoint.Set) []Route {
	return []Route{
		act("/applications/{application}/agreement/terms", s.EnterAgreement, "협약 내용 등록", "Record the terms of an agreement"),
		get("/agreements", s.ListAgreements, "협약 목록", "List agreements"),
		get("/agreements/{agreement}", s.ShowAgreement, "협약 대장 조회", "The ledger of an agreement"),
		get("/me/agreements", s.MyAgreements, "우리 기관의 협약", "Agreements of my organisations"),
		act("/agreements/{agreement}/payments", s.RecordPayment, "지급 기록", "Record a payment"),
		act("/agreements/{agreement}/reports", s.FileReport, "보고서 제출", "File a report"),
		act("/agreements/{agreement}/reports/judge", s.JudgeReport, "보고서 검토", "Judge a report"),
		act("/agreements/{agreement}/amendments", s.AmendAgreement, "협약변경 신청", "Ask for a change of the agreement"),
		act("/agreements/{agreement}/amendments/decide", s.DecideAmendment, "협약변경 결정", "Decide on a change"),
		act("/agreements/{agreement}/settlement", s.FileSettlement, "정산보고서 제출", "File the account"),
		act("/agreements/{agreement}/settlement/decide", s.DecideSettlement, "정산 결정", "Decide on the account"),
		download("/agreements/{agreement}/ledger.pdf", s.PrintLedger, selectionPaper, "협약 대장 문서", "The ledger as PDF"),
		download("/agreements/{agreement}/settlement.pdf", s.PrintSettlement, selectionPaper, "정산서", "The settlement as PDF"),
		act("/agreements/{agreement}/termination", s.NotifyTermination, "해지 사전통지", "Give notice that an agreement is to be ended"),
		act("/agreements/{agreement}/termination/opinion", s.OpposeTermination, "해지에 대한 의견제출", "What the firm says to the notice"),
		act("/agreements/{agreement}/termination/decide", s.DecideTermination, "해지와 환수 결정", "End an agreement, or let it go on"),
		act("/agreements/{agreement}/settlement/refund", s.RecordRefund, "반납 기록", "Record what was returned"),
	}
}
