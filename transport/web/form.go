package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/service"
	"secretariat/transport/edge"
	"secretariat/transport/endpoint"
)

// Problem is a refusal in the visitor's words.
type Problem struct {
	Status  int
	Message string
	Basis   string
	Fields  []FieldProblem
	Request string // its id, for those who look into it
}

// FieldProblem says what is wrong with one field.
type FieldProblem struct{ Field, Message string }

func (v *Visit) problem(e *domain.Error) *Problem {
	p := &Problem{
		Status: edge.StatusOf(e), Message: v.Say(e.Key, e.Args), Basis: e.Basis, Request: endpoint.RequestFrom(v.ctx()).ID,
	}
	for _, f := range e.Fields {
		p.Fields = append(p.Fields, FieldProblem{f.Field, v.Say(f.Key, f.Args)})
	}
	return p
}

// Limits of a form. A browser writes a syllable in nine bytes: the minutes of a long day are 2 MB and more.
const (
	maxForm = 4 << 20     // bytes
	maxKept = 2 * maxForm // of a form that carries a kept one
	maxRows = 2000        // of a repeated group of fields
)

// limitOf is how large a form may be. Those of signing in and of the second factor may carry one that was kept, sealed.
func limitOf(r *http.Request) int64 {
	if strings.HasPrefix(r.URL.Path, "/sign-in") || strings.HasPrefix(r.URL.Path, "/account/second-factor") {
		return maxKept
	}
	return maxForm
}

// Names of the fields that every form has beside its own.
const (
	keyField  = "_key"  // idempotency key
	formField = "_form" // id of the form on its page
	fromField = "_from" // page that it stands on, shown again when it is refused
)

type fromKey struct{}

type refusedKey struct{}

// refused is a form that was not accepted.
type refused struct {
	err  *domain.Error
	sent url.Values
}

// act adds a form: its fields are read into the input by the names that the JSON API uses, and what the operation
// answers decides which page comes next. A form that is refused is shown again with everything that was typed.
func act[Req, Resp any](
	s *Site, pattern string, e endpoint.Endpoint[Req, Resp], next func(v *Visit, in Req, out Resp) string,
) {
	actWith(s, pattern, e, func(*Visit, *Req) error { return nil }, next)
}

// actWith is act for a form that leaves out what the site can find by itself; complete adds it.
func actWith[Req, Resp any](
	s *Site, pattern string, e endpoint.Endpoint[Req, Resp], complete func(*Visit, *Req) error,
	next func(v *Visit, in Req, out Resp) string,
) {
	s.routes = append(s.routes, Route{Method: http.MethodPost, Pattern: pattern, Op: e.Op()})
	s.mux.HandleFunc("POST "+pattern, func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r)
		in, err := readForm[Req](w, r)
		if other := v.sender(); other != nil {
			err = other
		}
		if err == nil {
			err = complete(v, &in)
		}
		if err == nil {
			var out Resp
			if out, err = e.Call(withKey(v.ctx(), r), in); err == nil {
				http.Redirect(w, r, next(v, in, out), http.StatusSeeOther)
				return
			}
		}
		s.refuse(v, w, err)
	})
}

// withKey puts the form's idempotency key on the context. The digest leaves the fields out: a ballot could be guessed
// from it, and the page gives every form a key of its own.
func withKey(ctx context.Context, r *http.Request) context.Context {
	key := r.PostForm.Get(keyField)
	if key == "" || len(key) > 200 {
		return ctx
	}
	sum := sha256.Sum256([]byte(r.Method + " " + r.URL.Path))
	return service.WithOnce(ctx, key, hex.EncodeToString(sum[:]))
}

// again shows the page that the form stands on with what was typed and what is wrong with it.
func (s *Site) again(v *Visit, w http.ResponseWriter, err error) {
	var e *domain.Error
	if !errors.As(err, &e) {
		e = &domain.Error{Code: domain.CodeInternal, Key: "internal", Err: err}
	}
	from, perr := url.Parse(local(v.r.PostForm.Get(fromField)))
	if perr != nil || from.Path == "/" {
		s.fail(v, w, e)
		return
	}
	if overtaken(e) && comparable(v.r) && s.overtake(v, w, from, e) {
		return
	}
	ctx := context.WithValue(v.ctx(), refusedKey{}, refused{e, v.r.PostForm})
	s.mux.ServeHTTP(w, readAgain(v.r, ctx, from))
}

// readAgain is the request for the page that a form stands on.
func readAgain(r *http.Request, ctx context.Context, from *url.URL) *http.Request {
	page := r.Clone(context.WithValue(ctx, fromKey{}, from.RequestURI()))
	page.Method, page.URL, page.Body, page.PostForm, page.Form = http.MethodGet, from, http.NoBody, nil, nil
	page.RequestURI = from.RequestURI()
	return page
}

// remember puts a refused form on the visit that shows its page again.
func (v *Visit) remember() {
	if sent, ok := v.ctx().Value(resumedKey{}).(url.Values); ok {
		v.sent, v.form, v.resumed = sent, sent.Get(formField), true
	}
	if r, ok := v.ctx().Value(refusedKey{}).(refused); ok && v.Problem == nil {
		v.Problem, v.sent, v.form = v.problem(r.err), r.sent, r.sent.Get(formField)
		v.status = v.Problem.Status
	}
}

// Was is what a field of a form holds: what was typed when the form was refused, else the value given.
func (v *Visit) Was(form, field string, value any) string {
	if v.sent != nil && v.form == form {
		return v.sent.Get(field)
	}
	return text(value)
}

