package workflows

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/service"
	"secretariat/service/tasking"
)

// passage is a naive record of one task that fulfils its port: the stage it is in since when, and who was written to.
type passage struct {
	sync.Mutex
	now      func() time.Time
	stage    service.Stage
	since    time.Time
	letters  int
	reminded bool
	log      []string
	reply    time.Time // when a reply is due, zero when none is
	early    bool
	late     bool
}

func newPassage() *passage {
	return &passage{stage: tasking.StageDiscussing, since: day(1, 12), letters: 2}
}

// moves is somebody's act that brings the task to another gate.
func (p *passage) moves(stage service.Stage, letters int) {
	p.Lock()
	defer p.Unlock()
	p.stage, p.since, p.letters, p.reminded = stage, p.now(), letters, false
}

// days is how long each gate takes at most.
var gateDays = map[service.Stage]int{
	tasking.StageDiscussing: 14, tasking.StageRefining: 21, tasking.StageTabling: 60, tasking.StageSpreading: 90, tasking.StageReturned: 30,
	tasking.StageSandbox: 30,
}

var gateNames = map[service.Stage]service.DeadlineName{
	tasking.StageDiscussing: tasking.DeadlineSherpa, tasking.StageRefining: tasking.DeadlineCouncil, tasking.StageTabling: tasking.DeadlineTable,
	tasking.StageSpreading: tasking.DeadlineSpread, tasking.StageReturned: tasking.DeadlineRevise,
	tasking.StageSandbox: tasking.DeadlineSandbox,
}

func (p *passage) Stand(_ context.Context, _ domain.Actor, in tasking.CaseInput) (tasking.Standing, error) {
	p.Lock()
	defer p.Unlock()
	out := tasking.Standing{Task: in.Task, Committee: "c1", At: p.now(), Stage: p.stage, Letters: p.letters}
	days, gated := gateDays[p.stage]
	if !gated {
		return out, nil
	}
	due := p.since.AddDate(0, 0, days)
	if remind := due.AddDate(0, 0, -7); p.now().Before(remind) {
		out.Deadlines = append(out.Deadlines, service.Deadline{Name: tasking.DeadlineRemind, At: remind})
	} else if !p.reminded && p.stage != tasking.StageTabling {
		out.Letters++
	}
	out.Deadlines = append(out.Deadlines, service.Deadline{Name: gateNames[p.stage], At: due})
	if !p.reply.IsZero() {
		out.Deadlines = append(out.Deadlines, service.Deadline{Name: tasking.DeadlineReply, At: p.reply})
	}
	return out, nil
}

func (p *passage) SendDue(context.Context, domain.Actor, tasking.CaseInput) error {
	p.Lock()
	defer p.Unlock()
	remind := p.since.AddDate(0, 0, gateDays[p.stage]-7)
	p.letters, p.reminded = 0, !p.now().Before(remind)
	p.log = append(p.log, fmt.Sprint(p.now().In(calendar.Seoul).Format("2006-01-02 "), p.stage))
	if p.stage == tasking.StageTelling {
		p.stage = tasking.StageOver
	}
	return nil
}

// pass plays a task: what people do at which time, until the workflow ends.
func pass(t *testing.T, p *passage, w *world, acts map[time.Duration]func()) []string {
	t.Helper()
	through(t, TypeTaskPipeline, w, func(port *Activities, now func() time.Time) { port.Tasks, p.now = p, now }, acts)
	return p.log
}

func TestATaskThroughItsGates(t *testing.T) {
	t.Parallel()
	p, w := newPassage(), newWorld()
	got := pass(t, p, w, map[time.Duration]func(){
		10 * oneDay:  func() { p.moves(tasking.StageRefining, 3) },
		20 * oneDay:  func() { p.moves(tasking.StageReturned, 1) },
		25 * oneDay:  func() { p.moves(tasking.StageRefining, 3) },
		30 * oneDay:  func() { p.moves(tasking.StageTabling, 1) },
		60 * oneDay:  func() { p.moves(tasking.StageSpreading, 1) },
		170 * oneDay: func() { p.moves(tasking.StageTelling, 1) },
	})
	want := []string{
		"2026-11-01 task_discussing", "2026-11-08 task_discussing", "2026-11-11 task_refining", "2026-11-21 task_returned",
		"2026-11-26 task_refining", "2026-12-01 task_tabling", "2026-12-31 task_spreading", "2027-03-24 task_spreading",
		"2027-04-20 task_telling",
	}
	if !slices.Equal(got, want) {
		t.Errorf("did %v, want %v", got, want)
	}
	if !w.owner["c1"] {
		t.Error("a report that was not given in time was not put before the staff")
	}
}

func TestARequestWhoseReplyIsLateIsPutBeforeTheStaff(t *testing.T) {
	t.Parallel()
	p, w := newPassage(), newWorld()
	p.reply = day(1, 12).AddDate(0, 0, 10)
	pass(t, p, w, map[time.Duration]func(){
		9 * oneDay:  func() { p.early = w.owner["c1"] },
		11 * oneDay: func() { p.late = w.owner["c1"]; p.reply = time.Time{}; p.moves(tasking.StageSandbox, 1) },
		12 * oneDay: func() { p.moves(tasking.StageOver, 0) },
	})
	if p.early || !p.late {
		t.Errorf("before its day %v, after it %v", p.early, p.late)
	}
	if len(p.log) != 3 || !strings.HasSuffix(p.log[2], "task_sandbox") {
		t.Errorf("did %v", p.log)
	}
}

func TestATaskThatIsGivenUpEndsInSilence(t *testing.T) {
	t.Parallel()
	p, w := newPassage(), newWorld()
	got := pass(t, p, w, map[time.Duration]func(){3 * oneDay: func() { p.moves(tasking.StageOver, 0) }})
	if want := []string{"2026-11-01 task_discussing"}; !slices.Equal(got, want) || w.owner["c1"] {
		t.Errorf("did %v, want %v", got, want)
	}
}
