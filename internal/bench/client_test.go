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

// call is one request: body is empty for a GET.
type call struct{ token, path, body string }

// send sends a request and returns the answer, an error unless it is a success.
func (c *client) send(r call) ([]byte, error) {
	head := "GET"
	if r.body != "" {
		c.keys++
		head = "POST"
	}
	text := fmt.Sprintf("%s %s%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n",
		head, jsonapi.Base, r.path, r.token)
	if r.body != "" {
		text += fmt.Sprintf("Content-Type: application/json\r\nIdempotency-Key: %p-%d\r\nContent-Length: %d\r\n",
			c, c.keys, len(r.body))
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
	if err == nil && answer.StatusCode >= 300 {
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
