package mail_test

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"secretariat/mail"
)

// awkward draws text of one line, of at most limit octets, that is hard on headers: blanks, encoded words, quotes,
// astral letters.
func awkward(limit int) *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.StringOfN(rapid.SampledFrom([]rune(`=?_"\<>@,;:()[]% aZ가힣漢é👨‍👩‍👧`+"\u2028")), 1, 60, -1),
		rapid.SampledFrom([]string{"=?UTF-8?B?6rCA?=", "=?", "?=", "  ", "디지털전환위원회", "Re: "}),
		rapid.StringMatching(`[ -~]{0,100}|[!-~]{80,200}|[가-힣 ]{1,60}`),
	)
	return rapid.Custom(func(t *rapid.T) string {
		s := strings.Join(rapid.SliceOfN(piece, 1, 5).Draw(t, "pieces"), "")
		for len(s) > limit {
			runes := []rune(s)
			s = string(runes[:len(runes)-1])
		}
		return s
	})
}

func TestAnyTextIsReadBack(t *testing.T) {
	f, dir := folder(t)
	count := 0
	rapid.Check(t, func(t *rapid.T) {
		count++
		m := notice()
		m.ID = "any-" + strconv.Itoa(count)
		m.Subject = awkward(900).Filter(notBlank).Draw(t, "subject")
		lines := rapid.SliceOfN(rapid.StringMatching(`[ -~가-힣\t]{0,200}|\.{0,2}`), 1, 20).Draw(t, "lines")
		m.Text = "." + strings.Join(lines, rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "line end"))
		name := strings.NewReplacer("/", "", `\`, "").Replace(awkward(200).Draw(t, "file name"))
		content := rapid.SliceOfN(rapid.Byte(), 0, 3000).Draw(t, "data")
		m.Attachments = []mail.Attachment{{Name: name + ".pdf", MediaType: "application/pdf", Data: content}}
		if err := f.Send(t.Context(), m); err != nil {
			t.Fatalf("Send: %v", err)
		}
		data, err := os.ReadFile(filepath.Join(dir, m.ID+".eml"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := compare(m, data); diff != "" {
			t.Fatalf("(-want +got)\n%s\n%s", diff, data)
		}
		checkLines(t, data)
		checkWords(t, data)
	})
}

func notBlank(s string) bool { return strings.TrimSpace(s) != "" }

// checkLines holds the message to RFC 5322 2.1.1: CRLF only, at most 998 octets a line; and to 7 bits.
func checkLines(t *rapid.T, data []byte) {
	for _, line := range bytes.Split(data, []byte("\r\n")) {
		if len(line) > 998 || bytes.ContainsAny(line, "\r\n") {
			t.Fatalf("bad line of %d octets: %q", len(line), line)
		}
		for _, c := range line {
			if c > '~' {
				t.Fatalf("8-bit line %q", line)
			}
		}
	}
}

// checkWords holds every encoded word to whole characters (RFC 2047 5), which a reader that joins the words does
// not notice.
func checkWords(t *rapid.T, data []byte) {
	header, _, _ := bytes.Cut(data, []byte("\r\n\r\n"))
	for _, word := range regexp.MustCompile(`=\?UTF-8\?B\?([^?]*)\?=`).FindAllSubmatch(header, -1) {
		octets, err := base64.StdEncoding.DecodeString(string(word[1]))
		if err != nil || !utf8.Valid(octets) || len(word[0]) > 75 {
			t.Fatalf("bad encoded word %s: %v", word[0], err)
		}
	}
}
