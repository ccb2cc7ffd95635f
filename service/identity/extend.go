package identity

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/service"
)

// ExtendSessionInput names the session by the token that the transport has authenticated.
type ExtendSessionInput struct {
	Token string `json:"-" bearer:"token"`
}

// Extended is until when a session is good now.
type Extended struct {
	ExpiresAt time.Time `json:"expiresAt"`
}

// ExtendSession lets the session be good for its whole life again from now: session.extend.
func (s *Service) ExtendSession(ctx context.Context, by domain.Actor, in ExtendSessionInput) (Extended, error) {
	if err := may(by, "session.extend", access.Facts{}); err != nil {
		return Extended{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "session.extend", func(a *service.Act[Tx]) (Extended, error) {
		a.On("account", by.ID, "")
		until := a.Now.Add(s.life)
		return Extended{until}, a.Tx.ExtendToken(ctx, by.ID, s.secrets.HashToken(in.Token), until)
	})
}
