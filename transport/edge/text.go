package edge

import (
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/service"
)

// idForm is what an id can look like: of rows UUIDs, of processes a name.
var idForm = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z:._-]{0,99}$`)

// Years that a date or time may lie in; both databases can keep and compare all of them.
const (
	firstYear = 1900
	lastYear  = 2999
)

// SetString puts a text into a field in Unicode NFC, so that a name typed on a Mac is the same name, and notes what
// cannot be kept: characters that got lost on the way, NUL, ids and dates that cannot be.
func SetString(to reflect.Value, value, name string, p *domain.Problems) {
	value = norm.NFC.String(value)
	to.SetString(value)
	switch {
	case !utf8.ValidString(value) || strings.ContainsRune(value, utf8.RuneError):
		p.Add(name, "field.encoding", nil)
	case strings.ContainsRune(value, 0):
		p.Add(name, "field.control", nil)
	case value == "":
	case to.Type() == idType:
		p.Check(idForm.MatchString(value), name, "field.format")
	case to.Type() == DateType:
		checkDate(calendar.Date(value), name, p)
	}
}

func checkDate(d calendar.Date, name string, p *domain.Problems) {
	if !d.Valid() {
		p.Add(name, "field.date", nil)
		return
	}
	checkYear(d.Year(), name, p)
}

func checkYear(year int, name string, p *domain.Problems) {
	p.Check(year >= firstYear && year <= lastYear, name, "field.range")
}

// SetTime puts a time of RFC 3339 into a field.
func SetTime(to reflect.Value, value, name string, p *domain.Problems) {
	t, err := time.Parse(time.RFC3339, value)
	if err != nil {
		p.Add(name, "field.time", nil)
		return
	}
	checkYear(t.UTC().Year(), name, p)
	to.Set(reflect.ValueOf(t))
}

// SetText puts a value of an address or a form into a field. An integer named limit is the size of a page.
func SetText(to reflect.Value, value, name string, p *domain.Problems) {
	switch {
	case to.Kind() == reflect.String:
		SetString(to, value, name, p)
	case to.Kind() == reflect.Int, to.Kind() == reflect.Int64:
		n, err := strconv.ParseInt(value, 10, 64)
		p.Check(err == nil, name, "field.type")
		p.Check(err != nil || name != "limit" || n >= 1 && n <= service.MaxPage, name, "field.range")
		to.SetInt(n)
	case to.Kind() == reflect.Bool:
		b, err := strconv.ParseBool(value)
		p.Check(err == nil, name, "field.type")
		to.SetBool(b)
	case to.Type() == TimeType:
		// An unescaped plus sign in an address reads as a blank.
		SetTime(to, strings.ReplaceAll(value, " ", "+"), name, p)
	default:
		p.Add(name, "field.type", nil)
	}
}
