package web

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"
)

// vendored are the folders of static that hold the work of others, each listed in static/SHA256SUMS.
var vendored = []string{"static/vendor", "static/fonts"}

// TestVendoredFilesAreAsTheyCame compares them with the checksums that were written when they were taken in.
func TestVendoredFilesAreAsTheyCame(t *testing.T) {
	raw, err := static.ReadFile("static/SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]string{}
	for lines := bufio.NewScanner(bytes.NewReader(raw)); lines.Scan(); {
		sum, name, _ := strings.Cut(lines.Text(), "  ")
		sums["static/"+name] = sum
	}
	for _, folder := range vendored {
		err := fs.WalkDir(static, folder, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			raw, err := static.ReadFile(name)
			sum := sha256.Sum256(raw)
			if sums[name] != hex.EncodeToString(sum[:]) {
				t.Errorf("%s is not the file that was taken in", name)
			}
			delete(sums, name)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for name := range sums {
		t.Errorf("%s is listed and not there", name)
	}
}

var reference = regexp.MustCompile(`url\("?'?([^)"']+)`)

// TestStyleSheetsReferToWhatIsThere keeps pages from asking other hosts, and for files that are missing.
func TestStyleSheetsReferToWhatIsThere(t *testing.T) {
	err := fs.WalkDir(static, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".css" {
			return err
		}
		raw, err := static.ReadFile(name)
		for _, m := range reference.FindAllStringSubmatch(string(raw), -1) {
			if strings.HasPrefix(m[1], "data:") {
				continue
			}
			if _, err := fs.Stat(static, path.Join(path.Dir(name), m[1])); err != nil {
				t.Errorf("%s refers to %s", name, m[1])
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
