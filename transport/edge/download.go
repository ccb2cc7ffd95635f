package edge

import (
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// File is what a download gives.
type File struct {
	Name    string // as it is offered for saving; may be Korean
	Media   string // what somebody said it is
	SHA256  string // in hexadecimal; empty for what is made at the moment
	Size    int64  // in bytes, negative when it is not known
	Content io.ReadCloser
}

// MediaWorkbook is the type of a workbook (XLSX).
const MediaWorkbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// sealed lets nothing of a file run or reach out; shown is the same for what a browser shows itself: its viewer of PDF
// does not work in a sandbox.
const (
	sealed = "default-src 'none'; sandbox; frame-ancestors 'none'"
	shown  = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
)

// Give sends a file to be saved, so that no browser runs what is in it: it is not shown, its type is not guessed, and
// it is kept nowhere on the way. Who has it by the ETag, which is its hash, is spared the bytes.
func Give(w http.ResponseWriter, r *http.Request, f File) { give(w, r, f, "attachment", sealed) }

// Show sends a file to be read in the browser when it is a PDF, and to be saved when it is anything else.
func Show(w http.ResponseWriter, r *http.Request, f File) {
	if media, _, err := mime.ParseMediaType(f.Media); err == nil && media == "application/pdf" {
		give(w, r, f, "inline", shown)
		return
	}
	Give(w, r, f)
}

func give(w http.ResponseWriter, r *http.Request, f File, disposition, policy string) {
	defer func() { _ = f.Content.Close() }()
	h, tag := w.Header(), `"`+f.SHA256+`"`
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", policy)
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if f.SHA256 != "" {
		h.Set("ETag", tag)
		if matches(r.Header.Get("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	h.Set("Content-Type", mediaType(f.Media))
	h.Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": f.Name}))
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
