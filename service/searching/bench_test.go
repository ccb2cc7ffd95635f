package searching_test

import (
	"fmt"
	"strings"
	"testing"

	"secretariat/domain"
	"secretariat/domain/search"
	"secretariat/internal/testkit/hall"
	"secretariat/service/searching"
	"secretariat/store"
)

// BenchmarkSearch looks for a word that stands in thirty entries, alone and among thousands that have nothing to do
// with it: the times are to be alike.
func BenchmarkSearch(b *testing.B) {
	for name, database := range map[string]func(testing.TB) *hall.Database{"sqlite": hall.SQLite, "postgres": hall.Postgres} {
		for _, others := range []int{0, 5000} {
			b.Run(fmt.Sprintf("%s/%d", name, others), func(b *testing.B) { searchAmong(b, database(b), others) })
		}
	}
}

func searchAmong(b *testing.B, db *hall.Database, others int) {
	hall.New(b, db)
	fill := func(subject domain.ID, text string, n int) {
		all := make([]search.Entry, n)
		for i := range all {
			all[i] = search.Entry{
				Kind: search.Minutes, ID: subject + domain.ID(fmt.Sprint("-", i)), Subject: subject, Committee: hall.Committee,
				Open: true, Day: "2026-11-22", Title: "회의록", Text: text,
			}.Made()
		}
		hall.Must(b, db.InTx(b.Context(), func(tx *store.Tx) error { return tx.ReplaceEntries(b.Context(), subject, all) }))
	}
	fill("related", "디지털 기본계획을 심의하였습니다.", 30)
	fill("others", strings.Repeat("안건을 검토하고 보고를 받았습니다. ", 50), others)
	s := searching.New(store.View[searching.Tx]{DB: db.DB})
	for b.Loop() {
		out, err := s.Search(b.Context(), domain.Public(), searching.SearchInput{Q: "디지털 기본계획", Limit: 20})
		if hall.Must(b, err); len(out.Items) != 20 {
			b.Fatalf("%d hits", len(out.Items))
		}
	}
}
