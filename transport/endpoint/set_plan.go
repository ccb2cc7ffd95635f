package endpoint

import (
	"secretariat/domain/plan"
	"secretariat/service"
	"secretariat/service/planning"
)

// Planning are the operations on basic plans and the reviews of their execution.
type Planning struct {
	DraftPlan    Endpoint[planning.DraftInput, plan.Plan]
	RevisePlan   Endpoint[planning.ReviseInput, plan.ChangeSet]
	StepPlan     Endpoint[planning.StepInput, plan.Plan]
	ListPlans    Endpoint[planning.ListInput, service.Page[plan.Plan]]
	ShowPlan     Endpoint[planning.ShowInput, planning.View]
	ComparePlan  Endpoint[planning.CompareInput, planning.Comparison]
	MarkPlan     Endpoint[planning.MarkInput, plan.Mark]
	PrintPlan    Endpoint[planning.CompareInput, planning.Printed]
	PrintReview  Endpoint[planning.ShowReviewInput, planning.Printed]
	RecordPlan   Endpoint[planning.RecordInput, planning.Published]
	StandPlan    Endpoint[planning.CaseInput, planning.Standing]
	OpenReview   Endpoint[planning.CaseInput, plan.Review]
	ReportReview Endpoint[planning.ReportInput, plan.Report]
	CloseReview  Endpoint[planning.CloseInput, plan.Review]
	ShowReview   Endpoint[planning.ShowReviewInput, planning.ReviewView]
	MyReviews    Endpoint[planning.MyReviewsInput, planning.MyReviews]

	TransferPlan      Endpoint[planning.TransferInput, plan.ChangeSet]
	AddDepartment     Endpoint[planning.AddDepartmentInput, plan.Department]
	AbolishDepartment Endpoint[planning.AbolishDepartmentInput, plan.Department]
	BindDepartment    Endpoint[planning.BindInput, planning.Bound]
	ListDepartments   Endpoint[planning.DepartmentsInput, planning.DepartmentList]
}

func planningOf(s *planning.Service, mw Middlewares) Planning {
	return Planning{
		DraftPlan:    New("plan.draft", s.Draft, mw),
		RevisePlan:   New("plan.revise", s.Revise, mw),
		StepPlan:     New("plan.step", s.Step, mw),
		ListPlans:    New("plan.list", s.List, mw),
		ShowPlan:     New("plan.show", s.Show, mw),
		ComparePlan:  New("plan.compare", s.Compare, mw),
		MarkPlan:     New("plan.mark", s.Mark, mw),
		PrintPlan:    New("plan.print", s.Print, mw),
		PrintReview:  New("review.print", s.PrintReview, mw),
		RecordPlan:   New("plan.record", s.Record, mw),
		StandPlan:    New("plan.stand", s.Stand, mw),
		OpenReview:   New("review.open", s.OpenReview, mw),
		ReportReview: New("review.report", s.Report, mw),
		CloseReview:  New("review.close", s.CloseReview, mw),
		ShowReview:   New("review.show", s.ShowReview, mw),
		MyReviews:    New("review.mine", s.MyReviews, mw),

		TransferPlan:      New("plan.transfer", s.Transfer, mw),
		AddDepartment:     New("department.add", s.AddDepartment, mw),
		AbolishDepartment: New("department.abolish", s.AbolishDepartment, mw),
		BindDepartment:    New("department.bind", s.Bind, mw),
		ListDepartments:   New("department.list", s.Departments, mw),
	}
}
