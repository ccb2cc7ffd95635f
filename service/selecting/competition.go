package selecting

import (
	"context"
	"slices"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/selection"
	"secretariat/service"
)

// CompetitionsInput asks for the calls of a year; 0: the newest year that has any.
type CompetitionsInput struct {
	Year int `query:"year" json:"-"`
}

// Competitions is how many applied for how many places in the calls of a year, as far as that is published.
type Competitions struct {
	Year  int               `json:"year"`
	Years []int             `json:"years"` // that have calls, newest first
	Items []CompetitionItem `json:"items"` // by committee and number
	Sums  []CompetitionSum  `json:"sums"`  // of the announced calls, one an instrument
}

// CompetitionItem is one call. How many applied is told once it is closed, the rest with the result.
type CompetitionItem struct {
	Call        domain.ID              `json:"call"`
	Number      int                    `json:"number"`
	Title       string                 `json:"title"`
	Instrument  selection.Instrument   `json:"instrument"`
	State       selection.CallState    `json:"state"`
	Places      int                    `json:"places"` // that were announced
	Budget      int64                  `json:"budget"` // won; 0: none was announced
	Received    *int                   `json:"received,omitempty"`
	Competition *selection.Competition `json:"competition,omitempty"`
	Ratio       string                 `json:"ratio,omitempty"` // 6.9:1, rounded half up to a tenth
}

// CompetitionSum is the sum of several calls with the ratio of the sums.
type CompetitionSum struct {
	Instrument  selection.Instrument  `json:"instrument"`
	Calls       int                   `json:"calls"`
	Budget      int64                 `json:"budget"`
	Competition selection.Competition `json:"competition"`
	Ratio       string                `json:"ratio"`
}

// Competitions lists the published calls of a year with their competition ratios, for everybody: selection.list.
func (s *Service) Competitions(ctx context.Context, by domain.Actor, in CompetitionsInput) (Competitions, error) {
	if err := access.Can(by, "selection.list", access.Facts{}).Err(); err != nil {
		return Competitions{}, err
	}
	return service.See(ctx, s.store, func(tx Tx) (Competitions, error) {
		out := Competitions{Year: in.Year, Items: []CompetitionItem{}, Sums: []CompetitionSum{}}
		var err error
		if out.Years, err = tx.CallYears(ctx); err != nil {
			return out, err
		}
		if out.Year == 0 && len(out.Years) > 0 {
			out.Year = out.Years[0]
		}
		calls, err := tx.CallsOfYear(ctx, out.Year)
		if err != nil {
			return out, err
		}
		announced, err := tx.CompetitionsOfYear(ctx, out.Year)
		if err != nil {
			return out, err
		}
		for _, c := range calls {
			item, err := competition(ctx, tx, c, announced)
			if err != nil {
				return out, err
			}
			out.add(item)
		}
		return out, nil
	})
}

func competition(
	ctx context.Context, tx Tx, c selection.Call, announced map[domain.ID]selection.Competition,
) (CompetitionItem, error) {
	out := CompetitionItem{
		Call: c.ID, Number: c.Number, Title: c.Title, Instrument: c.Instrument, State: c.State, Places: c.Profile.Select,
		Budget: c.Profile.Budget,
	}
	if count, ok := announced[c.ID]; ok {
		out.Received, out.Competition, out.Ratio = &count.Received, &count, count.Ratio().String()
		return out, nil
	}
	if c.ClosedAt == nil {
		return out, nil
	}
	counts, err := tx.CountByState(ctx, c.ID)
	n := selection.Received(counts)
	out.Received = &n
	return out, err
}

// add adds a call, and its count to the sum of its instrument.
func (c *Competitions) add(item CompetitionItem) {
	c.Items = append(c.Items, item)
	if item.Competition == nil {
		return
	}
	i := slices.IndexFunc(c.Sums, func(s CompetitionSum) bool { return s.Instrument == item.Instrument })
	if i < 0 {
		i = len(c.Sums)
		c.Sums = append(c.Sums, CompetitionSum{Instrument: item.Instrument})
	}
	sum := &c.Sums[i]
	sum.Calls++
	sum.Budget += item.Budget
	sum.Competition = sum.Competition.Plus(*item.Competition)
	sum.Ratio = sum.Competition.Ratio().String()
}