// Ticked reports whether a box of a form is ticked: as it was sent when the form was refused, else as it is stored.
func (v *Visit) Ticked(form, field string, value any, stored any) bool {
	if v.sent != nil && v.form == form {
		return slices.Contains(v.sent[field], text(value))
	}
	ticked, _ := stored.(bool)
	return ticked
}

func text(value any) string {
	switch x := value.(type) {
	case nil:
		return ""
	case string:
		return x
	case int:
		return strconv.Itoa(x)
	}
	v := reflect.ValueOf(value)
	if v.Kind() == reflect.String {
		return v.String()
	}
	return ""
}

// Sent is the id of the form that was refused, empty when none was.
func (v *Visit) Sent() string { return v.form }

// Wrong is what is wrong with a field of a form, empty when nothing is.
func (v *Visit) Wrong(form, field string) string {
	if v.Problem == nil || v.form != form {
		return ""
	}
	for _, f := range v.Problem.Fields {
		if f.Field == field {
			return f.Message
		}
	}
	return ""
}

// readForm reads a form into an input.
func readForm[Req any](w http.ResponseWriter, r *http.Request) (Req, error) {
	var in Req
	if err := parseSent(w, r); err != nil {
		return in, err
	}
	var p domain.Problems
	readAddress(r, reflect.ValueOf(&in).Elem(), &p)
	reader{r.PostForm, &p}.object(reflect.ValueOf(&in).Elem(), "")
	return in, p.Err()
}

// readAddress fills the fields that the path names.
func readAddress(r *http.Request, v reflect.Value, p *domain.Problems) {
	for i := range v.NumField() {
		if name := v.Type().Field(i).Tag.Get("path"); name != "" {
			edge.SetText(v.Field(i), r.PathValue(name), name, p)
		}
	}
}

// reader reads the fields of a form, whose names are those of JSON joined with dots: plan.startsAt, votes.2.choice.
type reader struct {
	sent     url.Values
	problems *domain.Problems
}

func (f reader) object(to reflect.Value, at string) {
	for _, field := range edge.Fields(to.Type()) {
		name := join(at, field.Name)
		if f.has(name) {
			f.value(edge.Into(to, field.Index), name)
		}
	}
}

// has reports whether a field, or one below it, was sent.
func (f reader) has(name string) bool {
	if _, ok := f.sent[name]; ok {
		return true
	}
	for sent := range f.sent {
		if strings.HasPrefix(sent, name+".") {
			return true
		}
	}
	return false
}

func (f reader) value(to reflect.Value, name string) {
	switch {
	case to.Kind() == reflect.Pointer:
		if f.sent.Get(name) == "" && to.Type().Elem().Kind() != reflect.Struct || f.empty(name) {
			return
		}
		v := reflect.New(to.Type().Elem())
		f.value(v.Elem(), name)
		to.Set(v)
	case to.Type() == edge.TimeType:
		f.instant(to, name)
	case to.Kind() == reflect.Struct:
		f.object(to, name)
	case to.Kind() == reflect.Slice:
		f.list(to, name)
	case to.Kind() == reflect.Map:
		f.dictionary(to, name)
	case (to.Kind() == reflect.Int || to.Kind() == reflect.Int64) && f.sent.Get(name) == "":
	default:
		edge.SetText(to, unbroken(f.sent.Get(name)), name, f.problems)
	}
}

// empty reports whether nothing was given under a name.
func (f reader) empty(name string) bool {
	for sent, values := range f.sent {
		if (sent == name || strings.HasPrefix(sent, name+".")) && strings.Join(values, "") != "" {
			return false
		}
	}
	return true
}

// unbroken has the line ends that everything else has; browsers send CR LF.
func unbroken(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// instant reads date and time as a browser gives them, which in this service is Seoul time.
func (f reader) instant(to reflect.Value, name string) {
	given := f.sent.Get(name)
	if given == "" {
		return
	}
	at, err := time.ParseInLocation(localTime, given, calendar.Seoul)
	if err != nil {
		edge.SetTime(to, given, name, f.problems)
		return
	}
	to.Set(reflect.ValueOf(at.UTC()))
}

// list reads texts, one a line or one a field, or groups of fields numbered from 0.
func (f reader) list(to reflect.Value, name string) {
	if to.Type().Elem().Kind() == reflect.Struct {
		f.groups(to, name)
		return
	}
	for _, sent := range f.sent[name] {
		for line := range strings.Lines(unbroken(sent)) {
			if line = strings.TrimSpace(line); line != "" {
				entry := reflect.New(to.Type().Elem()).Elem()
				edge.SetText(entry, line, name, f.problems)
				to.Set(reflect.Append(to, entry))
			}
		}
	}
}

// groups reads numbered groups; one that is left empty is passed over.
func (f reader) groups(to reflect.Value, name string) {
	for n := range maxRows {
		at := join(name, strconv.Itoa(n))
		if !f.has(at) {
			return
		}
		if f.empty(at) {
			continue
		}
		entry := reflect.New(to.Type().Elem()).Elem()
		f.object(entry, at)
		to.Set(reflect.Append(to, entry))
	}
}

func (f reader) dictionary(to reflect.Value, name string) {
	to.Set(reflect.MakeMap(to.Type()))
	for sent := range f.sent {
		if key, ok := strings.CutPrefix(sent, name+"."); ok {
			entry := reflect.New(to.Type().Elem()).Elem()
			edge.SetText(entry, unbroken(f.sent.Get(sent)), sent, f.problems)
			to.SetMapIndex(reflect.ValueOf(key).Convert(to.Type().Key()), entry)
		}
	}
}

func join(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}
