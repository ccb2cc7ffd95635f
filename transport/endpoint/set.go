package endpoint

import (
	domainidentity "secretariat/domain/identity"
	"secretariat/service"
	"secretariat/service/identity"
)

// Services are the use cases the endpoints are made of.
type Services struct {
	Identity *identity.Service
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
}

// NewSet makes the endpoints of the services inside the middleware.
func NewSet(s Services, mw Middlewares) Set {
	return Set{
		OpenSession:    New("session.open", s.Identity.OpenSession, mw),
		CloseSession:   New("session.close", s.Identity.CloseSession, mw),
		ShowSession:    New("session.show", s.Identity.ShowSession, mw),
		ChangePassword: New("account.password", s.Identity.ChangePassword, mw),
		CreateAccount:  New("account.create", s.Identity.CreateAccount, mw),
		ListAccounts:   New("account.list", s.Identity.ListAccounts, mw),
		UpdateAccount:  New("account.update", s.Identity.UpdateAccount, mw),
		AssignStaff:    New("staff.assign", s.Identity.AssignStaff, mw),
	}
}
