package balloting

import (
	_ "context"
	_ "net/http"

	_ "secretariat/domain/ballot"
	_ "secretariat/internal/testkit"
	_ "secretariat/service"
	_ "secretariat/service/convening"
	_ "secretariat/store"

	_ "github.com/go-kit/kit/endpoint"
	_ "github.com/uptrace/bun"
	_ "go.temporal.io/sdk/workflow"
)
