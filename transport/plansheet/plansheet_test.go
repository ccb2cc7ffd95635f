package plansheet_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/plan"
	. "secretariat/transport/plansheet"
)

// words draws a text as people type it, with what YAML could take for something else.
func words(max int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		odd := rapid.SampledFrom([]string{"12", "null", "true", "1.50", "2027-01-01", "~", "- 가", "a: b", "# 주석", "{}", "'", `"`, "|", "&a", "*a", "@", "%", "개사", "가\n 나\n\n다\t라"})
		s := odd.Draw(t, "odd")
		if rapid.Bool().Draw(t, "any") {
			s = rapid.StringOfN(rapid.RuneFrom([]rune("가나다 ㆍabc12:-#{}[]\",'\\\n&*!|>%@`~")), 1, max, -1).Draw(t, "text")
		}
		return strings.TrimSpace(norm.NFC.String("가" + s))
	})
}

func sheets() *rapid.Generator[Sheet] {
	return rapid.Custom(func(t *rapid.T) Sheet {
		out := Sheet{Title: words(20).Draw(t, "title"), Vision: words(60).Draw(t, "vision"), From: "2027-01-01"}
		var add func(parent string, depth int)
		add = func(parent string, depth int) {
			for i := range rapid.IntRange(1, 3).Draw(t, "nodes") {
				id := fmt.Sprint(i + 1)
				if parent != "" {
					id = parent + "-" + id
				}
				out.Nodes = append(out.Nodes, drawNode(t, id, parent, depth))
				if depth < 2 && rapid.Bool().Draw(t, "deeper") {
					add(id, depth+1)
				}
			}
		}
		add("", 0)
		return out
	})
}

func drawNode(t *rapid.T, id, parent string, depth int) plan.Node {
	kind := []plan.NodeKind{plan.Strategy, plan.Programme, plan.Task}[depth]
	n := plan.Node{
		ID: id, Parent: parent, Kind: kind, Title: words(20).Draw(t, "name"), Owner: words(10).Draw(t, "owner"),
		Weight: rapid.IntRange(1, 1000).Draw(t, "weight"),
	}
	if rapid.Bool().Draw(t, "days") {
		n.Text, n.From, n.Until = words(100).Draw(t, "text"), "2027-01-01", calendar.Date("2027-12-31")
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "money") {
		n.Budget = append(n.Budget, plan.Money{Year: 2027 + i, Source: words(10).Draw(t, "source"), Amount: rapid.Int64Range(0, plan.MaxMoney).Draw(t, "amount")})
	}
	value := rapid.Int64Range(-plan.MaxValue, plan.MaxValue)
	for i := range rapid.IntRange(0, 2).Draw(t, "indicators") {
		n.Indicators = append(n.Indicators, plan.Indicator{
			Name: fmt.Sprint(words(10).Draw(t, "indicator"), i), Unit: words(5).Draw(t, "unit"), Baseline: value.Draw(t, "base"),
			Targets: []plan.Target{{Year: 2027, Value: value.Draw(t, "first")}, {Year: 2029, Value: value.Draw(t, "last")}},
		})
	}
	return n
}

func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := sheets().Draw(t, "sheet")
		raw, err := Write(want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Read(raw)
		if err != nil {
			t.Fatalf("%v\n%s", err, raw)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("(-want +got) %s\n%s", diff, raw)
		}
	})
}

const good = `계획: 기본계획
비전: 선도도시
시작일: 2027-01-01
전략:
  - 번호: 1
    이름: 역량 강화
    담당부서: 경제정책과
    사업:
      - 번호: 1-1
        이름: 패키지 지원
        담당부서: 경제정책과
        예산: [{연도: 2027, 재원: 시비, 금액: "1,000"}]
        성과지표:
          - {이름: 역량지수, 단위: 점, 기준값: 2.76, 목표: {2027: 2.9, 2029: 3.3}}
`

func TestEveryBrokenLineIsToldByItsNumber(t *testing.T) {
	if _, err := Read([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ old, new, want string }{
		{"비전: 선도도시", "비젼: 선도도시", "lines.2 plansheet.unknown"},
		{"시작일: 2027-01-01", "시작일: 2027-13-01", "lines.3 field.date"},
		{"    담당부서: 경제정책과\n    사업", "    사업", "lines.5 plansheet.missing"},
		{"단위: 점, ", "", "lines.14 plansheet.missing lines.14 plan.unit"},
		{"2.76", "2.7601", "lines.14 plansheet.number"},
		{"2.9", "이점구", "lines.14 plansheet.number"},
		{`"1,000"`, "천원", "lines.12 plansheet.whole"},
		{"번호: 1-1", "번호: 1", "lines.9 plansheet.id_twice"},
		{"사업:", "사업: 없음", "lines.9 plansheet.syntax"},
		{"전략:", "전략: {}", "lines.4 plansheet.syntax"},
		{"2029: 3.3", "2026: 3.3", "lines.14 plan.target_years"},
		{good, "", "lines.1 plansheet.syntax"},
		{good, "- 1", "lines.1 plansheet.mapping lines.1 plansheet.missing"},
		{good, good + "---\n가: 나\n", "lines.15 plansheet.one_document"},
		{good, strings.Replace(strings.Replace(good, "2.76", "x", 1), "비전", "비젼", 1), "lines.2 plansheet.unknown lines.14 plansheet.number"},
	} {
		_, err := Read([]byte(strings.Replace(good, x.old, x.new, 1)))
		var e *domain.Error
		var got []string
		if errors.As(err, &e) {
			for _, f := range e.Fields {
				got = append(got, f.Field+" "+f.Key)
			}
		}
		if strings.Join(got, " ") != x.want {
			t.Errorf("%q: %v, want %s", x.new, got, x.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("전략: &a [*a]"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		sheet, err := Read(raw)
		if err != nil {
			return
		}
		var p domain.Problems
		if sheet.Nodes.Check(&p); p.Err() != nil {
			t.Errorf("taken with %v", p.Err())
		}
	})
}
