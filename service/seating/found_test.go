package seating_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain"
	"secretariat/domain/committee"
	"secretariat/internal/testkit"
	"secretariat/service/seating"
)

func TestCommitteeIsDrafted(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		in := founding("dx-committee")
		in.Name, in.Remit, in.YouthException = " 디지털전환위원회 ", committee.YouthPolicy, "individual_cases"
		in.Charter["purpose"] = "\n목적 "
		c, err := w.s.Found(keyed(t), admin, in)
		must(t, err)
		want := committee.Committee{
			ID: c.ID, Code: "dx-committee", Name: "디지털전환위원회", OwningDepartment: in.OwningDepartment, LegalBasis: in.LegalBasis,
			Pack: in.Pack, Remit: committee.YouthPolicy, YouthException: "individual_cases", Standing: true,
			StandingGround: "frequency", PlannedMeetings: 4, FoundedOn: "2026-07-01", SunsetOn: "2028-06-30",
			Charter: charter(), State: committee.Draft, Version: 1,
		}
		want.Charter["purpose"] = "목적"
		if diff := cmp.Diff(want, c); diff != "" || c.ID == "" {
			t.Errorf("drafted otherwise (-want +got):\n%s", diff)
		}
		w.audited("committee.found", "committee", c.ID, c.ID)
		again, err := w.s.Found(keyed(t), admin, in)
		must(t, err)
		if diff := cmp.Diff(c, again); diff != "" || len(w.trail()) != 1 {
			t.Errorf("the same key answers otherwise:\n%s", diff)
		}
		w.traceless(func() {
			_, err = w.s.Found(t.Context(), admin, in)
			refused(t, err, domain.CodeConflict, "conflict.committee")
		})
		forbidden(t, func(by domain.Actor) error {
			_, err := w.s.Found(t.Context(), by, seating.FoundInput{})
			return err
		}, public, person, auditor, testkit.Secretary(c.ID))
	})
}

func TestEveryFaultOfACommitteeIsToldAtOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		in := founding("DX!")
		in.Name, in.OwningDepartment, in.LegalBasis, in.Pack = "", " ", strings.Repeat("조", 301), ""
		in.Remit, in.PlannedMeetings, in.FoundedOn, in.SunsetOn = "defence", -1, "2026-07-01", "2026-06-30"
		in.Charter = map[string]string{"quorum": strings.Repeat("가", 20_001), "chair_powers": "\x00"}
		_, err := w.s.Found(t.Context(), admin, in)
		wrong(t, err, "code=committee.code", "name=field.required", "owningDepartment=field.required",
			"legalBasis=field.too_long", "pack=field.required", "remit=field.choice", "plannedMeetings=field.range",
			"sunsetOn=field.range", "charter.chair_powers=field.control", "charter.quorum=field.too_long")
		for field, change := range map[string]func(*seating.FoundInput){
			"foundedOn=field.required":           func(in *seating.FoundInput) { in.FoundedOn = "" },
			"foundedOn=field.date":               func(in *seating.FoundInput) { in.FoundedOn = "2026-02-30" },
			"sunsetOn=field.date":                func(in *seating.FoundInput) { in.SunsetOn = "2028-6-30" },
			"pack=committee.pack_unknown":        func(in *seating.FoundInput) { in.Pack = "seoul-unknown" },
			"standingGround=field.choice":        func(in *seating.FoundInput) { in.StandingGround = "whim" },
			"youthException=field.choice":        func(in *seating.FoundInput) { in.YouthException = "whim" },
			"charter=committee.charter_headings": func(in *seating.FoundInput) { in.Charter["Purpose of it"] = "목적" },
		} {
			in := founding("dx")
			change(&in)
			_, err := w.s.Found(t.Context(), admin, in)
			wrong(t, err, field)
		}
		many := founding("dx")
		for n := range 40 {
			many.Charter[strings.Repeat("a", n+1)] = "글"
		}
		_, err = w.s.Found(t.Context(), admin, many)
		wrong(t, err, "charter=committee.charter_headings")
		if len(w.trail()) != 0 {
			t.Error("what was refused left a trace")
		}
	})
}

