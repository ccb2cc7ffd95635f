package sample

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

func TestItemsAreTheFiveOfTheDemo(t *testing.T) {
	type brief struct {
		Kind     ItemKind
		Secret   bool
		Expected string
		Papers   []string
	}
	var got []brief
	for i, item := range loaded(t).Items {
		if item.Number != i+1 || item.Title == "" || item.Proposer == "" || item.Proposal == "" || item.Reasons == "" {
			t.Errorf("item %d incomplete: %+v", i+1, item)
		}
		var papers []string
		for _, p := range item.Papers {
			papers = append(papers, p.ID)
		}
		got = append(got, brief{item.Kind, item.Secret, item.Expected, papers})
	}
	want := []brief{
		{Resolution, false, ApprovedAsAmended, []string{"1-1", "1-2"}},
		{Resolution, false, ApprovedAsProposed, []string{"2-1", "2-2"}},
		{Report, false, Received, []string{"3-1", "3-2"}},
		{Resolution, true, ApprovedAsProposed, []string{"4-1"}},
		{Deliberation, false, Deferred, []string{"5-1", "5-2"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestResultsCanBeReached counts as 법제처 09-0129 does: recused members count for the quorum and not for the vote.
func TestResultsCanBeReached(t *testing.T) {
	s := loaded(t)
	attending := s.Committee.Meeting.Attending()
	for i, want := range []int{12, 9, 12, 12, 0} {
		item := s.Items[i]
		if got := len(item.Voters(attending)); got != want {
			t.Errorf("item %d has %d voters, want %d", item.Number, got, want)
		}
		present := len(attending) - len(item.Departures)
		if present < len(s.Committee.Seats)/2+1 {
			t.Errorf("item %d lacks the quorum with %d present", item.Number, present)
		}
		for _, r := range item.Recusals {
			if !slices.Contains(attending, r.Seat) || r.Reason == "" || r.Ground == "" {
				t.Errorf("item %d: recusal %+v", item.Number, r)
			}
		}
		for _, d := range item.Departures {
			if !slices.Contains(attending, d.Seat) || item.Recused(d.Seat) {
				t.Errorf("item %d: departure %+v", item.Number, d)
			}
		}
	}
}

// TestSelectionRecusesWhoseOrganisationsApplied finds the conflicts in the list itself.
func TestSelectionRecusesWhoseOrganisationsApplied(t *testing.T) {
	s := loaded(t)
	list := tableWith(t, s.Items[1].Papers[0], "신청기관")
	var conflicted []int
	for _, seat := range s.Committee.Seats {
		applied := slices.ContainsFunc(list.Rows, func(row []string) bool {
			return slices.ContainsFunc(strings.Split(row[2], "-"), func(name string) bool {
				return strings.TrimSuffix(name, " 컨소시엄") == seat.Member.Organisation
			})
		})
		if applied {
			conflicted = append(conflicted, seat.Number)
		}
	}
	var recused []int
	for _, r := range s.Items[1].Recusals {
		recused = append(recused, r.Seat)
	}
	if diff := cmp.Diff([]int{8, 9, 11}, conflicted); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(conflicted, recused); diff != "" {
		t.Error(diff)
	}
}

// TestSelectionListMatchesTheFunnel counts the listed projects by programme.
func TestSelectionListMatchesTheFunnel(t *testing.T) {
	paper := loaded(t).Items[1].Papers[0]
	count := map[string]string{"계": "14"}
	byName := map[string]int{}
	list := tableWith(t, paper, "신청기관").Rows
	for _, row := range list {
		byName[row[1]]++
	}
	for name, n := range byName {
		count[name] = string(rune('0' + n))
	}
	got := map[string]string{}
	for _, row := range tableWith(t, paper, "선정(예정)과제 수").Rows {
		got[row[0]] = row[2]
	}
	if diff := cmp.Diff(count, got); diff != "" || len(list) != 14 {
		t.Errorf("%d listed: %s", len(list), diff)
	}
}

func tableWith(t *testing.T, p Paper, column string) Block {
	t.Helper()
	for _, b := range p.Blocks {
		if slices.Contains(b.Columns, column) {
			return b
		}
	}
	t.Fatalf("paper %s has no table with %s", p.ID, column)
	return Block{}
}

func TestAmendmentChangesWhatIsProposed(t *testing.T) {
	s := loaded(t)
	item := s.Items[0]
	voters := item.Voters(s.Committee.Meeting.Attending())
	if item.Amendment == nil || !slices.Contains(voters, item.Amendment.Proposer) {
		t.Fatal("item 1 has no amendment by an attending member")
	}
	var text strings.Builder
	for _, b := range item.Points {
		text.WriteString(b.Text + "\n")
	}
	for _, c := range item.Amendment.Changes {
		if !strings.Contains(text.String(), c.Before) || c.After == c.Before {
			t.Errorf("change of %q does not fit the proposed text", c.Target)
		}
	}
	checkBlocks(t, "amendment", item.Amendment.Blocks)
}

func TestBlocksCanBeRendered(t *testing.T) {
	for _, item := range loaded(t).Items {
		checkBlocks(t, item.Title, item.Points)
		for _, p := range item.Papers {
			if p.Item != item.Number || p.Title == "" || len(p.Blocks) == 0 {
				t.Errorf("paper %s of item %d: %q", p.ID, item.Number, p.Title)
			}
			if p.Confidential != (len(p.Grounds) > 0) || p.Confidential != (p.Reason != "") {
				t.Errorf("paper %s: confidential %v, grounds %v", p.ID, p.Confidential, p.Grounds)
			}
			checkBlocks(t, p.ID, p.Blocks)
		}
	}
}

func checkBlocks(t *testing.T, where string, blocks []Block) {
	t.Helper()
	for i, b := range blocks {
		levelled := b.Kind == Heading || b.Kind == ListItem
		if levelled != (b.Level > 0) || (b.Kind == TableKind) != (len(b.Columns) > 0) {
			t.Errorf("%s block %d: %+v", where, i, b)
		}
		if !slices.Contains([]BlockKind{Heading, Paragraph, ListItem, TableKind}, b.Kind) || b.Text == "" {
			t.Errorf("%s block %d: %+v", where, i, b)
		}
		for _, row := range b.Rows {
			if len(row) != len(b.Columns) {
				t.Errorf("%s block %d: row %q has %d cells of %d", where, i, row[0], len(row), len(b.Columns))
			}
		}
		if !norm.NFC.IsNormalString(b.Text) {
			t.Errorf("%s block %d is decomposed", where, i)
		}
	}
}

func TestPapersNameTheirSources(t *testing.T) {
	s := loaded(t)
	for _, item := range s.Items {
		for _, p := range item.Papers {
			known := slices.ContainsFunc(s.Sources, func(src Source) bool { return src.Code == p.Source })
			if !known && p.Source != "" || p.Source == "" && len(p.Claims) > 0 {
				t.Errorf("paper %s names source %q", p.ID, p.Source)
			}
		}
	}
}

func TestStatementsFitTheMeeting(t *testing.T) {
	s := loaded(t)
	attending := s.Committee.Meeting.Attending()
	if n := len(s.Statements); n < 20 || n > 30 {
		t.Errorf("%d statements", n)
	}
	last := 1
	for i, st := range s.Statements {
		if st.Item < last || st.Item > len(s.Items) || st.Text != strings.TrimSpace(st.Text) || st.Text == "" {
			t.Fatalf("statement %d: %+v", i, st)
		}
		last = st.Item
		if !slices.Contains(attending, st.Seat) {
			t.Errorf("statement %d: seat %d is absent", i, st.Seat)
		}
		if st.Procedural && st.Seat != 1 {
			t.Errorf("statement %d: seat %d conducts the meeting", i, st.Seat)
		}
		if s.Items[st.Item-1].Recused(st.Seat) && !st.Procedural {
			t.Errorf("statement %d: seat %d speaks on an item it is recused from", i, st.Seat)
		}
	}
}

func TestStatementsHoldDifficultText(t *testing.T) {
	hanja, emoji, decomposed := 0, 0, 0
	for _, st := range loaded(t).Statements {
		if strings.ContainsFunc(st.Text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			hanja++
		}
		if strings.ContainsFunc(st.Text, func(r rune) bool { return r >= 0x1F300 && r <= 0x1FAFF }) {
			emoji++
		}
		if !norm.NFC.IsNormalString(st.Text) {
			decomposed++
			if !norm.NFD.IsNormalString(st.Text) || !strings.Contains(norm.NFC.String(st.Text), "재조정 역량이 2.58점") {
				t.Errorf("half decomposed or broken: %q", st.Text)
			}
		}
	}
	if hanja != 1 || emoji != 1 || decomposed != 1 {
		t.Errorf("%d with Hanja, %d with an emoji, %d decomposed; want one each", hanja, emoji, decomposed)
	}
}
