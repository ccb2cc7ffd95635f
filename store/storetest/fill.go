package storetest

import (
	"fmt"
	"reflect"
	"time"
)

// filled is a value every field of which says something of its own: a column that is forgotten, mixed up with another
// or cut short does not come back as it was written. n tells values apart.
func filled[T any](n int) T {
	var v T
	fill(reflect.ValueOf(&v).Elem(), fmt.Sprintf("%s-%d", reflect.TypeFor[T]().Name(), n), n)
	return v
}

func fill(v reflect.Value, name string, n int) {
	if v.Type() == reflect.TypeFor[time.Time]() {
		v.Set(reflect.ValueOf(moment(n + len(name))))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(name + " 가나")
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(1000*n + len(name)))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), name, n)
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, name+" key", n)
		fill(value, name, n)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), name, n)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), fmt.Sprintf("%s of %s", v.Type().Field(i).Name, name), n+i)
		}
	default:
		panic("storetest: no value for a field of type " + v.Type().String())
	}
}
