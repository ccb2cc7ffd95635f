package docs

import "testing"

func TestCite(t *testing.T) {
	const ordinance = "「서울특별시 각종 위원회의 설치ㆍ운영에 관한 조례」"
	for short, want := range map[string]string{
		"위원회조례 10①":         ordinance + " 제10조제1항",
		"위원회조례 10의2④⑤":      ordinance + " 제10조의2제4항ㆍ제5항",
		"위원회조례 8의2①1호~7호":   ordinance + " 제8조의2제1항제1호~제7호",
		"위원회조례 9의2":         ordinance + " 제9조의2",
		"위원회조례 10① 단서":      ordinance + " 제10조제1항 단서",
		"위원회규칙 3조3호":        "「서울특별시 각종 위원회의 설치ㆍ운영에 관한 조례 시행규칙」 제3조제3호",
		"열린시정조례 5①1호ㆍ14호":   "「서울특별시 열린시정을 위한 행정정보 공개 조례」 제5조제1항제1호ㆍ제14호",
		"정보공개법 9②ㆍ14":       "「공공기관의 정보공개에 관한 법률」 제9조제2항ㆍ제14조",
		"위원회조례 7①, 16②":     ordinance + " 제7조제1항, 16②", // the second names no law
		"위원회조례 9, 위원회조례 10": ordinance + " 제9조, 같은 조례 제10조",
		"가칭 조례안(4IR조례 11②, 울산조례 9③)": "가칭 조례안(「서울특별시 4차 산업혁명 촉진에 관한 조례」 제11조제2항, " +
			"「울산광역시 산업 디지털 전환 촉진 조례」 제9조제3항)",
		"법제처 09-0129, 대법원 90다20084": "법제처 09-0129, 대법원 90다20084",
		"회의 관행":    "회의 관행",
		"자체 기준 3개": "자체 기준 3개",
		"":         "",
	} {
		if got := cite(short); got != want {
			t.Errorf("%q: got %q, want %q", short, got, want)
		}
	}
}

func TestLegend(t *testing.T) {
	got := legend("의사정족수: 재적 15명 (위원회조례 7①)", "가부동수 (4IR조례 11③)", "(위원회조례 9①)")
	want := "근거의 줄임(7①은 제7조제1항) 위원회조례: 「서울특별시 각종 위원회의 설치ㆍ운영에 관한 조례」, 4IR조례: 「서울특별시 4차 산업혁명 촉진에 관한 조례」"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := legend("법제처 09-0129"); got != "" {
		t.Errorf("got %q for no short name", got)
	}
}
