package jsonapi

import (
	"encoding/json"
	"io"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

type object = map[string]any

// Document is the OpenAPI 3.1 document of the routes, made from the Go types that serve them, so that it cannot drift.
func Document(routes []Route) ([]byte, error) {
	s := schemas{object{}}
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
	s.of(reflect.TypeFor[Problem]())
	return json.MarshalIndent(object{
		"openapi": "3.1.0",
		"info": object{
			"title": "위원회 간사 시스템 API (Committee secretariat API)", "version": "1",
			"description": "POST에는 Idempotency-Key 머리글이 필요하다. 오류는 RFC 9457 problem+json이다.",
		},
		"paths": paths,
		"components": object{
			"schemas":         s.all,
			"securitySchemes": object{"token": object{"type": "http", "scheme": "bearer"}},
		},
		"security": []any{object{}, object{"token": []any{}}},
	}, "", "  ")
}

type schemas struct{ all object }

func (s schemas) operation(r Route) object {
	op := object{
		"operationId": r.Op, "summary": r.Ko, "description": r.En,
		"responses": object{
			strconv.Itoa(r.Status): object{"description": "성공", "content": s.content(r)},
			"default": object{"description": "오류", "content": object{
				"application/problem+json": object{"schema": s.of(reflect.TypeFor[Problem]())},
			}},
		},
	}
	if params := parameters(r); len(params) > 0 {
		op["parameters"] = params
	}
	if body := s.body(r); body != nil {
		op["requestBody"] = body
	}
	return op
}

func (s schemas) content(r Route) object {
	if r.Media != "" {
		return object{r.Media: object{"schema": object{"type": "string", "format": "binary"}}}
	}
	return object{"application/json": object{"schema": s.of(r.out)}}
}

var pathName = regexp.MustCompile(`\{(\w+)\}`)

func parameters(r Route) []any {
	var out []any
	for _, m := range pathName.FindAllStringSubmatch(r.Path, -1) {
		out = append(out, object{"name": m[1], "in": "path", "required": true, "schema": object{"type": "string"}})
	}
	if r.in != nil && r.in.Kind() == reflect.Struct {
		for i := range r.in.NumField() {
			if name := r.in.Field(i).Tag.Get("query"); name != "" {
				out = append(out, object{"name": name, "in": "query", "schema": basic(r.in.Field(i).Type)})
			}
		}
	}
	if r.Method == "POST" && !r.Keyless {
		out = append(out, object{
			"name": "Idempotency-Key", "in": "header", "required": true,
			"schema": object{"type": "string", "minLength": 1, "maxLength": 200},
		})
	}
	return out
}

func (s schemas) body(r Route) object {
	if r.Upload {
		return object{"required": true, "content": object{"multipart/form-data": object{"schema": uploadSchema}}}
	}
	if r.Method == "GET" || r.Method == "DELETE" || r.in == nil {
		return nil
	}
	props := s.properties(r.in, true)
	if len(props["properties"].(object)) == 0 {
		return nil
	}
	return object{"content": object{"application/json": object{"schema": props}}}
}

var uploadSchema = object{
	"type": "object", "required": []string{"title", "file"},
	"properties": object{
		"title": object{"type": "string"}, "number": object{"type": "integer"}, "confidential": object{"type": "boolean"},
		"reason": object{"type": "string"}, "file": object{"type": "string", "format": "binary"},
	},
}

// of is the schema of a type; structs with a name become components.
func (s schemas) of(t reflect.Type) object {
	switch {
	case t.Kind() == reflect.Pointer:
		return s.of(t.Elem())
	case t == timeType || t == dateType:
		return basic(t)
	case t == reflect.TypeFor[json.RawMessage]():
		return object{}
	case t.Kind() == reflect.Slice || t.Kind() == reflect.Array:
		return object{"type": []string{"array", "null"}, "items": s.of(t.Elem())}
	case t.Kind() == reflect.Map:
		return object{"type": []string{"object", "null"}, "additionalProperties": s.of(t.Elem())}
	case t.Kind() == reflect.Struct && t.Name() != "":
		return s.component(t)
	case t.Kind() == reflect.Struct:
		return s.properties(t, false)
	}
	return basic(t)
}

var notWord = regexp.MustCompile(`[^A-Za-z0-9_.]+`)

func (s schemas) component(t reflect.Type) object {
	pkg := t.PkgPath()[strings.LastIndex(t.PkgPath(), "/")+1:]
	name := strings.Trim(notWord.ReplaceAllString(pkg+"."+shortName(t.Name()), "_"), "_")
	if _, known := s.all[name]; !known {
		s.all[name] = object{} // holds the place for types that contain themselves
		s.all[name] = s.properties(t, false)
	}
	return object{"$ref": "#/components/schemas/" + name}
}

// shortName drops import paths from the type arguments of generic types.
func shortName(name string) string {
	return regexp.MustCompile(`[\w./-]*/`).ReplaceAllString(name, "")
}

func (s schemas) properties(t reflect.Type, request bool) object {
	props, required := object{}, []string{}
	s.collect(t, props, &required)
	out := object{"type": "object", "properties": props, "additionalProperties": false}
	if len(required) > 0 && !request {
		out["required"] = required
	}
	return out
}

var readerType = reflect.TypeFor[io.Reader]()

func (s schemas) collect(t reflect.Type, props object, required *[]string) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, opts, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			s.collect(f.Type, props, required)
			continue
		case !f.IsExported() || name == "-" || f.Type.Implements(readerType):
			continue
		case name == "":
			name = f.Name
		}
		props[name] = s.of(f.Type)
		if !strings.Contains(opts, "omitempty") && !strings.Contains(opts, "omitzero") {
			*required = append(*required, name)
		}
	}
}

func basic(t reflect.Type) object {
	switch {
	case t == timeType:
		return object{"type": "string", "format": "date-time"}
	case t == dateType:
		return object{"type": "string", "description": "YYYY-MM-DD"}
	case t.Kind() == reflect.Bool:
		return object{"type": "boolean"}
	case t.Kind() == reflect.String:
		return object{"type": "string"}
	case t.Kind() >= reflect.Int && t.Kind() <= reflect.Uint64:
		return object{"type": "integer"}
	}
	return object{}
}
