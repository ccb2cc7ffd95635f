package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
)

//go:embed static
var static embed.FS

// version names the state of all assets together: they are kept by browsers for ever under it, and a new release has
// another one. It is in the path, so that what a style sheet refers to has it too.
var version = sync.OnceValue(func() string {
	sum := sha256.New()
	_ = fs.WalkDir(static, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := static.ReadFile(name)
		_, _ = sum.Write([]byte(name))
		_, _ = sum.Write(raw)
		return err
	})
	return hex.EncodeToString(sum.Sum(nil)[:6])
})

// asset is the address of a file in static.
func asset(name string) string { return "/assets/" + version() + "/" + name }

// static serves the assets.
func (s *Site) static() {
	s.mux.HandleFunc("GET /assets/{version}/{name...}", func(w http.ResponseWriter, r *http.Request) {
		name := path.Join("static", path.Clean("/"+r.PathValue("name")))
		raw, err := static.ReadFile(name)
		if err != nil {
			s.fail(visitOf(r), w, notThere)
			return
		}
		h := w.Header()
		h.Set("Content-Type", mediaType(name))
		h.Set("Cache-Control", "no-cache")
		if r.PathValue("version") == version() {
			h.Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		_, _ = w.Write(raw)
	})
}

func mediaType(name string) string {
	if strings.HasSuffix(name, ".woff2") {
		return "font/woff2"
	}
	return mime.TypeByExtension(path.Ext(name))
}
