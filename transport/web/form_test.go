package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain"
	"secretariat/domain/calendar"
)

type planted struct {
	Meeting domain.ID `json:"-" path:"meeting"`
	Plan    struct {
		Title    string     `json:"title"`
		StartsAt time.Time  `json:"startsAt"`
		Until    *time.Time `json:"until"`
		Public   bool       `json:"public"`
		Members  int        `json:"members"`
	} `json:"plan"`
	Day      calendar.Date     `json:"day"`
	Names    []string          `json:"names"`
	Votes    []hand            `json:"votes"`
	Charter  map[string]string `json:"charter"`
	Unsent   string            `json:"unsent"`
	Internal string            `json:"-"`
}

type hand struct {
	Member domain.ID `json:"member"`
	Choice string    `json:"choice"`
}

func sent(t *testing.T, form url.Values) (planted, error) {
	t.Helper()
	var in planted
	var err error
	mux := http.NewServeMux()
	mux.HandleFunc("POST /meetings/{meeting}/x", func(w http.ResponseWriter, r *http.Request) {
		in, err = readForm[planted](w, r)
	})
	r := httptest.NewRequest(http.MethodPost, "/meetings/m-1/x", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	mux.ServeHTTP(httptest.NewRecorder(), r)
	return in, err
}

// TestAFormIsReadIntoTheInputOfItsOperation takes the names of JSON, in Seoul time and in NFC.
func TestAFormIsReadIntoTheInputOfItsOperation(t *testing.T) {
	got, err := sent(t, url.Values{
		"plan.title": {"\u1112\u1161\u11ab"}, "plan.startsAt": {"2026-12-15T14:00"}, "plan.until": {""},
		"plan.public": {"true"}, "plan.members": {"15"}, "day": {"2026-12-15"}, "names": {"가\r\n\r\n 나 "},
		"votes.0.member": {"a"}, "votes.0.choice": {"yes"}, "votes.1.member": {""}, "votes.1.choice": {""},
		"votes.2.member": {"b"}, "votes.2.choice": {"no"}, "charter.quorum": {"과반수\r\n출석"},
		"Internal": {"x"}, "_key": {"k"}, "colour": {"red"},
	})
	want := planted{Meeting: "m-1", Day: "2026-12-15", Names: []string{"가", "나"}}
	want.Plan.Title, want.Plan.Public, want.Plan.Members = "한", true, 15
	want.Plan.StartsAt = time.Date(2026, 12, 15, 5, 0, 0, 0, time.UTC)
	want.Votes = []hand{{"a", "yes"}, {"b", "no"}}
	want.Charter = map[string]string{"quorum": "과반수\n출석"}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}

// TestEverythingWrongWithAFormIsSaidAtOnce names each field as the page does.
func TestEverythingWrongWithAFormIsSaidAtOnce(t *testing.T) {
	_, err := sent(t, url.Values{
		"plan.startsAt": {"soon"}, "plan.members": {"many"}, "day": {"2026-02-30"}, "plan.title": {"a\x00b"},
		"votes.0.member": {"가"},
	})
	var e *domain.Error
	if e, _ = err.(*domain.Error); e == nil {
		t.Fatalf("got %v", err)
	}
	wrong := map[string]bool{}
	for _, f := range e.Fields {
		wrong[f.Field] = true
	}
	for _, name := range []string{"plan.startsAt", "plan.members", "day", "plan.title", "votes.0.member"} {
		if !wrong[name] {
			t.Errorf("nothing is said of %s: %+v", name, e.Fields)
		}
	}
}

// TestAFormIsBounded refuses one that is too large before it is read.
func TestAFormIsBounded(t *testing.T) {
	_, err := sent(t, url.Values{"plan.title": {strings.Repeat("가", maxForm)}})
	if domain.CodeOf(err) != domain.CodeTooLarge {
		t.Errorf("got %v", err)
	}
}

// TestNobodyIsSentElsewhere holds for addresses that a link could bring along.
func TestNobodyIsSentElsewhere(t *testing.T) {
	for given, want := range map[string]string{
		"/meetings/1?x=1": "/meetings/1?x=1", "": "/", "https://evil.example/": "/", "//evil.example": "/",
		"/\\evil.example": "/", "javascript:alert(1)": "/", "desk": "/", "%": "/",
	} {
		if got := local(given); got != want {
			t.Errorf("%q leads to %q", given, got)
		}
	}
}
