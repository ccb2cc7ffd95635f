package endpoint

import (
	"secretariat/domain/alliance"
	"secretariat/service"
	"secretariat/service/partnering"
)

// Partnering are the operations on the alliance's register.
type Partnering struct {
	FoundAlliance        Endpoint[partnering.FoundInput, alliance.Alliance]
	ReviseAlliance       Endpoint[partnering.ReviseInput, alliance.Alliance]
	ListAlliances        Endpoint[partnering.ListInput, service.Page[alliance.Alliance]]
	ShowAlliance         Endpoint[partnering.ShowInput, partnering.View]
	AddDivision          Endpoint[partnering.AddDivisionInput, alliance.Division]
	AssignDivision       Endpoint[partnering.AssignInput, partnering.Done]
	ApplyOrganisation    Endpoint[partnering.ApplyInput, partnering.Done]
	RegisterOrganisation Endpoint[partnering.ApplyInput, alliance.Organisation]
	ImportOrganisations  Endpoint[partnering.ImportInput, partnering.Imported]
	DecideOrganisation   Endpoint[partnering.DecideInput, alliance.Organisation]
	ReviseOrganisation   Endpoint[partnering.ReviseOrganisationInput, alliance.Organisation]
	LeaveOrganisation    Endpoint[partnering.LeaveInput, alliance.Organisation]
	ListOrganisations    Endpoint[partnering.OrganisationsInput, service.Page[alliance.Organisation]]
	ShowOrganisation     Endpoint[partnering.ShowOrganisationInput, partnering.OrganisationView]
	MyOrganisations      Endpoint[partnering.MineInput, partnering.Mine]
	UninvitePerson       Endpoint[partnering.UninviteInput, partnering.Done]
	AddPerson            Endpoint[partnering.AddPersonInput, partnering.Done]
	ChangePerson         Endpoint[partnering.ChangePersonInput, partnering.Done]
}

func partneringOf(s *partnering.Service, mw Middlewares) Partnering {
	return Partnering{
		FoundAlliance:        New("alliance.found", s.Found, mw),
		ReviseAlliance:       New("alliance.revise", s.Revise, mw),
		ListAlliances:        New("alliance.list", s.List, mw),
		ShowAlliance:         New("alliance.show", s.Show, mw),
		AddDivision:          New("division.add", s.AddDivision, mw),
		AssignDivision:       New("division.assign", s.Assign, mw),
		ApplyOrganisation:    New("organisation.apply", s.Apply, mw),
		RegisterOrganisation: New("organisation.register", s.Register, mw),
		ImportOrganisations:  New("organisation.import", s.Import, mw),
		DecideOrganisation:   New("organisation.decide", s.Decide, mw),
		ReviseOrganisation:   New("organisation.revise", s.ReviseOrganisation, mw),
		LeaveOrganisation:    New("organisation.leave", s.Leave, mw),
		ListOrganisations:    New("organisation.list", s.Organisations, mw),
		ShowOrganisation:     New("organisation.show", s.ShowOrganisation, mw),
		MyOrganisations:      New("organisation.mine", s.Mine, mw),
		UninvitePerson:       New("person.uninvite", s.Uninvite, mw),
		AddPerson:            New("person.add", s.AddPerson, mw),
		ChangePerson:         New("person.change", s.ChangePerson, mw),
	}
}
