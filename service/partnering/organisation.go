package partnering

import (
	"context"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/domain/calendar"
	"secretariat/domain/identity"
	"secretariat/service"
)

// Entry is what is said of an organisation.
type Entry struct {
	Name           string        `json:"name"`
	Kind           alliance.Kind `json:"kind"`
	Size           alliance.Size `json:"size"`
	BusinessNumber string        `json:"businessNumber"` // with or without hyphens
	District       string        `json:"district"`
	Sectors        []string      `json:"sectors"`
	Technologies   []string      `json:"technologies"`
}

// on puts the entry on an organisation.
func (e Entry) on(o alliance.Organisation) alliance.Organisation {
	o.Name, o.Kind, o.Size = strings.TrimSpace(e.Name), e.Kind, e.Size
	o.BusinessNumber, o.District = alliance.Digits(e.BusinessNumber), strings.TrimSpace(e.District)
	o.Sectors, o.Technologies = list(e.Sectors), list(e.Technologies)
	return o
}

// ApplyInput asks for an organisation to be let in, with who looks after it.
type ApplyInput struct {
	Alliance domain.ID `path:"alliance" json:"-"`
	Entry
	Join         bool   `json:"join"` // as a member of the alliance, not only to answer calls and consultations
	ContactName  string `json:"contactName"`
	ContactEmail string `json:"contactEmail"`
}

func (in ApplyInput) organisation(p *domain.Problems, of alliance.Alliance) alliance.Organisation {
	o := in.Entry.on(alliance.Organisation{
		Alliance: of.ID, State: alliance.Applied, WantsToJoin: in.Join,
		ContactName: strings.TrimSpace(in.ContactName), ContactEmail: identity.Email(in.ContactEmail), Version: 1,
	})
	o.Check(p, of)
	p.Text("contactName", o.ContactName, true, domain.MaxName)
	identity.CheckEmail(p, "contactEmail", o.ContactEmail)
	return o
}

// Apply takes in an application to be let in (가입 신청): organisation.apply. Anybody may send one; it gives no rights
// before the secretariat has decided. CodeConflict when one with the business number waits or is in.
func (s *Service) Apply(ctx context.Context, by domain.Actor, in ApplyInput) (Done, error) {
	return service.Do(ctx, s.env, s.store, by, "organisation.apply", func(a *service.Act[Tx]) (Done, error) {
		_, err := s.enter(ctx, a, "organisation.apply", in)
		return Done{Done: err == nil}, err
	})
}

// Register enters an organisation at the secretariat's own motion and invites who looks after it:
// organisation.register.
func (s *Service) Register(ctx context.Context, by domain.Actor, in ApplyInput) (alliance.Organisation, error) {
	return service.Do(ctx, s.env, s.store, by, "organisation.register", func(a *service.Act[Tx]) (alliance.Organisation, error) {
		o, err := s.enter(ctx, a, "organisation.register", in)
		if err != nil {
			return o, err
		}
		return s.decide(ctx, a, o, DecideInput{Accept: true, Join: in.Join})
	})
}

// enter writes an application.
func (s *Service) enter(ctx context.Context, a *service.Act[Tx], op string, in ApplyInput) (alliance.Organisation, error) {
	of, err := a.Tx.Alliance(ctx, in.Alliance)
	if err != nil {
		return alliance.Organisation{}, err
	}
	if err := may(a.By, op, of, ""); err != nil {
		return alliance.Organisation{}, err
	}
	var p domain.Problems
	o := in.organisation(&p, of)
	if err := p.Err(); err != nil {
		return o, err
	}
	o.ID, o.AppliedAt = a.Env.NewID(), a.Now
	a.On("organisation", o.ID, o.ID)
	return o, a.Tx.AddOrganisation(ctx, o)
}

// DecideInput is the decision on an application.
type DecideInput struct {
	Organisation domain.ID `path:"organisation" json:"-"`
	Accept       bool      `json:"accept"`
	Join         bool      `json:"join"`   // as a member of the alliance
	Reason       string    `json:"reason"` // needed for a refusal
}

// Decide lets an organisation in or refuses it: organisation.decide. Who looks after it gets an account, and a link to it
// by mail, or has it in the account that is there. CodeConflict when it has been decided.
func (s *Service) Decide(ctx context.Context, by domain.Actor, in DecideInput) (alliance.Organisation, error) {
	return service.Do(ctx, s.env, s.store, by, "organisation.decide", func(a *service.Act[Tx]) (alliance.Organisation, error) {
		o, err := open(ctx, a, "organisation.decide", in.Organisation)
		if err != nil {
			return alliance.Organisation{}, err
		}
		var p domain.Problems
		p.Text("reason", in.Reason, !in.Accept, domain.MaxLine)
		if err := p.Err(); err != nil {
			return o.Organisation, err
		}
		return s.decide(ctx, a, o.Organisation, in)
	})
}

