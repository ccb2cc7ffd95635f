package play

import (
	"context"
	"fmt"
	"time"

	"secretariat/domain"
	"secretariat/domain/selection"
	"secretariat/service/selecting"
)

// callDays is how long the sample's call is open.
const callDays = 16

// call publishes the sample's call for proposals; one member has applied. A demo that is begun again is left as it is.
func (p *Play) call(ctx context.Context, of domain.ID, members []domain.ID) error {
	s := p.sample.Alliance.Call
	in := selecting.DraftInput{Plan: selecting.Plan{
		Instrument: selection.NoMoney, Title: s.Title, Purpose: s.Purpose, ClosesAt: Start.AddDate(0, 0, callDays).Add(9 * time.Hour),
		Terms: selection.Terms{Sizes: []string{"micro", "small", "medium"}, Sectors: []string{}, Most: s.Most, OwnShare: s.OwnShare},
		Profile: selection.Profile{
			Floor: s.Floor, TrimFrom: s.TrimFrom, BonusMax: s.Bonus, PenaltyMax: s.Bonus, Decimals: 2, Panel: s.Panel,
			Select: s.Select, Reserve: s.Reserve,
		},
	}}
	for _, c := range s.Criteria {
		in.Profile.Criteria = append(in.Profile.Criteria, selection.Criterion{Name: c.Name, Weight: c.Weight})
	}
	var c selection.Call
	if err := p.secretary.post(ctx, "/alliances/"+string(of)+"/calls", in, &c); err != nil {
		return err
	}
	path := "/calls/" + string(c.ID)
	if err := p.secretary.post(ctx, path+"/publish", selecting.ActInput{Version: c.Version}, nil); err != nil {
		return err
	}
	x := s.Application
	who := p.person(fmt.Sprint("applicant-", x.By))
	if err := who.signIn(ctx, partnerMail(x.By), p.accounts[partnerMail(x.By)]); err != nil {
		return err
	}
	p.say("%s 공고", s.Title)
	return who.post(ctx, path+"/submit", selecting.SaveInput{
		Organisation: members[x.By-1], Title: x.Title, Summary: x.Summary, Plan: x.Plan, Amount: x.Amount, OwnMoney: x.Own,
	}, nil)
}
