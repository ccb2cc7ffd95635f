package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"secretariat/domain/plan"
	"secretariat/domain/selection"
	"secretariat/internal/canonical"
)

func TestAPublishedSelectionIsVerifiedFromItsFile(t *testing.T) {
	profile := selection.Profile{
		Criteria: []selection.Criterion{{Name: "성장 가능성", Weight: 100}}, Floor: 70, Decimals: 2, Panel: 1, Select: 1,
	}
	entries := []selection.Entry{{Application: "a", Sheets: [][]int64{{80_000}}}, {Application: "b", Sheets: [][]int64{{90_000}}}}
	rows, err := selection.Rank(profile, entries, "seed")
	if err != nil {
		t.Fatal(err)
	}
	terms := selection.Conditions{Profile: profile, Commitment: selection.Commitment("seed")}
	record := selection.Record{
		Conditions: terms, ConditionsHash: terms.Hash(),
		Profile: profile, ProfileHash: profile.Hash(), Seed: "seed", Commitment: selection.Commitment("seed"), Entries: entries, Rows: rows,
	}
	if out, err := verified(t, record); err != nil || strings.Count(out, "맞음") != 4 {
		t.Errorf("%v\n%s", err, out)
	}
	record.Entries[0].Sheets[0][0] = 95_000
	if out, err := verified(t, record); !errors.Is(err, errDisagrees) || !strings.Contains(out, "순위와 결과: 다름") {
		t.Errorf("a forged score: %v\n%s", err, out)
	}
	record.Entries[0].Sheets[0][0] = 80_000
	record.Conditions.Terms.Most = 1
	if out, err := verified(t, record); !errors.Is(err, errDisagrees) || !strings.Contains(out, "공고 조건 확인값: 다름") {
		t.Errorf("another ceiling than was published: %v\n%s", err, out)
	}
	if err := verifyRecord(os.Stderr, filepath.Join("testdata", "none.json")); err == nil {
		t.Error("a file that is not there is verified")
	}
}

// A record that replaces another names it by its hash and says truly what differs.
func TestASuccessionIsVerifiedFromItsFiles(t *testing.T) {
	profile := selection.Profile{Criteria: []selection.Criterion{{Name: "성장 가능성", Weight: 100}}, Floor: 70, Decimals: 2, Panel: 1, Select: 1}
	ranked := func(score int64) selection.Record {
		entries := []selection.Entry{{Application: "a", Sheets: [][]int64{{score}}}, {Application: "b", Sheets: [][]int64{{90_000}}}}
		rows, err := selection.Rank(profile, entries, "seed")
		if err != nil {
			t.Fatal(err)
		}
		terms := selection.Conditions{Call: "c", Profile: profile, Commitment: selection.Commitment("seed")}
		return selection.Record{
			Kind: selection.RecordKind, Call: "c", Conditions: terms, ConditionsHash: terms.Hash(), Profile: profile, ProfileHash: profile.Hash(), Seed: "seed",
			Commitment: selection.Commitment("seed"), Entries: entries, Rows: rows,
		}
	}
	first, next := ranked(80_000), ranked(95_000)
	raw, err := canonical.JSON(first)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(raw)
	next.Version, next.Supersedes, next.Changes = 2, hex.EncodeToString(sum[:]), selection.Changes(first.Rows, next.Rows)
	var out strings.Builder
	if err := verifySuccession(&out, written(t, next), written(t, first)); err != nil || strings.Count(out.String(), "맞음") != 3 {
		t.Errorf("%v\n%s", err, out.String())
	}
	first.Title = "다른 공모"
	if err := verifySuccession(&out, written(t, next), written(t, first)); !errors.Is(err, errDisagrees) {
		t.Errorf("a record that is not the one before: %v", err)
	}
}

func written(t *testing.T, record selection.Record) string {
	t.Helper()
	raw, err := json.Marshal(map[string]any{"record": record})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "record.json")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// A plan whose figures, ledger or decisions were changed after it was published does not agree with itself, nor does a record of
