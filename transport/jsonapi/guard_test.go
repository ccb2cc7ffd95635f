package jsonapi

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	kit "github.com/go-kit/kit/endpoint"

	"secretariat/domain"
	"secretariat/transport/catalogue"
	"secretariat/transport/edge"
	"secretariat/transport/endpoint"
)

// nobody authenticates everybody who has a token as a person without rights.
type nobody struct{}

func (nobody) Authenticate(_ context.Context, token string) (domain.Actor, error) {
	return domain.Actor{ID: domain.ID(token), Kind: domain.ActorPerson}, nil
}

func bareAPI(t *testing.T, routes ...Route) *API {
	t.Helper()
	messages, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	a := &API{
		routes: routes, auth: nobody{}, problems: problems{messages}, ordinary: ordinary,
		ready: func(context.Context) error { return nil },
	}
	if a.document, err = Document(routes, messages); err != nil {
		t.Fatal(err)
	}
	return a
}

func plain(string) kit.Middleware { return func(next kit.Endpoint) kit.Endpoint { return next } }

type echoed struct {
	Name string `json:"name"`
}

// echo is an operation that answers with what it was given, once hold has closed.
func echo(hold <-chan struct{}) endpoint.Endpoint[echoed, echoed] {
	return endpoint.New("thing.add", func(_ context.Context, _ domain.Actor, in echoed) (echoed, error) {
		if hold != nil {
			<-hold
		}
		return in, nil
	}, plain)
}

// listen serves a handler as the product does and gives its address. The returned function stops it and waits.
func listen(t *testing.T, h http.Handler) (address string, stop func() error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- Serve(ctx, l, h) }()
	return l.Addr().String(), func() error { cancel(); return <-done }
}

func TestWhatIsUnderWayIsFinishedAtShutdown(t *testing.T) {
	hold := make(chan struct{})
	a := bareAPI(t, act("/things", echo(hold), "추가", "Add", keyless))
	arrived := make(chan struct{})
	h := a.Handler()
	address, stop := listen(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(arrived)
		h.ServeHTTP(w, r)
	}))
	answered := make(chan string, 1)
	go func() {
		res, err := http.Post("http://"+address+Base+"/things", "application/json", strings.NewReader(`{"name":"가"}`))
		if err != nil {
			answered <- err.Error()
			return
		}
		defer func() { _ = res.Body.Close() }()
		raw, _ := io.ReadAll(res.Body)
		answered <- string(raw)
	}()
	<-arrived
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	for { // until the listener is closed, so that the shutdown has begun
		conn, err := net.Dial("tcp", address)
		if err != nil {
			break
		}
		_ = conn.Close()
		time.Sleep(time.Millisecond)
	}
	close(hold)
	if got := <-answered; got != `{"name":"가"}`+"\n" {
		t.Errorf("answer: %s", got)
	}
	if err := <-stopped; err != nil {
		t.Errorf("shutdown: %v", err)
	}
}

func TestHugeHeadersAreRefused(t *testing.T) {
	address, stop := listen(t, bareAPI(t).Handler())
	defer stop() //nolint:errcheck // the other test looks at it
	req, _ := http.NewRequest("GET", "http://"+address+"/healthz", nil)
	req.Header.Set("X-Padding", strings.Repeat("x", maxHeader+8<<10))
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("status %d", res.StatusCode)
	}
}

func TestARequestThatDoesNotArriveIsCutOff(t *testing.T) {
	a := bareAPI(t, act("/things", echo(nil), "추가", "Add", keyless))
	a.ordinary = timing{arrive: 50 * time.Millisecond, leave: time.Minute}
	address, stop := listen(t, a.Handler())
	defer stop() //nolint:errcheck // the other test looks at it
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_, _ = io.WriteString(conn, "POST "+Base+"/things HTTP/1.1\r\nHost: x\r\n"+
		"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusRequestTimeout || !res.Close {
		t.Errorf("%d, close %v", res.StatusCode, res.Close)
	}
}

func TestThePeerIsWhoAsksAndNotTheProxy(t *testing.T) {
	a := bareAPI(t)
	a.Behind(netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8"))
	for _, test := range []struct{ from, said, want string }{
		{"203.0.113.7:1", "", "203.0.113.7"},
		{"203.0.113.7:1", "198.51.100.1", "203.0.113.7"}, // not one of ours, so nothing it says is believed
		{"10.0.0.1:1", "", "10.0.0.1"},
		{"10.0.0.1:1", "198.51.100.1", "198.51.100.1"},
		{"10.0.0.1:1", "6.6.6.6, 198.51.100.1", "198.51.100.1"},
		{"10.0.0.1:1", "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"},
		{"10.0.0.1:1", "198.51.100.1, rubbish", "10.0.0.1"},
		{"10.0.0.1:1", "2001:db8::1:2", "2001:db8::/64"},
		{"[2001:db8:1:2:3:4:5:6]:1", "", "2001:db8:1:2::/64"},
		{"[::ffff:203.0.113.7]:1", "", "203.0.113.7"},
		{"[fe80::1%eth0]:1", "", "fe80::/64"},
		{"pipe", "198.51.100.1", ""},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = test.from
		if test.said != "" {
			r.Header.Set("X-Forwarded-For", test.said)
		}
		if got := a.proxies.Peer(r); got != test.want {
			t.Errorf("%s, %q: %q, want %q", test.from, test.said, got, test.want)
		}
	}
}

func TestEveryCodeHasAStatusAndAPage(t *testing.T) {
	a := bareAPI(t)
	for code, status := range edge.Statuses {
		e := &domain.Error{Code: code, Key: "internal"}
		w := httptest.NewRecorder()
		a.problems.encode(t.Context(), errors.Join(e), w)
		if w.Code != status {
			t.Errorf("%s: %d, want %d", code, w.Code, status)
		}
		page := httptest.NewRecorder()
		a.Handler().ServeHTTP(page, httptest.NewRequest("GET", "/problems/"+string(code), nil))
		said := a.problems.both("problem."+string(code), nil)
		body := page.Body.String()
		if page.Code != 200 || !strings.Contains(body, said.Ko) || !strings.Contains(body, said.En) {
			t.Errorf("%s: %d %s", code, page.Code, body)
		}
	}
	w := httptest.NewRecorder()
	a.problems.encode(t.Context(), errors.New("secret"), w)
	if w.Code != 500 || strings.Contains(w.Body.String(), "secret") {
		t.Errorf("an error of unknown origin: %d %s", w.Code, w.Body)
	}
}

func TestAProblemRepeatsLittleOfTheRequest(t *testing.T) {
	var p domain.Problems
	for range 5000 {
		p.Add(strings.Repeat("가", 5000), "field.unknown", nil)
	}
	w := httptest.NewRecorder()
	bareAPI(t).problems.encode(t.Context(), p.Err(), w)
	if w.Body.Len() > 256<<10 {
		t.Errorf("%d bytes", w.Body.Len())
	}
}
