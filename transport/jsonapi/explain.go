package jsonapi

import (
	"html/template"
	"net/http"

	"secretariat/domain"
	"secretariat/transport/edge"
)

// page explains a code to people in both languages. It is what the type of a problem points to.
var page = template.Must(template.New("problem").Parse(`<!doctype html>
<html lang="ko">
<meta charset="utf-8">
<title>{{.Code}}</title>
<h1>{{.Code}}</h1>
<p>{{.Messages.Ko}}</p>
<p lang="en">{{.Messages.En}}</p>
</html>
`))

func (a *API) explain(w http.ResponseWriter, r *http.Request) {
	code := domain.Code(r.PathValue("code"))
	if _, known := edge.Statuses[code]; !known {
		a.fail(w, r, &domain.Error{Code: domain.CodeNotFound, Key: "request.no_route"})
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_ = page.Execute(w, Problem{Code: code, Messages: a.problems.both("problem."+string(code), nil)})
}
