package convening_test

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/identity"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/internal/files"
	"secretariat/internal/testkit"
	"secretariat/internal/testkit/pgtest"
	"secretariat/policies"
	"secretariat/service"
	"secretariat/service/convening"
	"secretariat/store"
)

// aftermath is what the area of minutes says; tests set it.
type aftermath struct {
	minutes  *minutes.Minutes
	unsigned []domain.ID
	actions  []minutes.Action
	withheld []minutes.Redaction
}

// tx is the real transaction with the tests' own aftermath.
type tx struct {
	*store.Tx
	after *aftermath
}

func (t tx) MinutesOf(context.Context, domain.ID) (minutes.Minutes, bool, error) {
	if t.after.minutes == nil {
		return minutes.Minutes{}, false, nil
	}
	return *t.after.minutes, true, nil
}

func (t tx) RedactionsOf(context.Context, domain.ID) ([]minutes.Redaction, error) {
	return t.after.withheld, nil
}

func (t tx) Unsigned(context.Context, domain.ID) ([]domain.ID, error) {
	return slices.Clone(t.after.unsigned), nil
}

func (t tx) OpenActions(context.Context, domain.ID) ([]minutes.Action, error) {
	return t.after.actions, nil
}

type view struct {
	db    *store.DB
	after *aftermath
}

func (v view) InTx(ctx context.Context, f func(convening.Tx) error) error {
	return v.db.InTx(ctx, func(t *store.Tx) error { return f(tx{t, v.after}) })
}

func (v view) Read(ctx context.Context, f func(convening.Tx) error) error {
	return v.db.Read(ctx, func(t *store.Tx) error { return f(tx{t, v.after}) })
}

// mailer keeps what was sent and fails when told to.
type mailer struct {
	mu   sync.Mutex
	sent []convening.Mail
	fail func(convening.Mail) error
}

func (m *mailer) Send(_ context.Context, mail convening.Mail) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		if err := m.fail(mail); err != nil {
			return err
		}
	}
	m.sent = append(m.sent, mail)
	return nil
}

func (m *mailer) take() []convening.Mail {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := m.sent
	m.sent = nil
	return out
}

// world is a committee of five (1 the chair, 5 ex officio) on the general pack, at 2026. 11. 22. 15:00.
type world struct {
	t     *testing.T
	db    *store.DB
	clock *testkit.Clock
	after *aftermath
	mail  *mailer
	s     *convening.Service
}

const board domain.ID = "board"

var (
	secretary = testkit.Secretary(board)
	clerk     = testkit.Clerk(board)
	chair     = testkit.Member(board, "m1", true)
	flow      = domain.System("deliberation")
	auditor   = domain.Actor{ID: "auditor", Kind: domain.ActorPerson, Auditor: true}
)

func member(id domain.ID) domain.Actor { return testkit.Member(board, id, id == "m1") }

// engines runs a test on SQLite and on PostgreSQL.
func engines(t *testing.T, test func(*testing.T, *world)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		test(t, newWorld(t, "sqlite:"+filepath.Join(t.TempDir(), "db")))
	})
	t.Run("postgres", func(t *testing.T) { test(t, newWorld(t, pgtest.New(t, migrate))) })
}

func migrate(dsn string) error {
	ctx := context.Background()
	db, err := store.Open(ctx, dsn)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // the migration's error counts
	return db.Migrate(ctx)
}

func newWorld(t *testing.T, dsn string) *world {
	t.Helper()
	db, err := store.Open(t.Context(), dsn)
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	must(t, db.Migrate(t.Context()))
	library, err := policies.Load("")
	must(t, err)
	w := &world{t: t, db: db, clock: testkit.NewClock(), after: &aftermath{}, mail: &mailer{}}
	w.s = convening.New(testkit.Env(w.clock), view{db, w.after}, convening.Ports{
		Policies: library, Files: files.Memory(t.TempDir()), Mailer: w.mail, PaperLimit: 1000, Address: "https://dx.example",
	})
	w.seed()
	return w
}

func (w *world) seed() {
	w.do(func(ctx context.Context, t *store.Tx) error {
		err := t.AddCommittee(ctx, committee.Committee{
			ID: board, Code: "dx", Name: "디지털전환위원회", OwningDepartment: "디지털전환과", Pack: "seoul-general",
			FoundedOn: "2026-10-05", State: committee.Active, Version: 1,
		})
		for n := 1; err == nil && n <= 5; n++ {
			err = seedMember(ctx, t, n)
		}
		return err
	})
}

func seedMember(ctx context.Context, t *store.Tx, n int) error {
	id := "m" + string(rune('0'+n))
	seat := committee.Seat{
		ID: domain.ID("s" + id), Committee: board, Number: n, Kind: committee.Appointed, Role: committee.RoleMember,
	}
	if n == 1 {
		seat.Role = committee.RoleChair
	}
	if n == 5 {
		seat.Kind, seat.Post = committee.ExOfficio, "디지털도시국장"
	}
	m := committee.Member{
		ID: domain.ID(id), Seat: seat.ID, Committee: board, Person: domain.ID("person-" + id), Name: "위원" + id[1:],
		From: "2026-10-05", Version: 1,
	}
	account := identity.Account{
		ID: m.Person, Email: id + "@dx.example", Name: m.Name,
		CreatedAt: time.Date(2026, 10, 5, 0, 0, 0, 0, time.UTC), Version: 1,
	}
	if err := t.AddSeat(ctx, seat); err != nil {
		return err
	}
	if err := t.AddMember(ctx, m); err != nil {
		return err
	}
	return t.AddAccount(ctx, account)
}

