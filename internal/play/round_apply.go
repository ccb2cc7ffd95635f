package play

import (
	"context"
	"fmt"

	"secretariat/domain/selection"
	"secretariat/internal/sample"
	"secretariat/service"
	"secretariat/service/selecting"
)

// publish has the secretary draft and publish every call of the round.
func (r *round) publish(ctx context.Context) error {
	for _, c := range r.calls {
		var draft selection.Call
		in := selecting.DraftInput{Plan: r.plan(c.programme)}
		if err := r.secretary.post(ctx, "/alliances/"+string(r.register)+"/calls", in, &draft); err != nil {
			return fmt.Errorf("%s: %w", c.programme.Title, err)
		}
		c.id = draft.ID
		err := r.secretary.post(ctx, "/calls/"+string(c.id)+"/publish", selecting.ActInput{Version: draft.Version}, nil)
		if err != nil {
			return fmt.Errorf("%s: %w", c.programme.Title, err)
		}
	}
	r.say("공모 %d건 공고", len(r.calls))
	return nil
}

func (r *round) plan(p *sample.Programme) selecting.Plan {
	out := selecting.Plan{
		Instrument: selection.Instrument(p.Instrument), Title: p.Title, Purpose: p.Purpose + "\n\n" + r.round.Notice,
		ClosesAt: r.round.Closes, Terms: selection.Terms{Sizes: p.Sizes, Sectors: p.Sectors, Most: p.Ceiling()},
		Profile: selection.Profile{
			Floor: r.round.Evaluators.Floor, TrimFrom: r.round.Evaluators.TrimFrom, BonusMax: 5, PenaltyMax: 5, Decimals: 2,
			Panel: r.round.Evaluators.Panel, Select: p.Selected, Reserve: p.Reserve, Budget: p.Budget,
		},
	}
	for _, c := range p.Criteria {
		out.Profile.Criteria = append(out.Profile.Criteria, selection.Criterion{Name: c.Name, Weight: c.Weight})
	}
	return out
}

// open tells for every call whether it takes applications.
func (r *round) open(ctx context.Context) (map[string]bool, error) {
	out := map[string]bool{}
	err := r.each(ctx, selection.Open, func(_ context.Context, c *contest, _ selection.Call) error {
		out[c.programme.Code] = true
		return nil
	})
	return out, err
}

// apply has every contact submit the applications of its organisations.
func (r *round) apply(ctx context.Context) error {
	open, err := r.open(ctx)
	if err != nil {
		return err
	}
	progress := r.bar("신청 접수", len(r.applicants))
	ids := map[string]*contest{}
	for _, c := range r.calls {
		ids[c.programme.Code] = c
	}
	err = queue(ctx, len(r.contacts), func(ctx context.Context, n int) error {
		who, err := r.contact(ctx, n)
		if err != nil {
			return err
		}
		last := min((n+1)*r.round.PerContact, len(r.applicants))
		for _, a := range r.applicants[n*r.round.PerContact : last] {
			progress.add(1)
			if !open[a.Programme.Code] {
				continue
			}
			path := "/calls/" + string(ids[a.Programme.Code].id) + "/submit"
			if err := who.post(ctx, path, r.request(a), nil); err != nil {
				return fmt.Errorf("%s: %w", a.Name, err)
			}
		}
		return nil
	})
	if err == nil && len(open) > 0 {
		r.say("신청 %d건 접수", len(r.applicants))
	}
	return err
}

func (r *round) request(a sample.Applicant) selecting.SaveInput {
	return selecting.SaveInput{
		Organisation: r.enrolled[a.Place], Title: a.Title, Summary: a.Summary, Plan: a.Plan, Amount: a.Amount, OwnMoney: a.Own,
	}
}

// close lets the time for applications end, which the workflows do.
func (r *round) close(ctx context.Context) error {
	if err := r.pass(ctx, r.round.Closes); err != nil {
		return err
	}
	return r.settled(ctx, "the close", past(selecting.StageOpen))
}

// review has the staff decide on the eligibility of what was submitted.
func (r *round) review(ctx context.Context) error {
	var waiting []selection.Application
	err := r.each(ctx, selection.Reviewing, func(ctx context.Context, c *contest, _ selection.Call) error {
		all, err := r.submitted(ctx, c)
		waiting = append(waiting, all...)
		return err
	})
	if err != nil || len(waiting) == 0 {
		return err
	}
	progress := r.bar("요건 검토", len(waiting))
	err = queue(ctx, len(waiting), func(ctx context.Context, i int) error {
		defer progress.add(1)
		x := waiting[i]
		a := r.byName[x.Applicant]
		in := selecting.ReviewInput{Eligible: a.Ineligible == "", Reason: a.Ineligible, Bonus: a.Bonus, Version: x.Version}
		if a.Bonus > 0 {
			in.BonusCount, in.Grounds = 1, "고용 우수기업 확인서"
		}
		return r.clerk.twin(i).post(ctx, "/applications/"+string(x.ID)+"/review", in, nil)
	})
	if err == nil {
		r.say("요건 검토 %d건", len(waiting))
	}
	return err
}

// submitted reads the applications of a call that wait for their review.
func (r *round) submitted(ctx context.Context, c *contest) ([]selection.Application, error) {
	var out []selection.Application
	for after := "0"; after != ""; {
		var page service.Page[selection.Application]
		path := fmt.Sprintf("/calls/%s/applications?state=submitted&limit=%d&after=%s", c.id, service.MaxPage, after)
		if err := r.clerk.get(ctx, path, &page); err != nil {
			return nil, err
		}
		out, after = append(out, page.Items...), page.Next
	}
	return out, nil
}
