package identity

import (
	"context"
	"strings"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/identity"
	"secretariat/service"
)

// CreateAccountInput is a new account.
type CreateAccountInput struct {
	Email    string `json:"email"`
	Name     string `json:"name"`
	Password string `json:"password"`
	Admin    bool   `json:"admin"`
	Auditor  bool   `json:"auditor"`
}

func (in *CreateAccountInput) check() error {
	in.Email, in.Name = identity.Email(in.Email), strings.TrimSpace(in.Name)
	var p domain.Problems
	identity.CheckEmail(&p, "email", in.Email)
	p.Text("name", in.Name, true, domain.MaxName)
	identity.CheckPassword(&p, "password", in.Password, in.Email)
	return p.Err()
}

// CreateAccount makes an account: account.create. CodeConflict when the address is taken.
func (s *Service) CreateAccount(ctx context.Context, by domain.Actor, in CreateAccountInput) (identity.Account, error) {
	if err := may(by, "account.create", access.Facts{}); err != nil {
		return identity.Account{}, err
	}
	if err := in.check(); err != nil {
		return identity.Account{}, err
	}
	hash, err := s.hasher.Hash(ctx, in.Password)
	if err != nil {
		return identity.Account{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "account.create", func(a *service.Act[Tx]) (identity.Account, error) {
		account := identity.Account{
			ID: a.Env.NewID(), Email: in.Email, Name: in.Name, Password: hash,
			Admin: in.Admin, Auditor: in.Auditor, CreatedAt: a.Now, Version: 1,
		}
		a.On("account", account.ID, "")
		return account, a.Tx.AddAccount(ctx, account)
	})
}

// Provision makes an account unless the address has one already, and returns it as it is then; for the command line.
func (s *Service) Provision(ctx context.Context, by domain.Actor, in CreateAccountInput) (identity.Account, error) {
	if err := may(by, "account.create", access.Facts{}); err != nil {
		return identity.Account{}, err
	}
	known, err := s.meet(ctx, identity.Email(in.Email))
	if err != nil || known.account.ID != "" {
		return known.account, err
	}
	return s.CreateAccount(ctx, by, in)
}

// ListAccountsInput asks for a page of accounts.
type ListAccountsInput struct {
	After domain.ID `query:"after" json:"-"`
	Limit int       `query:"limit" json:"-"`
}

// ListAccounts lists accounts by address: account.list. The cursor is an id, since addresses do not belong into a URL.
func (s *Service) ListAccounts(
	ctx context.Context, by domain.Actor, in ListAccountsInput,
) (service.Page[identity.Account], error) {
	var out service.Page[identity.Account]
	if err := may(by, "account.list", access.Facts{}); err != nil {
		return out, err
	}
	size := service.PageSize(in.Limit)
	return service.See(ctx, s.store, func(tx Tx) (service.Page[identity.Account], error) {
		found, err := tx.Accounts(ctx, in.After, size+1)
		out.Items = found
		if len(found) > size {
			out.Items, out.Next = found[:size], string(found[size-1].ID)
		}
		return out, err
	})
}

// UpdateAccountInput changes an account.
type UpdateAccountInput struct {
	Account  domain.ID `path:"account" json:"-"`
	Name     string    `json:"name"`
	Admin    bool      `json:"admin"`
	Auditor  bool      `json:"auditor"`
	Disabled bool      `json:"disabled"`
	Password string    `json:"password"` // a new one for somebody who lost theirs; empty keeps the old
	Version  int       `json:"version"`
}

// UpdateAccount changes an account: account.update. One that is disabled or gets another password loses its tokens.
// CodeStale when it changed meanwhile; CodeConflict when administrators would take away their own rights, so that one
// always remains.
func (s *Service) UpdateAccount(ctx context.Context, by domain.Actor, in UpdateAccountInput) (identity.Account, error) {
	if err := may(by, "account.update", access.Facts{}); err != nil {
		return identity.Account{}, err
	}
	in.Name = strings.TrimSpace(in.Name)
	hash, err := s.checkUpdate(ctx, by, in)
	if err != nil {
		return identity.Account{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "account.update", func(a *service.Act[Tx]) (identity.Account, error) {
		a.On("account", in.Account, "")
		account, err := a.Tx.LockAccount(ctx, in.Account)
		if err != nil {
			return account, err
		}
		account.Version = in.Version
		account.Name, account.Admin, account.Auditor, account.Disabled = in.Name, in.Admin, in.Auditor, in.Disabled
		if hash != "" {
			account.Password = hash
		}
		if err := a.Tx.ChangeAccount(ctx, &account); err != nil || !in.Disabled && hash == "" {
			return account, err
		}
		return account, a.Tx.RevokeTokens(ctx, account.ID, a.Now)
	})
}

// checkUpdate checks the request and hashes the new password where there is one.
func (s *Service) checkUpdate(ctx context.Context, by domain.Actor, in UpdateAccountInput) (string, error) {
	var p domain.Problems
	p.Text("name", in.Name, true, domain.MaxName)
	if in.Password != "" {
		account, err := service.See(ctx, s.store, func(tx Tx) (identity.Account, error) {
			return tx.Account(ctx, in.Account)
		})
		if err != nil {
			return "", err
		}
		identity.CheckPassword(&p, "password", in.Password, account.Email)
	}
	if err := p.Err(); err != nil {
		return "", err
	}
	if in.Account == by.ID && (in.Disabled || !in.Admin) {
		return "", domain.Conflict("account.own_rights", nil)
	}
	if in.Password == "" {
		return "", nil
	}
	return s.hasher.Hash(ctx, in.Password)
}
