package policies

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// folder writes files of packs and returns where they are.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// wrong loads a folder and returns the problems, with file names alone.
func wrong(t *testing.T, files map[string]string) []string {
	t.Helper()
	dir := folder(t, files)
	_, err := Load(dir)
	if err == nil {
		return nil
	}
	var problems Problems
	if !errors.As(err, &problems) {
		t.Fatalf("%v is no list of problems", err)
	}
	return strings.Split(strings.ReplaceAll(err.Error(), dir+string(filepath.Separator), ""), "\n")
}

const head = `name: own
title: 자체 기준
over: seoul-general
entries:
`

// first is the day from which entry is in force.
const first = "2026-01-01"

// entry is a good one on lines 5 to 9 after head.
const entry = `  - key: meeting.notice.days
    value: 20
    citation: 운영세칙 3
    kind: assumption
    from: 2026-01-01
`

func TestProblemsNameFileLineAndKey(t *testing.T) {
	cases := map[string]struct {
		content string
		want    []string
	}{
		"good":         {head + entry, nil},
		"no file":      {"", []string{"own.yaml:1: the file is empty"}},
		"comment only": {"# 기준\n", []string{"own.yaml:1: the file is empty"}},
		"null":         {"---\n~\n", []string{"own.yaml:1: the file is empty"}},
		"not YAML":     {head + "  - key: [\n", []string{"own.yaml:5: not YAML: did not find expected node content"}},
		"tab": {"name: own\n\ttitle: x\n",
			[]string{"own.yaml:2: not YAML: found a tab character that violates indentation"}},
		"list": {"- name: own\n", []string{"own.yaml:1: a pack is a mapping with name, title and entries"}},
		"two documents": {head + entry + "---\nname: other\n",
			[]string{"own.yaml:10: a second document begins; a file holds one pack"}},
		"nothing of a pack": {"over: seoul-general\n", []string{
			"own.yaml:1: entries: missing", "own.yaml:1: name: missing", "own.yaml:1: title: missing"}},
		"empty fields": {"name:\ntitle: ''\nover: []\nprovisional: perhaps\nentries: []\n", []string{
			"own.yaml:1: name: name is empty",
			"own.yaml:2: title: title is empty",
			"own.yaml:3: over: over must be plain text",
			"own.yaml:4: provisional: must be true or false",
			"own.yaml:5: entries: must be a list of at least one entry"}},
		"unknown field of the pack": {"version: 2\n" + head + entry,
			[]string{`own.yaml:1: version: unknown field "version"`}},
		"field of the pack twice": {"name: other\n" + head + entry,
			[]string{`own.yaml:2: name: field "name" stands on line 1 already`}},
		"unknown field": {head + entry + "    source: 세칙\n",
			[]string{`own.yaml:10: meeting.notice.days: unknown field "source"`}},
		"field twice": {head + entry + "    value: 21\n",
			[]string{`own.yaml:10: meeting.notice.days: field "value" stands on line 6 already`}},
		"no entry": {head + "  - meeting.notice.days\n",
			[]string{"own.yaml:5: entries[0]: an entry is a mapping with key, value, citation, kind and from"}},
		"entry without key": {head + strings.Replace(entry, "key: meeting.notice.days", "note: 비고", 1),
			[]string{"own.yaml:5: entries[0]: key is missing"}},
		"unknown key": {head + strings.Replace(entry, "notice.days", "notice.day", 1),
			[]string{"own.yaml:5: meeting.notice.day: unknown key"}},
		"missing citation": {head + strings.Replace(entry, "    citation: 운영세칙 3\n", "", 1),
			[]string{"own.yaml:5: meeting.notice.days: citation is missing"}},
		"empty citation": {head + strings.Replace(entry, "운영세칙 3", `" "`, 1),
			[]string{"own.yaml:7: meeting.notice.days: citation is empty"}},
		"wrong type": {head + strings.Replace(entry, "20", "스무날", 1),
			[]string{`own.yaml:6: meeting.notice.days: "스무날" is not a whole number`}},
		"no value": {head + strings.Replace(entry, "20", "", 1),
			[]string{"own.yaml:6: meeting.notice.days: value is empty"}},
		"value in a list": {head + strings.Replace(entry, "20", "[20]", 1),
			[]string{`own.yaml:6: meeting.notice.days: value must be plain text; a list is written "a, b"`}},
		"alias": {head + strings.Replace(strings.Replace(entry, "20", "&d 20", 1), "운영세칙 3", "*d", 1),
			[]string{"own.yaml:7: meeting.notice.days: citation must be plain text"}},
		"bad kind": {head + strings.Replace(entry, "assumption", "law", 1),
			[]string{`own.yaml:8: meeting.notice.days: kind "law" is none of statute, draft, assumption`}},
		"bad date": {head + strings.Replace(entry, "2026-01-01", "2026-02-30", 1),
			[]string{`own.yaml:9: meeting.notice.days: from: date "2026-02-30" is not of the form YYYY-MM-DD`}},
		"from after until": {head + entry + "    until: 2025-12-31\n",
			[]string{"own.yaml:10: meeting.notice.days: until 2025-12-31 is before from 2026-01-01"}},
		"overlap": {head + entry + strings.Replace(entry, "2026-01-01", "2025-06-01\n    until: 2026-01-01", 1),
			[]string{"own.yaml:10: meeting.notice.days: in force at the same time as the entry on line 5"}},
		"overlap with a day that is none": {head + entry + strings.Replace(entry, first, "2026-13-01", 1),
			[]string{`own.yaml:14: meeting.notice.days: from: date "2026-13-01" is not of the form YYYY-MM-DD`}},
		"overlap with an end that is none": {head + entry + strings.Replace(entry, first, "2025-01-03\n    until:", 1),
			[]string{"own.yaml:15: meeting.notice.days: until is empty"}},
		"overlap with an end before its beginning": {
			head + entry + strings.Replace(entry, first, "2026-05-01\n    until: 2026-03-01", 1),
			[]string{"own.yaml:15: meeting.notice.days: until 2026-03-01 is before from 2026-05-01"}},
		"an old entry first": {
			head + strings.NewReplacer("meeting.notice.", "minutes.sign_", first, "2020-01-01").Replace(entry) + entry,
			nil},
		"one after the other": {
			head + entry + strings.Replace(entry, first, "2025-06-01\n    until: 2025-12-31", 1), nil},
		"unknown pack below": {strings.Replace(head, "seoul-general", "busan", 1) + entry,
			[]string{`own.yaml:3: over: there is no pack "busan"`}},
		"on itself": {strings.Replace(head, "seoul-general", "own", 1) + entry,
			[]string{"own.yaml:3: over: packs lie on each other in a circle: own > own"}},
		"many": {head + "  - key: meeting.notice.days\n    value: -1\n    kind: law\n    from: 2026\n", []string{
			"own.yaml:5: meeting.notice.days: citation is missing",
			`own.yaml:6: meeting.notice.days: "-1" is not a whole number`,
			`own.yaml:7: meeting.notice.days: kind "law" is none of statute, draft, assumption`,
			`own.yaml:8: meeting.notice.days: from: date "2026" is not of the form YYYY-MM-DD`}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, wrong(t, map[string]string{"own.yaml": c.content})); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestProblemsOfAllFilesAtOnce(t *testing.T) {
	got := wrong(t, map[string]string{
		"a.yaml": head + strings.Replace(entry, "20", "x", 1),
		"b.yml":  strings.Replace(head, "own", "alone", 1) + entry + "    until: never\n",
		"c.yaml": "name: own\ntitle: 다른 기준\nover: seoul-general\nentries:\n" + entry,
		"d.yaml": "name: one\ntitle: 하나\nover: two\nentries:\n" + entry,
		"e.yaml": "name: two\ntitle: 둘\nover: one\nentries:\n" + entry,
		"f.yaml": "name: three\ntitle: 셋\nover: two\nentries:\n" + entry,
		"g.yaml": "name: four\ntitle: 넷\nover: busan\nentries:\n" + entry,
		"h.yaml": "name: five\ntitle: 다섯\nover: four\nentries:\n" + entry,
	})
	want := []string{
		`a.yaml:6: meeting.notice.days: "x" is not a whole number`,
		`b.yml:10: meeting.notice.days: until: date "never" is not of the form YYYY-MM-DD`,
		`c.yaml:1: name: pack "own" stands in a.yaml already`,
		"d.yaml:3: over: packs lie on each other in a circle: one > two > one",
		"e.yaml:3: over: packs lie on each other in a circle: two > one > two",
		`g.yaml:3: over: there is no pack "busan"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestAPackMustBeWholeOnTheDayOfItsLatestEntry(t *testing.T) {
	alone := strings.Replace(head, "over: seoul-general\n", "", 1) + entry
	got := wrong(t, map[string]string{"own.yaml": alone})
	if len(got) != len(policy.Keys())-1 {
		t.Fatalf("%d problems for %d keys: %v", len(got), len(policy.Keys()), got)
	}
	want := "own.yaml:3: agenda.voted_kinds: no value on 2026-01-01, the day of the latest entry"
	if got[0] != want {
		t.Errorf("got %q, want %q", got[0], want)
	}
	early := head + strings.Replace(entry, "2026-01-01", "2020-01-01", 1)
	if got := wrong(t, map[string]string{"own.yaml": early}); len(got) == 0 {
		t.Error("a pack older than all law below it is taken")
	}
}

// A problem of a pack is not said again as what it, or a pack on it, lacks.
func TestBrokenPacksAreNotResolved(t *testing.T) {
	base := strings.NewReplacer("own", "seoul-general", "over: seoul-general\n", "").Replace(head)
	got := wrong(t, map[string]string{
		"base.yaml": base + strings.Replace(entry, "20", "x", 1),
		"own.yaml":  head + entry,
	})
	want := []string{`base.yaml:5: meeting.notice.days: "x" is not a whole number`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestADeploymentAddsAndOverrides(t *testing.T) {
	embeddedDraft, err := os.ReadFile("seoul-dx-draft.yaml")
	if err != nil {
		t.Fatal(err)
	}
	enacted := strings.NewReplacer("provisional: true\n", "", "(가칭)", "", "value: fresh", "value: remainder").
		Replace(string(embeddedDraft))
	lib, err := Load(folder(t, map[string]string{
		"dx.yaml":   enacted,
		"own.yml":   strings.Replace(head, "seoul-general", "seoul-dx-draft", 1) + entry,
		"README.md": "기준을 두는 곳",
	}))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"own", "seoul-dx-draft", "seoul-general"}, lib.Names()); diff != "" {
		t.Error(diff)
	}
	resolve := func(pack string, day calendar.Date) policy.Rules {
		r, err := lib.Resolve(pack, day)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	own := resolve("own", "2026-11-22")
	if policy.NoticeDays.Of(own) != 20 || policy.NoticeDays.Cite(own) != "운영세칙 3" {
		t.Errorf("notice of %d days, %s", policy.NoticeDays.Of(own), policy.NoticeDays.Cite(own))
	}
	if own.Provisional || policy.ReplacementTerm.Of(own) != policy.TermRemainder {
		t.Errorf("the embedded draft is still there: %t, %s", own.Provisional, policy.ReplacementTerm.Of(own))
	}
	if got := policy.NoticeDays.Of(resolve("own", "2025-12-31")); got != 15 {
		t.Errorf("before its own rule: notice of %d days", got)
	}
	if got := policy.NoticeDays.Of(resolve("seoul-general", "2026-11-22")); got != 15 {
		t.Errorf("the base has changed: notice of %d days", got)
	}
}

func TestFoldersThatCannotBeRead(t *testing.T) {
	var problems Problems
	_, err := Load(filepath.Join(t.TempDir(), "nowhere"))
	if !errors.Is(err, os.ErrNotExist) || errors.As(err, &problems) {
		t.Errorf("no folder: %v", err)
	}
	lib, err := Load(t.TempDir())
	if err != nil || len(lib.Names()) != 2 {
		t.Errorf("an empty folder: %v", err)
	}
}
