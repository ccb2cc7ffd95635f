package workflows

import (
	"context"
	"log/slog"
	"time"

	"secretariat/domain"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/envconfig"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/temporal"
)

// DialOptions say how to reach Temporal beyond its own environment (TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TLS ...).
type DialOptions struct {
	Address   string // of the embedded engine; wins over the environment
	Namespace string // wins over the environment
	Identity  string // of this process in histories; a name of process and machine when empty
	Logger    *slog.Logger
}

// Dial makes a client. It does not connect before it is used, so that the rest of the system starts while Temporal is down.
func Dial(o DialOptions) (client.Client, error) {
	options, err := envconfig.LoadDefaultClientOptions()
	if err != nil {
		return nil, err
	}
	if o.Address != "" {
		options.HostPort = o.Address
		options.ConnectionOptions.TLS, options.Credentials = nil, nil // the embedded engine speaks plainly on the loopback
	}
	if o.Namespace != "" {
		options.Namespace = o.Namespace
	}
	if o.Identity != "" {
		options.Identity = o.Identity
	}
	if o.Logger != nil {
		options.Logger = log.NewStructuredLogger(o.Logger)
	}
	return client.NewLazyClient(options)
}

// Starter starts workflows and wakes them.
type Starter struct{ client client.Client }

// NewStarter makes a starter.
func NewStarter(c client.Client) *Starter { return &Starter{client: c} }

// startLimit is how long one start may take before Temporal counts as away.
const startLimit = 10 * time.Second

// Start wakes the workflow of a case, and starts it when none is open. Doing it twice does nothing more than looking twice. It
// returns errNoWorkflow for a kind of case that none follows.
func (s *Starter) Start(ctx context.Context, kind string, id domain.ID) error {
	name, ok := typeOf(kind)
	if !ok {
		return errNoWorkflow
	}
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	options := client.StartWorkflowOptions{
		ID: WorkflowID(kind, id), TaskQueue: TaskQueue,
		WorkflowIDReusePolicy: enums.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
		TypedSearchAttributes: temporal.NewSearchAttributes(keyKind.ValueSet(kind)),
	}
	_, err := s.client.SignalWithStartWorkflow(ctx, options.ID, SignalLookAgain, nil, options, name, Case{ID: id})
	return err
}
