// Package auditing holds the reading and the checking of the audit trail.
package auditing

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/service"
)

// Tx is what the service asks of the store.
type Tx interface {
	service.Tx
	AuditTrail(ctx context.Context, of, before domain.ID, limit int) ([]domain.AuditEntry, error)
	AuditAfter(ctx context.Context, after domain.ID, limit int) ([]domain.AuditEntry, error)
}

// Store is the service's store.
type Store = service.Store[Tx]

// Service holds the use cases.
type Service struct {
	store Store
	hash  func(domain.AuditEntry) (string, error)
}

// New makes the service; hash is what the store puts on an entry.
func New(store Store, hash func(domain.AuditEntry) (string, error)) *Service {
	return &Service{store: store, hash: hash}
}

// ListInput asks for the trail of a case (a meeting or a committee), newest first.
type ListInput struct {
	Case   domain.ID `query:"case" json:"-"`
	Before domain.ID `query:"before" json:"-"`
	Limit  int       `query:"limit" json:"-"`
}

// List lists audit entries: audit.list.
func (s *Service) List(ctx context.Context, by domain.Actor, in ListInput) (service.Page[domain.AuditEntry], error) {
	var out service.Page[domain.AuditEntry]
	if err := access.Can(by, "audit.list", access.Facts{}).Err(); err != nil {
		return out, err
	}
	size := service.PageSize(in.Limit)
	return service.See(ctx, s.store, func(tx Tx) (service.Page[domain.AuditEntry], error) {
		found, err := tx.AuditTrail(ctx, in.Case, in.Before, size+1)
		out.Items = found
		if len(found) > size {
			out.Items, out.Next = found[:size], string(found[size-1].ID)
		}
		return out, err
	})
}

// Checked is what Verify found.
type Checked struct {
	Entries int       `json:"entries"`
	Bad     domain.ID `json:"bad,omitempty"` // first entry whose hash is not that of its content
}

// Verify hashes every entry again; for the command line.
func (s *Service) Verify(ctx context.Context) (Checked, error) {
	return service.See(ctx, s.store, func(tx Tx) (Checked, error) {
		var out Checked
		after := domain.ID("")
		for {
			found, err := tx.AuditAfter(ctx, after, 500)
			if err != nil || len(found) == 0 {
				return out, err
			}
			for _, e := range found {
				out.Entries++
				hash, err := s.hash(e)
				if err != nil {
					return out, err
				}
				if hash != e.Hash && out.Bad == "" {
					out.Bad = e.ID
				}
			}
			after = found[len(found)-1].ID
		}
	})
}
