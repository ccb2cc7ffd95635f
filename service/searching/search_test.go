package searching_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/search"
	"secretariat/internal/testkit/hall"
	"secretariat/service/searching"
	"secretariat/store"
)

// rows are all rows of the index, sorted.
func (a *archive) rows() []string {
	a.t.Helper()
	return slices.Sorted(slices.Values(slices.Concat(a.DB.Rows(a.t, "search_entries"), a.DB.Rows(a.t, "search_grams"))))
}

func same(t *testing.T, got, want []string) {
	t.Helper()
	if len(want) == 0 {
		t.Error("the index is empty")
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("the index differs (-want +got):\n%s", diff)
	}
}

func TestAQueryIsRefusedWithOneReason(t *testing.T) {
	a := newArchive(t, hall.SQLite(t))
	for q, want := range map[string]string{
		"": "field.required", "  ": "field.required", "법": "search.too_short", "· ㆍ": "search.too_short",
		"가 나": "search.too_short", strings.Repeat("가", 101): "field.too_long", "가나\x01": "field.control",
	} {
		_, err := a.search.Search(t.Context(), domain.Public(), searching.SearchInput{Q: q})
		e, ok := err.(*domain.Error) //nolint:errorlint // it is not wrapped
		if !ok || len(e.Fields) != 1 || e.Fields[0].Field != "q" || e.Fields[0].Key != want {
			t.Errorf("%q: %v, want %s", q, err, want)
		}
	}
	for _, in := range []searching.SearchInput{{Q: "계획", Kind: "ballot"}, {Q: "계획", Cursor: "!"}} {
		if _, err := a.search.Search(t.Context(), domain.Public(), in); domain.CodeOf(err) != domain.CodeInvalid {
			t.Errorf("%+v: %v", in, err)
		}
	}
}

func TestHitsSayWhereTheWordsStand(t *testing.T) {
	a := newArchive(t, hall.SQLite(t))
	a.hold()
	a.publish(a.draft())
	hits := a.find(domain.Public(), "심의의결 단가숨김")
	if len(hits) != 1 || len(hits[0].Marks) != 2 || hits[0].Meeting != hall.Meeting ||
		hits[0].CommitteeName != "디지털전환위원회" || hits[0].Day != calendar.DateOf(a.Clock.Now()) {
		t.Fatalf("%+v", hits)
	}
	chars := []rune(hits[0].Snippet)
	for n, want := range []string{"심의ㆍ의결", "단가숨김"} {
		if m := hits[0].Marks[n]; string(chars[m.Start:m.End]) != want {
			t.Errorf("%q is marked, not %q", string(chars[m.Start:m.End]), want)
		}
	}
}

// words are drawn from few characters, so that they repeat, with those among them that LIKE and folding know.
func words(t *rapid.T, name string, most int) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{
		"가", "나", "다", "가나", "다라 ", "ㆍ", "·", " ", "%", "_", "!", "'", "A", "ａ", "?", `\`,
	}), 0, most).Draw(t, name), "")
}

func drawn(t *rapid.T) []search.Entry {
	out := make([]search.Entry, rapid.IntRange(0, 30).Draw(t, "entries"))
	for n := range out {
		day := calendar.Date(fmt.Sprintf("2026-11-%02d", 1+rapid.IntRange(0, 4).Draw(t, "day")))
		out[n] = search.Entry{
			Kind: rapid.SampledFrom(search.Kinds()).Draw(t, "kind"), ID: domain.ID(fmt.Sprint("e-", n)), Subject: "subject",
			Committee: hall.Committee, Open: true, Day: day, Title: words(t, "title", 6), Text: words(t, "text", 60),
		}.Made()
	}
	return out
}

// naive looks through everything.
func naive(all []search.Entry, q string, kind search.Kind) []domain.ID {
	out := []domain.ID{}
	newest := func(a, b search.Entry) int { return cmp.Compare(b.Place, a.Place) }
	all = slices.SortedFunc(slices.Values(all), newest)
	for _, e := range all {
		if search.Matches(search.Fold(e.Title+"\n"+e.Text), search.Words(q)) && (kind == "" || e.Kind == kind) {
			out = append(out, e.ID)
		}
	}
	return out
}

// paged follows the cursors from the first page to the last.
func paged(t *testing.T, s *searching.Service, in searching.SearchInput) []domain.ID {
	t.Helper()
	out := []domain.ID{}
	for {
		page, err := s.Search(t.Context(), domain.Public(), in)
		hall.Must(t, err)
		for _, h := range page.Items {
			out = append(out, h.ID)
		}
		if in.Cursor = page.Next; in.Cursor == "" {
			return out
		}
	}
}

func TestTheIndexFindsWhatLookingThroughEverythingFinds(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		a := newArchive(t, db)
		hall.Must(t, a.DB.Exec(t.Context(), "DELETE FROM search_grams"))
		hall.Must(t, a.DB.Exec(t.Context(), "DELETE FROM search_entries"))
		rapid.Check(t, func(rt *rapid.T) {
			all := drawn(rt)
			a.write(func(tx *store.Tx) error { return tx.ReplaceEntries(t.Context(), "subject", all) })
			for range 5 {
				q := words(rt, "q", 6)
				if !search.Searchable(search.Words(q)) {
					continue
				}
				kind := rapid.SampledFrom(append(search.Kinds(), "")).Draw(rt, "of kind")
				got := paged(t, a.search, searching.SearchInput{
					Q: q, Kind: kind, Committee: hall.Committee, Limit: rapid.IntRange(1, 7).Draw(rt, "limit"),
				})
				if want := naive(all, q, kind); !slices.Equal(got, want) {
					rt.Fatalf("%q of kind %q: %v, want %v", q, kind, got, want)
				}
			}
		})
	})
}

func TestAnotherCommitteeHasNothing(t *testing.T) {
	a := newArchive(t, hall.SQLite(t))
	if hits := paged(t, a.search, searching.SearchInput{Q: "계획", Committee: "other"}); len(hits) > 0 {
		t.Errorf("%v", hits)
	}
}
