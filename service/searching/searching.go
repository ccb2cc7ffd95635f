// Package searching finds things in the public record. What is indexed is what somebody who is not signed in may
// read; it is written in the transaction of the act that publishes or withholds it, by the store, which calls
// Refresh.
package searching

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/search"
	"secretariat/service"
)

// Tx is what the service asks of the store.
type Tx interface {
	service.Tx
	Record
	Index
	Committees(ctx context.Context, after string, limit int) ([]committee.Committee, error)
	Meetings(context.Context, meeting.Filter) ([]meeting.Meeting, error)
}

// Record is what entries are made from.
type Record interface {
	Committee(context.Context, domain.ID) (committee.Committee, error)
	LockCommittee(context.Context, domain.ID) (committee.Committee, error)
	LockMeeting(context.Context, domain.ID) (meeting.Meeting, error)
	ItemsOf(ctx context.Context, meeting domain.ID) ([]meeting.Item, error)
	PapersOfMeeting(ctx context.Context, meeting domain.ID) ([]meeting.Paper, error)
	MinutesOf(ctx context.Context, meeting domain.ID) (minutes.Minutes, bool, error)
	Revision(ctx context.Context, minutes domain.ID, number int) (minutes.Revision, error)
	RedactionsOf(ctx context.Context, minutes domain.ID) ([]minutes.Redaction, error)
	DecisionsOf(ctx context.Context, meeting domain.ID) ([]minutes.Decision, error)
}

// Index keeps the entries.
type Index interface {
	// Search gives entries in the order of their places, the highest first, without their folded text.
	Search(context.Context, search.Query) ([]search.Entry, error)
	// ReplaceEntries makes the entries of a subject those given, and touches nothing that stays as it is.
	ReplaceEntries(ctx context.Context, subject domain.ID, want []search.Entry) error
}

// Store is the service's store.
type Store = service.Store[Tx]

// Service holds the use cases.
type Service struct{ store Store }

// New makes the service.
func New(store Store) *Service { return &Service{store: store} }
