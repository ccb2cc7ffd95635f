package jsonapi

import "secretariat/transport/endpoint"

func taskRoutes(s endpoint.Set) []Route {
	return []Route{
		create("/alliances/{alliance}/tasks", s.DraftTask, "과제 작성", "Draft a task"),
		get("/alliances/{alliance}/partners", s.TaskPartners, "과제에 참여할 수 있는 기관", "Organisations that may take part in a task"),
		get("/tasks", s.ListTasks, "과제 목록", "List tasks"),
		get("/tasks/{task}", s.ShowTask, "과제 조회", "A task"),
		patch("/tasks/{task}", s.ReviseTask, "과제 임시 저장", "Change a task"),
		act("/tasks/{task}/submit", s.SubmitTask, "과제 제출", "Submit a task"),
		act("/tasks/{task}/withdraw", s.WithdrawTask, "과제 철회", "Give a task up"),
		act("/tasks/{task}/comments", s.CommentTask, "과제에 대한 분과 의견", "Say something of a task in its division"),
		act("/tasks/{task}/review", s.ReviewTask, "과제 추천 또는 보완 요청", "Recommend a task or return it"),
		act("/tasks/{task}/mark", s.MarkTask, "정책협의회 과제 평가", "Give marks to a task"),
		act("/tasks/{task}/conclude", s.ConcludeTask, "정책협의회 평가 마감", "Conclude the council's work on a task"),
		act("/tasks/{task}/table", s.TableTask, "과제 상정", "Put a task on the agenda"),
		act("/tasks/{task}/decide", s.DecideTask, "과제에 대한 의결 반영", "Take over the decision on a task"),
		act("/tasks/{task}/hand", s.HandTask, "확산 거점 지정", "Give a task to a diffusion hub"),
		act("/tasks/{task}/reports", s.ReportTask, "확산 실적 보고", "Report on the spread of a task"),
		act("/tasks/{task}/finish", s.FinishTask, "과제 종료", "End the spread of a task"),
		act("/tasks/{task}/reply", s.AnswerTask, "규제개선 요청 회신", "Reply to a request to improve a regulation"),
		act("/tasks/{task}/extend", s.ExtendTask, "규제개선 요청 회신 기한 연장", "Put the reply to a request off"),
		act("/tasks/{task}/supplement", s.SupplementTask, "규제개선 요청 보완 요청", "Ask for a supplement to a request"),
		act("/tasks/{task}/sandbox", s.RulingOfTask, "규제샌드박스 결과 반영", "Take over what the office of the sandbox says"),
		get("/alliances/{alliance}/requests", s.CountRequests, "규제개선 요청 현황", "Requests to improve a regulation in numbers"),
		get("/tasks/{task}/stand", s.StandTask, "과제 진행 상황", "Where a task stands"),
		get("/alliances/{alliance}/counters", s.CountTasks, "과제 발굴 실적과 목표", "Counters of tasks beside their targets"),
		get("/alliances/{alliance}/council", s.ShowCouncil, "정책협의회 위원", "The policy council"),
		act("/alliances/{alliance}/council", s.SeatCouncil, "정책협의회 위원 추가", "Seat a member of the policy council"),
		act("/alliances/{alliance}/council/{account}", s.UnseatCouncil, "정책협의회 위원 제외", "End a seat in the policy council"),
	}
}
