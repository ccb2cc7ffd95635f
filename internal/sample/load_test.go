package sample

import (
	"encoding/json"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// embedded copies the embedded files.
func embedded(t *testing.T) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := files.ReadFile(path)
		out[path] = &fstest.MapFile{Data: raw}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// changed copies the embedded files and replaces a piece of text in one of them.
func changed(t *testing.T, name, from, to string) fstest.MapFS {
	t.Helper()
	out := embedded(t)
	before := string(out[name].Data)
	after := strings.Replace(before, from, to, 1)
	if after == before {
		t.Fatalf("%s does not contain %q", name, from)
	}
	out[name] = &fstest.MapFile{Data: []byte(after)}
	return out
}

func TestLoadIsStrict(t *testing.T) {
	tests := []struct{ name, file, from, to, want string }{
		{"unknown field", "data/committee.yaml", "provisional: true", "provisonal: true", "provisonal"},
		{"unknown field of a block", "data/papers/1-1.yaml", "level: 1", "levl: 1", "levl"},
		{"second document", "data/speeches.yaml", "statements:", "---\nstatements: []\n---\nstatements:", "more than one"},
		{"no such item", "data/papers/4-1.yaml", "item: 4", "item: 6", "item 6"},
		{"no such table", "data/papers/3-2.yaml", "table: budget", "table: budgets", "budgets"},
		{"no such table in an item", "data/agenda.yaml", "table: contactless", "table: contact", "contact"},
		{"claims of no paper", "data/figures/report-393.yaml", `paper: "1-1"`, `paper: "1-9"`, "1-9"},
		{"rule on no table", "data/figures/report-393.yaml", "table: groups", "table: group", "group"},
		{"rule on no column", "data/figures/report-393.yaml",
			"stated: 전국 증감률", "stated: 전국", "no such row"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := load(changed(t, tt.file, tt.from, tt.to))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("load = %v, %v; want an error with %q", s != nil, err, tt.want)
			}
		})
	}
}

func TestLoadNamesUnknownReferences(t *testing.T) {
	_, err := load(changed(t, "data/papers/3-2.yaml", "table: budget", "table: budgets"))
	if !errors.Is(err, ErrUnknown) {
		t.Errorf("error %v, want ErrUnknown", err)
	}
	missing := embedded(t)
	delete(missing, "data/speeches.yaml")
	if _, err := load(missing); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v, want ErrNotExist", err)
	}
}

func TestLoadsAreIndependent(t *testing.T) {
	first, second := loaded(t), loaded(t)
	tableWith(t, first.Items[0].Papers[1], "서울시 2021").Rows[0][1] = "0"
	first.Committee.Seats[0].Member.Name = "다른 사람"
	if diff := cmp.Diff(loaded(t), second); diff != "" {
		t.Error(diff)
	}
}

// TestJSONRoundTrip makes sure that the content survives the way through an HTTP API, decomposed Hangul included.
func TestJSONRoundTrip(t *testing.T) {
	s := loaded(t)
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var back Sample
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s, &back); diff != "" {
		t.Error(diff)
	}
}
