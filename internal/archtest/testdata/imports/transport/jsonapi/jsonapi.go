package jsonapi

import (
	_ "net/http"

	_ "secretariat/store"
	_ "secretariat/transport/endpoint"
	_ "secretariat/transport/web"
	_ "secretariat/workflows"

	_ "github.com/go-kit/kit/transport/http"
)
