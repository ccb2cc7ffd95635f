package play

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"secretariat/domain/calendar"
	"secretariat/domain/minutes"
	"secretariat/service"
	"secretariat/service/minuting"
)

// minutes waits for the draft that the workflow draws up, has the clerk complete and the secretary circulate it, has
// one member ask for a correction and all sign.
func (p *Play) minutes(ctx context.Context) error {
	if _, err := p.catchUp(ctx); err != nil {
		return err
	}
	var view minuting.View
	if err := p.clerk.getMinutes(ctx, &view); err != nil {
		return err
	}
	p.say("회의록 초안 작성: 진행·발언 %d건(서명 기한 %s, 공개 기한 %s)", len(view.Content.Proceeding),
		view.Minutes.SignBy.Korean(), view.Minutes.PublishBy.Korean())
	if err := p.wait(ctx, meetingStart.AddDate(0, 0, 1)); err != nil {
		return err
	}
	if err := p.complete(ctx, view); err != nil {
		return err
	}
	if err := p.sign(ctx, 2); err != nil {
		return err
	}
	return p.redact(ctx)
}

func (who *person) getMinutes(ctx context.Context, view *minuting.View) error {
	*view = minuting.View{}
	return who.get(ctx, fmt.Sprintf("/meetings/%s/minutes", who.play.meeting), view)
}

// complete adds the observers, circulates, and answers one member's request for a correction with a new version.
func (p *Play) complete(ctx context.Context, view minuting.View) error {
	path := "/minutes/" + string(view.Minutes.ID)
	edit := minutes.Edit{
		Title: view.Content.Title, Host: view.Content.Host, Place: view.Content.Place,
		Observers: []minutes.Attendee{
			{Name: "간사", Position: p.sample.Committee.Secretary}, {Name: "서기", Position: p.sample.Committee.Clerk},
		},
		Remarks: "다음 회의에서 보류 안건을 다시 심의하기로 함.",
	}
	in := minuting.ReviseInput{Base: 1, Edit: edit, Reason: "배석자와 그 밖의 사항을 적음"}
	if err := p.clerk.post(ctx, path+"/versions", in, nil); err != nil {
		return err
	}
	circulate := minuting.CirculateInput{Base: 2, Kind: "recording", Recording: "2026-DX-03(38분)"}
	if err := p.secretary.post(ctx, path+"/circulate", circulate, nil); err != nil {
		return err
	}
	p.say("회의록을 위원에게 회람, 서명 요청")
	var asked minutes.Correction
	request := minuting.CorrectionInput{Text: "배석자 명단에 속기사가 빠져 있습니다."}
	if err := p.member[12].post(ctx, path+"/corrections", request, &asked); err != nil {
		return err
	}
	edit.Observers = append(edit.Observers, minutes.Attendee{Name: "속기사", Position: "속기업체"})
	answer := minuting.AnswerInput{Accept: true, Answer: "확인하여 바로잡았습니다.", Base: 2, Edit: edit}
	if err := p.secretary.post(ctx, "/corrections/"+string(asked.ID)+"/answer", answer, nil); err != nil {
		return err
	}
	p.say("위원 12의 정정 요청을 받아들여 새 판을 작성")
	return p.circulateAgain(ctx, path)
}

// circulateAgain circulates the corrected version where accepting the request has not done so.
func (p *Play) circulateAgain(ctx context.Context, path string) error {
	var view minuting.View
	if err := p.secretary.getMinutes(ctx, &view); err != nil || view.Minutes.State != minutes.Drafting {
		return err
	}
	in := minuting.CirculateInput{Base: view.Minutes.Current, Kind: "recording", Recording: view.Minutes.Recording}
	return p.secretary.post(ctx, path+"/circulate", in, nil)
}

// sign has the members who attended read and sign, one after another over some days.
func (p *Play) sign(ctx context.Context, days int) error {
	n := 0
	for i, seat := range p.sample.Committee.Meeting.Attending() {
		if i == 6 {
			if err := p.wait(ctx, meetingStart.AddDate(0, 0, 1+days)); err != nil {
				return err
			}
		}
		var view minuting.View
		if err := p.member[seat].getMinutes(ctx, &view); err != nil {
			return err
		}
		n++
		if !view.MaySign {
			continue // has signed in an earlier run
		}
		in := minuting.SignInput{Number: view.Number, Hash: view.Hash}
		if err := p.member[seat].post(ctx, "/minutes/"+string(view.Minutes.ID)+"/signatures", in, nil); err != nil {
			return fmt.Errorf("위원 %02d 서명: %w", seat, err)
		}
	}
	p.say("참석위원 %d명 서명", n)
	return nil
}