func TestSubcommitteesBelongToCommittees(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		above := w.draft(founding("above"))
		in := founding("below")
		in.Parent = above.ID
		below := w.draft(in)
		if below.Parent != above.ID {
			t.Errorf("belongs to %q", below.Parent)
		}
		deeper := founding("deeper")
		deeper.Parent = below.ID
		_, err := w.s.Found(t.Context(), admin, deeper)
		refused(t, err, domain.CodeConflict, "committee.parent_nested")
		deeper.Parent = "none"
		_, err = w.s.Found(t.Context(), admin, deeper)
		refused(t, err, domain.CodeNotFound, "not_found.committee")
		gone, _ := w.active(founding("gone"), 1)
		_, err = w.s.Dissolve(t.Context(), admin, seating.StateInput{Committee: gone.ID, Version: gone.Version, Reason: "통합"})
		must(t, err)
		deeper.Parent = gone.ID
		_, err = w.s.Found(t.Context(), admin, deeper)
		refused(t, err, domain.CodeConflict, "committee.not_active")
	})
}

// revision changes nothing of what founding says.
func revision(c committee.Committee) seating.ReviseInput {
	return seating.ReviseInput{
		Committee: c.ID, Version: c.Version, Name: c.Name, OwningDepartment: c.OwningDepartment, LegalBasis: c.LegalBasis,
		Pack: c.Pack, Remit: c.Remit, Standing: c.Standing, StandingGround: c.StandingGround, FoundedOn: c.FoundedOn,
		PlannedMeetings: c.PlannedMeetings, SunsetOn: c.SunsetOn, Charter: c.Charter,
	}
}

func TestCommitteeIsRevised(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c, _ := w.active(founding("dx"), 1)
		in := revision(c)
		in.Name, in.OwningDepartment, in.Pack, in.Remit = "새 이름", "디지털정책과", "seoul-dx-draft", committee.Subsidy
		in.ExtendedOn, in.SunsetOn, in.PlannedMeetings = "2028-07-01", "2030-06-30", 6
		got, err := w.s.Revise(t.Context(), testkit.Secretary(c.ID), in)
		must(t, err)
		want := c
		want.Name, want.OwningDepartment, want.Pack, want.Remit = "새 이름", "디지털정책과", "seoul-dx-draft", committee.Subsidy
		want.ExtendedOn, want.SunsetOn, want.PlannedMeetings, want.Version = "2028-07-01", "2030-06-30", 6, c.Version+1
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("revised otherwise (-want +got):\n%s", diff)
		}
		w.audited("committee.revise", "committee", c.ID, c.ID)
		_, err = w.s.Revise(t.Context(), admin, in)
		refused(t, err, domain.CodeStale, "stale")
		in.Version = got.Version
		in.Charter = charter()
		in.Charter["quorum"] = " "
		w.traceless(func() {
			_, err = w.s.Revise(t.Context(), admin, in)
			cited(t, err, "committee.charter_missing", "위원회조례 7①")
		})
		in.ExtendedOn = "2026-07-01"
		_, err = w.s.Revise(t.Context(), admin, in)
		wrong(t, err, "extendedOn=field.range")
		in = revision(got)
		in.Pack = "seoul-unknown"
		_, err = w.s.Revise(t.Context(), admin, in)
		wrong(t, err, "pack=committee.pack_unknown")
		in.Committee = "none"
		_, err = w.s.Revise(t.Context(), admin, in)
		refused(t, err, domain.CodeNotFound, "not_found.committee")
		forbidden(t, func(by domain.Actor) error {
			_, err := w.s.Revise(t.Context(), by, seating.ReviseInput{Committee: c.ID})
			return err
		}, public, person, auditor, testkit.Clerk(c.ID), testkit.Secretary("other"), testkit.Member(c.ID, "m", true))
	})
}

func TestADraftMayBeIncomplete(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		in := founding("dx")
		in.Charter, in.SunsetOn = nil, ""
		c := w.draft(in)
		if c.Charter == nil {
			t.Error("the charter is null, not empty")
		}
		change := revision(c)
		change.Charter = map[string]string{"purpose": "목적"}
		_, err := w.s.Revise(t.Context(), admin, change)
		must(t, err)
	})
}
