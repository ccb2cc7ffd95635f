package filing_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/policy"
	"secretariat/internal/canonical"
	"secretariat/internal/files"
	"secretariat/internal/testkit/hall"
	"secretariat/service/balloting"
	"secretariat/service/filing"
	"secretariat/service/minuting"
	"secretariat/service/presiding"
	"secretariat/store"
)

// storm is a meeting in which members and staff do whatever comes to mind; what the rules refuse does not happen.
type storm struct {
	*hall.Hall
	t       *testing.T
	rng     *rand.Rand
	item    domain.ID
	ballot  domain.ID
	subject domain.ID // of the challenge or amendment put last
	done    map[string]int
}

// modes and rules under which it is held.
var (
	modes   = []meeting.Mode{meeting.InPerson, meeting.Mixed, meeting.Written}
	strange = []hall.Option{
		hall.Rule(policy.TieRule.Name, "chair_casting"), hall.Rule(policy.AbstentionInBase.Name, "false"),
		hall.Rule(policy.LeftInBase.Name, "true"), hall.Rule(policy.RecusedInQuorum.Name, "false"),
		hall.Rule(policy.NoVoters.Name, "reject"), hall.Rule(policy.DecisionMajority.Name, ">= 2/3"),
	}
)

func brew(t *testing.T, seed uint64) *storm {
	s := &storm{t: t, rng: rand.New(rand.NewPCG(seed, 7)), done: map[string]int{}}
	options := []hall.Option{hall.Members(7), hall.Mode(modes[seed%3]), hall.Items(
		meeting.Item{Kind: meeting.Resolution, Title: "안건 하나", Proposal: "하나로 한다."},
		meeting.Item{Kind: meeting.Deliberation, Title: "안건 둘", Proposal: "둘로 한다.", SecretBallot: seed%3 != 2},
		meeting.Item{Kind: meeting.Resolution, Title: "부위원장 선출", Proposal: "선출한다.", Subject: meeting.SubjectElection},
		meeting.Item{Kind: meeting.Resolution, Title: "비공개 안건", Proposal: "숨은주문", Confidential: true},
		meeting.Item{Kind: meeting.Report, Title: "보고", Proposal: "보고한다."},
		meeting.Item{Kind: meeting.Advice, Title: "자문"},
		meeting.Item{Kind: meeting.Resolution, Title: "못 다룬 안건", Proposal: "다음에"},
	)}
	for _, o := range strange {
		if s.rng.IntN(4) == 0 {
			options = append(options, o)
		}
	}
	s.Hall = hall.New(t, hall.Memory(t), options...)
	hall.Must(t, s.DB.InTx(t.Context(), func(tx *store.Tx) error {
		m, err := tx.Meeting(t.Context(), hall.Meeting)
		if err != nil {
			return err
		}
		noticed := m.StartsAt.AddDate(0, 0, -20)
		m.NoticedAt, m.WrittenGround, m.WrittenReason = &noticed, "minor", "경미한 안건"
		return tx.ChangeMeeting(t.Context(), &m)
	}))
	return s
}

// did notes what the rules let happen.
func (s *storm) did(what string, err error) bool {
	if err == nil {
		s.done[what]++
	}
	return err == nil
}

func (s *storm) seat() int { return s.rng.IntN(len(s.Members)) + 1 }