func (s *Service) decide(
	ctx context.Context, a *service.Act[Tx], o alliance.Organisation, in DecideInput,
) (alliance.Organisation, error) {
	out, err := o.Decide(in.Accept, in.Join, strings.TrimSpace(in.Reason), calendar.DateOf(a.Now))
	if err != nil {
		return o, err
	}
	a.Note("state", string(out.State))
	if err := a.Tx.ChangeOrganisation(ctx, &out); err != nil || !out.Acts() {
		return out, err
	}
	account, err := invite(ctx, a, o.ContactEmail, o.ContactName)
	if err != nil {
		return out, err
	}
	return out, a.Tx.SetPerson(ctx, alliance.Person{
		Organisation: out.ID, Account: account.ID, Submits: true, Manages: true, Since: a.Now,
	})
}

// invite finds the account of an address, or makes one whose owner is sent a link.
func invite(ctx context.Context, a *service.Act[Tx], email, name string) (identity.Account, error) {
	known, err := a.Tx.AccountByEmail(ctx, email)
	if domain.CodeOf(err) != domain.CodeNotFound {
		return known, err
	}
	account := identity.Account{ID: a.Env.NewID(), Email: email, Name: name, CreatedAt: a.Now, Version: 1}
	if err := a.Tx.AddAccount(ctx, account); err != nil {
		return account, err
	}
	return account, a.Tx.AddInvitation(ctx, identity.Invitation{
		ID: a.Env.NewID(), Account: account.ID, CreatedAt: a.Now, ExpiresAt: a.Now.Add(identity.InvitationLife),
	})
}

// ReviseOrganisationInput changes an entry.
type ReviseOrganisationInput struct {
	Organisation domain.ID `path:"organisation" json:"-"`
	Entry
	Version int `json:"version"`
}

// ReviseOrganisation changes the entry of an organisation: organisation.revise. The business number is changed by the
// secretariat alone. CodeStale when it changed meanwhile.
func (s *Service) ReviseOrganisation(
	ctx context.Context, by domain.Actor, in ReviseOrganisationInput,
) (alliance.Organisation, error) {
	return service.Do(ctx, s.env, s.store, by, "organisation.revise", func(a *service.Act[Tx]) (alliance.Organisation, error) {
		o, err := open(ctx, a, "organisation.revise", in.Organisation)
		if err != nil {
			return alliance.Organisation{}, err
		}
		out := in.Entry.on(o.Organisation)
		var p domain.Problems
		out.Check(&p, o.of)
		p.Check(out.BusinessNumber == o.BusinessNumber || by.Serves(o.of.Committee), "businessNumber", "organisation.number_fixed")
		if err := p.Err(); err != nil {
			return out, err
		}
		out.Version = in.Version
		return out, a.Tx.ChangeOrganisation(ctx, &out)
	})
}

// LeaveInput ends a membership or registration.
type LeaveInput struct {
	Organisation domain.ID `path:"organisation" json:"-"`
	Reason       string    `json:"reason"`
}

// Leave ends the membership or registration of an organisation (탈퇴): organisation.leave. Its people lose what they had
// through it; what they submitted stays.
func (s *Service) Leave(ctx context.Context, by domain.Actor, in LeaveInput) (alliance.Organisation, error) {
	return service.Do(ctx, s.env, s.store, by, "organisation.leave", func(a *service.Act[Tx]) (alliance.Organisation, error) {
		o, err := open(ctx, a, "organisation.leave", in.Organisation)
		if err != nil {
			return alliance.Organisation{}, err
		}
		var p domain.Problems
		p.Text("reason", in.Reason, true, domain.MaxLine)
		if err := p.Err(); err != nil {
			return o.Organisation, err
		}
		out, err := o.Leave(strings.TrimSpace(in.Reason), calendar.DateOf(a.Now))
		if err != nil {
			return out, err
		}
		return out, a.Tx.ChangeOrganisation(ctx, &out)
	})
}

// OrganisationsInput asks for a page of an alliance's organisations.
type OrganisationsInput struct {
	Alliance domain.ID      `path:"alliance" json:"-"`
	State    alliance.State `query:"state" json:"-"`
	Division domain.ID      `query:"division" json:"-"`
	After    domain.ID      `query:"after" json:"-"`
	Limit    int            `query:"limit" json:"-"`
}

