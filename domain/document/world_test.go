package document_test

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/committee"
	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/policy"
	"secretariat/internal/canonical"
	"secretariat/policies"
)

// world plays a meeting by the rules, one second an act, and keeps what is recorded of it.
type world struct {
	t   *rapid.T
	now time.Time
	ids int
	f   minutes.Facts
}

var begin = time.Date(2026, 12, 15, 5, 0, 0, 0, time.UTC)

// library holds the packs, read once.
var library = sync.OnceValue(func() *policies.Library {
	lib, err := policies.Load("")
	if err != nil {
		panic(err)
	}
	return lib
})

// others are values beside those of the packs under which everything must be counted as well.
var others = [][2]string{
	{policy.MeetingQuorum.Name, ">= 1/3"}, {policy.DecisionMajority.Name, ">= 2/3"},
	{policy.TieRule.Name, "chair_casting"},
	{policy.NoVoters.Name, "reject"}, {policy.AbstentionInBase.Name, "false"}, {policy.LeftInBase.Name, "true"},
	{policy.RecusedInBase.Name, "true"}, {policy.RecusedInQuorum.Name, "false"}, {policy.ChallengedVotes.Name, "true"},
}

// rules draws the rules of a meeting: those of the law, now and then with another quorum, majority, tie or way of
// counting.
func rules(t *rapid.T) policy.Rules {
	lib := library()
	pack := rapid.SampledFrom([]string{"seoul-general", "seoul-dx-draft"}).Draw(t, "pack")
	r, err := lib.Resolve(pack, "2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	r.Entries = slices.Clone(r.Entries)
	for _, o := range others {
		if rapid.IntRange(0, 4).Draw(t, o[0]) != 0 {
			continue
		}
		for i := range r.Entries {
			if r.Entries[i].Key == o[0] {
				r.Entries[i].Value = o[1]
			}
		}
	}
	return r
}

func (w *world) id(kind string) domain.ID {
	w.ids++
	return domain.ID(fmt.Sprintf("%s-%03d", kind, w.ids))
}

func (w *world) tick() time.Time { w.now = w.now.Add(time.Second); return w.now }

func (w *world) chance(name string, in int) bool { return rapid.IntRange(1, in).Draw(w.t, name) == 1 }

func (w *world) say(kind string, item domain.ID, text string) {
	w.f.Events = append(w.f.Events, meeting.Event{
		ID: w.id("event"), Meeting: w.f.Meeting.ID, Item: item, Kind: kind, Text: text, At: w.now,
	})
}

func (w *world) members() []domain.ID {
	var out []domain.ID
	for _, s := range w.f.Roster {
		out = append(out, s.Member.ID)
	}
	return out
}

func (w *world) name(id domain.ID) string {
	for _, s := range w.f.Roster {
		if s.Member.ID == id {
			return s.Member.Name
		}
	}
	return ""
}

// there lists who is in the meeting now.
func (w *world) there() []domain.ID { return meeting.PresenceRuleOf(w.f.Rules).Now(w.f.Presences) }

func (w *world) written() bool { return w.f.Meeting.Mode == meeting.Written }

// meet plays a meeting from its notice to its end and gives its dossier, with minutes signed and published.
func meet(t *rapid.T) document.Dossier {
	w := &world{t: t, now: begin}
	w.f.Rules = rules(t)
	w.f.Committee = committee.Committee{
		ID: "committee", Code: "dx", Name: "디지털전환위원회", OwningDepartment: "디지털전환과", LegalBasis: "설치 조례",
	}
	w.convene()
	w.gather()
	w.open()
	for i := range w.f.Items {
		w.item(&w.f.Items[i])
	}
	w.adjourn()
	return w.publish()
}

func (w *world) convene() {
	mode := rapid.SampledFrom([]meeting.Mode{meeting.InPerson, meeting.Mixed, meeting.Written}).Draw(w.t, "mode")
	noticed := begin.AddDate(0, 0, -20)
	w.f.Meeting = meeting.Meeting{
		ID: "meeting", Committee: "committee", Number: 3, Title: "정기회의", Mode: mode, State: meeting.Convened, Public: true,
		StartsAt: begin, ExpectedEnd: begin.Add(2 * time.Hour), Place: "회의실", ConvenedAt: &noticed, NoticedAt: &noticed,
		Rules: w.f.Rules.Hash(),
	}
	if w.written() {
		until := begin.AddDate(0, 0, 7)
		w.f.Meeting.WrittenUntil, w.f.Meeting.Place = &until, ""
		w.f.Meeting.WrittenGround, w.f.Meeting.WrittenReason = "minor", "경미한 안건"
	}
	for n := range rapid.IntRange(4, 9).Draw(w.t, "members") {
		seat := committee.Seat{ID: w.id("seat"), Number: n + 1, Kind: committee.Appointed, Role: committee.RoleMember}
		if n == 0 {
			seat.Role, seat.Kind = committee.RoleChair, committee.ExOfficio
		}
		m := committee.Member{
			ID: w.id("member"), Name: fmt.Sprintf("김위원%02d", n+1), Organisation: fmt.Sprintf("기관%02d", n+1), From: "2026-01-01",
		}
		w.f.Roster = append(w.f.Roster, committee.Seated{Seat: seat, Member: &m})
	}
	for n := range rapid.IntRange(1, 3).Draw(w.t, "items") {
		kinds := []meeting.ItemKind{meeting.Resolution, meeting.Deliberation, meeting.Report, meeting.Advice}
		kind := rapid.SampledFrom(kinds).Draw(w.t, "kind")
		i := meeting.Item{
			ID: w.id("item"), Meeting: "meeting", Position: n + 1, Number: fmt.Sprintf("의안 제2026-%d호", n+1), Kind: kind,
			Subject: meeting.SubjectOther, Title: fmt.Sprintf("안건제목%d", n+1), Proposer: "담당과",
			Proposal: fmt.Sprintf("원래주문%d으로 한다.", n+1),
			Reasons:  "이유", State: meeting.Listed, Confidential: w.chance("confidential", 6),
			SecretBallot: kind.Votes() && !w.written() && w.chance("secret", 4),
		}
		if kind.Votes() && w.chance("election", 6) {
			i.Subject = meeting.SubjectElection
		}
		w.f.Items = append(w.f.Items, i)
	}
}

// gather lets enough members in for the quorum, the chair among them.
func (w *world) gather() {
	if w.written() {
		return
	}
	all := w.members()
	need := ballot.RuleOf(w.f.Rules, ballot.Procedural).QuorumOf(ballot.Attendance{Serving: len(all)}).Required
	for n := range rapid.IntRange(need, len(all)).Draw(w.t, "present") {
		w.enter(all[n])
	}
}

func (w *world) enter(id domain.ID) {
	via := meeting.ViaRoom
	if w.f.Meeting.Mode == meeting.Mixed && w.chance("remote", 3) {
		via = meeting.ViaRemote
	}
	w.f.Presences = append(w.f.Presences, meeting.Presence{
		ID: w.id("stay"), Meeting: "meeting", Member: id, Via: via, InAt: w.tick(),
	})
}

// stroll lets a member come or go, never the chair.
func (w *world) stroll() {
	if w.written() || !w.chance("stroll", 2) {
		return
	}
	id := rapid.SampledFrom(w.members()[1:]).Draw(w.t, "who")
	if !slices.Contains(w.there(), id) {
		w.enter(id)
		return
	}
	at := w.tick()
	for i := range w.f.Presences {
		if p := &w.f.Presences[i]; p.Member == id && p.OutAt == nil {
			p.OutAt = &at
		}
	}
}

func (w *world) open() {
	m := &w.f.Meeting
	at := w.tick()
	m.State, m.OpenedAt, m.PresidedBy = meeting.Open, &at, w.members()[0]
	w.say(meeting.EventOpen, "", m.SaidOpen(len(w.f.Roster), len(w.there())))
	if w.written() {
		return
	}
	warned := w.tick()
	m.WarnedAt = &warned
	w.say(meeting.EventWarn, "", meeting.SaidWarning())
	w.f.Statements = append(w.f.Statements, meeting.Statement{
		ID: w.id("statement"), Meeting: "meeting", Speaker: "간사", Text: "성원을 보고합니다.", At: w.tick(),
	})
}

func (w *world) adjourn() {
	at := w.tick()
	for i := range w.f.Presences {
		if w.f.Presences[i].OutAt == nil {
			w.f.Presences[i].OutAt = &at
		}
	}
	for i := range w.f.Items {
		w.f.Items[i].Lapse(at)
	}
	w.f.Meeting.State, w.f.Meeting.AdjournedAt = meeting.Adjourned, &at
	w.say(meeting.EventAdjourn, "", w.f.Meeting.SaidAdjourn())
}

// item plays one item: recusals, a challenge, amendments, a condition and the vote, or an ending without one.
func (w *world) item(i *meeting.Item) {
	if w.chance("recusal before", 3) {
		w.recuse(i, w.someone(), meeting.MandatoryRecusal)
	}
	if w.chance("withdrawn", 12) {
		w.tick()
		_ = i.Withdraw("제안자 요청")
		return
	}
	if w.chance("not reached", 12) {
		return
	}
	_ = i.Table(w.tick())
	w.say(meeting.EventTable, i.ID, i.SaidTable())
	w.speak(i)
	w.stroll()
	if w.chance("challenge", 4) {
		w.challenge(i)
	}
	stuck := len(meeting.Unresolved(w.f.Recusals, i.ID)) > 0 // a challenge comes before every other vote
	if i.Kind == meeting.Report || i.Kind == meeting.Advice || stuck || w.chance("deferred", 10) {
		w.end(i)
		return
	}
	if i.Subject == meeting.SubjectElection {
		w.vote(i, ballot.Election, "vice_chair")
		return
	}
	for n := range rapid.IntRange(0, 2).Draw(w.t, "amendments") {
		a := meeting.Amendment{
			ID: w.id("amendment"), Item: i.ID, Position: n + 1, Proposer: w.members()[0], Text: fmt.Sprintf("안건%d의 수정주문%d", i.Position, n+1),
			State: meeting.AmendmentProposed, At: w.tick(),
		}
		w.f.Amendments = append(w.f.Amendments, a)
		if !w.vote(i, ballot.AmendmentOf, a.ID) {
			w.f.Amendments[len(w.f.Amendments)-1].State = meeting.AmendmentWithdrawn
		}
		w.stroll()
	}
	if w.chance("condition", 4) {
		i.Conditions = append(i.Conditions, "분기마다 보고할 것")
	}
	if slices.ContainsFunc(w.f.Amendments, func(a meeting.Amendment) bool {
		return a.Item == i.ID && a.State == meeting.AmendmentProposed
	}) {
		return // an amendment on which nothing could be decided stands in the way
	}
	w.vote(i, ballot.MainMotion, "")
}

func (w *world) end(i *meeting.Item) {
	switch {
	case i.Kind == meeting.Report:
		_ = i.Conclude(meeting.ReportReceived, w.tick())
		i.OutcomeText = i.Proposal
	case i.Kind == meeting.Advice:
		_ = i.Conclude(meeting.AdviceGiven, w.tick())
		i.OutcomeText = "넓게 의견을 듣는다."
	default:
		_ = i.Conclude(meeting.Deferred, w.tick())
		i.OutcomeReason = "자료 보완"
	}
	w.say(meeting.EventOutcome, i.ID, i.SaidOutcome())
}

func (w *world) speak(i *meeting.Item) {
	for range rapid.IntRange(0, 2).Draw(w.t, "statements") {
		who := w.someone()
		w.f.Statements = append(w.f.Statements, meeting.Statement{
			ID: w.id("statement"), Meeting: "meeting", Item: i.ID, Member: who, Speaker: w.name(who),
			Text: "비밀낱말이 있는 발언을 " + w.name(w.someone()) + " 위원에게 하다.", At: w.tick(),
		})
	}
}

func (w *world) someone() domain.ID { return rapid.SampledFrom(w.members()).Draw(w.t, "someone") }

func (w *world) recuse(i *meeting.Item, who domain.ID, kind meeting.RecusalKind) {
	if meeting.InForce(w.f.Recusals, i.ID, who) {
		return
	}
	w.f.Recusals = append(w.f.Recusals, meeting.Recusal{
		ID: w.id("recusal"), Meeting: "meeting", Item: i.ID, Member: who, Kind: kind, Ground: "kin", Reason: "숨길사유",
		State: meeting.RecusalInForce, At: w.tick(),
	})
	w.say(meeting.EventRecusal, i.ID, i.SaidRecusal(kind))
}

func (w *world) challenge(i *meeting.Item) {
	who := w.someone()
	if meeting.InForce(w.f.Recusals, i.ID, who) {
		return
	}
	w.f.Recusals = append(w.f.Recusals, meeting.Recusal{
		ID: w.id("recusal"), Meeting: "meeting", Item: i.ID, Member: who, Kind: meeting.Challenge, Ground: "kin",
		State: meeting.RecusalPending, Applicant: "숨길신청인", At: w.tick(),
	})
	w.say(meeting.EventRecusal, i.ID, i.SaidRecusal(meeting.Challenge))
	w.vote(i, ballot.ChallengeOf, w.f.Recusals[len(w.f.Recusals)-1].ID)
}

// publish draws up the minutes, redacts, signs and publishes them and issues the decisions.
func (w *world) publish() document.Dossier {
	d := document.Dossier{Facts: w.f, Actions: map[domain.ID][]minutes.Action{}}
	rev := minutes.Revision{ID: "revision", Number: 1, Content: minutes.Draft(w.f)}
	if rev.Hash = hash(rev.Content); len(rev.Content.Present) == 0 {
		w.t.Skip("nobody returned a written vote, so there are no minutes to circulate")
	}
	sign, publish := minutes.Deadlines(w.now, w.f.Rules)
	sent, out := w.now.Add(time.Hour), w.now.Add(50*time.Hour)
	m := minutes.Minutes{
		ID: "minutes", Meeting: "meeting", Committee: "committee", State: minutes.Published, Current: 1, Locked: 1,
		Kind: "recording", Recording: "녹음-2026-3", SignBy: sign, PublishBy: publish, CirculatedAt: &sent, PublishedAt: &out,
	}
	for _, p := range rev.Content.Present {
		m.Signers = append(m.Signers, p.Member)
		if w.chance("unsigned", 8) {
			m.Confirmed = w.members()[0]
			continue
		}
		d.Signatures = append(d.Signatures, minutes.Signature{
			Minutes: "minutes", Member: p.Member, Name: p.Name, Number: 1, Hash: rev.Hash, At: sent.Add(time.Hour),
		})
	}
	d.Minutes, d.Locked = &m, &rev
	d.Redactions = w.redactions(rev.Content)
	w.decide(&d)
	return d
}

// redactions explain every confidential item and withhold passages and names.
func (w *world) redactions(c minutes.Content) []minutes.Redaction {
	var out []minutes.Redaction
	add := func(anchor string, start, end int) {
		out = append(out, minutes.Redaction{
			ID: w.id("redaction"), Anchor: anchor, Start: start, End: end, Ground: "5", Reason: "검토 중인 사항", At: w.now,
		})
	}
	for _, i := range c.Items {
		if i.Confidential {
			add(minutes.ItemAnchor(i.Item), 0, 0)
		}
	}
	for _, e := range c.Proceeding {
		if e.Kind == minutes.EntryStatement && w.chance("redacted", 4) {
			add(e.ID, 0, len([]rune("비밀낱말")))
		}
	}
	for _, i := range c.Items {
		if w.chance("item redacted", 8) && i.Proposal != "" {
			add(minutes.ItemAnchor(i.Item), 0, 0)
		}
	}
	if w.chance("names", 4) {
		add(minutes.NameAnchor(w.someone()), 0, 0)
	}
	if w.chance("all names", 12) {
		add(minutes.AnchorNames, 0, 0)
	}
	return out
}

func (w *world) decide(d *document.Dossier) {
	for n, x := range minutes.Decisions(w.f) {
		x.ID, x.IssuedAt = w.id("decision"), w.now.Add(time.Minute)
		x.Number = minutes.DecisionNumber(w.f.Committee.Name, x.Kind, x.DecidedAt, n+1)
		x.Hash = hash(x)
		d.Decisions = append(d.Decisions, x)
		d.Actions[x.ID] = []minutes.Action{
			{ID: w.id("action"), Decision: x.ID, Text: "시행계획에 반영", Owner: "담당과", Due: "2027-01-31"},
		}
	}
	if len(d.Decisions) > 0 && w.chance("superseded", 4) {
		old := d.Decisions[0]
		next := old
		next.ID, next.Text, next.Supersedes, next.Cause, next.Hash = w.id("decision"), "바로잡은 주문", old.ID, "오기 정정", ""
		next.Number = minutes.DecisionNumber(w.f.Committee.Name, next.Kind, next.DecidedAt, len(d.Decisions)+1)
		next.Hash = hash(next)
		d.Decisions = append(d.Decisions, next)
	}
}

func hash(v any) string {
	sum, err := minutes.Canonical(canonical.JSON).Hash(v)
	if err != nil {
		panic(err)
	}
	return sum
}
