package docs_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"secretariat/domain/ballot"
	"secretariat/domain/calendar"
	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/policy"
	"secretariat/render/docs"
)

func hour(h, m int) time.Time { return time.Date(2026, 12, 15, h, m, 0, 0, calendar.Seoul) }

func head(schema string) document.Head {
	return document.Head{
		Schema: schema, Number: "디지털전환과-12", IssuedAt: hour(18, 0), Committee: "디지털전환위원회", Department: "디지털전환과",
		LegalBasis: "서울특별시 산업 디지털 전환 촉진 조례(가칭)", Provisional: true, Disclosure: "공개", Session: 3,
	}
}

func lines() []document.AgendaLine {
	return []document.AgendaLine{
		{Position: 1, Number: "의안 제2026-12호", Kind: meeting.Resolution, Title: "산업 디지털 전환 3개년 기본계획(안)", Proposer: "디지털전환과",
			Papers: []document.PaperLine{
				{Number: 1, Revision: 2, Title: "3개년 기본계획(안)", SHA256: strings.Repeat("a1b2c3", 11)[:64]},
				{Number: 2, Revision: 1, Title: "실태조사 결과 요약", SHA256: strings.Repeat("0f1e2d", 11)[:64]},
			}},
		{Position: 2, Number: "의안 제2026-13호", Kind: meeting.Deliberation, Title: "선도과제 협약 상대자 선정", Confidential: true},
		{Position: 3, Number: "의안 제2026-14호", Kind: meeting.Report, Title: "2026년 추진상황 보고", Proposer: "산업정책과"},
	}
}

func notice() document.Notice {
	return document.Notice{
		Head: head(document.SchemaNotice), Members: 15, Title: "제3차 회의", Mode: meeting.Mixed, StartsAt: hour(14, 0),
		ExpectedEnd: hour(16, 0), Place: "서울특별시청 본관 3층 대회의실", ReplyBy: "2026-12-08", Items: lines(), Basis: "위원회조례 10①",
		Pledge: true, PledgeBasis: "위원회조례 9의2", RecusalBasis: "위원회조례 9①",
	}
}

func agenda() document.Agenda {
	return document.Agenda{
		Head: head(document.SchemaAgenda), Title: "제3차 회의", Mode: meeting.Mixed, StartsAt: hour(14, 0),
		Place: "서울특별시청 본관 3층 대회의실",
		Items: lines(),
	}
}

func rule() ballot.Rule {
	half := policy.Fraction{Sense: ">", Num: 1, Den: 2}
	return ballot.Rule{
		Quorum: half, Majority: half, Tie: "reject", RecusedInQuorum: true, QuorumBasis: "위원회조례 7①",
		MajorityBasis: "위원회조례 7①",
		RecusalBasis:  "법제처 09-0129", TieBasis: "4IR조례 11③", Pack: "seoul-dx-draft",
	}
}

func part() minutes.BallotPart {
	a := ballot.Attendance{Serving: 15, Present: 8, Recused: 3}
	choices := []ballot.Choice{ballot.Yes, ballot.Yes, ballot.Yes, ballot.No, ballot.No}
	p := minutes.BallotPart{
		Ballot: "b", Purpose: ballot.MainMotion, Method: ballot.Named, Question: "의안 제2026-12호 「산업 디지털 전환 3개년 기본계획(안)」 안건",
		Result: ballot.Count(rule(), a, choices, ""),
	}
	for i, name := range []string{"김한결", "이서윤", "박도현", "최지우", "정하준"} {
		p.Votes = append(p.Votes, minutes.NamedVote{Name: name, Choice: choices[i]})
	}
	return p
}

