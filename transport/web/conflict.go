package web

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"secretariat/domain"
	"secretariat/transport/edge"
)

// overtakenKeys are the refusals beside CodeStale that say that somebody else was faster.
var overtakenKeys = map[string]bool{"conflict.revision": true, "conflict.change_set": true}

func overtaken(e *domain.Error) bool { return e.Code == domain.CodeStale || overtakenKeys[e.Key] }

// conflictPage shows what is stored now beside what somebody sent on an older state of it.
type conflictPage struct {
	Action string
	Rows   []bothVersions
	Again  []Option // fields that send the own version on the state that is there now
	Open   bool     // the page still takes the form
}

// bothVersions are those of one field.
type bothVersions struct{ Label, Stored, Sent string }

// Differs reports whether somebody else changed the field or the visitor did.
func (b bothVersions) Differs() bool { return b.Stored != b.Sent }

// overtake answers a form that was sent on an older state. What is stored now is what the page's own form holds, so that
// nobody sees more here than there. It reports false when the page cannot be shown.
func (s *Site) overtake(v *Visit, w http.ResponseWriter, from *url.URL, e *domain.Error) bool {
	sent := v.r.PostForm
	page := &kept{header: http.Header{}}
	s.mux.ServeHTTP(page, readAgain(v.r, v.ctx(), from))
	tree, err := html.Parse(&page.body)
	if page.status != http.StatusOK || err != nil {
		return false
	}
	ctx := context.WithValue(v.ctx(), fromKey{}, from.RequestURI())
	v.r = v.r.WithContext(ctx)
	v.form, v.status, v.Problem = sent.Get(formField), edge.StatusOf(e), v.problem(e)
	s.show(v, w, "conflict", compare(v, formOf(tree, v.form), sent))
	return true
}

// kept is an answer that stays here.
type kept struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (k *kept) Header() http.Header { return k.header }

func (k *kept) WriteHeader(status int) {
	if k.status == 0 {
		k.status = status
	}
}

func (k *kept) Write(b []byte) (int, error) {
	k.WriteHeader(http.StatusOK)
	return k.body.Write(b)
}

// compare puts the fields of both versions side by side, in the order of the form that the page has now; nil for none.
func compare(v *Visit, form *html.Node, sent url.Values) conflictPage {
	p := conflictPage{Action: v.r.URL.Path, Open: form != nil}
	now := url.Values{}
	for _, f := range fieldsOf(form) {
		if f.kind == "hidden" {
			now.Set(f.name, f.value)
		} else if b := (bothVersions{f.label, f.shown(v, f.value), f.shown(v, strings.Join(sent[f.name], "\n"))}); b.Differs() {
			p.Rows = append(p.Rows, b)
		}
	}
	names := make([]string, 0, len(sent))
	for name := range sent {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		p.add(name, sent[name], now)
	}
	return p
}

// add lets a field be sent again: as it was, or as the page has it where it says on which state the form stands.
func (p *conflictPage) add(name string, sent []string, now url.Values) {
	if strings.HasPrefix(name, "_") {
		return
	}
	if now.Has(name) {
		sent = now[name]
	}
	for _, value := range sent {
		p.Again = append(p.Again, Option{name, value})
		if !p.Open && strings.TrimSpace(value) != "" && name != "version" && name != "base" {
			p.Rows = append(p.Rows, bothVersions{Label: name, Sent: value})
		}
	}
}
