package identity

import (
	"context"
	"errors"
	"slices"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/domain/identity"
	"secretariat/service"
)

// AcceptInput is a link that is used.
type AcceptInput struct {
	Token    string `json:"token"`
	Password string `json:"password"` // not taken where the link asks for consent alone
}

// errOver says that a link cannot be used, whatever the reason.
var errOver = domain.Refused("invitation.over", "", nil)

// Opened is what a link is for.
type Opened struct {
	Organisation string `json:"organisation,omitempty"` // for which its owner is asked to act; empty for none
	Submits      bool   `json:"submits"`
	Manages      bool   `json:"manages"`
	Password     bool   `json:"password"` // one has to be set
}

// ShowInvitationInput is a link that was opened.
type ShowInvitationInput struct {
	Token string `json:"token"`
}

// ShowInvitation says what a link is for, before it is used: invitation.show. CodeRefused when it was used, has expired or never
// was.
func (s *Service) ShowInvitation(ctx context.Context, by domain.Actor, in ShowInvitationInput) (Opened, error) {
	if err := may(by, "invitation.show", access.Facts{}); err != nil {
		return Opened{}, err
	}
	return service.See(ctx, s.store, func(tx Tx) (Opened, error) {
		i, owner, err := s.opened(ctx, tx, in.Token)
		if err != nil || i.Organisation == "" {
			return Opened{Password: true}, err
		}
		o, err := tx.Organisation(ctx, i.Organisation)
		return Opened{Organisation: o.Name, Submits: i.Submits, Manages: i.Manages, Password: owner.Password == ""}, err
	})
}

// Accept uses a link: it sets the password of the account that the link belongs to and ends its sessions, or has the owner act for
// the organisation that asked for it, and both when the account has no password yet: invitation.accept. A second factor that the
// account has is still asked for. CodeRefused when the link was used, has expired or never was.
func (s *Service) Accept(ctx context.Context, by domain.Actor, in AcceptInput) (Done, error) {
	if err := may(by, "invitation.accept", access.Facts{}); err != nil {
		return Done{}, err
	}
	ctx = service.WithOnce(ctx, "", "")
	var owner identity.Account
	err := s.store.Read(ctx, func(tx Tx) (err error) {
		var i identity.Invitation
		if i, owner, err = s.opened(ctx, tx, in.Token); err == nil && i.Organisation != "" && owner.Password != "" {
			in.Password = "" // the link asks for consent, and is no way to another password
		}
		return err
	})
	if err != nil {
		return Done{}, err
	}
	hash, err := s.chosen(ctx, owner, in.Password)
	if err != nil {
		return Done{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "invitation.accept", func(a *service.Act[Tx]) (Done, error) {
		a.On("account", owner.ID, "")
		account, err := a.Tx.LockAccount(ctx, owner.ID)
		if err != nil {
			return Done{}, err
		}
		i, err := s.open(ctx, a.Tx, in.Token)
		if err != nil {
			return Done{}, err
		}
		if i.Organisation != "" && account.Password != "" {
			return Done{Done: true}, join(ctx, a, i)
		}
		if hash == "" {
			return Done{}, errOver // the password was taken away meanwhile
		}
		return Done{Done: true}, errors.Join(setPassword(ctx, a, account, hash), join(ctx, a, i))
	})
}

// chosen is the hash of a password that is to be set, empty when none is.
func (s *Service) chosen(ctx context.Context, owner identity.Account, password string) (string, error) {
	if password == "" && owner.Password != "" {
		return "", nil
	}
	var p domain.Problems
	identity.CheckPassword(&p, "password", password, owner.Email)
	if err := p.Err(); err != nil {
		return "", err
	}
	return s.hasher.Hash(ctx, password)
}

func setPassword(ctx context.Context, a *service.Act[Tx], account identity.Account, hash string) error {
	account.Password = hash
	if err := a.Tx.ChangeAccount(ctx, &account); err != nil {
		return err
	}
	return errors.Join(a.Tx.EndInvitations(ctx, account.ID, a.Now),
		a.Tx.RevokeTokens(ctx, account.ID, a.Now), a.Tx.DropTries(ctx, identity.AddressKey(account.Email)))
}

// join has the owner of a link act for the organisation that it names, if it does, and ends the link.
func join(ctx context.Context, a *service.Act[Tx], i identity.Invitation) error {
	if i.Organisation == "" {
		return nil
	}
	o, err := a.Tx.Organisation(ctx, i.Organisation)
	if err != nil {
		return err
	}
	there, err := a.Tx.PeopleOf(ctx, o.ID)
	if err != nil {
		return err
	}
	known := slices.ContainsFunc(there, func(p alliance.Person) bool { return p.Account == i.Account })
	if !o.Acts() || known {
		return errOver
	}
	i.EndedAt = &a.Now
	a.Note("organisation", string(o.ID))
	return errors.Join(a.Tx.ChangeInvitation(ctx, i), a.Tx.SetPerson(ctx, alliance.Person{
		Organisation: o.ID, Account: i.Account, Submits: i.Submits, Manages: i.Manages, Since: a.Now,
	}))
}

// opened is the invitation of a link that may be used now, and whose it is.
func (s *Service) opened(ctx context.Context, tx Tx, token string) (identity.Invitation, identity.Account, error) {
	i, err := s.open(ctx, tx, token)
	if err != nil {
		return i, identity.Account{}, err
	}
	account, err := tx.Account(ctx, i.Account)
	if err == nil && account.Disabled {
		err = errOver
	}
	return i, account, err
}
