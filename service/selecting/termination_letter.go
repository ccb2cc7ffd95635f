package selecting

import (
	"context"
	"strconv"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
	"secretariat/domain/selection"
)

var groundNames = map[selection.TerminationGround]string{
	selection.OtherUse: "다른 용도에 사용", selection.Violation: "법령ㆍ교부 결정ㆍ협약 위반", selection.Fraud: "거짓이나 부정한 방법",
	selection.Undoable: "수행 곤란", selection.Changed: "사정 변경", selection.Abandoned: "수행기관의 중단ㆍ폐지 요청",
}

// promoted adds by when who moved up from the reserve signs, and gives who submitted.
func (s *Service) promoted(ctx context.Context, tx Tx, p post, id domain.ID, f *letterFacts) (domain.ID, string, error) {
	x, err := tx.Application(ctx, id)
	if err != nil {
		return "", "", err
	}
	r, err := s.rules(ctx, tx, p.Call)
	if err != nil {
		return "", "", err
	}
	f.Application, f.Until, f.Basis = x, p.Call.AgreeBy(x, r).Korean(), policy.AgreementDays.Cite(r)
	return x.SubmittedBy, "/applications/" + string(id), nil
}

// endingLetter adds the notice that an agreement is to be ended, or what was decided on it.
func (s *Service) endingLetter(
	ctx context.Context, tx Tx, p post, l selection.Letter, f *letterFacts,
) (domain.ID, string, error) {
	g, err := tx.Agreement(ctx, l.Who())
	if err != nil {
		return "", "", err
	}
	n, err := strconv.Atoi(string(l.Matter()))
	if err != nil || n < 1 || n > len(g.Terminations) {
		return "", "", domain.NotFound("agreement")
	}
	if f.Application, err = tx.Application(ctx, g.Application); err != nil {
		return "", "", err
	}
	r, err := s.rules(ctx, tx, p.Call)
	if err != nil {
		return "", "", err
	}
	f.Number, f.Ending = g.Number, g.Terminations[n-1]
	f.ending(p.Call, g, r)
	return f.Application.SubmittedBy, "/agreements/" + string(g.ID), nil
}

func (f *letterFacts) ending(c selection.Call, g selection.Agreement, r policy.Rules) {
	x := f.Ending
	f.Ground, f.Until, f.Basis = groundNames[x.Ground], x.Until.Korean(), policy.OpinionDays.Cite(r)
	f.Paid, f.Recognised, f.Recovery = selection.FormalWon(x.Paid), selection.FormalWon(x.Recognised), selection.FormalWon(x.Recovery)
	if x.Outcome != selection.Terminated {
		return
	}
	day := calendar.DateOf(*x.DecidedAt)
	f.Refund = day.AddDays(policy.RefundDays.Of(r)).Korean()
	f.Until, f.Basis = c.ObjectAfter(*x.DecidedAt, r).Korean(), c.ObjectionBasis(r)
	if x.BarYears > 0 {
		f.Barred = g.Barred.Korean()
	}
}
