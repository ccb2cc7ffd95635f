package policy

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"secretariat/domain/calendar"
)

const start calendar.Date = "2025-01-03"

// samples are values of each key, found among everything that some key takes.
func samples(t testing.TB) map[string][]string {
	pool := []string{"0", "1", "7", "true", "false", "> 1/2", ">= 1/3", "<= 6/10", "", "a, b", "03-31", "12-31",
		"{department}-{serial}", "제{year}-{serial}호", "{serial}", "parent_chair"}
	words := [][]string{gates, closings, moments, ties, deferrals, effects, itemKinds, proxies, allowances,
		salariedKinds, headings, forms, selections, acting, bases, chairNamers, successors, entries, verbatims,
		transcripts, groundNumbers, classes, redactions, publications, retentions, starts, endings, numberings, seals, steps}
	for _, w := range words {
		pool = append(pool, w...)
	}
	out := map[string][]string{}
	for _, key := range Keys() {
		for _, v := range pool {
			if CheckValue(key, v) == nil && !slices.Contains(out[key], v) {
				out[key] = append(out[key], v)
			}
		}
		if len(out[key]) < 2 {
			t.Fatalf("fewer than two values are known for %s", key)
		}
	}
	return out
}

// full is a pack with one value for each key from the start.
func full(t testing.TB) Pack {
	p := Pack{Name: "base", Title: "기준"}
	for key, values := range samples(t) {
		e := Entry{Key: key, Value: values[0], Citation: "위원회조례 7", Kind: Statute, From: start}
		p.Entries = append(p.Entries, e)
	}
	return p
}

