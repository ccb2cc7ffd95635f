package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"math/big"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
	"unsafe"

	"secretariat/domain"
	"secretariat/domain/calendar"
)

// codes are the values of the string constants of the module, by the name of their type: "secretariat/domain/meeting.State".
type codes map[string][]string

// readCodes finds them in the source, since a program cannot list the constants of its types.
func readCodes(t *testing.T) codes {
	t.Helper()
	out := codes{}
	for _, folder := range []string{"domain", "service"} {
		err := filepath.WalkDir("../../"+folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			if err == nil {
				out.add("secretariat/"+filepath.ToSlash(filepath.Dir(strings.TrimPrefix(path, "../../"))), file)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func (c codes) add(folder string, file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		kind, typed := spec.Type.(*ast.Ident)
		for _, e := range spec.Values {
			lit, plain := e.(*ast.BasicLit)
			if !typed || !plain || lit.Kind != token.STRING {
				continue
			}
			if value, err := strconv.Unquote(lit.Value); err == nil {
				c[folder+"."+kind.Name] = append(c[folder+"."+kind.Name], value)
			}
		}
		return true
	})
}

// filler fills view-models by reflection: every list with many rows, every text with the long Korean of an official, with
// the signs that have a meaning in HTML in it. Codes, switches and what may be missing are drawn.
type filler struct {
	codes codes
	turns map[string]int // of codes, by their type
	draw  *rand.Rand
	site  *Site
	visit *Visit
	words map[string][]string // what texts of a name may hold, where not every text will do
	empty bool                // lists, maps and pointers stay empty, and nothing is switched on
	n     int
}

const (
	longText = `서울특별시 디지털전환 기본계획 수립 및 시행에 관한 사항의 심의·자문(안) <b>"제1호 & 제2호"</b> 붙임{0} ㅇㅇㅇㅇㅇㅇㅇㅇㅇㅇㅇㅇㅇㅇㅇㅇㅇㅇㅇㅇㅇㅇㅇㅇㅇㅇㅇㅇㅇㅇ`
	deepest  = 7 // levels of structs in structs
)

var (
	timeType = reflect.TypeFor[time.Time]()
	dateType = reflect.TypeFor[calendar.Date]()
	idType   = reflect.TypeFor[domain.ID]()
	ratType  = reflect.TypeFor[big.Rat]()
	siteType = reflect.TypeFor[*Site]()
	seenType = reflect.TypeFor[*Visit]()
)

func (f *filler) fill(v reflect.Value, depth int) {
	f.n++
	switch v.Type() {
	case timeType:
		v.Set(reflect.ValueOf(f.site.now().Add(time.Duration(f.draw.IntN(40)-20) * 24 * time.Hour)))
		return
	case dateType:
		v.SetString(string(calendar.DateOf(f.site.now()).AddDays(f.draw.IntN(40) - 20)))
		return
	case idType:
		v.SetString("id-" + strconv.Itoa(f.n))
		return
	case ratType:
		v.Set(reflect.ValueOf(*big.NewRat(1, 3)))
		return
	case siteType:
		v.Set(reflect.ValueOf(f.site))
		return
	case seenType:
		v.Set(reflect.ValueOf(f.visit))
		return
	}
	f.kind(v, depth)
}

func (f *filler) kind(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.String:
		f.text(v, "")
	case reflect.Bool:
		v.SetBool(!f.empty && f.draw.IntN(3) > 0)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(int64(1 + f.n%9973))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(1 + f.n%251))
	case reflect.Pointer:
		f.pointer(v, depth)
	case reflect.Struct:
		f.object(v, depth)
	case reflect.Slice:
		f.rows(v, depth)
	case reflect.Array:
		for i := range v.Len() {
			f.fill(v.Index(i), depth)
		}
	case reflect.Map:
		f.entries(v, depth)
	default: // functions and interfaces stay empty
	}
}

// text writes a code of the type, what a text of that name may hold, or the long Korean of an official.
func (f *filler) text(v reflect.Value, name string) {
	all := f.codes[v.Type().PkgPath()+"."+v.Type().Name()]
	if len(all) == 0 {
		all = f.words[name]
	}
	if len(all) > 0 {
		v.SetString(strings.ReplaceAll(all[f.turn(v.Type(), name, len(all))], "#", strconv.Itoa(f.n)))
		return
	}
	v.SetString(longText + strconv.Itoa(f.n))
}

// turn goes through the codes of a type from one that is drawn, so that the rows of a list differ as they do in life, where a code
// names each.
func (f *filler) turn(of reflect.Type, name string, codes int) int {
	key := of.String() + " " + name
	if f.turns == nil {
		f.turns = map[string]int{}
	}
	if _, begun := f.turns[key]; !begun {
		f.turns[key] = f.draw.IntN(codes)
	}
	f.turns[key]++
	return f.turns[key] % codes
}

func (f *filler) pointer(v reflect.Value, depth int) {
	if v.IsNil() && (depth > deepest || f.empty) {
		return
	}
	if v.IsNil() {
		v.Set(reflect.New(v.Type().Elem()))
	}
	f.fill(v.Elem(), depth+1)
}

// object fills a struct; the fields that only this package sees, too.
func (f *filler) object(v reflect.Value, depth int) {
	own := v.Type().PkgPath() == reflect.TypeFor[Site]().PkgPath()
	for i := range v.NumField() {
		at := v.Field(i)
		if !at.CanSet() && own && at.CanAddr() {
			at = reflect.NewAt(at.Type(), unsafe.Pointer(at.UnsafeAddr())).Elem() //nolint:gosec // of a test
		}
		switch {
		case !at.CanSet():
		case at.Kind() == reflect.String && at.Type() != idType && at.Type() != dateType:
			f.n++
			f.text(at, f.called(v.Type(), i))
		case at.Kind() == reflect.Slice && at.Type().Elem().Kind() == reflect.String && at.Type().Elem() != idType && !f.empty:
			at.Set(reflect.MakeSlice(at.Type(), 3, 3))
			for n := range 3 {
				f.n++
				f.text(at.Index(n), f.called(v.Type(), i))
			}
		default:
			f.fill(at, depth+1)
		}
	}
}

// called is the name under which the texts of a field are listed: that of its type and its own, or its own.
func (f *filler) called(t reflect.Type, field int) string {
	name := t.Field(field).Name
	if whole := t.Name() + "." + name; f.words[whole] != nil {
		return whole
	}
	return name
}

func (f *filler) rows(v reflect.Value, depth int) {
	if depth > deepest || f.empty {
		return
	}
	n := 12
	if depth > 1 {
		n = 2
	}
	if most, bounded := rowsOf[v.Type().Elem().String()]; bounded {
		n = min(n, most)
	}
	v.Set(reflect.MakeSlice(v.Type(), n, n))
	for i := range n {
		f.fill(v.Index(i), depth+1)
	}
}

func (f *filler) entries(v reflect.Value, depth int) {
	v.Set(reflect.MakeMap(v.Type()))
	if depth > deepest || f.empty {
		return
	}
	for range 3 {
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		if f.n++; key.Kind() == reflect.String && len(f.codes[key.Type().PkgPath()+"."+key.Type().Name()]) == 0 {
			key.SetString("code-" + strconv.Itoa(f.n))
		} else {
			f.fill(key, depth+1)
		}
		f.fill(value, depth+1)
		v.SetMapIndex(key, value)
	}
}
