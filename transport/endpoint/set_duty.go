package endpoint

import (
	"secretariat/service"
	"secretariat/service/sweeping"
)

// Sweeping are the operations on open cases, on what committees owe and on what went wrong.
type Sweeping struct {
	ListCases       Endpoint[sweeping.OpenInput, sweeping.OpenPage]
	ListDuties      Endpoint[sweeping.ListInput, sweeping.Duties]
	ListIncidents   Endpoint[sweeping.IncidentsInput, service.Page[sweeping.Incident]]
	ResolveIncident Endpoint[sweeping.ResolveInput, sweeping.Incident]
}

func sweepingOf(s *sweeping.Service, mw Middlewares) Sweeping {
	return Sweeping{
		ListCases:       New("case.list", s.Open, mw),
		ListDuties:      New("duty.list", s.List, mw),
		ListIncidents:   New("incident.list", s.Incidents, mw),
		ResolveIncident: New("incident.resolve", s.Resolve, mw),
	}
}
