package pdf

import (
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// released is the date of the documents of these tests.
var released = time.Date(2026, 12, 18, 10, 12, 0, 0, time.FixedZone("KST", 9*60*60))

// sampleMeta describes the sample.
func sampleMeta() Meta {
	return Meta{
		Title: "제3차 디지털전환위원회 회의록", Author: "서울특별시 디지털전환위원회", Subject: "2026. 12. 15. 회의의 회의록",
		Keywords: []string{"회의록", "디지털전환위원회", "기본계획"}, Number: "디지털전환담당관-1345", Created: released,
	}
}

// hanja are 68 characters without a space, as in an old bylaw quoted in the minutes.
const hanja = "天地玄黃宇宙洪荒日月盈昃辰宿列張寒來暑往秋收冬藏閏餘成歲律呂調陽雲騰致雨露結爲霜金生麗水玉出崑岡劍號巨闕珠稱夜光果珍李柰菜重芥薑海鹹河淡"

// nfd is "위원회 회의록 각하" as a Mac hands it over, in loose letters.
var nfd = norm.NFD.String("위원회 회의록 각하")

// sample writes every kind of block.
func sample() *Doc {
	d := New(sampleMeta())
	sampleOpening(d)
	sampleItems(d)
	sampleTables(d)
	sampleClosing(d)
	return d
}

func sampleOpening(d *Doc) {
	d.Head(Head{Organisation: "서울특별시 디지털전환위원회", Number: "디지털전환담당관-1345", Date: "2026. 12. 18.",
		Disclosure: "부분공개(5ㆍ6호)"})
	d.Title("제3차 디지털전환위원회 회의록")
	d.Subtitle("(정기회의)")
	d.KeyValues(
		KeyValue{Key: "일시", Value: "2026. 12. 15.(화) 14:00~16:20"},
		KeyValue{Key: "장소", Value: "서울특별시청 3층 대회의실 및 화상회의"},
		KeyValue{Key: "개최기관", Value: "서울특별시 디지털전환위원회(담당부서: 디지털전환담당관)"},
		KeyValue{Key: "참석자", Value: "위원장 김한결, 부위원장 이서윤, 위원 박도현, 최지우, 정하준, 강서연, 조민준, 윤지아 (재적 15명 중 8명)"},
		KeyValue{Key: "배석자", Spans: []Span{Plain("간사 임수현, 서기 "), Redacted(6)}},
	)
	d.Heading(1, "1. 개의")
	d.ParagraphSpans(Bold("위원장 김한결"), Plain("  재적위원 15명 중 8명이 출석하여 성원이 되었으므로 제3차 디지털전환위원회 회의의 개회를 선언합니다. "+
		"회의록은 「서울특별시 각종 위원회의 설치ㆍ운영에 관한 조례」 제10조의2에 따라 공개될 수 있음을 알려 드립니다. (의사봉 3타)"))
	d.Box("의사정족수 확인", "재적 15 · 출석 8(제척 3 포함) · 필요 8 = 15÷2의 몫 7 + 1", "출석 8 ≥ 필요 8 → 성원",
		"근거: 위원회조례 제7조제1항, 의사정족수 기준 seoul-general(2026. 1. 1. 시행)")
	d.Heading(2, "가. 의안 제2026-12호 산업 디지털 전환 3개년 기본계획(안)")
}

func sampleItems(d *Doc) {
	d.Item(1, "관련: 서울특별시 각종 위원회의 설치ㆍ운영에 관한 조례 제10조 및 같은 조례 시행규칙 제4조")
	d.Item(1, "위 호와 관련하여 산업 디지털 전환 3개년 기본계획(안)을 다음과 같이 심의하고, 그 결과를 관계 부서와 자치구에 통보하여 시행계획의 수립에 반영하도록 하고자 합니다.")
	d.Item(2, "전략 1: 중소기업의 디지털 전환 역량을 높이기 위하여 진단, 상담, 자금을 한곳에서 잇는 지원 체계를 마련하고 자치구 거점과 연결합니다.")
	d.Item(3, "진단 350개사, 상담 1,200건, 융자 금113,560,000원(금일억일천삼백오십육만원) 범위에서 추진하되 세부 사항은 시행계획으로 정합니다.")
	d.Item(4, "선정 기준은 성장 가능성 50, 지원 타당성 30, 효과성 20으로 한다.")
	d.Item(5, "평가위원 7명 가운데 최고점과 최저점을 뺀 산술평균으로 한다.")
	d.Item(6, "소수점 둘째 자리에서 반올림한다.")
	d.Item(7, "동점이면 배점이 가장 큰 항목의 점수가 높은 순으로 한다.")
	d.Item(8, "그래도 같으면 가점, 신청액, 추첨의 순으로 한다. 추첨의 과정은 회의록에 적고 참관인 2명이 확인한다. 나머지는 위원장이 정한다.")
	d.Item(2, "전략 2: 얼라이언스 분과를 6개에서 10개로 늘린다.")
	d.Bullet(1, "심의 의견")
	d.BulletSpans(2, Bold("박도현 위원"), Plain("  예산현액 대비 집행률이 "), Redacted(5), Plain(" 수준이므로 하반기 계획을 다시 살필 필요가 있음"))
	d.Bullet(3, "담당관: 분기별 이행점검에 반영하겠음")
	d.Bullet(4, "다음 회의에 보고")
	d.Marked(1, "※", Plain("한자 "+hanja+"이 이어지는 인용문과 "+nfd+", 그림문자 😀👨‍👩‍👧, 긴 주소 "+
		"https://www.seoul.go.kr/committee/digital/2026/meeting/3/minutes?version=final&lang=ko 를 포함하는 줄"))
}

func sampleTables(d *Doc) {
	d.Table(Table{
		Caption: "표 1. 재원별 투자 계획", Unit: "(단위: 백만원)",
		Columns: []Column{{"구분", 3, Left}, {"2027년", 2, Right}, {"2028년", 2, Right}, {"2029년", 2, Right},
			{"비고", 4, Left}},
		RowHeads: true, Total: true,
		Rows: [][]Cell{
			Row("국비", "1,200", "1,500", "1,800", "산업통상부 공모 연계, 확정 전에는 시행계획에서 빼고 산정함"),
			Row("시비", "19,705", "20,100", "21,000", ""),
			Row("민간", "4,100", "4,400", "4,900", "자부담 30 % 기준"),
			Row("계", "25,005", "26,000", "27,700", ""),
		},
	})
	d.Heading(2, "나. 표결")
	d.Table(Table{Columns: []Column{{"위원", 2, Center}, {"찬반", 1, Center}, {"의견", 5, Left}}, Empty: "해당 사항 없음"})
	d.Box("의결정족수 계산", "출석 8 - 제척 3 = 표결 대상 5", "필요 찬성 = 5÷2의 몫 2 + 1 = 3, 찬성 3 ≥ 필요 3 → 원안가결",
		"근거: 위원회조례 제9조, 법제처 09-0129")
	rows := make([][]Cell, 0, 40)
	for i := 1; i <= 40; i++ {
		rows = append(rows, Row(fmt.Sprint(i), fmt.Sprintf("의견 제출 기관 %d", i),
			strings.Repeat("의견의 요지를 적은 문장입니다. ", 1+i%4), []string{"반영", "일부반영", "미반영"}[i%3]))
	}
	rows[20][2] = Cell{Text: strings.Repeat("한 쪽을 넘는 긴 의견은 나누어 싣되 한 글자도 빠뜨리지 않습니다. ", 120)}
	d.Table(Table{Caption: "표 2. 얼라이언스 의견과 조치 계획",
		Columns: []Column{{"연번", 1, Center}, {"기관", 3, Left}, {"의견", 7, Left}, {"조치", 2, Center}}, Rows: rows})
}

func sampleClosing(d *Doc) {
	d.Heading(1, "2. 산회")
	d.Paragraph("위원장이 의결 결과를 선포하고 16:20에 산회를 선포하다.")
	d.Signatures(
		Signature{Role: "위원장", Name: "김한결", Signed: released},
		Signature{Role: "부위원장", Name: "이서윤"},
		Signature{Role: "위원", Spans: []Span{Redacted(5, 6)}, Note: "서명 거부(사유: 발언 요지에 이견)"},
	)
	d.Note("■■■ 표시는 「공공기관의 정보공개에 관한 법률」 제9조제1항 각 호에 따라 공개하지 아니한 부분이며, 괄호 안은 그 호의 번호임.")
	d.Paragraph("위와 같이 회의록을 작성하여 확인을 받음.")
	d.Enclosures("제3차 회의 심의자료 1부.", "출석부 사본 1부.", "표결 기록지 1부.")
	d.End()
	d.Issuer(Issuer{Date: "2026. 12. 18.", Name: "서울특별시 디지털전환위원회위원장", Seal: "청인"})
	d.Attach(File{Name: "회의록.json", Description: "회의록의 정본(JSON)", MIME: "application/json",
		Data: []byte(`{"minutes":3}`)})
}
