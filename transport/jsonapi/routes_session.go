package jsonapi

import "secretariat/transport/endpoint"

func sessionRoutes(s endpoint.Set) []Route {
	return []Route{
		act("/meetings/{meeting}/open", s.OpenMeeting, "개의", "Open a meeting"),
		act("/meetings/{meeting}/warn", s.Warn, "회의록 공개 고지", "Tell members that minutes may be published"),
		act("/meetings/{meeting}/suspend", s.Suspend, "정회", "Suspend a meeting"),
		act("/meetings/{meeting}/resume", s.Resume, "속개", "Resume a meeting"),
		act("/meetings/{meeting}/adjourn", s.Adjourn, "산회", "Adjourn a meeting"),
		get("/meetings/{meeting}/course", s.ShowCourse, "회의 경과와 발언", "What happened and what was said"),
		get("/meetings/{meeting}/mark", s.WatchMeeting, "회의에 변화가 있었는지", "Whether something happened in a meeting"),
		act("/meetings/{meeting}/presences", s.Enter, "출석", "A member comes in"),
		act("/meetings/{meeting}/departures", s.Leave, "퇴장", "A member leaves"),
		act("/presences/{presence}/void", s.VoidPresence, "출석 기록 되돌리기", "Take back that a member came"),
		act("/presences/{presence}/reopen", s.ReopenPresence, "퇴장 기록 되돌리기", "Take back that a member left"),
		get("/meetings/{meeting}/quorum", s.CountQuorum, "의사정족수", "Count the quorum"),
		act("/meetings/{meeting}/pledge", s.SignPledge, "청렴서약", "Sign the integrity pledge"),
		create("/meetings/{meeting}/statements", s.RecordStatement, "발언 기록", "Record a statement"),
		patch("/statements/{statement}", s.CorrectStatement, "발언 기록 정정", "Correct a recorded statement"),
		act("/items/{item}/interest", s.DeclareInterest, "이해관계 신고ㆍ회피", "Declare an interest or step aside"),
		create("/items/{item}/recusals", s.AssertRecusal, "제척", "Record a mandatory recusal"),
		create("/items/{item}/challenges", s.Challenge, "기피 신청", "Challenge a member"),
		get("/meetings/{meeting}/recusals", s.ListRecusals, "제척ㆍ기피ㆍ회피 목록", "List recusals"),
		act("/items/{item}/table", s.TableItem, "상정", "Table an item"),
		act("/items/{item}/defer", s.DeferItem, "보류", "Defer an item"),
		act("/items/{item}/return", s.ReturnItem, "재심의", "Return an item to its proposer"),
		act("/items/{item}/receive", s.ReceiveItem, "보고 접수", "Receive a report"),
		act("/items/{item}/advise", s.AdviseItem, "자문의견", "Record advice"),
		act("/items/{item}/conditions", s.AddCondition, "의결 조건 추가", "Add a condition of approval"),
		create("/items/{item}/amendments", s.ProposeAmendment, "수정안 제출", "Propose an amendment"),
		get("/items/{item}/amendments", s.ListAmendments, "수정안 목록", "List amendments"),
		act("/amendments/{amendment}/withdraw", s.WithdrawAmendment, "수정안 철회", "Withdraw an amendment"),
	}
}

func ballotRoutes(s endpoint.Set) []Route {
	return []Route{
		create("/items/{item}/ballots", s.OpenBallot, "표결 선포", "Open a ballot"),
		get("/meetings/{meeting}/ballots", s.ListBallots, "표결 목록", "List ballots"),
		get("/ballots/{ballot}", s.ShowBallot, "표결", "A ballot"),
		act("/ballots/{ballot}/votes", s.CastVote, "투표", "Cast a vote", sealed),
		act("/ballots/{ballot}/hands", s.RecordHands, "거수 기록", "Record a show of hands"),
		act("/ballots/{ballot}/close", s.CloseBallot, "표결 종료와 집계", "Close and count a ballot"),
		act("/ballots/{ballot}/void", s.VoidBallot, "표결 무효", "Break off a ballot"),
	}
}
