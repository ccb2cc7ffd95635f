package jsonapi

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/transport/edge"
)

// shape has everything that inputs are made of.
type shape struct {
	common
	*Extra
	Of     domain.ID         `json:"-" path:"of"`
	Open   bool              `json:"-" query:"open"`
	Limit  int               `json:"-" query:"limit"`
	From   time.Time         `json:"-" query:"from"`
	Day    calendar.Date     `json:"day"`
	At     time.Time         `json:"at"`
	Until  *time.Time        `json:"until"`
	Member domain.ID         `json:"member"`
	Names  []string          `json:"names"`
	Texts  map[string]string `json:"texts"`
	Votes  []vote            `json:"votes"`
	Plan   *meetingPlan      `json:"plan"`
	Secret string            `json:"-"`
}

type common struct {
	Title string `json:"title"`
	Count int    `json:"count"`
	Flag  bool   `json:"flag"`
}

// Extra is embedded by pointer.
type Extra struct {
	Note string `json:"note"`
}

type vote struct {
	Member domain.ID `json:"member"`
	Choice string    `json:"choice"`
}

type meetingPlan struct {
	Day   calendar.Date `json:"day"`
	Inner common        `json:"inner"`
}

func request(method, target, body string) *http.Request {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.SetPathValue("of", "m-1")
	return r
}

// read binds a body and gives the fields that are wrong with their keys, sorted.
func read(t interface{ Fatalf(string, ...any) }, r *http.Request) (shape, []string, error) {
	out, err := bind[shape](r.Context(), r)
	var e *domain.Error
	if err != nil && !errors.As(err, &e) {
		t.Fatalf("an error that is not ours: %v", err)
	}
	var faults []string
	if e != nil {
		for _, f := range e.Fields {
			faults = append(faults, f.Field+" "+f.Key)
		}
	}
	slices.Sort(faults)
	in, _ := out.(shape)
	return in, faults, err
}

