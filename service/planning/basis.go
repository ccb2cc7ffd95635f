package planning

import (
	"context"
	"slices"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/plan"
)

// adopted are the outcomes with which a committee decides for what was put before it.
var adopted = []meeting.Outcome{meeting.ApprovedAsProposed, meeting.ApprovedAsAmended, meeting.ApprovedConditionally}

// need is what a number must name.
type need int

const (
	anything need = iota // a document or a decision
	decided              // a decision record, whatever was decided
	adopting             // a decision record that adopted what was put before the committee
)

// basis finds the decision record that a number names. One that is not there is a document from outside, which stands for a
// decision of the committee only while the committee has issued no decision record at all; one that did not adopt anything, or
// was superseded, is refused.
func basis(ctx context.Context, tx Tx, p plan.Plan, number string, as need) (domain.ID, error) {
	d, err := tx.DecisionNumbered(ctx, p.Committee, number)
	if err != nil {
		return "", err
	}
	if d.ID == "" {
		return "", outside(ctx, tx, p, as)
	}
	next, err := tx.SupersededBy(ctx, d.ID)
	switch {
	case err != nil:
		return "", err
	case next != "":
		return "", domain.Conflict("plan.decision_superseded", nil)
	case as == adopting && !slices.Contains(adopted, d.Outcome):
		return "", domain.Refused("plan.decision_not_adopted", "촉진법 5③", nil)
	}
	return d.ID, nil
}

func outside(ctx context.Context, tx Tx, p plan.Plan, as need) error {
	if as == anything {
		return nil
	}
	issued, err := tx.Decisions(ctx, p.Committee, "", 1)
	if err == nil && len(issued) > 0 {
		err = domain.Refused("plan.decision_unknown", "촉진법 5③", nil)
	}
	return err
}

// decisionsOf are the decisions that a plan rests on, each once.
func decisionsOf(ctx context.Context, tx Tx, p plan.Plan, sets []plan.ChangeSet) ([]plan.Decision, error) {
	out, seen := []plan.Decision{}, map[domain.ID]bool{"": true}
	var ids []domain.ID
	for _, s := range p.Steps {
		ids = append(ids, s.Decision)
	}
	for _, s := range sets {
		ids = append(ids, s.Decision)
	}
	for _, id := range ids {
		if seen[id] {
			continue
		}
		seen[id] = true
		d, err := tx.Decision(ctx, id)
		if err != nil {
			return nil, err
		}
		out = append(out, decisionOf(d))
	}
	return out, nil
}

// decisionOf is what the record of a plan says of a decision: of a confidential one no more than its number.
func decisionOf(d minutes.Decision) plan.Decision {
	out := plan.Decision{ID: d.ID, Number: d.Number, Adopted: slices.Contains(adopted, d.Outcome)}
	if !d.Confidential {
		out.Title, out.Hash = d.Title, d.Hash
	}
	return out
}

func needOf(committee bool) need {
	if committee {
		return adopting
	}
	return anything
}
