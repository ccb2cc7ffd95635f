package planning

import (
	"context"
	"slices"
	"strconv"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/plan"
	"secretariat/service"
)

// Printer prints what is published of a plan.
type Printer interface {
	Amendment(plan.Amendment) ([]byte, error)
	Review(plan.ReviewPaper) ([]byte, error)
}

// Printed is a document of a plan as PDF.
type Printed struct {
	FileName string `json:"fileName"`
	Data     []byte `json:"data"`
}

// Print prints the comparison of two states of a plan (신구대비표): plan.print.
func (s *Service) Print(ctx context.Context, by domain.Actor, in CompareInput) (Printed, error) {
	c, err := s.Compare(ctx, by, in)
	if err != nil {
		return Printed{}, err
	}
	name, err := s.nameOf(ctx, c.Plan)
	if err != nil {
		return Printed{}, err
	}
	out := plan.Amendment{Committee: name, Plan: c.Plan, From: c.From, To: c.To, Sets: c.Sets, Naming: c.Naming, Differences: c.Differences}
	for i := range out.Sets {
		out.Sets[i].By, out.At = "", out.Sets[i].At
	}
	raw, err := s.printer.Amendment(out)
	return Printed{"신구대비표-" + strconv.Itoa(c.From) + "-" + strconv.Itoa(c.To) + ".pdf", raw}, err
}

// PrintReview prints the result of a closed review (이행점검 결과), which everybody may read of a published plan: review.print.
// CodeConflict while it is open.
func (s *Service) PrintReview(ctx context.Context, by domain.Actor, in ShowReviewInput) (Printed, error) {
	paper, err := service.See(ctx, s.store, func(tx Tx) (plan.ReviewPaper, error) {
		v, err := tx.Review(ctx, in.Review)
		if err != nil {
			return plan.ReviewPaper{}, err
		}
		p, err := tx.Plan(ctx, v.Plan)
		if err != nil {
			return plan.ReviewPaper{}, err
		}
		if err := may(by, "review.print", p); err != nil {
			return plan.ReviewPaper{}, err
		}
		if v.ClosedAt == nil {
			return plan.ReviewPaper{}, notClosed(by, p)
		}
		return reviewPaper(ctx, tx, p, v)
	})
	if err != nil {
		return Printed{}, err
	}
	if paper.Committee, err = s.nameOf(ctx, paper.Plan); err != nil {
		return Printed{}, err
	}
	raw, err := s.printer.Review(paper)
	name := "이행점검결과-" + strconv.Itoa(paper.Review.Year) + "-" + strconv.Itoa(paper.Review.Quarter) + ".pdf"
	return Printed{name, raw}, err
}

// notClosed says that a review is open to who may know of it.
func notClosed(by domain.Actor, p plan.Plan) error {
	if !access.Can(by, "review.show", facts(p)).Allowed {
		return domain.NotFound("review")
	}
	return domain.Conflict("review.open", nil)
}

// reviewPaper gathers a closed review with how far the plan had come by it.
func reviewPaper(ctx context.Context, tx Tx, p plan.Plan, v plan.Review) (plan.ReviewPaper, error) {
	sets, err := tx.ChangeSets(ctx, p.ID)
	if err != nil {
		return plan.ReviewPaper{}, err
	}
	all, err := tx.ReportsOf(ctx, p.ID)
	if err != nil {
		return plan.ReviewPaper{}, err
	}
	all = slices.DeleteFunc(all, func(r plan.Report) bool {
		return r.Year > v.Year || r.Year == v.Year && r.Quarter > v.Quarter
	})
	out := plan.ReviewPaper{Plan: p, Review: v, Nodes: plan.Fold(sets, v.Sets), Reports: []plan.Report{}}
	out.Standing = out.Nodes.Stand(plan.Gather(all), v.Year)
	for _, r := range all {
		if r.Review == v.ID {
			out.Reports = append(out.Reports, r)
		}
	}
	return out, nil
}

func (s *Service) nameOf(ctx context.Context, p plan.Plan) (string, error) {
	return service.See(ctx, s.store, func(tx Tx) (string, error) {
		c, err := tx.Committee(ctx, p.Committee)
		return c.Name, err
	})
}
