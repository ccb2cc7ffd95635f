package storetest

import (
	_ "testing"

	_ "secretariat/internal/testkit/pgtest"
	_ "secretariat/store"

	_ "github.com/uptrace/bun"
)
