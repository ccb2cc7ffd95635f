package jsonapi

import (
	"net/http"
	"slices"

	"secretariat/transport/endpoint"
)

// Routes is the table of the API.
func Routes(s endpoint.Set) []Route {
	return slices.Concat(
		identityRoutes(s), seatingRoutes(s), meetingRoutes(s), itemRoutes(s), sessionRoutes(s), ballotRoutes(s),
		minutesRoutes(s), decisionRoutes(s), documentRoutes(s), dutyRoutes(s), allianceRoutes(s), consultationRoutes(s), surveyRoutes(s), callRoutes(s),
		applicationRoutes(s), evaluationRoutes(s), agreementRoutes(s), planRoutes(s), taskRoutes(s),
	)
}

func identityRoutes(s endpoint.Set) []Route {
	return []Route{
		create("/sessions", s.OpenSession, "로그인", "Sign in", keyless),
		serve(http.MethodDelete, "/sessions/current", http.StatusOK, s.CloseSession, "로그아웃", "Sign out"),
		create("/sessions/confirm", s.ConfirmSession, "로그인 2단계 확인", "Give the second factor of a sign-in", sealed),
		create("/sessions/federated", s.Federate, "통합인증", "Sign in with what the identity provider says", sealed),
		get("/accounts/links", s.ListLinks, "통합인증 연결 목록", "List which accounts are linked to the identity provider"),
		act("/accounts/{account}/link/drop", s.DropLink, "통합인증 연결 해제", "Take an account's link to the identity provider away"),
		act("/accounts/{account}/link/allow", s.AllowLink, "통합인증 재연결 허용", "Let an account be linked to the identity provider again"),
		act("/sessions/current/extend", s.ExtendSession, "로그인 연장", "Extend the session"),
		get("/me/factor", s.ShowFactor, "나의 2단계 인증", "My second factor"),
		act("/me/factor/begin", s.BeginFactor, "2단계 인증 등록 시작", "Begin a second factor"),
		act("/me/factor/confirm", s.ConfirmFactor, "2단계 인증 등록 확인", "Confirm my second factor", sealed),
		act("/me/factor/drop", s.DropFactor, "2단계 인증 해제", "Take my second factor away", sealed),
		act("/accounts/{account}/factor/reset", s.ResetFactor, "2단계 인증 초기화", "Reset somebody's second factor"),
		create("/invitations", s.Invite, "계정 초대", "Invite a person"),
		act("/accounts/{account}/invitation", s.InviteAgain, "비밀번호 설정 안내 다시 보내기", "Send a new link"),
		act("/invitations/lost", s.LostPassword, "비밀번호 분실", "Ask for a new link"),
		act("/invitations/show", s.ShowInvitation, "초대 내용 확인", "What a link is for", sealed),
		act("/invitations/accept", s.Accept, "비밀번호 설정ㆍ초대 수락", "Set the password with a link, or consent to what it asks", sealed),
		get("/me", s.ShowSession, "나의 계정과 위원 자격", "Who I am"),
		act("/me/password", s.ChangePassword, "비밀번호 변경", "Change my password", sealed),
		create("/accounts", s.CreateAccount, "계정 만들기", "Create an account", sealed),
		get("/accounts", s.ListAccounts, "계정 목록", "List accounts"),
		patch("/accounts/{account}", s.UpdateAccount, "계정 변경", "Change an account"),
		create("/committees/{committee}/staff", s.AssignStaff, "간사ㆍ서기 지정", "Assign secretary or clerk"),
		get("/audit", s.ListAudit, "감사기록", "Audit trail"),
	}
}

func seatingRoutes(s endpoint.Set) []Route {
	return []Route{
		create("/committees", s.FoundCommittee, "위원회 설치", "Found a committee"),
		get("/committees", s.ListCommittees, "위원회 목록", "List committees"),
		get("/committees/{committee}", s.ShowCommittee, "위원회와 구성", "A committee and who sits in it"),
		patch("/committees/{committee}", s.ReviseCommittee, "위원회 변경", "Change a committee"),
		get("/committees/{committee}/findings", s.CheckCommittee, "위원회 점검", "Check a committee"),
		act("/committees/{committee}/activate", s.ActivateCommittee, "위원회 구성 완료", "Put a committee into operation"),
		act("/committees/{committee}/dissolve", s.DissolveCommittee, "위원회 폐지", "Dissolve a committee"),
		get("/committees/{committee}/seats", s.ListSeats, "위원석 명부", "Register of seats"),
		get("/committees/{committee}/foresight", s.Foresee, "위원 구성 미리 보기", "What the composition would be"),
		get("/committees/{committee}/candidates", s.ListCandidates, "위촉할 수 있는 계정 목록", "Accounts that can be appointed"),
		get("/committees/{committee}/attendance", s.ListAttendance, "위원 출석률", "Attendance of members"),
		get("/committees/{committee}/history", s.ShowHistory, "위원의 활동 이력", "What a member did"),
		create("/committees/{committee}/seats", s.AddSeat, "위원석 추가", "Add a seat"),
		create("/seats/{seat}/members", s.Appoint, "위원 위촉ㆍ임명", "Appoint a member"),
		act("/members/{member}/end", s.EndMember, "위촉 해제", "End an appointment"),
	}
}

func dutyRoutes(s endpoint.Set) []Route {
	return []Route{
		get("/cases", s.ListCases, "진행 중인 건 목록", "List open cases"),
		get("/committees/{committee}/duties", s.ListDuties, "위원회가 할 일", "What a committee owes"),
		get("/incidents", s.ListIncidents, "처리되지 않은 문제 목록", "List open incidents"),
		act("/incidents/{incident}/resolve", s.ResolveIncident, "문제 해결 처리", "Close an incident and try again"),
	}
}
