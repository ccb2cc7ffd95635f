package convening

import (
	"context"
	"slices"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
)

// reader is an actor looking at a meeting: what may be seen of each item is decided here and by access.See alone.
type reader struct {
	by         domain.Actor
	meeting    meeting.Meeting
	recused    []domain.ID // items the actor is kept out of, under whatever appointment
	published  bool
	redactions []minutes.Redaction // of the published record
}

// read looks up what the sight of a meeting's items depends on.
func read(ctx context.Context, tx Tx, by domain.Actor, m meeting.Meeting) (reader, error) {
	r := reader{by: by, meeting: m}
	var err error
	if by.Kind == domain.ActorPerson {
		if r.recused, err = tx.RecusedItems(ctx, m.ID, by.ID); err != nil {
			return r, err
		}
	}
	if m.State == meeting.Adjourned {
		var record minutes.Minutes
		if record, _, err = tx.MinutesOf(ctx, m.ID); err != nil {
			return r, err
		}
		if r.published = record.State == minutes.Published; r.published {
			r.redactions, err = tx.RedactionsOf(ctx, record.ID)
		}
	}
	return r, err
}

// may is the facts of an access decision on an item.
func (r reader) may(i meeting.Item) access.Facts {
	f := facts(r.meeting)
	f.Recused = slices.Contains(r.recused, i.ID)
	f.Confidential = i.Confidential
	f.Published = r.published
	return f
}

func (r reader) sight(i meeting.Item) access.Sight {
	sight, _ := access.See(r.by, r.may(i))
	return sight
}

// reads reports whether the actor may read the content of a paper of the item.
func (r reader) reads(i meeting.Item, p meeting.Paper) bool {
	f := r.may(i)
	f.Confidential = f.Confidential || p.Confidential
	sight, _ := access.See(r.by, f)
	return sight == access.Full && (!p.Superseded || r.insider())
}

// insider reports whether the actor may see what is kept of the past: revisions that were superseded.
func (r reader) insider() bool {
	return r.by.Kind == domain.ActorSystem || r.by.Auditor || r.by.Serves(r.meeting.Committee)
}

// sees reports whether the actor may know of the meeting: everyone once it has been convened, before that who
// prepares it.
func (r reader) sees() bool {
	seat, seated := r.by.Seat(r.meeting.Committee)
	return r.meeting.Announced() || r.insider() || seated && seat.Chair
}

func itemFacts(
	ctx context.Context, tx Tx, by domain.Actor, m meeting.Meeting, i meeting.Item,
) (access.Facts, error) {
	r, err := read(ctx, tx, by, m)
	return r.may(i), err
}
