package presiding

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/meeting"
	"secretariat/service"
)

// RecordInput is what somebody said.
type RecordInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
	Item    domain.ID `json:"item"`    // empty outside an item
	Member  domain.ID `json:"member"`  // empty for others, such as who explains the item
	Speaker string    `json:"speaker"` // as it stands in the minutes
	Text    string    `json:"text"`
}

// Recorded is a statement's place in the record.
type Recorded struct {
	ID       domain.ID `json:"id"`
	Sequence int       `json:"sequence"` // from 1, without gaps
	Version  int       `json:"version"`
}

// Record writes a statement in full (발언 내용, 위원회조례 10의2①) with the next number of the meeting; several clerks may
// record at the same time, and after the end what they had still to write. CodeRefused for a member who is recused
// for the item, CodeConflict for one who was never there.
func (s *Service) Record(ctx context.Context, by domain.Actor, in RecordInput) (Recorded, error) {
	var p domain.Problems
	p.Text("speaker", in.Speaker, true, domain.MaxName)
	p.Text("text", in.Text, true, domain.MaxText)
	if err := p.Err(); err != nil {
		return Recorded{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "statement.record", func(a *service.Act[Tx]) (Recorded, error) {
		m, err := a.Tx.Meeting(ctx, in.Meeting)
		if err != nil {
			return Recorded{}, err
		}
		if err := access.Can(by, "statement.record", access.Facts{Committee: m.Committee}).Err(); err != nil {
			return Recorded{}, err
		}
		if err := maySpeak(ctx, a.Tx, m, in); err != nil {
			return Recorded{}, err
		}
		n, err := a.Tx.NextNumber(ctx, "statement/"+string(in.Meeting))
		if err != nil {
			return Recorded{}, err
		}
		st := meeting.Statement{
			ID: a.Env.NewID(), Meeting: in.Meeting, Item: in.Item, Sequence: n, Member: in.Member,
			Speaker: strings.TrimSpace(in.Speaker), Text: in.Text, At: a.Now, Version: 1,
		}
		a.On("statement", st.ID, in.Meeting)
		a.Note("sequence", fmt.Sprint(n))
		return Recorded{ID: st.ID, Sequence: n, Version: 1}, a.Tx.AddStatement(ctx, st)
	})
}

func maySpeak(ctx context.Context, tx Tx, m meeting.Meeting, in RecordInput) error {
	if m.OpenedAt == nil || m.State == meeting.Cancelled {
		return domain.Conflict("meeting.not_open", nil)
	}
	if in.Item != "" {
		item, err := tx.Item(ctx, in.Item)
		if err != nil {
			return err
		}
		if item.Meeting != m.ID {
			return domain.NotFound("item")
		}
	}
	if in.Member == "" {
		return nil
	}
	recusals, err := tx.RecusalsOf(ctx, m.ID)
	if err != nil {
		return err
	}
	if in.Item != "" && meeting.Barred(recusals, in.Item, in.Member) {
		return domain.Refused("statement.recused", "위원회조례 9", nil)
	}
	log, err := tx.Presences(ctx, m.ID)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(log, func(p meeting.Presence) bool { return p.Member == in.Member }) {
		return domain.Conflict("presence.not_there", nil)
	}
	return nil
}

// CorrectInput corrects the record of a statement.
type CorrectInput struct {
	Statement domain.ID `json:"-" path:"statement"`
	Speaker   string    `json:"speaker"`
	Text      string    `json:"text"`
	Reason    string    `json:"reason"`
	Version   int       `json:"version"`
}

// Correct changes the wording of a statement; the wording it had is kept with the reason. CodeStale when somebody was
// faster.
func (s *Service) Correct(ctx context.Context, by domain.Actor, in CorrectInput) (Recorded, error) {
	var p domain.Problems
	p.Text("speaker", in.Speaker, true, domain.MaxName)
	p.Text("text", in.Text, true, domain.MaxText)
	p.Text("reason", in.Reason, false, domain.MaxLine)
	if err := p.Err(); err != nil {
		return Recorded{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "statement.correct", func(a *service.Act[Tx]) (Recorded, error) {
		st, err := a.Tx.Statement(ctx, in.Statement)
		if err != nil {
			return Recorded{}, err
		}
		m, err := a.Tx.Meeting(ctx, st.Meeting)
		if err != nil {
			return Recorded{}, err
		}
		if err := access.Can(by, "statement.correct", access.Facts{Committee: m.Committee}).Err(); err != nil {
			return Recorded{}, err
		}
		if st.Version != in.Version {
			return Recorded{}, domain.Stale()
		}
		old := meeting.StatementVersion{
			Statement: st.ID, Version: st.Version, Speaker: st.Speaker, Text: st.Text, Reason: in.Reason,
			ReplacedBy: by.ID, ReplacedAt: a.Now,
		}
		st.Speaker, st.Text = strings.TrimSpace(in.Speaker), in.Text
		a.On("statement", st.ID, st.Meeting)
		err = a.Tx.ChangeStatement(ctx, &st, old)
		return Recorded{ID: st.ID, Sequence: st.Sequence, Version: st.Version}, err
	})
}

// Course is what has happened in a meeting so far.
type Course struct {
	Events     []meeting.Event     `json:"events"`
	Statements []meeting.Statement `json:"statements"`
}

// Course lists formal acts and statements in order to members, staff and auditors, without those of items the reader
// may not see.
func (s *Service) Course(ctx context.Context, by domain.Actor, in MeetingInput) (Course, error) {
	return service.See(ctx, s.store, func(tx Tx) (Course, error) {
		m, err := tx.Meeting(ctx, in.Meeting)
		if err != nil {
			return Course{}, err
		}
		if err := access.Can(by, "meeting.course", access.Facts{Committee: m.Committee}).Err(); err != nil {
			return Course{}, err
		}
		hidden, err := hiddenItems(ctx, tx, by, m)
		if err != nil {
			return Course{}, err
		}
		var out Course
		if out.Events, err = tx.EventsOf(ctx, m.ID); err != nil {
			return Course{}, err
		}
		if out.Statements, err = tx.StatementsOf(ctx, m.ID); err != nil {
			return Course{}, err
		}
		out.Events = slices.DeleteFunc(out.Events, func(e meeting.Event) bool { return hidden[e.Item] })
		out.Statements = slices.DeleteFunc(out.Statements, func(s meeting.Statement) bool { return hidden[s.Item] })
		return out, nil
	})
}

func hiddenItems(ctx context.Context, tx Tx, by domain.Actor, m meeting.Meeting) (map[domain.ID]bool, error) {
	items, err := tx.ItemsOf(ctx, m.ID)
	if err != nil {
		return nil, err
	}
	recusals, err := tx.RecusalsOf(ctx, m.ID)
	if err != nil {
		return nil, err
	}
	hidden := map[domain.ID]bool{}
	for _, i := range items {
		if sight, _ := access.See(by, facts(by, m, recusals, i)); sight != access.Full {
			hidden[i.ID] = true
		}
	}
	return hidden, nil
}
