package identity

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/identity"
	"secretariat/service"
)

// PasswordInput changes the actor's password.
type PasswordInput struct {
	Old string `json:"old"`
	New string `json:"new"`
}

// ChangePassword sets a new password and ends all tokens: account.password. A wrong old password counts as a failed
// sign-in, so that whoever finds a session open cannot guess it (CodeLimited).
func (s *Service) ChangePassword(ctx context.Context, by domain.Actor, in PasswordInput) (Done, error) {
	if err := may(by, "account.password", access.Facts{}); err != nil {
		return Done{}, err
	}
	self, err := s.self(ctx, by.ID)
	if err != nil {
		return Done{}, err
	}
	right, err := s.try(ctx, self, in.Old)
	if err != nil {
		return Done{}, err
	}
	if !right {
		if err := s.wrongOld(ctx, by, self); err != nil {
			return Done{}, err
		}
	}
	var p domain.Problems
	p.Check(right, "old", "account.password_old")
	identity.CheckPassword(&p, "new", in.New, self.account.Email)
	if err := p.Err(); err != nil {
		return Done{}, err
	}
	return s.setPassword(ctx, by, self.account, in.New)
}

func (s *Service) self(ctx context.Context, id domain.ID) (caller, error) {
	return service.See(ctx, s.store, func(tx Tx) (caller, error) {
		account, err := tx.Account(ctx, id)
		if err != nil {
			return caller{}, err
		}
		tries, err := tx.TriesOf(ctx, identity.AddressKey(account.Email))
		return caller{account: account, tries: tries}, err
	})
}

// wrongOld counts the failure. Nothing is remembered of it: with the right password the same key may be used again.
func (s *Service) wrongOld(ctx context.Context, by domain.Actor, c caller) error {
	ctx = service.WithOnce(ctx, "", "")
	_, err := service.Do(ctx, s.env, s.store, by, "account.password", func(a *service.Act[Tx]) (Done, error) {
		a.On("account", by.ID, "")
		a.Note("result", "wrong")
		tries, err := a.Tx.LockTries(ctx, c.tries.Address)
		if err != nil {
			return Done{}, err
		}
		return Done{}, fail(ctx, a, tries)
	})
	return err
}

func (s *Service) setPassword(
	ctx context.Context, by domain.Actor, was identity.Account, password string,
) (Done, error) {
	hash, err := s.hasher.Hash(ctx, password)
	if err != nil {
		return Done{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "account.password", func(a *service.Act[Tx]) (Done, error) {
		a.On("account", by.ID, "")
		account, err := a.Tx.LockAccount(ctx, by.ID)
		if err != nil {
			return Done{}, err
		}
		if account.Password != was.Password {
			return Done{}, domain.Stale()
		}
		account.Password = hash
		if err := a.Tx.ChangeAccount(ctx, &account); err != nil {
			return Done{}, err
		}
		return Done{Done: true}, a.Tx.RevokeTokens(ctx, by.ID, a.Now)
	})
}
