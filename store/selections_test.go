package store_test

import (
	"path/filepath"
	"testing"

	"secretariat/internal/testkit/pgtest"
	"secretariat/store/storetest"
)

func TestSelections(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		storetest.Selections(t, opened(t, "sqlite:"+filepath.Join(t.TempDir(), "db")))
	})
	t.Run("postgres", func(t *testing.T) { storetest.Selections(t, opened(t, pgtest.New(t, prepare))) })
}