func ruled(t testing.TB, packs ...Pack) Rules {
	t.Helper()
	r, err := Resolve(packs, "2026-11-22")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// latest lists what a pack says of a key on a day: going back day by day, what came into force on the first day on
// which anything did that still holds. More than one entry is a contradiction.
func latest(p Pack, key string, day calendar.Date) []Entry {
	for from := day; from >= "2024-12-31"; from = from.AddDays(-1) {
		var began []Entry
		for _, e := range p.Entries {
			if e.Key == key && e.From == from && (e.Until == "" || e.Until >= day) && !slices.Contains(began, e) {
				began = append(began, e)
			}
		}
		if len(began) > 0 {
			return began
		}
	}
	return nil
}

// naive looks one key up, from the highest pack down; clear is false when any pack contradicts itself.
func naive(packs []Pack, key string, day calendar.Date) (found Entry, clear bool) {
	clear = true
	for _, p := range packs {
		said := latest(p, key, day)
		if len(said) > 0 {
			found = said[0]
		}
		clear = clear && len(said) < 2
	}
	return found, clear
}

func drawPack(t *rapid.T, name string, values map[string][]string, keys []string) Pack {
	p := Pack{Name: name, Title: name, Provisional: rapid.Bool().Draw(t, "provisional")}
	for range rapid.IntRange(0, 12).Draw(t, "entries") {
		key := rapid.SampledFrom(keys).Draw(t, "key")
		e := Entry{Key: key, Citation: "위원회조례 10", Kind: Statute}
		e.Value = rapid.SampledFrom(values[key]).Draw(t, "value")
		e.From = start.AddDays(rapid.IntRange(-3, 10).Draw(t, "from"))
		if rapid.Bool().Draw(t, "ends") {
			e.Until = e.From.AddDays(rapid.IntRange(0, 6).Draw(t, "length"))
		}
		p.Entries = append(p.Entries, e)
	}
	return p
}

func TestResolveAgreesWithLookingEachKeyUp(t *testing.T) {
	values, base := samples(t), full(t)
	keys := []string{"meeting.notice.days", "meeting.quorum", "decision.tie"}
	rapid.Check(t, func(t *rapid.T) {
		packs := []Pack{base}
		for _, name := range []string{"middle", "top"}[:rapid.IntRange(0, 2).Draw(t, "layers")] {
			packs = append(packs, drawPack(t, name, values, keys))
		}
		day := start.AddDays(rapid.IntRange(0, 14).Draw(t, "day"))
		got, err := Resolve(packs, day)
		var wrong KeyErrors
		errors.As(err, &wrong)
		for _, key := range keys {
			want, clear := naive(packs, key, day)
			said := slices.ContainsFunc(wrong, func(e KeyError) bool { return e.Key == key })
			if clear == said {
				t.Fatalf("%s: clear is %t, the error %v", key, clear, err)
			}
			if have, _ := got.entry(key); err == nil && have != want {
				t.Fatalf("%s on %s: got %v, want %v", key, day, have, want)
			}
		}
		if err == nil && len(got.Entries) != len(base.Entries) {
			t.Fatalf("%d entries for %d keys", len(got.Entries), len(base.Entries))
		}
	})
}

func TestResolveSaysEverythingThatIsWrong(t *testing.T) {
	p := full(t)
	p.Entries = slices.DeleteFunc(p.Entries, func(e Entry) bool { return e.Key == "minutes.sign_days" })
	for i, e := range p.Entries {
		switch e.Key {
		case "meeting.notice.days":
			p.Entries[i].Value = "보름"
		case "meeting.quorum":
			p.Entries[i].Citation = ""
		}
	}
	p.Entries = append(p.Entries,
		Entry{Key: "meeting.notice.day", Value: "15", Citation: "위원회조례 10①", From: start},
		Entry{Key: "decision.tie", Value: "chair_casting", Citation: "4IR조례 11③", From: start})
	_, err := Resolve([]Pack{p}, "2026-11-22")
	want := "policy base on 2026-11-22: " + strings.Join([]string{
		"decision.tie: two values from 2025-01-03 in pack base",
		"meeting.notice.day: unknown key",
		`meeting.notice.days: "보름" is not a whole number`,
		"meeting.quorum: no citation",
		"minutes.sign_days: no value",
	}, "; ")
	if err == nil {
		t.Fatal("resolved")
	}
	if diff := cmp.Diff(want, err.Error()); diff != "" {
		t.Error(diff)
	}
	var wrong KeyErrors
	if !errors.As(err, &wrong) || !errors.Is(wrong[4], ErrNoValue) {
		t.Errorf("%#v does not hold the errors of the keys", err)
	}
}

func TestResolveNeedsAPack(t *testing.T) {
	if _, err := Resolve(nil, start); err == nil {
		t.Error("resolved without a pack")
	}
}

func TestProvisionalWhenAnyPackIs(t *testing.T) {
	base, draft, own := full(t), Pack{Name: "draft", Provisional: true}, Pack{Name: "own", Title: "구 기준"}
	if ruled(t, base, own).Provisional {
		t.Error("provisional without a provisional pack")
	}
	if r := ruled(t, base, draft, own); !r.Provisional || r.Pack != "own" || r.Title != "구 기준" {
		t.Errorf("got %s %q, provisional %t", r.Pack, r.Title, r.Provisional)
	}
}

func TestInForceAndOverlapsByDay(t *testing.T) {
	span := rapid.Custom(func(t *rapid.T) Entry {
		e := Entry{From: start.AddDays(rapid.IntRange(0, 10).Draw(t, "from"))}
		if rapid.Bool().Draw(t, "ends") {
			e.Until = e.From.AddDays(rapid.IntRange(0, 5).Draw(t, "length"))
		}
		return e
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := span.Draw(t, "a"), span.Draw(t, "b")
		both := false
		for i := range 30 {
			day := start.AddDays(i)
			both = both || a.InForce(day) && b.InForce(day)
			if want := !(day < a.From) && !(a.Until != "" && day > a.Until); a.InForce(day) != want {
				t.Fatalf("%v on %s: want %t", a, day, want)
			}
		}
		if a.Overlaps(b) != both || b.Overlaps(a) != both {
			t.Fatalf("%v and %v: want %t", a, b, both)
		}
	})
}

func TestHashIsOfTheContentInAnyOrder(t *testing.T) {
	p := full(t)
	want := ruled(t, p).Hash()
	rapid.Check(t, func(t *rapid.T) {
		mixed := p
		mixed.Entries = rapid.Permutation(p.Entries).Draw(t, "entries")
		r, err := Resolve([]Pack{mixed}, "2026-11-22")
		if err != nil || r.Hash() != want {
			t.Fatalf("another order, another hash: %v", err)
		}
	})
}

func TestHashChangesWithTheContent(t *testing.T) {
	values, base := samples(t), full(t)
	r := ruled(t, base)
	seen := map[string]string{r.Hash(): "the rules"}
	note := func(what string, changed Rules) {
		t.Helper()
		if other, twice := seen[changed.Hash()]; twice {
			t.Errorf("%s has the hash of %s", what, other)
		}
		seen[changed.Hash()] = what
	}
	for i, e := range r.Entries {
		changed := r
		changed.Entries = slices.Clone(r.Entries)
		changed.Entries[i].Value = values[e.Key][1]
		note(e.Key, changed)
	}
	first := func(change func(*Entry)) Rules {
		changed := r
		changed.Entries = slices.Clone(r.Entries)
		change(&changed.Entries[0])
		return changed
	}
	note("citation", first(func(e *Entry) { e.Citation = "위원회조례 8" }))
	note("kind", first(func(e *Entry) { e.Kind = Draft }))
	note("from", first(func(e *Entry) { e.From = "2025-01-04" }))
	note("until", first(func(e *Entry) { e.Until = "2027-01-01" }))
	note("note", first(func(e *Entry) { e.Note = "확인 필요" }))
	day := r
	day.Day = "2026-11-23"
	note("day", day)
}

func TestFrozenRulesComeBackTheSame(t *testing.T) {
	r := ruled(t, full(t))
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var back Rules
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r, back); diff != "" {
		t.Error(diff)
	}
	if back.Validate() != nil || back.Hash() != r.Hash() {
		t.Errorf("frozen rules are others: %v", back.Validate())
	}
}

