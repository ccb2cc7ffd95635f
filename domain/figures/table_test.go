package figures_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"secretariat/domain/figures"
)

func jobs() figures.Table {
	return figures.Table{
		ID: "jobs", Title: "희망일자리", Unit: "명", Where: here,
		Columns: []string{"구 분", "계", "서울시", "자치구", "비중"},
		Rows: [][]string{
			{"계", "8,456", "20", "8,436", "-"},
			{"백신접종지원", "2,507", "-", "2,507", "29.6"},
			{"생활방역 등", "5,949", "20", "5,929", "70.4"},
		},
	}
}

func TestRuleDown(t *testing.T) {
	claims, err := jobs().Claims(figures.Rule{ID: "down", Kind: figures.Sum, Total: "계", Columns: []string{"계", "서울시"}})
	if err != nil {
		t.Fatal(err)
	}
	want := []figures.Claim{
		{ID: "down.1", Kind: figures.Sum, Title: "희망일자리: 계", Where: here,
			Stated: figures.Figure{Label: "계 계", Text: "8,456"},
			Operands: []figures.Figure{{Label: "백신접종지원 계", Text: "2,507"},
				{Label: "생활방역 등 계", Text: "5,949"}}},
		{ID: "down.2", Kind: figures.Sum, Title: "희망일자리: 서울시", Where: here,
			Stated: figures.Figure{Label: "계 서울시", Text: "20"},
			Operands: []figures.Figure{{Label: "백신접종지원 서울시", Text: "-"},
				{Label: "생활방역 등 서울시", Text: "20"}}},
	}
	if diff := cmp.Diff(want, claims); diff != "" {
		t.Error(diff)
	}
	if found := figures.Check(claims); len(found) != 0 {
		t.Error(found)
	}
}

func TestRuleAcross(t *testing.T) {
	claims, err := jobs().Claims(figures.Rule{ID: "share", Kind: figures.Ratio, Stated: "비중",
		Operands: []string{"계"}, Base: "계"})
	if err != nil {
		t.Fatal(err)
	}
	if len(claims) != 2 || claims[0].Title != "희망일자리: 백신접종지원 비중" || claims[0].Operands[1].Text != "8,456" {
		t.Fatalf("claims %+v", claims)
	}
	if found := figures.Check(claims); len(found) != 0 {
		t.Error(found)
	}
}

func TestRuleNamesWhatIsThere(t *testing.T) {
	for _, r := range []figures.Rule{
		{Kind: figures.Sum, Total: "합계", Columns: []string{"계"}},
		{Kind: figures.Sum, Total: "계", Columns: []string{"소계"}},
		{Kind: figures.Sum, Total: "계", Parts: []string{"기타"}, Columns: []string{"계"}},
		{Kind: figures.Sum, Stated: "계", Operands: []string{"투자기관"}},
		{Kind: figures.Sum, Stated: "합계", Operands: []string{"서울시"}},
		{Kind: figures.Ratio, Stated: "비중", Operands: []string{"계"}, Base: "총계"},
		{Kind: figures.Sum, Stated: "계", Operands: []string{"서울시"}, Rows: []string{"기타"}},
	} {
		if _, err := jobs().Claims(r); !errors.Is(err, figures.ErrNoCell) {
			t.Errorf("rule %+v: %v, want ErrNoCell", r, err)
		}
	}
}

// TestRuleFindsTheWrongColumn sums random tables whose totals are right except perhaps one.
func TestRuleFindsTheWrongColumn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(1, 5).Draw(t, "width")
		table := figures.Table{ID: "t", Title: "표", Where: here, Columns: []string{"구분"}}
		totals := make([]int64, width)
		for i := range width {
			table.Columns = append(table.Columns, string(rune('A'+i)))
		}
		for n := range rapid.IntRange(1, 6).Draw(t, "height") {
			row := []string{string(rune('a' + n))}
			for i := range width {
				v := rapid.Int64Range(0, 1e9).Draw(t, "cell")
				totals[i] += v
				row = append(row, withCommas(v))
			}
			table.Rows = append(table.Rows, row)
		}
		wrong := rapid.IntRange(-1, width-1).Draw(t, "wrong")
		last := []string{"계"}
		for i, v := range totals {
			if i == wrong {
				v++
			}
			last = append(last, withCommas(v))
		}
		table.Rows = append(table.Rows, last)
		claims, err := table.Claims(figures.Rule{ID: "r", Kind: figures.Sum, Total: "계", Columns: table.Columns[1:]})
		if err != nil {
			t.Fatal(err)
		}
		found := figures.Check(claims)
		if wrong < 0 && len(found) == 0 {
			return
		}
		if len(found) != 1 || found[0].ClaimID != claims[wrong].ID || found[0].Computed != withCommas(totals[wrong]) {
			t.Fatalf("wrong column %d, findings %v", wrong, found)
		}
	})
}
