package jsonapi

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"secretariat/domain"
	"secretariat/transport/catalogue"
	"secretariat/transport/edge"
	"secretariat/transport/endpoint"
)

// Problem is an error answer (RFC 9457) in the reader's language, with both languages beside it.
type Problem struct {
	Type     string         `json:"type"` // a page that explains the code
	Title    string         `json:"title"`
	Status   int            `json:"status"`
	Instance string         `json:"instance,omitempty"` // id of the request, for those who look into it
	Code     domain.Code    `json:"code"`
	Key      string         `json:"key"`
	Basis    string         `json:"basis,omitempty"` // legal source of a refusal
	Args     domain.Args    `json:"args,omitempty"`
	Messages Both           `json:"messages"`
	Errors   []FieldProblem `json:"errors,omitempty"`
}

// Both is a text in both languages.
type Both struct {
	Ko string `json:"ko"`
	En string `json:"en"`
}

// FieldProblem says what is wrong with one field.
type FieldProblem struct {
	Field    string `json:"field"`
	Key      string `json:"key"`
	Message  string `json:"message"`
	Messages Both   `json:"messages"`
}

// Limits of what a problem repeats of a request.
const (
	maxProblems  = 100 // fields named
	maxFieldName = 200 // characters
)

type problems struct{ messages *catalogue.Catalogue }

// encode writes err as problem+json. What is not ours is "internal" and says nothing of its cause.
func (p problems) encode(ctx context.Context, err error, w http.ResponseWriter) {
	var e *domain.Error
	if !errors.As(err, &e) {
		e = &domain.Error{Code: domain.CodeInternal, Key: "internal"}
	}
	w.Header().Set("Content-Language", string(langFrom(ctx)))
	p.write(w, edge.StatusOf(e), p.problem(ctx, e))
}

func (p problems) write(w http.ResponseWriter, status int, body Problem) {
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Set("Cache-Control", "no-store")
	switch status {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		h.Set("Retry-After", "5")
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", `Bearer realm="secretariat"`)
	}
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a reader who is gone needs no answer
}

func (p problems) problem(ctx context.Context, e *domain.Error) Problem {
	lang := langFrom(ctx)
	out := Problem{
		Type: "/problems/" + string(e.Code), Title: p.messages.Render(lang, e.Key, e.Args), Status: edge.StatusOf(e),
		Instance: endpoint.RequestFrom(ctx).ID, Code: e.Code, Key: e.Key, Basis: e.Basis, Args: e.Args,
		Messages: p.both(e.Key, e.Args),
	}
	for _, f := range e.Fields[:min(len(e.Fields), maxProblems)] {
		out.Errors = append(out.Errors, FieldProblem{
			Field: clip(f.Field), Key: f.Key, Message: p.messages.Render(lang, f.Key, f.Args), Messages: p.both(f.Key, f.Args),
		})
	}
	return out
}

// clip shortens the name of a field, which for an unknown one is whatever somebody sent.
func clip(name string) string {
	runes := []rune(name)
	return string(runes[:min(len(runes), maxFieldName)])
}

func (p problems) both(key string, args domain.Args) Both {
	return Both{
		Ko: p.messages.Render(catalogue.Korean, key, args), En: p.messages.Render(catalogue.English, key, args),
	}
}

type langKey struct{}

func langFrom(ctx context.Context) catalogue.Lang {
	if l, ok := ctx.Value(langKey{}).(catalogue.Lang); ok {
		return l
	}
	return catalogue.Korean
}
