package jsonapi_test

import (
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	kit "github.com/go-kit/kit/endpoint"

	"secretariat/domain/access"
	"secretariat/transport/endpoint"
	"secretariat/transport/jsonapi"
)

// bare is the set without services and without anything round an operation.
func bare() endpoint.Set {
	return endpoint.NewSet(endpoint.Services{}, func(string) kit.Middleware {
		return func(next kit.Endpoint) kit.Endpoint { return next }
	})
}

// opsOf lists the operations of a set by the name of their field.
func opsOf(v reflect.Value, prefix string) map[string]string {
	out := map[string]string{}
	for i := range v.NumField() {
		name := prefix + v.Type().Field(i).Name
		if e, ok := v.Field(i).Interface().(interface{ Op() string }); ok {
			out[name] = e.Op()
			continue
		}
		for k, op := range opsOf(v.Field(i), name+".") {
			out[k] = op
		}
	}
	return out
}

// notForPeople are the rules of acts that only processes do, and of parts of other operations, with what they are for.
var notForPeople = map[string]string{
	"booklet.stand":      "the workflow asks where a booklet stands",
	"booklet.bind":       "the workflow binds booklets",
	"booklet.drop":       "the workflow throws booklets away",
	"selection.send":     "the workflow sends letters",
	"review.send":        "the workflow sends letters",
	"task.send":          "the workflow sends letters",
	"plan.end":           "the workflow ends a plan whose time is over",
	"call.close":         "the workflow closes at the time",
	"consultation.close": "the workflow closes at the time",
	"consultation.send":  "the workflow sends letters",
	"survey.close":       "the workflow closes at the time",
	"survey.send":        "the workflow sends letters",
	"committee.person":   "the personal part of committee.show",
	"document.file":      "the workflow files documents",
	"duty.sweep":         "the workflow sweeps every day",
	"incident.record":    "workflows record what failed",
	"notice.send":        "the workflow sends letters",
	"invitation.send":    "a loop of the server mails the links",
}

func TestEveryOperationHasARouteAndARule(t *testing.T) {
	routed := map[string]string{}
	for _, r := range jsonapi.Routes(bare()) {
		if other, twice := routed[r.Op]; twice {
			t.Errorf("%s has two routes: %s and %s", r.Op, other, r.Path)
		}
		routed[r.Op] = r.Path
	}
	rules := access.Actions()
	ops := opsOf(reflect.ValueOf(bare()), "")
	for field, op := range ops {
		if routed[op] == "" {
			t.Errorf("Set.%s (%s) has no route", field, op)
		}
		delete(routed, op)
		if !slices.Contains(rules, op) {
			t.Errorf("%s has no rule", op)
		}
	}
	for op, path := range routed {
		t.Errorf("the route %s (%s) is not of the set", path, op)
	}
	for _, rule := range rules {
		offered := slices.ContainsFunc(slices.Collect(maps.Values(ops)), func(op string) bool { return op == rule })
		if _, known := notForPeople[rule]; offered == known {
			t.Errorf("the rule of %s: offered to people: %v", rule, offered)
		}
	}
}

var placeholder = regexp.MustCompile(`\{(\w+)\}`)

func TestEveryPathNamesWhatItsInputTakes(t *testing.T) {
	for _, r := range jsonapi.Routes(bare()) {
		var inPath, taken []string
		for _, m := range placeholder.FindAllStringSubmatch(r.Path, -1) {
			inPath = append(inPath, m[1])
		}
		for i := range r.Input().NumField() {
			f := r.Input().Field(i)
			if name := f.Tag.Get("path"); name != "" {
				taken = append(taken, name)
			}
			if f.Tag.Get("query") != "" && r.Method != "GET" && r.Method != "DELETE" {
				t.Errorf("%s: %s takes %s from the address", r.Op, r.Method, f.Name)
			}
			fromAddress := f.Tag.Get("path")+f.Tag.Get("query") != ""
			if fromAddress && f.Tag.Get("json") != "-" {
				t.Errorf("%s: %s is taken from the address and from the body", r.Op, f.Name)
			}
		}
		if !slices.Equal(inPath, taken) {
			t.Errorf("%s: the path names %v, the input takes %v", r.Op, inPath, taken)
		}
		if r.Method == "GET" && takesJSON(r.Input()) {
			t.Errorf("%s: a GET has no body", r.Op)
		}
	}
}

func takesJSON(t reflect.Type) bool {
	for i := range t.NumField() {
		if t.Field(i).Tag.Get("json") != "-" {
			return true
		}
	}
	return false
}

func TestEveryRouteIsNamedInBothLanguages(t *testing.T) {
	for _, r := range jsonapi.Routes(bare()) {
		if !strings.ContainsFunc(r.Ko, func(c rune) bool { return unicode.Is(unicode.Hangul, c) }) {
			t.Errorf("%s: %q is not Korean", r.Op, r.Ko)
		}
		if r.En == "" || strings.ContainsFunc(r.En, func(c rune) bool { return c > unicode.MaxASCII }) {
			t.Errorf("%s: %q is not English", r.Op, r.En)
		}
	}
}
