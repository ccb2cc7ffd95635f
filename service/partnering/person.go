package partnering

import (
	"context"
	"slices"
	"strings"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/identity"
	"secretariat/service"
)

// maxPeople bounds who acts for one organisation.
const maxPeople = 100

// AddPersonInput lets somebody act for an organisation.
type AddPersonInput struct {
	Organisation domain.ID `path:"organisation" json:"-"`
	Email        string    `json:"email"`
	Name         string    `json:"name"`
	Submits      bool      `json:"submits"`
	Manages      bool      `json:"manages"`
}

// AddPerson asks somebody by mail to act for an organisation: person.add. Nothing changes before the one-time link of the letter
// is used; who has no account sets a password with it. Asked again, the link before is ended. CodeConflict when the person is there
// already or the organisation is not in.
func (s *Service) AddPerson(ctx context.Context, by domain.Actor, in AddPersonInput) (Done, error) {
	return service.Do(ctx, s.env, s.store, by, "person.add", func(a *service.Act[Tx]) (Done, error) {
		o, err := open(ctx, a, "person.add", in.Organisation)
		if err != nil {
			return Done{}, err
		}
		var p domain.Problems
		email := identity.Email(in.Email)
		identity.CheckEmail(&p, "email", email)
		p.Text("name", in.Name, true, domain.MaxName)
		if err := p.Err(); err != nil {
			return Done{}, err
		}
		if !o.Acts() {
			return Done{}, domain.Conflict("organisation.not_in", nil)
		}
		return Done{Done: true}, ask(ctx, a, in, email)
	})
}

func ask(ctx context.Context, a *service.Act[Tx], in AddPersonInput, email string) error {
	there, err := a.Tx.PeopleOf(ctx, in.Organisation)
	if err != nil {
		return err
	}
	asked, err := a.Tx.InvitedTo(ctx, in.Organisation, a.Now)
	if err != nil {
		return err
	}
	if len(there)+len(asked) >= maxPeople {
		return domain.Conflict("organisation.too_many", domain.Args{"max": maxPeople})
	}
	account, err := a.Tx.AccountByEmail(ctx, email)
	if domain.CodeOf(err) == domain.CodeNotFound {
		account = identity.Account{ID: a.Env.NewID(), Email: email, Name: strings.TrimSpace(in.Name), CreatedAt: a.Now, Version: 1}
		err = a.Tx.AddAccount(ctx, account)
	}
	if err != nil {
		return err
	}
	if slices.ContainsFunc(there, func(p alliance.Person) bool { return p.Account == account.ID }) {
		return domain.Conflict("organisation.person_there", nil)
	}
	a.Note("account", string(account.ID))
	if err := a.Tx.EndInvitationsTo(ctx, in.Organisation, account.ID, a.Now); err != nil {
		return err
	}
	return a.Tx.AddInvitation(ctx, identity.Invitation{
		ID: a.Env.NewID(), Account: account.ID, CreatedAt: a.Now, ExpiresAt: a.Now.Add(identity.InvitationLife),
		Organisation: in.Organisation, Submits: in.Submits, Manages: in.Manages,
	})
}

// UninviteInput takes an invitation back.
type UninviteInput struct {
	Organisation domain.ID `path:"organisation" json:"-"`
	Account      domain.ID `path:"account" json:"-"`
}

// Uninvite ends the link by which somebody was asked to act for an organisation: person.uninvite.
func (s *Service) Uninvite(ctx context.Context, by domain.Actor, in UninviteInput) (Done, error) {
	return service.Do(ctx, s.env, s.store, by, "person.uninvite", func(a *service.Act[Tx]) (Done, error) {
		if _, err := open(ctx, a, "person.uninvite", in.Organisation); err != nil {
			return Done{}, err
		}
		a.Note("account", string(in.Account))
		return Done{Done: true}, a.Tx.EndInvitationsTo(ctx, in.Organisation, in.Account, a.Now)
	})
}

// ChangePersonInput changes what somebody may do for an organisation.
type ChangePersonInput struct {
	Organisation domain.ID `path:"organisation" json:"-"`
	Account      domain.ID `path:"account" json:"-"`
	Submits      bool      `json:"submits"`
	Manages      bool      `json:"manages"`
	Remove       bool      `json:"remove"`
}

// ChangePerson changes what somebody may do for an organisation, or ends it: person.change. CodeConflict when nobody
// would look after the organisation any more.
func (s *Service) ChangePerson(ctx context.Context, by domain.Actor, in ChangePersonInput) (Done, error) {
	return service.Do(ctx, s.env, s.store, by, "person.change", func(a *service.Act[Tx]) (Done, error) {
		if _, err := open(ctx, a, "person.change", in.Organisation); err != nil {
			return Done{}, err
		}
		there, err := a.Tx.PeopleOf(ctx, in.Organisation)
		if err != nil {
			return Done{}, err
		}
		n := slices.IndexFunc(there, func(p alliance.Person) bool { return p.Account == in.Account })
		if n < 0 {
			return Done{}, domain.NotFound("person")
		}
		if (in.Remove || !in.Manages) && alliance.LastManager(there, in.Account) {
			return Done{}, domain.Conflict("organisation.last_manager", nil)
		}
		a.Note("account", string(in.Account))
		if in.Remove {
			return Done{Done: true}, a.Tx.DropPerson(ctx, in.Organisation, in.Account)
		}
		p := there[n]
		p.Submits, p.Manages = in.Submits, in.Manages
		return Done{Done: true}, a.Tx.SetPerson(ctx, p)
	})
}
