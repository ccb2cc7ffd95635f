package web

import (
	"bytes"
	"io"
	"net/http"
	"strconv"

	"secretariat/domain"
	"secretariat/domain/plan"
	"secretariat/service/planning"
	"secretariat/transport/edge"
	"secretariat/transport/plansheet"
)

// bookMedia is the type of a workbook.
const bookMedia = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// bookFile is the plan as a workbook.
func bookFile(p planning.View) edge.File {
	raw, err := plansheet.WriteBook(sheetFrom(p))
	if err != nil {
		raw = nil // a plan that the rules of the ledger let stand can be written
	}
	return edge.File{Name: p.Plan.Title + ".xlsx", Media: bookMedia, Size: int64(len(raw)), Content: io.NopCloser(bytes.NewReader(raw))}
}

// bookForm adds the form that gives a whole plan back as a workbook: first its fields, then the file.
func (s *Site) bookForm() {
	const pattern = "/plans/{plan}/workbook"
	s.routes = append(s.routes, Route{http.MethodPost, pattern, s.set.RevisePlan.Op()})
	s.mux.HandleFunc("POST "+pattern, func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r)
		in, err := readBook(r)
		v.r.PostForm = r.PostForm
		if other := v.sender(); other != nil {
			err = other
		}
		if err == nil {
			_, err = s.set.RevisePlan.Call(paperKey(v.ctx(), r), in)
		}
		if err != nil {
			s.refuse(v, w, err)
			return
		}
		http.Redirect(w, r, planPath(in.Plan, "", "plan_imported"), http.StatusSeeOther)
	})
}

// readBook reads the fields and the workbook. Nothing is taken over while any row of it is wrong.
func readBook(r *http.Request) (planning.ReviseInput, error) {
	in := planning.ReviseInput{Plan: domain.ID(r.PathValue("plan")), Replace: true}
	part, err := untilFile(r)
	if err != nil {
		return in, err
	}
	in.Kind, in.Basis, in.Reason = plan.ChangeKind(r.PostForm.Get("kind")), r.PostForm.Get("basis"), r.PostForm.Get("reason")
	if in.After, err = strconv.Atoi(r.PostForm.Get("after")); err != nil {
		return in, &domain.Error{Code: domain.CodeInvalid, Key: "request.form", Err: err}
	}
	raw, err := io.ReadAll(io.LimitReader(part, plansheet.MaxBytes+1))
	if err != nil {
		return in, &domain.Error{Code: domain.CodeInvalid, Key: "request.form", Err: err}
	}
	var p domain.Problems
	if p.Check(len(raw) > 0, "file", "field.required"); p.Err() != nil {
		return in, p.Err()
	}
	sheet, err := plansheet.ReadBook(raw)
	in.Naming = plan.Name{Title: sheet.Title, Vision: sheet.Vision}
	for _, n := range sheet.Nodes {
		in.Changes = append(in.Changes, plan.Change{Node: n})
	}
	return in, err
}
