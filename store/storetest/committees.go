package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/identity"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/store"
)

// Committees checks the methods on committees, seats and appointments.
func Committees(t *testing.T, db *store.DB) {
	t.Run("committees", func(t *testing.T) { committeesRoundTrip(t, db) })
	t.Run("pages of committees", func(t *testing.T) { committeePages(t, db) })
	t.Run("seats and members", func(t *testing.T) { membersRoundTrip(t, db) })
	t.Run("who serves", func(t *testing.T) { servingIsAsTheDomainSays(t, db) })
	t.Run("appointments of a person", func(t *testing.T) { appointmentsOfAPerson(t, db) })
	t.Run("meetings of a committee", func(t *testing.T) { meetingsOfACommittee(t, db) })
}

func committeesRoundTrip(t *testing.T, db *store.DB) {
	c := filled[committee.Committee](1)
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddCommittee(ctx, c); err != nil {
			return err
		}
		read, err := tx.Committee(ctx, c.ID)
		same(t, read, c)
		if err != nil {
			return err
		}
		locked, err := tx.LockCommittee(ctx, c.ID)
		same(t, locked, c)
		if err != nil {
			return err
		}
		old := locked
		locked.Charter, locked.Standing, locked.SunsetOn = committee.Charter{}, false, ""
		if err := tx.ChangeCommittee(ctx, &locked); err != nil {
			return err
		}
		read, err = tx.Committee(ctx, c.ID)
		same(t, read, locked)
		same(t, read.Version, old.Version+1)
		if stale := tx.ChangeCommittee(ctx, &old); domain.CodeOf(stale) != domain.CodeStale {
			t.Errorf("an old version is written: %v", stale)
		}
		return err
	})
	refused(t, db, "conflict.committee", func(ctx context.Context, tx *store.Tx) error {
		twin := filled[committee.Committee](2)
		twin.Code = c.Code
		return tx.AddCommittee(ctx, twin)
	})
	for _, read := range []func(context.Context, *store.Tx) error{
		func(ctx context.Context, tx *store.Tx) error { _, err := tx.Committee(ctx, "none"); return err },
		func(ctx context.Context, tx *store.Tx) error { _, err := tx.LockCommittee(ctx, "none"); return err },
		func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Chamber(ctx, "none", moment(1))
			return err
		},
	} {
		refused(t, db, "not_found.committee", read)
	}
}

// codes lists the codes of committees that begin with p.
func codes(found []committee.Committee) []string {
	out := []string{}
	for _, c := range found {
		if c.Code[0] == 'p' {
			out = append(out, c.Code)
		}
	}
	return out
}

func committeePages(t *testing.T, db *store.DB) {
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		for i, state := range []committee.State{committee.Active, committee.Draft, committee.Dissolved, committee.Draft} {
			c := committee.Committee{ID: domain.ID(rune('z' - i)), Code: fmt.Sprint("p", i), State: state, Version: 1}
			if i > 0 {
				c.Parent = "z"
			}
			if err := tx.AddCommittee(ctx, c); err != nil {
				return err
			}
		}
		for _, x := range []struct {
			f    committee.Filter
			want []string
		}{
			{committee.Filter{After: "p"}, []string{"p0", "p2"}},
			{committee.Filter{After: "p", Own: []domain.ID{"w", "other"}}, []string{"p0", "p2", "p3"}},
			{committee.Filter{After: "p", Drafts: true}, []string{"p0", "p1", "p2", "p3"}},
			{committee.Filter{After: "p0", Limit: 1}, []string{"p2"}},
			{committee.Filter{After: "p0", Limit: 2, Drafts: true}, []string{"p1", "p2"}},
			{committee.Filter{After: "p3", Drafts: true}, []string{}},
		} {
			found, err := tx.FindCommittees(ctx, x.f)
			if err != nil {
				return err
			}
			same(t, codes(found), x.want)
		}
		all, err := tx.Committees(ctx, "p1", 1)
		same(t, codes(all), []string{"p2"})
		if err != nil {
			return err
		}
		parts, err := tx.Subcommittees(ctx, "z")
		same(t, codes(parts), []string{"p1", "p2", "p3"})
		return err
	})
}

