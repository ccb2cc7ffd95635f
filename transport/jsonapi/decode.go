package jsonapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"regexp"
	"strconv"

	"golang.org/x/text/unicode/norm"

	"secretariat/domain"
	"secretariat/transport/edge"
)

// decoder reads JSON into Go values and notes every problem with its place, such as "plan.startsAt" or
// "votes.2.choice". It differs from encoding/json in that names are compared exactly, unknown and repeated ones are
// problems, and it goes on after the first.
type decoder struct{ problems *domain.Problems }

var unmarshaler = reflect.TypeFor[json.Unmarshaler]()

// value reads raw, which is valid JSON, into to. Null leaves it empty.
func (d decoder) value(raw []byte, to reflect.Value, at string) {
	switch {
	case string(raw) == "null":
	case to.Kind() == reflect.Pointer:
		v := reflect.New(to.Type().Elem())
		d.value(raw, v.Elem(), at)
		to.Set(v)
	case to.Type() == edge.TimeType:
		d.text(raw, to, at, edge.SetTime)
	case to.Kind() == reflect.String && !to.Addr().Type().Implements(unmarshaler):
		d.text(raw, to, at, edge.SetString)
	case to.Addr().Type().Implements(unmarshaler):
		d.leaf(raw, to, at)
	case to.Kind() == reflect.Struct:
		d.object(raw, to, at)
	case to.Kind() == reflect.Slice:
		d.list(raw, to, at)
	case to.Kind() == reflect.Map:
		d.dictionary(raw, to, at)
	default:
		d.leaf(raw, to, at)
	}
}

type setter func(to reflect.Value, value, name string, p *domain.Problems)

func (d decoder) text(raw []byte, to reflect.Value, at string, set setter) {
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		d.problems.Add(at, "field.type", nil)
		return
	}
	set(to, s, at, d.problems)
}

var integer = regexp.MustCompile(`^-?[0-9]+$`)

func (d decoder) leaf(raw []byte, to reflect.Value, at string) {
	err := json.Unmarshal(raw, to.Addr().Interface())
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil:
	case errors.As(err, &wrong) && to.CanInt() && integer.Match(raw):
		d.problems.Add(at, "field.range", nil)
	default:
		d.problems.Add(at, "field.type", nil)
	}
}

func (d decoder) object(raw []byte, to reflect.Value, at string) {
	known := map[string]edge.Field{}
	for _, f := range edge.Fields(to.Type()) {
		known[f.Name] = f
	}
	d.members(raw, at, func(name string, value []byte) {
		f, ok := known[name]
		if !ok {
			d.problems.Add(join(at, name), "field.unknown", nil)
			return
		}
		d.value(value, edge.Into(to, f.Index), join(at, name))
	})
}

func (d decoder) list(raw []byte, to reflect.Value, at string) {
	var entries []json.RawMessage
	if err := json.Unmarshal(raw, &entries); err != nil {
		d.problems.Add(at, "field.type", nil)
		return
	}
	to.Set(reflect.MakeSlice(to.Type(), len(entries), len(entries)))
	for i, entry := range entries {
		d.value(entry, to.Index(i), join(at, strconv.Itoa(i)))
	}
}

func (d decoder) dictionary(raw []byte, to reflect.Value, at string) {
	to.Set(reflect.MakeMap(to.Type()))
	d.members(raw, at, func(name string, value []byte) {
		key, entry := reflect.New(to.Type().Key()).Elem(), reflect.New(to.Type().Elem()).Elem()
		edge.SetString(key, name, join(at, name), d.problems)
		d.value(value, entry, join(at, name))
		to.SetMapIndex(key, entry)
	})
}

// members calls visit for each member of an object, and notes names that stand twice.
func (d decoder) members(raw []byte, at string, visit func(name string, value []byte)) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		d.problems.Add(at, "field.type", nil)
		return
	}
	seen := map[string]bool{}
	for dec.More() {
		name, _ := dec.Token() // raw is valid JSON, so this is a name and a value follows
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			d.problems.Add(at, "field.type", nil)
			return
		}
		n, _ := name.(string)
		n = norm.NFC.String(n)
		if seen[n] {
			d.problems.Add(join(at, n), "field.duplicate", nil)
			continue
		}
		seen[n] = true
		visit(n, value)
	}
}

func join(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}
