//go:build external

package engine

import "context"

// Available says whether this build holds the embedded engine.
const Available = false

// Engine is the embedded server. This build has none.
type Engine struct{}

// Start returns ErrUnavailable, because this build has no embedded engine.
func Start(context.Context, Options) (*Engine, error) { return nil, ErrUnavailable }

// Address returns the empty string, because this build has no embedded engine.
func (*Engine) Address() string { return "" }

// Fresh returns false, because this build has no embedded engine.
func (*Engine) Fresh() bool { return false }

// Stop does nothing, because this build has no embedded engine.
func (*Engine) Stop() {}
