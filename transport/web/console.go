package web

import (
	"net/url"
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/meeting"
	"secretariat/service/balloting"
	"secretariat/service/convening"
	"secretariat/service/presiding"
)

// session adds what the staff and the chair do at a meeting and after it: the console, the projector, the minutes.
func session(s *Site) {
	done("recorded")
	s.page("/meetings/{meeting}/console", "console", s.console)
	s.page("/meetings/{meeting}/projector", "projector", s.projector)
	consoleCourse(s)
	consoleItem(s)
	consoleVote(s)
	minutesPages(s)
}

// back leads to the page the form stood on, at the place of its area.
func back(v *Visit, area string) string {
	u, err := url.Parse(local(v.r.PostForm.Get(fromField)))
	if err != nil {
		return "/"
	}
	u.RawQuery, u.Fragment = "", area
	return u.String()
}

// consoleCourse adds the acts on the meeting as a whole, on who is there and on what is said.
func consoleCourse(s *Site) {
	onMeeting := func(v *Visit, _ presiding.MeetingInput, _ presiding.Act) string { return back(v, "course") }
	act(s, "/meetings/{meeting}/open", s.set.OpenMeeting,
		func(v *Visit, _ presiding.OpenInput, _ presiding.Act) string { return back(v, "course") })
	act(s, "/meetings/{meeting}/warn", s.set.Warn, onMeeting)
	act(s, "/meetings/{meeting}/suspend", s.set.Suspend,
		func(v *Visit, _ presiding.SuspendInput, _ presiding.Act) string { return back(v, "course") })
	act(s, "/meetings/{meeting}/resume", s.set.Resume, onMeeting)
	act(s, "/meetings/{meeting}/adjourn", s.set.Adjourn, onMeeting)
	act(s, "/meetings/{meeting}/presences", s.set.Enter,
		func(v *Visit, _ presiding.EnterInput, out presiding.Act) string {
			return cameOrLeft(v, "entered", out, "void")
		})
	act(s, "/meetings/{meeting}/departures", s.set.Leave,
		func(v *Visit, _ presiding.LeaveInput, out presiding.Act) string {
			return cameOrLeft(v, "left", out, "reopen")
		})
	actWith(s, "/meetings/{meeting}/statements", s.set.RecordStatement, s.speaker,
		func(v *Visit, _ presiding.RecordInput, _ presiding.Recorded) string { return back(v, "said") })
	act(s, "/statements/{statement}/correct", s.set.CorrectStatement,
		func(v *Visit, _ presiding.CorrectInput, _ presiding.Recorded) string { return back(v, "said") })
}

// speaker names who spoke by the name of the member, where the clerk has not written another.
func (s *Site) speaker(v *Visit, in *presiding.RecordInput) error {
	if in.Speaker != "" || in.Member == "" {
		return nil
	}
	house, err := s.set.CountQuorum.Call(v.ctx(), presiding.MeetingInput{Meeting: in.Meeting})
	for _, seat := range house.Seats {
		if seat.Member == in.Member {
			in.Speaker = seat.Name
		}
	}
	return err
}

// consoleItem adds the acts on an item.
func consoleItem(s *Site) {
	onItem := func(v *Visit, _ presiding.ItemInput, _ presiding.Act) string { return back(v, "item") }
	withReason := func(v *Visit, _ presiding.ReasonInput, _ presiding.Act) string { return back(v, "item") }
	withText := func(v *Visit, _ presiding.TextInput, _ presiding.Act) string { return back(v, "item") }
	act(s, "/items/{item}/table", s.set.TableItem, onItem)
	act(s, "/items/{item}/receive", s.set.ReceiveItem, onItem)
	act(s, "/items/{item}/advise", s.set.AdviseItem, withText)
	act(s, "/items/{item}/conditions", s.set.AddCondition, withText)
	act(s, "/items/{item}/defer", s.set.DeferItem, withReason)
	act(s, "/items/{item}/return", s.set.ReturnItem, withReason)
	act(s, "/items/{item}/amendments", s.set.ProposeAmendment,
		func(v *Visit, _ presiding.ProposeInput, _ presiding.Act) string { return back(v, "item") })
	act(s, "/amendments/{amendment}/withdraw", s.set.WithdrawAmendment,
		func(v *Visit, _ presiding.WithdrawInput, _ presiding.Act) string { return back(v, "item") })
	act(s, "/items/{item}/recusals", s.set.AssertRecusal,
		func(v *Visit, _ presiding.AssertInput, _ presiding.Act) string { return back(v, "house") })
	act(s, "/items/{item}/challenges", s.set.Challenge,
		func(v *Visit, _ presiding.ChallengeInput, _ presiding.Act) string { return back(v, "item") })
}

