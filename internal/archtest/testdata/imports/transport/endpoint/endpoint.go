package endpoint

import (
	_ "net/http"

	_ "secretariat/service/balloting"

	_ "github.com/go-kit/kit/endpoint"
)
