// Package edge holds what both faces of the service, the JSON API and the pages, do alike with HTTP: values from text, the
// status of an error, the address of who asks.
package edge

import (
	"net/http"

	"secretariat/domain"
)

// Statuses is the one map from codes to HTTP.
var Statuses = map[domain.Code]int{
	domain.CodeInvalid:         http.StatusUnprocessableEntity,
	domain.CodeUnauthenticated: http.StatusUnauthorized,
	domain.CodeForbidden:       http.StatusForbidden,
	domain.CodeNotFound:        http.StatusNotFound,
	domain.CodeConflict:        http.StatusConflict,
	domain.CodeStale:           http.StatusPreconditionFailed,
	domain.CodeRefused:         http.StatusUnprocessableEntity,
	domain.CodeTooLarge:        http.StatusRequestEntityTooLarge,
	domain.CodeLimited:         http.StatusTooManyRequests,
	domain.CodeUnavailable:     http.StatusServiceUnavailable,
	domain.CodeInternal:        http.StatusInternalServerError,
}

// keyStatuses are the errors of a request itself for which HTTP has a status of its own.
var keyStatuses = map[string]int{
	"request.malformed":    http.StatusBadRequest,
	"request.form":         http.StatusBadRequest,
	"idempotency.required": http.StatusBadRequest,
	"request.slow":         http.StatusRequestTimeout,
	"request.method":       http.StatusMethodNotAllowed,
	"request.media_type":   http.StatusUnsupportedMediaType,
}

// StatusOf is the HTTP status of an error.
func StatusOf(e *domain.Error) int {
	if status, ok := keyStatuses[e.Key]; ok {
		return status
	}
	return Statuses[e.Code]
}
