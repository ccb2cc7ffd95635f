package store

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/service/partnering"
)

var (
	alliances = versioned[alliance.Alliance]{
		table[alliance.Alliance]{"alliances", "alliance"},
		func(a *alliance.Alliance) *int { return &a.Version }, func(a *alliance.Alliance) domain.ID { return a.ID },
	}
	divisions     = table[alliance.Division]{"divisions", "division"}
	organisations = versioned[alliance.Organisation]{
		table[alliance.Organisation]{"organisations", "organisation"},
		func(o *alliance.Organisation) *int { return &o.Version },
		func(o *alliance.Organisation) domain.ID { return o.ID },
	}
	places = table[alliance.Place]{"places", "place"}
	people = table[alliance.Person]{"people", "person"}
)

var _ partnering.Tx = (*Tx)(nil)

// AddAlliance writes a new alliance; conflict.alliance when its code is taken.
func (tx *Tx) AddAlliance(ctx context.Context, a alliance.Alliance) error {
	return alliances.insert(ctx, tx, a)
}

// ChangeAlliance writes a changed one; CodeStale when it changed meanwhile.
func (tx *Tx) ChangeAlliance(ctx context.Context, a *alliance.Alliance) error {
	return alliances.change(ctx, tx, a)
}

// Alliance reads an alliance.
func (tx *Tx) Alliance(ctx context.Context, id domain.ID) (alliance.Alliance, error) {
	return alliances.get(ctx, tx, "id = ?", id)
}

// Alliances lists them by code, after the given one.
func (tx *Tx) Alliances(ctx context.Context, after string, limit int) ([]alliance.Alliance, error) {
	return alliances.page(ctx, tx, limit, "code", "code > ?", after)
}

// AddDivision writes a new division; conflict.division when its code is taken.
func (tx *Tx) AddDivision(ctx context.Context, d alliance.Division) error {
	return divisions.insert(ctx, tx, d)
}

// Division reads a division.
func (tx *Tx) Division(ctx context.Context, id domain.ID) (alliance.Division, error) {
	return divisions.get(ctx, tx, "id = ?", id)
}

// Divisions lists those of an alliance by code.
func (tx *Tx) Divisions(ctx context.Context, of domain.ID) ([]alliance.Division, error) {
	return divisions.list(ctx, tx, "code", "alliance = ?", of)
}

// AddOrganisation writes a new one; conflict.organisation when one with the business number waits or is in.
func (tx *Tx) AddOrganisation(ctx context.Context, o alliance.Organisation) error {
	return organisations.insert(ctx, tx, o)
}

// ChangeOrganisation writes a changed one; CodeStale when it changed meanwhile.
func (tx *Tx) ChangeOrganisation(ctx context.Context, o *alliance.Organisation) error {
	return organisations.change(ctx, tx, o)
}

// Organisation reads one.
func (tx *Tx) Organisation(ctx context.Context, id domain.ID) (alliance.Organisation, error) {
	return organisations.get(ctx, tx, "id = ?", id)
}

// LockOrganisation reads one and keeps others from changing it or its people.
func (tx *Tx) LockOrganisation(ctx context.Context, id domain.ID) (alliance.Organisation, error) {
	return organisations.lock(ctx, tx, id)
}

// Organisations lists those that fit the filter, in the order in which they came.
func (tx *Tx) Organisations(ctx context.Context, f partnering.Filter) ([]alliance.Organisation, error) {
	where, args := []string{"alliance = ?", "id > ?"}, []any{f.Alliance, f.After}
	if f.State != "" {
		where, args = append(where, "state = ?"), append(args, f.State)
	}
	if f.Division != "" {
		where = append(where, "id IN (SELECT organisation FROM places WHERE division = ?)")
		args = append(args, f.Division)
	}
	return organisations.page(ctx, tx, f.Limit, "id", strings.Join(where, " AND "), args...)
}

// OrganisationsOf lists those that an account acts for.
func (tx *Tx) OrganisationsOf(ctx context.Context, account domain.ID) ([]alliance.Organisation, error) {
	return organisations.list(ctx, tx, "name, id", "id IN (SELECT organisation FROM people WHERE account = ?)", account)
}

// CountOrganisations counts those of an alliance in a state.
func (tx *Tx) CountOrganisations(ctx context.Context, of domain.ID, state alliance.State) (int, error) {
	return organisations.count(ctx, tx, "alliance = ? AND state = ?", of, state)
}

// NumbersTaken gives those of the business numbers that belong to one which waits or is in.
func (tx *Tx) NumbersTaken(ctx context.Context, of domain.ID, numbers []string) ([]string, error) {
	found, err := organisations.list(ctx, tx, "business_number",
		"alliance = ? AND state NOT IN ('refused', 'left') AND business_number IN ?", of, bun.Tuple(numbers))
	out := make([]string, len(found))
	for i, o := range found {
		out[i] = o.BusinessNumber
	}
	return out, err
}

// SetPlace gives an organisation a place in a division, or changes it.
func (tx *Tx) SetPlace(ctx context.Context, p alliance.Place) error {
	return places.upsert(ctx, tx, p, "division, organisation")
}

// DropPlace takes it away; nothing happens when there is none.
func (tx *Tx) DropPlace(ctx context.Context, division, organisation domain.ID) error {
	return places.delete(ctx, tx, "division = ? AND organisation = ?", division, organisation)
}

// PlacesOf lists the places of an organisation.
func (tx *Tx) PlacesOf(ctx context.Context, organisation domain.ID) ([]alliance.Place, error) {
	return places.list(ctx, tx, "division", "organisation = ?", organisation)
}

// CountPlaces counts for each division of an alliance the organisations in it and its sherpas.
func (tx *Tx) CountPlaces(ctx context.Context, of domain.ID) (map[domain.ID]partnering.Crowd, error) {
	var rows []struct {
		Division domain.ID
		partnering.Crowd
	}
	err := tx.db.NewRaw(`SELECT p.division, count(*) AS organisations, count(CASE WHEN p.sherpa THEN 1 END) AS sherpas
FROM places p JOIN divisions d ON d.id = p.division JOIN organisations o ON o.id = p.organisation
WHERE d.alliance = ? AND o.state = 'member' GROUP BY p.division`, of).Scan(ctx, &rows)
	out := make(map[domain.ID]partnering.Crowd, len(rows))
	for _, r := range rows {
		out[r.Division] = r.Crowd
	}
	return out, translate(err, places.kind)
}

// SetPerson lets an account act for an organisation, or changes what it may do there.
func (tx *Tx) SetPerson(ctx context.Context, p alliance.Person) error {
	return people.upsert(ctx, tx, p, "organisation, account")
}

// DropPerson takes it away; nothing happens when there is none.
func (tx *Tx) DropPerson(ctx context.Context, organisation, account domain.ID) error {
	return people.delete(ctx, tx, "organisation = ? AND account = ?", organisation, account)
}

// PeopleOf lists who acts for an organisation.
func (tx *Tx) PeopleOf(ctx context.Context, organisation domain.ID) ([]alliance.Person, error) {
	return people.list(ctx, tx, "since, account", "organisation = ?", organisation)
}
