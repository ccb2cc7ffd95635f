package identity

import (
	"context"
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
	Pending   bool      `json:"pending"` // a second factor is asked for: session.confirm turns it into a session
}

// unknownHash is checked against when there is no such account, so that the answer takes as long.
const unknownHash = "argon2id$19456$2$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// caller is what is known of somebody who types an address and a password.
type caller struct {
	account identity.Account // without ID when no account has the address
	tries   identity.Tries
}

// may reports whether the account may be used with the password that was checked against its hash.
func (c caller) may(right bool) bool { return right && c.account.ID != "" && !c.account.Disabled }

// OpenSession signs in: session.open. An unknown address, a wrong password and a disabled account get the same answer
// after the same work; after some wrong passwords one must wait (CodeLimited), whether or not an account has the
// address. The answer is a secret and is never remembered under an idempotency key.
func (s *Service) OpenSession(ctx context.Context, by domain.Actor, in OpenSessionInput) (Session, error) {
	if err := may(by, "session.open", access.Facts{}); err != nil {
		return Session{}, err
	}
	ctx = service.WithOnce(ctx, "", "")
	known, err := s.meet(ctx, identity.Email(in.Email))
	if err != nil {
		return Session{}, err
	}
	right, err := s.try(ctx, known, in.Password)
	if err != nil {
		return Session{}, err
	}
	out, err := s.settle(ctx, by, known, known.may(right))
	if err == nil && out.Token == "" {
		return Session{}, errSignIn
	}
	return out, err
}

// meet looks up who has the address, and the wrong passwords given for it.
func (s *Service) meet(ctx context.Context, email string) (caller, error) {
	return service.See(ctx, s.store, func(tx Tx) (caller, error) {
		tries, err := tx.TriesOf(ctx, identity.AddressKey(email))
		if err != nil {
			return caller{}, err
		}
		account, err := tx.AccountByEmail(ctx, email)
		if domain.CodeOf(err) == domain.CodeNotFound {
			return caller{tries: tries}, nil
		}
		return caller{account: account, tries: tries}, err
	})
}

// try checks the password unless one must wait.
func (s *Service) try(ctx context.Context, c caller, password string) (bool, error) {
	if c.tries.Wait(service.Instant(s.env.Now())) {
		return false, errLocked
	}
	hash := c.account.Password
	if hash == "" {
		hash = unknownHash
	}
	return s.hasher.Matches(ctx, hash, password)
}

// settle records the try and, when it was right, makes the token. A wrong try commits too, with an empty answer.
func (s *Service) settle(ctx context.Context, by domain.Actor, c caller, right bool) (Session, error) {
	return service.Do(ctx, s.env, s.store, by, "session.open", func(a *service.Act[Tx]) (Session, error) {
		a.On("account", c.account.ID, "")
		tries, err := a.Tx.LockTries(ctx, c.tries.Address)
		if err != nil {
			return Session{}, err
		}
		if tries.Wait(a.Now) { // others tried at the same time
			return Session{}, errLocked
		}
		if right {
			right, err = unchanged(ctx, a.Tx, c.account)
		}
		if err != nil {
			return Session{}, err
		}
		if !right {
			a.Note("result", "wrong")
			return Session{}, fail(ctx, a, tries)
		}
		a.Note("result", "ok")
		return s.issue(ctx, a, tries, c.account.ID)
	})
}

// unchanged reports whether the account is still the one whose password was checked; it stays so until the
// transaction ends.
func unchanged(ctx context.Context, tx Tx, was identity.Account) (bool, error) {
	is, err := tx.LockAccount(ctx, was.ID)
	return is.Password == was.Password && !is.Disabled, err
}

func fail(ctx context.Context, a *service.Act[Tx], tries identity.Tries) error {
	if err := a.Tx.SetTries(ctx, tries.Fail(a.Now)); err != nil {
		return err
	}
	return a.Tx.PruneTries(ctx, a.Now.Add(-identity.Forget))
}

func (s *Service) issue(
	ctx context.Context, a *service.Act[Tx], tries identity.Tries, account domain.ID,
) (Session, error) {
	if err := a.Tx.DropTries(ctx, tries.Address); err != nil {
		return Session{}, err
	}
	if err := a.Tx.DropTokens(ctx, account, a.Now); err != nil {
		return Session{}, err
	}
	return s.first(ctx, a, account)
}

