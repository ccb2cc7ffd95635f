package alliance_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"secretariat/domain"
	. "secretariat/domain/alliance"
)

func TestWhatLooksLikePersonalDataIsFound(t *testing.T) {
	for text, want := range map[string]string{
		"연락처는 010-1234-5678 입니다.":        "phone 010-1234-5678",
		"010 1234 5678, 01012345678":     "phone 010 1234 5678; phone 01012345678",
		"02)2133-1234":                   "phone 02)2133-1234",
		"(02) 2133-1234":                 "phone (02) 2133-1234",
		"+82-10-1234-5678":               "phone +82-10-1234-5678",
		"０１０－１２３４－５６７８":                  "phone ０１０－１２３４－５６７８",
		"hong.gildong+1@city.seoul.kr로":  "email hong.gildong+1@city.seoul.kr",
		"900101-1234567":                 "resident 900101-1234567",
		"9001011234567":                  "resident 9001011234567",
		"4111-1111-1111-1111 카드":         "card 4111-1111-1111-1111",
		"4111 1111 1111 1111":            "card 4111 1111 1111 1111",
		"3782-822463-10005":              "card 3782-822463-10005",
		"900101-1234567과 a@b.kr":         "resident 900101-1234567; email a@b.kr",
		"4111-1111-1111-1112":            "", // wrong check digit
		"991301-1234567":                 "", // no day
		"사업자등록번호 124-81-00998":           "",
		"제2026-12호, 2026. 11. 22. 15:00": "",
		"예산 12,340,500,000원":             "",
		"금113,560원(2027년 100개사)":         "",
		"문의: @서울":                        "",
	} {
		var got []string
		for _, f := range FindPersonal(text) {
			got = append(got, fmt.Sprintf("%s %s", f.Kind, string([]rune(text)[f.From:f.To])))
		}
		if joined := strings.Join(got, "; "); joined != want {
			t.Errorf("%q: %q, want %q", text, joined, want)
		}
	}
}

// TestNothingFoundStaysInWhatThePublicReads puts numbers between words and holds the shown text against a naive look.
func TestNothingFoundStaysInWhatThePublicReads(t *testing.T) {
	naive := regexp.MustCompile(`01[016789]-\d{3,4}-\d{4}|[a-z]+@[a-z]+\.kr|\d{6}-[1-8]\d{6}`)
	hidden := 0
	rapid.Check(t, func(t *rapid.T) {
		var words []string
		for range rapid.IntRange(0, 8).Draw(t, "words") {
			words = append(words, rapid.SampledFrom([]string{
				"의견", "입니다.", "010-1234-5678", "가나@다", "hong@city.kr", "850314-2345678", "2026. 11. 22.", "■", "\n", "제3조(기본계획)",
			}).Draw(t, "word"))
		}
		o := Opinion{Text: strings.Join(words, " "), Wording: strings.Join(words, ", ")}
		shown := o.Shown()
		for _, x := range [][2]string{{o.Text, shown.Text}, {o.Wording, shown.Wording}} {
			want := naive.ReplaceAllStringFunc(x[0], func(s string) string { return strings.Repeat("■", len([]rune(s))) })
			if x[1] != want {
				t.Fatalf("%q is shown as %q, want %q", x[0], x[1], want)
			}
			hidden += strings.Count(x[1], "■■")
		}
	})
	if hidden == 0 {
		t.Error("nothing was ever hidden")
	}
}

func TestTheStaffDecideWhatIsHidden(t *testing.T) {
	o := Opinion{Text: "홍길동 010-1234-5678", Personal: 1}
	if !o.Unmasked() {
		t.Error("nobody has looked and it counts as looked at")
	}
	hidden, err := o.Mask([]Mask{{Field: FieldText, From: 0, To: 3}}, noon(3))
	if err != nil || hidden.Unmasked() || hidden.Shown().Text != "■■■ 010-1234-5678" || hidden.Text != o.Text {
		t.Errorf("%+v %v", hidden.Shown(), err)
	}
	none, _ := o.Mask(nil, noon(3))
	if none.Shown().Text != o.Text {
		t.Errorf("what is no personal data is hidden: %q", none.Shown().Text)
	}
	for _, m := range []Mask{{Field: "giver", From: 0, To: 1}, {Field: FieldText, From: 2, To: 99}, {Field: FieldWording, From: 0, To: 1}, {Field: FieldText, From: 3, To: 3}} {
		if _, err := o.Mask([]Mask{m}, noon(3)); domain.CodeOf(err) != domain.CodeInvalid {
			t.Errorf("%+v: %v", m, err)
		}
	}
}