func decision() document.DecisionRecord {
	b := part()
	return document.DecisionRecord{
		Head: head(document.SchemaDecision), MeetingDay: "2026-12-15", Mode: meeting.Mixed, Proposer: "디지털전환과",
		Reasons: "산업 디지털 전환을 촉진하고 중소기업의 경쟁력을 높이기 위하여 3개년 기본계획을 수립하고자 함.",
		Decision: minutes.Decision{
			ItemNumber: "의안 제2026-12호", Kind: meeting.Resolution, Number: "디지털전환위원회 의결 제2026-3호",
			Title: "산업 디지털 전환 3개년 기본계획(안)", Outcome: meeting.ApprovedConditionally,
			Text:       "의안 제2026-12호 「산업 디지털 전환 3개년 기본계획(안)」을 조건부로 의결한다.\n3개년 기본계획을 별지와 같이 수립한다.",
			Conditions: []string{"2027년 1분기까지 성과지표의 기준값을 보완하여 보고할 것", "재원 확보 방안을 시행계획에 반영할 것"},
			Ballot:     &b, DecidedAt: hour(15, 12), IssuedAt: hour(18, 0), Hash: strings.Repeat("0123456789abcdef", 4),
		},
		Actions:  []document.ActionLine{{Text: "기본계획 고시 및 누리집 공개", Owner: "디지털전환과", Due: "2027-01-15"}},
		Advisory: true, EffectBasis: "가칭 조례안(4IR조례 6②)",
		Pack: "서울특별시 산업 디지털 전환 촉진 조례(가칭) 기준(seoul-dx-draft, 2026. 11. 22.(일) 시행분)",
	}
}

func record() document.MinutesRecord {
	who := func(name, position, note string) minutes.Attendee {
		return minutes.Attendee{Name: name, Position: position, Note: note}
	}
	signed := hour(17, 30)
	item := minutes.ItemPart{
		Item: "i1", Number: "의안 제2026-12호", Title: "산업 디지털 전환 3개년 기본계획(안)", Kind: meeting.Resolution,
		Proposal: "3개년 기본계획을 별지와 같이 수립한다.",
		Outcome:  meeting.ApprovedConditionally, Conditions: []string{"성과지표의 기준값을 보완하여 보고할 것"},
		Recused: []minutes.Attendee{who("강서연", "위원", "제척"), who("조민준", "위원", "회피")}, Ballots: []minutes.BallotPart{part()},
	}
	hidden := minutes.ItemPart{
		Item: "i2", Number: "의안 제2026-13호", Title: "선도과제 협약 상대자 선정", Kind: meeting.Deliberation,
		Outcome: meeting.Deferred, Confidential: true,
	}
	return document.MinutesRecord{
		Head: head(document.SchemaMinutes), Version: 2, Hash: strings.Repeat("0123456789abcdef", 4),
		Kind: "recording", Recording: "녹음 2026-3",
		Basis: "위원회조례 10의2①", Confirmed: true,
		Notices: []minutes.Notice{
			{Anchor: "item/i2", Ground: "7", Reason: "법인의 경영상 비밀에 관한 사항", ReviewOn: "2027-12-31"},
			{Anchor: "statement/1", Ground: "5", Reason: "내부검토 과정에 있는 사항"},
		},
		Signatures: []document.SignatureLine{
			{Role: "위원장", Name: "김한결", Signed: &signed}, {Role: "부위원장", Name: "이서윤", Signed: &signed}, {Role: "위원", Name: "박도현"},
		},
		Content: minutes.Content{
			Title: "제3차 디지털전환위원회 회의", Host: "디지털전환위원회(담당부서: 디지털전환과)", Opened: hour(14, 2), Adjourned: hour(16, 5),
			Place: "서울특별시청 본관 3층 대회의실", Mode: meeting.Mixed, Serving: 15,
			Present: []minutes.Attendee{
				who("김한결", "위원장(서울특별시 디지털도시국장)", ""), who("이서윤", "부위원장(한빛대학교 교수)", "원격"), who("박도현", "위원(한국데이터협회 이사)", "14:20 입장"),
			},
			Absent:    []minutes.Attendee{who("윤지아", "위원(서울상공회의소 본부장)", "")},
			Observers: []minutes.Attendee{who("디지털전환과장", "", "")},
			Proceeding: []minutes.Entry{
				{ID: "event/1", At: hour(14, 2), Kind: meeting.EventOpen, Text: "재적위원 15명 중 8명이 출석하여 성원이 되었으므로 개회를 선언합니다."},
				{ID: "statement/1", At: hour(14, 10), Kind: minutes.EntryStatement, Speaker: "위원 박도현",
					Text: "사업비 ■■■(5호) 산정의 근거를 설명하여 주시기 바랍니다. 지난해 집행 실적과 비교하여 증액이 필요한 이유도 함께 말씀하여 주십시오."},
				{ID: "statement/2", At: hour(14, 12), Kind: minutes.EntryStatement, Speaker: "디지털전환과장",
					Text: "중소기업 350개사 실태조사 결과를 반영하였습니다."},
				{ID: "withheld/i2", At: hour(15, 20), Kind: minutes.EntryWithheld, Text: "■■■ 비공개 안건의 심의 내용"},
				{ID: "event/9", At: hour(16, 5), Kind: meeting.EventAdjourn, Text: "이상으로 오늘 회의를 모두 마치고 산회를 선포합니다."},
			},
			Items: []minutes.ItemPart{item, hidden}, Remarks: "다음 회의는 2027년 3월에 연다.",
		},
	}
}

