package web

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"secretariat/domain"
	"secretariat/transport/catalogue"
)

// TestEveryFormIsSoundWhenItIsRefused refuses each form of each page with something wrong in every field of it: what is typed
// stays, and the summary of what is wrong leads to the fields.
func TestEveryFormIsSoundWhenItIsRefused(t *testing.T) {
	s, set := stage(t)
	known, all := readCodes(t), models(set)
	checked := 0
	for _, name := range slices.Sorted(maps.Keys(s.views)) {
		done := map[string]bool{}
		for seed := fluent; seed < seeds; seed++ {
			for _, defect := range refuseEach(t, s, name, modelOf(s, known, all[name], seed), known, done) {
				t.Errorf("%s, seed %d: %s", name, seed, defect)
			}
		}
		checked += len(done)
	}
	if checked < 80 {
		t.Errorf("only %d forms were found", checked)
	}
}

// refuseEach refuses the forms of a page of which none of the kind is done, and tells what is wrong then.
func refuseEach(t *testing.T, s *Site, name string, model any, known codes, done map[string]bool) []string {
	t.Helper()
	ids := map[domain.ID]bool{"": true}
	if model != nil {
		idsIn(reflect.ValueOf(model), ids)
	}
	by := guests(slices.Collect(maps.Keys(ids)))["everything"]
	var found []string
	for id, typed := range formsIn(t, s, visitFor(s, by, catalogue.Korean), name, model) {
		kind := numbers.ReplaceAllString(id, "n")
		if done[kind] {
			continue
		}
		done[kind] = true
		v := visitFor(s, by, catalogue.Korean)
		v.form, v.sent, v.Problem = id, typed, &Problem{Status: http.StatusUnprocessableEntity, Message: longText}
		for field := range typed {
			v.Problem.Fields = append(v.Problem.Fields, FieldProblem{field, longText})
		}
		page := rendered(t, s, v, name, model)
		for _, defect := range append(defects(s, page, known, false, catalogue.Korean), lost(page, id, typed)...) {
			found = append(found, "form "+id+": "+defect)
		}
		v.sent = url.Values{formField: {id}} // nothing typed, nothing ticked
		for _, defect := range lost(rendered(t, s, v, name, model), id, url.Values{}) {
			found = append(found, "form "+id+": "+defect)
		}
	}
	return found
}

func rendered(t *testing.T, s *Site, v *Visit, name string, model any) string {
	t.Helper()
	var out bytes.Buffer
	if err := s.render(&out, v, name, model); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return out.String()
}

// formsIn are the forms of a page by their id, with something typed into each of their fields.
func formsIn(t *testing.T, s *Site, v *Visit, name string, model any) map[string]url.Values {
	t.Helper()
	out := map[string]url.Values{}
	for id, form := range formNodes(rendered(t, s, v, name, model)) {
		out[id] = url.Values{}
		for n := range controls(form) {
			choose(out[id], n)
		}
	}
	return out
}

// formNodes are the forms of a page that are sent with what was typed into them.
func formNodes(page string) map[string]*html.Node {
	out := map[string]*html.Node{}
	tree, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return out
	}
	for n := range tree.Descendants() {
		if n.Data != "form" || attr(n, "method") != "post" {
			continue
		}
		for c := range n.Descendants() {
			if attr(c, "name") == formField {
				out[attr(c, "value")] = n
			}
		}
	}
	return out
}

// controls are what somebody types into or chooses from.
func controls(form *html.Node) func(func(*html.Node) bool) {
	return func(yield func(*html.Node) bool) {
		for n := range form.Descendants() {
			control := n.Data == "select" || n.Data == "textarea" ||
				n.Data == "input" && !slices.Contains([]string{"hidden", "file", "password", "submit"}, attr(n, "type"))
			if control && attr(n, "name") != "" && !yield(n) {
				return
			}
		}
	}
}

// choose types into a field, or makes its last choice.
func choose(to url.Values, n *html.Node) {
	switch kind := attr(n, "type"); {
	case n.Data == "select":
		to.Set(attr(n, "name"), last(n))
	case kind == "radio" || kind == "checkbox":
		to.Set(attr(n, "name"), attr(n, "value"))
	default:
		to.Set(attr(n, "name"), "2027-01-02")
	}
}

func last(choices *html.Node) string {
	value := ""
	for n := range choices.Descendants() {
		if n.Data == "option" {
			value = attr(n, "value")
		}
	}
	return value
}

// lost are the fields of a refused form that do not hold any more what was typed.
func lost(page, id string, typed url.Values) []string {
	form := formNodes(page)[id]
	if form == nil {
		return []string{"it is gone"}
	}
	var out []string
	for n := range controls(form) {
		if name, want := attr(n, "name"), typed.Get(attr(n, "name")); !keeps(n, want) {
			out = append(out, fmt.Sprintf("<%s type=%q name=%q> lost %q", n.Data, attr(n, "type"), name, want))
		}
	}
	return out
}

func keeps(n *html.Node, want string) bool {
	switch kind := attr(n, "type"); {
	case n.Data == "select":
		for o := range n.Descendants() {
			if _, chosen := given(o, "selected"); chosen {
				return attr(o, "value") == want
			}
		}
		return want == "" || want == first(n)
	case attr(n, "name") == "choice": // a vote is not shown again to who looks over a shoulder
		return true
	case kind == "radio" || kind == "checkbox":
		_, checked := given(n, "checked")
		return checked == (attr(n, "value") == want)
	case n.Data == "textarea":
		return strings.TrimSpace(words(n)) == want
	}
	return attr(n, "value") == want
}

func first(choices *html.Node) string {
	for n := range choices.Descendants() {
		if n.Data == "option" {
			return attr(n, "value")
		}
	}
	return ""
}
