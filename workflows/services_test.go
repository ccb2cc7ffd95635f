package workflows

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/calendar"
	"secretariat/domain/document"
	"secretariat/domain/identity"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/internal/canonical"
	"secretariat/internal/files"
	"secretariat/internal/testkit"
	"secretariat/internal/testkit/hall"
	"secretariat/policies"
	"secretariat/render/docs"
	"secretariat/service/balloting"
	"secretariat/service/convening"
	"secretariat/service/filing"
	"secretariat/service/minuting"
	"secretariat/service/presiding"
	"secretariat/service/sweeping"
	"secretariat/store"

	"github.com/google/go-cmp/cmp"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"
)

// mailbox counts the letters.
type mailbox struct {
	mu   sync.Mutex
	sent int
}

func (m *mailbox) Send(context.Context, convening.Mail) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sent++
	return nil
}

// court is a committee with all its services, whose case the workflow follows.
type court struct {
	*testing.T
	*hall.Hall
	services Services
	mail     *mailbox
}

const members = 5

func newCourt(t *testing.T, db *hall.Database, options ...hall.Option) *court {
	t.Helper()
	c := &court{T: t, Hall: hall.New(t, db, append(options, hall.Members(members))...), mail: &mailbox{}}
	library, err := policies.Load("")
	hall.Must(t, err)
	stored := files.Memory(t.TempDir())
	c.services = Services{
		Convening: convening.New(c.Env, store.View[convening.Tx]{DB: db.DB}, convening.Ports{
			Policies: library, Files: stored, Mailer: c.mail, PaperLimit: 1000,
		}),
		Presiding: c.Presiding, Balloting: c.Balloting,
		Minuting: minuting.New(c.Env, store.View[minuting.Tx]{DB: db.DB}, canonical.JSON),
		Filing:   filing.New(c.Env, store.View[filing.Tx]{DB: db.DB}, stored, docs.Renderer{}, canonical.JSON),
		Sweeping: sweeping.New(c.Env, store.View[sweeping.Tx]{DB: db.DB}, library), Pace: c,
	}
	hall.Must(t, db.InTx(t.Context(), func(tx *store.Tx) error {
		for n := range members {
			id := domain.ID("person-" + string(rune('1'+n)))
			a := identity.Account{ID: id, Email: string(id) + "@dx.example", Name: "위원", CreatedAt: day(1, 9).UTC(), Version: 1}
			if err := tx.AddAccount(t.Context(), a); err != nil {
				return err
			}
		}
		return nil
	}))
	return c
}

func (c *court) Wall(until time.Time) time.Duration { return max(until.Sub(c.Clock.Now()), 0) }

// follow runs the case with the script of what persons do, and leaves the clock at its end.
func (c *court) follow(start time.Time, script ...scene) {
	c.Helper()
	p := performance{t: c.T, now: start}
	kase := Case{ID: hall.Meeting}
	c.Clock.Set(start)
	for range 100 {
		var suite testsuite.WorkflowTestSuite
		suite.SetLogger(silent())
		env := suite.NewTestWorkflowEnvironment()
		env.SetWorkerOptions(worker.Options{DeadlockDetectionTimeout: stuck})
		env.SetTestTimeout(time.Minute)
		env.SetStartTime(p.now)
		registerWorkflows(env)
		c.services.Activities().register(env)
		c.reach(p.now)
		env.SetOnActivityStartedListener(func(*activity.Info, context.Context, converter.EncodedValues) { c.reach(env.Now()) })
		done := 0
		for _, s := range script {
			env.RegisterDelayedCallback(func() {
				done++
				c.reach(env.Now())
				s.do(c)
				env.SignalWorkflow(SignalLookAgain, nil)
			}, max(s.at.Sub(p.now), 0))
		}
		env.ExecuteWorkflow(TypeDeliberation, kase)
		script, p.now = script[done:], env.Now()
		next, over := p.handedOn(env.GetWorkflowError())
		if over {
			return
		}
		kase = next
	}
	c.Fatal("the case does not end")
}

// reach moves the clock on; persons' acts take seconds, so that it may be there already.
func (c *court) reach(at time.Time) {
	if at.After(c.Clock.Now()) {
		c.Clock.Set(at)
	}
}

// scene is what persons do at a time.
type scene struct {
	at time.Time
	do func(*court)
}

// minutesNow reads the minutes.
func (c *court) minutesNow() (m minutes.Minutes) {
	c.Helper()
	c.Read(c.T, func(ctx context.Context, tx *store.Tx) (err error) {
		m, _, err = tx.MinutesOf(ctx, hall.Meeting)
		return err
	})
	return m
}

func (c *court) circulate() {
	c.Helper()
	m := c.minutesNow()
	_, err := c.services.Minuting.Circulate(c.Context(), c.Secretary(), minuting.CirculateInput{
		Minutes: m.ID, Base: m.Current, Kind: "recording", Recording: "녹음 2026-3",
	})
	hall.Must(c.T, err)
}

