package workflows

import (
	_ "net/http"

	_ "secretariat/domain/meeting"
	_ "secretariat/service/convening"
	_ "secretariat/store"
	_ "secretariat/transport/endpoint"

	_ "go.temporal.io/api/enums/v1"
	_ "go.temporal.io/sdk/workflow"
	_ "go.temporal.io/server/temporal"
)
