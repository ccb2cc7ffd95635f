package docs_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"secretariat/domain/ballot"
	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/render/docs"
)

// tool runs a program on a document and gives what it prints. Without the program the test is skipped, in CI it fails.
func tool(t *testing.T, doc []byte, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("%s is not installed", name)
		}
		t.Skipf("NOT TESTED: %s is not installed (Debian packages poppler-utils and qpdf)", name)
	}
	path := filepath.Join(t.TempDir(), "doc.pdf")
	if err := os.WriteFile(path, doc, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		if a == "DOC" {
			args[i] = path
		}
	}
	out, err := exec.CommandContext(t.Context(), name, args...).Output()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(out)
}

// body is the text of the pages without the footers.
func body(t *testing.T, doc []byte) string {
	t.Helper()
	return tool(t, doc, "pdftotext", "-raw", "-x", "0", "-y", "0", "-W", "596", "-H", "793", "DOC", "-")
}

// bare is a text without white space, since lines break anywhere.
func bare(s string) string { return strings.Join(strings.Fields(s), "") }

// printed is every document of the sample by name.
func printed(t *testing.T) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	keep := func(name string) func([]byte, error) {
		return func(raw []byte, err error) {
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			out[name] = raw
		}
	}
	var r docs.Renderer
	keep("notice")(r.Notice(notice()))
	keep("notice-written")(r.Notice(writtenNotice()))
	keep("agenda")(r.Agenda(agenda()))
	keep("minutes")(r.Minutes(record()))
	keep("decision")(r.Decision(decision()))
	keep("decision-election")(r.Decision(election()))
	return out
}

