package pdf

import (
	"bytes"
	"compress/zlib"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

// tool runs a program on a document and returns what it prints. The test is skipped where the program is missing,
// unless CI is set: there a missing program is a failure, so that the check cannot vanish unnoticed.
func tool(t *testing.T, doc []byte, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("%s is not installed", name)
		}
		t.Skipf("SKIPPED, NOT CHECKED: %s is not installed (Debian packages poppler-utils and qpdf)", name)
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
	out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

// bodyText is the text of the pages in the order of drawing, without the footers.
func bodyText(t *testing.T, doc []byte) string {
	t.Helper()
	height := strconv.Itoa(int(footerTop / Point))
	return tool(t, doc, "pdftotext", "-raw", "-x", "0", "-y", "0", "-W", "596", "-H", height, "DOC", "-")
}

// render closes a document.
func render(t *testing.T, d *Doc) []byte {
	t.Helper()
	out, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// streams unpacks every compressed stream of a document.
func streams(t *testing.T, doc []byte) [][]byte {
	t.Helper()
	var all [][]byte
	head := regexp.MustCompile(`/Length (\d+)[^>]*>>\nstream\n`)
	for _, at := range head.FindAllSubmatchIndex(doc, -1) {
		length, err := strconv.Atoi(string(doc[at[2]:at[3]]))
		if err != nil {
			t.Fatal(err)
		}
		r, err := zlib.NewReader(bytes.NewReader(doc[at[1] : at[1]+length]))
		if err != nil {
			continue // not a compressed stream
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, content)
	}
	if len(all) < 3 {
		t.Fatalf("found %d streams only", len(all))
	}
	return all
}
