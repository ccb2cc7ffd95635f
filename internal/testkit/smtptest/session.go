package smtptest

import (
	"crypto/subtle"
	"io"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// session is one client's conversation with the server.
type session struct {
	server  *Server
	conn    *smtp.Conn
	user    string
	message Message
}

var _ smtp.AuthSession = (*session)(nil)

func (s *Server) open(conn *smtp.Conn) (smtp.Session, error) {
	session := &session{server: s, conn: conn}
	return session, s.at(Hello, session, conn.Hostname())
}

// AuthMechanisms offers PLAIN when the server has a user.
func (s *session) AuthMechanisms() []string {
	if s.server.user == "" {
		return nil
	}
	return []string{sasl.Plain}
}

// Auth checks the user's name and password.
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if !same(user, s.server.user) || !same(password, s.server.password) {
			return smtp.ErrAuthFailed
		}
		s.user = user
		return nil
	}), nil
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// Mail begins a message.
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.server.user != "" && s.user == "" {
		return smtp.ErrAuthRequired
	}
	_, encrypted := s.conn.TLSConnectionState()
	s.message = Message{From: from, TLS: encrypted, User: s.user}
	return s.server.at(From, s, from)
}

// Rcpt adds a recipient.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.message.To = append(s.message.To, to)
	return s.server.at(To, s, to)
}

// Data takes the content and keeps the message.
func (s *session) Data(r io.Reader) error {
	if err := s.server.at(Content, s, s.message.To[0]); err != nil {
		return err
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.message.Data = data
	s.server.keep(s.message)
	return s.server.at(Accepted, s, s.message.To[0])
}

// Reset forgets the message begun.
func (s *session) Reset() { s.message = Message{} }

// Logout ends the session.
func (s *session) Logout() error { return nil }
