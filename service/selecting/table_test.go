package selecting_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/identity"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/selection"
	"secretariat/internal/testkit/hall"
	"secretariat/service/selecting"
	"secretariat/store"
)

// A ranking is put on an item of the list; who belongs to an applicant is kept out of it; and only a decision that approves that item
// carries the announcement.
func TestARankingIsPutOnAnAgendaItemAndCarriedByItsDecision(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		must(t, w.db.InTx(t.Context(), func(tx *store.Tx) error {
			err := tx.AddAccount(t.Context(), identity.Account{ID: "person-3", Email: "person-3@example.kr", Name: "위원", Version: 1})
			if err != nil {
				return err
			}
			return tx.SetPerson(t.Context(), alliance.Person{Organisation: "firm-3", Account: "person-3"})
		}))
		w.publish(w.plan())
		table := func(by domain.Actor, item domain.ID) error {
			_, err := w.s.Table(t.Context(), by, selecting.TableInput{Call: w.call.ID, Item: item, Version: w.version()})
			return err
		}
		expect(t, "before there is a ranking", table(w.staff, w.h.Items[0]), "call.not_ranked")
		w.apply(3)
		w.review()
		w.draw()
		for _, n := range w.panel() {
			w.score(n, 80, 90, 60)
		}
		w.rank()
		if v := w.ranking(0); len(v.Agenda) != 2 || v.Tabled != nil || v.Agenda[0].ID != w.h.Items[0] {
			t.Errorf("to choose from: %+v", v.Agenda)
		}
		expect(t, "by an applicant", table(firm(1), w.h.Items[0]), "forbidden")
		if err := table(w.staff, "no-item"); domain.CodeOf(err) != domain.CodeInvalid {
			t.Errorf("on an item that is not there: %v", err)
		}
		must(t, table(w.staff, w.h.Items[0]))
		w.keptOutOfItem()
		expect(t, "announced on a number that nobody decided", told(w.tell("제1호", "제2호")), "deliberated")
		w.decides("의결-1", meeting.Rejected)
		expect(t, "announced although it was rejected", told(w.tell("의결-1", "제2호")), "deliberated")
		w.decides("의결-2", meeting.ApprovedAsProposed)
		must(t, w.tell("의결-2", "제2호"))
	})
}

// told is the field that an error complains of.
func told(err error) error {
	var e *domain.Error
	if errors.As(err, &e) && len(e.Fields) == 1 {
		return domain.Conflict(e.Fields[0].Field, nil)
	}
	return err
}

func (w *world) keptOutOfItem() {
	w.t.Helper()
	w.h.Read(w.t, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.RecusalsOf(ctx, hall.Meeting)
		if len(all) != 1 || all[0].Member != w.h.Member(3) || all[0].Item != w.h.Items[0] || all[0].State != meeting.RecusalInForce {
			w.t.Errorf("recused: %+v", all)
		}
		return err
	})
	i := w.h.Item(w.t, 1)
	if !slices.Contains(i.Interested, "기업 firm-1") || !slices.Contains(i.Interested, "기업 firm-2") || slices.Contains(i.Interested, "기업 firm-3") {
		w.t.Errorf("the item concerns %v", i.Interested)
	}
	if v := w.ranking(0); v.Tabled == nil || v.Tabled.ID != w.h.Items[0] || len(v.Decisions) != 0 {
		w.t.Errorf("on the agenda: %+v", v.Tabled)
	}
}

// decides writes what the committee decided on the item, replacing the decision before.
func (w *world) decides(number string, outcome meeting.Outcome) {
	w.t.Helper()
	must(w.t, w.db.InTx(w.t.Context(), func(tx *store.Tx) error {
		d := minutes.Decision{
			ID: domain.ID("d-" + number), Committee: hall.Committee, Meeting: hall.Meeting, Item: w.h.Items[0], Kind: meeting.Resolution,
			Number: number, Title: "선정(안)", Outcome: outcome, DecidedAt: w.h.Clock.Now(), IssuedAt: w.h.Clock.Now(),
		}
		if outcome != meeting.Rejected {
			d.Supersedes = "d-의결-1"
		}
		return tx.AddDecision(w.t.Context(), d)
	}))
}

// A ranking that replaces another goes on an item of its own.
func TestAnotherRankingIsNotOnTheItemOfTheFirst(t *testing.T) {
	c := selection.Call{State: selection.Evaluating, Agenda: "item"}
	c, err := c.Rank(0, time.Now())
	if err != nil || c.Agenda != "" {
		t.Errorf("%v: on the agenda as %q", err, c.Agenda)
	}
}
