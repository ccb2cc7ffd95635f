package tasking

import (
	"context"
	"slices"

	"secretariat/domain/calendar"
)

// choices fills in the lists to choose from, for acts that the reader may do.
func choices(ctx context.Context, tx Tx, r reader, out *View) error {
	if slices.Contains(out.Acts, "task.table") {
		if err := items(ctx, tx, r, out); err != nil {
			return err
		}
	}
	if slices.Contains(out.Acts, "task.decide") {
		if err := decided(ctx, tx, r, out); err != nil {
			return err
		}
	}
	if !slices.Contains(out.Acts, "task.hand") {
		return nil
	}
	all, err := hubs(ctx, tx, r)
	for _, o := range all {
		out.Hubs = append(out.Hubs, Named{o.ID, o.Name})
	}
	return err
}

func items(ctx context.Context, tx Tx, r reader, out *View) error {
	ahead, err := tx.ItemsAhead(ctx, r.task.Committee)
	for _, i := range ahead {
		m, err := tx.Meeting(ctx, i.Meeting)
		if err != nil {
			return err
		}
		out.Items = append(out.Items, Choice{i.ID, i.Number, i.Title, calendar.Korean(m.StartsAt)})
	}
	return err
}

func decided(ctx context.Context, tx Tx, r reader, out *View) error {
	i, err := tx.Item(ctx, r.task.Item)
	if err != nil {
		return err
	}
	all, err := tx.DecisionsOf(ctx, i.Meeting)
	for _, d := range all {
		next, err := tx.SupersededBy(ctx, d.ID)
		if err != nil {
			return err
		}
		if d.Item == i.ID && next == "" {
			out.Decided = append(out.Decided, Choice{d.ID, d.Number, d.Title, string(d.Outcome)})
		}
	}
	return err
}
