package identity

import (
	"context"
	"strings"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/identity"
	"secretariat/service"
)

// ErrDamaged says that a sealed secret cannot be read: it was changed, or sealed with another key.
var ErrDamaged = &domain.Error{Code: domain.CodeInternal, Key: "factor.damaged"}

// Codes makes and checks one-time codes, and keeps their secrets sealed.
type Codes interface {
	// NewSecret makes a secret; it comes sealed.
	NewSecret(account domain.ID) (sealed string, err error)
	// Device is what a device is told: the secret, the address to read it from and a picture of that (PNG).
	Device(sealed string, account domain.ID, name string) (Device, error)
	// Step is the time step that a code belongs to, false when it is none of the present ones.
	Step(sealed string, account domain.ID, code string, unix int64) (step int64, ok bool, err error)
	// NewRecovery is the text of a recovery code.
	NewRecovery() string
}

// Device is what a device is told to make the codes of an account.
type Device struct {
	Secret  string `json:"secret"`
	Address string `json:"address"` // otpauth:
	Picture []byte `json:"picture"` // of the address, PNG
}

// FactorView is how it stands with the actor's second factor.
type FactorView struct {
	Confirmed bool    `json:"confirmed"`
	Needed    bool    `json:"needed"`           // rights are kept back until it is there
	Device    *Device `json:"device,omitempty"` // begun and not confirmed
	Recovery  int     `json:"recovery"`         // codes left
}

// ShowFactorInput asks for the actor's own.
type ShowFactorInput struct{}

// ShowFactor says how it stands with the actor's second factor: factor.show.
func (s *Service) ShowFactor(ctx context.Context, by domain.Actor, _ ShowFactorInput) (FactorView, error) {
	if err := may(by, "factor.show", access.Facts{}); err != nil {
		return FactorView{}, err
	}
	return service.See(ctx, s.store, func(tx Tx) (FactorView, error) {
		f, err := tx.FactorOf(ctx, by.ID)
		out := FactorView{Confirmed: f.Asked(), Needed: by.Held, Recovery: len(f.Recovery)}
		if err != nil || f.Secret == "" || f.Asked() {
			return out, err
		}
		account, err := tx.Account(ctx, by.ID)
		if err != nil {
			return out, err
		}
		device, err := s.codes.Device(f.Secret, by.ID, account.Email)
		out.Device = &device
		return out, err
	})
}

// BeginFactorInput begins.
type BeginFactorInput struct{}

// BeginFactor makes the secret of a second factor, which is asked for once a code of it has been given: factor.begin.
// CodeConflict when there is one.
func (s *Service) BeginFactor(ctx context.Context, by domain.Actor, _ BeginFactorInput) (Done, error) {
	if err := may(by, "factor.begin", access.Facts{}); err != nil {
		return Done{}, err
	}
	sealed, err := s.codes.NewSecret(by.ID)
	if err != nil {
		return Done{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "factor.begin", func(a *service.Act[Tx]) (Done, error) {
		a.On("account", by.ID, "")
		f, err := s.lockFactor(ctx, a.Tx, by.ID)
		if err == nil && f.Asked() {
			err = domain.Conflict("factor.confirmed", nil)
		}
		if err != nil {
			return Done{}, err
		}
		return Done{Done: true}, a.Tx.SetFactor(ctx, identity.Factor{Account: by.ID, Secret: sealed, BegunAt: a.Now})
	})
}

// lockFactor reads a factor and keeps others from changing it.
func (s *Service) lockFactor(ctx context.Context, tx Tx, account domain.ID) (identity.Factor, error) {
	if _, err := tx.LockAccount(ctx, account); err != nil {
		return identity.Factor{}, err
	}
	return tx.FactorOf(ctx, account)
}

// CodeInput is a one-time code of the actor's device. The transport fills in the token that it has authenticated.
type CodeInput struct {
	Code  string `json:"code"`
	Token string `json:"-" bearer:"token"`
}

// Recovery are codes for when the device is lost. They are shown once and kept only as hashes.
type Recovery struct {
	Codes []string `json:"codes"`
}

// ConfirmFactor takes the first code of the actor's device; from now on signing in asks for one: factor.confirm. The
// session itself counts as secured. CodeInvalid for a wrong code, CodeLimited after many.
func (s *Service) ConfirmFactor(ctx context.Context, by domain.Actor, in CodeInput) (Recovery, error) {
	if err := may(by, "factor.confirm", access.Facts{}); err != nil {
		return Recovery{}, err
	}
	ctx = service.WithOnce(ctx, "", "")
	out := Recovery{}
	right, err := service.Do(ctx, s.env, s.store, by, "factor.confirm", func(a *service.Act[Tx]) (bool, error) {
		a.On("account", by.ID, "")
		out.Codes = nil
		f, err := s.lockFactor(ctx, a.Tx, by.ID)
		if err == nil && (f.Secret == "" || f.Asked()) {
			err = domain.Conflict("factor.not_begun", nil)
		}
		if err != nil {
			return false, err
		}
		if ok, err := s.given(ctx, a, &f, in.Code); err != nil || !ok {
			return false, err
		}
		f.ConfirmedAt = &a.Now
		for range identity.RecoveryCodes {
			code := s.codes.NewRecovery()
			out.Codes, f.Recovery = append(out.Codes, code), append(f.Recovery, s.secrets.HashToken(code))
		}
		if err := a.Tx.SetFactor(ctx, f); err != nil {
			return false, err
		}
		return true, a.Tx.SecureToken(ctx, by.ID, s.secrets.HashToken(in.Token))
	})
	return out, wrongCode(right, err)
}

// wrongCode is the error of a code that was not right.
func wrongCode(right bool, err error) error {
	if err != nil || right {
		return err
	}
	var p domain.Problems
	p.Add("code", "factor.wrong", nil)
	return p.Err()
}

// given checks a code against a factor, and counts one that is wrong.
func (s *Service) given(ctx context.Context, a *service.Act[Tx], f *identity.Factor, code string) (bool, error) {
	tries, err := a.Tx.LockTries(ctx, identity.AddressKey("factor:"+string(f.Account)))
	if err != nil {
		return false, err
	}
	if tries.Wait(a.Now) {
		return false, errLocked
	}
	right, err := s.matches(a, f, code)
	if err != nil {
		return false, err
	}
	if !right {
		a.Note("result", "wrong")
		return false, fail(ctx, a, tries)
	}
	a.Note("result", "ok")
	return true, a.Tx.DropTries(ctx, tries.Address)
}

func (s *Service) matches(a *service.Act[Tx], f *identity.Factor, code string) (bool, error) {
	code = strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(code), " ", ""))
	if f.Asked() && f.Spend(s.secrets.HashToken(code)) {
		a.Note("by", "recovery")
		return true, nil
	}
	step, ok, err := s.codes.Step(f.Secret, f.Account, code, a.Now.Unix())
	return ok && err == nil && f.Accept(step), err
}

