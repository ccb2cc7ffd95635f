package jsonapi

import (
	"encoding/json"
	"net/http"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"secretariat/service"
	"secretariat/transport/catalogue"
	"secretariat/transport/edge"
)

type object = map[string]any

// The document in the repository is written anew by this, so that every change of the API is seen as one.
//
//go:generate go test -run TestTheDocumentIsTheOneInTheRepository -update

// Document is the OpenAPI 3.1 document of the routes, made from the Go types that serve them, so that it cannot drift.
func Document(routes []Route, words *catalogue.Catalogue) ([]byte, error) {
	s := newSchemas(words)
	paths := object{}
	for _, r := range routes {
		path := Base + r.Path
		at, ok := paths[path].(object)
		if !ok {
			at = object{}
			paths[path] = at
		}
		at[strings.ToLower(r.Method)] = s.operation(r)
	}
	return json.MarshalIndent(object{
		"openapi": "3.1.0",
		"info": object{
			"title": "위원회 간사 시스템 API (Committee secretariat API)", "version": "1",
			"description": "POST에는 Idempotency-Key 머리글이 필요하다. 같은 키로 다시 보내면 같은 답을 받고 두 번 처리되지 않는다. " +
				"오류는 RFC 9457 problem+json이며 한국어와 영어 문장이 함께 온다.\n\n" +
				"Every POST needs an Idempotency-Key header: sent again with the same key it gets the same answer and acts once. " +
				"Errors are RFC 9457 problem+json with the message in Korean and English.",
		},
		"paths": paths,
		"components": object{
			"schemas":         s.all,
			"securitySchemes": object{"token": object{"type": "http", "scheme": "bearer"}},
		},
		"security": []any{object{}, object{"token": []any{}}},
	}, "", "  ")
}

func (s schemas) operation(r Route) object {
	op := object{
		"operationId": r.Op, "summary": r.Ko, "description": r.En, "tags": []string{r.Noun()}, "responses": s.responses(r),
	}
	if params := s.parameters(r); len(params) > 0 {
		op["parameters"] = params
	}
	if body := s.asSent().body(r); body != nil {
		op["requestBody"] = body
	}
	return op
}

func (s schemas) responses(r Route) object {
	out := object{
		strconv.Itoa(r.Status): object{"description": "성공 (success)", "content": s.content(r)},
		"default": object{"description": "오류 (error)", "content": object{
			"application/problem+json": object{"schema": s.of(reflect.TypeFor[Problem]())},
		}},
	}
	if r.Bytes {
		out["304"] = object{"description": "바뀌지 않음 (not modified)"}
	}
	return out
}

func (s schemas) content(r Route) object {
	if r.Bytes {
		return object{"*/*": object{"schema": object{"type": "string", "format": "binary"}}}
	}
	return object{"application/json": object{"schema": s.of(r.out)}}
}

var pathName = regexp.MustCompile(`\{(\w+)\}`)

func (s schemas) parameters(r Route) []any {
	var out []any
	for _, m := range pathName.FindAllStringSubmatch(r.Path, -1) {
		out = append(out, object{"name": m[1], "in": "path", "required": true, "schema": object{"type": "string"}})
	}
	for i := range r.in.NumField() {
		f := r.in.Field(i)
		if name := f.Tag.Get("query"); name != "" {
			out = append(out, object{"name": name, "in": "query", "schema": s.queryValue(name, f.Type)})
		}
	}
	if r.Method == http.MethodPost && !r.Keyless {
		out = append(out, object{
			"name": keyHeader, "in": "header", "required": true,
			"schema": object{"type": "string", "minLength": 1, "maxLength": 200},
		})
	}
	return out
}

func (s schemas) queryValue(name string, t reflect.Type) object {
	out := s.code(t)
	if name == "limit" {
		out["minimum"], out["maximum"], out["default"] = 1, service.MaxPage, service.DefaultPage
	}
	return out
}

func (s schemas) body(r Route) object {
	if r.upload() {
		return object{"required": true, "content": object{"multipart/form-data": object{"schema": s.form(r)}}}
	}
	if !takesBody(r.Method) {
		return nil
	}
	props := s.properties(r.in)
	if len(props["properties"].(object)) == 0 {
		return nil
	}
	return object{"content": object{"application/json": object{"schema": props}}}
}

// form is the schema of a form with a file, which comes last.
func (s schemas) form(r Route) object {
	props := object{fileField: object{"type": "string", "format": "binary"}}
	for _, name := range r.Form {
		f, _ := edge.FieldOf(r.in, name)
		props[name] = s.of(f.Kind)
	}
	return object{"type": "object", "required": []string{fileField}, "properties": props}
}
