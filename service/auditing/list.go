package auditing

import (
	"context"
	"slices"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/service"
)

// ListInput asks for a part of the trail, newest first.
type ListInput struct {
	Case      domain.ID     `query:"case" json:"-"`      // a meeting or a committee
	Committee domain.ID     `query:"committee" json:"-"` // it and all its meetings
	Operation string        `query:"operation" json:"-"` // noun.verb
	Kind      string        `query:"kind" json:"-"`      // of the subject, as meeting or ballot
	Subject   domain.ID     `query:"subject" json:"-"`
	From      calendar.Date `query:"from" json:"-"`
	Until     calendar.Date `query:"until" json:"-"` // included
	Before    domain.ID     `query:"before" json:"-"`
	Limit     int           `query:"limit" json:"-"`
}

// Entry is an audit entry with who acted, and whether its hash is that of its content.
type Entry struct {
	domain.AuditEntry
	ActorName string `json:"actorName,omitempty"` // of an account
	Intact    bool   `json:"intact"`
}

func (in ListInput) filter(limit int) (domain.AuditFilter, error) {
	var p domain.Problems
	p.Check(in.From == "" || in.From.Valid(), "from", "field.date")
	p.Check(in.Until == "" || in.Until.Valid(), "until", "field.date")
	p.Check(in.From == "" || in.Until == "" || in.From <= in.Until, "until", "field.range")
	p.Check(in.Operation == "" || slices.Contains(access.Actions(), in.Operation), "operation", "field.choice")
	p.Text("kind", in.Kind, false, domain.MaxName)
	f := domain.AuditFilter{
		Case: in.Case, Committee: in.Committee, Action: in.Operation, Kind: in.Kind, Subject: in.Subject,
		Before: in.Before, Limit: limit,
	}
	if in.From != "" {
		f.From = in.From.Time().UTC()
	}
	if in.Until != "" {
		f.Until = in.Until.AddDays(1).Time().UTC()
	}
	return f, p.Err()
}

// List lists audit entries with the names of who acted: audit.list (기록물령 28③). CodeForbidden for others than auditors and
// administrators, CodeInvalid for days that are none and operations that there are not.
func (s *Service) List(ctx context.Context, by domain.Actor, in ListInput) (service.Page[Entry], error) {
	out := service.Page[Entry]{Items: []Entry{}}
	if err := access.Can(by, "audit.list", access.Facts{}).Err(); err != nil {
		return out, err
	}
	size := service.PageSize(in.Limit)
	filter, err := in.filter(size + 1)
	if err != nil {
		return out, err
	}
	return service.See(ctx, s.store, func(tx Tx) (service.Page[Entry], error) {
		found, err := tx.FindAudit(ctx, filter)
		if err != nil {
			return out, err
		}
		if len(found) > size {
			found, out.Next = found[:size], string(found[size-1].ID)
		}
		out.Items, err = s.entries(ctx, tx, found)
		return out, err
	})
}

func (s *Service) entries(ctx context.Context, tx Tx, found []domain.AuditEntry) ([]Entry, error) {
	names, err := tx.AccountNames(ctx, persons(found))
	if err != nil {
		return nil, err
	}
	out := make([]Entry, len(found))
	for i, e := range found {
		hash, err := s.hash(e)
		if err != nil {
			return nil, err
		}
		out[i] = Entry{AuditEntry: e, ActorName: names[e.Actor], Intact: hash == e.Hash}
	}
	return out, nil
}

// persons are the accounts that acted, each once.
func persons(found []domain.AuditEntry) []domain.ID {
	var out []domain.ID
	for _, e := range found {
		if e.ActorKind == domain.ActorPerson && !slices.Contains(out, e.Actor) {
			out = append(out, e.Actor)
		}
	}
	return out
}
