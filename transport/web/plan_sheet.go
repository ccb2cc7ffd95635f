package web

import (
	"bytes"
	"io"
	"strings"

	"secretariat/domain"
	"secretariat/domain/plan"
	"secretariat/service/planning"
	"secretariat/transport/edge"
	"secretariat/transport/plansheet"
)

// planSheets adds a plan as a file: everybody who reads the plan can have it, and the staff can give a whole one back.
func planSheets(s *Site) {
	done("plan_imported")
	portalFile(s, "/plans/{plan}/sheet", s.set.ShowPlan, sheetFile)
	portalFile(s, "/plans/{plan}/comparison.pdf", s.set.PrintPlan, printedFile)
	portalFile(s, "/reviews/{review}/result.pdf", s.set.PrintReview, printedFile)
	portalFile(s, "/plans/{plan}/sheet.xlsx", s.set.ShowPlan, bookFile)
	s.bookForm()
	actWith(s, "/plans/{plan}/sheet", s.set.RevisePlan, sheetForm,
		func(_ *Visit, _ planning.ReviseInput, out plan.ChangeSet) string {
			return planPath(out.Plan, "", "plan_imported")
		})
}

func printedFile(p planning.Printed) edge.File {
	return edge.File{Name: p.FileName, Media: "application/pdf", Size: int64(len(p.Data)), Content: io.NopCloser(bytes.NewReader(p.Data))}
}

func sheetFile(p planning.View) edge.File {
	raw := sheetOf(p)
	return edge.File{
		Name: p.Plan.Title + ".yaml", Media: "application/yaml", Size: int64(len(raw)),
		Content: io.NopCloser(bytes.NewReader(raw)),
	}
}

// sheetOf is the plan as a file; a plan that the rules of the ledger let stand can be written.
func sheetOf(p planning.View) []byte {
	raw, err := plansheet.Write(sheetFrom(p))
	if err != nil {
		return nil
	}
	return raw
}

func sheetFrom(p planning.View) plansheet.Sheet {
	s := plansheet.Sheet{Title: p.Plan.Title, Vision: p.Plan.Vision, National: p.Plan.National, From: p.Plan.From}
	for _, n := range p.Nodes {
		s.Nodes = append(s.Nodes, n.Node)
	}
	return s
}

// Sheet is the plan as it stands in its form.
func (p basicPlanPage) Sheet() string { return string(sheetOf(p.View)) }

// sheetForm reads a whole plan from its form. Nothing is taken over while any line of it is wrong.
func sheetForm(v *Visit, in *planning.ReviseInput) error {
	sheet, err := plansheet.Read([]byte(unbroken(v.r.PostForm.Get("sheet"))))
	if err != nil {
		return err
	}
	in.Replace, in.Naming = true, plan.Name{Title: sheet.Title, Vision: sheet.Vision}
	for _, n := range sheet.Nodes {
		in.Changes = append(in.Changes, plan.Change{Node: n})
	}
	var p domain.Problems
	p.Check(len(in.Changes) > 0, "sheet", "plan.empty")
	return p.Err()
}

// sheetProblems says what is wrong with which line of a plan that was given as a file, or with which node of it.
func (v *Visit) sheetProblems() {
	v.remember()
	if v.Problem == nil || v.form != "sheet" && v.form != "book" {
		return
	}
	for i, f := range v.Problem.Fields {
		if at, ok := strings.CutPrefix(f.Field, "rows."); ok {
			sheet, row, _ := strings.Cut(at, ".")
			v.Problem.Fields[i] = FieldProblem{"file", v.T("web.plan.sheet.at_row", "sheet", sheet, "row", row, "problem", f.Message)}
		}
		if line, ok := strings.CutPrefix(f.Field, "lines."); ok {
			v.Problem.Fields[i] = FieldProblem{"sheet", v.T("web.plan.sheet.at_line", "line", line, "problem", f.Message)}
		}
		if id, ok := strings.CutPrefix(f.Field, "nodes."); ok {
			id = id[:max(strings.LastIndex(id, "."), 0)]
			field := map[string]string{"sheet": "sheet", "book": "file"}[v.form]
			v.Problem.Fields[i] = FieldProblem{field, v.T("web.plan.sheet.at_node", "id", id, "problem", f.Message)}
		}
	}
}
