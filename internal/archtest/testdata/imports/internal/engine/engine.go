package engine

import (
	_ "secretariat/cmd/secretariat/config"

	_ "github.com/uptrace/bun"
	_ "go.temporal.io/server/temporal"
)
