package partnering_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/internal/testkit"
	"secretariat/service/partnering"
	"secretariat/store"
)

const (
	number = "1248100998"
	second = "1208147521"
	chief  = "kim@example.kr"
)

func fieldsOf(err error) []string {
	var e *domain.Error
	if !errors.As(err, &e) {
		return nil
	}
	out := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		out[i] = f.Field
	}
	slices.Sort(out)
	return out
}

func TestAnApplicationIsDecidedAndItsContactInvited(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		in := w.application("124-81-00998", "Kim@Example.kr")
		_, err := w.s.Apply(t.Context(), domain.Public(), in)
		must(t, err)
		list, err := w.s.Organisations(t.Context(), w.staff, partnering.OrganisationsInput{Alliance: w.a.ID, State: alliance.Applied})
		must(t, err)
		if len(list.Items) != 1 || list.Items[0].ContactEmail != chief || list.Items[0].BusinessNumber != number {
			t.Fatalf("waiting: %+v", list.Items)
		}
		o, err := w.s.Decide(t.Context(), w.staff, partnering.DecideInput{Organisation: list.Items[0].ID, Accept: true, Join: true})
		must(t, err)
		if o.State != alliance.Member || o.ContactEmail != "" || o.JoinedOn == "" {
			t.Errorf("decided: %+v", o)
		}
		by := w.person(o.ID, chief)
		if len(by.Partners) != 1 || !by.Partners[0].Manages || !by.Partners[0].Submits {
			t.Errorf("the contact: %+v", by)
		}
		w.read(func(ctx context.Context, tx *store.Tx) error {
			_, some, err := tx.LastInvitation(ctx, by.ID)
			if !some {
				t.Error("no link waits to be sent")
			}
			return err
		})
		if _, err := w.s.Decide(t.Context(), w.staff, partnering.DecideInput{Organisation: o.ID, Accept: true}); domain.KeyOf(err) != "organisation.decided" {
			t.Errorf("decided again: %v", err)
		}
	})
}

func TestNobodyAppliesTwice(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, err := w.s.Apply(t.Context(), domain.Public(), w.application(number, chief))
		must(t, err)
		if _, err := w.s.Apply(t.Context(), domain.Public(), w.application(number, "other@example.kr")); domain.KeyOf(err) != "conflict.organisation" {
			t.Errorf("applied twice: %v", err)
		}
		list, err := w.s.Organisations(t.Context(), w.staff, partnering.OrganisationsInput{Alliance: w.a.ID})
		must(t, err)
		_, err = w.s.Decide(t.Context(), w.staff, partnering.DecideInput{Organisation: list.Items[0].ID, Reason: "서류 미비"})
		must(t, err)
		if _, err := w.s.Apply(t.Context(), domain.Public(), w.application(number, chief)); err != nil {
			t.Errorf("after a refusal: %v", err)
		}
	})
}

func TestWhatIsWrongWithAnApplicationIsToldAtOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		in := partnering.ApplyInput{Alliance: w.a.ID, Entry: partnering.Entry{Kind: "x", Sectors: []string{"없는 분야"}}, ContactEmail: "x"}
		_, err := w.s.Apply(t.Context(), domain.Public(), in)
		want := []string{"businessNumber", "contactEmail", "contactName", "kind", "name", "sectors"}
		if got := fieldsOf(err); !slices.Equal(got, want) {
			t.Errorf("told %v: %v", got, err)
		}
	})
}