func TestEveryFaultIsToldAtOnceWithItsPlace(t *testing.T) {
	body := `{
		"title": 5, "count": 1.5, "flag": "yes", "note": [], "day": "2026-13-01", "at": "yesterday", "until": 7,
		"member": "a/b", "names": ["a", 1, null, {}], "texts": {"a": 1, "b": "x"},
		"votes": [{"member": "m", "choice": "yes"}, {"member": 1, "colour": "red"}, "no"],
		"plan": {"day": 1, "inner": {"title": {}, "count": 99999999999999999999, "deep": true}},
		"title": "again", "Title": "other", "secret": "x", "of": "m-2"
	}`
	_, got, _ := read(t, request("POST", "/x?open=maybe&limit=0&from=now&colour=red", body))
	want := []string{
		"Title field.unknown", "at field.time", "colour field.unknown", "count field.type", "day field.date",
		"flag field.type", "from field.time", "limit field.range", "member field.format", "names.1 field.type",
		"names.3 field.type", "note field.type", "of field.unknown", "open field.type", "plan.day field.type",
		"plan.inner.count field.range", "plan.inner.deep field.unknown", "plan.inner.title field.type",
		"secret field.unknown", "texts.a field.type", "title field.duplicate", "title field.type", "until field.type",
		"votes.1.colour field.unknown", "votes.1.member field.type", "votes.2 field.type",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTextsThatCannotBeKeptAreRefused(t *testing.T) {
	for body, want := range map[string]string{
		`{"title": "a\u0000b"}`: "title field.control", "{\"title\": \"\xff\"}": "title field.encoding",
		`{"title": "\ud800"}`: "title field.encoding", `{"texts": {"a\u0000": "b"}}`: "texts.a\x00 field.control",
		"{\"texts\": {\"\u00e9\": \"1\", \"e\u0301\": \"2\"}}": "texts.\u00e9 field.duplicate",
		`{"member": ""}`: "", `{"member": "가"}`: "member field.format",
		`{"member": "` + strings.Repeat("a", 101) + `"}`: "member field.format",
		`{"day": "0001-01-01"}`:                          "day field.range",
		`{"at": "0000-01-01T00:00:00Z"}`:                 "at field.range",
		`{"at": "2026-11-22T15:00:00"}`:                  "at field.time", `{"day": ""}`: "",
		`{"day": "2026-11-22T00:00:00Z"}`: "day field.date",
	} {
		_, got, _ := read(t, request("POST", "/x", body))
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}

func TestMalformedBodiesAreNamedAsSuch(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 20_000) + "1" + strings.Repeat("}", 20_000)
	long := strings.Repeat("[", 500_000)
	for _, body := range []string{`{`, `[]`, `"x"`, `null`, `1`, `{} {}`, `{"a" 1}`, "\ufeff{}", deep, long} {
		if _, _, err := read(t, request("POST", "/x", body)); domain.KeyOf(err) != "request.malformed" {
			t.Errorf("%.40s: %v", body, err)
		}
	}
	for header, key := range map[string]string{
		"application/json": "", "Application/JSON; charset=UTF-8": "",
		"application/json; charset=euc-kr": "request.media_type", "text/plain": "request.media_type",
		"": "request.media_type", "application/x-www-form-urlencoded": "request.media_type",
	} {
		r := request("POST", "/x", `{}`)
		r.Header.Set("Content-Type", header)
		if _, _, err := read(t, r); domain.KeyOf(err) != key {
			t.Errorf("%q: %v, want %s", header, err, key)
		}
	}
	if _, _, err := read(t, request("GET", "/x?a=%zz", "")); domain.KeyOf(err) != "request.malformed" {
		t.Errorf("a query that cannot be read: %v", err)
	}
	r := request("POST", "/x", `{"title":"`+strings.Repeat("a", maxBody)+`"}`)
	if _, _, err := read(t, r); domain.KeyOf(err) != "request.too_large" {
		t.Errorf("a huge body: %v", err)
	}
}

func TestTheAddressIsRead(t *testing.T) {
	in, faults, err := read(t, request("GET", "/x?open=true&limit=200&from=2026-11-22T15:00:00+09:00", "ignored"))
	want := shape{Of: "m-1", Open: true, Limit: 200, From: time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC)}
	if err != nil || !cmp.Equal(want, in, cmp.AllowUnexported(shape{})) {
		t.Errorf("%v %v: %+v", err, faults, in)
	}
	for query, want := range map[string]string{
		"limit=201": "limit field.range", "limit=-1": "limit field.range", "limit=x": "limit field.type",
		"limit=1&limit=2": "limit field.duplicate", "Limit=3": "Limit field.unknown", "limit=": "limit field.type",
	} {
		if _, got, _ := read(t, request("GET", "/x?"+query, "")); strings.Join(got, ", ") != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

var (
	words    = rapid.SampledFrom([]string{"", "한글", "\u1112\u1161\u11ab", "a\nb", "é", "e\u0301", "🗳", "<&>\"\\", "x"})
	headings = rapid.SampledFrom([]string{"", "한글", "e\u0301", "purpose"}) // no two that are one in NFC
	ids      = rapid.SampledFrom([]domain.ID{"", "m-1", "0190e2a4-7c1f-7000-8000-000000000000", "system:x"})
	dates    = rapid.SampledFrom([]calendar.Date{"", "2026-11-22", "1900-01-01", "2999-12-31"})
	shapes   = rapid.Custom(func(t *rapid.T) shape {
		s := shape{
			common: commons.Draw(t, "common"), Day: dates.Draw(t, "day"), Member: ids.Draw(t, "member"),
			At:    time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "at"), 0).UTC(),
			Names: rapid.SliceOf(words).Draw(t, "names"), Texts: rapid.MapOf(headings, words).Draw(t, "texts"),
			Votes: rapid.SliceOfN(votes, 0, 4).Draw(t, "votes"),
		}
		if rapid.Bool().Draw(t, "extra") {
			s.Extra = &Extra{Note: words.Draw(t, "note")}
		}
		if rapid.Bool().Draw(t, "until") {
			at := s.At.Add(time.Hour)
			s.Until = &at
		}
		if rapid.Bool().Draw(t, "plan") {
			s.Plan = &meetingPlan{Day: dates.Draw(t, "planned"), Inner: commons.Draw(t, "inner")}
		}
		return s
	})
	commons = rapid.Custom(func(t *rapid.T) common {
		return common{Title: words.Draw(t, "title"), Count: rapid.Int().Draw(t, "count"), Flag: rapid.Bool().Draw(t, "flag")}
	})
	votes = rapid.Custom(func(t *rapid.T) vote {
		return vote{Member: ids.Draw(t, "voter"), Choice: words.Draw(t, "choice")}
	})
)

// composed puts every text of a value into NFC the slow way, through JSON.
func composed(t *rapid.T, in shape) shape {
	raw, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	var out shape
	if err := json.Unmarshal(norm.NFC.Bytes(raw), &out); err != nil {
		t.Fatal(err)
	}
	out.Of = "m-1"
	return out
}

func TestWhatIsRightArrivesAsItIsInNFC(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sent := shapes.Draw(t, "sent")
		raw, err := json.Marshal(sent)
		if err != nil {
			t.Fatal(err)
		}
		got, faults, err := read(t, request("POST", "/x", string(raw)))
		if err != nil {
			t.Fatalf("%s: %v", raw, faults)
		}
		if diff := cmp.Diff(composed(t, sent), got, cmp.AllowUnexported(shape{})); diff != "" {
			t.Fatalf("%s: %s", raw, diff)
		}
	})
}

