package play

import (
	"context"
	"fmt"
	"slices"
	"time"

	"secretariat/domain/calendar"
	"secretariat/domain/selection"
	"secretariat/internal/sample"
	"secretariat/service"
)

// Prelude is when a demo begins: what leads to the evaluation that is under way at Start has gone before.
var Prelude = Start.AddDate(0, 0, -45)

// The call of the demo that is being evaluated: the start-up programme of 2021, an eighth of its size. Of the panel some have
// submitted, and one is in the middle of the work.
const (
	contestCode  = "startup"
	contestScale = 8
	contestDone  = 3 // of the panel
	contestBegun = 5 // sheets of who is in the middle
)

// newContest is the round of that call alone, in the weeks before Start.
func newContest(p *Play) *round {
	all, err := sample.LoadRound()
	if err != nil {
		panic(err) // the file is part of the program
	}
	all.Programmes = slices.DeleteFunc(all.Programmes, func(x *sample.Programme) bool { return x.Code != contestCode })
	for _, x := range all.Programmes { // the sample's alliance has other sectors than that of the round
		x.Sectors = slices.DeleteFunc(x.Sectors, func(s string) bool { return !slices.Contains(p.sample.Alliance.Sectors, s) })
	}
	all.Begins, all.Closes, all.Judged = Prelude, Start.AddDate(0, 0, -17).Add(9*time.Hour), Start.AddDate(0, 0, -6)
	r := newRound(p, all.Scale(contestScale))
	r.join = false // they apply from outside
	r.evaluateBy = calendar.DateOf(Start.AddDate(0, 0, 11))
	return r
}

// contest brings the call to the middle of its evaluation. Where Start has passed without it there is none; one that was begun is
// left as people made it.
func (p *Play) contest(ctx context.Context) error {
	r := newContest(p)
	ahead := p.stage.Clock.Now().Before(Start)
	if begun, err := r.begun(ctx); err != nil || !ahead && !begun {
		return err
	}
	if ahead {
		p.stage.Clock.Set(Acting)
	}
	for _, act := range []func(context.Context) error{r.invite, r.publish, r.apply, r.close, r.review, r.draw, r.begin} {
		if err := act(ctx); err != nil {
			return err
		}
	}
	if !ahead {
		return nil
	}
	if err := r.pass(ctx, Start); err != nil {
		return err
	}
	p.stage.Clock.Set(1)
	return nil
}

// begun reports whether an earlier run has published the call.
func (r *round) begun(ctx context.Context) (bool, error) {
	var page service.Page[selection.Call]
	err := r.secretary.get(ctx, fmt.Sprintf("/calls?limit=%d", service.MaxPage), &page)
	return slices.ContainsFunc(page.Items, func(c selection.Call) bool { return c.Title == r.calls[0].programme.Title }), err
}

// begin has some of the panel submit their work and one begin it; later runs only learn who that is.
func (r *round) begin(ctx context.Context) error {
	chairs, err := r.chairs(ctx)
	if err != nil {
		return err
	}
	ahead := r.stage.Clock.Now().Before(Start)
	progress := r.bar("평가", contestDone*len(r.applicants)+contestBegun)
	for ; ahead && len(chairs) > r.round.Evaluators.Panel-contestDone; chairs = chairs[1:] {
		if err := r.evaluate(ctx, chairs[0], progress); err != nil {
			return err
		}
	}
	if len(chairs) == 0 {
		return nil
	}
	r.judge = r.evaluatorMail(chairs[0].call, chairs[0].number)
	if ahead {
		_, err = r.judging(ctx, chairs[0], contestBegun, progress)
	}
	return err
}
