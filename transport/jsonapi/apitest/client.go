// Package apitest is a client of the JSON API for tests: it signs in, gives idempotency keys and checks every answer
// against the OpenAPI document that the server itself serves.
package apitest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/uuid"

	"secretariat/transport/jsonapi"
)

// Client talks to one server as one person.
type Client struct {
	t     testing.TB
	base  string
	token string
	doc   *openapi3.T
	paths *http.ServeMux
}

// New reads the document of the server at base ("http://127.0.0.1:1234") and speaks as the public.
func New(t testing.TB, base string) *Client {
	t.Helper()
	c := &Client{t: t, base: base}
	raw := c.fetch("/api/v1/openapi.json")
	doc, err := openapi3.NewLoader().LoadFromData(raw)
	if err != nil {
		t.Fatalf("openapi document: %v", err)
	}
	c.doc, c.paths = doc, http.NewServeMux()
	for path, item := range doc.Paths.Map() {
		for method := range item.Operations() {
			c.paths.HandleFunc(method+" "+path, func(http.ResponseWriter, *http.Request) {})
		}
	}
	return c
}

func (c *Client) fetch(path string) []byte {
	c.t.Helper()
	res, err := http.Get(c.base + path)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return raw
}

// As is the same client with a bearer token.
func (c *Client) As(token string) *Client {
	other := *c
	other.token = token
	return &other
}

// SignIn opens a session and returns the client of that person.
func (c *Client) SignIn(email, password string) *Client {
	c.t.Helper()
	var out struct {
		Token string `json:"token"`
	}
	c.Must("POST", "/sessions", map[string]string{"email": email, "password": password}, &out)
	return c.As(out.Token)
}

// Answer is what came back.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Problem reads the answer as a problem.
func (a Answer) Problem(t testing.TB) jsonapi.Problem {
	t.Helper()
	var p jsonapi.Problem
	if err := json.Unmarshal(a.Body, &p); err != nil {
		t.Fatalf("not a problem: %v in %s", err, a.Body)
	}
	return p
}

// Read reads the answer as JSON into out.
func (a Answer) Read(t testing.TB, out any) {
	t.Helper()
	if err := json.Unmarshal(a.Body, out); err != nil {
		t.Fatalf("%v in %s", err, a.Body)
	}
}

// Must sends a request below /api/v1, fails the test unless it succeeds and reads the answer into out (which may be
// nil).
func (c *Client) Must(method, path string, in, out any) Answer {
	c.t.Helper()
	a := c.Try(method, path, uuid.NewString(), in)
	if a.Status >= 300 {
		c.t.Fatalf("%s %s: %d %s", method, path, a.Status, a.Body)
	}
	if out != nil {
		a.Read(c.t, out)
	}
	return a
}

// Refused sends a request and fails the test unless it is refused with the message key.
func (c *Client) Refused(key, method, path string, in any) jsonapi.Problem {
	c.t.Helper()
	a := c.Try(method, path, uuid.NewString(), in)
	if a.Status < 400 {
		c.t.Fatalf("%s %s: %d, want a refusal with %s", method, path, a.Status, key)
	}
	p := a.Problem(c.t)
	if p.Key != key {
		c.t.Fatalf("%s %s: refused with %s (%s), want %s", method, path, p.Key, a.Body, key)
	}
	return p
}

// Try sends a request with an idempotency key and checks the answer against the document.
func (c *Client) Try(method, path, key string, in any) Answer {
	c.t.Helper()
	var body io.Reader
	if in != nil {
		raw, err := json.Marshal(in)
		if err != nil {
			c.t.Fatal(err)
		}
		body = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.base+jsonapi.Base+path, body)
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	return c.Send(req, key)
}

// Send sends a prepared request and checks the answer against the document.
func (c *Client) Send(req *http.Request, key string) Answer {
	c.t.Helper()
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	if req.Method == http.MethodPost {
		req.Header.Set("Idempotency-Key", key)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	a := Answer{Status: res.StatusCode, Header: res.Header, Body: raw}
	if err := c.check(req, a); err != nil {
		c.t.Errorf("%s %s: the answer is not what the document says: %v\n%s", req.Method, req.URL.Path, err, raw)
	}
	return a
}
