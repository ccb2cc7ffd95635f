package jsonapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strings"

	"secretariat/domain"
	"secretariat/transport/edge"
)

// maxBody is the largest JSON request in bytes.
const maxBody = 1 << 20

// bind reads a request into an input struct: JSON members by their json tag, path values by `path`, query values by
// `query`, and the bearer token itself into the field tagged `bearer`. Everything that is wrong is told at once,
// unknown names included.
func bind[Req any](_ context.Context, r *http.Request) (any, error) {
	var in Req
	v := reflect.ValueOf(&in).Elem()
	var p domain.Problems
	if takesBody(r.Method) {
		if err := bindBody(r, v, &p); err != nil {
			return nil, err
		}
	}
	if err := bindAddress(r, v, &p); err != nil {
		return nil, err
	}
	return in, p.Err()
}

func takesBody(method string) bool { return method == http.MethodPost || method == http.MethodPatch }

func bindBody(r *http.Request, v reflect.Value, p *domain.Problems) error {
	raw, err := readBody(r)
	if err != nil || len(raw) == 0 {
		return err
	}
	if raw[0] != '{' || !json.Valid(raw) {
		return malformed(nil)
	}
	decoder{p}.value(raw, v, "")
	return nil
}

func malformed(cause error) error {
	return &domain.Error{Code: domain.CodeInvalid, Key: "request.malformed", Err: cause}
}

func slow(cause error) error {
	return &domain.Error{Code: domain.CodeInvalid, Key: "request.slow", Err: cause}
}

func wrongMedia(want string) error {
	return &domain.Error{Code: domain.CodeInvalid, Key: "request.media_type", Args: domain.Args{"want": want}}
}

// readBody reads the whole body and puts it back, since the idempotency step reads it too.
func readBody(r *http.Request) ([]byte, error) {
	raw, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxBody))
	if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
		return nil, &domain.Error{Code: domain.CodeTooLarge, Key: "request.too_large", Args: domain.Args{"max": maxBody}}
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return nil, slow(err)
	}
	if err != nil {
		return nil, malformed(err)
	}
	r.Body = io.NopCloser(bytes.NewReader(raw))
	raw = bytes.TrimSpace(raw)
	if len(raw) > 0 && !isJSON(r.Header.Get("Content-Type")) {
		return nil, wrongMedia("application/json")
	}
	return raw, nil
}

// isJSON reports whether a Content-Type is JSON, which is UTF-8 (RFC 8259 8.1).
func isJSON(header string) bool {
	media, params, err := mime.ParseMediaType(header)
	charset := strings.ToLower(params["charset"])
	return err == nil && media == "application/json" && (charset == "" || charset == "utf-8")
}

// bindAddress fills what the address says: path values and query values.
func bindAddress(r *http.Request, v reflect.Value, p *domain.Problems) error {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return malformed(err)
	}
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag
		if name := tag.Get("path"); name != "" {
			edge.SetText(v.Field(i), r.PathValue(name), name, p)
		}
		if _, ok := tag.Lookup("bearer"); ok {
			v.Field(i).SetString(bearer(r))
		}
		if name := tag.Get("query"); query.Has(name) {
			bindQuery(v.Field(i), query[name], name, p)
			delete(query, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		p.Add(name, "field.unknown", nil)
	}
	return nil
}

func bindQuery(to reflect.Value, values []string, name string, p *domain.Problems) {
	if len(values) > 1 {
		p.Add(name, "field.duplicate", nil)
		return
	}
	edge.SetText(to, values[0], name, p)
}
