package jsonapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"secretariat/domain"
	"secretariat/domain/calendar"
)

// maxBody is the largest JSON request in bytes.
const maxBody = 1 << 20

var (
	timeType = reflect.TypeFor[time.Time]()
	dateType = reflect.TypeFor[calendar.Date]()
)

// bind reads a request into an input struct: JSON members by their json tag, path values by `path`, query values by `query`.
// Every text is put into Unicode NFC, so that a name typed on a Mac is the same name. Every field that is wrong is told at once.
func bind[Req any](_ context.Context, r *http.Request) (any, error) {
	var in Req
	v := reflect.ValueOf(&in).Elem()
	var p domain.Problems
	if r.Method != http.MethodGet && r.Method != http.MethodDelete {
		if err := bindBody(r, v, &p); err != nil {
			return nil, err
		}
	}
	bindNames(r, v, &p)
	normalise(v, &p, "")
	return in, p.Err()
}

func bindBody(r *http.Request, v reflect.Value, p *domain.Problems) error {
	raw, err := readBody(r)
	if err != nil || len(raw) == 0 {
		return err
	}
	members := map[string]json.RawMessage{}
	if err := json.Unmarshal(raw, &members); err != nil {
		return &domain.Error{Code: domain.CodeInvalid, Key: "request.malformed", Err: err}
	}
	for i := range v.NumField() {
		name := jsonName(v.Type().Field(i))
		if value, ok := members[name]; ok && name != "" {
			decodeMember(name, value, v.Field(i), p)
			delete(members, name)
		}
	}
	for name := range members {
		p.Add(name, "field.unknown", nil)
	}
	return nil
}

// readBody takes the body read by the idempotency step where there is one, so that it is read once.
func readBody(r *http.Request) ([]byte, error) {
	raw, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxBody))
	if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
		return nil, &domain.Error{Code: domain.CodeTooLarge, Key: "request.too_large", Args: domain.Args{"max": maxBody}}
	}
	if err != nil {
		return nil, &domain.Error{Code: domain.CodeInvalid, Key: "request.malformed", Err: err}
	}
	r.Body = io.NopCloser(bytes.NewReader(raw))
	raw = bytes.TrimSpace(raw)
	media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if len(raw) > 0 && media != "application/json" {
		return nil, &domain.Error{
			Code: domain.CodeInvalid, Key: "request.media_type", Args: domain.Args{"want": "application/json"},
		}
	}
	return raw, nil
}

func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "-" {
		return ""
	}
	return name
}

func decodeMember(name string, raw json.RawMessage, to reflect.Value, p *domain.Problems) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	err := dec.Decode(to.Addr().Interface())
	if err == nil {
		return
	}
	var wrong *json.UnmarshalTypeError
	field, key := name, "field.type"
	switch {
	case errors.As(err, &wrong) && wrong.Field != "":
		field = name + "." + wrong.Field
	case strings.HasPrefix(err.Error(), "json: unknown field"):
		key = "field.unknown"
	case to.Type() == timeType || to.Type() == reflect.PointerTo(timeType):
		key = "field.time"
	}
	p.Add(field, key, nil)
}

// bindNames fills what the address says: path values and query values.
func bindNames(r *http.Request, v reflect.Value, p *domain.Problems) {
	query := r.URL.Query()
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if name := f.Tag.Get("path"); name != "" {
			setText(v.Field(i), r.PathValue(name), name, p)
		}
		if name := f.Tag.Get("query"); name != "" && query.Has(name) {
			setText(v.Field(i), query.Get(name), name, p)
		}
	}
}

func setText(to reflect.Value, value, name string, p *domain.Problems) {
	switch to.Kind() {
	case reflect.String:
		to.SetString(value)
	case reflect.Int:
		n, err := strconv.Atoi(value)
		p.Check(err == nil, name, "field.type")
		to.SetInt(int64(n))
	case reflect.Bool:
		b, err := strconv.ParseBool(value)
		p.Check(err == nil, name, "field.type")
		to.SetBool(b)
	default:
		t, err := time.Parse(time.RFC3339, value)
		p.Check(err == nil && to.Type() == timeType, name, "field.time")
		if to.Type() == timeType {
			to.Set(reflect.ValueOf(t))
		}
	}
}

// normalise puts every text below v into NFC and checks dates.
func normalise(v reflect.Value, p *domain.Problems, name string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(norm.NFC.String(v.String()))
		if v.Type() == dateType && v.String() != "" {
			p.Check(calendar.Date(v.String()).Valid(), name, "field.date")
		}
	case reflect.Slice:
		for i := range v.Len() {
			normalise(v.Index(i), p, name+"."+strconv.Itoa(i))
		}
	case reflect.Map:
		normaliseMap(v)
	case reflect.Pointer:
		if !v.IsNil() {
			normalise(v.Elem(), p, name)
		}
	case reflect.Struct:
		if v.Type() != timeType {
			normaliseFields(v, p, name)
		}
	}
}

func normaliseFields(v reflect.Value, p *domain.Problems, prefix string) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if !f.IsExported() {
			continue
		}
		name := jsonName(f)
		if prefix != "" {
			name = prefix + "." + name
		}
		normalise(v.Field(i), p, name)
	}
}

func normaliseMap(v reflect.Value) {
	if v.Type().Elem().Kind() != reflect.String {
		return
	}
	for _, k := range v.MapKeys() {
		v.SetMapIndex(k, reflect.ValueOf(norm.NFC.String(v.MapIndex(k).String())).Convert(v.Type().Elem()))
	}
}
