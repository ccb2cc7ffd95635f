package web

import (
	"secretariat/domain"
	"secretariat/domain/plan"
	"secretariat/service/planning"
)

// departments adds the register of departments, and what becomes of the tasks of those that were abolished.
func departments(s *Site) {
	done("department_added", "department_abolished", "department_bound", "plan_transferred")
	s.page("/departments", "departments", s.departments)
	act(s, "/departments", s.set.AddDepartment,
		func(*Visit, planning.AddDepartmentInput, plan.Department) string {
			return "/departments?done=department_added"
		})
	act(s, "/departments/{department}/abolish", s.set.AbolishDepartment,
		func(*Visit, planning.AbolishDepartmentInput, plan.Department) string {
			return "/departments?done=department_abolished"
		})
	act(s, "/departments/{department}/people", s.set.BindDepartment,
		func(*Visit, planning.BindInput, planning.Bound) string { return "/departments?done=department_bound" })
	act(s, "/plans/{plan}/transfers", s.set.TransferPlan,
		func(_ *Visit, _ planning.TransferInput, out plan.ChangeSet) string {
			return planPath(out.Plan, "", "plan_transferred")
		})
}

// departmentsPage is the register.
type departmentsPage struct {
	planning.DepartmentList
	Tends bool // the visitor looks after it
}

func (s *Site) departments(v *Visit) (any, error) {
	out, err := s.set.ListDepartments.Call(v.ctx(), planning.DepartmentsInput{})
	p := departmentsPage{DepartmentList: out, Tends: v.Actor.Admin || len(v.Actor.Staff) > 0}
	return p, err
}

// Others are the departments that may take the tasks of one over.
func (p departmentsPage) Others(v *Visit, of domain.ID) []Option {
	out := []Option{{Value: "", Word: v.T("web.departments.f.successor.none")}}
	for _, d := range p.Items {
		if d.ID != of && d.Stands(v.Today()) {
			out = append(out, Option{Value: string(d.ID), Word: d.Name})
		}
	}
	return out
}

// Heir is the name of who has the tasks of an abolished department, empty when nobody has.
func (p departmentsPage) Heir(v *Visit, d plan.Department) string {
	var known plan.Register
	for _, x := range p.Items {
		known = append(known, x.Department)
	}
	heir, _ := known.Heir(d, v.Today())
	return heir.Name
}

// deskFigures adds the reviews in which the visitor's departments owe figures.
func (s *Site) deskFigures(v *Visit, p *deskHomePage) error {
	mine, err := s.set.MyReviews.Call(v.ctx(), planning.MyReviewsInput{})
	for _, m := range mine.Items {
		due := m.Review.Due.End()
		p.Rows = append(p.Rows, deskRow{
			Due: due, Over: due.Before(v.Now()), Key: "web.desk.figures", Act: "web.desk.figures.act", Title: m.Title,
			Args: domain.Args{"year": m.Review.Year, "quarter": m.Review.Quarter, "count": m.Missing},
			Path: "/reviews/" + string(m.Review.ID),
		})
	}
	return err
}
