package jsonapi

import "secretariat/transport/endpoint"

func allianceRoutes(s endpoint.Set) []Route {
	return []Route{
		create("/alliances", s.FoundAlliance, "얼라이언스 설치", "Set up an alliance"),
		get("/alliances", s.ListAlliances, "얼라이언스 목록", "List alliances"),
		get("/alliances/{alliance}", s.ShowAlliance, "얼라이언스와 분과", "An alliance and its divisions"),
		patch("/alliances/{alliance}", s.ReviseAlliance, "얼라이언스 변경", "Change an alliance"),
		create("/alliances/{alliance}/divisions", s.AddDivision, "분과 추가", "Add a division"),
		act("/alliances/{alliance}/applications", s.ApplyOrganisation, "가입 신청", "Apply to be let in"),
		create("/alliances/{alliance}/organisations", s.RegisterOrganisation, "기관 등록", "Register an organisation"),
		get("/alliances/{alliance}/organisations", s.ListOrganisations, "기관 목록", "List organisations"),
		act("/alliances/{alliance}/organisations/import", s.ImportOrganisations, "기관 명부 가져오기", "Register a list of organisations"),
		get("/me/organisations", s.MyOrganisations, "우리 기관 목록", "Organisations I act for"),
		get("/organisations/{organisation}", s.ShowOrganisation, "기관과 담당자", "An organisation and its people"),
		patch("/organisations/{organisation}", s.ReviseOrganisation, "기관 정보 변경", "Change an organisation"),
		act("/organisations/{organisation}/decide", s.DecideOrganisation, "가입 신청 처리", "Decide on an application"),
		act("/organisations/{organisation}/leave", s.LeaveOrganisation, "탈퇴", "Leave"),
		act("/organisations/{organisation}/divisions", s.AssignDivision, "분과 배정", "Give a place in a division"),
		create("/organisations/{organisation}/people", s.AddPerson, "담당자 추가", "Let a person act for an organisation"),
		act("/organisations/{organisation}/people/{account}", s.ChangePerson, "담당자 변경", "Change what a person may do"),
	}
}
