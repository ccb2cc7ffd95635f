package endpoint

import (
	"secretariat/domain/alliance"
	"secretariat/service"
	"secretariat/service/consulting"
)

// Consulting are the operations on consultations and on what is said to them.
type Consulting struct {
	DraftConsultation    Endpoint[consulting.DraftInput, alliance.Consultation]
	ReviseConsultation   Endpoint[consulting.ReviseInput, alliance.Consultation]
	OpenConsultation     Endpoint[consulting.ActInput, alliance.Consultation]
	MoveConsultation     Endpoint[consulting.MoveInput, alliance.Consultation]
	WithdrawConsultation Endpoint[consulting.WithdrawInput, alliance.Consultation]
	RecordHearing        Endpoint[consulting.RecordInput, alliance.Consultation]
	FinishConsultation   Endpoint[consulting.ActInput, alliance.Consultation]
	StandConsultation    Endpoint[consulting.CaseInput, consulting.Standing]
	ListConsultations    Endpoint[consulting.ListInput, service.Page[alliance.Consultation]]
	ShowConsultation     Endpoint[consulting.ShowInput, consulting.View]
	ShowDigest           Endpoint[consulting.DigestInput, consulting.Digest]
	PrintDigest          Endpoint[consulting.PrintInput, consulting.Printed]
	SaveOpinion          Endpoint[consulting.SaveInput, consulting.Saved]
	SubmitOpinion        Endpoint[consulting.SaveInput, consulting.Saved]
	TakeBackOpinion      Endpoint[consulting.TakeBackInput, alliance.Submission]
	MyOpinions           Endpoint[consulting.MineInput, consulting.Mine]
	GiveOpinion          Endpoint[consulting.GiveInput, consulting.Receipt]
	ListOpinions         Endpoint[consulting.OpinionsInput, service.Page[consulting.Given]]
	SignUpSpeaker        Endpoint[consulting.SignUpInput, consulting.SignedUp]
	NameSpeaker          Endpoint[consulting.NameInput, alliance.Speaker]
	DecideSpeaker        Endpoint[consulting.ChooseInput, alliance.Speaker]
	AttachOpinion        Endpoint[consulting.AttachInput, alliance.OpinionFile]
	DetachOpinion        Endpoint[consulting.FileInput, alliance.OpinionFile]
	OpinionFile          Endpoint[consulting.FileInput, consulting.FileContent]
	TableDigest          Endpoint[consulting.TableInput, alliance.Consultation]
	LinkConsultation     Endpoint[consulting.LinkInput, alliance.Consultation]
	DisposeOpinion       Endpoint[consulting.DisposeInput, alliance.Opinion]
	MergeOpinion         Endpoint[consulting.MergeInput, alliance.Opinion]
	MaskOpinion          Endpoint[consulting.MaskInput, alliance.Opinion]
}

func consultingOf(s *consulting.Service, mw Middlewares) Consulting {
	return Consulting{
		DraftConsultation:    New("consultation.draft", s.Draft, mw),
		ReviseConsultation:   New("consultation.revise", s.Revise, mw),
		OpenConsultation:     New("consultation.open", s.Open, mw),
		MoveConsultation:     New("consultation.move", s.Move, mw),
		WithdrawConsultation: New("consultation.withdraw", s.Withdraw, mw),
		RecordHearing:        New("consultation.record", s.Record, mw),
		FinishConsultation:   New("consultation.finish", s.Finish, mw),
		StandConsultation:    New("consultation.stand", s.Stand, mw),
		ListConsultations:    New("consultation.list", s.List, mw),
		ShowConsultation:     New("consultation.show", s.Show, mw),
		ShowDigest:           New("consultation.digest", s.Digest, mw),
		PrintDigest:          New("consultation.print", s.Print, mw),
		SaveOpinion:          New("opinion.save", s.Save, mw),
		SubmitOpinion:        New("opinion.submit", s.Submit, mw),
		TakeBackOpinion:      New("opinion.take_back", s.TakeBack, mw),
		MyOpinions:           New("opinion.mine", s.Mine, mw),
		GiveOpinion:          New("opinion.give", s.Give, mw),
		ListOpinions:         New("opinion.list", s.Opinions, mw),
		SignUpSpeaker:        New("speaker.apply", s.SignUp, mw),
		NameSpeaker:          New("speaker.name", s.Name, mw),
		DecideSpeaker:        New("speaker.decide", s.Choose, mw),
		AttachOpinion:        New("opinion.attach", s.Attach, mw),
		DetachOpinion:        New("opinion.detach", s.Detach, mw),
		OpinionFile:          New("opinion.file", s.ReadFile, mw),
		TableDigest:          New("consultation.table", s.Table, mw),
		LinkConsultation:     New("consultation.link", s.Link, mw),
		DisposeOpinion:       New("opinion.dispose", s.Dispose, mw),
		MergeOpinion:         New("opinion.merge", s.Merge, mw),
		MaskOpinion:          New("opinion.mask", s.Mask, mw),
	}
}
