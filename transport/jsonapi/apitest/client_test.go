package apitest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	kit "github.com/go-kit/kit/endpoint"

	"secretariat/transport/catalogue"
	"secretariat/transport/endpoint"
	"secretariat/transport/jsonapi"
	"secretariat/transport/jsonapi/apitest"
)

// recorder is a test that notes what the client says of it instead of failing.
type recorder struct {
	testing.TB
	said []string
}

func (r *recorder) Helper() {}
func (r *recorder) Errorf(format string, args ...any) {
	r.said = append(r.said, fmt.Sprintf(format, args...))
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	panic(r)
}

// answer is what a server answers to everything but the request for its document.
type answer struct {
	status      int
	media, body string
}

// deviating serves the document of the API, and everything else as told.
func deviating(t *testing.T, a *answer) *httptest.Server {
	t.Helper()
	words, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonapi.Document(jsonapi.Routes(endpoint.NewSet(endpoint.Services{}, func(string) kit.Middleware {
		return func(next kit.Endpoint) kit.Endpoint { return next }
	})), words)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/openapi.json") {
			_, _ = w.Write(document)
			return
		}
		if a.media != "" {
			w.Header().Set("Content-Type", a.media)
		}
		w.WriteHeader(a.status)
		_, _ = w.Write([]byte(a.body))
	}))
	t.Cleanup(s.Close)
	return s
}

const account = `{"id":"a","email":"a@b.kr","name":"가","admin":false,"auditor":false,"disabled":false,
	"createdAt":"2026-11-22T06:00:00Z","version":1}`

const problem = `{"type":"/problems/conflict","title":"가","status":409,"code":"conflict","key":"k",
	"messages":{"ko":"가","en":"a"}}`

// change puts a member of a JSON object to a value, or takes it away when the value is empty.
func change(t *testing.T, object, name, value string) string {
	t.Helper()
	members := map[string]json.RawMessage{}
	if err := json.Unmarshal([]byte(object), &members); err != nil {
		t.Fatal(err)
	}
	delete(members, name)
	if value != "" {
		members[name] = json.RawMessage(value)
	}
	out, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestAnAnswerThatDeviatesIsNoticed(t *testing.T) {
	now, r := &answer{}, &recorder{TB: t}
	client := apitest.New(r, deviating(t, now).URL)
	for name, test := range map[string]struct {
		answer
		want string // part of what is said; empty for nothing
	}{
		"as it should be":       {answer{201, "application/json; charset=utf-8", account}, ""},
		"a problem":             {answer{409, "application/problem+json", problem}, ""},
		"another status":        {answer{200, "application/json", account}, "status 200"},
		"another media type":    {answer{201, "text/html", account}, "content type text/html"},
		"no media type":         {answer{201, "", account}, "content type"},
		"problem as plain JSON": {answer{409, "application/json", problem}, "content type application/json"},
		"not JSON":              {answer{201, "application/json", "{"}, "unexpected end"},
		"a member too much":     {answer{201, "application/json", change(t, account, "password", `"x"`)}, "password"},
		"a member missing":      {answer{201, "application/json", change(t, account, "email", "")}, "email"},
		"a wrong type":          {answer{201, "application/json", change(t, account, "version", `"1"`)}, "version"},
		"null":                  {answer{201, "application/json", change(t, account, "name", "null")}, "name"},
		"no time":               {answer{201, "application/json", change(t, account, "createdAt", `"today"`)}, "createdAt"},
		"problem without key":   {answer{409, "application/problem+json", change(t, problem, "key", "")}, "key"},
		"problem of text only":  {answer{500, "application/problem+json", `"oops"`}, "object"},
	} {
		*now, r.said = test.answer, nil
		client.Try("POST", "/accounts", "k", map[string]string{})
		said := strings.Join(r.said, "\n")
		if (said == "") != (test.want == "") || !strings.Contains(said, test.want) {
			t.Errorf("%s: said %q, want %q", name, said, test.want)
		}
	}
}

func TestWhatIsNotInTheDocumentIsNoticed(t *testing.T) {
	s := deviating(t, &answer{200, "application/json", "{}"})
	r := &recorder{TB: t}
	apitest.New(r, s.URL).Try("GET", "/secrets", "", nil)
	if len(r.said) != 1 || !strings.Contains(r.said[0], "not in the document") {
		t.Errorf("said %v", r.said)
	}
}

func TestMustAndRefusedFailTheTest(t *testing.T) {
	for name, act := range map[string]func(*apitest.Client){
		"must":    func(c *apitest.Client) { c.Must("POST", "/accounts", nil, nil) },
		"refused": func(c *apitest.Client) { c.Refused("other", "POST", "/accounts", nil) },
	} {
		r := &recorder{TB: t}
		c := apitest.New(r, deviating(t, &answer{409, "application/problem+json", problem}).URL)
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: it went on", name)
				}
			}()
			act(c)
		}()
	}
	c := apitest.New(t, deviating(t, &answer{409, "application/problem+json", problem}).URL)
	if p := c.Refused("k", "POST", "/accounts", nil); p.Messages.Ko != "가" {
		t.Errorf("problem: %+v", p)
	}
	if a := c.Try("POST", "/accounts", "k", nil); !bytes.Equal(a.Body, []byte(problem)) {
		t.Errorf("body: %s", a.Body)
	}
}
