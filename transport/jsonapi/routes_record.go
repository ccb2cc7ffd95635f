package jsonapi

import (
	"bytes"
	"io"

	"secretariat/service/filing"
	"secretariat/transport/edge"
	"secretariat/transport/endpoint"
)

func minutesRoutes(s endpoint.Set) []Route {
	return []Route{
		act("/meetings/{meeting}/minutes", s.DraftMinutes, "회의록 초안 작성", "Draw up the minutes"),
		get("/meetings/{meeting}/minutes", s.ShowMinutes, "회의록과 서명 현황", "The minutes and their signatures"),
		get("/meetings/{meeting}/minutes/published", s.PublishedMinutes, "공개된 회의록", "The published minutes"),
		create("/minutes/{minutes}/versions", s.ReviseMinutes, "회의록 수정", "Write a new version of the minutes"),
		act("/minutes/{minutes}/circulate", s.CirculateMinutes, "회의록 회람", "Circulate the minutes for signature"),
		create("/minutes/{minutes}/signatures", s.SignMinutes, "회의록 서명", "Sign the minutes"),
		create("/minutes/{minutes}/corrections", s.RequestCorrection, "회의록 정정 요청", "Ask for a correction"),
		act("/corrections/{correction}/answer", s.AnswerCorrection, "정정 요청 처리", "Answer a request for correction"),
		create("/minutes/{minutes}/redactions", s.RedactMinutes, "비공개 처리", "Withhold a span of the minutes"),
		act("/redactions/{redaction}/lift", s.UnredactMinutes, "비공개 해제", "Lift a redaction"),
		act("/minutes/{minutes}/confirm", s.ConfirmPublish, "서명 완료 전 공개 확인", "Allow publication before all have signed"),
		act("/minutes/{minutes}/publish", s.PublishMinutes, "회의록 공개", "Publish the minutes"),
	}
}

func decisionRoutes(s endpoint.Set) []Route {
	return []Route{
		act("/meetings/{meeting}/decisions", s.IssueDecisions, "결정서 발급", "Issue the decision records"),
		get("/committees/{committee}/decisions", s.ListDecisions, "결정서 목록", "List decision records"),
		get("/decisions/{decision}", s.ShowDecision, "결정서", "A decision record"),
		create("/decisions/{decision}/supersede", s.SupersedeDecision, "결정서 정정", "Supersede a decision record"),
		create("/decisions/{decision}/actions", s.AddAction, "후속조치 추가", "Add a follow-up"),
		act("/actions/{action}/report", s.ReportAction, "후속조치 보고", "Report on a follow-up"),
		get("/committees/{committee}/actions", s.ListActions, "후속조치 목록", "List follow-ups"),
	}
}

func documentRoutes(s endpoint.Set) []Route {
	return []Route{
		get("/meetings/{meeting}/documents", s.ListDocuments, "발급 문서 목록", "List issued documents"),
		download("/documents/{document}/content", s.ReadDocument, documentFile, "발급 문서 내려받기", "Download an issued document"),
		get("/meetings/{meeting}/record", s.ReadRecord, "다시 계산할 수 있는 회의 기록", "The recountable record of a meeting"),
		get("/search", s.SearchRecord, "공개 기록 검색", "Search the public record"),
		download("/meetings/{meeting}/bundle", s.ReadBundle, bundleFile, "공개 기록 한꺼번에 내려받기", "Download all published records"),
		create("/meetings/{meeting}/booklets", s.OrderBooklet, "회의자료집 만들기", "Have the papers of a meeting bound into one file"),
		get("/booklets/{booklet}", s.ShowBooklet, "회의자료집 진행 상황", "How far a booklet has come"),
		download("/booklets/{booklet}/content", s.ReadBooklet, bookletFile, "회의자료집 내려받기", "Download a booklet"),
	}
}

func bookletFile(b filing.BookletContent) edge.File {
	return edge.File{Name: b.FileName, Media: "application/pdf", SHA256: b.Booklet.SHA256, Size: b.Booklet.Size, Content: b.Content}
}

func documentFile(c filing.Content) edge.File {
	return edge.File{Name: c.FileName, Media: c.MediaType, SHA256: c.SHA256, Size: c.Size, Content: c.Content}
}

func bundleFile(a filing.Archive) edge.File {
	return edge.File{
		Name: a.FileName, Media: "application/zip", SHA256: a.SHA256, Size: int64(len(a.Data)),
		Content: io.NopCloser(bytes.NewReader(a.Data)),
	}
}
