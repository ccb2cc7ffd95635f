package consulting_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/service/consulting"
	"secretariat/store"
)

// TestTheDigestCountsEveryOpinionByItsAnswer writes opinions in whatever state, some of them of a draft and some with personal data,
// and counts them another way, one by one. The digest is read in pages and shows each with its answer.
func TestTheDigestCountsEveryOpinionByItsAnswer(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c := w.open(w.plan())
		_, err := w.submit(w.robot, c.ID, says)
		must(t, err)
		_, err = w.s.Save(t.Context(), w.bank, consulting.SaveInput{Consultation: c.ID, Organisation: "bank", Opinions: []consulting.Said{says}})
		if domain.CodeOf(err) == "" {
			t.Fatal("a division that is not asked saved a draft")
		}
		w.close(c)
		random := rand.New(rand.NewPCG(7, 7))
		var all []alliance.Opinion
		var want alliance.Count
		for range 20 {
			all = written(random, c.ID)
			want = alliance.Count{}
			must(t, w.h.DB.InTx(t.Context(), func(tx *store.Tx) error {
				mine, there, err := tx.SubmissionOf(t.Context(), c.ID, "robot")
				if err != nil || !there {
					return fmt.Errorf("no submission: %w", err)
				}
				for i := range all {
					all[i].Submission = mine.ID
				}
				return tx.PutOpinions(t.Context(), mine.ID, all)
			}))
			lines := map[string]int{}
			for _, o := range all {
				count(&want, all, o, lines)
			}
			for after := domain.ID(""); ; {
				page, err := w.s.Digest(t.Context(), w.staff, consulting.DigestInput{Consultation: c.ID, After: after, Limit: 7})
				must(t, err)
				if page.Count != want {
					t.Fatalf("counted %+v, want %+v of %+v", page.Count, want, all)
				}
				for _, l := range page.Opinions {
					lines[string(l.Outcome)+" "+l.Reason]--
				}
				if after = domain.ID(page.Next); after == "" {
					break
				}
			}
			for line, left := range lines {
				if left != 0 {
					t.Fatalf("%d times too few or many: %s", left, line)
				}
			}
		}
	})
}

// written are opinions, some with an answer and some answered with one of the first three.
func written(random *rand.Rand, c domain.ID) []alliance.Opinion {
	out := make([]alliance.Opinion, random.IntN(30))
	for i := range out {
		out[i] = alliance.Opinion{
			ID: domain.ID(fmt.Sprintf("o-%02d", i)), Consultation: c, Article: i % 3, Stance: alliance.Agrees, Masks: []alliance.Mask{}, Version: 1,
			Personal: random.IntN(2),
		}
		switch n := random.IntN(5); {
		case n < 3:
			out[i].Outcome = []alliance.Outcome{alliance.Accepted, alliance.Partly, alliance.Declined}[n]
			out[i].Reason = fmt.Sprint("사유 ", i)
		case n == 3 && i > 3:
			out[i].Lead = out[random.IntN(3)].ID
		}
	}
	return out
}

// count adds one opinion, going through all for the one that it is answered with.
func count(to *alliance.Count, all []alliance.Opinion, o alliance.Opinion, lines map[string]int) {
	answer := o
	for _, lead := range all {
		if o.Lead == lead.ID {
			answer = lead
		}
	}
	to.Opinions++
	switch answer.Outcome {
	case alliance.Accepted:
		to.Accepted++
	case alliance.Partly:
		to.Partly++
	case alliance.Declined:
		to.Declined++
	default:
		to.Open++
	}
	to.Unmasked += o.Personal
	lines[string(answer.Outcome)+" "+answer.Reason]++
}
