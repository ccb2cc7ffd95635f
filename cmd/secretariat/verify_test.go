package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"secretariat/domain/selection"
)

func TestAPublishedSelectionIsVerifiedFromItsFile(t *testing.T) {
	profile := selection.Profile{
		Criteria: []selection.Criterion{{Name: "성장 가능성", Weight: 100}}, Floor: 70, Decimals: 2, Panel: 1, Select: 1,
	}
	entries := []selection.Entry{{Application: "a", Sheets: [][]int64{{80_000}}}, {Application: "b", Sheets: [][]int64{{90_000}}}}
	rows, err := selection.Rank(profile, entries, "seed")
	if err != nil {
		t.Fatal(err)
	}
	record := selection.Record{
		Profile: profile, ProfileHash: profile.Hash(), Seed: "seed", Commitment: selection.Commitment("seed"), Entries: entries, Rows: rows,
	}
	if out, err := verified(t, record); err != nil || strings.Count(out, "맞음") != 3 {
		t.Errorf("%v\n%s", err, out)
	}
	record.Entries[0].Sheets[0][0] = 95_000
	if out, err := verified(t, record); !errors.Is(err, errDisagrees) || !strings.Contains(out, "순위와 결과: 다름") {
		t.Errorf("a forged score: %v\n%s", err, out)
	}
	if err := verifySelection(os.Stderr, filepath.Join("testdata", "none.json")); err == nil {
		t.Error("a file that is not there is verified")
	}
}

// verified writes a record as its page offers it and verifies the file.
func verified(t *testing.T, record selection.Record) (string, error) {
	t.Helper()
	raw, err := json.Marshal(map[string]any{"record": record})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "record.json")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	err = verifySelection(&out, path)
	return out.String(), err
}
