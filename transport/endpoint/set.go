package endpoint

// Set holds every operation, one line each; the JSON API and the pages take them from here.
type Set struct{}
