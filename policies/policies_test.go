package policies

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// general is the oldest day on which the embedded packs are whole: 위원회조례 제9487호.
const general calendar.Date = "2025-01-03"

func library(t *testing.T) *Library {
	t.Helper()
	lib, err := Load("")
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func rules(t *testing.T, pack string, day calendar.Date) policy.Rules {
	t.Helper()
	r, err := library(t).Resolve(pack, day)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func packs(t *testing.T) map[string]source {
	t.Helper()
	all, problems, err := read(embedded, "policies")
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	return all
}

func TestNames(t *testing.T) {
	if diff := cmp.Diff([]string{"seoul-dx-draft", "seoul-general"}, library(t).Names()); diff != "" {
		t.Error(diff)
	}
}

func TestGeneralHasEveryKeyAlone(t *testing.T) {
	base := packs(t)["seoul-general"].pack
	if base.Over != "" || base.Provisional {
		t.Errorf("over %q, provisional %t", base.Over, base.Provisional)
	}
	for _, key := range policy.Keys() {
		if !slices.ContainsFunc(base.Entries, func(e policy.Entry) bool { return e.Key == key }) {
			t.Errorf("%s has no value", key)
		}
	}
}

func TestEntriesSayWhatTheyRestOn(t *testing.T) {
	for name, s := range packs(t) {
		for i, e := range s.pack.Entries {
			at := Problem{File: s.file, Line: s.entry[i], Key: e.Key}
			if e.Citation == "" || e.Note == "" || !e.Kind.Valid() || !e.From.Valid() {
				t.Errorf("%vcitation %q, note %q, kind %q, from %q", at, e.Citation, e.Note, e.Kind, e.From)
			}
			if (e.Kind == policy.Assumption) != strings.HasPrefix(e.Note, "확인 필요") {
				t.Errorf("%v%s with the note %q", at, e.Kind, e.Note)
			}
			draft := name == "seoul-dx-draft"
			if draft != (e.Kind == policy.Draft) || draft != strings.HasPrefix(e.Citation, "가칭 ") {
				t.Errorf("%v%s citing %q", at, e.Kind, e.Citation)
			}
		}
	}
}

func TestPacksAreWholeOnEveryDayOfChange(t *testing.T) {
	lib, days := library(t), []calendar.Date{general, "2026-11-22", "2031-01-01"}
	for _, s := range packs(t) {
		for _, e := range s.pack.Entries {
			days = append(days, max(general, e.From))
			if e.Until != "" {
				days = append(days, e.Until, e.Until.AddDays(1))
			}
		}
	}
	for _, name := range lib.Names() {
		for _, day := range days {
			if r, err := lib.Resolve(name, day); err != nil || len(r.Entries) != len(policy.Keys()) {
				t.Errorf("%s on %s: %d entries, %v", name, day, len(r.Entries), err)
			}
		}
	}
}

func TestLawIsDated(t *testing.T) {
	assumed, enacted := rules(t, "seoul-general", "2026-10-01"), rules(t, "seoul-general", "2026-10-02")
	if k := policy.VerbatimWithholdMax.Entry(assumed).Kind; k != policy.Assumption {
		t.Errorf("the day before 기록물령 제36728호: %s", k)
	}
	if k := policy.VerbatimWithholdMax.Entry(enacted).Kind; k != policy.Statute {
		t.Errorf("on the day of 기록물령 제36728호: %s", k)
	}
}

func TestResolveRefuses(t *testing.T) {
	lib := library(t)
	_, err := lib.Resolve("seoul", general)
	if domain.CodeOf(err) != domain.CodeNotFound || domain.KeyOf(err) != "not_found.policy_pack" {
		t.Errorf("a pack that is not there: %v", err)
	}
	for _, day := range []calendar.Date{"2025-01-02", ""} {
		_, err = lib.Resolve("seoul-general", day)
		if domain.CodeOf(err) != domain.CodeRefused || domain.KeyOf(err) != "policy.not_in_force" {
			t.Errorf("on %q: %v", day, err)
		}
	}
}

func TestDraftLiesOnGeneral(t *testing.T) {
	const day = "2026-11-22"
	base, draft := rules(t, "seoul-general", day), rules(t, "seoul-dx-draft", day)
	if base.Provisional || !draft.Provisional || !strings.Contains(draft.Title, "가칭") {
		t.Errorf("provisional %t and %t, %q", base.Provisional, draft.Provisional, draft.Title)
	}
	if base.Hash() == draft.Hash() {
		t.Error("both have one hash")
	}
	if policy.NoticeDays.Entry(draft) != policy.NoticeDays.Entry(base) {
		t.Error("the notice is not that of 위원회조례")
	}
	b, d := policy.ReplacementTerm.Of(base), policy.ReplacementTerm.Of(draft)
	if b != policy.TermRemainder || d != policy.TermFresh {
		t.Errorf("the term of a replacement: %s, %s", b, d)
	}
	if got := policy.TieRule.Entry(draft); got.Kind != policy.Draft || got.Citation != "가칭 조례안(4IR조례 11③)" {
		t.Errorf("the tie rule: %v", got)
	}
	before := rules(t, "seoul-dx-draft", general)
	if policy.ReplacementTerm.Of(before) != policy.TermRemainder {
		t.Error("the draft is in force before the ordinances it is modelled on")
	}
}

func TestDraftOnlyAddsGroundsOfRecusal(t *testing.T) {
	base, draft := rules(t, "seoul-general", "2026-11-22"), rules(t, "seoul-dx-draft", "2026-11-22")
	for _, key := range []policy.Key[[]string]{policy.RecusalGrounds, policy.ChallengeGrounds} {
		for _, ground := range key.Of(base) {
			if !slices.Contains(key.Of(draft), ground) {
				t.Errorf("%s: the draft loses %s", key.Name, ground)
			}
		}
	}
	for _, ground := range policy.RecusalGrounds.Of(draft) {
		if !slices.Contains(policy.ChallengeGrounds.Of(draft), ground) {
			t.Errorf("%s is no ground for a challenge", ground)
		}
	}
}
