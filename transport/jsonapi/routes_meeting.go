package jsonapi

import (
	"secretariat/service/convening"
	"secretariat/transport/edge"
	"secretariat/transport/endpoint"
)

func meetingRoutes(s endpoint.Set) []Route {
	return []Route{
		create("/calendar", s.AddSpan, "공휴일ㆍ시의회 회기 등록", "Add holidays or a council session"),
		act("/calendar/{span}/remove", s.RemoveSpan, "공휴일ㆍ시의회 회기 삭제", "Take holidays or a council session off"),
		get("/calendar", s.ListSpans, "공휴일ㆍ시의회 회기 목록", "List holidays and council sessions"),
		create("/committees/{committee}/meetings", s.PlanMeeting, "회의 계획", "Plan a meeting"),
		get("/committees/{committee}/meetings", s.ListMeetings, "회의 목록", "List meetings"),
		get("/meetings/{meeting}", s.ShowMeeting, "회의와 안건", "A meeting and its agenda"),
		patch("/meetings/{meeting}", s.ReviseMeeting, "회의 계획 변경", "Change the plan of a meeting"),
		get("/meetings/{meeting}/findings", s.CheckMeeting, "소집 전 점검", "What stands against giving notice"),
		get("/meetings/{meeting}/case", s.StandCase, "진행 단계와 기한", "Where the case stands and what is due"),
		act("/meetings/{meeting}/convene", s.Convene, "회의 소집", "Convene a meeting"),
		act("/meetings/{meeting}/cancel", s.CancelMeeting, "회의 취소", "Cancel a meeting"),
		act("/meetings/{meeting}/freeze", s.FreezePapers, "회의 자료 확정", "Fix the papers of a meeting"),
		act("/meetings/{meeting}/response", s.AnswerNotice, "참석 여부 회신", "Answer the notice"),
		get("/meetings/{meeting}/reminders", s.ListOwing, "답하지 않은 위원과 독촉", "Who owes what in a meeting, and how they were reminded"),
		act("/meetings/{meeting}/reminders", s.Remind, "답하지 않은 위원에게 독촉", "Remind those who owe something"),
		get("/meetings/{meeting}/notice", s.PreviewNotice, "소집 통지 미리 보기", "The notice as it would be mailed"),
		create("/meetings/{meeting}/dates", s.ProposeDates, "회의 날짜 후보 제안", "Propose dates for a planned meeting"),
		get("/meetings/{meeting}/dates", s.ListDates, "회의 날짜 후보와 성원 예상", "Candidate dates and their forecast"),
		act("/meetings/{meeting}/dates/answers", s.AnswerDates, "회의 날짜 응답", "Answer on the candidate dates"),
		act("/dates/{date}/choose", s.ChooseDate, "회의 날짜 확정", "Choose a candidate date"),
		act("/dates/{date}/withdraw", s.WithdrawDate, "회의 날짜 후보 철회", "Withdraw a candidate date"),
		act("/dates/{date}/restore", s.RestoreDate, "회의 날짜 후보 철회 되돌리기", "Take the withdrawal of a date back"),
		get("/me/dates", s.MyPolls, "나에게 물은 회의 날짜", "Meetings whose dates wait for my answer"),
		create("/meetings/{meeting}/proxies", s.AppointProxy, "대리출석 지정", "Appoint a proxy"),
	}
}

func itemRoutes(s endpoint.Set) []Route {
	return []Route{
		create("/meetings/{meeting}/items", s.AddItem, "안건 올리기", "Add an agenda item"),
		get("/items/{item}", s.ShowItem, "안건과 회의 자료", "An agenda item and its papers"),
		patch("/items/{item}", s.ReviseItem, "안건 고치기", "Change an agenda item"),
		act("/items/{item}/move", s.MoveItem, "안건 순서 변경", "Move an agenda item"),
		act("/items/{item}/withdraw", s.WithdrawItem, "안건 철회", "Withdraw an agenda item"),
		act("/items/{item}/restore", s.RestoreItem, "안건 철회 되돌리기", "Take the withdrawal of an item back"),
		upload("/items/{item}/papers", s.AddPaper, []string{"title", "number", "confidential", "reason"}, attachPaper,
			"회의 자료 올리기", "Bring a paper"),
		download("/papers/{paper}/content", s.ReadPaper, paperFile, "회의 자료 내려받기", "Read a paper"),
	}
}

func attachPaper(in *convening.AddPaperInput, a attachment) {
	in.FileName, in.Content = a.Name, a.Content
}

func paperFile(p convening.PaperContent) edge.File {
	return edge.File{
		Name: p.Paper.FileName, Media: p.Paper.MediaType, SHA256: p.Paper.SHA256, Size: p.Paper.Size, Content: p.Content,
	}
}
