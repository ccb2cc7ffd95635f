package jsonapi

import (
	"bytes"
	"io"

	"secretariat/service/planning"
	"secretariat/transport/edge"
	"secretariat/transport/endpoint"
)

func printedFile(p planning.Printed) edge.File {
	return edge.File{Name: p.FileName, Media: "application/pdf", Size: int64(len(p.Data)), Content: io.NopCloser(bytes.NewReader(p.Data))}
}

func planRoutes(s endpoint.Set) []Route {
	return []Route{
		create("/committees/{committee}/plans", s.DraftPlan, "기본계획 수립 시작", "Begin a basic plan"),
		get("/plans", s.ListPlans, "기본계획 목록", "List basic plans"),
		get("/plans/{plan}", s.ShowPlan, "기본계획과 이행 상황", "A basic plan and how far it has come"),
		create("/plans/{plan}/changes", s.RevisePlan, "기본계획 내용 변경", "Add a change-set to a plan"),
		act("/plans/{plan}/steps", s.StepPlan, "수립 단계 기록", "Record a step of making a plan"),
		get("/plans/{plan}/comparison", s.ComparePlan, "신구대비표", "What differs between two states of a plan"),
		create("/plans/{plan}/marks", s.MarkPlan, "연차 단계 기록", "Record a step of a plan in force"),
		download("/plans/{plan}/comparison.pdf", s.PrintPlan, printedFile, "신구대비표 내려받기", "What differs between two states, as PDF"),
		download("/reviews/{review}/result.pdf", s.PrintReview, printedFile, "이행점검 결과 내려받기", "The result of a closed review, as PDF"),
		get("/plans/{plan}/record", s.RecordPlan, "다시 계산할 수 있는 기본계획 기록", "The recountable record of a plan"),
		get("/plans/{plan}/stand", s.StandPlan, "기본계획 진행 상황", "Where a plan stands"),
		create("/plans/{plan}/reviews", s.OpenReview, "이행점검 시작", "Open the review of a quarter"),
		get("/reviews/{review}", s.ShowReview, "이행점검", "A review"),
		act("/reviews/{review}/reports", s.ReportReview, "실적 입력", "Report the figures of a node"),
		act("/reviews/{review}/close", s.CloseReview, "이행점검 마감", "Close a review"),
		get("/me/reviews", s.MyReviews, "우리 부서가 실적을 낼 이행점검", "Reviews that wait for my department"),
		create("/plans/{plan}/transfers", s.TransferPlan, "폐지 부서의 항목 이관", "Give what an abolished department owns to its successor"),
		get("/departments", s.ListDepartments, "부서 목록", "List departments"),
		create("/departments", s.AddDepartment, "부서 등록", "Add a department"),
		act("/departments/{department}/abolish", s.AbolishDepartment, "부서 폐지", "Abolish a department"),
		act("/departments/{department}/people", s.BindDepartment, "부서 담당자 변경", "Let somebody act for a department"),
	}
}
