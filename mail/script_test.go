package mail_test

import (
	"bufio"
	"fmt"
	"net"
	"strings"
)

// confirmAndHangUp takes one message by hand and closes the connection right after confirming it.
func confirmAndHangUp(listener net.Listener) {
	conn, err := listener.Accept()
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }()
	say := func(line string) { _, _ = fmt.Fprintf(conn, "%s\r\n", line) }
	say("220 ready")
	lines := bufio.NewScanner(conn)
	for content := false; lines.Scan(); {
		switch {
		case content && lines.Text() == ".":
			say("250 kept")
			return
		case content:
		case strings.HasPrefix(lines.Text(), "DATA"):
			content = true
			say("354 go on")
		default:
			say("250 fine")
		}
	}
}
