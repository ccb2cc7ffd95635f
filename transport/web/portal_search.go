package web

import (
	"errors"
	"net/url"
	"reflect"
	"strings"

	"secretariat/domain"
	"secretariat/domain/search"
	"secretariat/service/searching"
	"secretariat/transport/edge"
)

// portalHits is how many hits stand on a page.
const portalHits = 20

// portalSearchPage is the page of a search: the form as it was sent, and what was found.
type portalSearchPage struct {
	searching.SearchInput
	Committees []Option
	Kinds      []Option
	Asked      bool   // something was looked for
	Wrong      string // why it could not be looked for
	Hits       []portalHit
	Next       string // address of the following page
	Later      bool   // this is not the first page
}

// Narrow reports whether the search is limited to a kind or a committee.
func (p portalSearchPage) Narrow() bool { return p.Kind != "" || p.Committee != "" }

// portalHit is a hit with its page and its texts in pieces.
type portalHit struct {
	searching.Hit
	Path           string
	Title, Snippet []portalPiece
}

// portalPiece is a part of a text, marked where it is what was looked for.
type portalPiece struct {
	Text   string
	Marked bool
}

func (s *Site) portalSearch(v *Visit) (any, error) {
	in, err := readQuery[searching.SearchInput](v)
	out := portalSearchPage{SearchInput: in, Asked: strings.TrimSpace(in.Q) != "", Later: in.Cursor != ""}
	all, lerr := s.portalCommittees(v)
	if lerr != nil {
		return nil, lerr
	}
	for _, c := range all {
		out.Committees = append(out.Committees, Option{string(c.ID), c.Name})
	}
	for _, k := range search.Kinds() {
		out.Kinds = append(out.Kinds, Option{string(k), v.Label("search_kind", k)})
	}
	if err == nil && out.Asked {
		err = s.portalFind(v, &out)
	}
	return out, out.refused(v, err)
}

// portalFind looks for what was asked.
func (s *Site) portalFind(v *Visit, out *portalSearchPage) error {
	in := out.SearchInput
	in.Limit = portalHits
	page, err := s.set.SearchRecord.Call(v.ctx(), in)
	if err != nil {
		return err
	}
	for _, h := range page.Items {
		out.Hits = append(out.Hits, portalHit{
			Hit: h, Path: portalPath(h), Title: portalPieces(h.Title, h.TitleMarks), Snippet: portalPieces(h.Snippet, h.Marks),
		})
	}
	if page.Next != "" {
		out.Next = out.address(page.Next)
	}
	return nil
}

// First is the address of the first page of hits.
func (p portalSearchPage) First() string { return p.address("") }

// address is a page of the same search.
func (p portalSearchPage) address(cursor string) string {
	q := url.Values{"q": {p.Q}}
	for name, value := range map[string]string{
		"kind": string(p.Kind), "committee": string(p.Committee), "cursor": cursor,
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return "/search?" + q.Encode()
}

// refused takes what is wrong with the words into the page, where they can be corrected; anything else stays an error.
func (p *portalSearchPage) refused(v *Visit, err error) error {
	var e *domain.Error
	if !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Field != "q" {
		return err
	}
	p.Wrong, v.status = v.Say(e.Fields[0].Key, e.Fields[0].Args), edge.StatusOf(e)
	return nil
}

// portalPath is the page on which a hit can be read.
func portalPath(h searching.Hit) string {
	switch h.Kind {
	case search.Decision:
		return "/decisions/" + string(h.ID)
	case search.Minutes:
		return "/meetings/" + string(h.Meeting) + "/record"
	case search.Committee:
		return "/committees/" + string(h.ID)
	}
	return "/meetings/" + string(h.Meeting)
}

// portalPieces cuts a text at its marks.
func portalPieces(text string, marks []search.Mark) []portalPiece {
	chars, at := []rune(text), 0
	var out []portalPiece
	add := func(to int, marked bool) {
		if to > at {
			out = append(out, portalPiece{string(chars[at:to]), marked})
		}
		at = to
	}
	for _, m := range marks {
		add(m.Start, false)
		add(m.End, true)
	}
	add(len(chars), false)
	return out
}

// readQuery reads an address into an input by the names that the JSON API uses. The size of a page is the site's.
func readQuery[Req any](v *Visit) (Req, error) {
	var in Req
	var p domain.Problems
	to, query := reflect.ValueOf(&in).Elem(), v.r.URL.Query()
	for i := range to.NumField() {
		name := to.Type().Field(i).Tag.Get("query")
		if name != "" && name != "limit" && query.Has(name) {
			edge.SetText(to.Field(i), query.Get(name), name, &p)
		}
	}
	return in, p.Err()
}
