package minutes_test

import (
	"testing"

	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
)

func TestWording(t *testing.T) {
	part := minutes.ItemPart{Number: "의안 제2026-12호", Title: "3개년 기본계획(안)", Proposal: "기본계획을 수립한다."}
	for _, c := range []struct {
		outcome meeting.Outcome
		text    string
		want    string
	}{
		{meeting.ApprovedAsProposed, "", "의안 제2026-12호 「3개년 기본계획(안)」을 원안대로 의결한다.\n기본계획을 수립한다."},
		{meeting.ApprovedAsProposed, "부위원장으로 홍길동 위원을 선출함", "의안 제2026-12호 「3개년 기본계획(안)」을 다음과 같이 의결한다.\n부위원장으로 홍길동 위원을 선출함"},
		{meeting.ApprovedAsAmended, "5년으로 한다.", "의안 제2026-12호 「3개년 기본계획(안)」을 다음과 같이 수정하여 의결한다.\n5년으로 한다."},
		{meeting.ApprovedConditionally, "", "의안 제2026-12호 「3개년 기본계획(안)」을 조건부로 의결한다.\n기본계획을 수립한다."},
		{meeting.ApprovedConditionally, "5년으로 한다.", "의안 제2026-12호 「3개년 기본계획(안)」을 다음과 같이 수정하여 조건부로 의결한다.\n5년으로 한다."},
		{meeting.Rejected, "", "의안 제2026-12호 「3개년 기본계획(안)」을 부결한다."},
		{meeting.Deferred, "", "의안 제2026-12호 「3개년 기본계획(안)」의 심의를 보류한다."},
		{meeting.Reconsideration, "", "의안 제2026-12호 「3개년 기본계획(안)」을 제안자에게 돌려보내 재심의하도록 한다."},
		{meeting.ReportReceived, "", "의안 제2026-12호 「3개년 기본계획(안)」의 보고를 원안대로 접수한다."},
		{meeting.AdviceGiven, "넓게 듣는다.", "의안 제2026-12호 「3개년 기본계획(안)」에 대하여 다음과 같이 자문한다.\n넓게 듣는다."},
	} {
		part.Outcome, part.Text = c.outcome, c.text
		if got := minutes.Wording(part); got != c.want {
			t.Errorf("%s: got %q, want %q", c.outcome, got, c.want)
		}
	}
}

func TestParticle(t *testing.T) {
	for word, want := range map[string]string{
		"계획": "을", "계획(안)": "을", "보고": "를", "보고(2차)": "를", "제3호": "를", "2026": "을", "2025": "를", "AI": "을(를)", "": "을(를)",
		"「의사」": "를",
	} {
		if got := minutes.Particle(word, "을", "를"); got != want {
			t.Errorf("%s: got %s, want %s", word, got, want)
		}
	}
}
