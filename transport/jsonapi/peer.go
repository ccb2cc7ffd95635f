package jsonapi

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Behind names the reverse proxies in front of the API. Only from them is X-Forwarded-For believed, so that the limits
// count who asks and not the proxy. Call it before Handler.
func (a *API) Behind(proxies ...netip.Prefix) { a.proxies = proxies }

// peer is the address that the limits count: of who connected or, where that is one of our proxies, of the last in its
// X-Forwarded-For that is none of them.
func (a *API) peer(r *http.Request) string {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	from := at.Addr().Unmap()
	said := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(said) {
		next, err := netip.ParseAddr(strings.TrimSpace(hop))
		if !a.ours(from) || err != nil {
			break
		}
		from = next.Unmap()
	}
	return network(from)
}

func (a *API) ours(addr netip.Addr) bool {
	return slices.ContainsFunc(a.proxies, func(p netip.Prefix) bool { return p.Contains(addr) })
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
