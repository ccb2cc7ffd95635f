package web

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"

	"secretariat/transport/endpoint"
)

//go:embed templates
var templates embed.FS

// views are the templates of the pages by name, each with the frame and the parts that all share.
type views map[string]*template.Template

// parse reads the templates: files in templates/parts are shared, every other one is a page.
func parse() (views, error) {
	shared, err := template.New("frame").Option("missingkey=error").Funcs(functions).
		ParseFS(templates, "templates/parts/*.html")
	if err != nil {
		return nil, err
	}
	pages, err := fs.Glob(templates, "templates/*.html")
	if err != nil {
		return nil, err
	}
	out := views{}
	for _, file := range pages {
		t, err := shared.Clone()
		if err == nil {
			t, err = t.ParseFS(templates, file)
		}
		if err != nil {
			return nil, err
		}
		out[strings.TrimSuffix(path.Base(file), ".html")] = t
	}
	return out, nil
}

// functions of the templates beside the methods of the visit.
var functions = template.FuncMap{
	"dict":      dict,
	"asset":     asset,
	"gathering": gathers,
	"some":      func(n *int) bool { return n != nil && *n > 0 },
	"number":    func(i int) int { return i + 1 },
	"lines":     func(s string) []string { return strings.Split(strings.TrimSpace(s), "\n") },
}

var errDict = errors.New("dict takes names and values in turn")

// dict puts named values together for a part.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, errDict
	}
	out := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, errDict
		}
		out[name] = pairs[i+1]
	}
	if _, field := out["Name"]; field {
		for _, name := range optional {
			if _, given := out[name]; !given {
				out[name] = nil
			}
		}
	}
	return out, nil
}

// optional is what a field of a form may go without.
var optional = []string{"Type", "Value", "Hint", "Required", "Auto", "Rows", "Empty", "Checked"}

// Shown is what a template gets: the visit and the page's view-model.
type Shown struct {
	V *Visit
	P any
}

// show writes a page. It is made whole before the first byte goes out, so that an error is not half a page.
func (s *Site) show(v *Visit, w http.ResponseWriter, name string, model any) {
	v.remember()
	var out bytes.Buffer
	if err := s.render(&out, v, name, model); err != nil {
		s.log.ErrorContext(v.ctx(), "page failed", "template", name, "cause", err.Error(),
			"request", endpoint.RequestFrom(v.ctx()).ID)
		http.Error(w, v.T("internal"), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", string(v.Lang))
	h.Set("Vary", "Cookie")
	if v.refresh > 0 {
		h.Set("Refresh", strconv.Itoa(v.refresh))
	}
	w.WriteHeader(v.status)
	_, _ = out.WriteTo(w) // a reader who is gone needs no answer
}

func (s *Site) render(out *bytes.Buffer, v *Visit, name string, model any) error {
	t, ok := s.views[name]
	if !ok {
		return fmt.Errorf("there is no template %s", name)
	}
	return t.ExecuteTemplate(out, "frame", Shown{v, model})
}
