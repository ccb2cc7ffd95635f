package store

import (
	_ "context"
	_ "database/sql"

	_ "secretariat/domain/ballot"
	_ "secretariat/migrations"
	_ "secretariat/service/balloting"
	_ "secretariat/store/storetest"
	_ "secretariat/transport/web"
	_ "secretariat/workflows"

	_ "github.com/uptrace/bun"
	_ "github.com/uptrace/bun/dialect/sqlitedialect"
	_ "go.temporal.io/sdk/client"
)
