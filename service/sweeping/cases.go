package sweeping

import (
	"context"
	"strings"

	"secretariat/domain"
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
	Kind string    `json:"kind"` // service.CaseMeeting ...
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
		found, err := tx.Unfinished(ctx, in.Committee, by.Kind != domain.ActorSystem, caseOf(in.After), size+1)
		if len(found) > size {
			found = found[:size]
			out.Next = found[size-1].Kind + "/" + string(found[size-1].ID)
		}
		out.Items = append(out.Items, found...)
		return out, err
	})
}

// caseOf reads a cursor: the kind and id of the last case that was given.
func caseOf(cursor string) Case {
	kind, id, _ := strings.Cut(cursor, "/")
	return Case{Kind: kind, ID: domain.ID(id)}
}
