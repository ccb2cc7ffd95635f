package minutes

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
)

// EntryStatement is the kind of an entry that holds what somebody said; the others are kinds of formal acts.
const EntryStatement = "statement"

// Draft draws up the text of the minutes from what happened, with every statement in full (위원회조례 10의2①, 기록물령 18②).
func Draft(f Facts) Content {
	opened, adjourned := f.span()
	c := Content{
		Title: f.title(), Host: f.host(), Opened: opened, Adjourned: adjourned, Place: f.place(), Mode: f.Meeting.Mode,
		Serving: len(f.serving()), Observers: f.observers(), Proceeding: f.proceeding(),
	}
	c.Present, c.Absent = f.attendance()
	for _, i := range f.Items {
		c.Items = append(c.Items, f.part(i))
	}
	return c
}

func (f Facts) title() string {
	t := fmt.Sprintf("제%d차 %s 회의", f.Meeting.Number, f.Committee.Name)
	if extra := strings.TrimSpace(f.Meeting.Title); extra != "" && !strings.Contains(t, extra) {
		t += "(" + extra + ")"
	}
	return t
}

func (f Facts) host() string {
	if f.Committee.OwningDepartment == "" {
		return f.Committee.Name
	}
	return f.Committee.Name + "(담당부서: " + f.Committee.OwningDepartment + ")"
}

func (f Facts) place() string {
	if f.Meeting.Mode == meeting.Written {
		return "서면심의(장소 없음)"
	}
	return PublicPlace(f.Meeting)
}

// PublicPlace is the place of a meeting as it may be published: without addresses by which a remote meeting is joined.
func PublicPlace(m meeting.Meeting) string {
	words := slices.DeleteFunc(strings.Fields(m.Place), func(w string) bool { return strings.Contains(w, "://") })
	place := strings.Trim(strings.Join(words, " "), " ,:;·")
	if place == "" && m.Mode == meeting.Remote {
		return "화상회의"
	}
	return place
}

func (f Facts) attendance() (present, absent []Attendee) {
	there := f.attended()
	for _, s := range f.serving() {
		a := Attendee{Member: s.Member.ID, Name: s.Member.Name, Position: PositionOf(s)}
		if !slices.Contains(there, s.Member.ID) {
			absent = append(absent, a)
			continue
		}
		a.Note = f.stays(s.Member.ID)
		present = append(present, a)
	}
	return present, absent
}

// PositionOf is how a member is named in lists: the role, and where the member comes from.
func PositionOf(s committee.Seated) string {
	role := RoleKorean(s.Seat.Role)
	from := strings.TrimSpace(s.Member.Organisation + " " + s.Member.Position)
	if from == "" {
		return role
	}
	return role + "(" + from + ")"
}

// RoleKorean is a seat's role in official words.
func RoleKorean(r committee.Role) string {
	switch r {
	case committee.RoleChair:
		return "위원장"
	case committee.RoleViceChair:
		return "부위원장"
	}
	return "위원"
}

// stays notes how a member took part and when the member came late or left early: "원격, 14:40 퇴장".
func (f Facts) stays(member domain.ID) string {
	opened, adjourned := f.span()
	var notes []string
	note := func(s string) {
		if !slices.Contains(notes, s) {
			notes = append(notes, s)
		}
	}
	for _, p := range f.Presences {
		if p.Member != member {
			continue
		}
		switch p.Via {
		case meeting.ViaRemote:
			note("원격")
		case meeting.ViaProxy:
			note(strings.TrimSpace("대리 " + p.Proxy))
		}
		if p.InAt.After(opened) {
			note(p.InAt.In(calendar.Seoul).Format("15:04") + " 입장")
		}
		if p.OutAt != nil && p.OutAt.Before(adjourned) {
			note(p.OutAt.In(calendar.Seoul).Format("15:04") + " 퇴장")
		}
	}
	return strings.Join(notes, ", ")
}

