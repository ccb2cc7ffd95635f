package identity

import (
	"context"
	"errors"
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

// CreateAccount makes an account: account.create. CodeConflict when the address is taken.
func (s *Service) CreateAccount(ctx context.Context, by domain.Actor, in CreateAccountInput) (identity.Account, error) {
	if err := may(by, "account.create", access.Facts{}); err != nil {
		return identity.Account{}, err
	}
	in.Email = identity.Email(in.Email)
	var p domain.Problems
	identity.CheckEmail(&p, "email", in.Email)
	p.Text("name", in.Name, true, domain.MaxName)
	identity.CheckPassword(&p, "password", in.Password, in.Email)
	if err := p.Err(); err != nil {
		return identity.Account{}, err
	}
	hash, err := s.hasher.Hash(in.Password)
	if err != nil {
		return identity.Account{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "account.create", func(a *service.Act[Tx]) (identity.Account, error) {
		account := identity.Account{
			ID: a.Env.NewID(), Email: in.Email, Name: strings.TrimSpace(in.Name), Password: hash,
			Admin: in.Admin, Auditor: in.Auditor, CreatedAt: a.Now, Version: 1,
		}
		a.On("account", account.ID, "")
		return account, a.Tx.AddAccount(ctx, account)
	})
}

// Provision makes an account unless the address has one already, and returns it; for the command line.
func (s *Service) Provision(ctx context.Context, by domain.Actor, in CreateAccountInput) (identity.Account, error) {
	known, err := s.find(ctx, identity.Email(in.Email))
	if err != nil || known.ID != "" {
		return known, err
	}
	return s.CreateAccount(ctx, by, in)
}

// ListAccountsInput asks for a page of accounts.
type ListAccountsInput struct {
	After string `query:"after" json:"-"`
	Limit int    `query:"limit" json:"-"`
}

// ListAccounts lists accounts by address: account.list.
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
			out.Items, out.Next = found[:size], found[size-1].Email
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
	Version  int       `json:"version"`
}

// UpdateAccount changes an account; a disabled one loses its tokens: account.update. CodeStale when it changed meanwhile.
func (s *Service) UpdateAccount(ctx context.Context, by domain.Actor, in UpdateAccountInput) (identity.Account, error) {
	var p domain.Problems
	p.Text("name", in.Name, true, domain.MaxName)
	if err := errors.Join(may(by, "account.update", access.Facts{}), p.Err()); err != nil {
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
		if err := a.Tx.ChangeAccount(ctx, &account); err != nil || !in.Disabled {
			return account, err
		}
		return account, a.Tx.RevokeTokens(ctx, account.ID, a.Now)
	})
}

// AssignStaffInput makes somebody 간사 or 서기.
type AssignStaffInput struct {
	Committee domain.ID `path:"committee" json:"-"`
	Account   domain.ID `json:"account"`
	Clerk     bool      `json:"clerk"`
}

// AssignStaff assigns an account to a committee's secretariat (위원회조례 8⑧): staff.assign.
func (s *Service) AssignStaff(ctx context.Context, by domain.Actor, in AssignStaffInput) (identity.Assignment, error) {
	if err := may(by, "staff.assign", access.Facts{Committee: in.Committee}); err != nil {
		return identity.Assignment{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "staff.assign", func(a *service.Act[Tx]) (identity.Assignment, error) {
		a.On("account", in.Account, in.Committee)
		if _, err := a.Tx.Account(ctx, in.Account); err != nil {
			return identity.Assignment{}, err
		}
		out := identity.Assignment{Committee: in.Committee, Account: in.Account, Clerk: in.Clerk, At: a.Now}
		return out, a.Tx.SetAssignment(ctx, out)
	})
}