// first makes the token of a session, or of the first step where the account has a second factor.
func (s *Service) first(ctx context.Context, a *service.Act[Tx], account domain.ID) (Session, error) {
	f, err := a.Tx.FactorOf(ctx, account)
	if err != nil {
		return Session{}, err
	}
	if f.Asked() {
		return s.token(ctx, a, identity.Token{Account: account, Pending: true}, identity.HalfLife)
	}
	return s.token(ctx, a, identity.Token{Account: account}, s.life)
}

// token makes the token of a session, or of the first step towards one.
func (s *Service) token(
	ctx context.Context, a *service.Act[Tx], t identity.Token, life time.Duration,
) (Session, error) {
	token := s.secrets.NewToken()
	t.Hash, t.CreatedAt, t.ExpiresAt = s.secrets.HashToken(token), a.Now, a.Now.Add(life)
	return Session{Token: token, ExpiresAt: t.ExpiresAt, Pending: t.Pending}, a.Tx.AddToken(ctx, t)
}

// CloseSessionInput ends the session whose token the actor presents, or every session of the actor. The transport fills in the
// token that it has authenticated; it comes from no body and no address.
type CloseSessionInput struct {
	Everywhere bool   `json:"-" query:"everywhere"`
	Token      string `json:"-" bearer:"token"`
}

// Done is the answer of an act that has nothing to say.
type Done struct {
	Done bool `json:"done"`
}

// CloseSession ends the presented token, or on the actor's wish, and when none is presented, all tokens on every machine:
// session.close.
func (s *Service) CloseSession(ctx context.Context, by domain.Actor, in CloseSessionInput) (Done, error) {
	if err := may(by, "session.close", access.Facts{}); err != nil {
		return Done{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "session.close", func(a *service.Act[Tx]) (Done, error) {
		a.On("account", by.ID, "")
		if in.Everywhere || in.Token == "" {
			a.Note("scope", "everywhere")
			return Done{Done: true}, a.Tx.RevokeTokens(ctx, by.ID, a.Now)
		}
		return Done{Done: true}, a.Tx.RevokeToken(ctx, by.ID, s.secrets.HashToken(in.Token), a.Now)
	})
}

// Me is who the actor is.
type Me struct {
	Account identity.Account `json:"account"`
	Seats   []SeatView       `json:"seats"`
	Staff   []StaffView      `json:"staff"`
	// ExpiresAt is when the session ends, nil when it is not known by a token.
	ExpiresAt *time.Time `json:"expiresAt,omitempty"`
	Sessions  []Open     `json:"sessions"` // the account's, newest first
	Held      bool       `json:"held"`     // rights are kept back until there is a second factor
}

// Open is a session that has not ended.
type Open struct {
	Since   time.Time `json:"since"`
	Until   time.Time `json:"until"`
	Present bool      `json:"present"` // this one
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

// ShowSessionInput asks who one is. The transport fills in the token that it has authenticated.
type ShowSessionInput struct {
	Token string `json:"-" bearer:"token"`
}

// ShowSession says who the actor is: session.show. CodeUnauthenticated when nobody is signed in.
func (s *Service) ShowSession(ctx context.Context, by domain.Actor, in ShowSessionInput) (Me, error) {
	if err := may(by, "session.show", access.Facts{}); err != nil {
		return Me{}, errExpired
	}
	return service.See(ctx, s.store, func(tx Tx) (Me, error) {
		a, err := tx.Account(ctx, by.ID)
		out := Me{Account: a, Seats: []SeatView{}, Staff: []StaffView{}, Sessions: []Open{}, Held: by.Held}
		for _, x := range by.Seats {
			out.Seats = append(out.Seats, SeatView(x))
		}
		for _, x := range by.Staff {
			out.Staff = append(out.Staff, StaffView(x))
		}
		if err != nil {
			return out, err
		}
		all, err := tx.TokensOf(ctx, by.ID, service.Instant(s.env.Now()))
		for _, t := range all {
			present := in.Token != "" && t.Hash == s.secrets.HashToken(in.Token)
			out.Sessions = append(out.Sessions, Open{t.CreatedAt, t.ExpiresAt, present})
			if present {
				out.ExpiresAt = &t.ExpiresAt
			}
		}
		return out, err
	})
}
