//go:build !external

package engine

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"

	"go.temporal.io/server/common/authorization"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/primitives"
	"go.temporal.io/server/temporal"
)

// Available says whether this build holds the embedded engine.
const Available = true

// Engine is a running Temporal server. Its methods may be called from several goroutines.
type Engine struct {
	server  temporal.Server
	address string
	fresh   bool
	held    *hold
	logger  logger
	stop    sync.Once
}

// Start starts a server and returns when it answers for the namespace. It returns ErrInUse when another engine runs on
// the file, ErrForeignFile when the file is a database of something else, and ErrDamaged when it is not readable. The
// context limits the start alone; a started engine runs until Stop.
func Start(ctx context.Context, options Options) (*Engine, error) {
	if options.Namespace == "" {
		return nil, errors.New("engine: a namespace is needed")
	}
	e := &Engine{fresh: true, logger: newLogger(options.logger())}
	if err := e.assemble(ctx, options); err != nil {
		e.held.release()
		return nil, err
	}
	// The parts of a server that started cannot be stopped when another part did not, so a failure leaves the file held
	// until the process ends rather than letting a second server work on it.
	if err := e.server.Start(); err != nil {
		return nil, fmt.Errorf("engine: start: %w", err)
	}
	if err := answers(ctx, e.address, options.Namespace, e.logger); err != nil {
		e.Stop()
		return nil, err
	}
	return e, nil
}

// Address returns the loopback address of the front end, as host:port.
func (e *Engine) Address() string { return e.address }

// Fresh reports whether this start had to make the engine's state anew, because there was none, it was wiped, or it was
// made by a server with other tables. Every open case then needs its workflow started from the database.
func (e *Engine) Fresh() bool { return e.fresh }

// Stop ends the server in order and gives the file back, which takes up to two seconds; workers and clients are to be
// stopped first. Further calls do nothing. The server leaves some thirty idle goroutines and a few megabytes behind, so
// that a process does well to start an engine once.
func (e *Engine) Stop() {
	e.stop.Do(func() {
		e.logger.muted.Store(true)
		err := e.server.Stop()
		if err != nil {
			e.logger.to.Warn("the engine did not stop in order", "error", err)
		}
		e.held.release()
	})
}

// assemble prepares the file and the namespace in it and puts the server together without starting it.
func (e *Engine) assemble(ctx context.Context, options Options) error {
	file, err := e.openFile(ctx, options.File)
	if err != nil {
		return err
	}
	ports, err := freePorts()
	if err != nil {
		return err
	}
	store := sqlStore(file)
	if err := register(ctx, store, options, e.logger); err != nil {
		return err
	}
	e.address = ports.address(primitives.FrontendService)
	e.server, err = newServer(store, ports, e.logger)
	return err
}

// openFile takes hold of the file, if there is one, gives it the server's tables, and returns its absolute path.
func (e *Engine) openFile(ctx context.Context, file string) (string, error) {
	if file == "" {
		return "", nil
	}
	file, err := filepath.Abs(file)
	if err != nil {
		return "", fmt.Errorf("engine: file: %w", err)
	}
	if e.held, err = acquire(file); err != nil {
		return "", err
	}
	e.fresh, err = prepare(ctx, file)
	return file, err
}

func newServer(store *config.SQL, ports ports, logger logger) (temporal.Server, error) {
	server, err := temporal.NewServer(
		temporal.WithConfig(serverConfig(store, ports)),
		temporal.ForServices(temporal.DefaultServices),
		temporal.WithStaticHosts(ports.hosts()),
		temporal.WithDynamicConfigClient(limits()),
		temporal.WithLogger(logger),
		temporal.WithAuthorizer(authorization.NewNoopAuthorizer()),
		temporal.WithClaimMapper(func(*config.Config) authorization.ClaimMapper {
			return authorization.NewNoopClaimMapper()
		}),
	)
	if err != nil {
		return nil, fmt.Errorf("engine: set up: %w", err)
	}
	return server, nil
}
