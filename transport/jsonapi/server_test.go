package jsonapi_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http/httptest"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/committee"
	"secretariat/internal/canonical"
	"secretariat/internal/files"
	"secretariat/internal/secret"
	"secretariat/internal/testkit"
	"secretariat/internal/testkit/hall"
	"secretariat/policies"
	"secretariat/render/docs"
	"secretariat/render/xlsx"
	"secretariat/service/auditing"
	"secretariat/service/balloting"
	"secretariat/service/consulting"
	"secretariat/service/convening"
	"secretariat/service/filing"
	"secretariat/service/identity"
	"secretariat/service/minuting"
	"secretariat/service/partnering"
	"secretariat/service/planning"
	"secretariat/service/presiding"
	"secretariat/service/searching"
	"secretariat/service/seating"
	"secretariat/service/selecting"
	"secretariat/service/surveying"
	"secretariat/service/sweeping"
	"secretariat/service/tasking"
	"secretariat/store"
	"secretariat/transport/catalogue"
	"secretariat/transport/endpoint"
	"secretariat/transport/jsonapi"
	"secretariat/transport/jsonapi/apitest"
)

// server is the whole API on a database of its own.
type server struct {
	*httptest.Server
	t     *testing.T
	db    *store.DB
	clock *testkit.Clock
	log   *bytes.Buffer
	down  error // what readiness says

	services endpoint.Services
	public   *apitest.Client
}

const adminMail, adminPassword = "admin@example.kr", "correct horse battery"

// paperLimit is the largest paper of the tests in bytes.
const paperLimit = 1 << 20

func start(t *testing.T) *server {
	t.Helper()
	return startOn(t, hall.SQLite(t))
}

// startOn serves the API from a database that is ready, with an administrator.
func startOn(t *testing.T, database *hall.Database) *server {
	t.Helper()
	s := prepare(t, database, testkit.NewClock())
	s.open(s.services.Identity)
	s.person(identity.CreateAccountInput{Email: adminMail, Name: "관리자", Password: adminPassword, Admin: true})
	return s
}

func prepare(t *testing.T, database *hall.Database, clock *testkit.Clock) *server {
	t.Helper()
	s := &server{t: t, db: database.DB, clock: clock, log: &bytes.Buffer{}}
	s.services = s.build()
	return s
}

