package searching

import (
	"context"
	"strconv"
	"strings"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/search"
	"secretariat/service"
)

// SearchInput asks for what holds every word of Q: 1 to MaxQuery characters, one of the words of two at least.
type SearchInput struct {
	Q         string      `json:"-" query:"q"`
	Committee domain.ID   `json:"-" query:"committee"`
	Kind      search.Kind `json:"-" query:"kind"`
	Cursor    string      `json:"-" query:"cursor"`
	Limit     int         `json:"-" query:"limit"`
}

// MaxQuery is the longest query in characters.
const MaxQuery = 100

// Hit is one thing that was found. Snippet is a part of its text; marks are places of what was looked for, in
// characters.
type Hit struct {
	Kind          search.Kind   `json:"kind"`
	ID            domain.ID     `json:"id"`
	Meeting       domain.ID     `json:"meeting,omitempty"` // it belongs to
	Committee     domain.ID     `json:"committee"`
	CommitteeName string        `json:"committeeName"`
	Day           calendar.Date `json:"day"` // of the meeting or the decision, or on which the committee was founded
	Title         string        `json:"title"`
	TitleMarks    []search.Mark `json:"titleMarks"`
	Snippet       string        `json:"snippet"`
	Marks         []search.Mark `json:"marks"`
}

// Search finds things in the public record, the newest first. CodeInvalid "search.too_short" when no word has two
// characters. A member who is recused from an item does not find it before its record is published (위원회조례 9).
func (s *Service) Search(ctx context.Context, by domain.Actor, in SearchInput) (service.Page[Hit], error) {
	none := service.Page[Hit]{Items: []Hit{}}
	q, err := in.query()
	if err != nil {
		return none, err
	}
	if err := access.Can(by, "record.search", access.Facts{Committee: in.Committee}).Err(); err != nil {
		return none, err
	}
	if by.Kind == domain.ActorPerson {
		q.Person = by.ID
	}
	return service.See(ctx, s.store, func(tx Tx) (service.Page[Hit], error) {
		found, err := tx.Search(ctx, q)
		if err != nil {
			return none, err
		}
		return page(ctx, tx, found, q)
	})
}

// query checks the input. One row more than the page is asked for, which says that there is another page.
func (in SearchInput) query() (search.Query, error) {
	var p domain.Problems
	text := strings.TrimSpace(in.Q)
	q := search.Query{
		Words: search.Words(text), Committee: in.Committee, Kind: in.Kind, Limit: service.PageSize(in.Limit) + 1,
	}
	p.Text("q", text, true, MaxQuery)
	if p.Err() == nil {
		p.Check(search.Searchable(q.Words), "q", "search.too_short")
	}
	domain.OneOf(&p, "kind", in.Kind, append(search.Kinds(), "")...)
	var err error
	q.Before, err = readCursor(in.Cursor)
	p.Check(err == nil, "cursor", "field.format")
	return q, p.Err()
}

// base of the numbers that cursors are.
const base = 36

func readCursor(s string) (int64, error) {
	if s == "" {
		return 0, nil
	}
	return strconv.ParseInt(s, base, 64)
}

func page(ctx context.Context, tx Tx, found []search.Entry, q search.Query) (service.Page[Hit], error) {
	out := service.Page[Hit]{Items: []Hit{}}
	names := map[domain.ID]string{}
	for n, e := range found {
		if n == q.Limit-1 {
			out.Next = strconv.FormatInt(found[n-1].Place, base)
			break
		}
		if _, known := names[e.Committee]; !known {
			c, err := tx.Committee(ctx, e.Committee)
			if err != nil {
				return out, err
			}
			names[e.Committee] = c.Name
		}
		out.Items = append(out.Items, hit(e, q.Words, names[e.Committee]))
	}
	return out, nil
}

func hit(e search.Entry, words []string, committee string) Hit {
	h := Hit{Kind: e.Kind, ID: e.ID, Committee: e.Committee, CommitteeName: committee, Day: e.Day, Title: e.Title}
	if e.Kind != search.Committee {
		h.Meeting = e.Subject
	}
	h.TitleMarks = search.Marks(e.Title, words)
	h.Snippet, h.Marks = search.Snippet(e.Text, words)
	return h
}
