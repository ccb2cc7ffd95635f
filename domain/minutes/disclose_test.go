package minutes_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
)

var noon = time.Date(2026, 12, 15, 3, 0, 0, 0, time.UTC)

// unique is a word that occurs once in drawn minutes.
var unique = regexp.MustCompile(`낱말\d{4}`)

// text draws words that occur nowhere else, so that what survives can only have come from here.
func text(t *rapid.T, n *int) string {
	var b strings.Builder
	for range rapid.IntRange(1, 4).Draw(t, "words") {
		*n++
		fmt.Fprintf(&b, "낱말%04d ", *n)
	}
	return strings.TrimSpace(b.String())
}

// content draws minutes with members, statements that name members, items with votes, some confidential.
func content(t *rapid.T) minutes.Content {
	n := 0
	c := minutes.Content{Title: "회의", Host: "위원회", Opened: noon, Adjourned: noon.Add(time.Hour), Place: "회의실"}
	for i := range rapid.IntRange(1, 5).Draw(t, "members") {
		a := minutes.Attendee{Member: domain.ID(fmt.Sprintf("member-%02d", i)), Name: fmt.Sprintf("김이름%02d", i)}
		a.Position = text(t, &n)
		if rapid.Bool().Draw(t, "present") {
			c.Present = append(c.Present, a)
			continue
		}
		c.Absent = append(c.Absent, a)
	}
	people := slices.Concat(c.Present, c.Absent)
	for i := range rapid.IntRange(1, 3).Draw(t, "items") {
		c.Items = append(c.Items, item(t, i, people, &n))
	}
	for i := range rapid.IntRange(0, 6).Draw(t, "entries") {
		who, named := rapid.SampledFrom(people).Draw(t, "speaker"), rapid.SampledFrom(people).Draw(t, "named")
		e := minutes.Entry{
			ID: fmt.Sprintf("statement/%d", i), At: noon, Kind: minutes.EntryStatement, Member: who.Member,
			Speaker: "위원 " + who.Name, Text: text(t, &n) + " " + named.Name + "위원님 " + text(t, &n),
		}
		if rapid.Bool().Draw(t, "on item") {
			e.Item = rapid.SampledFrom(c.Items).Draw(t, "item").Item
		}
		c.Proceeding = append(c.Proceeding, e)
	}
	c.Remarks = text(t, &n)
	return c
}

func item(t *rapid.T, i int, people []minutes.Attendee, n *int) minutes.ItemPart {
	p := minutes.ItemPart{
		Item: domain.ID(fmt.Sprintf("item-%02d", i)), Number: fmt.Sprintf("의안 제2026-%d호", i), Title: text(t, n),
		Kind: meeting.Resolution, Outcome: meeting.ApprovedAsAmended, Proposer: text(t, n), Proposal: text(t, n),
		Text:   text(t, n),
		Reason: text(t, n), Conditions: []string{text(t, n), text(t, n)},
		Confidential: rapid.IntRange(0, 3).Draw(t, "confidential") == 0,
	}
	b := minutes.BallotPart{Ballot: domain.ID(fmt.Sprintf("ballot-%02d", i)), Question: text(t, n)}
	for _, a := range people {
		b.Votes = append(b.Votes, minutes.NamedVote{Member: a.Member, Name: a.Name, Choice: ballot.Yes})
	}
	b.Result.Elected = people[0].Member
	p.Ballots = []minutes.BallotPart{b}
	p.Recused = people[:1]
	return p
}

func redactions(t *rapid.T, c minutes.Content) []minutes.Redaction {
	anchors := c.Anchors()
	for _, a := range slices.Concat(c.Present, c.Absent) {
		anchors = append(anchors, minutes.NameAnchor(a.Member))
	}
	var out []minutes.Redaction
	for i := range rapid.IntRange(0, 5).Draw(t, "redactions") {
		r := minutes.Redaction{
			ID: domain.ID(fmt.Sprint("r", i)), Anchor: rapid.SampledFrom(anchors).Draw(t, "anchor"),
			Ground: rapid.SampledFrom([]string{"5", "6", "7"}).Draw(t, "ground"), Reason: "사유", At: noon,
		}
		if chars := []rune(at(c, r.Anchor)); len(chars) > 0 && rapid.Bool().Draw(t, "span") {
			r.Start = rapid.IntRange(0, len(chars)-1).Draw(t, "start")
			r.End = rapid.IntRange(r.Start+1, len(chars)).Draw(t, "end")
		}
		if rapid.IntRange(0, 4).Draw(t, "lifted") == 0 {
			r.LiftedAt = &noon
		}
		out = append(out, r)
	}
	return out
}

func at(c minutes.Content, anchor string) string { s, _ := c.At(anchor); return s }

