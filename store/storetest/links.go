package storetest

import (
	"context"
	"testing"

	"secretariat/domain"
	"secretariat/domain/identity"
	"secretariat/store"
)

func linksRoundTrip(t *testing.T, db *store.DB) {
	people := addAccounts(t, db, "linked@example.kr", "other@example.kr")
	l := filled[identity.Link](1)
	l.Account, l.DroppedAt = people[0].ID, nil
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddLink(ctx, l); err != nil {
			return err
		}
		read, err := tx.LinkOf(ctx, l.Issuer, l.Subject)
		same(t, read, l)
		return err
	})
	for _, twin := range []identity.Link{
		{Issuer: l.Issuer, Subject: l.Subject, Account: people[1].ID, CreatedAt: moment(1)},
		{Issuer: l.Issuer, Subject: "another", Account: l.Account, CreatedAt: moment(1)},
	} {
		refused(t, db, "conflict.link", func(ctx context.Context, tx *store.Tx) error { return tx.AddLink(ctx, twin) })
	}
	refused(t, db, "not_found.link", func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.LinkOf(ctx, "another issuer", l.Subject)
		return err
	})
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		found, err := tx.LinksOf(ctx, l.Issuer, []domain.ID{people[1].ID, l.Account})
		same(t, found, []identity.Link{l})
		if err != nil {
			return err
		}
		none, err := tx.LinksOf(ctx, l.Issuer, nil)
		same(t, none, []identity.Link{})
		if err != nil {
			return err
		}
		return tx.DropLinks(ctx, l.Account, moment(5))
	})
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		read, err := tx.LinkOf(ctx, l.Issuer, l.Subject)
		if err != nil {
			return err
		}
		at := moment(5)
		l.DroppedAt = &at
		same(t, read, l)
		if err := tx.DropLinks(ctx, l.Account, moment(6)); err != nil { // the first time counts
			return err
		}
		read, err = tx.LinkOf(ctx, l.Issuer, l.Subject)
		same(t, read, l)
		if err != nil {
			return err
		}
		return tx.ForgetLinks(ctx, l.Account)
	})
	refused(t, db, "not_found.link", func(ctx context.Context, tx *store.Tx) error { return tx.ForgetLinks(ctx, l.Account) })
	refused(t, db, "not_found.link", func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.LinkOf(ctx, l.Issuer, l.Subject)
		return err
	})
}