func TestValidateRefusesWhatIsOutOfOrder(t *testing.T) {
	good := ruled(t, full(t))
	swapped, twice := good, good
	swapped.Entries = slices.Clone(good.Entries)
	swapped.Entries[3], swapped.Entries[4] = good.Entries[4], good.Entries[3]
	twice.Entries = slices.Insert(slices.Clone(good.Entries), 3, good.Entries[3])
	if good.Validate() != nil || swapped.Validate() == nil || twice.Validate() == nil {
		t.Errorf("got %v, %v, %v", good.Validate(), swapped.Validate(), twice.Validate())
	}
}

func TestValidateLetsRetiredKeysBe(t *testing.T) {
	r := ruled(t, full(t))
	r.Entries = append(slices.Clone(r.Entries), Entry{Key: "zz.retired", Value: "1", Citation: "구 조례 3"})
	if err := r.Validate(); err != nil {
		t.Error(err)
	}
}

func TestCompleteAddsOnlyWhatIsMissing(t *testing.T) {
	values, now := samples(t), ruled(t, full(t))
	rapid.Check(t, func(t *rapid.T) {
		frozen := now
		frozen.Day = "2025-06-01"
		frozen.Entries = slices.Clone(now.Entries)
		frozen.Entries[0].Value = values[frozen.Entries[0].Key][1]
		i := rapid.IntRange(1, len(frozen.Entries)-1).Draw(t, "missing")
		missing := frozen.Entries[i]
		frozen.Entries = slices.Delete(frozen.Entries, i, i+1)
		hash := frozen.Hash()

		got, want := frozen.Complete(now), frozen
		want.Entries = slices.Insert(slices.Clone(frozen.Entries), i, missing)
		if diff := cmp.Diff(want, got); diff != "" || got.Validate() != nil {
			t.Fatal(diff, got.Validate())
		}
		if frozen.Hash() != hash {
			t.Fatal("the frozen rules have changed")
		}
	})
}

func TestKeysReadTheRules(t *testing.T) {
	p := full(t)
	p.Entries = slices.DeleteFunc(p.Entries, func(e Entry) bool { return e.Key == "meeting.quorum" })
	quorum := Entry{Key: "meeting.quorum", Value: "> 1/2", Citation: "4IR조례 11②", Kind: Draft, From: start, Note: "가칭"}
	p.Entries = append(p.Entries, quorum)
	r := ruled(t, p)
	if got := MeetingQuorum.Of(r); got != (Fraction{Sense: ">", Num: 1, Den: 2}) {
		t.Errorf("got %v", got)
	}
	if MeetingQuorum.Cite(r) != "4IR조례 11②" || MeetingQuorum.Entry(r) != quorum {
		t.Errorf("got %q, %v", MeetingQuorum.Cite(r), MeetingQuorum.Entry(r))
	}
}

func TestKeysDoNotDecideWithoutARule(t *testing.T) {
	broken := Rules{Entries: []Entry{{Key: "meeting.quorum", Value: "half"}}}
	for name, r := range map[string]Rules{"no value": {}, "no fraction": broken} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: a quorum all the same", name)
				}
			}()
			MeetingQuorum.Of(r)
		}()
	}
	if MeetingQuorum.Cite(Rules{}) != "" {
		t.Error("a citation out of nothing")
	}
}
