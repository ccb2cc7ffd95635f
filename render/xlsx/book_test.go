package xlsx

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/selection"
)

// drawn is a ranked call with applicants of any name.
func drawn(t *rapid.T) selection.Book {
	profile := selection.Profile{
		Criteria: []selection.Criterion{{Name: "=성장 가능성", Weight: 60, Floor: 20}, {Name: "효과성", Weight: 40}},
		Floor:    70, TrimFrom: 5, BonusMax: 5, PenaltyMax: 5, Decimals: 2, Panel: 7, Reserve: 1,
		Select: rapid.IntRange(1, 3).Draw(t, "select"), Budget: rapid.SampledFrom([]int64{0, 400}).Draw(t, "budget"),
	}
	c := selection.Call{ID: "call", Title: "+공모", Year: 2026, Number: 3, Profile: profile, Seed: "seed"}
	c.ProfileHash, c.Commitment = profile.Hash(), selection.Commitment(c.Seed)
	var rank selection.Ranking
	var all []selection.Application
	judges := rapid.IntRange(1, 7).Draw(t, "judges")
	for i := range rapid.IntRange(1, 8).Draw(t, "applications") {
		e := selection.Entry{
			Application: domain.ID(fmt.Sprint("x", i)), Amount: rapid.Int64Range(1, 200).Draw(t, "amount"),
			Bonus: rapid.Int64Range(0, 5000).Draw(t, "bonus"), Penalty: rapid.Int64Range(0, 5000).Draw(t, "penalty"),
			BonusCount: rapid.IntRange(0, 2).Draw(t, "count"),
		}
		for range judges {
			e.Sheets = append(e.Sheets, []int64{
				rapid.Int64Range(15000, 60000).Draw(t, "a"), rapid.Int64Range(25000, 40000).Draw(t, "b"),
			})
		}
		rank.Entries = append(rank.Entries, e)
		all = append(all, selection.Application{ID: e.Application, Number: i + 1, Applicant: "=cmd|' /C calc'!A0", Title: "@과제"})
	}
	var err error
	if rank.Rows, err = selection.Rank(profile, rank.Entries, c.Seed); err != nil {
		t.Fatal(err)
	}
	return selection.BookOf(c, rank, all, nil)
}

type reader struct {
	t *rapid.T
	f *excelize.File
}

func open(t *rapid.T, b selection.Book) reader {
	raw, err := Book(b)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return reader{t, f}
}

// table reads a sheet as rows by heading.
func (r reader) table(name string) []map[string]string {
	rows, err := r.f.GetRows(name, excelize.Options{RawCellValue: true})
	if err != nil || len(rows) == 0 {
		r.t.Fatal(name, err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		line := map[string]string{}
		for i, cell := range row {
			line[rows[0][i]] = cell
		}
		out = append(out, line)
	}
	return out
}

// thousandths reads a number exactly.
func (r reader) thousandths(text string) int64 {
	n, ok := new(big.Rat).SetString(text)
	if !ok {
		r.t.Fatalf("%q is no number", text)
	}
	if n.Mul(n, big.NewRat(selection.Point, 1)); !n.IsInt() {
		r.t.Fatalf("%q has more than three decimals", text)
	}
	return n.Num().Int64()
}

func (r reader) whole(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		r.t.Fatal(err)
	}
	return n
}

