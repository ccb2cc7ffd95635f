package domain

import (
	"errors"
	"strings"
)

// Code classifies an error for callers; transports map it to a status.
type Code string

// The codes. A use case documents which of them it returns.
const (
	CodeInvalid         Code = "invalid"         // the request is malformed; Fields says where
	CodeUnauthenticated Code = "unauthenticated" // nobody is signed in, or the token is not good any more
	CodeForbidden       Code = "forbidden"       // the actor may not do this
	CodeNotFound        Code = "not_found"       // it is not there, or the actor may not know that it is
	CodeConflict        Code = "conflict"        // the state of the thing forbids it (closed, already voted, signed ...)
	CodeStale           Code = "stale"           // somebody else changed it since the caller read it
	CodeRefused         Code = "refused"         // a rule of law or of the charter forbids it; Basis cites it
	CodeTooLarge        Code = "too_large"       // over a stated limit of size or number
	CodeLimited         Code = "rate_limited"    // too many tries; later
	CodeUnavailable     Code = "unavailable"     // a part that is needed does not answer now; later
	CodeInternal        Code = "internal"        // our fault
)

// Args are the named values of a message. They never hold personal data, ballots or scores.
type Args map[string]any

// FieldError says what is wrong with one field of a request.
type FieldError struct {
	Field string `json:"field"` // JSON name, with dots and indices for nested fields
	Key   string `json:"key"`   // message key
	Args  Args   `json:"args,omitempty"`
}

// Error is the one error type. Key and Args are rendered from the message catalogue in the reader's language; Err is the
// private cause, logged and never shown.
type Error struct {
	Code   Code
	Key    string
	Args   Args
	Basis  string // legal source of a refusal, e.g. "위원회조례 10①"
	Fields []FieldError
	Err    error
}

// Error writes code, key and private cause, for logs.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Code))
	b.WriteString(": ")
	b.WriteString(e.Key)
	for _, f := range e.Fields {
		b.WriteString(" " + f.Field + "=" + f.Key)
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap returns the private cause.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is an Error of the same code and key, so that sentinels compare by meaning.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code && t.Key == e.Key
}

// CodeOf reports the code of err: empty for nil, CodeInternal when it carries none.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return CodeInternal
}

// KeyOf reports the message key of err, empty when it carries none.
func KeyOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Key
	}
	return ""
}

// Conflict says that the state of a thing forbids the act.
func Conflict(key string, args Args) *Error { return &Error{Code: CodeConflict, Key: key, Args: args} }

// Refused says that a rule forbids the act; basis cites the rule.
func Refused(key, basis string, args Args) *Error {
	return &Error{Code: CodeRefused, Key: key, Basis: basis, Args: args}
}

// NotFound says that a thing of this kind ("meeting", "item" ...) is not there for the actor.
func NotFound(kind string) *Error {
	return &Error{Code: CodeNotFound, Key: "not_found." + kind}
}

// Forbidden says that the actor may not do it; rule and basis come from the access decision.
func Forbidden(rule, basis string) *Error {
	return &Error{Code: CodeForbidden, Key: "forbidden", Basis: basis, Args: Args{"rule": rule}}
}

// Stale says that the version the caller read is not the present one.
func Stale() *Error { return &Error{Code: CodeStale, Key: "stale"} }

// Problems collects field errors so that a request is told everything that is wrong with it at once.
type Problems struct{ fields []FieldError }

// Add notes that field is wrong for the reason key.
func (p *Problems) Add(field, key string, args Args) {
	p.fields = append(p.fields, FieldError{Field: field, Key: key, Args: args})
}

// Check notes the problem unless ok.
func (p *Problems) Check(ok bool, field, key string) {
	if !ok {
		p.Add(field, key, nil)
	}
}

// Within takes over the problems of a part of the request, which lies under the path at.
func (p *Problems) Within(at string, part Problems) {
	for _, f := range part.fields {
		p.Add(at+"."+f.Field, f.Key, f.Args)
	}
}

// Merge takes over the problems of another check of the same request.
func (p *Problems) Merge(err error) {
	var e *Error
	if errors.As(err, &e) {
		p.fields = append(p.fields, e.Fields...)
	}
}

// All are the problems noted so far.
func (p *Problems) All() []FieldError { return p.fields }

// Err is nil when nothing was noted, else one CodeInvalid error with every field.
func (p *Problems) Err() error {
	if len(p.fields) == 0 {
		return nil
	}
	return &Error{Code: CodeInvalid, Key: "invalid", Fields: p.fields}
}
