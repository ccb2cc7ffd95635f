// Package partnering holds the use cases of the alliance's register: divisions, organisations, and the people who act for
// them.
package partnering

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/domain/committee"
	"secretariat/domain/identity"
	"secretariat/service"
)

// Filter chooses organisations of an alliance; State and Division may be empty.
type Filter struct {
	Alliance domain.ID
	State    alliance.State
	Division domain.ID
	After    domain.ID
	Limit    int
}

// Crowd counts who has a place in a division.
type Crowd struct {
	Organisations int `json:"organisations"`
	Sherpas       int `json:"sherpas"`
}

// Tx is what the service asks of the store.
type Tx interface {
	service.Tx
	Committee(context.Context, domain.ID) (committee.Committee, error)
	AddAlliance(context.Context, alliance.Alliance) error
	ChangeAlliance(context.Context, *alliance.Alliance) error
	Alliance(context.Context, domain.ID) (alliance.Alliance, error)
	Alliances(ctx context.Context, after string, limit int) ([]alliance.Alliance, error)
	AddDivision(context.Context, alliance.Division) error
	Division(context.Context, domain.ID) (alliance.Division, error)
	Divisions(context.Context, domain.ID) ([]alliance.Division, error)
	AddOrganisation(context.Context, alliance.Organisation) error
	ChangeOrganisation(context.Context, *alliance.Organisation) error
	Organisation(context.Context, domain.ID) (alliance.Organisation, error)
	LockOrganisation(context.Context, domain.ID) (alliance.Organisation, error)
	Organisations(context.Context, Filter) ([]alliance.Organisation, error)
	OrganisationsOf(ctx context.Context, account domain.ID) ([]alliance.Organisation, error)
	NumbersTaken(ctx context.Context, alliance domain.ID, numbers []string) ([]string, error)
	CountOrganisations(context.Context, domain.ID, alliance.State) (int, error)
	SetPlace(context.Context, alliance.Place) error
	DropPlace(ctx context.Context, division, organisation domain.ID) error
	PlacesOf(ctx context.Context, organisation domain.ID) ([]alliance.Place, error)
	CountPlaces(context.Context, domain.ID) (map[domain.ID]Crowd, error)
	SetPerson(context.Context, alliance.Person) error
	DropPerson(ctx context.Context, organisation, account domain.ID) error
	PeopleOf(ctx context.Context, organisation domain.ID) ([]alliance.Person, error)
	Account(context.Context, domain.ID) (identity.Account, error)
	AccountByEmail(context.Context, string) (identity.Account, error)
	AddAccount(context.Context, identity.Account) error
	AddInvitation(context.Context, identity.Invitation) error
	// InvitedTo lists the links that are good at the instant, by which people are asked to act for an organisation.
	InvitedTo(ctx context.Context, organisation domain.ID, now time.Time) ([]identity.Invitation, error)
	// EndInvitationsTo ends the open links by which an account is asked to act for an organisation.
	EndInvitationsTo(ctx context.Context, organisation, account domain.ID, at time.Time) error
}

// Store is the service's store.
type Store = service.Store[Tx]

// Service holds the use cases.
type Service struct {
	env   service.Env
	store Store
}

// New makes the service.
func New(env service.Env, store Store) *Service { return &Service{env: env, store: store} }

// Done is the answer of an act that has nothing to say.
type Done struct {
	Done bool `json:"done"`
}

// may asks the policy with what the alliance's committee and the organisation are to the actor.
func may(by domain.Actor, op string, a alliance.Alliance, organisation domain.ID) error {
	return access.Can(by, op, access.Facts{Committee: a.Committee, Organisation: organisation}).Err()
}

// opened is an organisation with its alliance, once the actor may do the operation on it.
type opened struct {
	alliance.Organisation
	of alliance.Alliance
}

// open reads an organisation and keeps others from changing it. Who may not do the operation is not told whether there
// is one.
func open(ctx context.Context, a *service.Act[Tx], op string, id domain.ID) (opened, error) {
	o, err := a.Tx.LockOrganisation(ctx, id)
	if err != nil {
		return opened{}, err
	}
	of, err := a.Tx.Alliance(ctx, o.Alliance)
	if err != nil {
		return opened{}, err
	}
	a.On("organisation", o.ID, o.ID)
	if may(a.By, op, of, o.ID) != nil {
		return opened{}, hidden(a.By)
	}
	return opened{o, of}, nil
}

// hidden is what somebody is told of an organisation that is none of their business.
func hidden(by domain.Actor) error {
	if by.Kind == domain.ActorPublic {
		return &domain.Error{Code: domain.CodeUnauthenticated, Key: "unauthenticated"}
	}
	return domain.NotFound("organisation")
}
