// Package auditing holds the reading and the checking of the audit trail.
package auditing

import (
	"context"

	"secretariat/domain"
	"secretariat/service"
)

// Tx is what the service asks of the store.
type Tx interface {
	service.Tx
	FindAudit(context.Context, domain.AuditFilter) ([]domain.AuditEntry, error)
	AccountNames(context.Context, []domain.ID) (map[domain.ID]string, error)
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
