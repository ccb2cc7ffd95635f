package selecting

import (
	"context"
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
	"secretariat/domain/selection"
	"secretariat/service"
)

// The stages of a selection.
const (
	StageDrafting   service.Stage = "call_drafting"   // 공고 준비
	StageOpen       service.Stage = "call_open"       // 접수
	StageReviewing  service.Stage = "call_reviewing"  // 요건 검토
	StageEvaluating service.Stage = "call_evaluating" // 평가
	StageDeciding   service.Stage = "call_deciding"   // 심의ㆍ결재
	StageObjecting  service.Stage = "call_objecting"  // 이의신청
	StageAgreeing   service.Stage = "call_agreeing"   // 협약
	StageCarrying   service.Stage = "call_carrying"   // 협약 이행: 점검, 정산, 성과
	StageOver       service.Stage = "call_over"
)

// The deadlines of a selection.
const (
	DeadlineClose            service.DeadlineName = "call_close"
	DeadlineRemind           service.DeadlineName = "call_remind"            // who has not submitted their sheets is reminded
	DeadlineEvaluate         service.DeadlineName = "call_evaluate"          // sheets are to be submitted
	DeadlineObject           service.DeadlineName = "call_object"            // end of the time to object
	DeadlineAnswer           service.DeadlineName = "call_answer"            // an objection is to be answered
	DeadlineAgree            service.DeadlineName = "call_agree"             // agreements are to be signed
	DeadlineOwed             service.DeadlineName = "call_owed"              // a firm owes something under its agreement
	DeadlineOpinion          service.DeadlineName = "call_opinion"           // a firm may speak to the end of its agreement
	DeadlineNudge            service.DeadlineName = "call_nudge"             // it is reminded of it
	DeadlineSupplement       service.DeadlineName = "call_supplement"        // a supplement is to be answered
	DeadlineSupplementRemind service.DeadlineName = "call_supplement_remind" // who has not answered is reminded
)

// Standing is where the case of a call stands.
type Standing struct {
	Call      domain.ID          `json:"call"`
	Committee domain.ID          `json:"committee"`
	Title     string             `json:"title"`
	Stage     service.Stage      `json:"stage"`
	Deadlines []service.Deadline `json:"deadlines"`         // soonest first
	Reminds   []service.Deadline `json:"reminds"`           // when letters go out by themselves
	Letters   int                `json:"letters"`           // due now and not sent
	Mailing   *service.Mailing   `json:"mailing,omitempty"` // of those letters; nil when none is due
	Waiting   int                `json:"waiting"`           // reviews, sheets, answers or agreements that are waited for
	Asked     int                `json:"asked"`             // of what is waited for, supplements that were asked for
	At        time.Time          `json:"at"`                // by the clock of the services
}

var stages = map[selection.CallState]service.Stage{
	selection.Drafting: StageDrafting, selection.Open: StageOpen, selection.Reviewing: StageReviewing,
	selection.Evaluating: StageEvaluating, selection.Ranked: StageDeciding, selection.Announced: StageObjecting,
	selection.Final: StageAgreeing, selection.Cancelled: StageOver,
}

// Stand says where the case of a call stands and what comes next: call.stand.
func (s *Service) Stand(ctx context.Context, by domain.Actor, in CaseInput) (Standing, error) {
	return service.See(ctx, s.store, func(tx Tx) (Standing, error) {
		c, err := tx.Call(ctx, in.Call)
		if err != nil {
			return Standing{}, err
		}
		if err := access.Can(by, "call.stand", facts(c)).Err(); err != nil {
			return Standing{}, err
		}
		out := Standing{
			Call: c.ID, Committee: c.Committee, Title: c.Title, Stage: stages[c.State], Deadlines: []service.Deadline{},
			Reminds: []service.Deadline{}, At: s.now(),
		}
		if err := s.await(ctx, tx, c, &out); err != nil {
			return out, err
		}
		post, err := s.postOf(ctx, tx, c)
		if err != nil {
			return out, err
		}
		out.Letters = len(post.due)
		if out.Letters > 0 && c.State == selection.Final && out.Stage == StageOver {
			out.Stage = StageCarrying // the last letters go out first
		}
		out.Mailing = service.MailingOf(post.due, post.Sent, func(l selection.Letter) string { return string(l.Kind) })
		slices.SortStableFunc(out.Deadlines, func(a, b service.Deadline) int { return a.At.Compare(b.At) })
		return out, nil
	})
}

