package document_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"secretariat/domain/ballot"
	"secretariat/domain/document"
	"secretariat/domain/minutes"
	"secretariat/internal/canonical"
)

// TestWithheld holds that nothing withheld is in the record: no redacted passage, no withheld name or id, nothing of
// a confidential item, no reason of a recusal, no receipt of a vote, and of a secret vote nothing but sorted choices.
func TestWithheld(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := meet(t)
		r := record(t, d)
		raw, err := canonical.JSON(r)
		if err != nil {
			t.Fatal(err)
		}
		said := string(raw)
		absent := []string{"숨길사유", "숨길신청인", "quittung"}
		for _, x := range minutes.Active(d.Redactions) {
			for _, hidden := range d.Locked.Content.Covered(x) {
				if strings.Contains(hidden, "주문") {
					absent = append(absent, hidden)
				}
			}
			for _, s := range d.Facts.Roster {
				if x.Anchor == minutes.AnchorNames || x.Anchor == minutes.NameAnchor(s.Member.ID) {
					absent = append(absent, s.Member.Name, string(s.Member.ID), s.Member.Organisation)
				}
			}
		}
		for _, i := range d.Facts.Items {
			if i.Confidential {
				absent = append(absent, i.Proposal)
			}
			for _, c := range d.Facts.Ballots {
				if i.Confidential && c.Ballot.Item == i.ID {
					absent = append(absent, string(c.Ballot.ID))
				}
			}
		}
		for _, s := range absent {
			if strings.Contains(said, s) {
				t.Fatalf("%q is withheld and stands in the record", s)
			}
		}
		secrets(t, r)
	})
}

func secrets(t *rapid.T, r document.Record) {
	for _, b := range r.Ballots {
		if b.Method != ballot.Secret {
			continue
		}
		for i, v := range b.Votes {
			if v.Member != "" || i > 0 && v.Choice < b.Votes[i-1].Choice {
				t.Fatalf("vote %d of a secret ballot: %+v", i, v)
			}
		}
		for _, v := range b.Voted {
			if v.At != nil {
				t.Fatal("a secret ballot says when somebody voted")
			}
		}
	}
}

// TestWithheldIsSaid holds that what cannot be checked is said to be withheld, and not passed over.
func TestWithheldIsSaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := meet(t)
		said := 0
		for _, c := range document.Verify(record(t, d), canonical.JSON) {
			if c.Status == document.Withheld {
				said++
			}
		}
		if withheld := len(d.Redactions) > 0; withheld != (said > 0) {
			t.Fatalf("%d redactions, %d checks that could not be made", len(d.Redactions), said)
		}
	})
}
