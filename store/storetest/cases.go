package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/service"
	"secretariat/service/sweeping"
	"secretariat/store"
)

// past is one way in which a meeting may have gone.
type past struct {
	state          meeting.State
	convened, told bool          // everybody invited was told that it is cancelled
	record         minutes.State // empty: nothing drawn up
	action, done   bool          // there is a follow-up, and it was reported
}

// open says naively whether anything is left to do.
func (p past) open() bool {
	switch p.state {
	case meeting.Cancelled:
		return !p.told
	case meeting.Adjourned:
		return p.record != minutes.Published || p.action && !p.done
	}
	return true
}

// pasts are all of them.
func pasts() []past {
	var out []past
	for _, s := range []meeting.State{meeting.Planned, meeting.Convened, meeting.Open, meeting.Suspended} {
		out = append(out, past{state: s})
	}
	for _, convened := range []bool{false, true} {
		for _, told := range []bool{false, true} {
			out = append(out, past{state: meeting.Cancelled, convened: convened, told: told})
		}
	}
	for _, record := range []minutes.State{"", minutes.Drafting, minutes.Circulated, minutes.Published} {
		for n := range 3 {
			out = append(out, past{state: meeting.Adjourned, record: record, action: n > 0, done: n > 1})
		}
	}
	return out
}

// openMeetings holds the open cases against the naive rule, of one committee and of all, in pages of every size.
func openMeetings(t *testing.T, db *store.DB, rules string) {
	var want []sweeping.Case
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		for n, p := range pasts() {
			id := domain.ID(fmt.Sprintf("past-%02d", n))
			if err := p.write(ctx, tx, id, rules); err != nil {
				return fmt.Errorf("%+v: %w", p, err)
			}
			if p.open() {
				want = append(want, sweeping.Case{Kind: service.CaseMeeting, ID: id})
			}
		}
		return nil
	})
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		for _, committee := range []domain.ID{"", "mc"} {
			for size := 1; size <= len(want)+1; size += 3 {
				var got []sweeping.Case
				after := sweeping.Case{Kind: service.CaseMeeting, ID: "past-"}
				for {
					page, err := tx.Unfinished(ctx, committee, true, after, size)
					if err != nil {
						return err
					}
					page = slices.DeleteFunc(page, func(c sweeping.Case) bool { return c.Kind != service.CaseMeeting })
					if len(page) == 0 {
						break
					}
					got, after = append(got, page...), page[len(page)-1]
				}
				same(t, got, want)
			}
		}
		return nil
	})
}

func (p past) write(ctx context.Context, tx *store.Tx, id domain.ID, rules string) error {
	m := fullMeeting(rules)
	m.ID, m.State, m.Number, m.CurrentItem = id, p.state, 0, ""
	kind := meeting.Invitation
	if p.state == meeting.Cancelled && !p.convened {
		m.ConvenedAt, kind = nil, meeting.DateAsk
	}
	if err := tx.AddMeeting(ctx, m); err != nil {
		return err
	}
	letters := []meeting.Letter{{Meeting: id, Member: "mm1", Kind: kind, SentAt: moment(1)}}
	if p.told {
		letters = append(letters, meeting.Letter{Meeting: id, Member: "mm1", Kind: meeting.Cancellation, SentAt: moment(2)})
	}
	for _, l := range letters {
		if err := tx.MarkSent(ctx, l); err != nil {
			return err
		}
	}
	if p.record != "" {
		if err := p.writeRecord(ctx, tx, id); err != nil {
			return err
		}
	}
	return p.writeAction(ctx, tx, id)
}

// writeRecord draws the minutes up and brings them to their state, as the process does.
func (p past) writeRecord(ctx context.Context, tx *store.Tx, id domain.ID) error {
	r := fullMinutes()
	r.ID, r.Meeting, r.State, r.Current, r.Locked = id+"-minutes", id, minutes.Drafting, 1, 1
	if err := tx.AddMinutes(ctx, r); err != nil {
		return err
	}
	if err := tx.AddRevision(ctx, minutes.Revision{ID: r.ID + "-1", Minutes: r.ID, Number: 1, Author: "ann", At: moment(1)}); err != nil {
		return err
	}
	r.State = p.record
	return tx.ChangeMinutes(ctx, &r)
}

func (p past) writeAction(ctx context.Context, tx *store.Tx, id domain.ID) error {
	if !p.action {
		return nil
	}
	item := id + "-item"
	if err := tx.AddItem(ctx, meeting.Item{ID: item, Meeting: id, Position: 1, State: meeting.Decided, Version: 1}); err != nil {
		return err
	}
	d := fullDecision()
	d.ID, d.Meeting, d.Item, d.Number = id+"-decision", id, item, "의결 "+string(id)
	if err := tx.AddDecision(ctx, d); err != nil {
		return err
	}
	a := minutes.Action{ID: id + "-action", Decision: d.ID, Text: "고시", Owner: "과", Due: "2027-01-01", Version: 1}
	if p.done {
		a.DoneAt = moments(3)
	}
	return tx.AddAction(ctx, a)
}
