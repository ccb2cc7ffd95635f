package store_test

import (
	"path/filepath"
	"testing"

	"secretariat/internal/testkit/pgtest"
	"secretariat/store"
	"secretariat/store/storetest"
)

// onBoth runs a contract function on a fresh database of each engine.
func onBoth(t *testing.T, contract func(*testing.T, *store.DB)) {
	t.Run("sqlite", func(t *testing.T) { contract(t, opened(t, "sqlite:"+filepath.Join(t.TempDir(), "db"))) })
	t.Run("postgres", func(t *testing.T) { contract(t, opened(t, pgtest.New(t, prepare))) })
}

func TestSessions(t *testing.T) { onBoth(t, storetest.Sessions) }

func TestBallots(t *testing.T) { onBoth(t, storetest.Ballots) }
