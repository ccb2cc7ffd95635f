package jsonapi

import (
	"io"
	"reflect"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
)

var (
	timeType   = reflect.TypeFor[time.Time]()
	dateType   = reflect.TypeFor[calendar.Date]()
	idType     = reflect.TypeFor[domain.ID]()
	readerType = reflect.TypeFor[io.Reader]()
)

// field is a member of a JSON object and the struct field behind it.
type field struct {
	name     string
	index    []int
	kind     reflect.Type
	optional bool // left out of an answer when it is empty
}

// jsonFields lists the members that encoding/json gives a struct: its own first, then those of embedded structs that
// have no name of their own, unless an outer one has the same name.
func jsonFields(t reflect.Type) []field {
	var out []field
	taken := map[string]bool{}
	level := []field{{kind: t}}
	for len(level) > 0 {
		var inner []field
		for _, at := range level {
			own, embedded := ownFields(at)
			for _, f := range own {
				if !taken[f.name] {
					taken[f.name] = true
					out = append(out, f)
				}
			}
			inner = append(inner, embedded...)
		}
		level = inner
	}
	return out
}

// ownFields are the members of one struct, and the structs embedded in it.
func ownFields(at field) (own, embedded []field) {
	for i := range at.kind.NumField() {
		f := at.kind.Field(i)
		name, opts, _ := strings.Cut(f.Tag.Get("json"), ",")
		inner := field{
			name: name, index: append(append([]int{}, at.index...), i), kind: f.Type,
			optional: at.optional || strings.Contains(opts, "omitempty") || strings.Contains(opts, "omitzero"),
		}
		switch {
		case f.Anonymous && name == "" && structOf(f.Type) != nil:
			inner.optional = at.optional || f.Type.Kind() == reflect.Pointer
			inner.kind = structOf(f.Type)
			embedded = append(embedded, inner)
		case !f.IsExported() || name == "-" || f.Type.Implements(readerType):
		case name == "":
			inner.name = f.Name
			own = append(own, inner)
		default:
			own = append(own, inner)
		}
	}
	return own, embedded
}

// structOf is the struct type that t is or points to, nil when it is something else.
func structOf(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	return t
}

// fieldOf finds the member with the name.
func fieldOf(t reflect.Type, name string) (field, bool) {
	for _, f := range jsonFields(t) {
		if f.name == name {
			return f, true
		}
	}
	return field{}, false
}
