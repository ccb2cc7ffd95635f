package smtptest

import (
	"crypto/x509"
	"io"
	"log"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// waitLimit is how long WaitFor waits before it fails the test.
const waitLimit = 20 * time.Second

// Stage is a moment of an SMTP session at which the server can be told to misbehave.
type Stage int

// The stages, in their order.
const (
	Hello    Stage = iota // answer to EHLO
	From                  // answer to MAIL FROM
	To                    // answer to RCPT TO
	Content               // answer to the first octets of the content, nothing is kept
	Accepted              // answer to the whole content, the message is kept
)

// Message is a message as the server received it.
type Message struct {
	From string // envelope sender
	To   []string
	Data []byte // headers and body, as sent
	TLS  bool   // received over an encrypted connection
	User string // who signed in, empty when nobody did
}

// Option adds an ability to the server.
type Option func(*Server)

// WithTLS offers STARTTLS with a self-signed certificate made for this server; RootCAs trusts it.
func WithTLS() Option {
	return func(s *Server) { s.certificate() }
}

// WithAuth accepts mail only from who signs in with AUTH PLAIN, which the server offers over TLS only.
func WithAuth(user, password string) Option {
	return func(s *Server) { s.user, s.password = user, password }
}

// Server is a running SMTP server on a free port of 127.0.0.1. Its methods are safe for concurrent use.
type Server struct {
	t        testing.TB
	smtp     *smtp.Server
	listener net.Listener
	roots    *x509.CertPool
	user     string
	password string
	closed   chan struct{}
	arrived  chan struct{} // told of every message, without waiting

	mu       sync.Mutex
	messages []Message
	faults   map[Stage]fault
}

// Start runs a server until the test ends.
func Start(t testing.TB, options ...Option) *Server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("listen: %v", err)
	}
	s := &Server{t: t, listener: listener, closed: make(chan struct{}), arrived: make(chan struct{}, 1)}
	s.faults = map[Stage]fault{}
	s.smtp = smtp.NewServer(smtp.BackendFunc(s.open))
	s.smtp.Domain = "localhost"
	s.smtp.ErrorLog = log.New(io.Discard, "", 0)
	for _, option := range options {
		option(s)
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = s.smtp.Serve(listener) }()
	t.Cleanup(func() { s.stop(); <-done })
	return s
}

func (s *Server) stop() {
	close(s.closed)
	_ = s.smtp.Close()
	_ = s.listener.Close()
}

// Addr is the address the server listens on, "127.0.0.1:port".
func (s *Server) Addr() string { return s.listener.Addr().String() }

// Host is the address without its port.
func (s *Server) Host() string { return s.listener.Addr().(*net.TCPAddr).IP.String() }

// Port is the port the server listens on.
func (s *Server) Port() int { return s.listener.Addr().(*net.TCPAddr).Port }

// RootCAs trusts the certificate of a server started WithTLS; nil for one without.
func (s *Server) RootCAs() *x509.CertPool { return s.roots }

// Messages returns what has been accepted so far, in the order of arrival.
func (s *Server) Messages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Message(nil), s.messages...)
}

// WaitFor returns the messages once there are at least n, and fails the test when they do not come. It must be
// called from the goroutine of the test, and from one goroutine at a time.
func (s *Server) WaitFor(n int) []Message {
	s.t.Helper()
	limit := time.NewTimer(waitLimit)
	defer limit.Stop()
	for {
		if got := s.Messages(); len(got) >= n {
			return got
		}
		select {
		case <-s.arrived:
		case <-limit.C:
			s.t.Fatalf("smtptest: %d of %d messages after %v", len(s.Messages()), n, waitLimit)
		}
	}
}

func (s *Server) keep(m Message) {
	s.mu.Lock()
	s.messages = append(s.messages, m)
	s.mu.Unlock()
	select {
	case s.arrived <- struct{}{}:
	default:
	}
}
