package identity

import (
	"context"
	"errors"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/identity"
	"secretariat/service"
)

// OpenSessionInput is a sign-in.
type OpenSessionInput struct {
	Email    string `json:"email"`
	Password string `json:"password"`
}

// Session is a fresh bearer token. It is shown once and kept only as a hash.
type Session struct {
	Token     string    `json:"token"`
	ExpiresAt time.Time `json:"expiresAt"`
}

// unknownHash is checked against when there is no such account, so that the answer takes as long.
const unknownHash = "argon2id$19456$2$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// OpenSession signs in: session.open. An unknown address, a wrong password and a disabled account get the same answer; after some
// wrong passwords one must wait (CodeLimited). Transport gives it no idempotency key, since the answer is a secret.
func (s *Service) OpenSession(ctx context.Context, by domain.Actor, in OpenSessionInput) (Session, error) {
	account, err := s.find(ctx, identity.Email(in.Email))
	if err != nil {
		return Session{}, err
	}
	now := service.Instant(s.env.Now())
	if account.LockedUntil != nil && now.Before(*account.LockedUntil) {
		return Session{}, &domain.Error{Code: domain.CodeLimited, Key: "session.locked"}
	}
	hash := account.Password
	if hash == "" {
		hash = unknownHash
	}
	right := s.hasher.Matches(hash, in.Password) && account.ID != "" && !account.Disabled
	return s.settle(ctx, by, account, right)
}

func (s *Service) find(ctx context.Context, email string) (identity.Account, error) {
	return service.See(ctx, s.store, func(tx Tx) (identity.Account, error) {
		a, err := tx.AccountByEmail(ctx, email)
		if domain.CodeOf(err) == domain.CodeNotFound {
			return identity.Account{}, nil
		}
		return a, err
	})
}

// settle records the try and, when it was right, makes the token. A wrong try commits too.
func (s *Service) settle(ctx context.Context, by domain.Actor, account identity.Account, right bool) (Session, error) {
	if account.ID == "" {
		return Session{}, errSignIn
	}
	out, err := service.Do(ctx, s.env, s.store, by, "session.open", func(a *service.Act[Tx]) (Session, error) {
		a.On("account", account.ID, "")
		now, err := a.Tx.LockAccount(ctx, account.ID)
		if err != nil {
			return Session{}, err
		}
		if !right {
			a.Note("result", "wrong")
			return Session{}, fail(ctx, a, now)
		}
		a.Note("result", "ok")
		return s.issue(ctx, a, now)
	})
	if err == nil && out.Token == "" {
		return Session{}, errSignIn
	}
	return out, err
}

func fail(ctx context.Context, a *service.Act[Tx], account identity.Account) error {
	account.Failures++
	if d := identity.Delay(account.Failures); d > 0 {
		until := a.Now.Add(d)
		account.LockedUntil = &until
	}
	return a.Tx.ChangeAccount(ctx, &account)
}

func (s *Service) issue(ctx context.Context, a *service.Act[Tx], account identity.Account) (Session, error) {
	if account.Failures > 0 {
		account.Failures, account.LockedUntil = 0, nil
		if err := a.Tx.ChangeAccount(ctx, &account); err != nil {
			return Session{}, err
		}
	}
	token := s.secrets.NewToken()
	out := Session{Token: token, ExpiresAt: a.Now.Add(s.life)}
	return out, a.Tx.AddToken(ctx, identity.Token{
		Hash: s.secrets.HashToken(token), Account: account.ID, CreatedAt: a.Now, ExpiresAt: out.ExpiresAt,
	})
}

// CloseSessionInput ends the actor's sessions.
type CloseSessionInput struct{}

// Done is the answer of an act that has nothing to say.
type Done struct {
	Done bool `json:"done"`
}

// CloseSession ends all of the actor's tokens, on every machine: session.close.
func (s *Service) CloseSession(ctx context.Context, by domain.Actor, _ CloseSessionInput) (Done, error) {
	if err := may(by, "session.close", access.Facts{}); err != nil {
		return Done{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "session.close", func(a *service.Act[Tx]) (Done, error) {
		a.On("account", by.ID, "")
		return Done{Done: true}, a.Tx.RevokeTokens(ctx, by.ID, a.Now)
	})
}

// Me is who the actor is.
type Me struct {
	Account identity.Account `json:"account"`
	Seats   []SeatView       `json:"seats"`
	Staff   []StaffView      `json:"staff"`
}

// SeatView is a seat the actor holds.
type SeatView struct {
	Committee domain.ID `json:"committee"`
	Member    domain.ID `json:"member"`
	Chair     bool      `json:"chair"`
	ViceChair bool      `json:"viceChair"`
}

// StaffView is an assignment of the actor.
type StaffView struct {
	Committee domain.ID `json:"committee"`
	Clerk     bool      `json:"clerk"`
}

// ShowSessionInput asks who one is.
type ShowSessionInput struct{}

// ShowSession says who the actor is: session.show.
func (s *Service) ShowSession(ctx context.Context, by domain.Actor, _ ShowSessionInput) (Me, error) {
	if by.Kind != domain.ActorPerson {
		return Me{}, errExpired
	}
	return service.See(ctx, s.store, func(tx Tx) (Me, error) {
		a, err := tx.Account(ctx, by.ID)
		out := Me{Account: a, Seats: []SeatView{}, Staff: []StaffView{}}
		for _, x := range by.Seats {
			out.Seats = append(out.Seats, SeatView(x))
		}
		for _, x := range by.Staff {
			out.Staff = append(out.Staff, StaffView(x))
		}
		return out, err
	})
}

// PasswordInput changes the actor's password.
type PasswordInput struct {
	Old string `json:"old"`
	New string `json:"new"`
}

// ChangePassword sets a new password and ends all tokens: account.password.
func (s *Service) ChangePassword(ctx context.Context, by domain.Actor, in PasswordInput) (Done, error) {
	if err := may(by, "account.password", access.Facts{}); err != nil {
		return Done{}, err
	}
	account, err := service.See(ctx, s.store, func(tx Tx) (identity.Account, error) { return tx.Account(ctx, by.ID) })
	if err != nil {
		return Done{}, err
	}
	var p domain.Problems
	identity.CheckPassword(&p, "new", in.New, account.Email)
	p.Check(s.hasher.Matches(account.Password, in.Old), "old", "account.password_old")
	hash, hashErr := s.hasher.Hash(in.New)
	if err := errors.Join(p.Err(), hashErr); err != nil {
		return Done{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "account.password", func(a *service.Act[Tx]) (Done, error) {
		a.On("account", by.ID, "")
		account, err := a.Tx.LockAccount(ctx, by.ID)
		if err != nil {
			return Done{}, err
		}
		account.Password = hash
		return Done{Done: true}, errors.Join(a.Tx.ChangeAccount(ctx, &account), a.Tx.RevokeTokens(ctx, by.ID, a.Now))
	})
}