// printed is every document of the sample by name.
func printed(t *testing.T) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	keep := func(name string) func([]byte, error) {
		return func(raw []byte, err error) {
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			out[name] = raw
		}
	}
	var r docs.Renderer
	keep("notice")(r.Notice(notice()))
	keep("agenda")(r.Agenda(agenda()))
	keep("minutes")(r.Minutes(record()))
	keep("decision")(r.Decision(decision()))
	return out
}

// TestSaid holds what each document must say, as a reader of its pages finds it.
func TestSaid(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("NOT TESTED: pdftotext is not installed")
	}
	want := map[string][]string{
		"notice": {
			"소집통지서", "디지털전환과-12", "수신", "디지털전환위원회(가칭) 위원 각위(재적 15명)", "일시: 2026. 12. 15.(화) 14:00 ~ 16:00",
			"의안 제2026-12호", "2026. 12. 8.(화)까지 회신", "붙임", "끝.", "디지털전환위원회위원장(가칭)", "비공개",
		},
		"agenda": {"안건목록", "의사일정", "3개년 기본계획(안)", "실태조사 결과 요약", "a1b2c3a1b2c3", "끝."},
		"minutes": {
			"회의록", "제3차 디지털전환위원회 회의", "2026. 12. 15.(화) 14:02 ~ 16:05", "재적 15명 중 3명 출석", "재적위원 15명 중 8명이 출석", "사업비 ■■■(5호) 산정",
			"14:20 입장", "녹음기록 녹음 2026-3", "재적 15 · 출석 8 · 제척 3 · 의결 대상 5 · 필요 3 · 찬성 3 · 반대 2",
			"찬성(3명): 김한결, 이서윤, 박도현", "강서연(제척)",
			"정보공개법 9①7호", "서명 진행 중", "끝.",
		},
		"decision": {
			"의결서", "디지털전환위원회 의결 제2026-3호", "조건부가결", "주문", "조건부로 의결한다.", "성과지표의 기준값", "재적 15 · 출석 8 · 제척 3 · 의결 대상 5 · 필요 3",
			"법제처 09-0129", "기본계획 고시", "2027. 1. 15.", "시장의 결재로 확정된다", "(가칭)", "끝.",
		},
	}
	for name, raw := range printed(t) {
		cmd := exec.CommandContext(t.Context(), "pdftotext", "-raw", "-", "-")
		cmd.Stdin = bytes.NewReader(raw)
		text, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		flat := strings.Join(strings.Fields(string(text)), " ")
		for _, w := range want[name] {
			if !strings.Contains(flat, w) {
				t.Errorf("%s does not say %q:\n%s", name, w, flat)
			}
		}
	}
}

// TestSameBytes holds that a document can be printed again to the same hash.
func TestSameBytes(t *testing.T) {
	first, second := printed(t), printed(t)
	for name, raw := range first {
		if !bytes.Equal(raw, second[name]) {
			t.Errorf("%s is printed differently the second time", name)
		}
	}
	if dir := os.Getenv("SECRETARIAT_PRINT_TO"); dir != "" {
		for name, raw := range first {
			if err := os.WriteFile(filepath.Join(dir, name+".pdf"), raw, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}
