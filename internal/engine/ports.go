//go:build !external

package engine

import (
	"fmt"
	"net"
	"strconv"

	"go.temporal.io/server/common/membership/static"
	"go.temporal.io/server/common/primitives"
	"go.temporal.io/server/temporal"
)

// loopback is the only interface the engine listens on.
const loopback = "127.0.0.1"

// ports is the gRPC port of each of the server's services, by name.
type ports map[primitives.ServiceName]int

// freePorts finds a free port for each service. All are held until the last is found, so that no two are the same.
func freePorts() (ports, error) {
	found := make(ports, len(temporal.DefaultServices))
	for _, service := range temporal.DefaultServices {
		listener, err := net.Listen("tcp", loopback+":0")
		if err != nil {
			return nil, fmt.Errorf("engine: no free port: %w", err)
		}
		defer func() { _ = listener.Close() }()
		if err := linger(listener); err != nil {
			return nil, fmt.Errorf("engine: no free port: %w", err)
		}
		found[primitives.ServiceName(service)] = listener.Addr().(*net.TCPAddr).Port
	}
	return found, nil
}

// linger makes a connection to the listener and closes it from the listener's side. For a minute after, Linux gives the
// port to nobody who asks for any free one, so that it is still there when the server asks for it by number.
func linger(listener net.Listener) error {
	caller, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		return err
	}
	defer func() { _ = caller.Close() }()
	called, err := listener.Accept()
	if err != nil {
		return err
	}
	return called.Close()
}

func (p ports) address(service primitives.ServiceName) string {
	return net.JoinHostPort(loopback, strconv.Itoa(p[service]))
}

// hosts names the one host of each service. With a fixed list the server keeps no membership table, needs no listeners
// for gossip, and does not wait for a killed predecessor to be declared dead.
func (p ports) hosts() map[primitives.ServiceName]static.Hosts {
	hosts := make(map[primitives.ServiceName]static.Hosts, len(p))
	for service := range p {
		hosts[service] = static.SingleLocalHost(p.address(service))
	}
	return hosts
}
