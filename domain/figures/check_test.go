package figures_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"secretariat/domain/figures"
)

var here = figures.Place{Document: "주요 업무보고", Section: "예산"}

func claim(kind figures.Kind, stated string, operands ...string) figures.Claim {
	c := figures.Claim{ID: "c", Kind: kind, Title: "시험", Stated: figures.Figure{Text: stated}, Where: here}
	for _, text := range operands {
		c.Operands = append(c.Operands, figures.Figure{Text: text})
	}
	return c
}

func with(c figures.Claim, change func(*figures.Claim)) figures.Claim {
	change(&c)
	return c
}

func TestCheck(t *testing.T) {
	years := func(n int) func(*figures.Claim) { return func(c *figures.Claim) { c.Periods = n } }
	related := func(r figures.Relation) func(*figures.Claim) { return func(c *figures.Claim) { c.Relation = r } }
	ceiling := func(s string) func(*figures.Claim) { return func(c *figures.Claim) { c.Ceiling.Text = s } }
	tests := []struct {
		name  string
		claim figures.Claim
		want  []string // key, severity and computed figure of each finding
	}{
		{"sum holds", claim(figures.Sum, "8,480", "2,507", "5,973"), nil},
		{"sum differs", claim(figures.Sum, "3,414", "785", "102", "1,775", "751"), []string{"figures.sum error 3,413"}},
		{"sum of other spellings", claim(figures.Sum, "37억원", "30억원", "700백만원"), nil},
		{"sum at the stated precision", claim(figures.Sum, "2,962억원", "293,544백만원", "2,606백만원"), nil},
		{"sum with a dash", claim(figures.Sum, "2,507", "-", "-", "2,507"), nil},
		{"ratio holds", claim(figures.Ratio, "12.8%", "51백만원", "400백만원"), nil},
		{"ratio differs", claim(figures.Ratio, "14.1%", "32억원", "163억원"), []string{"figures.ratio error 19.6%"}},
		{"ratio cut off", claim(figures.Ratio, "96.8%", "42,081백만원", "43,432백만원"),
			[]string{"figures.truncated warning 96.9%"}},
		{"quotient", claim(figures.Ratio, "3.6배", "6.4%", "1.8%"), nil},
		{"ratio to nothing", claim(figures.Ratio, "0%", "1", "0"), []string{"figures.undefined error "}},
		{"competition half up", claim(figures.Competition, "10.3:1", "41", "4"), nil},
		{"competition without decimals", claim(figures.Competition, "15:1", "45", "3"), nil},
		{"competition differs", claim(figures.Competition, "7.0:1", "1,282", "186"),
			[]string{"figures.competition error 6.9:1"}},
		{"same", claim(figures.Same, "36억원", "3,578백만원"), nil},
		{"same differs", claim(figures.Same, "40,411개", "40,111"), []string{"figures.same error 40,111"}},
		{"same cut off", claim(figures.Same, "2,961억원", "296,150백만원"),
			[]string{"figures.truncated warning 296,150백만원"}},
		{"same, coarser second", claim(figures.Same, "9,659개사", "9천6백개사"),
			[]string{"figures.truncated warning 9천6백개사"}},
		{"product", claim(figures.Product, "50억원", "100개사", "5천만원"), nil},
		{"product differs", claim(figures.Product, "50억원", "100개사", "4천만원"), []string{"figures.product error 40억원"}},
		{"ceiling kept", with(claim(figures.Product, "", "200만 원", "5만 명"), ceiling("1,001억 원")), nil},
		{"ceiling reached", with(claim(figures.Product, "", "200만 원", "5만 명"), ceiling("1천억 원")),
			[]string{"figures.ceiling_reached warning 1,000억 원"}},
		{"ceiling exceeded, wrong too", with(claim(figures.Product, "900억 원", "200만 원", "5만 명"), ceiling("50억 원")),
			[]string{"figures.product error 1,000억 원", "figures.ceiling_exceeded warning 1,000억 원"}},
		{"growth", with(claim(figures.Growth, "13.1%", "13,224", "40,111"), years(9)), nil},
		{"growth differs", with(claim(figures.Growth, "13.1%", "13,224", "40,411"), years(9)),
			[]string{"figures.growth error 13.2%"}},
		{"growth of one year", with(claim(figures.Growth, "△50%", "2", "1"), years(1)), nil},
		{"growth to nothing", with(claim(figures.Growth, "△100%", "2", "0"), years(3)), nil},
		{"growth from nothing", with(claim(figures.Growth, "5%", "0", "1"), years(3)),
			[]string{"figures.undefined error "}},
		{"growth short of a bound",
			with(with(claim(figures.Growth, "20%", "524억 4천만 달러", "1,641억 달러"), years(8)), related(figures.Over)),
			[]string{"figures.not_over error 15.3%"}},
		{"at least", with(claim(figures.Ratio, "4배", "223조 원", "54조 원"), related(figures.AtLeast)), nil},
		{"at least, equal", with(claim(figures.Ratio, "4배", "8", "2"), related(figures.AtLeast)), nil},
		{"over, equal", with(claim(figures.Ratio, "4배", "8", "2"), related(figures.Over)),
			[]string{"figures.not_over error 4.0배"}},
		{"units", claim(figures.Sum, "10개", "4개", "6명"), []string{"figures.units error "}},
		{"unreadable", claim(figures.Sum, "10", "미공개"), []string{"figures.unreadable error "}},
		{"no operand", claim(figures.Sum, "10"), []string{"figures.incomplete error "}},
		{"no stated figure", claim(figures.Ratio, "", "1", "2"), []string{"figures.incomplete error "}},
		{"no ceiling", claim(figures.Product, "", "1", "2"), []string{"figures.incomplete error "}},
		{"no years", claim(figures.Growth, "1%", "1", "2"), []string{"figures.incomplete error "}},
		{"too many years", with(claim(figures.Growth, "1%", "1", "2"), years(101)),
			[]string{"figures.incomplete error "}},
		{"growth to less than nothing", with(claim(figures.Growth, "1%", "1", "△2"), years(2)),
			[]string{"figures.undefined error "}},
		{"unknown kind", claim("guess", "1%", "1", "2"), []string{"figures.incomplete error "}},
		{"unknown relation", with(claim(figures.Sum, "1", "1"), related("near")),
			[]string{"figures.incomplete error "}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, brief(figures.Check([]figures.Claim{tt.claim}))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func brief(found []figures.Finding) []string {
	var out []string
	for _, f := range found {
		out = append(out, fmt.Sprintf("%s %s %s", f.Key, f.Severity, f.Computed))
	}
	return out
}

func TestDoubleCountCountsOnce(t *testing.T) {
	c := claim(figures.DoubleCount, "", "1,282", "132")
	c.Shared = []figures.Figure{{Text: "45"}, {Text: "74"}}
	want := []figures.Finding{{
		ClaimID: "c", Kind: figures.DoubleCount, Severity: figures.Warning, Computed: "1,295", Where: here,
		Key: figures.KeyDoubleCount,
		Args: map[string]string{"title": "시험", "stated": "", "computed": "1,295",
			"working": "1,282 + 132 − 45 − 74 = 1,295"},
	}}
	if diff := cmp.Diff(want, figures.Check([]figures.Claim{c})); diff != "" {
		t.Error(diff)
	}
	c.Shared = nil
	if got := brief(figures.Check([]figures.Claim{c})); !slices.Equal(got, []string{"figures.incomplete error "}) {
		t.Error(got)
	}
}

func TestFindingNamesBothPlaces(t *testing.T) {
	c := claim(figures.Same, "40,411개", "40,111")
	c.Operands[0].Where = figures.Place{Document: "정책리포트", Section: "[표 4]"}
	got := figures.Check([]figures.Claim{c})
	if len(got) != 1 || got[0].Where != here || got[0].Other != c.Operands[0].Where {
		t.Fatalf("findings %+v", got)
	}
	want := map[string]string{"title": "시험", "stated": "40,411개", "computed": "40,111",
		"document": "정책리포트", "section": "[표 4]"}
	if diff := cmp.Diff(want, got[0].Args); diff != "" {
		t.Error(diff)
	}
}

func TestEveryFindingHasAListedKey(t *testing.T) {
	listed := figures.Keys()
	rapid.Check(t, func(t *rapid.T) {
		claims := rapid.SliceOfN(anyClaim(), 1, 5).Draw(t, "claims")
		for _, f := range figures.Check(claims) {
			if !slices.Contains(listed, f.Key) || f.ClaimID == "" || f.Args["title"] == "" {
				t.Fatalf("finding %+v", f)
			}
		}
	})
}

func TestCheckChangesNothingAndKeepsOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		claims := rapid.SliceOfN(anyClaim(), 1, 8).Draw(t, "claims")
		for i := range claims {
			claims[i].ID = fmt.Sprintf("c%03d", i)
		}
		before, _ := json.Marshal(claims)
		found := figures.Check(claims)
		after, _ := json.Marshal(claims)
		if string(before) != string(after) {
			t.Fatalf("claims changed: %s", after)
		}
		ids := make([]string, 0, len(found))
		for _, f := range found {
			ids = append(ids, f.ClaimID)
		}
		if !slices.IsSorted(ids) {
			t.Fatalf("order %v", ids)
		}
		var single []figures.Finding
		for _, c := range claims {
			single = append(single, figures.Check([]figures.Claim{c})...)
		}
		if diff := cmp.Diff(single, found); diff != "" {
			t.Fatal(diff)
		}
	})
}

