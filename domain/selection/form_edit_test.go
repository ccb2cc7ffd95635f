package selection_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	. "secretariat/domain/selection"
)

// TestFieldsMoveAsInOneList compares moving with a plain list in which the bounds of sections stand between the fields.
func TestFieldsMoveAsInOneList(t *testing.T) {
	line := func(f Form) []string {
		var out []string
		for i, s := range f.Sections {
			if i > 0 {
				out = append(out, "|")
			}
			for _, x := range s.Fields {
				out = append(out, x.Key)
			}
		}
		return out
	}
	rapid.Check(t, func(t *rapid.T) {
		var f Form
		keys := strings.Split("abcdef", "")
		for n := range rapid.IntRange(1, 3).Draw(t, "sections") {
			f = f.PutSection(-1, Words{Ko: "단락"}, Words{})
			for range rapid.IntRange(0, 2).Draw(t, "fields") {
				f, keys = f.Put(n, "", Field{Key: keys[0]}), keys[1:]
			}
		}
		before := line(f)
		key, by := rapid.SampledFrom(strings.Split("abcdefg", "")).Draw(t, "key"), rapid.SampledFrom([]int{-1, 1}).Draw(t, "by")
		want := slices.Clone(before)
		if i := slices.Index(want, key); i >= 0 && i+by >= 0 && i+by < len(want) {
			want[i], want[i+by] = want[i+by], want[i]
		}
		if got := line(f.Move(key, by)); !slices.Equal(got, want) {
			t.Fatalf("%v moved %s by %d: %v, want %v", before, key, by, got, want)
		}
		gone := slices.DeleteFunc(slices.Clone(before), func(s string) bool { return s == key })
		if got := line(f.Drop(key)); !slices.Equal(got, gone) {
			t.Fatalf("%v without %s: %v", before, key, got)
		}
		if !slices.Equal(line(f), before) {
			t.Fatalf("the form itself was changed: %v", line(f))
		}
	})
}
