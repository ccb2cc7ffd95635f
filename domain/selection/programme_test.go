package selection_test

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	. "secretariat/domain/selection"
)

func TestTheLimitsOfASizeClassGoBeforeThoseOfAll(t *testing.T) {
	sizes := rapid.SampledFrom([]string{"micro", "small", "medium", "large"})
	rapid.Check(t, func(t *rapid.T) {
		terms := Terms{Most: rapid.Int64Range(0, 5).Draw(t, "most"), OwnShare: rapid.IntRange(0, 100).Draw(t, "own")}
		limits := map[string]Class{}
		for _, size := range rapid.SliceOfNDistinct(sizes, 0, 4, rapid.ID[string]).Draw(t, "classes") {
			c := Class{Size: size, Most: rapid.Int64Range(0, 5).Draw(t, "class"), OwnShare: rapid.IntRange(0, 100).Draw(t, "share")}
			terms.Classes, limits[size] = append(terms.Classes, c), c
		}
		by := Applicant{Company: rapid.Bool().Draw(t, "company"), Size: sizes.Draw(t, "size")}
		x := Application{Amount: rapid.Int64Range(1, 6).Draw(t, "amount"), OwnMoney: rapid.Int64Range(0, 6).Draw(t, "money")}
		most, share := terms.Most, terms.OwnShare
		if c := limits[by.Size]; by.Company && c.Most != 0 {
			most = c.Most
		}
		if c := limits[by.Size]; by.Company && c.OwnShare != 0 {
			share = c.OwnShare
		}
		want := 0
		if most != 0 && x.Amount > most {
			want++
		}
		if big.NewRat(x.OwnMoney, x.OwnMoney+x.Amount).Cmp(big.NewRat(int64(share), 100)) < 0 {
			want++
		}
		if got, _ := terms.Tidy().Examine(x, by); len(got) != want {
			t.Fatalf("%+v of %+v: %v, want %d findings", x, by, got, want)
		}
	})
}
