package docs

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"secretariat/domain/alliance"
)

func TestADigestShowsTheDraftAndWhatBecameOfEveryOpinion(t *testing.T) {
	answered := time.Date(2026, 12, 20, 3, 0, 0, 0, time.UTC)
	p := alliance.DigestPaper{
		Committee: "디지털전환위원회", Count: alliance.Count{Opinions: 2, Partly: 1, Declined: 1},
		Consultation: alliance.Consultation{
			Kind: alliance.Consulting, Title: "3개년 기본계획(안)", Purpose: "의견을 듣습니다.", Year: 2026, Number: 3,
			ClosesAt: answered.AddDate(0, 0, -10), AnsweredAt: &answered,
			Articles: []alliance.Article{{Label: "제1조", After: "새 조문"}, {Label: "제2조", Before: "옛 조문"}},
		},
		Lines: []alliance.DigestLine{
			{Article: 0, Stance: alliance.Remarks, Text: "연락처 ■■■■", Outcome: alliance.Declined, Reason: "해당 없음"},
			{Article: 1, Stance: alliance.Amends, Text: "이유", Wording: "고친 조문", Giver: "한강로보틱스", Outcome: alliance.Partly, Reason: "문구를 고침", Merged: true},
		},
	}
	raw, err := Renderer{}.Digest(p)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := (Renderer{}).Digest(p); err != nil || !bytes.Equal(raw, again) {
		t.Errorf("the same digest gives other bytes: %v", err)
	}
	text := read(t, "digest.pdf", raw)
	for _, want := range []string{
		"의견수렴 결과", "제2026-3호", "신구조문대비표", "<신설>", "<삭제>", "의견 2건: 반영 0건, 일부반영 1건, 미반영 1건", "■■■■", "전체 의견",
		"고칠 문안: 고친 조문", "한강로보틱스", "(같은 의견과 함께", "2026. 12. 20.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not in %s", want, text)
		}
	}
}
