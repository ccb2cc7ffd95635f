package document_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"secretariat/domain/document"
	"secretariat/internal/canonical"
)

func record(t *rapid.T, d document.Dossier) document.Record {
	r, err := d.Record(nil, canonical.JSON)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func faults(r document.Record) []string {
	var out []string
	for _, c := range document.Verify(r, canonical.JSON) {
		if !c.OK() {
			out = append(out, c.Line())
		}
	}
	return out
}

// TestValid holds that the record of a meeting by the rules passes every check, whatever is withheld in it.
func TestValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, line := range faults(record(t, meet(t))) {
			t.Errorf("%s", line)
		}
	})
}

// leaf is a value in the JSON of a record, with a way to change it.
type leaf struct {
	path string
	old  any
	set  func(any)
}

// leaves lists every value of a JSON tree, sorted by path.
func leaves(v any, path string) []leaf {
	var out []leaf
	put := func(e any, p string, set func(any)) {
		switch e.(type) {
		case map[string]any, []any:
			out = append(out, leaves(e, p)...)
		case nil:
		default:
			out = append(out, leaf{p, e, set})
		}
	}
	switch x := v.(type) {
	case map[string]any:
		for k, e := range x {
			put(e, path+"."+k, func(n any) { x[k] = n })
		}
	case []any:
		for i, e := range x {
			put(e, fmt.Sprintf("%s[%d]", path, i), func(n any) { x[i] = n })
		}
	}
	slices.SortFunc(out, func(a, b leaf) int { return strings.Compare(a.path, b.path) })
	return out
}

// changed is another value of the same kind: a number one more, a time a day and an hour later, the contrary choice,
// another member, another word.
func changed(t *rapid.T, old any, members []string) any {
	switch x := old.(type) {
	case float64:
		return x + float64(rapid.SampledFrom([]int{-1, 1, 2}).Draw(t, "by"))
	case bool:
		return !x
	case string:
		if at, err := time.Parse(time.RFC3339Nano, x); err == nil {
			return at.Add(25 * time.Hour).Format(time.RFC3339Nano)
		}
		if other, ok := map[string]string{"yes": "no", "no": "yes", "abstain": "yes"}[x]; ok {
			return other
		}
		if i := slices.Index(members, x); i >= 0 {
			return members[(i+rapid.IntRange(1, len(members)-1).Draw(t, "other"))%len(members)]
		}
		return x + "1"
	}
	t.Fatalf("%T is no leaf", old)
	return nil
}

// tamper changes one value of a record; false when the result is no record any more.
func tamper(t *rapid.T, r document.Record, which func(string) bool) (document.Record, string, bool) {
	raw, err := canonical.JSON(r)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		t.Fatal(err)
	}
	all := slices.DeleteFunc(leaves(tree, ""), func(l leaf) bool { return !which(l.path) })
	if len(all) == 0 {
		return r, "", false
	}
	var members []string
	for _, s := range r.Roster {
		members = append(members, string(s.Member))
	}
	l := rapid.SampledFrom(all).Draw(t, "leaf")
	next := changed(t, l.old, members)
	l.set(next)
	if raw, err = json.Marshal(tree); err != nil {
		t.Fatal(err)
	}
	var out document.Record
	what := fmt.Sprintf("%s: %v instead of %v", l.path, next, l.old)
	err = json.Unmarshal(raw, &out)
	return out, what, err == nil
}

// TestAnyChange holds that no value of a record can be changed unnoticed.
func TestAnyChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := record(t, meet(t))
		bad, what, ok := tamper(t, r, func(string) bool { return true })
		if ok && len(faults(bad)) == 0 {
			t.Fatalf("not noticed: %s", what)
		}
	})
}

// recounted are the values which follow from others: numbers, votes, people and times on which a decision rests. A
// change of one of them is noticed even by who trusts none of the hashes in the record.
var recounted = regexp.MustCompile(`^\.(` + strings.Join([]string{
	`ballots\[\d+\]\.(serving|present|recused|purpose|method|item|openedAt|closedAt|closesAt|question)`,
	`ballots\[\d+\]\.(roll|excluded|candidates)\[\d+\]`,
	`ballots\[\d+\]\.votes\[\d+\]\.(choice|member)`,
	`ballots\[\d+\]\.voted\[\d+\]\.at`,
	`ballots\[\d+\]\.result\..*`,
	`items\[\d+\]\.(item|position|number|title|kind|outcome|decidedBallot|tabledAt|decidedAt|text|conditions\[\d+\])`,
	`amendments\[\d+\]\.(position|state)`,
	`recusals\[\d+\]\.(kind|at)`,
	`roster\[\d+\]\.(member|name)`,
	`meeting\.(number|openedAt|adjournedAt|mode|startsAt|warnedAt|rulesHash)`,
	`filing\.(signBy|publishBy|signers\[\d+\])`,
	`minutes\.content\.(opened|adjourned|serving|mode)`,
	`minutes\.content\.items\[\d+\]\.(item|number|title|kind|outcome|text|conditions\[\d+\])`,
	`minutes\.content\.items\[\d+\]\.recused\[\d+\]\.(member|name)`,
	`minutes\.content\.items\[\d+\]\.ballots\[\d+\]\.(ballot|purpose|method|result\..*)`,
	`minutes\.content\.items\[\d+\]\.ballots\[\d+\]\.votes\[\d+\]\..*`,
	`minutes\.content\.(present|absent)\[\d+\]\.name`,
	`minutes\.signatures\[\d+\]\.(member|name|hash|role)`,
	`minutes\.(session|hash|provisional|full)`,
	`decisions\[\d+\]\.(session|meetingDay|mode|advisory|provisional|replaces)`,
	`decisions\[\d+\]\.decision\.(item|itemNumber|number|title|kind|outcome|decidedAt|supersedes)`,
	`decisions\[\d+\]\.decision\.ballot\.(ballot|purpose|method|result\..*|votes\[\d+\]\..*)`,
	`agenda\.(session|startsAt|mode|items\[\d+\]\.(item|position|number|title|kind))`,
	`rules\.entries\[\d+\]\.(key|value)`, `rules\.(pack|day)`,
}, "|") + `)$`)

// TestRecounted changes one such value, makes the hash of the record fit again, and wants it noticed.
func TestRecounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := record(t, meet(t))
		bad, what, ok := tamper(t, r, recounted.MatchString)
		if !ok {
			return
		}
		bad, err := bad.Sealed(canonical.JSON)
		if err != nil {
			t.Fatal(err)
		}
		if len(faults(bad)) == 0 {
			t.Fatalf("not noticed: %s", what)
		}
	})
}