// anyClaim makes claims of every kind, most of them wrong and some of them broken.
func anyClaim() *rapid.Generator[figures.Claim] {
	text := rapid.SampledFrom([]string{"0", "1", "2", "40,411개", "96.8%", "△3", "1천억 원", "미공개", "", "-", "6.9:1"})
	return rapid.Custom(func(t *rapid.T) figures.Claim {
		kind := rapid.SampledFrom([]figures.Kind{figures.Sum, figures.Ratio, figures.Competition, figures.Same,
			figures.Product, figures.Growth, figures.DoubleCount, "guess"}).Draw(t, "kind")
		c := claim(kind, text.Draw(t, "stated"), rapid.SliceOfN(text, 0, 3).Draw(t, "operands")...)
		c.Ceiling.Text = text.Draw(t, "ceiling")
		c.Periods = rapid.IntRange(-1, figures.MaxPeriods+1).Draw(t, "periods")
		relations := []figures.Relation{"", figures.Equal, figures.Over, figures.AtLeast}
		c.Relation = rapid.SampledFrom(relations).Draw(t, "relation")
		for _, s := range rapid.SliceOfN(text, 0, 2).Draw(t, "shared") {
			c.Shared = append(c.Shared, figures.Figure{Text: s})
		}
		return c
	})
}

// TestHalfUpAgainstDigits compares rounding with the schoolbook rule: look at the first digit cut off.
func TestHalfUpAgainstDigits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, 1e12).Draw(t, "n")
		places := rapid.IntRange(1, 6).Draw(t, "places")
		worth := int64(1)
		for range places {
			worth *= 10
		}
		kept, cut := n/worth, n%worth*10/worth
		want := kept
		if cut >= 5 {
			want++
		}
		v, step := big.NewRat(n, worth), big.NewRat(1, 1)
		if got := figures.HalfUp(v, step); got.Cmp(big.NewRat(want, 1)) != 0 {
			t.Fatalf("HalfUp(%s) = %s, want %d", v, got, want)
		}
		if got := figures.Floor(v, step); got.Cmp(big.NewRat(kept, 1)) != 0 {
			t.Fatalf("Floor(%s) = %s, want %d", v, got, kept)
		}
	})
}
