package jsonapi

import (
	"net/http"
	"slices"

	"secretariat/transport/endpoint"
)

// Routes is the table of the API.
func Routes(s endpoint.Set) []Route {
	return slices.Concat(identityRoutes(s))
}

func identityRoutes(s endpoint.Set) []Route {
	return []Route{
		create("/sessions", s.OpenSession, "로그인", "Sign in", keyless),
		serve(http.MethodDelete, "/sessions/current", http.StatusOK, s.CloseSession, "모든 기기에서 로그아웃", "Sign out everywhere"),
		get("/me", s.ShowSession, "나의 계정과 위원 자격", "Who I am"),
		act("/me/password", s.ChangePassword, "비밀번호 변경", "Change my password", sealed),
		create("/accounts", s.CreateAccount, "계정 만들기", "Create an account", sealed),
		get("/accounts", s.ListAccounts, "계정 목록", "List accounts"),
		patch("/accounts/{account}", s.UpdateAccount, "계정 변경", "Change an account"),
		create("/committees/{committee}/staff", s.AssignStaff, "간사·서기 지정", "Assign secretary or clerk"),
	}
}
