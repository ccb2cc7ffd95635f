package meeting

import (
	_ "context"
	_ "database/sql"
	_ "log/slog"
	_ "math/big"
	_ "net/http"
	_ "os"
	_ "time"

	_ "secretariat/domain"
	_ "secretariat/domain/ballot"
	_ "secretariat/domain/calendar"
	_ "secretariat/domain/policy"
	_ "secretariat/policies"
	_ "secretariat/service"

	_ "github.com/google/uuid"
)