// addChamber writes a committee with seats numbered from 1.
func addChamber(ctx context.Context, tx *store.Tx, c committee.Committee, seats ...committee.Seat) error {
	c.Code, c.Version = string(c.ID), 1
	if err := tx.AddCommittee(ctx, c); err != nil {
		return err
	}
	for i, s := range seats {
		s.Committee, s.Number = c.ID, i+1
		if err := tx.AddSeat(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

func membersRoundTrip(t *testing.T, db *store.DB) {
	seat, m := filled[committee.Seat](1), filled[committee.Member](1)
	m.Seat, m.Committee, seat.Committee = seat.ID, "rc", "rc"
	later := m
	later.ID, later.From = "rc-later", "z"
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := addChamber(ctx, tx, committee.Committee{ID: "rc"}, committee.Seat{ID: "rc-1"}); err != nil {
			return err
		}
		if err := errors.Join(tx.AddSeat(ctx, seat), tx.AddMember(ctx, m), tx.AddMember(ctx, later)); err != nil {
			return err
		}
		read, err := tx.Seat(ctx, seat.ID)
		same(t, read, seat)
		if err != nil {
			return err
		}
		all, err := tx.SeatsIn(ctx, "rc")
		same(t, all, []committee.Seat{{ID: "rc-1", Committee: "rc", Number: 1}, seat})
		if err != nil {
			return err
		}
		one, err := tx.Member(ctx, m.ID)
		same(t, one, m)
		if err != nil {
			return err
		}
		for _, list := range []func() ([]committee.Member, error){
			func() ([]committee.Member, error) { return tx.MembersOf(ctx, "rc") },
			func() ([]committee.Member, error) { return tx.MembersOfSeat(ctx, seat.ID) },
		} {
			found, err := list()
			same(t, found, []committee.Member{later, m})
			if err != nil {
				return err
			}
		}
		old := one
		one.EndedOn, one.EndGround, one.EndReason, one.Holdover = "2027-01-01", "resigned", "본인 희망", false
		if err := tx.ChangeMember(ctx, &one); err != nil {
			return err
		}
		now, err := tx.Member(ctx, m.ID)
		same(t, now, one)
		if stale := tx.ChangeMember(ctx, &old); domain.CodeOf(stale) != domain.CodeStale {
			t.Errorf("an old version is written: %v", stale)
		}
		return err
	})
	seatsAndMembersRefused(t, db, seat, m)
}

func seatsAndMembersRefused(t *testing.T, db *store.DB, seat committee.Seat, m committee.Member) {
	for key, write := range map[string]func(context.Context, *store.Tx) error{
		"conflict.seat": func(ctx context.Context, tx *store.Tx) error {
			twin := seat
			twin.ID = "twin"
			return tx.AddSeat(ctx, twin)
		},
		"conflict.member":  func(ctx context.Context, tx *store.Tx) error { return tx.AddMember(ctx, m) },
		"not_found.seat":   func(ctx context.Context, tx *store.Tx) error { _, err := tx.Seat(ctx, "none"); return err },
		"not_found.member": func(ctx context.Context, tx *store.Tx) error { _, err := tx.Member(ctx, "none"); return err },
		"invalid.reference": func(ctx context.Context, tx *store.Tx) error {
			stray := m
			stray.ID, stray.Seat = "stray", "none"
			return tx.AddMember(ctx, stray)
		},
	} {
		refused(t, db, key, write)
	}
}

// servingIsAsTheDomainSays compares the conditions in SQL with Member.Serves for terms of every shape on every day.
func servingIsAsTheDomainSays(t *testing.T, db *store.DB) {
	shapes := map[domain.ID]committee.Member{
		"open": {}, "term": {Until: "2026-03-10"}, "held over": {Until: "2026-03-10", Holdover: true},
		"ended": {Until: "2026-03-20", EndedOn: "2026-03-10"}, "ended open": {EndedOn: "2026-03-10"},
		"ended holdover": {Until: "2026-03-05", Holdover: true, EndedOn: "2026-03-10"},
		"one day":        {Until: "2026-03-02"}, "never": {EndedOn: "2026-03-02"}, "later": {From: "2026-03-12"},
	}
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		err := tx.AddAccount(ctx, identity.Account{ID: "sp", Email: "sp", Version: 1})
		if err = errors.Join(err, tx.AddToken(ctx, identity.Token{Hash: "of sp", Account: "sp"})); err != nil {
			return err
		}
		for id := range shapes {
			role := map[bool]committee.Role{true: committee.RoleChair, false: committee.RoleViceChair}[id == "term"]
			if err := addShape(ctx, tx, id, shapes, role); err != nil {
				return err
			}
		}
		for day := calendar.Date("2026-02-28"); day <= "2026-03-25"; day = day.AddDays(1) {
			if err := compareServing(ctx, t, tx, shapes, day); err != nil {
				return err
			}
		}
		return nil
	})
}

