package web

import (
	"slices"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/service/balloting"
	"secretariat/service/convening"
	"secretariat/service/minuting"
	"secretariat/service/presiding"
)

// desk adds what members do: answer, declare, attend, vote, sign; and the page of a meeting, which all read.
func desk(s *Site) {
	done("answered", "pledged", "declared", "entered", "left", "signed", "asked")
	s.page("/desk", "desk", s.deskHome)
	s.page("/meetings/{meeting}", "meeting", s.deskMeeting)
	s.page("/ballots/{ballot}", "ballot", s.deskBallot)
	s.page("/meetings/{meeting}/sign", "sign", s.deskSign)
	s.confirmation()
	act(s, "/meetings/{meeting}/answer", s.set.AnswerNotice,
		func(v *Visit, in convening.AnswerInput, _ meeting.Response) string {
			return meetingPath(in.Meeting, "answered")
		})
	act(s, "/meetings/{meeting}/pledge", s.set.SignPledge,
		func(v *Visit, in presiding.PledgeInput, _ presiding.Act) string {
			return meetingPath(in.Meeting, "pledged")
		})
	act(s, "/items/{item}/interest", s.set.DeclareInterest,
		func(_ *Visit, _ presiding.DeclareInput, out presiding.Act) string {
			return meetingPath(out.Meeting, "declared")
		})
	act(s, "/meetings/{meeting}/enter", s.set.Enter,
		func(v *Visit, in presiding.EnterInput, out presiding.Act) string {
			return v.undoable(meetingPath(in.Meeting, "entered"), presencePath(out, "void"))
		})
	act(s, "/meetings/{meeting}/leave", s.set.Leave,
		func(v *Visit, in presiding.LeaveInput, out presiding.Act) string {
			return v.undoable(meetingPath(in.Meeting, "left"), presencePath(out, "reopen"))
		})
	act(s, "/ballots/{ballot}/cast", s.set.CastVote,
		func(_ *Visit, in balloting.CastInput, _ balloting.Receipt) string {
			return "/ballots/" + string(in.Ballot)
		})
	act(s, "/meetings/{meeting}/sign/{minutes}", s.set.SignMinutes,
		func(v *Visit, _ minuting.SignInput, _ minutes.Signature) string { return signPath(v, "signed") })
	act(s, "/meetings/{meeting}/correct/{minutes}", s.set.RequestCorrection,
		func(v *Visit, _ minuting.CorrectionInput, _ minutes.Correction) string { return signPath(v, "asked") })
}

func meetingPath(id domain.ID, done string) string {
	return "/meetings/" + string(id) + "?done=" + done
}

func signPath(v *Visit, done string) string {
	return "/meetings/" + v.r.PathValue("meeting") + "/sign?done=" + done
}

// deskMeetingPage is the page of a meeting as far as the visitor may see it.
type deskMeetingPage struct {
	M       convening.View
	Stages  []deskStage
	Next    *convening.Deadline // the next thing that is due
	Open    []balloting.View    // votes that the visitor may take part in or watch
	House   *presiding.Quorum   // for members and staff, once the meeting gathers
	Present bool                // the visitor is recorded as present
	Gathers bool                // people may come in now
	MaySign bool                // minutes wait for the visitor's signature
}

// deskStage is one step of the process, as the line on top of the page shows it.
type deskStage struct {
	Stage   convening.Stage
	Present bool
}

// Stages of a meeting that is held, and of one in writing, in their order.
var (
	heldStages = []convening.Stage{
		convening.StageConvening, convening.StageNotice, convening.StageAnswering, convening.StageSession,
		convening.StageMinutes, convening.StageSigning, convening.StagePublishing, convening.StageFollowUp, convening.StageDone,
	}
	writtenStages = []convening.Stage{
		convening.StageConvening, convening.StageNotice, convening.StageWrittenWindow, convening.StageMinutes,
		convening.StageSigning, convening.StagePublishing, convening.StageFollowUp, convening.StageDone,
	}
)

