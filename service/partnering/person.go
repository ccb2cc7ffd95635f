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

// AddPerson lets somebody act for an organisation: person.add. Who has no account gets one, and a link to it by mail.
// CodeConflict when the person is there already or the organisation is not in.
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
		return Done{Done: true}, add(ctx, a, in, email)
	})
}

func add(ctx context.Context, a *service.Act[Tx], in AddPersonInput, email string) error {
	there, err := a.Tx.PeopleOf(ctx, in.Organisation)
	if err != nil {
		return err
	}
	if len(there) >= maxPeople {
		return domain.Conflict("organisation.too_many", domain.Args{"max": maxPeople})
	}
	account, err := invite(ctx, a, email, strings.TrimSpace(in.Name))
	if err != nil {
		return err
	}
	if slices.ContainsFunc(there, func(p alliance.Person) bool { return p.Account == account.ID }) {
		return domain.Conflict("organisation.person_there", nil)
	}
	a.Note("account", string(account.ID))
	return a.Tx.SetPerson(ctx, alliance.Person{
		Organisation: in.Organisation, Account: account.ID, Submits: in.Submits, Manages: in.Manages, Since: a.Now,
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
