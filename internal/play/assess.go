package play

import (
	"context"
	"fmt"
	"time"

	"secretariat/domain/alliance"
	"secretariat/service"
	"secretariat/service/partnering"
	"secretariat/service/surveying"
)

// assessmentDays is how long the sample's round of self-assessment is open.
const assessmentDays = 12

// assess opens a round of self-assessment among the members; some have answered it, one has a draft.
func (p *Play) assess(ctx context.Context) error {
	s := p.sample.Alliance.Assessment
	var alliances service.Page[alliance.Alliance]
	if err := p.clerk.get(ctx, "/alliances", &alliances); err != nil {
		return err
	}
	from := Start
	if now := p.stage.Clock.Now(); now.After(from) { // a demonstration that goes on after a play
		from = now
	}
	in := surveying.DraftInput{Plan: surveying.Plan{
		Title: s.Title, Purpose: s.Purpose, ClosesAt: from.AddDate(0, 0, assessmentDays).Add(9 * time.Hour),
	}}
	var v alliance.Survey
	if err := p.secretary.post(ctx, "/alliances/"+string(alliances.Items[0].ID)+"/surveys", in, &v); err != nil {
		return err
	}
	path := "/surveys/" + string(v.ID)
	if err := p.secretary.post(ctx, path+"/open", surveying.ActInput{Version: v.Version}, nil); err != nil {
		return err
	}
	for _, h := range s.Sheets {
		if err := p.answerRound(ctx, path, v, h.By, h.Group, h.Points, h.Draft); err != nil {
			return err
		}
	}
	p.say("%s 시작: 응답 %d건", s.Title, len(s.Sheets))
	return nil
}

// answerRound answers for one organisation, counted from 1; 0 points leave an indicator out.
func (p *Play) answerRound(ctx context.Context, path string, v alliance.Survey, by int, group string, points []int, draft bool) error {
	who := p.person(fmt.Sprint("partner-", by))
	if err := who.signIn(ctx, partnerMail(by), p.accounts[partnerMail(by)]); err != nil {
		return err
	}
	var mine partnering.Mine
	if err := who.get(ctx, "/me/organisations", &mine); err != nil {
		return err
	}
	in := surveying.SaveInput{Organisation: mine.Organisations[0].ID, Group: group}
	for n, i := range v.Questions.Items() {
		in.Answers = append(in.Answers, surveying.Point{Indicator: i.Code, Points: points[n]})
	}
	if draft {
		return who.post(ctx, path+"/save", in, nil)
	}
	return who.post(ctx, path+"/submit", in, nil)
}