// redact withholds what must be withheld before publication: a member's name at the member's wish, and an applicant's
// trade secret that was mentioned.
func (p *Play) redact(ctx context.Context) error {
	var view minuting.View
	if err := p.secretary.getMinutes(ctx, &view); err != nil {
		return err
	}
	path := "/minutes/" + string(view.Minutes.ID) + "/redactions"
	name := minuting.RedactInput{
		Anchor: minutes.NameAnchor(p.appointment[10]), Ground: "6", Reason: "위원의 요청에 따라 발언자의 이름을 공개하지 않음",
	}
	if err := p.secretary.post(ctx, path, name, nil); err != nil {
		return err
	}
	entry, start, end := remark(view.Content)
	if entry == "" {
		return nil
	}
	span := minuting.RedactInput{
		Anchor: entry, Start: start, End: end, Ground: "5", Reason: "다음 회의에서 다시 심의할 사항으로 의사결정 과정에 있음",
		ReviewOn: calendar.DateOf(meetingStart).AddMonths(6),
	}
	if err := p.secretary.post(ctx, path, span, nil); err != nil {
		return err
	}
	p.say("비공개 대상 2건을 가림(정보공개법 9①5·6호)")
	return nil
}

// remark finds what was said of the deferred item last: from its second sentence to its end, in characters.
func remark(c minutes.Content) (id string, start, end int) {
	if len(c.Items) == 0 {
		return "", 0, 0
	}
	last := c.Items[len(c.Items)-1].Item
	for _, e := range slices.Backward(c.Proceeding) {
		if e.Item != last || e.Kind != "statement" {
			continue
		}
		first, rest, ok := strings.Cut(e.Text, ". ")
		if ok && rest != "" {
			at := len([]rune(first)) + 2
			return e.ID, at, len([]rune(e.Text))
		}
	}
	return "", 0, 0
}

// publish publishes within ten days.
func (p *Play) publish(ctx context.Context) error {
	if err := p.wait(ctx, meetingStart.AddDate(0, 0, 6)); err != nil {
		return err
	}
	var view minuting.View
	if err := p.secretary.getMinutes(ctx, &view); err != nil {
		return err
	}
	if view.Minutes.State != minutes.Published {
		if err := p.secretary.post(ctx, "/minutes/"+string(view.Minutes.ID)+"/publish", nil, nil); err != nil {
			return err
		}
	}
	days := calendar.DateOf(meetingStart).DaysUntil(calendar.DateOf(p.stage.Clock.Now()))
	p.say("회의 결과와 회의록을 공개(회의 %d일 뒤, 기한 10일)", days)
	return nil
}

// followUp gives the carried items a follow-up with owner and due date, and reports the first as done.
func (p *Play) followUp(ctx context.Context) error {
	var page service.Page[minuting.DecisionView]
	if err := p.secretary.get(ctx, fmt.Sprintf("/committees/%s/decisions", p.committee), &page); err != nil {
		return err
	}
	slices.SortFunc(page.Items, func(a, b minuting.DecisionView) int {
		return strings.Compare(a.ItemNumber, b.ItemNumber)
	})
	due := calendar.DateOf(meetingStart).AddMonths(1)
	n := 0
	for _, d := range page.Items {
		text, ok := followUps[d.Title]
		if !ok {
			continue
		}
		var action minutes.Action
		in := minuting.ActionInput{Text: text, Owner: p.sample.Committee.Department, Due: due}
		if err := p.clerk.post(ctx, "/decisions/"+string(d.ID)+"/actions", in, &action); err != nil {
			return err
		}
		report := minuting.ReportInput{Version: 1, Report: "조치를 마침. 결과를 누리집에 게시함.", Done: true}
		if err := p.clerk.post(ctx, "/actions/"+string(action.ID)+"/report", report, nil); err != nil {
			return err
		}
		n++
	}
	p.say("결정서 %d건, 후속조치 %d건 이행 보고", len(page.Items), n)
	return nil
}

// followUps are the follow-ups by the title of the decision.
var followUps = map[string]string{
	"「서울특별시 산업 디지털 전환 3개년 기본계획(안)」": "수정가결된 기본계획을 시장 결재를 거쳐 고시하고 누리집에 공개",
	"2021년 비대면산업 기술개발 지원 과제 선정(안)":  "선정 결과를 신청기관에 통지하고 협약 체결",
}
