package docs_test

import (
	"slices"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/calendar"
	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/policy"
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

// writtenNotice is the notice of an urgent written deliberation, sent anew after a change.
func writtenNotice() document.Notice {
	n := notice()
	until := hour(18, 0).AddDate(0, 0, 7)
	n.Mode, n.WrittenUntil, n.Place, n.ReplyBy, n.Sequence = meeting.Written, &until, "", "", 1
	n.WrittenReason, n.Urgent = "국비 신청 기한이 12. 24.까지여서 회의를 열 시간이 없음", "국비 신청 기한"
	n.Provisional, n.Seal = false, true
	for i := range n.Items {
		n.Items[i].Papers = nil
	}
	return n
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

// election is the record of a secret election of the vice chair, issued in place of one with a slip of the pen.
func election() document.DecisionRecord {
	d := decision()
	who := func(id, name string) minutes.Attendee {
		return minutes.Attendee{Member: domain.ID(id), Name: name, Position: "위원"}
	}
	votes := slices.Concat(slices.Repeat([]ballot.Choice{"m2"}, 6), slices.Repeat([]ballot.Choice{"m3"}, 2))
	b := minutes.BallotPart{
		Ballot: "e", Purpose: ballot.Election, Method: ballot.Secret, Question: "부위원장 선출",
		Candidates: []minutes.Attendee{who("m2", "이서윤"), who("m3", "박도현")},
		Result:     ballot.CountElection(rule(), ballot.Attendance{Serving: 15, Present: 9}, []domain.ID{"m2", "m3"}, votes),
	}
	d.Decision.Ballot, d.Decision.Conditions, d.Decision.Title = &b, nil, "부위원장 선출"
	d.Decision.Outcome, d.Reasons, d.Actions, d.Provisional = meeting.ApprovedAsProposed, "", nil, false
	d.Decision.Text = "의안 제2026-12호 「부위원장 선출」을 다음과 같이 의결한다.\n부위원장으로 이서윤 위원을 선출함"
	d.Replaces, d.Decision.Cause = "디지털전환위원회 의결 제2026-2호", "성명의 오기를 바로잡음"
	return d
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
			{Role: "위원", Name: "강서연", Signed: &signed, Note: "제척 안건 1건 제외"},
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
				{ID: "event/0", At: hour(9, 30).AddDate(0, 0, -3), Item: "i1", Kind: meeting.EventRecusal,
					Text: "의안 제2026-12호 「산업 디지털 전환 3개년 기본계획(안)」 안건은 위원 1명이 스스로 회피하여 심의·의결에 참여하지 않습니다."},
				{ID: "event/1", At: hour(14, 2), Kind: meeting.EventOpen, Text: "재적위원 15명 중 8명이 출석하여 성원이 되었으므로 개회를 선언합니다."},
				{ID: "event/2", At: hour(14, 3), Kind: meeting.EventWarn, Text: meeting.SaidWarning()},
				{ID: "event/3", At: hour(14, 5), Item: "i1", Kind: meeting.EventTable,
					Text: "의안 제2026-12호 「산업 디지털 전환 3개년 기본계획(안)」 안건을 상정합니다."},
				{ID: "statement/1", At: hour(14, 10), Item: "i1", Kind: minutes.EntryStatement, Speaker: "위원 박도현",
					Text: "사업비 ■■■(5호) 산정의 근거를 설명하여 주시기 바랍니다. 지난해 집행 실적과 비교하여 증액이 필요한 이유도 함께 말씀하여 주십시오."},
				{ID: "statement/2", At: hour(14, 12), Item: "i1", Kind: minutes.EntryStatement, Speaker: "디지털전환과장",
					Text: "중소기업 350개사 실태조사 결과를 반영하였습니다."},
				{ID: "statement/3", At: hour(14, 20), Item: "i1", Kind: minutes.EntryStatement, Speaker: "■■■",
					Text: "전략 2의 얼라이언스 분과를 6개에서 10개로 늘리려면 셰르파 기관을 먼저 정하여야 합니다.\n그 순서를 계획에 적어 주십시오."},
				{ID: "event/4", At: hour(15, 10), Item: "i1", Kind: meeting.EventVote,
					Text: "의안 제2026-12호 「산업 디지털 전환 3개년 기본계획(안)」 안건에 대하여 기명투표 방법으로 표결하겠습니다. 의결 대상 위원은 5명입니다."},
				{ID: "event/5", At: hour(15, 12), Item: "i1", Kind: meeting.EventResult,
					Text: "출석위원 5명(제척 3명 제외) 중 찬성 3명, 반대 2명으로 조건부가결되었음을 선포합니다."},
				{ID: "event/6", At: hour(15, 13), Kind: meeting.EventSuspend, Text: meeting.SaidSuspend("휴식")},
				{ID: "event/7", At: hour(15, 20), Kind: meeting.EventResume, Text: meeting.SaidResume(15, 8)},
				{ID: "withheld/i2", Item: "i2", At: hour(15, 20), Kind: minutes.EntryWithheld, Text: "■■■ 비공개 안건의 심의 내용"},
				{ID: "event/9", At: hour(16, 5), Kind: meeting.EventAdjourn, Text: "이상으로 오늘 회의를 모두 마치고 산회를 선포합니다."},
			},
			Items: []minutes.ItemPart{item, hidden}, Remarks: "다음 회의는 2027년 3월에 연다.",
		},
	}
}
