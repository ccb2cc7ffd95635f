package play

import (
	"context"
	"fmt"
	"time"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/internal/sample"
	"secretariat/service/consulting"
	"secretariat/service/partnering"
)

// partnerMail is the address of who acts for an organisation, counted from 1.
func partnerMail(n int) string { return fmt.Sprintf("partner-%d@dx.example", n) }

// alliance sets up the sample's alliance and has it at work.
func (p *Play) alliance(ctx context.Context) error {
	if err := p.enlist(ctx); err != nil {
		return err
	}
	return p.ask(ctx)
}

// ask asks the organisations about the plan and calls for their proposals.
func (p *Play) ask(ctx context.Context) error {
	if err := p.consultation(ctx, p.register, p.firms); err != nil {
		return err
	}
	return p.call(ctx, p.register, p.firms)
}

// enlist sets up the sample's alliance with its divisions and organisations.
func (p *Play) enlist(ctx context.Context) error {
	s := p.sample.Alliance
	var a alliance.Alliance
	err := p.admin.post(ctx, "/alliances", partnering.FoundInput{
		Committee: p.committee, Code: s.Code, Name: s.Name, Sectors: s.Sectors, Technologies: s.Technologies,
	}, &a)
	if err != nil {
		return err
	}
	p.register = a.ID
	p.divisions = map[string]domain.ID{}
	for _, d := range s.Divisions {
		var out alliance.Division
		path := "/alliances/" + string(a.ID) + "/divisions"
		if err := p.clerk.post(ctx, path, partnering.AddDivisionInput{Code: d.Code, Name: d.Name, Sector: d.Sector}, &out); err != nil {
			return err
		}
		p.divisions[d.Code] = out.ID
	}
	p.firms = make([]domain.ID, len(s.Organisations))
	for n, o := range s.Organisations {
		if p.firms[n], err = p.organisation(ctx, a.ID, o, n+1, p.divisions[o.Division]); err != nil {
			return err
		}
	}
	p.say("%s 설치: 분과 %d개, 회원사 %d곳", s.Name, len(p.divisions), len(p.firms))
	return nil
}

// organisation registers a member and gives it its place; who acts for it has an account already, so that one can sign in.
func (p *Play) organisation(
	ctx context.Context, of domain.ID, o sample.Organisation, n int, division domain.ID,
) (domain.ID, error) {
	if _, err := p.account(ctx, partnerMail(n), o.Contact); err != nil {
		return "", err
	}
	in := partnering.ApplyInput{
		Entry: partnering.Entry{
			Name: o.Name, Kind: alliance.Kind(o.Kind), Size: alliance.Size(o.Size), BusinessNumber: o.Number,
			District: o.District, Sectors: []string{o.Sector}, Technologies: []string{o.Technology},
		},
		Join: true, ContactName: o.Contact, ContactEmail: partnerMail(n),
	}
	var out alliance.Organisation
	if err := p.clerk.post(ctx, "/alliances/"+string(of)+"/organisations", in, &out); err != nil {
		return "", err
	}
	place := partnering.AssignInput{Division: division, Post: partnering.PostMember}
	if o.Sherpa {
		place.Post = partnering.PostSherpa
	}
	return out.ID, p.clerk.post(ctx, "/organisations/"+string(out.ID)+"/divisions", place, nil)
}

// consultationDays is how long the sample's consultation is open.
const consultationDays = 14

// consultation opens the sample's consultation; some have answered it, one has a draft. A demo that is begun again, in
// which it has gone on, is left as it is.
func (p *Play) consultation(ctx context.Context, of domain.ID, members []domain.ID) error {
	s := p.sample.Alliance.Consultation
	in := consulting.DraftInput{Plan: consulting.Plan{
		Kind: alliance.Consulting, Title: s.Title, Purpose: s.Purpose, Audience: alliance.AskMembers, Divisions: []domain.ID{},
		ClosesAt: Start.AddDate(0, 0, consultationDays).Add(9 * time.Hour),
	}}
	for _, a := range s.Articles {
		in.Articles = append(in.Articles, alliance.Article(a))
	}
	var c alliance.Consultation
	if err := p.secretary.post(ctx, "/alliances/"+string(of)+"/consultations", in, &c); err != nil {
		return err
	}
	path := "/consultations/" + string(c.ID)
	if err := p.secretary.post(ctx, path+"/open", consulting.ActInput{Version: c.Version}, nil); err != nil {
		return err
	}
	if err := p.opine(ctx, path+"/submit", s.Opinions, members); err != nil {
		return err
	}
	p.say("%s 시작: 회원사 %d곳에 요청", s.Title, len(members))
	return p.opine(ctx, path+"/save", s.Draft, members)
}

// opine sends or saves what one organisation says.
func (p *Play) opine(ctx context.Context, path string, said []sample.Opinion, members []domain.ID) error {
	by := said[0].By
	who := p.person(fmt.Sprint("partner-", by))
	if err := who.signIn(ctx, partnerMail(by), p.accounts[partnerMail(by)]); err != nil {
		return err
	}
	in := consulting.SaveInput{Organisation: members[by-1]}
	for _, o := range said {
		in.Opinions = append(in.Opinions, consulting.Said{
			Article: o.Article, Stance: alliance.Stance(o.Stance), Text: o.Text, Wording: o.Wording,
		})
	}
	return who.post(ctx, path, in, nil)
}