// TestGolden holds the words of each document. With SECRETARIAT_UPDATE_GOLDEN set it writes them anew; with
// SECRETARIAT_PRINT_TO the documents are written into that folder, to be looked at.
func TestGolden(t *testing.T) {
	for name, raw := range printed(t) {
		if dir := os.Getenv("SECRETARIAT_PRINT_TO"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, name+".pdf"), raw, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		path := filepath.Join("testdata", name+".txt")
		got := body(t, raw)
		if os.Getenv("SECRETARIAT_UPDATE_GOLDEN") != "" {
			if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.Fields(string(want)), strings.Fields(got)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestSameBytes holds that a document can be printed again to the same hash.
func TestSameBytes(t *testing.T) {
	first, second := printed(t), printed(t)
	for name, raw := range first {
		if !bytes.Equal(raw, second[name]) {
			t.Errorf("%s is printed differently the second time", name)
		}
	}
}

// TestCarriesItself holds that each document has its own JSON inside, from which it can be read again.
func TestCarriesItself(t *testing.T) {
	for name, want := range map[string]struct {
		file  string
		paper document.Paper
		kind  document.Kind
	}{
		"notice":   {"소집통지서.json", notice(), document.KindNotice},
		"agenda":   {"안건목록.json", agenda(), document.KindAgenda},
		"minutes":  {"회의록.json", record(), document.KindMinutes},
		"decision": {"결정서.json", decision(), document.KindDecision},
	} {
		raw := printed(t)[name]
		if list := tool(t, raw, "qpdf", "--list-attachments", "--verbose", "DOC"); !strings.Contains(list, want.file) {
			t.Fatalf("%s: attachments are %q", name, list)
		}
		inside := tool(t, raw, "qpdf", "--show-attachment=0001", "DOC") // the key of the first one
		got, err := document.Decode(want.kind, []byte(inside))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(asJSON(t, want.paper), asJSON(t, got)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// words draws a text of Korean words, with punctuation and line ends.
func words(t *rapid.T, name string) string {
	return rapid.StringMatching(`[가-힣]{1,6}( [가-힣]{1,9}[,.]?){0,40}(\n[가-힣]{2,5})?`).Draw(t, name)
}

// spoken are minutes with what is said in them.
type spoken struct {
	minutes document.MinutesRecord
	said    []string
}

// drawn draws minutes in which every passage is arbitrary.
var drawn = rapid.Custom(func(t *rapid.T) spoken {
	out := spoken{minutes: record()}
	note := func(name string) string {
		s := words(t, name)
		out.said = append(out.said, s)
		return s
	}
	c := &out.minutes.Content
	for i := range rapid.IntRange(1, 60).Draw(t, "entries") {
		c.Proceeding = append(c.Proceeding, minutes.Entry{
			ID: fmt.Sprint("statement/", i+10), At: hour(15, 30), Item: "i1", Kind: minutes.EntryStatement, Speaker: "위원",
			Text: note("text"),
		})
	}
	c.Items[0].Proposal, c.Items[0].Reason = note("proposal"), note("reason")
	c.Items[0].Conditions = []string{note("condition")}
	c.Remarks, out.minutes.Notices[0].Reason = note("remarks"), note("ground")
	return out
})

// TestEverythingIsPrinted wants every word of arbitrary minutes on the pages, in order within each passage.
func TestEverythingIsPrinted(t *testing.T) {
	for seed := range 12 {
		m := drawn.Example(seed)
		raw, err := docs.Renderer{}.Minutes(m.minutes)
		if err != nil {
			t.Fatal(err)
		}
		text := bare(body(t, raw))
		for _, s := range m.said {
			if !strings.Contains(text, bare(s)) {
				t.Errorf("%q is not printed", s)
			}
		}
	}
}

// TestBars holds that a withheld passage is a black bar with its ground, wherever it stands, and that a text which
// only looks like one stays as it is.
func TestBars(t *testing.T) {
	m := record()
	m.Content.Remarks = "앞 ■■■(5ㆍ7호) 뒤, ■■■(9호), ■■■"
	m.Content.Items[0].Conditions = []string{"■■■(6호)"}
	raw, err := docs.Renderer{}.Minutes(m)
	if err != nil {
		t.Fatal(err)
	}
	text := bare(body(t, raw))
	for _, want := range []string{"앞■■■(5ㆍ7호)뒤,■■■(9호),■■■", "조건1:■■■(6호)"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not printed", want)
		}
	}
}

// TestOutcomes holds that a decision record can be printed of each kind of item and each outcome, and names both.
func TestOutcomes(t *testing.T) {
	for kind, title := range map[meeting.ItemKind]string{
		meeting.Deliberation: "심의결정서", meeting.Resolution: "의결서", meeting.Advice: "자문결과서", meeting.Report: "보고접수서",
	} {
		for _, o := range []meeting.Outcome{
			meeting.ApprovedAsProposed, meeting.Rejected, meeting.Deferred, meeting.ReportReceived, meeting.AdviceGiven,
		} {
			d := decision()
			d.Decision.Kind, d.Decision.Outcome, d.Decision.Ballot = kind, o, nil
			raw, err := docs.Renderer{}.Decision(d)
			if err != nil {
				t.Fatal(err)
			}
			text := bare(body(t, raw))
			if !strings.Contains(text, title) || !strings.Contains(text, "결과"+o.Korean()) {
				t.Errorf("%s, %s: %s", kind, o, text)
			}
		}
	}
}

// TestElection holds that an election names each candidate with the votes, and a secret one nobody who voted.
func TestElection(t *testing.T) {
	text := body(t, printed(t)["decision-election"])
	for _, want := range []string{"후보자 이서윤: 6표", "후보자 박도현: 2표", "최다득표 6", "무기명투표"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not printed: %s", want, text)
		}
	}
	if regexp.MustCompile(`(찬성|이서윤)\(\d+명\):`).MatchString(text) {
		t.Error("a secret vote says who voted what")
	}
}

// TestUnsigned holds what stands in the place of a signature: nothing when it is awaited, and that it is under way
// when the chair has released the minutes.
func TestUnsigned(t *testing.T) {
	m := record()
	m.Signatures = []document.SignatureLine{{Role: "위원", Name: "박도현"}}
	for confirmed, want := range map[bool]bool{true: true, false: false} {
		m.Confirmed = confirmed
		raw, err := docs.Renderer{}.Minutes(m)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(body(t, raw), "서명 진행 중"); got != want {
			t.Errorf("confirmed %v: said under way %v", confirmed, got)
		}
	}
}

// TestStoredNumbers holds that the printed numbers are those of the stored result.
func TestStoredNumbers(t *testing.T) {
	d := decision()
	d.Decision.Ballot.Result.Yes = 4 // as stored, even if wrong: a document never counts for itself
	raw, err := docs.Renderer{}.Decision(d)
	if err != nil {
		t.Fatal(err)
	}
	if text := body(t, raw); !strings.Contains(text, "찬성 4") || d.Decision.Ballot.Result.Verdict != ballot.Carried {
		t.Error(text)
	}
}
