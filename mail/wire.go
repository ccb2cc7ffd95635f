package mail

import (
	"context"
	"net"

	gomail "github.com/wneessen/go-mail"
)

// wire is the connection of one delivery. The library heeds a context only while it dials and leaves the connection
// open when signing in fails, so the connection is kept here: it is closed when the context ends and when the
// delivery is over.
type wire struct {
	address string
	conn    net.Conn
	release func() bool
}

func (w *wire) dialer(ctx context.Context) gomail.DialContextFunc {
	return func(dialing context.Context, network, _ string) (net.Conn, error) {
		var d net.Dialer
		conn, err := d.DialContext(dialing, network, w.address)
		if err != nil {
			return nil, err
		}
		w.conn = conn
		w.release = context.AfterFunc(ctx, func() { _ = conn.Close() })
		return conn, nil
	}
}

// stage tells a server that is not there from one that would not let us in.
func (w *wire) stage() Stage {
	if w.conn == nil {
		return StageConnect
	}
	return StageSession
}

func (w *wire) close() {
	if w.conn == nil {
		return
	}
	w.release()
	_ = w.conn.Close()
}