// addShape writes a committee of its own for the member, so that each person sits in one.
func addShape(
	ctx context.Context, tx *store.Tx, id domain.ID, shapes map[domain.ID]committee.Member, role committee.Role,
) error {
	m := shapes[id]
	m.ID, m.Seat, m.Committee, m.Person, m.Version = id, "seat "+id, "sc "+id, "sp", 1
	if m.From == "" {
		m.From = "2026-03-02"
	}
	shapes[id] = m
	seats := []committee.Seat{{ID: "empty " + id}, {ID: m.Seat, Role: role}}
	if err := addChamber(ctx, tx, committee.Committee{ID: m.Committee}, seats...); err != nil {
		return err
	}
	return tx.AddMember(ctx, m)
}

func compareServing(
	ctx context.Context, t *testing.T, tx *store.Tx, shapes map[domain.ID]committee.Member, day calendar.Date,
) error {
	held, err := tx.Bearer(ctx, "of sp", day)
	if err != nil {
		return err
	}
	for id, m := range shapes {
		chamber, err := tx.Chamber(ctx, m.Committee, day.Time().Add(23*time.Hour))
		if err != nil {
			return err
		}
		in := chamber.Seated[1].Member
		if (in != nil) != m.Serves(day) || chamber.Seated[0].Member != nil {
			t.Errorf("%s sits in the chamber on %s: %v, want %v", id, day, in != nil, m.Serves(day))
		}
		if in != nil {
			same(t, *in, m)
		}
		want := domain.Seat{Committee: m.Committee, Member: id, Chair: id == "term", ViceChair: id != "term"}
		if slices.Contains(held.Seats, want) != m.Serves(day) {
			t.Errorf("%s holds a seat on %s: %v, want %v", id, day, !m.Serves(day), m.Serves(day))
		}
	}
	return nil
}

