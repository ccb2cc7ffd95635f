package jsonapi

import (
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"secretariat/transport/endpoint"
)

// file is what a download gives.
type file struct {
	Name    string // as it is offered for saving; may be Korean
	Media   string // what somebody said it is
	SHA256  string // in hexadecimal; empty for what is made at the moment
	Size    int64  // in bytes, negative when it is not known
	Content io.ReadCloser
}

// download makes the route of an operation that answers with a file. open takes the file out of the use case's answer.
func download[Req, Resp any](
	path string, e endpoint.Endpoint[Req, Resp], open func(Resp) file, ko, en string,
) Route {
	r := describe(http.MethodGet, path, http.StatusOK, e, ko, en)
	r.Bytes = true
	r.handler = func(a *API) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
			in, err := bind[Req](req.Context(), req)
			if err != nil {
				a.fail(w, req, err)
				return
			}
			out, err := e.Call(req.Context(), in.(Req))
			if err != nil {
				a.fail(w, req, err)
				return
			}
			give(w, req, open(out))
		})
	}
	return r
}

// give sends a file so that no browser runs what is in it: it is saved, not shown, its type is not guessed, and it is
// kept nowhere on the way. Who has it by the ETag, which is its hash, is spared the bytes.
func give(w http.ResponseWriter, r *http.Request, f file) {
	defer func() { _ = f.Content.Close() }()
	h, tag := w.Header(), `"`+f.SHA256+`"`
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if f.SHA256 != "" {
		h.Set("ETag", tag)
		if matches(r.Header.Get("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	h.Set("Content-Type", mediaType(f.Media))
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	if f.Size >= 0 {
		h.Set("Content-Length", strconv.FormatInt(f.Size, 10))
	}
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return
	}
	if _, err := io.Copy(w, f.Content); err != nil {
		panic(http.ErrAbortHandler) // ends the connection, so that half a file is not taken for a whole one
	}
}

func mediaType(said string) string {
	media, params, err := mime.ParseMediaType(said)
	if err != nil || !strings.Contains(media, "/") {
		return "application/octet-stream"
	}
	return mime.FormatMediaType(media, params)
}

// matches compares weakly, as RFC 9110 13.1.2 says.
func matches(header, tag string) bool {
	for entry := range strings.SplitSeq(header, ",") {
		if entry = strings.TrimPrefix(strings.TrimSpace(entry), "W/"); entry == tag || entry == "*" {
			return true
		}
	}
	return false
}
