package play

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/internal/pace"
	"secretariat/internal/sample"
	"secretariat/service/convening"
)

// Stage is where the play is given.
type Stage struct {
	Base  string                         // address of the server, "http://127.0.0.1:1234"
	Dir   string                         // folder for what the play leaves
	Clock *pace.Clock                    // the clock of the services
	Look  func(context.Context) error    // tells every open case to look again, after a change of pace
	Out   io.Writer                      // progress for people
	Admin func(email, pass string) error // makes the first account, as `secretariat user` does
}

// Play is one performance.
type Play struct {
	stage    Stage
	sample   *sample.Sample
	accounts accounts
	log      *os.File // acknowledged acts, one key a line

	admin, secretary, clerk *person
	member                  map[int]*person // by seat
	committee               domain.ID
	appointment             map[int]domain.ID    // by seat
	place                   map[int]place        // by seat
	register                domain.ID            // the alliance
	firms                   []domain.ID          // its organisations
	divisions               map[string]domain.ID // of the alliance, by code
	partners                map[string]*person   // who act for organisations in the pipeline of tasks
	meeting                 domain.ID
	items                   []played
	cursor                  time.Time // in the meeting
	judge                   string    // address of an evaluator with work left, empty where nothing is evaluated
}

// played is an item of the sample with its id on the agenda; number 0 is the election of the vice chair.
type played struct {
	id     domain.ID
	sample sample.Item
}

// Start is when the play begins: a Monday morning at nine, three weeks before the meeting.
var Start = time.Date(2026, 11, 23, 9, 0, 0, 0, calendar.Seoul)

// Files of a play in its folder, beside Folder.
const (
	Accounts     = "accounts.json"    // passwords by address; there before the database holds anything
	Acknowledged = "acknowledged.log" // keys of the acts that the server has acknowledged, one a line
)

// Run gives the whole play and leaves its documents in the folder.
func Run(ctx context.Context, s Stage) error {
	p, err := newPlay(s)
	if err != nil {
		return err
	}
	if err := p.prepare(); err != nil {
		return err
	}
	defer p.log.Close()
	s.Clock.Set(Acting)
	for _, act := range []func(context.Context) error{
		p.found, p.appoint, p.plan, p.alliance, p.basicPlan, p.convene, p.answer, p.declare, p.session, p.minutes, p.publish, p.followUp, p.collect,
	} {
		if err := act(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Found gives the play's beginning only: the committee with its people, a call for proposals that is being evaluated and a
// planned meeting whose date is being asked about, for a server that goes on.
func Found(ctx context.Context, s Stage) (*Play, error) {
	p, err := newPlay(s)
	if err != nil {
		return nil, err
	}
	if err := p.prepare(newContest(p).addresses()...); err != nil {
		return nil, err
	}
	defer p.log.Close()
	for _, act := range []func(context.Context) error{p.found, p.appoint, p.enlist, p.contest, p.plan, p.dates, p.ask, p.assess, p.tasks, p.basicPlan} {
		if err := act(ctx); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func newPlay(s Stage) (*Play, error) {
	of, err := sample.Load()
	return &Play{stage: s, sample: of, member: map[int]*person{}, appointment: map[int]domain.ID{}, place: map[int]place{}}, err
}

// Meeting is the meeting that was planned.
func (p *Play) Meeting() domain.ID { return p.meeting }

// Begins is when that meeting begins, as it is planned now.
func (p *Play) Begins(ctx context.Context) (time.Time, error) {
	var view convening.View
	err := p.secretary.getMeeting(ctx, &view)
	return view.StartsAt, err
}

// Advance lets the clock run until a time, with a stop at every deadline of the meeting until the system has done its
// part, so that what people see after it is what they would have seen by waiting.
func (p *Play) Advance(ctx context.Context, until time.Time) error { return p.wait(ctx, until) }

// Guest is somebody of the sample whose part one may take.
type Guest struct{ Key, Role, Email, Password, Home string }

// Guests are some of the sample's people, one of each kind.
func (p *Play) Guests() []Guest {
	out := []Guest{
		{"secretary", "간사", secretaryMail, "", "/board"}, {"clerk", "서기", clerkMail, "", "/board"},
		{"chair", "위원장", memberMail(1), "", "/desk"}, {"member", "위원", memberMail(4), "", "/desk"},
		{"partner", "얼라이언스 회원사", partnerMail(1), "", "/organisations"}, {"admin", "관리자", adminMail, "", "/desk"},
	}
	if p.judge != "" {
		out = append(out, Guest{"evaluator", "평가위원", p.judge, "", "/desk"})
	}
	for n := range out {
		out[n].Password = p.accounts[out[n].Email]
	}
	return out
}

// prepare gets ready what every play needs; others are the addresses of people beside the sample's.
func (p *Play) prepare(others ...string) error {
	if err := os.MkdirAll(p.stage.Dir, 0o755); err != nil {
		return err
	}
	var err error
	log := filepath.Join(p.stage.Dir, Acknowledged)
	if p.log, err = os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644); err != nil {
		return err
	}
	if p.accounts, err = openAccounts(filepath.Join(p.stage.Dir, Accounts), append(addresses(p.sample), others...)); err != nil {
		return err
	}
	return p.stage.Admin(adminMail, p.accounts[adminMail])
}

const (
	adminMail     = "admin@dx.example"
	secretaryMail = "secretary@dx.example"
	clerkMail     = "clerk@dx.example"
)

// accounts are the passwords of the sample's people by address. They are made once and kept beside the database, so
// that a play that is begun again can sign in, and so can whoever looks at the demo.
type accounts map[string]string

func openAccounts(path string, addresses []string) (accounts, error) {
	a := accounts{}
	raw, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(raw, &a)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, address := range addresses {
		if a[address] == "" {
			a[address] = rand.Text()
		}
	}
	if raw, err = json.MarshalIndent(a, "", "  "); err != nil {
		return nil, err
	}
	return a, write(path, raw, 0o600)
}

// addresses are those of all the sample's people.
func addresses(s *sample.Sample) []string {
	out := []string{adminMail, secretaryMail, clerkMail}
	for _, seat := range s.Committee.Seats {
		out = append(out, memberMail(seat.Number))
	}
	for n := range s.Alliance.Organisations {
		out = append(out, partnerMail(n+1))
	}
	return out
}

// write writes a file aside and renames it, so that a file that is there is whole.
func write(path string, raw []byte, mode fs.FileMode) error {
	if err := os.WriteFile(path+".new", raw, mode); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

func memberMail(seat int) string { return fmt.Sprintf("member%02d@dx.example", seat) }

// acknowledge notes that the server has acknowledged an act; the crash test reads it.
func (p *Play) acknowledge(key string) {
	if key != "" {
		fmt.Fprintln(p.log, key)
	}
}

// say prints a line of progress with the time of the play.
func (p *Play) say(format string, args ...any) {
	fmt.Fprintf(p.stage.Out, "%s  %s\n", calendar.Korean(p.stage.Clock.Now()), fmt.Sprintf(format, args...))
}