// consoleVote adds the acts on votes.
func consoleVote(s *Site) {
	act(s, "/items/{item}/ballots", s.set.OpenBallot,
		func(v *Visit, _ balloting.OpenInput, _ balloting.Opened) string { return back(v, "vote") })
	act(s, "/ballots/{ballot}/hands", s.set.RecordHands,
		func(v *Visit, _ balloting.RecordInput, _ balloting.Recorded) string { return back(v, "vote") })
	act(s, "/ballots/{ballot}/close", s.set.CloseBallot,
		func(v *Visit, _ balloting.CloseInput, _ balloting.Outcome) string { return back(v, "vote") })
	act(s, "/ballots/{ballot}/void", s.set.VoidBallot,
		func(v *Visit, _ balloting.VoidInput, _ balloting.Voided) string { return back(v, "vote") })
}

// consolePage is the session console.
type consolePage struct {
	M          convening.View
	House      presiding.Quorum
	Item       *convening.Card // the one before the meeting
	Amendments []meeting.Amendment
	Challenges []meeting.Recusal // that wait for a vote on this item
	Ballot     *balloting.View   // under way on this item
	Last       *balloting.View   // the newest one of this item that has ended
	Course     []consoleLine
	names      map[domain.ID]string
}

// consoleLine is one line of the record: a formal act or a statement.
type consoleLine struct {
	Event     *meeting.Event
	Statement *meeting.Statement
}

