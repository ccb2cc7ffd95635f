package jsonapi_test

import (
	"net/url"
	"testing"

	"secretariat/domain/search"
	"secretariat/internal/testkit/hall"
	"secretariat/service"
	"secretariat/service/searching"
)

// TestTheRecordIsSearchedOverHTTP by who is not signed in; the client checks every answer against the document.
func TestTheRecordIsSearchedOverHTTP(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		s := newSitting(t, db)
		var page service.Page[searching.Hit]
		ask := func(q string) string { return "/search?limit=1&q=" + url.QueryEscape(q) }
		s.public.Must("GET", ask("기본계획")+"&kind=item", nil, &page)
		if len(page.Items) != 1 || page.Items[0].Kind != search.Item || page.Items[0].TitleMarks[0] != (search.Mark{Start: 5, End: 9}) ||
			page.Next != "" {
			t.Errorf("%+v", page)
		}
		s.public.Must("GET", ask("의안 2026"), nil, &page)
		first := page
		s.public.Must("GET", ask("의안 2026")+"&cursor="+first.Next, nil, &page)
		if first.Next == "" || len(page.Items) != 1 || page.Items[0].ID == first.Items[0].ID {
			t.Errorf("%+v after %+v", page, first)
		}
		s.public.Refused("invalid", "GET", ask("법"), nil)
		s.public.Refused("invalid", "GET", ask("기본계획")+"&kind=ballot", nil)
	})
}
