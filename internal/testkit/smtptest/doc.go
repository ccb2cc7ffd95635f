// Package smtptest is a real SMTP server over TCP for tests, with or without STARTTLS and signing in. It keeps what
// it accepts, reads it back with nothing but the standard library, and can be told to refuse, to fall silent or to
// hang up.
package smtptest
