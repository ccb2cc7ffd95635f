package seating_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/internal/testkit"
	"secretariat/service/seating"
)

func dateOf(s string) calendar.Date { return calendar.Date(s) }

func TestAppointmentIsEnded(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c, seats := w.active(founding("dx"), 1)
		m := w.appoint(appointing(seats[1].ID, w.account("hong")))
		in := seating.EndInput{Member: m.ID, Version: 1, On: "2026-12-01", Ground: "incapacity", Reason: "장기 치료"}
		got, err := w.s.End(keyed(t), testkit.Secretary(c.ID), in)
		must(t, err)
		want := m
		want.EndedOn, want.EndGround, want.EndReason, want.Version = "2026-12-01", "incapacity", "장기 치료", 2
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("ended otherwise (-want +got):\n%s", diff)
		}
		e := w.audited("member.end", "member", m.ID, c.ID)
		if diff := cmp.Diff(map[string]string{"ground": "incapacity"}, e.Facts); diff != "" {
			t.Errorf("facts:\n%s", diff)
		}
		again, err := w.s.End(keyed(t), testkit.Secretary(c.ID), in)
		must(t, err)
		if diff := cmp.Diff(got, again); diff != "" {
			t.Errorf("the same key answers otherwise:\n%s", diff)
		}
		in.Version = 2
		_, err = w.s.End(t.Context(), admin, in)
		refused(t, err, domain.CodeConflict, "member.ended")
		_, err = w.s.End(t.Context(), admin, seating.EndInput{Member: "none", On: "2026-12-01", Reason: "r"})
		refused(t, err, domain.CodeNotFound, "not_found.member")
		forbidden(t, func(by domain.Actor) error {
			_, err := w.s.End(t.Context(), by, seating.EndInput{Member: m.ID})
			return err
		}, public, person, auditor, testkit.Clerk(c.ID), testkit.Member(c.ID, m.ID, true))
	})
}

func TestFaultsOfAnEnd(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, seats := w.active(founding("dx"), 1)
		member := w.appoint(appointing(seats[1].ID, w.account("hong")))
		office := appointing(seats[0].ID, w.account("chief"))
		office.Until = ""
		chief := w.appoint(office)
		empty := seating.EndInput{Member: member.ID, Version: 1, Reason: strings.Repeat("가", 301)}
		_, err := w.s.End(t.Context(), admin, empty)
		wrong(t, err, "on=field.required", "reason=field.too_long")
		for _, x := range []struct {
			who    domain.ID
			on     calendar.Date
			ground string
			want   []string
		}{
			{member.ID, "2026-06-30", "resigned", []string{"on=field.range"}},
			{member.ID, "2028-07-01", "resigned", []string{"on=field.range"}},
			{member.ID, "2026-13-01", "resigned", []string{"on=field.date"}},
			{member.ID, "2026-12-01", "post", []string{"ground=field.choice"}},
			{member.ID, "2026-12-01", "term", []string{"ground=field.choice"}},
			{member.ID, "2029-01-01", "whim", []string{"on=field.range", "ground=field.choice"}},
			{chief.ID, "2026-12-01", "attendance", []string{"ground=field.choice"}},
		} {
			in := seating.EndInput{Member: x.who, Version: 1, On: x.on, Ground: x.ground, Reason: "사유"}
			_, err := w.s.End(t.Context(), admin, in)
			wrong(t, err, x.want...)
		}
		in := seating.EndInput{Member: chief.ID, Version: 7, On: "2027-01-01", Ground: "post", Reason: "전보"}
		_, err = w.s.End(t.Context(), admin, in)
		refused(t, err, domain.CodeStale, "stale")
		in.Version = 1
		_, err = w.s.End(t.Context(), admin, in)
		must(t, err)
	})
}
