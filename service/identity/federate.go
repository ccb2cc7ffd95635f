package identity

import (
	"context"
	"errors"
	"strconv"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/identity"
	"secretariat/service"
)

// Provider is the city's own identity provider (OpenID Connect).
type Provider interface {
	// Issuer is its name, which is part of every link.
	Issuer() string
	// Redeem turns the code that a browser brought back into what the provider says of its owner. CodeUnauthenticated
	// when the code is not good or does not belong to verifier and nonce, CodeUnavailable when the provider does not
	// answer.
	Redeem(ctx context.Context, code, verifier, nonce string) (identity.Proof, error)
}

// Through lets people sign in at a provider too.
func (s *Service) Through(p Provider) *Service {
	s.provider = p
	return s
}

var (
	errUnlinked   = &domain.Error{Code: domain.CodeUnauthenticated, Key: "session.unlinked"}
	errDropped    = errors.New("the link was taken away")
	errNoProvider = domain.NotFound("provider")
)

// FederateInput is what a browser brings back from the provider, with what it was sent there with.
type FederateInput struct {
	Code     string `json:"code"`
	Verifier string `json:"verifier"` // whose hash went to the provider (RFC 7636)
	Nonce    string `json:"nonce"`    // which the provider has signed
}

// Federate signs in with what the provider says: session.federate. Its subject is linked to the account of its verified
// address the first time. CodeUnauthenticated when no account is known, CodeNotFound where there is no
// provider, CodeUnavailable when it does not answer. No account is ever made.
func (s *Service) Federate(ctx context.Context, by domain.Actor, in FederateInput) (Session, error) {
	if err := may(by, "session.federate", access.Facts{}); err != nil {
		return Session{}, err
	}
	if s.provider == nil {
		return Session{}, errNoProvider
	}
	proof, err := s.provider.Redeem(ctx, in.Code, in.Verifier, in.Nonce)
	if err != nil {
		return Session{}, err
	}
	ctx = service.WithOnce(ctx, "", "")
	out, err := service.Do(ctx, s.env, s.store, by, "session.federate", func(a *service.Act[Tx]) (Session, error) {
		return s.admit(ctx, a, proof)
	})
	if err == nil && out.Token == "" {
		return Session{}, errUnlinked
	}
	return out, err
}

// admit makes the token of the account that a proof is for; who has none leaves an entry in the trail too.
func (s *Service) admit(ctx context.Context, a *service.Act[Tx], p identity.Proof) (Session, error) {
	a.On("account", "", "")
	account, err := s.linked(ctx, a, p)
	if errors.Is(err, errDropped) {
		a.Note("result", "dropped")
		return Session{}, nil
	}
	if domain.CodeOf(err) == domain.CodeNotFound || err == nil && account.Disabled {
		a.Note("result", "unknown")
		return Session{}, nil
	}
	if err != nil {
		return Session{}, err
	}
	a.On("account", account.ID, "")
	a.Note("result", "ok")
	a.Note("secured", strconv.FormatBool(p.Secured))
	if err := a.Tx.DropTokens(ctx, account.ID, a.Now); err != nil {
		return Session{}, err
	}
	if p.Secured {
		return s.token(ctx, a, identity.Token{Account: account.ID, Secured: true}, s.life)
	}
	return s.first(ctx, a, account.ID)
}

// linked is the account that the subject is linked to, else the one of its address, which it is linked to from now on.
// CodeNotFound when there is none.
func (s *Service) linked(ctx context.Context, a *service.Act[Tx], p identity.Proof) (identity.Account, error) {
	link, err := a.Tx.LinkOf(ctx, p.Issuer, p.Subject)
	if err == nil && link.DroppedAt != nil {
		a.On("account", link.Account, "")
		return identity.Account{}, errDropped
	}
	if err == nil {
		return a.Tx.LockAccount(ctx, link.Account)
	}
	if domain.CodeOf(err) != domain.CodeNotFound {
		return identity.Account{}, err
	}
	found, err := a.Tx.AccountByEmail(ctx, identity.Email(p.Email))
	if err == nil {
		found, err = a.Tx.LockAccount(ctx, found.ID)
	}
	if err != nil {
		return identity.Account{}, err
	}
	others, err := a.Tx.LinksOf(ctx, p.Issuer, []domain.ID{found.ID})
	if err != nil {
		return identity.Account{}, err
	}
	if !p.Names(found) || found.Disabled || len(others) > 0 {
		return identity.Account{}, domain.NotFound("account")
	}
	a.Note("linked", "true")
	return found, a.Tx.AddLink(ctx, identity.Link{
		Issuer: p.Issuer, Subject: p.Subject, Account: found.ID, CreatedAt: a.Now,
	})
}

// ListLinksInput asks for the links of a page of accounts, with what account.list takes.
type ListLinksInput struct {
	After domain.ID `query:"after" json:"-"`
	Limit int       `query:"limit" json:"-"`
}

// Links are those of some accounts to the provider, those that were taken away among them.
type Links struct {
	Items []identity.Link `json:"items"`
}

// ListLinks lists which accounts of a page of account.list are linked to the provider: link.list. None where there is
// no provider.
func (s *Service) ListLinks(ctx context.Context, by domain.Actor, in ListLinksInput) (Links, error) {
	if err := may(by, "link.list", access.Facts{}); err != nil {
		return Links{}, err
	}
	if s.provider == nil {
		return Links{Items: []identity.Link{}}, nil
	}
	return service.See(ctx, s.store, func(tx Tx) (Links, error) {
		page, err := tx.Accounts(ctx, in.After, service.PageSize(in.Limit))
		if err != nil {
			return Links{}, err
		}
		ids := make([]domain.ID, len(page))
		for i, a := range page {
			ids[i] = a.ID
		}
		found, err := tx.LinksOf(ctx, s.provider.Issuer(), ids)
		return Links{Items: found}, err
	})
}

// DropLinkInput names the account whose link ends, or may be made again.
type DropLinkInput struct {
	Account domain.ID `json:"-" path:"account"`
}

// DropLink takes the links of an account away and ends its sessions: link.drop. Nobody is linked to the account any more
// until AllowLink, and its owner signs in with the password; to keep somebody out, the account is disabled.
func (s *Service) DropLink(ctx context.Context, by domain.Actor, in DropLinkInput) (Done, error) {
	if err := may(by, "link.drop", access.Facts{}); err != nil {
		return Done{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "link.drop", func(a *service.Act[Tx]) (Done, error) {
		a.On("account", in.Account, "")
		if _, err := a.Tx.LockAccount(ctx, in.Account); err != nil {
			return Done{}, err
		}
		if err := a.Tx.DropLinks(ctx, in.Account, a.Now); err != nil {
			return Done{}, err
		}
		return Done{Done: true}, a.Tx.RevokeTokens(ctx, in.Account, a.Now)
	})
}

// AllowLink lets an account whose link was taken away be linked again: link.allow. The next sign-in at the provider with
// its verified address links it. CodeNotFound when no link was taken away.
func (s *Service) AllowLink(ctx context.Context, by domain.Actor, in DropLinkInput) (Done, error) {
	if err := may(by, "link.allow", access.Facts{}); err != nil {
		return Done{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "link.allow", func(a *service.Act[Tx]) (Done, error) {
		a.On("account", in.Account, "")
		if _, err := a.Tx.LockAccount(ctx, in.Account); err != nil {
			return Done{}, err
		}
		return Done{Done: true}, a.Tx.ForgetLinks(ctx, in.Account)
	})
}
