package sweeping

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/service"
)

// OpenInput asks for a page of open cases: of one committee, or of all.
type OpenInput struct {
	Committee domain.ID `json:"-" query:"committee"`
	After     string    `json:"-" query:"after"`
	Limit     int       `json:"-" query:"limit"`
}

// Case is one case that a workflow has to follow.
type Case struct {
	Kind string    `json:"kind"` // "meeting"
	ID   domain.ID `json:"id"`
}

// OpenPage is a page of open cases.
type OpenPage = service.Page[Case]

// Open lists the cases that have not ended: case.list. One that has just ended may still be on it. The staff of a
// committee ask for its cases; those of all are for administrators and auditors.
func (s *Service) Open(ctx context.Context, by domain.Actor, in OpenInput) (OpenPage, error) {
	out := OpenPage{Items: []Case{}}
	if err := may(by, "case.list", in.Committee); err != nil {
		return out, err
	}
	size := service.PageSize(in.Limit)
	return service.See(ctx, s.store, func(tx Tx) (OpenPage, error) {
		found, err := tx.Unfinished(ctx, in.Committee, domain.ID(in.After), size+1)
		if len(found) > size {
			found, out.Next = found[:size], string(found[size-1].ID)
		}
		for _, m := range found {
			out.Items = append(out.Items, Case{Kind: caseMeeting, ID: m.ID})
		}
		return out, err
	})
}

// caseMeeting is the kind of a meeting's case, as in domain.Signal.
const caseMeeting = "meeting"

// committeeOf is the committee a case belongs to, empty for what belongs to none.
func committeeOf(ctx context.Context, tx Tx, kind string, of domain.ID) (domain.ID, error) {
	if kind != caseMeeting {
		return "", nil
	}
	var m meeting.Meeting
	m, err := tx.Meeting(ctx, of)
	if domain.CodeOf(err) == domain.CodeNotFound {
		return "", nil
	}
	return m.Committee, err
}