// blow does one thing at random.
func (s *storm) blow(ctx context.Context) {
	s.Clock.Advance(time.Duration(1+s.rng.IntN(90)) * time.Second)
	n, staff := s.seat(), s.Secretary()
	meets := presiding.MeetingInput{Meeting: hall.Meeting}
	if s.rng.IntN(3) == 0 {
		_, err := s.Presiding.Resume(ctx, staff, meets)
		s.did("resume", err)
	}
	switch s.rng.IntN(30) {
	case 0:
		_, err := s.Presiding.Leave(ctx, s.Person(n), presiding.LeaveInput{Meeting: hall.Meeting, Reason: "숨은이유"})
		s.did("leave", err)
	case 1, 2:
		via := []string{meeting.ViaRoom, meeting.ViaRemote}[s.rng.IntN(2)]
		_, err := s.Presiding.Enter(ctx, s.Person(n), presiding.EnterInput{Meeting: hall.Meeting, Via: via})
		s.did("enter", err)
	case 3:
		in := presiding.AssertInput{Item: s.item, Member: s.Member(n), Ground: "kin", Reason: "숨은이유"}
		_, err := s.Presiding.Assert(ctx, staff, in)
		s.did("recuse", err)
	case 4:
		_, err := s.Presiding.Declare(ctx, s.Person(n), presiding.DeclareInput{Item: s.item, Ground: "other", Reason: "숨은이유"})
		s.did("step aside", err)
	case 5:
		out, err := s.Presiding.Challenge(ctx, staff, presiding.ChallengeInput{
			Item: s.item, Member: s.Member(n), Ground: "kin", Reason: "숨은이유", Applicant: "숨은신청인",
		})
		if s.did("challenge", err) {
			s.open(ctx, ballot.ChallengeOf, out.ID)
		}
	case 6, 7:
		out, err := s.Presiding.Propose(ctx, staff, presiding.ProposeInput{Item: s.item, Proposer: s.Member(n), Text: "고친주문"})
		if s.did("amend", err) {
			s.open(ctx, ballot.AmendmentOf, out.ID)
		}
	case 8:
		_, err := s.Presiding.Condition(ctx, staff, presiding.TextInput{Item: s.item, Text: "조건"})
		s.did("condition", err)
	case 9:
		_, err := s.Presiding.Suspend(ctx, staff, presiding.SuspendInput{Meeting: hall.Meeting})
		s.did("suspend", err)
	case 10:
		_, err := s.Balloting.Void(ctx, staff, balloting.VoidInput{Ballot: s.ballot, Reason: "혼란"})
		s.did("void", err)
	case 11, 12:
		s.open(ctx, ballot.MainMotion, "")
	case 13, 14:
		s.open(ctx, ballot.Election, "")
	case 15:
		_, err := s.Presiding.Record(ctx, staff, presiding.RecordInput{
			Meeting: hall.Meeting, Item: s.item, Member: s.Member(n), Speaker: fmt.Sprintf("위원 %02d", n), Text: "발언",
		})
		s.did("speak", err)
	case 16, 17, 18, 19:
		s.next(ctx)
	default:
		s.poll(ctx)
	}
}

// open opens a vote.
func (s *storm) open(ctx context.Context, purpose ballot.Purpose, subject domain.ID) {
	in := balloting.OpenInput{Item: s.item, Purpose: purpose, Subject: subject}
	if purpose == ballot.Election {
		in.Candidates = s.Members[:2]
	}
	if purpose != ballot.Election && s.rng.IntN(3) == 0 {
		in.Method = []ballot.Method{ballot.Hands, ballot.Secret}[s.rng.IntN(2)]
	}
	out, err := s.Balloting.Open(ctx, s.Secretary(), in)
	if s.did("open "+string(purpose), err) {
		s.ballot = out.ID
	}
}

// poll lets members vote and now and then closes.
func (s *storm) poll(ctx context.Context) {
	choices := []ballot.Choice{
		ballot.Yes, ballot.Yes, ballot.No, ballot.Abstain, ballot.Choice(s.Member(1)), ballot.Choice(s.Member(2)),
	}
	pick := func() ballot.Choice { return choices[s.rng.IntN(len(choices))] }
	for n := range s.Members {
		if s.rng.IntN(2) == 0 {
			continue
		}
		s.Clock.Advance(time.Second)
		_, err := s.Balloting.Cast(ctx, s.Person(n+1), balloting.CastInput{Ballot: s.ballot, Choice: pick()})
		if !s.did("cast", err) {
			_, err = s.Balloting.Record(ctx, s.Secretary(), balloting.RecordInput{
				Ballot: s.ballot, Votes: []balloting.Hand{{Member: s.Member(n + 1), Choice: pick()}},
			})
			s.did("hand", err)
		}
	}
	if s.rng.IntN(2) == 0 {
		s.close(ctx)
	}
}

func (s *storm) close(ctx context.Context) {
	s.Clock.Advance(time.Second)
	out, err := s.Balloting.Close(ctx, s.Secretary(), balloting.CloseInput{Ballot: s.ballot})
	if s.did("close", err) && out.State == ballot.Tied {
		s.Clock.Advance(time.Second)
		casting := []ballot.Choice{ballot.Yes, ballot.No}[s.rng.IntN(2)]
		_, err = s.Balloting.Close(ctx, s.Person(1), balloting.CloseInput{Ballot: s.ballot, Casting: casting})
		s.did("casting vote", err)
	}
}

// next tables another item, or ends the one at hand.
func (s *storm) next(ctx context.Context) {
	staff, in := s.Secretary(), presiding.ItemInput{Item: s.item}
	switch s.rng.IntN(12) {
	case 0:
		_, err := s.Presiding.Defer(ctx, staff, presiding.ReasonInput{Item: s.item, Reason: "보완"})
		s.did("defer", err)
	case 1:
		_, err := s.Presiding.Return(ctx, staff, presiding.ReasonInput{Item: s.item, Reason: "다시"})
		s.did("return", err)
	case 2:
		_, err := s.Presiding.Receive(ctx, staff, in)
		s.did("receive", err)
	case 3:
		_, err := s.Presiding.Advise(ctx, staff, presiding.TextInput{Item: s.item, Text: "넓게 듣는다."})
		s.did("advise", err)
	default:
		item := s.Items[s.rng.IntN(len(s.Items)-1)]
		if _, err := s.Presiding.Table(ctx, staff, presiding.ItemInput{Item: item}); s.did("table", err) {
			s.item = item
		}
	}
}

