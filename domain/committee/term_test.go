package committee_test

import (
	"slices"
	"testing"

	"secretariat/domain/calendar"
	. "secretariat/domain/committee"
)

func TestEndOfATermIsPointedOut(t *testing.T) {
	r := rules(t)
	m := term("2026-07-01", "2028-06-30")
	for today, want := range map[calendar.Date][]string{
		"2028-04-30": nil, "2028-05-01": {"member.term_ends"}, "2028-06-30": {"member.term_ends"}, "2028-07-01": nil,
	} {
		wants(t, CheckTerm(m, r, today, 60), want...)
	}
	wants(t, CheckTerm(term("2026-07-01", ""), r, "2028-06-01", 60))
	wants(t, CheckTerm(ended(m, "2028-06-15", "resigned"), r, "2028-06-01", 60))
	m.Holdover = true
	wants(t, CheckTerm(m, r, "2028-06-01", 60), "member.term_ends")
	wants(t, CheckTerm(m, r, "2029-06-01", 60), "member.holdover")
}

func TestGroundsOfAnEnd(t *testing.T) {
	r := rules(t)
	// 위원회조례 8의2① has seven.
	dismissal := []string{
		"resigned", "incapacity", "secrecy_breach", "misconduct", "recusal_failure", "attendance", "unfit",
	}
	if got := EndGrounds(Appointed, r); !slices.Equal(got, append(dismissal, GroundDeath)) {
		t.Errorf("of an appointed member: %v", got)
	}
	for _, k := range []SeatKind{ExOfficio, Official} {
		if got := EndGrounds(k, r); !slices.Equal(got, []string{GroundPost, GroundDeath}) {
			t.Errorf("of %s: %v", k, got)
		}
	}
}
