package endpoint

import (
	"secretariat/domain/document"
	"secretariat/domain/minutes"
	"secretariat/service"
	"secretariat/service/filing"
	"secretariat/service/minuting"
	"secretariat/service/searching"
)

// Minuting are the operations on minutes, decision records and what follows from them.
type Minuting struct {
	DraftMinutes      Endpoint[minuting.DraftInput, minuting.Drafted]
	ShowMinutes       Endpoint[minuting.ShowInput, minuting.View]
	ReviseMinutes     Endpoint[minuting.ReviseInput, minuting.Drafted]
	CirculateMinutes  Endpoint[minuting.CirculateInput, minutes.Minutes]
	SignMinutes       Endpoint[minuting.SignInput, minutes.Signature]
	RequestCorrection Endpoint[minuting.CorrectionInput, minutes.Correction]
	AnswerCorrection  Endpoint[minuting.AnswerInput, minuting.Answered]
	RedactMinutes     Endpoint[minuting.RedactInput, minuting.Redacted]
	UnredactMinutes   Endpoint[minuting.LiftInput, minutes.Redaction]
	ConfirmPublish    Endpoint[minuting.ConfirmInput, minutes.Minutes]
	PublishMinutes    Endpoint[minuting.PublishInput, minutes.Minutes]
	PublishedMinutes  Endpoint[minuting.PublishedInput, minuting.PublicMinutes]
	IssueDecisions    Endpoint[minuting.IssueInput, minuting.Issued]
	ListDecisions     Endpoint[minuting.DecisionsInput, service.Page[minuting.DecisionView]]
	ShowDecision      Endpoint[minuting.DecisionInput, minuting.DecisionView]
	SupersedeDecision Endpoint[minuting.SupersedeInput, minutes.Decision]
	AddAction         Endpoint[minuting.ActionInput, minutes.Action]
	ReportAction      Endpoint[minuting.ReportInput, minutes.Action]
	ListActions       Endpoint[minuting.ActionsInput, service.Page[minuting.ActionView]]
}

func minutingOf(s *minuting.Service, mw Middlewares) Minuting {
	return Minuting{
		DraftMinutes:      New("minutes.draft", s.Draft, mw),
		ShowMinutes:       New("minutes.show", s.Show, mw),
		ReviseMinutes:     New("minutes.revise", s.Revise, mw),
		CirculateMinutes:  New("minutes.circulate", s.Circulate, mw),
		SignMinutes:       New("minutes.sign", s.Sign, mw),
		RequestCorrection: New("minutes.request_correction", s.RequestCorrection, mw),
		AnswerCorrection:  New("minutes.answer_correction", s.AnswerCorrection, mw),
		RedactMinutes:     New("minutes.redact", s.Redact, mw),
		UnredactMinutes:   New("minutes.unredact", s.Unredact, mw),
		ConfirmPublish:    New("minutes.confirm_publish", s.ConfirmPublish, mw),
		PublishMinutes:    New("minutes.publish", s.Publish, mw),
		PublishedMinutes:  New("minutes.published", s.Published, mw),
		IssueDecisions:    New("decision.issue", s.Issue, mw),
		ListDecisions:     New("decision.list", s.Decisions, mw),
		ShowDecision:      New("decision.show", s.Decision, mw),
		SupersedeDecision: New("decision.supersede", s.Supersede, mw),
		AddAction:         New("action.add", s.AddAction, mw),
		ReportAction:      New("action.report", s.ReportAction, mw),
		ListActions:       New("action.list", s.Actions, mw),
	}
}

// Filing are the operations on documents and the recountable record.
type Filing struct {
	ListDocuments Endpoint[filing.ListInput, service.Page[document.Document]]
	ReadDocument  Endpoint[filing.ReadInput, filing.Content]
	ReadRecord    Endpoint[filing.RecordInput, document.Record]
	ReadBundle    Endpoint[filing.RecordInput, filing.Archive]
	OrderBooklet  Endpoint[filing.OrderInput, document.Booklet]
	ShowBooklet   Endpoint[filing.BookletInput, filing.ShownBooklet]
	ReadBooklet   Endpoint[filing.BookletInput, filing.BookletContent]
}

func filingOf(s *filing.Service, mw Middlewares) Filing {
	return Filing{
		ListDocuments: New("document.list", s.List, mw),
		ReadDocument:  New("document.read", s.Read, mw),
		ReadRecord:    New("record.read", s.Record, mw),
		ReadBundle:    New("record.bundle", s.Archive, mw),
		OrderBooklet:  New("booklet.order", s.OrderBooklet, mw),
		ShowBooklet:   New("booklet.show", s.ShowBooklet, mw),
		ReadBooklet:   New("booklet.read", s.ReadBooklet, mw),
	}
}

// Searching is the search of the public record.
type Searching struct {
	SearchRecord Endpoint[searching.SearchInput, service.Page[searching.Hit]]
}

func searchingOf(s *searching.Service, mw Middlewares) Searching {
	return Searching{SearchRecord: New("record.search", s.Search, mw)}
}
