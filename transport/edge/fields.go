package edge

import (
	"io"
	"reflect"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
)

// Types that are written as text.
var (
	TimeType   = reflect.TypeFor[time.Time]()
	DateType   = reflect.TypeFor[calendar.Date]()
	idType     = reflect.TypeFor[domain.ID]()
	readerType = reflect.TypeFor[io.Reader]()
)

// Field is a member of a JSON object and the struct field behind it.
type Field struct {
	Name     string
	Index    []int
	Kind     reflect.Type
	Optional bool // left out of an answer when it is empty
}

// Fields lists the members that encoding/json gives a struct: its own first, then those of embedded structs that
// have no name of their own, unless an outer one has the same name.
func Fields(t reflect.Type) []Field {
	var out []Field
	taken := map[string]bool{}
	level := []Field{{Kind: t}}
	for len(level) > 0 {
		var inner []Field
		for _, at := range level {
			own, embedded := ownFields(at)
			for _, f := range own {
				if !taken[f.Name] {
					taken[f.Name] = true
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
func ownFields(at Field) (own, embedded []Field) {
	for i := range at.Kind.NumField() {
		f := at.Kind.Field(i)
		name, opts, _ := strings.Cut(f.Tag.Get("json"), ",")
		inner := Field{
			Name: name, Index: append(append([]int{}, at.Index...), i), Kind: f.Type,
			Optional: at.Optional || strings.Contains(opts, "omitempty") || strings.Contains(opts, "omitzero"),
		}
		switch {
		case f.Anonymous && name == "" && StructOf(f.Type) != nil:
			inner.Optional = at.Optional || f.Type.Kind() == reflect.Pointer
			inner.Kind = StructOf(f.Type)
			embedded = append(embedded, inner)
		case !f.IsExported() || name == "-" || f.Type.Implements(readerType):
		case name == "":
			inner.Name = f.Name
			own = append(own, inner)
		default:
			own = append(own, inner)
		}
	}
	return own, embedded
}

// StructOf is the struct type that t is or points to, nil when it is something else.
func StructOf(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	return t
}

// FieldOf finds the member with the name.
func FieldOf(t reflect.Type, name string) (Field, bool) {
	for _, f := range Fields(t) {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// Into is the field at the index, with the embedded pointers on the way to it made.
func Into(v reflect.Value, index []int) reflect.Value {
	for _, i := range index {
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v
}