// documents are JSON objects that nobody meant, with the names of the fields among the names.
var documents = rapid.Custom(func(t *rapid.T) map[string]any { return anyObject(t, 4) })

func anyObject(t *rapid.T, depth int) map[string]any {
	out := map[string]any{}
	for _, name := range rapid.SliceOfN(names, 0, 5).Draw(t, "names") {
		out[name] = anyJSON(t, depth-1)
	}
	return out
}

func anyJSON(t *rapid.T, depth int) any {
	kinds := 6
	if depth == 0 {
		kinds = 4
	}
	switch rapid.IntRange(0, kinds-1).Draw(t, "kind") {
	case 0:
		return nil
	case 1:
		return rapid.SampledFrom([]any{true, 0, -1, 1.5, 1e300, 3000000000}).Draw(t, "scalar")
	case 2:
		return words.Draw(t, "word")
	case 3:
		return string(dates.Draw(t, "date"))
	case 4:
		list := make([]any, rapid.IntRange(0, 3).Draw(t, "length"))
		for i := range list {
			list[i] = anyJSON(t, depth-1)
		}
		return list
	}
	return anyObject(t, depth)
}

var names = rapid.SampledFrom([]string{
	"title", "count", "flag", "note", "day", "at", "until", "member", "names", "texts", "votes", "plan", "choice", "inner",
	"x", "",
})

// TestNothingIsAcceptedThatJSONRefuses compares with encoding/json.
func TestNothingIsAcceptedThatJSONRefuses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw, err := json.Marshal(documents.Draw(t, "document"))
		if err != nil {
			t.Fatal(err)
		}
		got, faults, err := read(t, request("POST", "/x", string(raw)))
		dec := json.NewDecoder(bytes.NewReader(raw))
		dec.DisallowUnknownFields()
		var want shape
		strict := dec.Decode(&want)
		if err == nil && strict != nil {
			t.Fatalf("%s: accepted as %+v, encoding/json says %v", raw, got, strict)
		}
		if err != nil && domain.KeyOf(err) == "invalid" && len(faults) == 0 {
			t.Fatalf("%s: refused without a reason", raw)
		}
		if err == nil {
			if diff := cmp.Diff(composed(t, want), got, cmp.AllowUnexported(shape{})); diff != "" {
				t.Fatalf("%s: %s", raw, diff)
			}
		}
	})
}

// FuzzBind looks for requests that bring the binder down.
func FuzzBind(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"title":"a"}`, `{"votes":[{"member":"m"}]}`, `{"plan":{"inner":{"count":1}}}`, `{"texts":{"a":"b"}}`,
		`[`, `nul`, `{"at":"2026-11-22T15:00:00+09:00","until":null}`, "{\"\xff\":1}", `{"":{"":""}}`,
	} {
		f.Add(seed, "open=true&limit=3")
	}
	f.Fuzz(func(t *testing.T, body, query string) {
		r := request("POST", "/x", body)
		r.URL.RawQuery = query
		in, faults, err := read(t, r)
		if err != nil && domain.KeyOf(err) == "invalid" && len(faults) == 0 {
			t.Fatal("refused without a reason")
		}
		if err == nil {
			walk(t, reflect.ValueOf(in), "")
		}
	})
}

// walk checks that every text that got through is one that both databases keep.
func walk(t *testing.T, v reflect.Value, at string) {
	switch v.Kind() {
	case reflect.String:
		if s := v.String(); !norm.NFC.IsNormalString(s) || strings.ContainsRune(s, 0) || strings.ToValidUTF8(s, "") != s {
			t.Errorf("%s: %q", at, s)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(t, v.Index(i), fmt.Sprint(at, i))
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			walk(t, k, at)
			walk(t, v.MapIndex(k), at)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			walk(t, v.Elem(), at)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type() != edge.TimeType {
				walk(t, v.Field(i), v.Type().Field(i).Name)
			}
		}
	}
}

// FuzzForm looks for forms that bring the reader down.
func FuzzForm(f *testing.F) {
	head := "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nx\r\n--b\r\n"
	f.Add(head + "Content-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\ncontent\r\n--b--\r\n")
	f.Add(head + "Content-Disposition: form-data; name=\"file\"; filename*=utf-8''%ED%95%9C\r\n\r\n")
	f.Add("--b\r\n\r\n--b--")
	f.Fuzz(func(t *testing.T, body string) {
		r := request("POST", "/x", body)
		r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
		var in shape
		sent, err := readForm(r, reflect.ValueOf(&in).Elem(), []string{"title", "count", "flag"}, sha256.New())
		if err == nil {
			_, err = io.ReadAll(sent.Content)
		}
		if err != nil && domain.KeyOf(err) == "" {
			t.Errorf("an error that is not ours: %v", err)
		}
	})
}