func TestWhoActsForAnOrganisationIsItsOwnAffair(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		o, boss := w.register(number, chief)
		_, stranger := w.register(second, "other@example.kr")
		add := partnering.AddPersonInput{Organisation: o.ID, Email: "lee@example.kr", Name: "이초안"}
		for name, by := range map[string]domain.Actor{"another organisation": stranger, "public": domain.Public()} {
			if _, err := w.s.AddPerson(t.Context(), by, add); err == nil || domain.CodeOf(err) == domain.CodeForbidden {
				t.Errorf("%s: %v", name, err)
			}
			if _, err := w.s.ShowOrganisation(t.Context(), by, partnering.ShowOrganisationInput{Organisation: o.ID}); err == nil {
				t.Errorf("%s sees it", name)
			}
		}
		_, err := w.s.AddPerson(t.Context(), boss, add)
		must(t, err)
		if lee := w.person(o.ID, "lee@example.kr"); len(lee.Partners) != 0 {
			t.Fatal("somebody acts for it without consent")
		}
		_, err = w.s.AddPerson(t.Context(), boss, add) // asked again
		must(t, err)
		w.consents(o.ID, "lee@example.kr")
		if _, err := w.s.AddPerson(t.Context(), boss, add); domain.KeyOf(err) != "organisation.person_there" {
			t.Errorf("added twice: %v", err)
		}
		lee := w.person(o.ID, "lee@example.kr")
		if _, err := w.s.AddPerson(t.Context(), lee, partnering.AddPersonInput{Organisation: o.ID, Email: "x@example.kr", Name: "x"}); domain.CodeOf(err) != domain.CodeNotFound {
			t.Errorf("who drafts adds people: %v", err)
		}
		view, err := w.s.ShowOrganisation(t.Context(), lee, partnering.ShowOrganisationInput{Organisation: o.ID})
		must(t, err)
		if len(view.People) != 2 || view.Mine == nil || view.Mine.Submits {
			t.Errorf("seen: %+v", view)
		}
	})
}

func TestTheLastManagerStays(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		o, boss := w.register(number, chief)
		for _, in := range []partnering.ChangePersonInput{{Remove: true}, {Submits: true}} {
			in.Organisation, in.Account = o.ID, boss.ID
			if _, err := w.s.ChangePerson(t.Context(), boss, in); domain.KeyOf(err) != "organisation.last_manager" {
				t.Errorf("%+v: %v", in, err)
			}
		}
		_, err := w.s.AddPerson(t.Context(), boss, partnering.AddPersonInput{Organisation: o.ID, Email: "lee@example.kr", Name: "이", Manages: true})
		must(t, err)
		w.consents(o.ID, "lee@example.kr")
		_, err = w.s.ChangePerson(t.Context(), boss, partnering.ChangePersonInput{Organisation: o.ID, Account: boss.ID, Remove: true})
		must(t, err)
	})
}

func TestWhoLeavesHasNoMoreRights(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		o, boss := w.register(number, chief)
		_, err := w.s.Leave(t.Context(), boss, partnering.LeaveInput{Organisation: o.ID, Reason: "폐업"})
		must(t, err)
		add := partnering.AddPersonInput{Organisation: o.ID, Email: "lee@example.kr", Name: "이"}
		if _, err := w.s.AddPerson(t.Context(), w.staff, add); domain.KeyOf(err) != "organisation.not_in" {
			t.Errorf("a person was added: %v", err)
		}
		place := partnering.AssignInput{Organisation: o.ID, Post: partnering.PostMember}
		if _, err := w.s.Assign(t.Context(), w.staff, place); err == nil {
			t.Error("it got a place")
		}
	})
}

func TestDivisionsCountTheirMembersAndSherpas(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		d, err := w.s.AddDivision(t.Context(), w.staff, partnering.AddDivisionInput{Alliance: w.a.ID, Code: "robot", Name: "로봇 분과", Sector: "로봇"})
		must(t, err)
		a, boss := w.register(number, chief)
		b, _ := w.register(second, "b@example.kr")
		for _, in := range []partnering.AssignInput{{a.ID, d.ID, partnering.PostMember}, {b.ID, d.ID, partnering.PostSherpa}} {
			_, err := w.s.Assign(t.Context(), w.staff, in)
			must(t, err)
		}
		if _, err := w.s.Assign(t.Context(), boss, partnering.AssignInput{Organisation: a.ID, Division: d.ID, Post: partnering.PostSherpa}); err == nil {
			t.Error("an organisation made itself a sherpa")
		}
		view, err := w.s.Show(t.Context(), domain.Public(), partnering.ShowInput{Alliance: w.a.ID})
		must(t, err)
		if view.Members != 2 || view.Waiting != nil || len(view.Divisions) != 1 || view.Divisions[0].Organisations != 2 || view.Divisions[0].Sherpas != 1 {
			t.Errorf("%+v", view)
		}
		_, err = w.s.Assign(t.Context(), w.staff, partnering.AssignInput{Organisation: b.ID, Division: d.ID, Post: partnering.PostNone})
		must(t, err)
		view, err = w.s.Show(t.Context(), w.staff, partnering.ShowInput{Alliance: w.a.ID})
		must(t, err)
		if view.Waiting == nil || view.Divisions[0].Sherpas != 0 {
			t.Errorf("%+v", view)
		}
	})
}

