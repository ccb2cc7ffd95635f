package jsonapi

import "secretariat/transport/endpoint"

// Routes is the table of the API.
func Routes(s endpoint.Set) []Route {
	return nil
}