// profile reads the criteria and the limits.
func (r reader) profile() (selection.Profile, string) {
	rows, err := r.f.GetRows(SheetBasis, excelize.Options{RawCellValue: true})
	if err != nil {
		r.t.Fatal(err)
	}
	facts, out, at := map[string]string{}, selection.Profile{}, false
	for _, row := range rows {
		switch {
		case len(row) == 0 || row[0] == "비고":
			at = false
		case row[0] == "평가항목":
			at = true
		case at:
			out.Criteria = append(out.Criteria, selection.Criterion{Name: row[0], Weight: int(r.whole(row[1])), Floor: int(r.whole(row[2]))})
		case len(row) > 1:
			facts[row[0]] = row[1]
		}
	}
	out.Select, out.Budget, out.Reserve = int(r.whole(facts["선정 수"])), r.whole(facts["예산(원, 0은 한도 없음)"]), int(r.whole(facts["예비 수"]))
	out.Floor = int(r.whole(facts["과락 기준(평균, 점)"]))
	out.TrimFrom = int(r.whole(facts["최고ㆍ최저 제외 기준(평가표 수, 0은 제외하지 않음)"]))
	out.BonusMax, out.PenaltyMax = int(r.whole(facts["가점 상한(점)"])), int(r.whole(facts["감점 상한(점)"]))
	out.Decimals = int(r.whole(facts["소수 자릿수(마지막에 한 번 반올림)"]))
	return out, facts["추첨 씨앗"]
}

func (r reader) entries(p selection.Profile) []selection.Entry {
	var out []selection.Entry
	for _, row := range r.table(SheetRanking) {
		e := selection.Entry{
			Application: domain.ID(row["과제 식별자"]), Amount: r.whole(row["신청액(원)"]), BonusCount: int(r.whole(row["가점 건수"])),
			Bonus: r.thousandths(row["인정 가점"]), Penalty: r.thousandths(row["인정 감점"]),
		}
		for _, sheet := range r.table(SheetScores) {
			if sheet["과제 식별자"] == row["과제 식별자"] {
				scores := []int64{}
				for _, c := range p.Criteria {
					scores = append(scores, r.thousandths(sheet[c.Name]))
				}
				e.Sheets = append(e.Sheets, scores)
			}
		}
		out = append(out, e)
	}
	return out
}

func TestTheRankingIsComputedAgainFromItsWorkbook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawn(t)
		r := open(t, b)
		p, seed := r.profile()
		rows, err := selection.Rank(p, r.entries(p), seed)
		if err != nil {
			t.Fatal(err)
		}
		table := r.table(SheetRanking)
		for i, want := range b.Record.Rows {
			got, line := rows[i], table[i]
			a, _ := json.Marshal(got)
			b, _ := json.Marshal(want)
			if !bytes.Equal(a, b) {
				t.Errorf("row %d: %s, want %s", i, a, b)
			}
			if line["결과"] != outcomes[want.Outcome] || r.thousandths(line["최종 점수"]) != want.Final || line["다음 순위와의 동점 처리"] != ties[want.Tie] {
				t.Errorf("line %d shows %v, want %+v", i, line, want)
			}
		}
	})
}

func TestNothingInAWorkbookIsAFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := open(t, drawn(t))
		for _, name := range r.f.GetSheetList() {
			rows, err := r.f.GetRows(name)
			if err != nil {
				t.Fatal(err)
			}
			for y, row := range rows {
				for x, cell := range row {
					at, _ := excelize.CoordinatesToCellName(x+1, y+1)
					if formula, _ := r.f.GetCellFormula(name, at); formula != "" {
						t.Errorf("%s %s is the formula %s", name, at, formula)
					}
					if kind, _ := r.f.GetCellType(name, at); kind != excelize.CellTypeUnset && cell != "" && slices.Contains([]byte("=+-@\t\r"), cell[0]) {
						t.Errorf("%s %s begins as a formula: %q", name, at, cell)
					}
				}
			}
		}
	})
}

func TestTextsThatBeginLikeFormulasAreMadeSafe(t *testing.T) {
	for given, want := range map[string]string{
		"=1+1": "'=1+1", "+82": "'+82", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'=1", "\r=1": "'=1", "＝1": "'＝1",
		"과제": "과제", "": "", "a=b": "a=b",
	} {
		if got := safe(given); got != want {
			t.Errorf("%q becomes %q, want %q", given, got, want)
		}
	}
}