func (c *court) sign() {
	c.Helper()
	m := c.minutesNow()
	var text minutes.Revision
	c.Read(c.T, func(ctx context.Context, tx *store.Tx) (err error) {
		text, err = tx.Revision(ctx, m.ID, m.Locked)
		return err
	})
	for n := range members {
		if !slices.Contains(m.Signers, c.Member(n+1)) {
			continue
		}
		_, err := c.services.Minuting.Sign(c.Context(), c.signer(n+1), minuting.SignInput{
			Minutes: m.ID, Number: text.Number, Hash: text.Hash,
		})
		hall.Must(c.T, err)
	}
}

// signer is the member as signed in: with the account's own id.
func (c *court) signer(n int) domain.Actor {
	by := testkit.Member(hall.Committee, c.Member(n), n == 1)
	by.ID = domain.ID("person-" + string(rune('0'+n)))
	return by
}

// ended checks what every case leaves behind: published minutes, filed documents, nothing that went wrong.
func (c *court) ended(kinds ...document.Kind) {
	c.Helper()
	m := c.minutesNow()
	if m.State != minutes.Published || calendar.DateOf(*m.PublishedAt) != m.PublishBy {
		c.Errorf("the minutes are %s, published at %v, by %s", m.State, m.PublishedAt, m.PublishBy)
	}
	filed := map[document.Kind]bool{}
	c.Read(c.T, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.DocumentsOf(ctx, hall.Meeting)
		for _, d := range all {
			filed[d.Kind] = true
		}
		return err
	})
	want := map[document.Kind]bool{}
	for _, k := range kinds {
		want[k] = true
	}
	if diff := cmp.Diff(want, filed); diff != "" {
		c.Errorf("filed documents (-want +got):\n%s", diff)
	}
	left, err := c.services.Sweeping.Incidents(c.Context(), testkit.Admin(), sweeping.IncidentsInput{})
	if err != nil || len(left.Items) > 0 {
		c.Errorf("incidents %+v, %v", left.Items, err)
	}
}

// TestHeldMeetingWithTheServices follows a meeting through the real use cases, from its notice to its published minutes.
func TestHeldMeetingWithTheServices(t *testing.T) {
	t.Parallel()
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		report := meeting.Item{Kind: meeting.Report, Title: "추진 현황 보고"}
		c := newCourt(t, db, hall.Items(report))
		c.follow(day(20, 9),
			scene{day(22, 15), func(c *court) {
				c.Begin(c.T, members)
				_, err := c.Presiding.Record(c.Context(), c.Secretary(), presiding.RecordInput{
					Meeting: hall.Meeting, Item: c.Items[0], Speaker: "간사", Text: "추진 현황을 보고드립니다.",
				})
				hall.Must(c.T, err)
				_, err = c.Presiding.Receive(c.Context(), c.Secretary(), presiding.ItemInput{Item: c.Items[0]})
				hall.Must(c.T, err)
				_, err = c.Presiding.Adjourn(c.Context(), c.Secretary(), presiding.MeetingInput{Meeting: hall.Meeting})
				hall.Must(c.T, err)
			}},
			scene{day(24, 10), (*court).circulate},
			scene{day(26, 10), (*court).sign},
		)
		c.ended(document.KindNotice, document.KindAgenda, document.KindDecision, document.KindMinutes, document.KindMinutesFull)
		if c.mail.sent < members {
			t.Errorf("%d letters went out to %d members", c.mail.sent, members)
		}
	})
}

// TestWrittenMeetingWithTheServices lets the end of the window count the votes and close the deliberation.
func TestWrittenMeetingWithTheServices(t *testing.T) {
	t.Parallel()
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		c := newCourt(t, db, hall.Mode(meeting.Written), hall.Items(meeting.Item{Kind: meeting.Resolution, Title: "운영세칙(안)"}))
		c.follow(day(20, 9),
			scene{day(22, 15), func(c *court) {
				_, err := c.Presiding.Open(c.Context(), c.Secretary(), presiding.OpenInput{Meeting: hall.Meeting})
				hall.Must(c.T, err)
				c.Pledge(c.T, 1, members)
				c.Table(c.T, 1)
				vote := c.Vote(c.T, balloting.OpenInput{Item: c.Items[0], Purpose: ballot.MainMotion})
				c.Cast(c.T, vote, ballot.Yes, 1, 3)
			}},
			scene{day(27, 10), (*court).circulate},
			scene{day(28, 10), (*court).sign},
		)
		if got := c.Item(c.T, 1).Outcome; got != meeting.ApprovedAsProposed {
			t.Errorf("the item ended as %q", got)
		}
		c.ended(document.KindNotice, document.KindAgenda, document.KindDecision, document.KindMinutes, document.KindMinutesFull)
	})
}
