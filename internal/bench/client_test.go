package bench

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"testing"

	"secretariat/transport/jsonapi"
)

// client is one person's browser or program on one connection that stays open. It does little more than write and
// read, since it runs on the processors that it measures.
type client struct {
	conn net.Conn
	in   *bufio.Reader
	keys int
}

// dial connects to a site.
func (s *site) dial(t testing.TB) *client {
	t.Helper()
	conn, err := net.Dial("tcp", s.address)
	must(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	return &client{conn: conn, in: bufio.NewReaderSize(conn, 64<<10)}
}

// call is one request: body is empty for a GET. A page is asked for as a browser does, by its own address and with a cookie.
type call struct {
	token, path, body string
	page              bool
}

// get asks for a page.
func get(token, path string) call { return call{token: token, path: path, page: true} }

// head is the first lines of the request.
func (r call) head(method string) string {
	if r.page {
		return fmt.Sprintf("%s %s HTTP/1.1\r\nHost: localhost\r\nCookie: session=%s\r\n", method, r.path, r.token)
	}
	return fmt.Sprintf("%s %s%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n",
		method, jsonapi.Base, r.path, r.token)
}

// kind is that of the body.
func (r call) kind() string {
	if r.page {
		return "application/x-www-form-urlencoded"
	}
	return "application/json"
}

// send sends a request and returns the answer, an error unless it is a success.
func (c *client) send(r call) ([]byte, error) {
	text := r.head("GET")
	if r.body != "" {
		c.keys++
		text = r.head("POST") + fmt.Sprintf("Content-Type: %s\r\nIdempotency-Key: %p-%d\r\nContent-Length: %d\r\n",
			r.kind(), c, c.keys, len(r.body))
	}
	if _, err := io.WriteString(c.conn, text+"\r\n"+r.body); err != nil {
		return nil, err
	}
	answer, err := http.ReadResponse(c.in, nil)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close() //nolint:errcheck // read to its end
	raw, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode >= 300 && (!r.page || answer.StatusCode != http.StatusSeeOther) {
		err = fmt.Errorf("%s: %s: %s", r.path, answer.Status, raw)
	}
	return raw, err
}

// must sends a request that has to succeed and reads the answer into out, which may be nil.
func (c *client) must(t testing.TB, r call, out any) {
	t.Helper()
	raw, err := c.send(r)
	must(t, err)
	if out != nil {
		must(t, json.Unmarshal(raw, out))
	}
}