// Organisations lists the organisations of an alliance in the order in which they came: organisation.list.
func (s *Service) Organisations(
	ctx context.Context, by domain.Actor, in OrganisationsInput,
) (service.Page[alliance.Organisation], error) {
	size := service.PageSize(in.Limit)
	return service.See(ctx, s.store, func(tx Tx) (service.Page[alliance.Organisation], error) {
		var out service.Page[alliance.Organisation]
		of, err := tx.Alliance(ctx, in.Alliance)
		if err != nil {
			return out, err
		}
		if err := may(by, "organisation.list", of, ""); err != nil {
			return out, err
		}
		found, err := tx.Organisations(ctx, Filter{of.ID, in.State, in.Division, in.After, size + 1})
		out.Items = found
		if len(found) > size {
			out.Items, out.Next = found[:size], string(found[size-1].ID)
		}
		return out, err
	})
}

// ShowOrganisationInput names an organisation.
type ShowOrganisationInput struct {
	Organisation domain.ID `path:"organisation" json:"-"`
}

// OrganisationView is an organisation with its divisions and its people.
type OrganisationView struct {
	Organisation alliance.Organisation `json:"organisation"`
	Alliance     alliance.Alliance     `json:"alliance"`
	Divisions    []alliance.Division   `json:"divisions"` // of the alliance
	Places       []alliance.Place      `json:"places"`
	People       []PersonView          `json:"people"`
	Invited      []Invited             `json:"invited"`        // asked to act for it, who have not consented yet
	Mine         *domain.Partner       `json:"mine,omitempty"` // what the reader may do for it
}

// Invited is somebody who was asked to act for an organisation.
type Invited struct {
	Account   domain.ID `json:"account"`
	Name      string    `json:"name"`
	Email     string    `json:"email"`
	Submits   bool      `json:"submits"`
	Manages   bool      `json:"manages"`
	ExpiresAt time.Time `json:"expiresAt"`
}

// PersonView is somebody who acts for an organisation.
type PersonView struct {
	alliance.Person
	Name  string `json:"name"`
	Email string `json:"email"`
}

// ShowOrganisation shows an organisation to the secretariat and to its own people: organisation.show.
func (s *Service) ShowOrganisation(
	ctx context.Context, by domain.Actor, in ShowOrganisationInput,
) (OrganisationView, error) {
	return service.See(ctx, s.store, func(tx Tx) (OrganisationView, error) {
		out := OrganisationView{People: []PersonView{}}
		var err error
		if out.Organisation, err = tx.Organisation(ctx, in.Organisation); err != nil {
			return out, err
		}
		if out.Alliance, err = tx.Alliance(ctx, out.Organisation.Alliance); err != nil {
			return out, err
		}
		if !access.Can(by, "organisation.show", access.Facts{
			Committee: out.Alliance.Committee, Organisation: in.Organisation,
		}).Allowed {
			return OrganisationView{}, hidden(by)
		}
		if p, works := by.Works(in.Organisation); works {
			out.Mine = &p
		}
		if err := fill(ctx, tx, &out); err != nil {
			return out, err
		}
		out.Invited, err = s.invited(ctx, tx, out.Organisation.ID)
		return out, err
	})
}

// invited are those who were asked to act for an organisation and have not consented.
func (s *Service) invited(ctx context.Context, tx Tx, of domain.ID) ([]Invited, error) {
	out := []Invited{}
	all, err := tx.InvitedTo(ctx, of, service.Instant(s.env.Now()))
	for _, i := range all {
		account, err := tx.Account(ctx, i.Account)
		if err != nil {
			return out, err
		}
		out = append(out, Invited{i.Account, account.Name, account.Email, i.Submits, i.Manages, i.ExpiresAt})
	}
	return out, err
}

func fill(ctx context.Context, tx Tx, out *OrganisationView) (err error) {
	if out.Divisions, err = tx.Divisions(ctx, out.Alliance.ID); err != nil {
		return err
	}
	if out.Places, err = tx.PlacesOf(ctx, out.Organisation.ID); err != nil {
		return err
	}
	all, err := tx.PeopleOf(ctx, out.Organisation.ID)
	if err != nil {
		return err
	}
	for _, p := range all {
		account, err := tx.Account(ctx, p.Account)
		if err != nil {
			return err
		}
		out.People = append(out.People, PersonView{p, account.Name, account.Email})
	}
	return nil
}

// MineInput asks for the organisations of the reader.
type MineInput struct{}

// Mine is the organisations that the reader acts for.
type Mine struct {
	Organisations []alliance.Organisation `json:"organisations"`
}

// Mine lists the organisations that the reader acts for: organisation.mine.
func (s *Service) Mine(ctx context.Context, by domain.Actor, _ MineInput) (Mine, error) {
	if err := may(by, "organisation.mine", alliance.Alliance{}, ""); err != nil {
		return Mine{}, err
	}
	return service.See(ctx, s.store, func(tx Tx) (Mine, error) {
		found, err := tx.OrganisationsOf(ctx, by.ID)
		return Mine{Organisations: found}, err
	})
}
