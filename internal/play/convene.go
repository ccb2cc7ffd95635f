package play

import (
	"context"
	"fmt"
	"strings"
	"time"

	"secretariat/domain/calendar"
	"secretariat/domain/meeting"
	"secretariat/internal/sample"
	"secretariat/service/convening"
)

// The script's dates. The notice goes out on the day after the beginning, three weeks before the meeting.
var (
	meetingStart = time.Date(2026, 12, 15, 14, 0, 0, 0, calendar.Seoul)
	meetingEnd   = time.Date(2026, 12, 15, 17, 0, 0, 0, calendar.Seoul)
)

// plan enters the calendar, plans the meeting and puts the items with their papers on its agenda.
func (p *Play) plan(ctx context.Context) error {
	for _, s := range []convening.AddSpanInput{
		{Kind: meeting.Council, From: "2026-11-02", Until: "2026-12-11", Name: "시의회 정례회(예시)"},
		{Kind: meeting.Holiday, From: "2026-12-25", Until: "2026-12-25", Name: "성탄절"},
		{Kind: meeting.Holiday, From: "2027-01-01", Until: "2027-01-01", Name: "신정"},
	} {
		if err := p.clerk.post(ctx, "/calendar", s, nil); err != nil {
			return err
		}
	}
	c := p.sample.Committee
	in := convening.PlanInput{Plan: meeting.Plan{
		Title: c.Meeting.Title, Mode: meeting.Mixed, StartsAt: meetingStart, ExpectedEnd: meetingEnd, Place: c.Meeting.Place,
	}}
	var out meeting.Meeting
	if err := p.clerk.post(ctx, fmt.Sprintf("/committees/%s/meetings", p.committee), in, &out); err != nil {
		return err
	}
	p.meeting = out.ID
	p.say("회의 계획: %s, %s", calendar.Korean(meetingStart), c.Meeting.Place)
	return p.agenda(ctx)
}

func (p *Play) agenda(ctx context.Context) error {
	if err := p.item(ctx, election(p.sample.Committee)); err != nil {
		return err
	}
	for _, x := range p.sample.Items {
		if err := p.item(ctx, x); err != nil {
			return err
		}
	}
	papers := 0
	for _, x := range p.sample.Items {
		papers += len(x.Papers)
	}
	p.say("안건 %d건, 자료 %d건 등록", len(p.items), papers)
	return nil
}

// election is the item in which the members elect the vice chair among themselves.
func election(c sample.Committee) sample.Item {
	return sample.Item{
		Title: "부위원장 호선의 건", Kind: sample.Resolution, Proposer: c.Department,
		Proposal: "위촉직 위원 중에서 부위원장 1명을 호선한다.",
		Reasons:  "부위원장은 " + c.ViceChair.Method + "하도록 되어 있어 이를 정하려는 것임.",
	}
}

func (p *Play) item(ctx context.Context, x sample.Item) error {
	var out meeting.Item
	in := convening.AddItemInput{Content: content(x, p.sample.Committee)}
	if err := p.clerk.post(ctx, fmt.Sprintf("/meetings/%s/items", p.meeting), in, &out); err != nil {
		return err
	}
	p.items = append(p.items, played{id: out.ID, sample: x})
	for n, doc := range x.Papers {
		file, err := p.paper(doc, x.Proposer)
		if err != nil {
			return fmt.Errorf("paper %s: %w", doc.ID, err)
		}
		fields := map[string]string{"title": doc.Title, "confidential": fmt.Sprint(doc.Confidential)}
		name := fmt.Sprintf("붙임%d.pdf", n+1)
		if err := p.clerk.upload(ctx, fmt.Sprintf("/items/%s/papers", out.ID), fields, name, file); err != nil {
			return err
		}
	}
	return nil
}

