package endpoint

import (
	"secretariat/domain/committee"
	account "secretariat/domain/identity"
	"secretariat/service"
	"secretariat/service/auditing"
	"secretariat/service/identity"
	"secretariat/service/seating"
)

// Identity are the operations on accounts and sessions, and the audit trail.
type Identity struct {
	OpenSession    Endpoint[identity.OpenSessionInput, identity.Session]
	CloseSession   Endpoint[identity.CloseSessionInput, identity.Done]
	ShowSession    Endpoint[identity.ShowSessionInput, identity.Me]
	ChangePassword Endpoint[identity.PasswordInput, identity.Done]
	ConfirmSession Endpoint[identity.ConfirmSessionInput, identity.Session]
	Federate       Endpoint[identity.FederateInput, identity.Session]
	ListLinks      Endpoint[identity.ListLinksInput, identity.Links]
	DropLink       Endpoint[identity.DropLinkInput, identity.Done]
	AllowLink      Endpoint[identity.DropLinkInput, identity.Done]
	ExtendSession  Endpoint[identity.ExtendSessionInput, identity.Extended]
	ShowFactor     Endpoint[identity.ShowFactorInput, identity.FactorView]
	BeginFactor    Endpoint[identity.BeginFactorInput, identity.Done]
	ConfirmFactor  Endpoint[identity.CodeInput, identity.Recovery]
	DropFactor     Endpoint[identity.CodeInput, identity.Done]
	ResetFactor    Endpoint[identity.ResetFactorInput, identity.Done]
	Invite         Endpoint[identity.InviteInput, account.Account]
	InviteAgain    Endpoint[identity.InviteAgainInput, identity.Done]
	LostPassword   Endpoint[identity.LostInput, identity.Done]
	ShowInvitation Endpoint[identity.ShowInvitationInput, identity.Opened]
	Accept         Endpoint[identity.AcceptInput, identity.Done]
	CreateAccount  Endpoint[identity.CreateAccountInput, account.Account]
	ListAccounts   Endpoint[identity.ListAccountsInput, service.Page[account.Account]]
	UpdateAccount  Endpoint[identity.UpdateAccountInput, account.Account]
	AssignStaff    Endpoint[identity.AssignStaffInput, account.Assignment]
	ListAudit      Endpoint[auditing.ListInput, service.Page[auditing.Entry]]
}

func identityOf(s Services, mw Middlewares) Identity {
	return Identity{
		OpenSession:    New("session.open", s.Identity.OpenSession, mw),
		CloseSession:   New("session.close", s.Identity.CloseSession, mw),
		ShowSession:    New("session.show", s.Identity.ShowSession, mw),
		ChangePassword: New("account.password", s.Identity.ChangePassword, mw),
		ConfirmSession: New("session.confirm", s.Identity.ConfirmSession, mw),
		Federate:       New("session.federate", s.Identity.Federate, mw),
		ListLinks:      New("link.list", s.Identity.ListLinks, mw),
		DropLink:       New("link.drop", s.Identity.DropLink, mw),
		AllowLink:      New("link.allow", s.Identity.AllowLink, mw),
		ExtendSession:  New("session.extend", s.Identity.ExtendSession, mw),
		ShowFactor:     New("factor.show", s.Identity.ShowFactor, mw),
		BeginFactor:    New("factor.begin", s.Identity.BeginFactor, mw),
		ConfirmFactor:  New("factor.confirm", s.Identity.ConfirmFactor, mw),
		DropFactor:     New("factor.drop", s.Identity.DropFactor, mw),
		ResetFactor:    New("factor.reset", s.Identity.ResetFactor, mw),
		Invite:         New("account.invite", s.Identity.Invite, mw),
		InviteAgain:    New("account.invite_again", s.Identity.InviteAgain, mw),
		LostPassword:   New("account.lost", s.Identity.Lost, mw),
		ShowInvitation: New("invitation.show", s.Identity.ShowInvitation, mw),
		Accept:         New("invitation.accept", s.Identity.Accept, mw),
		CreateAccount:  New("account.create", s.Identity.CreateAccount, mw),
		ListAccounts:   New("account.list", s.Identity.ListAccounts, mw),
		UpdateAccount:  New("account.update", s.Identity.UpdateAccount, mw),
		AssignStaff:    New("staff.assign", s.Identity.AssignStaff, mw),
		ListAudit:      New("audit.list", s.Auditing.List, mw),
	}
}

// Seating are the operations on committees, seats and members.
type Seating struct {
	FoundCommittee    Endpoint[seating.FoundInput, committee.Committee]
	ReviseCommittee   Endpoint[seating.ReviseInput, committee.Committee]
	ActivateCommittee Endpoint[seating.StateInput, seating.Activated]
	DissolveCommittee Endpoint[seating.StateInput, committee.Committee]
	ListCommittees    Endpoint[seating.ListInput, service.Page[committee.Committee]]
	ShowCommittee     Endpoint[seating.ShowInput, seating.View]
	CheckCommittee    Endpoint[seating.ShowInput, seating.Findings]
	ListSeats         Endpoint[seating.ShowInput, seating.Register]
	Foresee           Endpoint[seating.ForeseeInput, seating.Foresight]
	ListAttendance    Endpoint[seating.ShowInput, seating.AttendanceList]
	ShowHistory       Endpoint[seating.HistoryInput, seating.History]
	ListCandidates    Endpoint[seating.CandidatesInput, service.Page[seating.Candidate]]
	AddSeat           Endpoint[seating.AddSeatInput, committee.Seat]
	Appoint           Endpoint[seating.AppointInput, seating.Appointed]
	EndMember         Endpoint[seating.EndInput, committee.Member]
}

func seatingOf(s Services, mw Middlewares) Seating {
	return Seating{
		FoundCommittee:    New("committee.found", s.Seating.Found, mw),
		ReviseCommittee:   New("committee.revise", s.Seating.Revise, mw),
		ActivateCommittee: New("committee.activate", s.Seating.Activate, mw),
		DissolveCommittee: New("committee.dissolve", s.Seating.Dissolve, mw),
		ListCommittees:    New("committee.list", s.Seating.List, mw),
		ShowCommittee:     New("committee.show", s.Seating.Show, mw),
		CheckCommittee:    New("committee.check", s.Seating.Check, mw),
		ListSeats:         New("seat.list", s.Seating.Seats, mw),
		Foresee:           New("committee.foresee", s.Seating.Foresee, mw),
		ListAttendance:    New("attendance.list", s.Seating.Attendance, mw),
		ShowHistory:       New("member.history", s.Seating.History, mw),
		ListCandidates:    New("member.candidates", s.Seating.Candidates, mw),
		AddSeat:           New("seat.add", s.Seating.AddSeat, mw),
		Appoint:           New("member.appoint", s.Seating.Appoint, mw),
		EndMember:         New("member.end", s.Seating.End, mw),
	}
}
