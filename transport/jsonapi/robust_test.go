package jsonapi_test

import (
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"regexp"
	"slices"
	"strings"
	"testing"

	"secretariat/internal/testkit/hall"
	"secretariat/transport/jsonapi"
	"secretariat/transport/jsonapi/apitest"
)

func TestOtherMethodsAreNamed(t *testing.T) {
	s := start(t)
	for _, test := range []struct {
		method, path string
		status       int
		allow, key   string
	}{
		{"PUT", "/api/v1/committees", 405, "GET, HEAD, POST, OPTIONS", "request.method"},
		{"POST", "/api/v1/me", 405, "GET, HEAD, OPTIONS", "request.method"},
		{"TRACE", "/api/v1/sessions", 405, "POST, OPTIONS", "request.method"},
		{"DELETE", "/healthz", 405, "GET, HEAD, OPTIONS", "request.method"},
		{"OPTIONS", "/api/v1/sessions/current", 204, "DELETE, OPTIONS", ""},
		{"OPTIONS", "/nothing", 404, "", "request.no_route"},
		{"GET", "/api/v1/me/", 404, "", "request.no_route"},
		{"GET", "/problems/unheard_of", 404, "", "request.no_route"},
		{"HEAD", "/api/v1/committees", 200, "", ""},
		{"HEAD", "/readyz", 200, "", ""},
	} {
		req, _ := http.NewRequest(test.method, s.URL+test.path, nil)
		a := s.public.Send(req, "k")
		if a.Status != test.status || a.Header.Get("Allow") != test.allow {
			t.Errorf("%s %s: %d, Allow %q", test.method, test.path, a.Status, a.Header.Get("Allow"))
		}
		if test.key != "" && a.Problem(t).Key != test.key {
			t.Errorf("%s %s: %s", test.method, test.path, a.Body)
		}
		if test.key == "" && len(a.Body) > 0 {
			t.Errorf("%s %s: %s", test.method, test.path, a.Body)
		}
	}
}

func TestTheReaderIsAnsweredInTheirLanguage(t *testing.T) {
	s := start(t)
	for header, want := range map[string][2]string{
		"en-US,en;q=0.9": {"en", "Please sign in."}, "ko": {"ko", "로그인이 필요합니다."}, "": {"ko", "로그인이 필요합니다."},
	} {
		req, _ := http.NewRequest("GET", s.URL+"/api/v1/me", nil)
		req.Header.Set("Accept-Language", header)
		a := s.public.Send(req, "")
		p := a.Problem(t)
		if p.Title != want[1] || a.Header.Get("Content-Language") != want[0] || p.Messages.Ko == "" || p.Messages.En == "" {
			t.Errorf("%q: %s %s", header, a.Header.Get("Content-Language"), a.Body)
		}
		if id := a.Header.Get("X-Request-Id"); id == "" || p.Instance != id || !strings.Contains(s.log.String(), id) {
			t.Errorf("request %q, instance %q", id, p.Instance)
		}
		if a.Header.Get("WWW-Authenticate") == "" || a.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("headers: %v", a.Header)
		}
	}
}

func TestReadinessFollowsTheDatabase(t *testing.T) {
	s := start(t)
	public := s.public
	get := func(path string) apitest.Answer {
		req, _ := http.NewRequest("GET", s.URL+path, nil)
		return public.Send(req, "")
	}
	if a := get("/readyz"); a.Status != 200 {
		t.Errorf("ready: %d", a.Status)
	}
	s.down = errors.New("connection to 10.0.0.5 refused")
	a := get("/readyz")
	if a.Status != 503 || a.Header.Get("Retry-After") == "" || strings.Contains(string(a.Body), "10.0.0.5") {
		t.Errorf("not ready: %d %s", a.Status, a.Body)
	}
	if a := get("/healthz"); a.Status != 200 {
		t.Errorf("live: %d", a.Status)
	}
}

func TestAConnectionIsKeptAfterARefusal(t *testing.T) {
	s := start(t)
	var reused []bool
	trace := &httptrace.ClientTrace{GotConn: func(c httptrace.GotConnInfo) { reused = append(reused, c.Reused) }}
	client := &http.Client{Transport: &http.Transport{}}
	for _, path := range []string{"/api/v1/me", "/nothing", "/api/v1/committees?colour=red", "/api/v1/committees"} {
		req, _ := http.NewRequestWithContext(httptrace.WithClientTrace(t.Context(), trace), "GET", s.URL+path, nil)
		res, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, res.Body)
		_ = res.Body.Close()
	}
	if !slices.Equal(reused, []bool{false, true, true, true}) {
		t.Errorf("connections reused: %v", reused)
	}
}

func TestUnknownQueryParametersAreRefused(t *testing.T) {
	s := start(t)
	admin := s.admin()
	for query, want := range map[string]string{
		"colour=red": "colour field.unknown", "limit=0": "limit field.range", "limit=201": "limit field.range",
		"limit=ten": "limit field.type", "limit=1&limit=2": "limit field.duplicate",
	} {
		a := admin.Try("GET", "/accounts?"+query, "", nil)
		if got := faults(a.Problem(t)); a.Status != 422 || got != want {
			t.Errorf("%s: %d %q, want %q", query, a.Status, got, want)
		}
	}
	admin.Must("GET", "/accounts?limit=200", nil, nil)
}

// hostile are ids and bodies that somebody may send to see what happens.
var (
	hostileIDs = []string{
		"id-00000001", "%00", "a%00b", "..%2f..%2fetc%2fpasswd", "%ff%fe", "'%20OR%201=1--", "%ED%95%9C", "-1", "%20",
		strings.Repeat("a", 5000),
	}
	hostileBodies = []string{
		"", "{}", "null", "[]", "{", `{"version":-1}`, `{"version":9223372036854775807}`, `{"name":"\u0000"}`, `{"":""}`,
		`{"reason":"` + "\xff" + `"}`, `{"plan":null,"content":null,"votes":null}`, `{"votes":[null],"candidates":[""]}`,
	}
)

var pathID = regexp.MustCompile(`\{\w+\}`)

// TestNoRequestIsOurFault sends nonsense to every operation: whatever comes back, it is an answer that the document
// knows, and never an error of ours.
func TestNoRequestIsOurFault(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		s := startOn(t, db)
		b := s.board()
		for _, r := range jsonapi.Routes(bare()) {
			for _, id := range hostileIDs {
				s.nonsense(b.secretary, r, id, "{}")
			}
			for _, body := range hostileBodies {
				s.nonsense(b.secretary, r, "board", body)
			}
			s.nonsense(s.public, r, "board", "{}")
		}
		if log := s.log.String(); strings.Contains(log, `"level":"ERROR"`) {
			t.Errorf("%.2000s", log[strings.Index(log, `"level":"ERROR"`):])
		}
	})
}

func (s *server) nonsense(client *apitest.Client, r jsonapi.Route, id, body string) {
	s.t.Helper()
	if r.Op == "session.close" {
		return
	}
	req, err := http.NewRequest(r.Method, s.URL+jsonapi.Base+pathID.ReplaceAllString(r.Path, id), strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if a := client.Send(req, rand.Text()); a.Status >= 500 {
		s.t.Errorf("%s %.60s %s: %d %s", r.Op, id, body, a.Status, a.Body)
	}
}
