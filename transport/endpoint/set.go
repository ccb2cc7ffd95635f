package endpoint

import (
	"secretariat/domain"
	"secretariat/domain/committee"
	domainidentity "secretariat/domain/identity"
	"secretariat/service"
	"secretariat/service/auditing"
	"secretariat/service/identity"
	"secretariat/service/seating"
)

// Services are the use cases the endpoints are made of.
type Services struct {
	Identity *identity.Service
	Seating  *seating.Service
	Auditing *auditing.Service
}

// Set holds every operation, one line each; the JSON API and the pages take them from here.
type Set struct {
	OpenSession    Endpoint[identity.OpenSessionInput, identity.Session]
	CloseSession   Endpoint[identity.CloseSessionInput, identity.Done]
	ShowSession    Endpoint[identity.ShowSessionInput, identity.Me]
	ChangePassword Endpoint[identity.PasswordInput, identity.Done]
	CreateAccount  Endpoint[identity.CreateAccountInput, domainidentity.Account]
	ListAccounts   Endpoint[identity.ListAccountsInput, service.Page[domainidentity.Account]]
	UpdateAccount  Endpoint[identity.UpdateAccountInput, domainidentity.Account]
	AssignStaff    Endpoint[identity.AssignStaffInput, domainidentity.Assignment]

	FoundCommittee    Endpoint[seating.FoundInput, committee.Committee]
	ReviseCommittee   Endpoint[seating.ReviseInput, committee.Committee]
	ActivateCommittee Endpoint[seating.StateInput, seating.Activated]
	DissolveCommittee Endpoint[seating.StateInput, committee.Committee]
	ListCommittees    Endpoint[seating.ListInput, service.Page[committee.Committee]]
	ShowCommittee     Endpoint[seating.ShowInput, seating.View]
	CheckCommittee    Endpoint[seating.ShowInput, seating.Findings]
	AddSeat           Endpoint[seating.AddSeatInput, committee.Seat]
	Appoint           Endpoint[seating.AppointInput, seating.Appointed]
	EndMember         Endpoint[seating.EndInput, committee.Member]

	ListAudit Endpoint[auditing.ListInput, service.Page[domain.AuditEntry]]
}

// NewSet makes the endpoints of the services inside the middleware.
func NewSet(s Services, mw Middlewares) Set {
	var set Set
	set.people(s, mw)
	return set
}

func (set *Set) people(s Services, mw Middlewares) {
	set.OpenSession = New("session.open", s.Identity.OpenSession, mw)
	set.CloseSession = New("session.close", s.Identity.CloseSession, mw)
	set.ShowSession = New("session.show", s.Identity.ShowSession, mw)
	set.ChangePassword = New("account.password", s.Identity.ChangePassword, mw)
	set.CreateAccount = New("account.create", s.Identity.CreateAccount, mw)
	set.ListAccounts = New("account.list", s.Identity.ListAccounts, mw)
	set.UpdateAccount = New("account.update", s.Identity.UpdateAccount, mw)
	set.AssignStaff = New("staff.assign", s.Identity.AssignStaff, mw)
	set.FoundCommittee = New("committee.found", s.Seating.Found, mw)
	set.ReviseCommittee = New("committee.revise", s.Seating.Revise, mw)
	set.ActivateCommittee = New("committee.activate", s.Seating.Activate, mw)
	set.DissolveCommittee = New("committee.dissolve", s.Seating.Dissolve, mw)
	set.ListCommittees = New("committee.list", s.Seating.List, mw)
	set.ShowCommittee = New("committee.show", s.Seating.Show, mw)
	set.CheckCommittee = New("committee.check", s.Seating.Check, mw)
	set.AddSeat = New("seat.add", s.Seating.AddSeat, mw)
	set.Appoint = New("member.appoint", s.Seating.Appoint, mw)
	set.EndMember = New("member.end", s.Seating.End, mw)
	set.ListAudit = New("audit.list", s.Auditing.List, mw)
}
