package main

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"secretariat/domain/calendar"
	"secretariat/internal/pace"
	"secretariat/internal/play"
)

// door is where one enters a demo: nothing while its committee is being founded, then the guide's pages before all
// others.
type door struct{ guide atomic.Pointer[guide] }

func (d *door) open(g *guide) { d.guide.Store(g) }

func (d *door) before(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g := d.guide.Load()
		if g == nil || r.URL.Path != "/demo" && !strings.HasPrefix(r.URL.Path, "/demo/") {
			next.ServeHTTP(w, r)
			return
		}
		g.handler().ServeHTTP(w, r)
	})
}

// guide shows who is who in a demo, signs visitors in as one of them, and moves the demo's clock.
type guide struct {
	play  *play.Play
	clock *pace.Clock
	pages http.Handler
}

func (g *guide) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /demo", g.show)
	mux.HandleFunc("GET /demo/as/{guest}", g.enter)
	mux.HandleFunc("POST /demo/clock", g.advance)
	return http.NewCrossOriginProtection().Handler(mux)
}

//go:embed door.html
var doorPage string

var doorTemplate = template.Must(template.New("door").Parse(doorPage))

// step is a way to move the clock.
type step struct{ Key, Word string }

var steps = []step{
	{"hour", "1시간 뒤로"}, {"day", "하루 뒤로"}, {"week", "7일 뒤로"}, {"meeting", "회의 시작 시각으로"},
}

func (g *guide) show(w http.ResponseWriter, _ *http.Request) {
	var out bytes.Buffer
	err := doorTemplate.Execute(&out, map[string]any{
		"Now": calendar.Korean(g.clock.Now()), "Guests": g.play.Guests(), "Steps": steps, "Meeting": g.play.Meeting(),
	})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; form-action 'self'; frame-ancestors 'none'")
	_, _ = out.WriteTo(w)
}

// enter signs a visitor in as a guest, through the page that everybody signs in at.
func (g *guide) enter(w http.ResponseWriter, r *http.Request) {
	for _, guest := range g.play.Guests() {
		if guest.Key != r.PathValue("guest") {
			continue
		}
		form := url.Values{"email": {guest.Email}, "password": {guest.Password}, "next": {guest.Home}}.Encode()
		in, err := http.NewRequestWithContext(r.Context(), http.MethodPost, "/sign-in", strings.NewReader(form))
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		in.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		in.RemoteAddr, in.Host = r.RemoteAddr, r.Host
		g.pages.ServeHTTP(w, in)
		return
	}
	http.NotFound(w, r)
}

func (g *guide) advance(w http.ResponseWriter, r *http.Request) {
	begins, err := g.play.Begins(r.Context())
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	now := g.clock.Now()
	until, ok := map[string]time.Time{
		"hour": now.Add(time.Hour), "day": now.AddDate(0, 0, 1), "week": now.AddDate(0, 0, 7), "meeting": begins,
	}[r.FormValue("step")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	if err := g.play.Advance(r.Context(), until); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	http.Redirect(w, r, "/demo", http.StatusSeeOther)
}
