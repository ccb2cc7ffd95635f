package endpoint

import (
	"secretariat/domain/meeting"
	"secretariat/service"
	"secretariat/service/balloting"
	"secretariat/service/presiding"
)

// Presiding are the operations on a meeting under way.
type Presiding struct {
	OpenMeeting       Endpoint[presiding.OpenInput, presiding.Act]
	Warn              Endpoint[presiding.MeetingInput, presiding.Act]
	Suspend           Endpoint[presiding.SuspendInput, presiding.Act]
	Resume            Endpoint[presiding.MeetingInput, presiding.Act]
	Adjourn           Endpoint[presiding.MeetingInput, presiding.Act]
	ShowCourse        Endpoint[presiding.MeetingInput, presiding.Course]
	WatchMeeting      Endpoint[presiding.MeetingInput, presiding.Mark]
	Enter             Endpoint[presiding.EnterInput, presiding.Act]
	Leave             Endpoint[presiding.LeaveInput, presiding.Act]
	VoidPresence      Endpoint[presiding.StayInput, presiding.Act]
	ReopenPresence    Endpoint[presiding.StayInput, presiding.Act]
	CountQuorum       Endpoint[presiding.MeetingInput, presiding.Quorum]
	SignPledge        Endpoint[presiding.PledgeInput, presiding.Act]
	DeclareInterest   Endpoint[presiding.DeclareInput, presiding.Act]
	AssertRecusal     Endpoint[presiding.AssertInput, presiding.Act]
	Challenge         Endpoint[presiding.ChallengeInput, presiding.Act]
	ListRecusals      Endpoint[presiding.MeetingInput, service.Page[meeting.Recusal]]
	TableItem         Endpoint[presiding.ItemInput, presiding.Act]
	DeferItem         Endpoint[presiding.ReasonInput, presiding.Act]
	ReturnItem        Endpoint[presiding.ReasonInput, presiding.Act]
	ReceiveItem       Endpoint[presiding.ItemInput, presiding.Act]
	AdviseItem        Endpoint[presiding.TextInput, presiding.Act]
	AddCondition      Endpoint[presiding.TextInput, presiding.Act]
	ProposeAmendment  Endpoint[presiding.ProposeInput, presiding.Act]
	ListAmendments    Endpoint[presiding.AmendmentsInput, service.Page[meeting.Amendment]]
	WithdrawAmendment Endpoint[presiding.WithdrawInput, presiding.Act]
	RecordStatement   Endpoint[presiding.RecordInput, presiding.Recorded]
	CorrectStatement  Endpoint[presiding.CorrectInput, presiding.Recorded]
}

func presidingOf(s *presiding.Service, mw Middlewares) Presiding {
	return Presiding{
		OpenMeeting:       New("meeting.open", s.Open, mw),
		Warn:              New("meeting.warn", s.Warn, mw),
		Suspend:           New("meeting.suspend", s.Suspend, mw),
		Resume:            New("meeting.resume", s.Resume, mw),
		Adjourn:           New("meeting.adjourn", s.Adjourn, mw),
		ShowCourse:        New("meeting.course", s.Course, mw),
		WatchMeeting:      New("meeting.watch", s.Watch, mw),
		Enter:             New("presence.enter", s.Enter, mw),
		Leave:             New("presence.leave", s.Leave, mw),
		VoidPresence:      New("presence.void", s.VoidPresence, mw),
		ReopenPresence:    New("presence.reopen", s.ReopenPresence, mw),
		CountQuorum:       New("meeting.quorum", s.Quorum, mw),
		SignPledge:        New("pledge.sign", s.Pledge, mw),
		DeclareInterest:   New("interest.declare", s.Declare, mw),
		AssertRecusal:     New("recusal.assert", s.Assert, mw),
		Challenge:         New("recusal.challenge", s.Challenge, mw),
		ListRecusals:      New("recusal.list", s.Recusals, mw),
		TableItem:         New("item.table", s.Table, mw),
		DeferItem:         New("item.defer", s.Defer, mw),
		ReturnItem:        New("item.return", s.Return, mw),
		ReceiveItem:       New("item.receive", s.Receive, mw),
		AdviseItem:        New("item.advise", s.Advise, mw),
		AddCondition:      New("item.condition", s.Condition, mw),
		ProposeAmendment:  New("amendment.propose", s.Propose, mw),
		ListAmendments:    New("amendment.list", s.Amendments, mw),
		WithdrawAmendment: New("amendment.withdraw", s.WithdrawAmendment, mw),
		RecordStatement:   New("statement.record", s.Record, mw),
		CorrectStatement:  New("statement.correct", s.Correct, mw),
	}
}

// Balloting are the operations on votes.
type Balloting struct {
	OpenBallot  Endpoint[balloting.OpenInput, balloting.Opened]
	CastVote    Endpoint[balloting.CastInput, balloting.Receipt]
	RecordHands Endpoint[balloting.RecordInput, balloting.Recorded]
	CloseBallot Endpoint[balloting.CloseInput, balloting.Outcome]
	VoidBallot  Endpoint[balloting.VoidInput, balloting.Voided]
	ShowBallot  Endpoint[balloting.ShowInput, balloting.View]
	ListBallots Endpoint[balloting.ListInput, service.Page[balloting.View]]
}

func ballotingOf(s *balloting.Service, mw Middlewares) Balloting {
	return Balloting{
		OpenBallot:  New("ballot.open", s.Open, mw),
		CastVote:    New("ballot.cast", s.Cast, mw),
		RecordHands: New("ballot.record", s.Record, mw),
		CloseBallot: New("ballot.close", s.Close, mw),
		VoidBallot:  New("ballot.void", s.Void, mw),
		ShowBallot:  New("ballot.show", s.Show, mw),
		ListBallots: New("ballot.list", s.List, mw),
	}
}