func appointmentsOfAPerson(t *testing.T, db *store.DB) {
	appointed := func(id, seat, of domain.ID, from calendar.Date) committee.Member {
		m := filled[committee.Member](1)
		m.ID, m.Seat, m.Committee, m.Person, m.From = id, seat, of, "ap", from
		return m
	}
	first, second := appointed("ap1", "above-2", "above", "2024-01-01"), appointed("ap2", "below-1", "below", "2026-01-01")
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		above := committee.Committee{ID: "above", Standing: true, State: committee.Active}
		err := addChamber(ctx, tx, above, committee.Seat{ID: "above-1", Role: committee.RoleChair, Post: "시장"},
			committee.Seat{ID: "above-2", Kind: committee.Appointed, Role: committee.RoleMember, Post: "아님"},
			committee.Seat{ID: "above-3", Role: committee.RoleChair, Post: "다른 위원장"})
		if err != nil {
			return err
		}
		below := committee.Committee{ID: "below", Parent: "above", State: committee.Draft}
		seat := committee.Seat{ID: "below-1", Kind: committee.ExOfficio, Role: committee.RoleChair, Post: "과장"}
		if err := addChamber(ctx, tx, below, seat); err != nil {
			return err
		}
		if err := errors.Join(tx.AddMember(ctx, first), tx.AddMember(ctx, second)); err != nil {
			return err
		}
		body := committee.Body{ID: "above", Standing: true, State: committee.Active, ChairPost: "시장"}
		held, err := tx.AppointmentsOf(ctx, "ap")
		same(t, held, []committee.Held{
			{Member: second, Kind: committee.ExOfficio, Body: body}, {Member: first, Kind: committee.Appointed, Body: body},
		})
		if err != nil {
			return err
		}
		none, err := tx.AppointmentsOf(ctx, "nobody")
		same(t, none, []committee.Held{})
		return err
	})
}

func meetingsOfACommittee(t *testing.T, db *store.DB) {
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		rules, err := tx.FreezePolicy(ctx, policy.Rules{Pack: "p", Day: "2026-11-22", Entries: []policy.Entry{}})
		if err != nil {
			return err
		}
		seats := []committee.Seat{{ID: "mo-1"}, {ID: "mo-2"}}
		if err := addChamber(ctx, tx, committee.Committee{ID: "mo"}, seats...); err != nil {
			return err
		}
		for _, s := range seats {
			m := committee.Member{ID: "m-" + s.ID, Seat: s.ID, Committee: "mo", Person: s.ID, From: "2026-01-01", Version: 1}
			if err := tx.AddMember(ctx, m); err != nil {
				return err
			}
		}
		if err := addMeetings(ctx, tx, rules); err != nil {
			return err
		}
		days, err := tx.MeetingDays(ctx, "mo", "2026-03-02")
		same(t, days, []calendar.Date{"2026-03-02", "2026-03-03", "2026-03-05", "2026-03-06"})
		if err != nil {
			return err
		}
		ahead, err := tx.MeetingsAhead(ctx, "mo")
		same(t, ahead, 2)
		if err != nil {
			return err
		}
		held, err := tx.SittingsOf(ctx, "mo", "2026-03-02")
		same(t, held, []committee.Sitting{
			{Day: "2026-03-02", Present: []domain.ID{"m-mo-1", "m-mo-2"}}, {Day: "2026-03-03"},
		})
		return err
	})
}

// addMeetings writes meetings a few days from each other, at midnight in Seoul; to the second both members came, one
// twice.
func addMeetings(ctx context.Context, tx *store.Tx, rules string) error {
	for i, x := range []struct {
		state meeting.State
		mode  meeting.Mode
	}{
		{meeting.Adjourned, meeting.InPerson}, {meeting.Adjourned, meeting.InPerson}, {meeting.Adjourned, meeting.Mixed},
		{meeting.Cancelled, meeting.InPerson}, {meeting.Planned, meeting.InPerson}, {meeting.Open, meeting.Written},
	} {
		at := calendar.Date("2026-03-01").AddDays(i).Time().UTC()
		m := meeting.Meeting{
			ID: domain.ID(fmt.Sprint("mo-m", i)), Committee: "mo", Number: i + 1, State: x.state, Mode: x.mode, StartsAt: at,
			ExpectedEnd: at.Add(time.Hour), Rules: rules, Version: 1,
		}
		if err := tx.AddMeeting(ctx, m); err != nil {
			return err
		}
	}
	for i, who := range []domain.ID{"m-mo-1", "m-mo-2", "m-mo-1"} {
		p := meeting.Presence{
			ID: domain.ID(fmt.Sprint("mo-p", i)), Meeting: "mo-m1", Member: who, InAt: moment(i), OutAt: moments(i + 1),
		}
		if err := tx.AddPresence(ctx, p); err != nil {
			return err
		}
	}
	return nil
}