func (w *world) do(f func(context.Context, *store.Tx) error) {
	w.t.Helper()
	must(w.t, w.db.InTx(w.t.Context(), func(t *store.Tx) error { return f(w.t.Context(), t) }))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refused checks the code and key of an error.
func refused(t testing.TB, err error, code domain.Code, key string) {
	t.Helper()
	if domain.CodeOf(err) != code || domain.KeyOf(err) != key {
		t.Fatalf("error %v, want %s %s", err, code, key)
	}
}

func at(day calendar.Date, hour int) time.Time {
	return day.Time().Add(time.Duration(hour) * time.Hour).UTC()
}

// plan is a meeting in the room on 2026. 12. 15. 14:00.
func plan() meeting.Plan {
	return meeting.Plan{
		Title: "2026년 제1차 정기회의", Mode: meeting.InPerson, Place: "3층 대회의실",
		StartsAt: at("2026-12-15", 14), ExpectedEnd: at("2026-12-15", 16),
	}
}

func written() meeting.Plan {
	until := at("2026-12-04", 18)
	return meeting.Plan{
		Title: "2026년 서면심의", Mode: meeting.Written, StartsAt: at("2026-11-30", 9), WrittenUntil: &until,
		WrittenGround: "minor", WrittenReason: "자구 정리",
	}
}

func content(title string) meeting.Content {
	return meeting.Content{
		Kind: meeting.Resolution, Subject: meeting.SubjectOther, Title: title, Proposer: "디지털전환과", Proposal: "원안대로 의결한다.",
	}
}

func (w *world) planned(p meeting.Plan) meeting.Meeting {
	w.t.Helper()
	m, err := w.s.Plan(w.t.Context(), secretary, convening.PlanInput{Committee: board, Plan: p})
	must(w.t, err)
	return m
}

func (w *world) item(of domain.ID, c meeting.Content) meeting.Item {
	w.t.Helper()
	i, err := w.s.AddItem(w.t.Context(), clerk, convening.AddItemInput{Meeting: of, Content: c})
	must(w.t, err)
	return i
}

// beginning is how every PDF begins.
const beginning = "%PDF-1.7 "

func (w *world) paper(item domain.ID, number int, text, reason string) (meeting.Paper, error) {
	return w.s.AddPaper(w.t.Context(), clerk, convening.AddPaperInput{
		Item: item, Number: number, Title: "검토보고서", FileName: "검토보고서.pdf",
		Reason: reason, Content: strings.NewReader(beginning + text),
	})
}

// convened is a meeting with two items, the first with a paper, that the chair convened.
func (w *world) convened(p meeting.Plan) (meeting.Meeting, []meeting.Item) {
	w.t.Helper()
	m := w.planned(p)
	first := w.item(m.ID, content("3개년 기본계획(안)"))
	w.item(m.ID, content("운영세칙 개정(안)"))
	_, err := w.paper(first.ID, 0, "내용", "")
	must(w.t, err)
	out, err := w.s.Convene(w.t.Context(), chair, convening.ConveneInput{Meeting: m.ID, Version: w.version(m.ID)})
	must(w.t, err)
	return out.Meeting, out.Items
}

func (w *world) meeting(id domain.ID) meeting.Meeting {
	w.t.Helper()
	var m meeting.Meeting
	w.do(func(ctx context.Context, t *store.Tx) (err error) {
		m, err = t.Meeting(ctx, id)
		return err
	})
	return m
}

func (w *world) version(id domain.ID) int { return w.meeting(id).Version }

func (w *world) stand(id domain.ID) convening.Standing {
	w.t.Helper()
	out, err := w.s.Stand(w.t.Context(), flow, convening.StandInput{Meeting: id})
	must(w.t, err)
	return out
}

func (w *world) send(id domain.ID) convening.Sent {
	w.t.Helper()
	out, err := w.s.SendDue(w.t.Context(), flow, convening.DueInput{Meeting: id})
	must(w.t, err)
	return out
}

func (w *world) recuse(m domain.ID, item, who domain.ID, state meeting.RecusalState) {
	w.do(func(ctx context.Context, t *store.Tx) error {
		return t.AddRecusal(ctx, meeting.Recusal{
			ID: "r-" + item + who, Meeting: m, Item: item, Member: who, Kind: meeting.MandatoryRecusal,
			State: state, At: w.clock.Now(),
		})
	})
}

func readAll(t testing.TB, r io.ReadCloser) string {
	t.Helper()
	b, err := io.ReadAll(r)
	must(t, err)
	must(t, r.Close())
	return string(b)
}

var _ service.Store[convening.Tx] = view{}