func (s *Site) deskMeeting(v *Visit) (any, error) {
	m, err := s.set.ShowMeeting.Call(v.ctx(), convening.ShowInput{Meeting: v.id("meeting")})
	if err != nil {
		return nil, err
	}
	p := deskMeetingPage{M: m, Gathers: gathers(m.State) && m.Mode != meeting.Written}
	if err := s.deskStand(v, &p); err != nil {
		return nil, err
	}
	if err := s.deskHouse(v, &p); err != nil {
		return nil, err
	}
	p.MaySign, err = s.deskMaySign(v, m.Summary, m.Committee)
	return p, err
}

// Readable reports whether there is a paper that the visitor may read.
func (p deskMeetingPage) Readable() bool {
	return slices.ContainsFunc(p.M.Agenda, func(c convening.Card) bool { return len(c.Papers) > 0 })
}

func gathers(state meeting.State) bool {
	return state == meeting.Convened || state == meeting.Open || state == meeting.Suspended
}

// deskStand adds the stage line and what is due, for who may know.
func (s *Site) deskStand(v *Visit, p *deskMeetingPage) error {
	if !v.May("case.stand", p.M.Committee) {
		return nil
	}
	at, err := s.set.StandCase.Call(v.ctx(), convening.StandInput{Meeting: p.M.ID})
	if err != nil {
		return err
	}
	stages := heldStages
	if at.Mode == meeting.Written {
		stages = writtenStages
	}
	for _, stage := range stages {
		p.Stages = append(p.Stages, deskStage{stage, stage == at.Stage})
	}
	if len(at.Deadlines) > 0 {
		p.Next = &at.Deadlines[0]
	}
	return nil
}

// deskHouse adds who is there and which votes are open, for members and staff.
func (s *Site) deskHouse(v *Visit, p *deskMeetingPage) error {
	if !gathers(p.M.State) || !v.May("meeting.quorum", p.M.Committee) {
		return nil
	}
	house, err := s.set.CountQuorum.Call(v.ctx(), presiding.MeetingInput{Meeting: p.M.ID})
	if err != nil {
		return err
	}
	p.House = &house
	p.Present = slices.ContainsFunc(house.Seats, func(x presiding.Seat) bool {
		return p.M.Mine != nil && x.Member == p.M.Mine.Member && x.Via != ""
	})
	p.Open, err = s.openBallots(v, p.M.ID)
	return err
}

// openBallots are the votes of a meeting that are under way and that the visitor may see.
func (s *Site) openBallots(v *Visit, of domain.ID) ([]balloting.View, error) {
	all, err := s.set.ListBallots.Call(v.ctx(), balloting.ListInput{Meeting: of})
	return slices.DeleteFunc(all.Items, func(b balloting.View) bool { return b.State != ballot.Open }), err
}

// deskMaySign reports whether minutes of a meeting wait for the visitor's signature.
func (s *Site) deskMaySign(v *Visit, m convening.Summary, committee domain.ID) (bool, error) {
	if _, seated := v.Actor.Seat(committee); !seated || m.State != meeting.Adjourned {
		return false, nil
	}
	out, err := s.set.ShowMinutes.Call(v.ctx(), minuting.ShowInput{Meeting: m.ID})
	if domain.CodeOf(err) == domain.CodeNotFound {
		return false, nil
	}
	return out.MaySign, err
}

// Grounds are the grounds on which a member steps aside.
func (p deskMeetingPage) Grounds(v *Visit) []Option { return v.Options("recusal_ground") }

// Ways are the ways in which a meeting of this mode may be attended by the member in person.
func (p deskMeetingPage) Ways() []string {
	return map[meeting.Mode][]string{
		meeting.InPerson: {meeting.ViaRoom}, meeting.Remote: {meeting.ViaRemote},
		meeting.Mixed: {meeting.ViaRoom, meeting.ViaRemote},
	}[p.M.Mode]
}

// Answers are the answers that the notice of a meeting of this mode takes.
func (p deskMeetingPage) Answers(v *Visit) []Option {
	codes := map[meeting.Mode][]string{
		meeting.InPerson: {meeting.AnswerAttend, meeting.AnswerAbsent},
		meeting.Remote:   {meeting.AnswerRemote, meeting.AnswerAbsent},
		meeting.Mixed:    {meeting.AnswerAttend, meeting.AnswerRemote, meeting.AnswerAbsent},
	}[p.M.Mode]
	if len(codes) == 0 {
		return nil
	}
	return v.Options("answer", codes...)
}