// TestDisclosed holds the disclosed record to its promise: no character of a covered passage, no withheld name or id
// and nothing of a confidential item survives, in any field; and what is not withheld stays.
func TestDisclosed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		full := content(t)
		reds := redactions(t, full)
		before := mustJSON(full)
		shown, notices := minutes.Disclose(full, reds)
		if diff := cmp.Diff(before, mustJSON(full)); diff != "" {
			t.Fatalf("disclosing changed the full record: %s", diff)
		}
		said := mustJSON(shown) + mustJSON(notices)
		for _, r := range minutes.Active(reds) {
			if member, ok := strings.CutPrefix(r.Anchor, "name/"); ok {
				gone(t, said, member)
				gone(t, said, "김이름"+strings.TrimPrefix(member, "member-"))
				continue
			}
			for _, hidden := range full.Covered(r) {
				for _, word := range unique.FindAllString(hidden, -1) {
					gone(t, said, word)
				}
			}
		}
		for _, i := range full.Items {
			if !i.Confidential {
				continue
			}
			for _, s := range []string{i.Proposer, i.Proposal, i.Text, i.Reason, i.Conditions[0], i.Ballots[0].Question} {
				gone(t, said, s)
			}
			for _, e := range full.Proceeding {
				if e.Item == i.Item {
					gone(t, said, e.Text)
				}
			}
		}
		if len(notices) != len(minutes.Active(reds)) {
			t.Fatalf("%d notices for %d redactions", len(notices), len(minutes.Active(reds)))
		}
		untouched(t, full, shown, minutes.Active(reds))
	})
}

// untouched checks character by character, by a second implementation, the texts that names cannot occur in.
func untouched(t *rapid.T, full, shown minutes.Content, reds []minutes.Redaction) {
	for _, p := range full.Items {
		if p.Confidential {
			continue
		}
		want := naive(p.Text, minutes.ItemAnchor(p.Item), reds)
		if got := at(shown, minutes.ItemAnchor(p.Item)); got != want {
			t.Fatalf("text %q, want %q", got, want)
		}
	}
	if got, want := shown.Remarks, naive(full.Remarks, minutes.AnchorRemarks, reds); got != want {
		t.Fatalf("remarks %q, want %q", got, want)
	}
}

// naive bars a text one character at a time: a run of covered characters is one bar with the grounds of all of them.
func naive(s, anchor string, reds []minutes.Redaction) string {
	out, open := "", map[string]bool{}
	end := func() {
		if len(open) == 0 {
			return
		}
		var list []string
		for g := range open {
			list = append(list, g)
		}
		slices.Sort(list)
		out += "■■■(" + strings.Join(list, "ㆍ") + "호)"
		open = map[string]bool{}
	}
	for i, ch := range []rune(s) {
		covered := false
		for _, r := range reds {
			if r.Anchor == anchor && (r.End == 0 || r.Start <= i && i < r.End) {
				covered, open[r.Ground] = true, true
			}
		}
		if !covered {
			end()
			out += string(ch)
		}
	}
	end()
	return out
}

func gone(t *rapid.T, said, hidden string) {
	if hidden != "" && strings.Contains(said, hidden) {
		t.Fatalf("%q is withheld and stands in the disclosed record", hidden)
	}
}

func mustJSON(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// TestWithout holds what a recused member reads: nothing of the items but their numbers.
func TestWithout(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		full := content(t)
		out := full.Items[0]
		said := mustJSON(full.Without([]domain.ID{out.Item}))
		for _, s := range []string{out.Title, out.Proposer, out.Proposal, out.Text, out.Reason, out.Ballots[0].Question} {
			gone(t, said, s)
		}
		for _, e := range full.Proceeding {
			if stays := strings.Contains(said, mustJSON(e.Text)); stays != (e.Item != out.Item) {
				t.Fatalf("entry on %q stays: %v", e.Item, stays)
			}
		}
		if !strings.Contains(said, out.Number) {
			t.Fatal("the number is gone")
		}
	})
}

// TestRebase holds that a redaction never covers less after an edit of its text.
func TestRebase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := content(t)
		reds := redactions(t, before)
		after := minutes.Veiled(minutes.Veil{}, before)
		after.Remarks = "앞에 붙인 말 " + before.Remarks
		changed := minutes.Rebase(before, after, reds)
		for _, r := range reds {
			i := slices.IndexFunc(changed, func(c minutes.Redaction) bool { return c.ID == r.ID })
			moved := r.Anchor == minutes.AnchorRemarks && r.End > 0 && r.LiftedAt == nil
			if moved != (i >= 0) {
				t.Fatalf("redaction of %s changed: %v", r.Anchor, i >= 0)
			}
			if moved && (changed[i].Start != 0 || changed[i].End != 0) {
				t.Fatalf("redaction is not widened: %+v", changed[i])
			}
		}
	})
}

// TestNothingKnownOfAName holds that a name is withheld in the reason that is published with it too.
func TestNothingKnownOfAName(t *testing.T) {
	c := minutes.Content{Present: []minutes.Attendee{{Member: "m-1", Name: "홍길동"}, {Member: "m-10", Name: "홍길순"}}}
	shown, notices := minutes.Disclose(c, []minutes.Redaction{{Anchor: "name/m-1", Ground: "6", Reason: "홍길동 위원의 신변 보호"}})
	want := []minutes.Notice{{Anchor: "name/withheld-001", Ground: "6", Reason: "■■■ 위원의 신변 보호"}}
	if diff := cmp.Diff(want, notices); diff != "" {
		t.Error(diff)
	}
	wantPeople := []minutes.Attendee{{Member: "withheld-001", Name: "■■■", Position: "위원"}, {Member: "m-10", Name: "홍길순"}}
	if diff := cmp.Diff(wantPeople, shown.Present); diff != "" {
		t.Error(diff)
	}
}
