package play

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/selection"
	"secretariat/internal/sample"
	"secretariat/service"
	"secretariat/service/selecting"
)

// round is the performance of a year's calls for proposals, from the first to the agreements.
type round struct {
	*Play
	round      *sample.Round
	applicants []sample.Applicant
	byName     map[string]sample.Applicant
	contacts   []*person // who acts for so many applicants each; nil before they have signed in
	enrolled   []domain.ID
	join       bool          // the applicants are members of the alliance
	evaluateBy calendar.Date // empty: no last day
	calls      []*contest
	guests     map[string]domain.ID // accounts of the evaluators by address
}

// contest is one call of the round.
type contest struct {
	programme *sample.Programme
	id        domain.ID
	first     int // applicant of the round
}

// RunSelection gives the whole round of 2021, its sizes divided by scale, and leaves the published results in the folder. Every
// step looks first at what there is, so that a play that was broken off goes on where it was.
func RunSelection(ctx context.Context, s Stage, scale int) error {
	all, err := sample.LoadRound()
	if err != nil {
		return err
	}
	if err := sameScale(s.Dir, scale); err != nil {
		return err
	}
	p, err := newPlay(s)
	if err != nil {
		return err
	}
	r := newRound(p, all.Scale(scale))
	if err := r.prepare(r.addresses()...); err != nil {
		return err
	}
	defer r.log.Close()
	if s.Clock.Now().Before(r.round.Begins) {
		s.Clock.Jump(r.round.Begins)
	}
	s.Clock.Set(Acting)
	for _, act := range []func(context.Context) error{
		r.found, r.appoint, r.enrol, r.publish, r.apply, r.close, r.review, r.draw, r.score, r.rank, r.announce, r.object, r.finish,
		r.agree, r.collect,
	} {
		if err := act(ctx); err != nil {
			return err
		}
	}
	return nil
}

func newRound(p *Play, of *sample.Round) *round {
	r := &round{
		Play: p, round: of, join: true, applicants: of.Applicants(), byName: map[string]sample.Applicant{}, guests: map[string]domain.ID{},
	}
	for _, a := range r.applicants {
		r.byName[a.Name] = a
	}
	r.enrolled = make([]domain.ID, len(r.applicants))
	r.contacts = make([]*person, (len(r.applicants)+of.PerContact-1)/of.PerContact)
	for _, a := range r.applicants {
		if a.Number == 0 {
			r.calls = append(r.calls, &contest{programme: a.Programme, first: a.Place})
		}
	}
	return r
}

// Scale is the file that keeps by how much the sizes of a round are divided.
const Scale = "scale"

// sameScale refuses to go on with a round of other sizes.
func sameScale(dir string, scale int) error {
	if scale < 1 {
		return fmt.Errorf("--scale %d: 1 이상이어야 합니다 (at least 1)", scale)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	file, want := filepath.Join(dir, Scale), strconv.Itoa(scale)
	raw, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return write(file, []byte(want), 0o644)
	}
	if err == nil && string(raw) != want {
		return fmt.Errorf("이 폴더의 시연은 --scale %s로 시작하였습니다 (begun with another --scale)", raw)
	}
	return err
}

// rushing is the pace of the clock between the stages of a round: a second is eight months.
const rushing = 20_000_000

// pass lets the clock run until a time of the round.
func (r *round) pass(ctx context.Context, until time.Time) error {
	if !r.stage.Clock.Now().Before(until) {
		return nil
	}
	r.stage.Clock.Rush(rushing, until)
	if err := r.stage.Look(ctx); err != nil {
		return err
	}
	return r.sleep(ctx, r.stage.Clock.Wall(until))
}

// state is where a call is now, with its version.
func (r *round) state(ctx context.Context, c *contest) (selection.Call, error) {
	var out selecting.View
	err := r.secretary.get(ctx, "/calls/"+string(c.id), &out)
	return out.Call, err
}

// each does something with every call that is in a state.
func (r *round) each(ctx context.Context, in selection.CallState, do func(context.Context, *contest, selection.Call) error) error {
	for _, c := range r.calls {
		at, err := r.state(ctx, c)
		if err == nil && at.State == in {
			err = do(ctx, c, at)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", c.programme.Title, err)
		}
	}
	return nil
}

// settled waits until the system has done its part in every call: it stands where it is waited for, and no letter is left.
func (r *round) settled(ctx context.Context, what string, stands func(selecting.Standing) bool) error {
	for _, c := range r.calls {
		err := r.until(ctx, c.programme.Title+": "+what, func() (bool, error) {
			var at selecting.Standing
			err := r.secretary.get(ctx, "/calls/"+string(c.id)+"/stand", &at)
			return err == nil && at.Letters == 0 && stands(at), err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// past reports whether a call stands anywhere but in a stage.
func past(stage service.Stage) func(selecting.Standing) bool {
	return func(at selecting.Standing) bool { return at.Stage != stage }
}
