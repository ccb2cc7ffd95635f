package endpoint

import (
	"context"
	"sync"
	"time"

	kit "github.com/go-kit/kit/endpoint"
	"golang.org/x/time/rate"

	"secretariat/domain"
)

// Limits keeps one actor or one address from taking everybody's turn.
type Limits struct {
	mu      sync.Mutex
	buckets map[string]*bucket
	now     func() time.Time
	swept   time.Time
	general rate.Limit
	signIn  rate.Limit
}

type bucket struct {
	limiter *rate.Limiter
	seen    time.Time
}

// idle is how long a bucket is kept after its last use; a full one is the same as a fresh one by then. They are looked
// through once in every such time.
const idle = 10 * time.Minute

// NewLimits allows general operations a second to an actor, and signIn tries a second to an address, each with a burst
// of ten times that.
func NewLimits(general, signIn float64) *Limits {
	return &Limits{
		buckets: map[string]*bucket{}, now: time.Now, general: rate.Limit(general), signIn: rate.Limit(signIn),
	}
}

func (l *Limits) middleware(op string) kit.Middleware {
	return func(next kit.Endpoint) kit.Endpoint {
		return func(ctx context.Context, in any) (any, error) {
			if !l.allow(ctx, op) {
				return nil, &domain.Error{Code: domain.CodeLimited, Key: "rate_limited"}
			}
			return next(ctx, in)
		}
	}
}

// entrances are the operations by which somebody who is not known yet gets in: each is tried as seldom as signing in.
var entrances = map[string]bool{
	"session.open": true, "session.confirm": true, "account.lost": true, "invitation.accept": true,
	"session.federate": true,
}

func (l *Limits) allow(ctx context.Context, op string) bool {
	by, limit := ActorFrom(ctx), l.general
	key := "actor/" + string(by.ID)
	if by.Kind != domain.ActorPerson {
		key = "remote/" + RequestFrom(ctx).Remote
	}
	if entrances[op] {
		key, limit = op+"/"+RequestFrom(ctx).Remote, l.signIn
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	b, ok := l.buckets[key]
	if !ok {
		l.forget(now)
		b = &bucket{limiter: rate.NewLimiter(limit, max(1, int(limit*10)))}
		l.buckets[key] = b
	}
	b.seen = now
	return b.limiter.AllowN(now, 1)
}

// forget drops buckets that were not used for a while, so that memory does not grow with the number of visitors.
func (l *Limits) forget(now time.Time) {
	if now.Sub(l.swept) < idle {
		return
	}
	l.swept = now
	for k, b := range l.buckets {
		if now.Sub(b.seen) >= idle {
			delete(l.buckets, k)
		}
	}
}
