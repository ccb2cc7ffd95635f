package play

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"secretariat/domain"
	"secretariat/domain/selection"
	"secretariat/service/selecting"
)

// draw fills the pool of every call and draws its panel, which is asked by mail.
func (r *round) draw(ctx context.Context) error {
	drawn := 0
	err := r.each(ctx, selection.Reviewing, func(ctx context.Context, c *contest, at selection.Call) error {
		for n := range r.round.Evaluators.Pool {
			in := selecting.AddEvaluatorInput{Email: r.evaluatorMail(c, n), Expertise: c.programme.Sectors[0]}
			var err error
			if in.Recommends, err = r.recommended(ctx, c, n); err != nil {
				return err
			}
			if err := r.clerk.post(ctx, "/calls/"+string(c.id)+"/evaluators", in, nil); err != nil {
				return err
			}
		}
		drawn++
		return r.secretary.post(ctx, "/calls/"+string(c.id)+"/draw", selecting.DrawInput{EvaluateBy: r.evaluateBy, Version: at.Version}, nil)
	})
	if err != nil {
		return err
	}
	if err := r.settled(ctx, "the letters to the panel", func(selecting.Standing) bool { return true }); err != nil {
		return err
	}
	if drawn > 0 {
		r.say("평가위원 추첨: 공모 %d건, 위원 %d명씩", drawn, r.round.Evaluators.Panel)
	}
	return r.pass(ctx, r.round.Judged)
}

// sent is how many of the pool come from investors who recommended applicants; the draw keeps them out.
const sent = 3

// recommended are the applicants whom the investor of the n-th of the pool recommended.
func (r *round) recommended(ctx context.Context, c *contest, n int) ([]domain.ID, error) {
	out := []domain.ID{}
	if c.programme.Recommenders == 0 || n >= sent {
		return out, nil
	}
	for _, a := range r.applicants[c.first : c.first+c.programme.Received] {
		if a.Recommender != n+1 {
			continue
		}
		if _, err := r.contact(ctx, a.Place/r.round.PerContact); err != nil {
			return nil, err
		}
		out = append(out, r.enrolled[a.Place])
	}
	return out, nil
}

// chair is somebody who has to evaluate in a call.
type chair struct {
	call   *contest
	number int // in the pool
	left   int // sheets that are not submitted
}

// score has everybody on the panels pledge, score every application and submit.
func (r *round) score(ctx context.Context) error {
	chairs, err := r.chairs(ctx)
	total := 0
	for _, x := range chairs {
		total += x.left
	}
	if err != nil || total == 0 {
		return err
	}
	slices.SortStableFunc(chairs, func(a, b chair) int { return cmp.Compare(b.left, a.left) }) // the longest work first
	progress := r.bar("평가", total)
	err = queue(ctx, len(chairs), func(ctx context.Context, i int) error {
		if err := r.evaluate(ctx, chairs[i], progress); err != nil {
			return fmt.Errorf("%s: %w", chairs[i].call.programme.Title, err)
		}
		return nil
	})
	if err == nil {
		r.say("평가표 %d장 제출", total)
	}
	return err
}

// chairs are those on the panels whose work is not submitted.
func (r *round) chairs(ctx context.Context) ([]chair, error) {
	var out []chair
	err := r.each(ctx, selection.Evaluating, func(ctx context.Context, c *contest, _ selection.Call) error {
		var panel selecting.Panel
		if err := r.secretary.get(ctx, "/calls/"+string(c.id)+"/evaluators", &panel); err != nil {
			return err
		}
		for _, x := range panel.Items {
			if left := x.Assigned - x.Submitted; x.Evaluator.Sits && left > 0 {
				out = append(out, chair{c, r.evaluator(c, x.Evaluator.Account), left})
			}
		}
		return nil
	})
	return out, err
}

// evaluate has one member of a panel do its work and submit it.
func (r *round) evaluate(ctx context.Context, x chair, progress *bar) error {
	who, err := r.judging(ctx, x, len(r.applicants), progress)
	if err != nil {
		return err
	}
	return who.post(ctx, "/calls/"+string(x.call.id)+"/sheets/submit", nil, nil)
}

// judging has one member of a panel pledge and score so many applications. Sheets that an earlier run has kept stay as they are.
func (r *round) judging(ctx context.Context, x chair, most int, progress *bar) (*person, error) {
	mail := r.evaluatorMail(x.call, x.number)
	who := r.person(mail + " " + x.call.programme.Code)
	if err := who.signIn(ctx, mail, r.accounts[mail]); err != nil {
		return who, err
	}
	path := "/calls/" + string(x.call.id)
	if err := who.post(ctx, path+"/pledge", selecting.DeclareInput{Organisations: []domain.ID{}, Pledge: true}, nil); err != nil {
		return who, err
	}
	var work selecting.Work
	if err := who.get(ctx, path+"/sheets", &work); err != nil {
		return who, err
	}
	for _, t := range work.Items[:min(most, len(work.Items))] {
		progress.add(1)
		if t.Sheet != nil {
			continue
		}
		in := selecting.ScoreInput{Scores: r.byName[t.Application.Applicant].Scores(x.number), Comment: "제출한 계획에 따라 평가함"}
		if err := who.post(ctx, "/applications/"+string(t.Application.ID)+"/sheet", in, nil); err != nil {
			return who, err
		}
	}
	return who, nil
}

// rank has the secretary rank the applications of every call.
func (r *round) rank(ctx context.Context) error {
	return r.each(ctx, selection.Evaluating, func(ctx context.Context, c *contest, at selection.Call) error {
		var out selection.Ranking
		path := "/calls/" + string(c.id) + "/ranking"
		if err := r.secretary.post(ctx, path, selecting.ActInput{Version: at.Version}, &out); err != nil {
			return err
		}
		r.say("%s 순위 산정: 접수 %d건, 선정 %d건", c.programme.Title, out.Competition.Received, out.Competition.Selected)
		return nil
	})
}

// announce makes the results known once the gates are passed; every applicant is told its own by mail.
func (r *round) announce(ctx context.Context) error {
	if err := r.pass(ctx, r.round.Announced); err != nil {
		return err
	}
	told := 0
	err := r.each(ctx, selection.Ranked, func(ctx context.Context, c *contest, at selection.Call) error {
		year := r.round.Announced.Year()
		in := selecting.AnnounceInput{Version: at.Version, Gates: selection.Gates{
			Deliberated: fmt.Sprintf("의안제%d-%d호", year, at.Number), Approval: fmt.Sprintf("경제정책과-%d", 1000+at.Number),
		}}
		if at.Instrument.NeedsSubsidyCommittee() {
			in.Subsidised = fmt.Sprintf("보조금심의제%d-%d호", year, at.Number)
		}
		told += c.programme.Received
		return r.secretary.post(ctx, "/calls/"+string(c.id)+"/announce", in, nil)
	})
	if err != nil {
		return err
	}
	if told > 0 {
		r.say("심의와 결재를 거쳐 결과 발표: 통지 %d통을 보내는 중", told)
	}
	return r.settled(ctx, "the letters to the applicants", past(selecting.StageDeciding))
}

// ranked reads the ranked list of a call.
func (r *round) ranked(ctx context.Context, c *contest) ([]selecting.RankedItem, error) {
	var out selecting.RankingView
	err := r.secretary.get(ctx, "/calls/"+string(c.id)+"/ranking", &out)
	return out.Items, err
}