func (s *Site) console(v *Visit) (any, error) {
	p := consolePage{names: map[domain.ID]string{}}
	var err error
	if p.M, err = s.set.ShowMeeting.Call(v.ctx(), convening.ShowInput{Meeting: v.id("meeting")}); err != nil {
		return nil, err
	}
	if !v.May("meeting.open", p.M.Committee) && !v.May("statement.record", p.M.Committee) {
		return nil, domain.Forbidden("meeting.open", "위원회조례 7①")
	}
	for _, part := range []func(*Visit, *consolePage) error{s.consoleHouse, s.consoleCurrent, s.consoleBallots, s.consoleSaid} {
		if err := part(v, &p); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (s *Site) consoleHouse(v *Visit, p *consolePage) error {
	house, err := s.set.CountQuorum.Call(v.ctx(), presiding.MeetingInput{Meeting: p.M.ID})
	p.House = house
	for _, seat := range house.Seats {
		p.names[seat.Member] = seat.Name
	}
	return err
}

// consoleCurrent adds the item before the meeting with its amendments, and the challenges that wait.
func (s *Site) consoleCurrent(v *Visit, p *consolePage) error {
	for _, c := range p.M.Agenda {
		if c.ID == p.M.CurrentItem {
			p.Item = &c
		}
	}
	if p.Item == nil || p.Item.Item == nil {
		return nil
	}
	found, err := s.set.ListAmendments.Call(v.ctx(), presiding.AmendmentsInput{Item: p.Item.ID})
	if err != nil {
		return err
	}
	p.Amendments = found.Items
	if !v.May("recusal.list", p.M.Committee) {
		return nil
	}
	recusals, err := s.set.ListRecusals.Call(v.ctx(), presiding.MeetingInput{Meeting: p.M.ID})
	for _, r := range recusals.Items {
		if r.Item == p.Item.ID && r.State == meeting.RecusalPending {
			p.Challenges = append(p.Challenges, r)
		}
	}
	return err
}

// consoleBallots finds the vote under way and the last one that ended, on the item before the meeting or, when there is
// none, in the meeting.
func (s *Site) consoleBallots(v *Visit, p *consolePage) error {
	all, err := s.set.ListBallots.Call(v.ctx(), balloting.ListInput{Meeting: p.M.ID})
	for _, b := range all.Items {
		switch {
		case b.State == ballot.Open || b.State == ballot.Tied:
			p.Ballot = &b
		case p.Item == nil || b.Item == p.Item.ID:
			p.Last = &b
		}
	}
	return err
}

func (s *Site) consoleSaid(v *Visit, p *consolePage) error {
	course, err := s.set.ShowCourse.Call(v.ctx(), presiding.MeetingInput{Meeting: p.M.ID})
	for _, e := range course.Events {
		p.Course = append(p.Course, consoleLine{Event: &e})
	}
	for _, st := range course.Statements {
		p.Course = append(p.Course, consoleLine{Statement: &st})
	}
	slices.SortStableFunc(p.Course, func(a, b consoleLine) int { return b.at().Compare(a.at()) })
	return err
}

// at is when it happened or was said.
func (l consoleLine) at() time.Time {
	if l.Event != nil {
		return l.Event.At
	}
	return l.Statement.At
}

// Name is the name of a member in office.
func (p consolePage) Name(id domain.ID) string { return p.names[id] }

// Members are the members in office as choices.
func (p consolePage) Members() []Option {
	out := make([]Option, len(p.House.Seats))
	for i, seat := range p.House.Seats {
		out[i] = Option{string(seat.Member), seat.Name}
	}
	return out
}

// Elected is the name of who won the last vote, where it was an election.
func (p consolePage) Elected() string {
	if p.Last == nil || p.Last.Result == nil {
		return ""
	}
	return p.names[p.Last.Result.Elected]
}

// Ways are the ways in which a member may be recorded as present.
func (p consolePage) Ways() []string { return deskMeetingPage{M: p.M}.Ways() }

// Votes reports whether the item before the meeting ends in a vote.
func (p consolePage) Votes() bool { return p.Item != nil && p.Item.Kind.Votes() }

// Kept are the numbers of items that a member is kept out of.
func (p consolePage) Kept(seat presiding.Seat) []string { return p.numbers(seat.Recused) }

// Conflicts are the items that name the member's organisation.
func (p consolePage) Conflicts(seat presiding.Seat) []convening.Card {
	var out []convening.Card
	for _, c := range p.M.Agenda {
		if slices.Contains(seat.Conflict, c.ID) {
			out = append(out, c)
		}
	}
	return out
}

func (p consolePage) numbers(of []domain.ID) []string {
	var out []string
	for _, c := range p.M.Agenda {
		if slices.Contains(of, c.ID) {
			out = append(out, c.Number)
		}
	}
	return out
}

// Methods are the ways of voting that the item takes.
func (p consolePage) Methods(v *Visit) []Option {
	if p.M.Mode == meeting.Written {
		return v.Options("method", string(ballot.WrittenVote))
	}
	if p.Item != nil && p.Item.Item != nil && p.Item.Item.SecretBallot {
		return v.Options("method", string(ballot.Secret))
	}
	return v.Options("method", string(ballot.Named), string(ballot.Hands), string(ballot.Secret))
}

// projectorPage is what the room sees.
type projectorPage struct {
	M      convening.View
	Quorum ballot.Quorum
	Item   *convening.Card
	Ballot *balloting.View
	Last   *balloting.View
	Winner string
}

func (s *Site) projector(v *Visit) (any, error) {
	page, err := s.console(v)
	if err != nil {
		return nil, err
	}
	p, _ := page.(consolePage)
	return onTheWall(p), nil
}

// onTheWall leaves out everything of confidential items, whether they are before the meeting or were: the room may hold
// guests.
func onTheWall(p consolePage) projectorPage {
	out := projectorPage{M: p.M, Quorum: p.House.Quorum, Item: p.Item}
	if p.Item != nil && p.Item.Confidential {
		out.Item = &convening.Card{Position: p.Item.Position, Number: p.Item.Number, Confidential: true}
	}
	if p.Ballot != nil && p.open(p.Ballot.Item) {
		out.Ballot = p.Ballot
	}
	if p.Last != nil && p.open(p.Last.Item) {
		out.Last, out.Winner = p.Last, p.Elected()
	}
	return out
}

// open reports whether an item of the agenda is one that anybody may hear of.
func (p consolePage) open(item domain.ID) bool {
	return slices.ContainsFunc(p.M.Agenda, func(c convening.Card) bool { return c.ID == item && !c.Confidential })
}
