package edge

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxies are the reverse proxies in front of the server. Only from them is X-Forwarded-For believed, so that the limits
// count who asks and not the proxy.
type Proxies []netip.Prefix

// Peer is the address that the limits count: of who connected or, where that is one of the proxies, of the last in its
// X-Forwarded-For that is none of them.
func (p Proxies) Peer(r *http.Request) string {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	from := at.Addr().Unmap()
	said := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(said) {
		next, err := netip.ParseAddr(strings.TrimSpace(hop))
		if !p.hold(from) || err != nil {
			break
		}
		from = next.Unmap()
	}
	return network(from)
}

func (p Proxies) hold(addr netip.Addr) bool {
	return slices.ContainsFunc(p, func(x netip.Prefix) bool { return x.Contains(addr) })
}

// networkBits is how much of an IPv6 address tells one subscriber from another.
const networkBits = 64

// network is the address of one subscriber: of IPv6 the network, since everybody has a whole one.
func network(addr netip.Addr) string {
	if addr.Is4() {
		return addr.String()
	}
	p, err := addr.WithZone("").Prefix(networkBits)
	if err != nil {
		return ""
	}
	return p.String()
}
