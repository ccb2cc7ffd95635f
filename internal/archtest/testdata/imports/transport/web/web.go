package web

import (
	_ "html/template"

	_ "secretariat/domain/ballot"
	_ "secretariat/render/pdf"
	_ "secretariat/transport/endpoint"
	_ "secretariat/transport/jsonapi"

	_ "github.com/alexedwards/scs/v2"
)