func TestAListIsImportedWholeOrNotAtAll(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.register(number, chief)
		good := partnering.ImportRow{Entry: entry(second), Join: true, ContactName: "박", ContactEmail: "park@example.kr"}
		twice, taken, bad := good, good, good
		taken.BusinessNumber, bad.Name = number, strings.Repeat("가", 200)
		in := partnering.ImportInput{Alliance: w.a.ID, Rows: []partnering.ImportRow{good, twice, taken, bad}}
		_, err := w.s.Import(t.Context(), w.staff, in)
		want := []string{"rows.1.businessNumber", "rows.2.businessNumber", "rows.3.businessNumber", "rows.3.name"}
		if got := fieldsOf(err); !slices.Equal(got, want) {
			t.Errorf("told %v: %v", got, err)
		}
		in.Rows = in.Rows[:1]
		out, err := w.s.Import(t.Context(), w.staff, in)
		must(t, err)
		list, err := w.s.Organisations(t.Context(), w.staff, partnering.OrganisationsInput{Alliance: w.a.ID, State: alliance.Member})
		must(t, err)
		if out.Count != 1 || len(list.Items) != 2 {
			t.Errorf("%+v %+v", out, list.Items)
		}
		if _, err := w.s.Import(t.Context(), testkit.Admin(), in); domain.CodeOf(err) != domain.CodeForbidden {
			t.Errorf("who is no staff: %v", err)
		}
	})
}

// consents uses the one link by which somebody was asked to act for an organisation, as the owner of the address does.
func (w *world) consents(organisation domain.ID, mail string) {
	w.t.Helper()
	w.read(func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.InvitedTo(ctx, organisation, w.h.Clock.Now())
		if err != nil || len(all) != 1 {
			w.t.Fatalf("%d links: %v", len(all), err)
		}
		if owner, err := tx.Account(ctx, all[0].Account); err != nil || owner.Email != mail {
			w.t.Fatalf("asked %s: %v", owner.Email, err)
		}
		return errors.Join(tx.EndInvitationsTo(ctx, organisation, all[0].Account, w.h.Clock.Now()), tx.SetPerson(ctx, alliance.Person{
			Organisation: organisation, Account: all[0].Account, Submits: all[0].Submits, Manages: all[0].Manages,
		}))
	})
}

func TestAnInvitationIsTakenBack(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		o, boss := w.register(number, chief)
		_, err := w.s.AddPerson(t.Context(), boss, partnering.AddPersonInput{Organisation: o.ID, Email: "lee@example.kr", Name: "이", Submits: true})
		must(t, err)
		view, err := w.s.ShowOrganisation(t.Context(), boss, partnering.ShowOrganisationInput{Organisation: o.ID})
		must(t, err)
		if len(view.People) != 1 || len(view.Invited) != 1 || view.Invited[0].Email != "lee@example.kr" || !view.Invited[0].Submits {
			t.Fatalf("seen: %+v", view)
		}
		_, err = w.s.Uninvite(t.Context(), boss, partnering.UninviteInput{Organisation: o.ID, Account: view.Invited[0].Account})
		must(t, err)
		view, err = w.s.ShowOrganisation(t.Context(), boss, partnering.ShowOrganisationInput{Organisation: o.ID})
		must(t, err)
		if len(view.Invited) != 0 {
			t.Errorf("still asked: %+v", view.Invited)
		}
	})
}
