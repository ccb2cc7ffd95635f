package main

import (
	"fmt"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/identity"
	"secretariat/domain/meeting"
	"secretariat/service/convening"
	identityservice "secretariat/service/identity"
	"secretariat/service/seating"
	"secretariat/transport/jsonapi/apitest"
)

const (
	adminMail = "admin@city.example"
	password  = "a long enough password"
)

// TestTemporalDown serves while Temporal is away. What people do works and is kept; what the system owes them for it
// follows once there is an engine. It follows as well where an engine had been told and was lost with what it knew.
func TestTemporalDown(t *testing.T) {
	needEngine(t)
	for name, forget := range map[string]string{
		"signals wait":                "",
		"signals were taken and lost": "UPDATE signals SET sent_at = at",
	} {
		t.Run(name, func(t *testing.T) {
			dir, listen := t.TempDir(), freeAddress(t)
			database := onSQLite.url(t, dir)
			env := []string{
				"SECRETARIAT_DATABASE=" + database, "SECRETARIAT_LISTEN=" + listen,
				"SECRETARIAT_FILES=" + filepath.Join(dir, "files"), "SECRETARIAT_MAIL_FOLDER=" + filepath.Join(dir, "mail"),
				"SECRETARIAT_ENGINE=" + filepath.Join(dir, "temporal.db"),
			}
			l, members := conveneWithoutTemporal(t, env, database, listen)
			if early := mailFolder(t, dir); len(early) > 0 {
				t.Errorf("%d letters went out", len(early))
			}
			l.change(forget)
			up := start(t, env, "", "serve")
			up.await("the notices", 2*time.Minute, func() bool {
				return l.number("SELECT count(*) FROM letters WHERE kind = 'invitation'") == members &&
					l.number("SELECT count(*) FROM signals WHERE sent_at IS NULL") == 0
			})
			up.interrupt()
			if mail := mailFolder(t, dir); len(mail) != members {
				t.Errorf("%d letters for %d members", len(mail), members)
			}
		})
	}
}

// conveneWithoutTemporal serves at an address while nobody answers at Temporal's, until a meeting has been convened.
// It returns the database as it is then and the number of members.
func conveneWithoutTemporal(t *testing.T, env []string, database, listen string) (ledger, int) {
	t.Helper()
	start(t, env, password+"\n", "user", "--email", adminMail, "--name", "관리자", "--admin").finish(time.Minute)
	down := start(t, append(env, "TEMPORAL_ADDRESS="+freeAddress(t)), "", "serve")
	down.await("listening", time.Minute, func() bool { return strings.Contains(down.log.text(), `"msg":"listening"`) })
	start(t, env, "", "health").finish(time.Minute)
	members := convene(t, apitest.New(t, "http://"+listen))
	down.interrupt()
	l := openLedger(t, database)
	if sent := l.number("SELECT count(*) FROM signals WHERE sent_at IS NOT NULL"); sent > 0 {
		t.Errorf("%d signals went to a Temporal that is not there", sent)
	}
	if kept := l.number("SELECT count(*) FROM signals"); kept == 0 {
		t.Error("no signal is kept for when Temporal is back")
	}
	return l, members
}

// freeAddress is an address of this machine at which nobody listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return l.Addr().String()
}

// convene founds a committee through the API, puts a meeting on its calendar in a month's time and lets the chair
// convene it. It returns how many members there are.
func convene(t *testing.T, public *apitest.Client) int {
	t.Helper()
	const members = 3
	admin := public.SignIn(adminMail, password)
	var founded committee.Committee
	admin.Must("POST", "/committees", charter(), &founded)
	for n := range members {
		seat(t, admin, founded.ID, n+1)
	}
	account := person(t, admin, "secretary@city.example", "간사")
	path := "/committees/" + string(founded.ID)
	admin.Must("POST", path+"/staff", identityservice.AssignStaffInput{Account: account}, nil)
	admin.Must("POST", path+"/activate", seating.StateInput{Version: 1}, nil)

	secretary := public.SignIn("secretary@city.example", password)
	var planned meeting.Meeting
	day := time.Now().In(calendar.Seoul).AddDate(0, 0, 30).Truncate(time.Hour)
	secretary.Must("POST", path+"/meetings", convening.PlanInput{Plan: meeting.Plan{
		Title: "임시회", Mode: meeting.InPerson, StartsAt: day, ExpectedEnd: day.Add(time.Hour), Place: "본관 3층",
	}}, &planned)
	path = "/meetings/" + string(planned.ID)
	secretary.Must("POST", path+"/items", convening.AddItemInput{Content: meeting.Content{
		Kind: meeting.Resolution, Subject: meeting.SubjectOther, Title: "운영세칙(안)", Proposer: "담당부서",
		Proposal: "운영세칙을 정한다.", Reasons: "운영에 필요한 사항을 정하려는 것임.",
	}}, nil)
	chair := public.SignIn("member1@city.example", password)
	var view convening.View
	chair.Must("GET", path, nil, &view)
	chair.Must("POST", path+"/convene", convening.ConveneInput{Version: view.Version}, nil)
	return members
}

func charter() seating.FoundInput {
	in := seating.FoundInput{
		Code: "test", Name: "시험위원회", OwningDepartment: "담당부서", LegalBasis: "시험 조례", Pack: "seoul-general",
		PlannedMeetings: 2, FoundedOn: calendar.DateOf(time.Now()), SunsetOn: calendar.DateOf(time.Now()).AddMonths(36),
		Charter: map[string]string{},
	}
	for _, heading := range []string{
		"purpose", "composition", "duration", "disqualification", "convening", "quorum", "chair_powers", "subcommittees",
	} {
		in.Charter[heading] = "조례에 따른다."
	}
	return in
}

func person(t *testing.T, admin *apitest.Client, email, name string) domain.ID {
	t.Helper()
	var account identity.Account
	in := identityservice.CreateAccountInput{Email: email, Name: name, Password: password}
	admin.Must("POST", "/accounts", in, &account)
	return account.ID
}

// seat makes a seat and appoints a member to it; the first is the chair.
func seat(t *testing.T, admin *apitest.Client, of domain.ID, n int) {
	t.Helper()
	account := person(t, admin, fmt.Sprintf("member%d@city.example", n), fmt.Sprintf("위원 %d", n))
	in := seating.AddSeatInput{
		Number: n, Kind: committee.ExOfficio, Role: committee.RoleMember, Post: fmt.Sprintf("국장 %d", n),
	}
	if n == 1 {
		in.Role = committee.RoleChair
	}
	var seat committee.Seat
	admin.Must("POST", "/committees/"+string(of)+"/seats", in, &seat)
	admin.Must("POST", "/seats/"+string(seat.ID)+"/members", seating.AppointInput{
		Person: account, Organisation: "서울특별시", Sex: committee.Undisclosed, From: calendar.DateOf(time.Now()),
	}, nil)
}
