package jsonapi_test

import (
	"net/url"
	"slices"
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
		var page, first, second service.Page[searching.Hit]
		ask := func(q string) string { return "/search?limit=1&q=" + url.QueryEscape(q) }
		s.public.Must("GET", ask("기본계획")+"&kind=item", nil, &page)
		want := []search.Mark{{Start: 4, End: 8}}
		if len(page.Items) != 1 || page.Items[0].Kind != search.Item || page.Next != "" ||
			!slices.Equal(page.Items[0].TitleMarks, want) {
			t.Errorf("%+v", page)
		}
		s.public.Must("GET", ask("의안 2026"), nil, &first)
		s.public.Must("GET", ask("의안 2026")+"&cursor="+first.Next, nil, &second)
		if first.Next == "" || len(second.Items) != 1 || second.Items[0].ID == first.Items[0].ID {
			t.Errorf("%+v after %+v", second, first)
		}
		s.public.Refused("invalid", "GET", ask("법"), nil)
		s.public.Refused("invalid", "GET", ask("기본계획")+"&kind=ballot", nil)
	})
}