// end brings the meeting to its end, whatever is under way, and publishes it.
func (s *storm) end(ctx context.Context) document.Report {
	t := s.t
	_, _ = s.Presiding.Resume(ctx, s.Secretary(), presiding.MeetingInput{Meeting: hall.Meeting})
	var under []ballot.Ballot
	s.Read(t, func(ctx context.Context, tx *store.Tx) (err error) {
		under, err = tx.BallotsUnderWay(ctx, hall.Meeting)
		return err
	})
	for _, b := range under {
		_, err := s.Balloting.Void(ctx, s.Secretary(), balloting.VoidInput{Ballot: b.ID, Reason: "끝"})
		hall.Must(t, err)
	}
	s.Clock.Advance(time.Minute)
	_, err := s.Presiding.Adjourn(ctx, s.Secretary(), presiding.MeetingInput{Meeting: hall.Meeting})
	hall.Must(t, err)
	s.Clock.Advance(time.Hour)
	m := minuting.New(s.Env, store.View[minuting.Tx]{DB: s.DB.DB}, canonical.JSON)
	_, err = m.Issue(ctx, system, minuting.IssueInput{Meeting: hall.Meeting})
	hall.Must(t, err)
	d, err := m.Draft(ctx, system, minuting.DraftInput{Meeting: hall.Meeting})
	hall.Must(t, err)
	circulated, err := m.Circulate(ctx, s.Secretary(), minuting.CirculateInput{
		Minutes: d.Minutes.ID, Base: 1, Kind: "recording", Recording: "녹음 2026-3",
	})
	if domain.KeyOf(err) == "minutes.field_missing" { // nobody returned a written vote, so nobody attended
		s.done["nobody there"]++
		return document.Report{}
	}
	hall.Must(t, err)
	for n := range s.Members {
		in := minuting.SignInput{Minutes: circulated.ID, Number: 1, Hash: d.Revision.Hash}
		_, _ = m.Sign(ctx, s.Person(n+1), in)
	}
	redact := func(anchor string) {
		in := minuting.RedactInput{Minutes: circulated.ID, Anchor: anchor, Ground: "7", Reason: "비밀"}
		_, err := m.Redact(ctx, s.Secretary(), in)
		hall.Must(t, err)
	}
	redact(minutes.ItemAnchor(s.Items[3]))
	if s.rng.IntN(2) == 0 {
		redact(minutes.NameAnchor(s.Member(s.seat())))
	}
	_, err = m.Publish(ctx, system, minuting.PublishInput{Minutes: circulated.ID})
	hall.Must(t, err)
	return s.folder(ctx)
}

// blank prints nothing, since it is not the pages that are looked at here.
type blank struct{}

func (blank) Notice(document.Notice) ([]byte, error)           { return []byte("%PDF-1.7"), nil }
func (blank) Agenda(document.Agenda) ([]byte, error)           { return []byte("%PDF-1.7"), nil }
func (blank) Minutes(document.MinutesRecord) ([]byte, error)   { return []byte("%PDF-1.7"), nil }
func (blank) Decision(document.DecisionRecord) ([]byte, error) { return []byte("%PDF-1.7"), nil }

func (s *storm) folder(ctx context.Context) document.Report {
	kept := files.Memory(s.t.TempDir())
	s.t.Cleanup(func() { hall.Must(s.t, kept.Close()) })
	f := filing.New(s.Env, store.View[filing.Tx]{DB: s.DB.DB}, kept, blank{}, canonical.JSON)
	_, err := f.FileAll(ctx, system, hall.Meeting, document.Kinds()...)
	hall.Must(s.t, err)
	bundle, err := f.Bundle(ctx, domain.Public(), filing.RecordInput{Meeting: hall.Meeting})
	hall.Must(s.t, err)
	return verify(bundle)
}

// storms is how many meetings are tried.
const storms = 10

// TestWhateverHappensRecounts holds that the published folder of a meeting in which anything goes recounts without a
// fault.
func TestWhateverHappensRecounts(t *testing.T) {
	done := map[string]int{}
	for seed := range uint64(storms) {
		s := brew(t, seed)
		s.Begin(t, 6)
		s.item = s.Items[0]
		_, err := s.Presiding.Record(t.Context(), s.Secretary(), presiding.RecordInput{
			Meeting: hall.Meeting, Item: s.item, Speaker: "간사", Text: "성원을 보고합니다.",
		})
		hall.Must(t, err)
		for range 120 {
			s.blow(t.Context())
		}
		for _, c := range s.end(t.Context()).Checks {
			if !c.OK() {
				t.Errorf("seed %d: %s", seed, c.Line())
			}
		}
		for what, n := range s.done {
			done[what] += n
		}
	}
	t.Log(done)
}
