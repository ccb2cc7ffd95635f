package migrations

import (
	_ "embed"

	_ "secretariat/store"

	_ "github.com/uptrace/bun/migrate"
)