// open serves the API; auth knows who a token belongs to.
func (s *server) open(auth jsonapi.Authenticator) {
	s.t.Helper()
	log := slog.New(slog.NewJSONHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	set := endpoint.NewSet(s.services, endpoint.Standard(log, endpoint.NewMetrics(), endpoint.NewLimits(1000, 1000)))
	api, err := jsonapi.New(set, auth, messages(s.t), func(context.Context) error { return s.down })
	if err != nil {
		s.t.Fatal(err)
	}
	s.Server = httptest.NewServer(api.Handler())
	s.t.Cleanup(s.Close)
	s.public = apitest.New(s.t, s.URL)
}

func messages(t testing.TB) *catalogue.Catalogue {
	t.Helper()
	c, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (s *server) build() endpoint.Services {
	s.t.Helper()
	packs, err := policies.Load("")
	if err != nil {
		s.t.Fatal(err)
	}
	codes, err := secret.NewCodes(make([]byte, 32), "시험")
	if err != nil {
		s.t.Fatal(err)
	}
	env, db, kept := testkit.Env(s.clock), s.db, files.Memory(s.t.TempDir())
	out := endpoint.Services{
		Identity: identity.New(
			env, store.View[identity.Tx]{DB: db}, plainPasswords{}, secret.Tokens{}, time.Hour).With(identity.Ports{Codes: codes}),
		Seating:  seating.New(env, store.View[seating.Tx]{DB: db}, packs),
		Auditing: auditing.New(store.View[auditing.Tx]{DB: db}, store.AuditHash),
		Convening: convening.New(env, store.View[convening.Tx]{DB: db}, convening.Ports{
			Policies: packs, Files: kept, PaperLimit: paperLimit,
		}),
		Presiding:  presiding.New(env, store.View[presiding.Tx]{DB: db}),
		Balloting:  balloting.New(env, store.View[balloting.Tx]{DB: db}),
		Minuting:   minuting.New(env, store.View[minuting.Tx]{DB: db}, canonical.JSON),
		Filing:     filing.New(env, store.View[filing.Tx]{DB: db}, kept, docs.Renderer{}, canonical.JSON),
		Sweeping:   sweeping.New(env, store.View[sweeping.Tx]{DB: db}, packs),
		Searching:  searching.New(store.View[searching.Tx]{DB: db}),
		Partnering: partnering.New(env, store.View[partnering.Tx]{DB: db}),
		Planning:   planning.New(env, store.View[planning.Tx]{DB: db}, packs, docs.Renderer{}),
		Tasking:    tasking.New(env, store.View[tasking.Tx]{DB: db}, tasking.Ports{Policies: packs}),
		Selecting:  selecting.New(env, store.View[selecting.Tx]{DB: db}, packs, secret.Tokens{}, canonical.JSON).Printing(xlsx.Book).Papers(docs.Renderer{}),
		Consulting: consulting.New(env, store.View[consulting.Tx]{DB: db}, consulting.Ports{Policies: packs, Printer: docs.Renderer{}}),
		Surveying:  surveying.New(env, store.View[surveying.Tx]{DB: db}, surveying.Ports{Policies: packs, Questions: hall.Questionnaires(s.t), Book: xlsx.Survey}),
	}
	out.Consulting.Keeping(kept, 1<<20).Bringing(out.Convening)
	return out
}

// plainPasswords are not hashed, since hashing well takes long.
type plainPasswords struct{}

func (plainPasswords) Hash(_ context.Context, password string) (string, error) {
	return "plain$" + password, nil
}

func (plainPasswords) Matches(_ context.Context, hash, password string) (bool, error) {
	return hash == "plain$"+password, nil
}

// person makes an account and returns its id.
func (s *server) person(in identity.CreateAccountInput) domain.ID {
	s.t.Helper()
	account, err := s.services.Identity.Provision(s.t.Context(), domain.System("test"), in)
	if err != nil {
		s.t.Fatal(err)
	}
	return account.ID
}

func (s *server) admin() *apitest.Client {
	return apitest.New(s.t, s.URL).SignIn(adminMail, adminPassword)
}

// board is a committee in operation with a secretary and two members, all signed in.
type board struct {
	id                       domain.ID
	secretary, chair, member *apitest.Client
}

func (s *server) board() board {
	s.t.Helper()
	b := board{id: "board"}
	people := map[string]domain.ID{}
	clients := map[string]*apitest.Client{}
	for _, name := range []string{"secretary", "chair", "member"} {
		mail := name + "@example.kr"
		people[name] = s.person(identity.CreateAccountInput{Email: mail, Name: name, Password: adminPassword})
		clients[name] = s.public.SignIn(mail, adminPassword)
	}
	err := s.db.InTx(s.t.Context(), func(tx *store.Tx) error { return found(s.t.Context(), tx, b.id, people) })
	if err != nil {
		s.t.Fatal(err)
	}
	s.admin().Must("POST", "/committees/board/staff", map[string]any{"account": people["secretary"]}, nil)
	b.secretary, b.chair, b.member = clients["secretary"], clients["chair"], clients["member"]
	return b
}

func found(ctx context.Context, tx *store.Tx, id domain.ID, people map[string]domain.ID) error {
	if err := tx.AddCommittee(ctx, committee.Committee{
		ID: id, Code: "dx", Name: "디지털전환위원회", OwningDepartment: "디지털전환과", Pack: "seoul-general",
		FoundedOn: "2026-01-01", State: committee.Active, Version: 1,
	}); err != nil {
		return err
	}
	for n, name := range []string{"chair", "member"} {
		seat := domain.ID("seat-" + name)
		role := []committee.Role{committee.RoleChair, committee.RoleMember}[n]
		if err := tx.AddSeat(ctx, committee.Seat{
			ID: seat, Committee: id, Number: n + 1, Kind: committee.Appointed, Role: role,
		}); err != nil {
			return err
		}
		if err := tx.AddMember(ctx, committee.Member{
			ID: domain.ID("m-" + name), Seat: seat, Committee: id, Person: people[name], Name: name, Organisation: "기관",
			From: "2026-01-01", Version: 1,
		}); err != nil {
			return err
		}
	}
	return nil
}

// item plans a meeting of the board a month ahead and puts an item on its agenda.
func (b board) item() (meeting, item string) {
	var planned, added struct{ ID string }
	b.secretary.Must("POST", "/committees/board/meetings", map[string]any{"plan": map[string]any{
		"title": "제1차 회의", "mode": "in_person", "place": "본관 회의실",
		"startsAt": "2026-12-21T14:00:00+09:00", "expectedEnd": "2026-12-21T16:00:00+09:00",
	}}, &planned)
	b.secretary.Must("POST", "/meetings/"+planned.ID+"/items", map[string]any{"content": map[string]any{
		"kind": "resolution", "subject": "other", "title": "운영세칙(안)", "proposer": "디지털전환과", "proposal": "원안과 같이 의결한다.",
	}}, &added)
	return planned.ID, added.ID
}
