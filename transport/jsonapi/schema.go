package jsonapi

import (
	"encoding"
	"encoding/json"
	"reflect"
	"regexp"
	"strings"

	"secretariat/transport/catalogue"
	"secretariat/transport/edge"
)

// schemas makes JSON schemas of Go types as encoding/json writes them. Structs with a name become components. Of what
// is sent no member is marked as required, since what is missing is told with everything else that is wrong.
type schemas struct {
	all   object
	names map[named]string
	words *catalogue.Catalogue
	sent  bool // by the caller, in a request
}

// named is a type as it is sent or as it is answered.
type named struct {
	of   reflect.Type
	sent bool
}

func newSchemas(words *catalogue.Catalogue) schemas {
	return schemas{all: object{}, names: map[named]string{}, words: words}
}

// asSent makes the schemas of requests, among the same components.
func (s schemas) asSent() schemas {
	s.sent = true
	return s
}

var (
	jsonMarshaler = reflect.TypeFor[json.Marshaler]()
	textMarshaler = reflect.TypeFor[encoding.TextMarshaler]()
)

// of is the schema of a type.
func (s schemas) of(t reflect.Type) object {
	switch {
	case t.Kind() == reflect.Pointer:
		return orNull(s.of(t.Elem()))
	case t == edge.TimeType || t == edge.DateType:
		return basic(t)
	case t.Implements(jsonMarshaler):
		return object{}
	case t.Implements(textMarshaler):
		return object{"type": "string"}
	case t.Kind() == reflect.Slice || t.Kind() == reflect.Array:
		return object{"type": []string{"array", "null"}, "items": s.of(t.Elem())}
	case t.Kind() == reflect.Map:
		return object{"type": []string{"object", "null"}, "additionalProperties": s.of(t.Elem())}
	case t.Kind() == reflect.Struct && t.Name() != "":
		return s.component(t)
	case t.Kind() == reflect.Struct:
		return s.properties(t)
	}
	return s.code(t)
}

// code is the schema of a plain value, with what its codes mean where it is one.
func (s schemas) code(t reflect.Type) object {
	out := basic(t)
	if codes := codesOf(t, s.words); codes != "" {
		out["description"] = codes
	}
	return out
}

// orNull allows null beside what a schema allows.
func orNull(schema object) object {
	switch kind := schema["type"].(type) {
	case string:
		schema["type"] = []string{kind, "null"}
	case nil:
		if schema["$ref"] != nil {
			return object{"oneOf": []any{schema, object{"type": "null"}}}
		}
	}
	return schema
}

func (s schemas) component(t reflect.Type) object {
	name, known := s.names[named{t, s.sent}]
	if !known {
		name = s.name(t)
		s.names[named{t, s.sent}] = name
		s.all[name] = object{} // holds the place for types that contain themselves
		s.all[name] = s.properties(t)
	}
	return object{"$ref": "#/components/schemas/" + name}
}

var (
	importPath = regexp.MustCompile(`[\w./-]*/`)
	notWord    = regexp.MustCompile(`[^A-Za-z0-9_.]+`)
)

// name is the package's and the type's name; where another type has it, with the name of the folder before it. As it is
// sent, a type has a component of its own.
func (s schemas) name(t reflect.Type) string {
	folders := strings.Split(t.PkgPath(), "/")
	short := strings.Trim(notWord.ReplaceAllString(importPath.ReplaceAllString(t.Name(), ""), "_"), "_")
	if s.sent {
		short += ".request"
	}
	for i := len(folders) - 1; i > 0; i-- {
		short = folders[i] + "." + short
		if _, taken := s.all[short]; !taken {
			return short
		}
	}
	return folders[0] + "." + short
}

// properties is the schema of a struct.
func (s schemas) properties(t reflect.Type) object {
	props, required := object{}, []string{}
	for _, f := range edge.Fields(t) {
		if f.Kind.Kind() == reflect.Pointer && f.Optional {
			f.Kind = f.Kind.Elem() // never null: it is left out
		}
		props[f.Name] = s.of(f.Kind)
		if !f.Optional {
			required = append(required, f.Name)
		}
	}
	out := object{"type": "object", "properties": props, "additionalProperties": false}
	if len(required) > 0 && !s.sent {
		out["required"] = required
	}
	return out
}

func basic(t reflect.Type) object {
	switch {
	case t == edge.TimeType:
		return object{"type": "string", "format": "date-time"}
	case t == edge.DateType:
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
