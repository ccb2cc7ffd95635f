//go:build external

package engine_test

import (
	"errors"
	"testing"

	"secretariat/internal/engine"
)

func TestBuildWithoutEngineSaysSo(t *testing.T) {
	running, err := engine.Start(t.Context(), engine.Options{Namespace: "test"})
	if !errors.Is(err, engine.ErrUnavailable) || running != nil || engine.Available {
		t.Errorf("engine %v, error %v, available %v", running, err, engine.Available)
	}
}