// a kind that nobody knows.
func TestAPublishedPlanIsVerifiedFromItsFile(t *testing.T) {
	if out, err := verified(t, planRecord(t)); err != nil || strings.Count(out, "맞음") != 4 {
		t.Fatalf("%v\n%s", err, out)
	}
	for name, x := range map[string]struct {
		forge func(*plan.Record)
		want  string
	}{
		"a target":        {func(r *plan.Record) { r.Sets[0].Changes[0].Node.Indicators[0].Targets[0].Value = 1 }, "변경 기록의 연결과 지난 계획: 다름"},
		"a reason":        {func(r *plan.Record) { r.Sets[1].Reason = "다른 사유" }, "변경 기록의 연결과 지난 계획: 다름"},
		"a missing entry": {func(r *plan.Record) { r.Sets = r.Sets[:1]; r.Sets[0].Number = 2 }, "변경 기록의 연결과 지난 계획: 다름"},
		"a title":         {func(r *plan.Record) { r.Plan.Title = "다른 계획" }, "계획명과 비전: 다름"},
		"a former title":  {func(r *plan.Record) { r.Sets[1].Naming.Before.Title = "다른 계획" }, "변경 기록의 연결과 지난 계획: 다름"},
		"a figure":        {func(r *plan.Record) { r.Reports[0].Values["지원 기업"] = 2000 }, "진척률과 집행률: 다름"},
		"a decision":      {func(r *plan.Record) { r.Decisions[0].Adopted = false }, "근거 의결: 다름"},
		"no decision":     {func(r *plan.Record) { r.Decisions = nil }, "근거 의결: 다름"},
	} {
		record := planRecord(t)
		x.forge(&record)
		if out, err := verified(t, record); !errors.Is(err, errDisagrees) || !strings.Contains(out, x.want) {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
	other := planRecord(t)
	other.Kind = "other"
	if _, err := verified(t, other); err == nil || errors.Is(err, errDisagrees) {
		t.Errorf("a record of an unknown kind: %v", err)
	}
}

// planRecord is a plan with an amendment and a report.
func planRecord(t *testing.T) plan.Record {
	t.Helper()
	node := plan.Node{
		ID: "1", Kind: plan.Strategy, Title: "역량 강화", Owner: "경제정책과", Weight: 1,
		Indicators: []plan.Indicator{{Name: "지원 기업", Unit: "개사", Targets: []plan.Target{{Year: 2029, Value: 10_000}}}},
	}
	r := plan.Record{
		Kind: plan.RecordKind, Year: 2027, Plan: plan.Plan{ID: "p", Title: "새 기본계획", Vision: "비전", Steps: []plan.Step{{Name: plan.StepCommittee, Ref: "제2026-1호", Decision: "d"}}},
		Decisions: []plan.Decision{{ID: "d", Number: "제2026-1호", Adopted: true}},
		Reports:   []plan.Report{{Node: "1", Year: 2027, Values: map[string]int64{"지원 기업": 5000}}},
		Sets:      []plan.ChangeSet{{Plan: "p", Number: 1, Kind: plan.Drafted, Changes: []plan.Change{{Node: node}}}},
	}
	node.Title = "역량 높이기"
	r.Sets = append(r.Sets, plan.ChangeSet{
		Plan: "p", Number: 2, Kind: plan.Major, Basis: "제2026-1호", Decision: "d", Reason: "사유", Changes: []plan.Change{{Node: node}},
		Naming: &plan.Naming{Before: plan.Name{Title: "기본계획", Vision: "비전"}, After: plan.Name{Title: "새 기본계획", Vision: "비전"}},
	})
	before := ""
	for i := range r.Sets {
		sum, err := plan.SumOf(before, r.Sets[i], plan.Fold(r.Sets, i+1))
		if err != nil {
			t.Fatal(err)
		}
		r.Sets[i].Sum, before = sum, sum
	}
	r.Standing = plan.Fold(r.Sets, 0).Stand(plan.Gather(r.Reports), 2027)
	return r
}

// verified writes a record as its page offers it and verifies the file.
func verified(t *testing.T, record any) (string, error) {
	t.Helper()
	raw, err := json.Marshal(map[string]any{"record": record})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "record.json")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	err = verifyRecord(&out, path)
	return out.String(), err
}
