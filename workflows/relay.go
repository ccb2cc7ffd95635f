package workflows

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"secretariat/domain"
	"secretariat/service"
)

// OutboxTx is what the relay asks of the store.
type OutboxTx interface {
	service.Tx
	PendingSignals(ctx context.Context, limit int) ([]domain.Signal, error)
	SignalSent(ctx context.Context, id domain.ID, at time.Time) error
	SignalTried(ctx context.Context, id domain.ID) error
}

// errNoWorkflow says that no workflow follows this kind of case.
var errNoWorkflow = errors.New("no workflow follows this kind of case")

// Waker wakes the workflow of a case, or starts it.
type Waker interface {
	Start(ctx context.Context, kind string, id domain.ID) error
}

// How the relay looks for rows and how long it leaves Temporal alone that does not answer.
const (
	relayBatch  = 200
	relayBusy   = 250 * time.Millisecond // between looks while there was something lately
	relayIdle   = time.Second
	relayFirst  = time.Second // first pause after a failure, doubled each time
	relayLonger = 30 * time.Second
)

// Relay sends the signals of the outbox to Temporal, each at least once. Several may run at the same time.
type Relay struct {
	outbox service.Store[OutboxTx]
	waker  Waker
	now    func() time.Time
	logger *slog.Logger
	fresh  chan struct{}
}

// NewRelay makes a relay. now is the services' clock.
func NewRelay(outbox service.Store[OutboxTx], waker Waker, now func() time.Time, logger *slog.Logger) *Relay {
	return &Relay{outbox: outbox, waker: waker, now: now, logger: logger, fresh: make(chan struct{}, 1)}
}

// Notify tells the relay that rows were committed, so that they go out at once. It never blocks.
func (r *Relay) Notify() {
	select {
	case r.fresh <- struct{}{}:
	default:
	}
}

// Run sends signals until the context ends. While the database or Temporal does not answer, the rows stay and it goes on trying.
func (r *Relay) Run(ctx context.Context) {
	pause, failures := relayBusy, 0
	for r.wait(ctx, pause, failures > 0) {
		n, err := r.Drain(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			pause, failures = min(relayFirst<<min(failures, 5), relayLonger), failures+1
			r.logger.Warn("signals wait", "failures", failures, "error", err)
			continue
		case failures > 0:
			r.logger.Info("signals go out again", "failures", failures)
		}
		failures, pause = 0, min(pause*2, relayIdle)
		if n > 0 {
			pause = relayBusy
		}
	}
}

// wait ends after the pause or, unless something failed, as soon as there is something new; false when the context ends.
func (r *Relay) wait(ctx context.Context, pause time.Duration, failed bool) bool {
	fresh := r.fresh
	if failed {
		fresh = nil
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-fresh:
		return true
	case <-timer.C:
		return true
	}
}

// Drain sends what is in the outbox now and reports how many rows left it. A row that cannot be sent stays there, and does not
// keep others from being sent.
func (r *Relay) Drain(ctx context.Context) (int, error) {
	pending, err := service.See(ctx, r.outbox, func(tx OutboxTx) ([]domain.Signal, error) {
		return tx.PendingSignals(ctx, relayBatch)
	})
	if err != nil || len(pending) == 0 {
		return 0, err
	}
	sent, failed, cause := r.send(ctx, pending)
	err = r.outbox.InTx(ctx, func(tx OutboxTx) error {
		for _, s := range sent {
			if err := tx.SignalSent(ctx, s.ID, service.Instant(r.now())); err != nil {
				return err
			}
		}
		for _, s := range failed {
			if err := tx.SignalTried(ctx, s.ID); err != nil {
				return err
			}
		}
		return nil
	})
	return len(sent), errors.Join(cause, err)
}

type caseKey struct {
	kind string
	id   domain.ID
}

// send wakes each case once, however many of its signals wait. A kind without a workflow counts as sent: nobody waits for it.
func (r *Relay) send(ctx context.Context, pending []domain.Signal) (sent, failed []domain.Signal, cause error) {
	woken := map[caseKey]error{}
	for _, s := range pending {
		key := caseKey{s.Kind, s.Case}
		err, known := woken[key]
		if !known {
			err = r.waker.Start(ctx, s.Kind, s.Case)
			woken[key] = err
		}
		if errors.Is(err, errNoWorkflow) {
			r.logger.Error("a signal is for a kind of case that no workflow follows", "kind", s.Kind)
			err = nil
		}
		if err != nil {
			failed, cause = append(failed, s), err
			if away(err) {
				return sent, failed, cause
			}
			continue
		}
		sent = append(sent, s)
	}
	return sent, failed, cause
}