// await adds what is waited for in the stage.
func (s *Service) await(ctx context.Context, tx Tx, c selection.Call, out *Standing) error {
	r, err := s.rules(ctx, tx, c)
	if err != nil {
		return err
	}
	counts, err := tx.CountByState(ctx, c.ID)
	if err != nil {
		return err
	}
	add := func(name service.DeadlineName, at time.Time, basis string, of domain.ID) {
		out.Deadlines = append(out.Deadlines, service.Deadline{Name: name, At: at, Basis: basis, Subject: of})
	}
	switch c.State {
	case selection.Open:
		add(DeadlineClose, c.ClosesAt, "", "")
	case selection.Reviewing:
		out.Waiting = counts[selection.Submitted]
		err = s.supplementsDue(ctx, tx, c, add, out)
	case selection.Evaluating:
		if at, basis := c.RemindAt(r); !at.IsZero() {
			add(DeadlineRemind, at, basis, "")
			add(DeadlineEvaluate, c.EvaluateBy.End().UTC(), "", "")
		}
		if _, out.Waiting, err = gather(ctx, tx, c); err == nil && c.AnnouncedAt != nil {
			_, err = s.answers(ctx, tx, c, r, add)
		}
	case selection.Announced:
		until, basis := c.ObjectUntil(r)
		add(DeadlineObject, until.End().UTC(), basis, "")
		out.Waiting, err = s.answers(ctx, tx, c, r, add)
	case selection.Final:
		err = s.agreements(ctx, tx, c, r, out)
	}
	return err
}

// supplementsDue adds by when each request is to be answered and who is reminded before, and counts the requests.
func (s *Service) supplementsDue(
	ctx context.Context, tx Tx, c selection.Call, add func(service.DeadlineName, time.Time, string, domain.ID), out *Standing,
) error {
	all, err := tx.SupplementsIn(ctx, c.ID)
	for _, x := range all {
		if !x.Open(out.At) {
			continue
		}
		out.Asked++
		add(DeadlineSupplement, x.Due, x.Basis, x.Application)
		if x.RemindAt.After(x.AskedAt) && out.At.Before(x.RemindAt) {
			add(DeadlineSupplementRemind, x.RemindAt, x.Basis, x.Application)
		}
	}
	return err
}

// answers adds by when each objection is to be answered and counts those that are not.
func (s *Service) answers(
	ctx context.Context, tx Tx, c selection.Call, r policy.Rules, add func(service.DeadlineName, time.Time, string, domain.ID),
) (int, error) {
	all, err := tx.ObjectionsOf(ctx, c.ID)
	waiting := 0
	for _, o := range all {
		if o.AnsweredAt == nil {
			by, basis := c.AnswerBy(calendar.DateOf(o.FiledAt), r)
			add(DeadlineAnswer, by.End().UTC(), basis, o.ID)
			waiting++
		}
	}
	return waiting, err
}

// agreements counts the places for which neither an agreement nor its end is recorded, and adds what is owed under those there are;
// with neither left the case is over.
func (s *Service) agreements(ctx context.Context, tx Tx, c selection.Call, r policy.Rules, out *Standing) error {
	rank, _, err := tx.RankingOf(ctx, c.ID)
	if err != nil {
		return err
	}
	all, err := eligible(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	agreeBy(c, rank, all, r, out)
	open, err := s.carrying(ctx, tx, c, r, out)
	switch {
	case out.Waiting == 0 && open:
		out.Stage = StageCarrying
	case out.Waiting == 0:
		out.Stage = StageOver
	}
	return err
}

// agreeBy adds by when the places are to be agreed on: one day for all of the result, one for each who moved up from the reserve.
func agreeBy(c selection.Call, rank selection.Ranking, all []selection.Application, r policy.Rules, out *Standing) {
	common := false
	for _, x := range all {
		if !placed(rank, x) {
			continue
		}
		out.Waiting++
		d := service.Deadline{Name: DeadlineAgree, At: c.AgreeBy(x, r).End().UTC(), Basis: policy.AgreementDays.Cite(r)}
		if x.PromotedAt != nil {
			d.Subject = x.ID
		}
		if x.PromotedAt != nil || !common {
			out.Deadlines = append(out.Deadlines, d)
		}
		common = common || x.PromotedAt == nil
	}
}
