package jsonapi

import (
	"net/http"

	"secretariat/transport/edge"
	"secretariat/transport/endpoint"
)

// download makes the route of an operation that answers with a file. open takes the file out of the use case's answer.
func download[Req, Resp any](
	path string, e endpoint.Endpoint[Req, Resp], open func(Resp) edge.File, ko, en string,
) Route {
	r := describe(http.MethodGet, path, http.StatusOK, e, ko, en)
	r.Bytes = true
	r.handler = func(a *API) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
			in, err := bind[Req](req.Context(), req)
			if err != nil {
				a.fail(w, req, err)
				return
			}
			out, err := e.Call(req.Context(), in.(Req))
			if err != nil {
				a.fail(w, req, err)
				return
			}
			edge.Give(w, req, open(out))
		})
	}
	return r
}
