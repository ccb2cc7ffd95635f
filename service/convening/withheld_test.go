package convening_test

import (
	"context"
	"errors"
	"testing"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/service/convening"
	"secretariat/store"
)

// TestWhatIsWithheldInTheRecordIsNotReadFromTheAgenda: after publication the public reads an item's texts on the
// meeting's page too, but not those of which something is withheld.
func TestWhatIsWithheldInTheRecordIsNotReadFromTheAgenda(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m, items := w.convened(plan())
		w.do(func(ctx context.Context, tx *store.Tx) error {
			now, err := tx.Meeting(ctx, m.ID)
			now.State, now.AdjournedAt = meeting.Adjourned, &m.ExpectedEnd
			return errors.Join(err, tx.ChangeMeeting(ctx, &now))
		})
		w.after.minutes = &minutes.Minutes{ID: "min", State: minutes.Published}
		proposal := func(by domain.Actor, n int) string {
			got, err := w.s.ShowItem(t.Context(), by, convening.ShowItemInput{Item: items[n].ID})
			must(t, err)
			return got.Item.Proposal
		}
		of := minutes.ItemAnchor(items[0].ID)
		for name, c := range map[string]struct {
			redaction     minutes.Redaction
			first, second bool // whether the public still reads it
		}{
			"the item":      {minutes.Redaction{Anchor: of}, false, true},
			"a part of it":  {minutes.Redaction{Anchor: of + "/reason"}, false, true},
			"names":         {minutes.Redaction{Anchor: minutes.AnchorNames}, false, false},
			"what was said": {minutes.Redaction{Anchor: "s-1"}, true, true},
			"no more":       {minutes.Redaction{Anchor: of, LiftedAt: &m.ExpectedEnd}, true, true},
		} {
			w.after.withheld = []minutes.Redaction{c.redaction}
			if first, second := proposal(domain.Public(), 0) != "", proposal(domain.Public(), 1) != ""; first != c.first || second != c.second {
				t.Errorf("%s is withheld: the public reads %v, %v", name, first, second)
			}
			if proposal(member("m2"), 0) == "" || proposal(clerk, 0) == "" {
				t.Errorf("%s is withheld from those who sit and serve", name)
			}
		}
	})
}