func content(x sample.Item, c sample.Committee) meeting.Content {
	out := meeting.Content{
		Kind: meeting.ItemKind(x.Kind), Subject: subject(x), Title: x.Title, Proposer: x.Proposer, Proposal: x.Proposal,
		Reasons: x.Reasons, Summary: summary(x), SecretBallot: x.Secret,
	}
	for _, r := range x.Recusals {
		if seat, ok := c.Seat(r.Seat); ok && r.Ground == "organisation" {
			out.Interested = append(out.Interested, seat.Member.Organisation)
		}
	}
	return out
}

// subject is what rules depend on: the sample's items in their order.
func subject(x sample.Item) meeting.Subject {
	subjects := map[int]meeting.Subject{
		0: meeting.SubjectElection, 1: meeting.SubjectPlan, 2: meeting.SubjectSelection, 4: meeting.SubjectPersonnel,
	}
	if s, ok := subjects[x.Number]; ok {
		return s
	}
	return meeting.SubjectOther
}

// summary writes the main points with the marks of official documents.
func summary(x sample.Item) string {
	var b strings.Builder
	for _, point := range x.Points {
		switch point.Kind {
		case sample.Heading:
			b.WriteString("□ ")
		case sample.ListItem:
			b.WriteString(strings.Repeat("  ", point.Level-1) + map[bool]string{true: "○ ", false: "- "}[point.Level <= 1])
		case sample.TableKind:
			continue // the table stands in the paper
		}
		b.WriteString(point.Text + "\n")
	}
	return strings.TrimSpace(b.String())
}

// convene lets the chair convene, and waits until the workflow has sent every member the notice.
func (p *Play) convene(ctx context.Context) error {
	if err := p.wait(ctx, Start.AddDate(0, 0, 1).Add(30*time.Minute)); err != nil {
		return err
	}
	var checked convening.Checked
	if err := p.secretary.get(ctx, fmt.Sprintf("/meetings/%s/findings", p.meeting), &checked); err != nil {
		return err
	}
	p.say("소집 전 점검: %d건 안내", len(checked.Findings))
	var view convening.View
	if err := p.member[1].getMeeting(ctx, &view); err != nil {
		return err
	}
	if view.ConvenedAt == nil { // a play that is begun again finds it convened, with another version
		in := convening.ConveneInput{Version: view.Version}
		if err := p.atMeeting(ctx, p.member[1], "convene", in); err != nil {
			return err
		}
	}
	p.say("위원장이 회의를 소집")
	if _, err := p.catchUp(ctx); err != nil {
		return err
	}
	if err := p.secretary.getMeeting(ctx, &view); err != nil {
		return err
	}
	days := calendar.DateOf(*view.NoticedAt).DaysUntil(calendar.DateOf(meetingStart))
	p.say("소집 통지서 %d통 발송(회의 %d일 전)", len(p.member), days)
	return nil
}

func (who *person) getMeeting(ctx context.Context, view *convening.View) error {
	*view = convening.View{}
	return who.get(ctx, fmt.Sprintf("/meetings/%s", who.play.meeting), view)
}

// answer has most members answer in the first days and one only after the reminder of D-7.
func (p *Play) answer(ctx context.Context) error {
	late := 6
	for _, a := range p.sample.Committee.Meeting.Attendance {
		if a.Seat != late {
			if err := p.reply(ctx, a); err != nil {
				return err
			}
		}
	}
	p.say("참석 회신 %d명", len(p.member)-1)
	if err := p.wait(ctx, meetingStart.AddDate(0, 0, -6)); err != nil {
		return err
	}
	for _, a := range p.sample.Committee.Meeting.Attendance {
		if a.Seat == late {
			p.say("7일 전 독촉을 받은 위원 %02d이 회신", late)
			return p.reply(ctx, a)
		}
	}
	return nil
}

func (p *Play) reply(ctx context.Context, a sample.Attendance) error {
	answers := map[string]string{"present": "attend", "remote": "remote", "absent": "absent"}
	in := convening.AnswerInput{Answer: answers[a.How]}
	if in.Answer == "absent" {
		in.Reason = "같은 시각의 다른 공무"
	}
	return p.member[a.Seat].post(ctx, fmt.Sprintf("/meetings/%s/response", p.meeting), in, nil)
}
