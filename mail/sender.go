package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"secretariat/domain"
)

// TLSPolicy says whether the connection to the server must be encrypted with STARTTLS.
type TLSPolicy string

// The policies. The empty one stands for TLSMandatory.
const (
	TLSNone          TLSPolicy = "none"          // never: a relay on the same machine or on a closed network
	TLSOpportunistic TLSPolicy = "opportunistic" // when the server offers it; its certificate must be valid then
	TLSMandatory     TLSPolicy = "mandatory"     // always, or nothing is sent
)

// DefaultTimeout limits one delivery, from dialling to the server's confirmation.
const DefaultTimeout = time.Minute

// Config is what is needed to reach the mail server.
type Config struct {
	Host     string         // name or IP address, also the name expected in the certificate
	Port     int            // 1 to 65535, usually 587, or 25 for a relay
	Username string         // empty: no signing in
	Password string         // sent only over an encrypted connection or to this machine
	From     Address        // sender of every message
	TLS      TLSPolicy      // empty: TLSMandatory
	RootCAs  *x509.CertPool // who may have signed the server's certificate; nil: the system's list
	Timeout  time.Duration  // of one delivery; zero: DefaultTimeout
}

// Sender delivers messages over SMTP, with one connection a message. It is safe for concurrent use.
type Sender struct{ config Config }

// New checks the configuration and does not connect yet. It answers CodeInvalid with the fields that are wrong.
func New(c Config) (*Sender, error) {
	if c.TLS == "" {
		c.TLS = TLSMandatory
	}
	if c.Timeout == 0 {
		c.Timeout = DefaultTimeout
	}
	if err := c.validate(); err != nil {
		return nil, err
	}
	return &Sender{config: c}, nil
}

func (c Config) validate() error {
	var p domain.Problems
	p.Check(c.Host != "" && !strings.ContainsAny(c.Host, "/ \r\n\t"), "host", "field.format")
	p.Check(c.Port >= 1 && c.Port <= 65535, "port", "field.range")
	p.Check(c.Timeout > 0, "timeout", "field.range")
	p.Check(c.Username == "" || c.TLS != TLSNone, "tls", "mail.password_needs_tls")
	domain.OneOf(&p, "tls", c.TLS, TLSNone, TLSOpportunistic, TLSMandatory)
	c.From.check(&p, "from")
	return p.Err()
}

// Send delivers m and returns nil once the server has confirmed it. It gives up when ctx ends or the timeout has
// passed. The package documentation lists the errors.
func (s *Sender) Send(ctx context.Context, m Message) error {
	msg, err := compose(s.config.From, m)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()
	w := &wire{address: net.JoinHostPort(s.config.Host, strconv.Itoa(s.config.Port))}
	defer w.close()
	client, err := s.config.client(w.dialer(ctx))
	if err != nil {
		return sessionFailure(ctx, StageConnect, err)
	}
	return deliver(ctx, client, w, msg)
}

// deliver offers msg. Once the server has confirmed it the delivery is a success, whatever becomes of the farewell:
// an error then would make the caller send it twice.
func deliver(ctx context.Context, client *gomail.Client, w *wire, msg *gomail.Msg) error {
	session, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return sessionFailure(ctx, w.stage(), err)
	}
	err = client.SendWithSMTPClient(session, msg)
	if !msg.IsDelivered() {
		return deliveryFailure(ctx, err)
	}
	_ = session.Quit()
	return nil
}

// client is a go-mail client of one delivery. Its own time limit, which it starts anew at every step, lies beyond
// ours so that the context ends a slow delivery. SMTPUTF8 is not asked for, since addresses are ASCII and a later
// server on the way may not know it; NOOP and RSET are of no use on a connection that carries one message.
func (c Config) client(dial gomail.DialContextFunc) (*gomail.Client, error) {
	options := []gomail.Option{
		gomail.WithPort(c.Port),
		gomail.WithTimeout(2 * c.Timeout),
		gomail.WithTLSPolicy(c.TLS.library()),
		gomail.WithTLSConfig(&tls.Config{ServerName: c.Host, RootCAs: c.RootCAs, MinVersion: tls.VersionTLS12}),
		gomail.WithDialContextFunc(dial),
		gomail.WithoutSMTPUTF8(), gomail.WithoutNoop(), gomail.WithoutRset(),
	}
	if c.Username != "" {
		options = append(options, gomail.WithUsername(c.Username), gomail.WithPassword(c.Password),
			gomail.WithOpportunisticSMTPAuth(gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin))
	}
	return gomail.NewClient(c.Host, options...)
}

func (t TLSPolicy) library() gomail.TLSPolicy {
	switch t {
	case TLSNone:
		return gomail.NoTLS
	case TLSOpportunistic:
		return gomail.TLSOpportunistic
	}
	return gomail.TLSMandatory
}
