package smtptest

import (
	"errors"
	"fmt"

	"github.com/emersion/go-smtp"
)

// fault is what the server does instead of saying yes.
type fault func(s *session, about string) error

var errFault = errors.New("smtptest: fault")

// Fail answers every recipient with the SMTP reply code, until it is called with 0. As real servers do, the reply
// repeats the address.
func (s *Server) Fail(code int) { s.FailAt(To, code) }

// FailAt answers at stage with the SMTP reply code, 400 to 599, until it is called with 0.
func (s *Server) FailAt(stage Stage, code int) {
	if code == 0 {
		s.set(stage, nil)
		return
	}
	s.set(stage, func(_ *session, about string) error {
		return &smtp.SMTPError{Code: code, Message: fmt.Sprintf("<%s> is not welcome", about)}
	})
}

// HangAt falls silent at stage and stays so until the test ends.
func (s *Server) HangAt(stage Stage) {
	s.set(stage, func(*session, string) error {
		<-s.closed
		return errFault
	})
}

// DropAt hangs up at stage without a word.
func (s *Server) DropAt(stage Stage) {
	s.set(stage, func(session *session, _ string) error {
		_ = session.conn.Conn().Close()
		return errFault
	})
}

func (s *Server) set(stage Stage, f fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults[stage] = f
}

// at runs the fault set for stage, if there is one.
func (s *Server) at(stage Stage, session *session, about string) error {
	s.mu.Lock()
	f := s.faults[stage]
	s.mu.Unlock()
	if f == nil {
		return nil
	}
	return f(session, about)
}
