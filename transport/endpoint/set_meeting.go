package endpoint

import (
	"secretariat/domain/meeting"
	"secretariat/service"
	"secretariat/service/convening"
)

// Convening are the operations on a meeting before it opens, and on the calendar of the city.
type Convening struct {
	AddSpan       Endpoint[convening.AddSpanInput, meeting.Span]
	ListSpans     Endpoint[convening.ListSpansInput, service.Page[meeting.Span]]
	PlanMeeting   Endpoint[convening.PlanInput, meeting.Meeting]
	ReviseMeeting Endpoint[convening.ReviseInput, meeting.Meeting]
	CheckMeeting  Endpoint[convening.CheckInput, convening.Checked]
	Convene       Endpoint[convening.ConveneInput, convening.Convened]
	CancelMeeting Endpoint[convening.CancelInput, meeting.Meeting]
	ListMeetings  Endpoint[convening.ListInput, service.Page[convening.Summary]]
	ShowMeeting   Endpoint[convening.ShowInput, convening.View]
	StandCase     Endpoint[convening.StandInput, convening.Standing]
	AddItem       Endpoint[convening.AddItemInput, meeting.Item]
	ShowItem      Endpoint[convening.ShowItemInput, convening.ItemView]
	ReviseItem    Endpoint[convening.ReviseItemInput, meeting.Item]
	MoveItem      Endpoint[convening.MoveItemInput, convening.Moved]
	RestoreItem   Endpoint[convening.RestoreItemInput, meeting.Item]
	RestoreDate   Endpoint[convening.DateInput, meeting.Candidate]
	RemoveSpan    Endpoint[convening.SpanInput, meeting.Span]
	WithdrawItem  Endpoint[convening.WithdrawItemInput, meeting.Item]
	AddPaper      Endpoint[convening.AddPaperInput, meeting.Paper]
	ReadPaper     Endpoint[convening.ReadPaperInput, convening.PaperContent]
	FreezePapers  Endpoint[convening.FreezePapersInput, meeting.Meeting]
	AnswerNotice  Endpoint[convening.AnswerInput, meeting.Response]
	AppointProxy  Endpoint[convening.ProxyInput, meeting.Proxy]
	PreviewNotice Endpoint[convening.PreviewInput, convening.Preview]
	ProposeDates  Endpoint[convening.ProposeDatesInput, convening.ProposedDates]
	ListDates     Endpoint[convening.ListDatesInput, convening.DatePoll]
	MyPolls       Endpoint[convening.MyPollsInput, service.Page[convening.MyPoll]]
	AnswerDates   Endpoint[convening.AnswerDatesInput, convening.AnsweredDates]
	ChooseDate    Endpoint[convening.DateInput, convening.ChosenDate]
	WithdrawDate  Endpoint[convening.DateInput, meeting.Candidate]
	Remind        Endpoint[convening.RemindInput, convening.Reminded]
	ListOwing     Endpoint[convening.OwingInput, convening.Owing]
}

func conveningOf(s *convening.Service, mw Middlewares) Convening {
	return Convening{
		AddSpan:       New("span.add", s.AddSpan, mw),
		ListSpans:     New("span.list", s.ListSpans, mw),
		PlanMeeting:   New("meeting.plan", s.Plan, mw),
		ReviseMeeting: New("meeting.revise", s.Revise, mw),
		CheckMeeting:  New("meeting.check", s.Check, mw),
		Convene:       New("meeting.convene", s.Convene, mw),
		CancelMeeting: New("meeting.cancel", s.Cancel, mw),
		ListMeetings:  New("meeting.list", s.List, mw),
		ShowMeeting:   New("meeting.show", s.Show, mw),
		StandCase:     New("case.stand", s.Stand, mw),
		AddItem:       New("item.add", s.AddItem, mw),
		ShowItem:      New("item.show", s.ShowItem, mw),
		ReviseItem:    New("item.revise", s.ReviseItem, mw),
		MoveItem:      New("item.move", s.MoveItem, mw),
		RestoreItem:   New("item.restore", s.RestoreItem, mw),
		RestoreDate:   New("date.restore", s.RestoreDate, mw),
		RemoveSpan:    New("span.remove", s.RemoveSpan, mw),
		WithdrawItem:  New("item.withdraw", s.WithdrawItem, mw),
		AddPaper:      New("paper.add", s.AddPaper, mw),
		ReadPaper:     New("paper.read", s.ReadPaper, mw),
		FreezePapers:  New("papers.freeze", s.FreezePapers, mw),
		AnswerNotice:  New("notice.answer", s.Answer, mw),
		AppointProxy:  New("proxy.appoint", s.AppointProxy, mw),
		PreviewNotice: New("notice.preview", s.PreviewNotice, mw),
		ProposeDates:  New("date.propose", s.ProposeDates, mw),
		ListDates:     New("date.list", s.ListDates, mw),
		MyPolls:       New("date.mine", s.MyPolls, mw),
		AnswerDates:   New("date.answer", s.AnswerDates, mw),
		ChooseDate:    New("date.choose", s.ChooseDate, mw),
		WithdrawDate:  New("date.withdraw", s.WithdrawDate, mw),
		Remind:        New("reminder.send", s.Remind, mw),
		ListOwing:     New("reminder.list", s.Owing, mw),
	}
}
