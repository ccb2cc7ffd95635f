package play

import (
	"context"
	"fmt"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/identity"
	"secretariat/internal/sample"
	identityservice "secretariat/service/identity"
	"secretariat/service/partnering"
)

// Addresses of the round's people: who acts for applicants, and who may be drawn as an evaluator. Those whom investors send to the
// evaluation of the firms that investors recommended are others.
func contactMail(n int) string { return fmt.Sprintf("applicant-%03d@dx.example", n+1) }

func expertMail(n int) string { return fmt.Sprintf("expert-%02d@dx.example", n+1) }

func investorMail(n int) string { return fmt.Sprintf("investor-%02d@dx.example", n+1) }

// experts is from how many people the pools of the calls are taken.
const experts = 40

// evaluatorMail is the n-th of the pool of a call. Pools overlap, since the same people are asked again and again.
func (r *round) evaluatorMail(c *contest, n int) string {
	if c.programme.Recommenders > 0 {
		return investorMail(n)
	}
	return expertMail((c.first*7 + n) % experts)
}

// evaluator is the number in the pool of a call of somebody, -1 for anybody else.
func (r *round) evaluator(c *contest, account domain.ID) int {
	for n := range r.round.Evaluators.Pool {
		if r.guests[r.evaluatorMail(c, n)] == account {
			return n
		}
	}
	return -1
}

func (r *round) addresses() []string {
	var out []string
	for n := range r.contacts {
		out = append(out, contactMail(n))
	}
	known := map[string]bool{}
	for _, c := range r.calls {
		for n := range r.round.Evaluators.Pool {
			if mail := r.evaluatorMail(c, n); !known[mail] {
				out, known[mail] = append(out, mail), true
			}
		}
	}
	return out
}

// enrol sets up the alliance in whose register the applicants are, with everybody's accounts.
func (r *round) enrol(ctx context.Context) error {
	var a alliance.Alliance
	err := r.admin.post(ctx, "/alliances", partnering.FoundInput{
		Committee: r.committee, Code: r.round.Alliance.Code, Name: r.round.Alliance.Name, Sectors: r.round.Alliance.Sectors,
		Technologies: []string{},
	}, &a)
	if err != nil {
		return err
	}
	r.register = a.ID
	if err := r.invite(ctx); err != nil {
		return err
	}
	r.say("%s 설치: 신청기관 %d곳, 평가위원 후보 %d명", a.Name, len(r.applicants), len(r.guests))
	return nil
}

// invite makes everybody's accounts and registers the applicants.
func (r *round) invite(ctx context.Context) error {
	all := r.accountsOf(r.addresses())
	made := make([]identity.Account, len(all))
	progress := r.bar("계정", len(all))
	err := queue(ctx, len(all), func(ctx context.Context, i int) error {
		defer progress.add(1)
		return r.admin.twin(i).post(ctx, "/accounts", all[i], &made[i])
	})
	if err != nil {
		return err
	}
	for _, x := range made[len(r.contacts):] {
		r.guests[x.Email] = x.ID
	}
	return r.importAll(ctx, r.register)
}

// accountsOf are the accounts of addresses; the name is the address before the at sign.
func (p *Play) accountsOf(addresses []string) []identityservice.CreateAccountInput {
	out := make([]identityservice.CreateAccountInput, len(addresses))
	for i, mail := range addresses {
		name := fmt.Sprintf("담당자 %d", i+1)
		if mail != contactMail(i) {
			name = fmt.Sprintf("평가위원 후보 %d", i+1)
		}
		out[i] = identityservice.CreateAccountInput{Email: mail, Name: name, Password: p.accounts[mail]}
	}
	return out
}

// atOnce is how many organisations are registered with one request.
const atOnce = 200

// importAll has the clerk register the applicants from lists, each with the contact who acts for it.
func (r *round) importAll(ctx context.Context, of domain.ID) error {
	for first := 0; first < len(r.applicants); first += atOnce {
		in := partnering.ImportInput{}
		for _, a := range r.applicants[first:min(first+atOnce, len(r.applicants))] {
			contact := a.Place / r.round.PerContact
			in.Rows = append(in.Rows, partnering.ImportRow{
				Entry: entry(a), Join: r.join, ContactName: fmt.Sprintf("담당자 %d", contact+1), ContactEmail: contactMail(contact),
			})
		}
		if err := r.clerk.post(ctx, "/alliances/"+string(of)+"/organisations/import", in, nil); err != nil {
			return err
		}
	}
	return nil
}

func entry(a sample.Applicant) partnering.Entry {
	return partnering.Entry{
		Name: a.Name, Kind: alliance.Company, Size: alliance.Size(a.Size), BusinessNumber: a.Business, District: a.District,
		Sectors: []string{a.Sector}, Technologies: []string{},
	}
}

// contact signs in who acts for an applicant, once, and learns the ids of the organisations.
func (r *round) contact(ctx context.Context, n int) (*person, error) {
	if r.contacts[n] != nil {
		return r.contacts[n], nil
	}
	who := r.person(contactMail(n))
	if err := who.signIn(ctx, contactMail(n), r.accounts[contactMail(n)]); err != nil {
		return nil, err
	}
	var mine partnering.Mine
	if err := who.get(ctx, "/me/organisations", &mine); err != nil {
		return nil, err
	}
	for _, o := range mine.Organisations {
		a, ok := r.byName[o.Name]
		if !ok {
			return nil, fmt.Errorf("%s is not an applicant of the round", o.Name)
		}
		r.enrolled[a.Place] = o.ID
	}
	r.contacts[n] = who
	return who, nil
}
