package meeting

import (
	"fmt"
	"strings"
)

// The formal sentences that are read aloud and stand in the minutes. They name posts and numbers, never persons.

// SaidOpen is the opening: "재적위원 15명 중 8명이 출석하여 성원이 되었으므로 개회를 선언합니다."
func (m Meeting) SaidOpen(serving, present int) string {
	if m.Mode == Written {
		return fmt.Sprintf("재적위원 %d명에게 안건을 부의하고 서면심의를 시작합니다.", serving)
	}
	return fmt.Sprintf("재적위원 %d명 중 %d명이 출석하여 성원이 되었으므로 개회를 선언합니다.", serving, present)
}

// SaidActing says why somebody else is in the chair.
func SaidActing(viceChair bool) string {
	if viceChair {
		return "위원장이 부득이한 사유로 직무를 수행할 수 없어 부위원장이 그 직무를 대행합니다."
	}
	return "위원장이 부득이한 사유로 직무를 수행할 수 없어 위원장이 미리 지명한 위원이 그 직무를 대행합니다."
}

// SaidWarning is what 위원회조례 10의2③ wants said before the deliberation.
func SaidWarning() string {
	return "심의에 앞서 이 회의의 회의록이 공개될 수 있음을 알려 드립니다."
}

// SaidSuspend is the interruption with its reason.
func SaidSuspend(reason string) string {
	if reason == "" {
		return "정회를 선언합니다."
	}
	return "정회를 선언합니다. 사유: " + reason
}

// SaidResume is the continuation: "재적위원 15명 중 9명이 출석하여 성원이 되었으므로 회의를 속개하겠습니다."
func SaidResume(serving, present int) string {
	return fmt.Sprintf("재적위원 %d명 중 %d명이 출석하여 성원이 되었으므로 회의를 속개하겠습니다.", serving, present)
}

// SaidAdjourn is the end.
func (m Meeting) SaidAdjourn() string {
	if m.Mode == Written {
		return "서면심의를 마칩니다."
	}
	return "이상으로 오늘 회의를 모두 마치고 산회를 선포합니다."
}

// Name is how the item is called aloud: "의안 제2026-3호 「3개년 기본계획(안)」".
func (i Item) Name() string { return Called(i.Number, i.Title) }

// Called is number and title as they are called aloud; a title that stands in 「」 already, as those of plans and
// ordinances do, is not put into another pair.
func Called(number, title string) string {
	if !strings.HasPrefix(title, "「") {
		title = "「" + title + "」"
	}
	return strings.TrimSpace(number + " " + title)
}

// SaidTable is the tabling.
func (i Item) SaidTable() string { return i.Name() + " 안건을 상정합니다." }

// SaidRecusal notes who was kept out: how many, and in which way.
func (i Item) SaidRecusal(kind RecusalKind) string {
	ways := map[RecusalKind]string{
		MandatoryRecusal: "제척 사유가 있어", Challenge: "기피 신청이 있어", VoluntaryRecusal: "스스로 회피하여",
	}
	return fmt.Sprintf("%s 안건은 위원 1명이 %s 심의·의결에 참여하지 않습니다.", i.Name(), ways[kind])
}

// SaidAmendment notes that an amendment was put.
func (i Item) SaidAmendment(position int) string {
	return fmt.Sprintf("%s 안건에 대하여 수정안(제%d안)이 제출되었습니다.", i.Name(), position)
}

// SaidCondition notes that conditions are put to the vote with the motion.
func (i Item) SaidCondition() string {
	return fmt.Sprintf("%s 안건에 조건 %d건을 붙여 의결에 부칩니다.", i.Name(), len(i.Conditions))
}

// SaidOutcome is the declaration of an outcome that needed no vote.
func (i Item) SaidOutcome() string {
	ends := map[Outcome]string{
		ReportReceived:  "보고를 원안대로 접수하였음을 선포합니다.",
		AdviceGiven:     "자문의견을 채택하였음을 선포합니다.",
		Deferred:        "심의를 보류하였음을 선포합니다.",
		Reconsideration: "재심의하도록 제안자에게 돌려보내기로 하였음을 선포합니다.",
	}
	return i.Name() + " 안건에 대하여 " + ends[i.Outcome]
}

// Korean is the outcome in the words of official documents, e.g. 원안가결.
func (o Outcome) Korean() string {
	return map[Outcome]string{
		ApprovedAsProposed: "원안가결", ApprovedAsAmended: "수정가결", ApprovedConditionally: "조건부가결", Rejected: "부결",
		Deferred: "보류", Reconsideration: "재심의", WithdrawnOutcome: "철회", NotTabled: "미상정",
		ReportReceived: "원안접수", AdviceGiven: "자문의견",
	}[o]
}