// DropFactor takes the actor's second factor away, for a code of it: factor.drop.
func (s *Service) DropFactor(ctx context.Context, by domain.Actor, in CodeInput) (Done, error) {
	if err := may(by, "factor.drop", access.Facts{}); err != nil {
		return Done{}, err
	}
	ctx = service.WithOnce(ctx, "", "")
	out, err := service.Do(ctx, s.env, s.store, by, "factor.drop", func(a *service.Act[Tx]) (Done, error) {
		a.On("account", by.ID, "")
		f, err := s.lockFactor(ctx, a.Tx, by.ID)
		if err == nil && !f.Asked() {
			err = domain.Conflict("factor.not_begun", nil)
		}
		if err != nil {
			return Done{}, err
		}
		if ok, err := s.given(ctx, a, &f, in.Code); err != nil || !ok {
			return Done{}, err
		}
		return Done{Done: true}, a.Tx.DropFactor(ctx, by.ID)
	})
	return out, wrongCode(out.Done, err)
}

// ResetFactorInput names the account of somebody who lost the device and the recovery codes.
type ResetFactorInput struct {
	Account domain.ID `json:"-" path:"account"`
}

// ResetFactor takes a second factor away and ends the sessions of its account: factor.reset.
func (s *Service) ResetFactor(ctx context.Context, by domain.Actor, in ResetFactorInput) (Done, error) {
	if err := may(by, "factor.reset", access.Facts{}); err != nil {
		return Done{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "factor.reset", func(a *service.Act[Tx]) (Done, error) {
		a.On("account", in.Account, "")
		if _, err := a.Tx.LockAccount(ctx, in.Account); err != nil {
			return Done{}, err
		}
		if err := a.Tx.DropFactor(ctx, in.Account); err != nil {
			return Done{}, err
		}
		return Done{Done: true}, a.Tx.RevokeTokens(ctx, in.Account, a.Now)
	})
}

// ConfirmSessionInput is the second step of signing in.
type ConfirmSessionInput struct {
	Token string `json:"token"` // of the first step
	Code  string `json:"code"`  // of the device, or a recovery code
}

// ConfirmSession gives a session for the token of the first step and a code: session.confirm. CodeUnauthenticated when
// the token is not good any more, CodeInvalid for a wrong code, CodeLimited after many.
func (s *Service) ConfirmSession(ctx context.Context, by domain.Actor, in ConfirmSessionInput) (Session, error) {
	if err := may(by, "session.confirm", access.Facts{}); err != nil {
		return Session{}, err
	}
	ctx = service.WithOnce(ctx, "", "")
	half := s.secrets.HashToken(in.Token)
	out, err := service.Do(ctx, s.env, s.store, by, "session.confirm", func(a *service.Act[Tx]) (Session, error) {
		t, err := a.Tx.TokenByHash(ctx, half)
		if domain.CodeOf(err) == domain.CodeNotFound || err == nil && (!t.Pending || !t.Live(a.Now)) {
			err = errExpired
		}
		if err != nil {
			return Session{}, err
		}
		a.On("account", t.Account, "")
		f, err := s.lockFactor(ctx, a.Tx, t.Account)
		if err != nil {
			return Session{}, err
		}
		if ok, err := s.given(ctx, a, &f, in.Code); err != nil || !ok {
			return Session{}, err
		}
		if err := a.Tx.SetFactor(ctx, f); err != nil {
			return Session{}, err
		}
		if err := a.Tx.RevokeToken(ctx, t.Account, half, a.Now); err != nil {
			return Session{}, err
		}
		return s.token(ctx, a, identity.Token{Account: t.Account, Secured: true}, s.life)
	})
	return out, wrongCode(out.Token != "", err)
}