// observers are those who spoke without being members, and proxies who do not count as presence.
func (f Facts) observers() []Attendee {
	var out []Attendee
	add := func(name, note string) {
		known := slices.ContainsFunc(out, func(a Attendee) bool { return a.Name == name })
		if name != "" && !known {
			out = append(out, Attendee{Name: name, Note: note})
		}
	}
	for _, s := range f.Statements {
		if s.Member == "" {
			add(s.Speaker, "")
		}
	}
	rule := meeting.PresenceRuleOf(f.Rules)
	for _, p := range f.Presences {
		if p.Via == meeting.ViaProxy && !rule.Counts(p) {
			add(p.Proxy, "대리 참석")
		}
	}
	return out
}

// proceeding is the course of the meeting: formal acts and statements in the order of time, an act before what was
// said then.
func (f Facts) proceeding() []Entry {
	var out []Entry
	for _, e := range f.Events {
		out = append(out, Entry{ID: "event/" + string(e.ID), At: e.At, Item: e.Item, Kind: e.Kind, Text: e.Text})
	}
	for _, s := range f.Statements {
		out = append(out, Entry{
			ID: "statement/" + string(s.ID), At: s.At, Item: s.Item, Kind: EntryStatement, Member: s.Member,
			Speaker: s.Speaker, Text: s.Text,
		})
	}
	slices.SortStableFunc(out, func(a, b Entry) int { return a.At.Compare(b.At) })
	return out
}

func (f Facts) part(i meeting.Item) ItemPart {
	p := ItemPart{
		Item: i.ID, Number: i.Number, Title: i.Title, Kind: i.Kind, Proposer: i.Proposer, Proposal: i.Proposal,
		Outcome: i.Outcome, Text: i.OutcomeText, Conditions: i.Conditions, Reason: i.OutcomeReason,
		Recused: f.recused(i.ID), Confidential: i.Confidential,
	}
	if p.Text == p.Proposal { // as it was proposed: said once, so that what is withheld of it is withheld at once
		p.Text = ""
	}
	if i.State == meeting.Withdrawn && p.Outcome == "" {
		p.Outcome = meeting.WithdrawnOutcome
	}
	for _, b := range f.ballotsOn(i.ID) {
		part := b.part()
		part.Candidates = f.candidates(b.Ballot.Candidates)
		p.Ballots = append(p.Ballots, part)
	}
	return p
}

// recused lists who was kept out of an item for good, once each.
func (f Facts) recused(item domain.ID) []Attendee {
	kinds := map[meeting.RecusalKind]string{
		meeting.MandatoryRecusal: "제척", meeting.Challenge: "기피", meeting.VoluntaryRecusal: "회피",
	}
	var out []Attendee
	for _, s := range f.serving() {
		i := slices.IndexFunc(f.Recusals, func(r meeting.Recusal) bool {
			return r.Item == item && r.Member == s.Member.ID && r.State == meeting.RecusalInForce
		})
		if i >= 0 {
			out = append(out, Attendee{
				Member: s.Member.ID, Name: s.Member.Name, Position: PositionOf(s), Note: kinds[f.Recusals[i].Kind],
			})
		}
	}
	return out
}

// candidates names the candidates of an election.
func (f Facts) candidates(ids []domain.ID) []Attendee {
	var out []Attendee
	for _, id := range ids {
		for _, s := range f.serving() {
			if s.Member.ID == id {
				out = append(out, Attendee{Member: id, Name: s.Member.Name, Position: PositionOf(s)})
			}
		}
	}
	return out
}

// part is the ballot as the minutes print it. Who voted what stands there only where the vote was not secret.
func (b Count) part() BallotPart {
	p := BallotPart{
		Ballot: b.Ballot.ID, Purpose: b.Ballot.Purpose, Method: b.Ballot.Method, Question: b.Ballot.Question,
	}
	if b.Ballot.Result != nil {
		p.Result = *b.Ballot.Result
	}
	if b.Ballot.Method == ballot.Secret {
		return p
	}
	for _, v := range b.Votes {
		p.Votes = append(p.Votes, NamedVote{Member: v.Member, Name: b.name(v.Member), Choice: v.Choice})
	}
	slices.SortFunc(p.Votes, func(x, y NamedVote) int { return cmp.Compare(x.Member, y.Member) })
	return p
}

func (b Count) name(member domain.ID) string {
	for _, r := range b.Roll {
		if r.Member == member {
			return r.Name
		}
	}
	return ""
}
