package minuting

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/service"
)

// DecisionInput asks for one decision record.
type DecisionInput struct {
	Decision domain.ID `json:"-" path:"decision"`
}

// DecisionView is what the reader may see of a decision record. Withheld says that only number and outcome are shown;
// NumberOnly that the reader is recused and nothing else is.
type DecisionView struct {
	ID           domain.ID         `json:"id"`
	Meeting      domain.ID         `json:"meeting"`
	ItemNumber   string            `json:"itemNumber"`
	Sight        access.Sight      `json:"sight"`
	Number       string            `json:"number,omitempty"`
	Title        string            `json:"title,omitempty"`
	Kind         meeting.ItemKind  `json:"kind,omitempty"`
	Outcome      meeting.Outcome   `json:"outcome,omitempty"`
	Record       *minutes.Decision `json:"record,omitempty"`
	SupersededBy domain.ID         `json:"supersededBy,omitempty"`
	Actions      []minutes.Action  `json:"actions,omitempty"`
}

// Decision shows a record as far as the reader may see its item; to the public without what the minutes withhold.
func (s *Service) Decision(ctx context.Context, by domain.Actor, in DecisionInput) (DecisionView, error) {
	return service.See(ctx, s.store, func(tx Tx) (DecisionView, error) {
		d, err := tx.Decision(ctx, in.Decision)
		if err != nil {
			return DecisionView{}, err
		}
		r := reader{by: by, known: map[domain.ID]*session{}}
		v, err := r.view(ctx, tx, d)
		if err != nil {
			return DecisionView{}, err
		}
		if v.Sight == access.Hidden {
			return DecisionView{}, domain.NotFound("decision")
		}
		return v, nil
	})
}

// DecisionsInput asks for the decisions of a committee, newest first.
type DecisionsInput struct {
	Committee domain.ID `json:"-" path:"committee"`
	Before    string    `json:"-" query:"cursor"`
	Limit     int       `json:"-" query:"limit"`
}

// Decisions lists decision records as far as the reader may see their items.
func (s *Service) Decisions(
	ctx context.Context, by domain.Actor, in DecisionsInput,
) (service.Page[DecisionView], error) {
	return service.See(ctx, s.store, func(tx Tx) (service.Page[DecisionView], error) {
		out := service.Page[DecisionView]{Items: []DecisionView{}}
		if err := access.Can(by, "decision.list", access.Facts{Committee: in.Committee}).Err(); err != nil {
			return out, err
		}
		limit := service.PageSize(in.Limit)
		rows, err := tx.Decisions(ctx, in.Committee, domain.ID(in.Before), limit)
		if err != nil {
			return out, err
		}
		r := reader{by: by, known: map[domain.ID]*session{}}
		for _, d := range rows {
			v, err := r.view(ctx, tx, d)
			if err != nil {
				return out, err
			}
			if v.Sight != access.Hidden {
				out.Items = append(out.Items, v)
			}
		}
		if len(rows) == limit {
			out.Next = string(rows[limit-1].ID)
		}
		return out, nil
	})
}

// reader looks at decisions; what depends on a meeting is read once for all of its decisions.
type reader struct {
	by    domain.Actor
	known map[domain.ID]*session
}

// session is what the sight of a meeting's decisions depends on.
type session struct {
	recused    []domain.ID
	published  bool
	content    minutes.Content
	redactions []minutes.Redaction
}

func (r reader) session(ctx context.Context, tx Tx, of domain.ID) (*session, error) {
	if s, ok := r.known[of]; ok {
		return s, nil
	}
	s := &session{}
	var err error
	if s.recused, err = kept(ctx, tx, r.by, of); err != nil {
		return nil, err
	}
	m, there, err := tx.MinutesOf(ctx, of)
	if err != nil {
		return nil, err
	}
	if s.published = there && m.State == minutes.Published; s.published {
		rev, err := tx.Revision(ctx, m.ID, m.Locked)
		if err != nil {
			return nil, err
		}
		s.content = rev.Content
		if s.redactions, err = tx.RedactionsOf(ctx, m.ID); err != nil {
			return nil, err
		}
	}
	r.known[of] = s
	return s, nil
}

func (r reader) view(ctx context.Context, tx Tx, d minutes.Decision) (DecisionView, error) {
	s, err := r.session(ctx, tx, d.Meeting)
	if err != nil {
		return DecisionView{}, err
	}
	v := DecisionView{
		ID: d.ID, Meeting: d.Meeting, ItemNumber: d.ItemNumber, Sight: sight(r.by, d, s.recused, s.published),
	}
	if v.Sight != access.Outline && v.Sight != access.Full {
		return v, nil
	}
	v.Number, v.Title, v.Kind, v.Outcome = d.Number, d.Title, d.Kind, d.Outcome
	if v.SupersededBy, err = tx.SupersededBy(ctx, d.ID); err != nil || v.Sight != access.Full {
		return v, err
	}
	if r.discloses(d, s) {
		d = minutes.DiscloseDecision(d, s.content, s.redactions)
		v.Title = d.Title
	}
	v.Record = &d
	if insider(r.by, d.Committee) || r.by.Member(d.Committee) != "" {
		v.Actions, err = tx.ActionsOf(ctx, d.ID)
	}
	return v, err
}

// discloses reports whether the reader gets the record with its redactions: everyone but staff, auditors and the
// members, unless the member is recused and reads it as the public does.
func (r reader) discloses(d minutes.Decision, s *session) bool {
	if !s.published || insider(r.by, d.Committee) {
		return false
	}
	if r.by.Member(d.Committee) == "" {
		return true
	}
	for _, item := range s.recused {
		if item == d.Item {
			return true
		}
	}
	return false
}
