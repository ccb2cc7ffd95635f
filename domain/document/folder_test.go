package document_test

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/document"
	"secretariat/domain/minutes"
	"secretariat/internal/canonical"
)

// filed registers the public documents of a dossier, each with a number.
func filed(d document.Dossier) []document.Document {
	var out []document.Document
	add := func(k document.Kind, subject domain.ID) {
		out = append(out, document.Document{
			Kind: k, Subject: subject, Number: fmt.Sprintf("디지털전환과-%d", len(out)+1), Public: true,
			IssuedAt: time.Date(2026, 12, 18, 1, 0, 0, 0, time.UTC),
		})
	}
	for _, k := range []document.Kind{document.KindNotice, document.KindAgenda, document.KindMinutes} {
		add(k, d.Facts.Meeting.ID)
	}
	for _, x := range d.Decisions {
		if !x.Confidential {
			add(document.KindDecision, x.ID)
		}
	}
	return out
}

// folder publishes a meeting.
func folder(t *rapid.T, d document.Dossier) document.Folder {
	rec, err := d.Record(filed(d), canonical.JSON)
	if err != nil {
		t.Fatal(err)
	}
	f := document.Folder{Files: map[string][]byte{}}
	put := func(name string, v any) {
		raw, err := canonical.JSON(v)
		if err != nil {
			t.Fatal(err)
		}
		if f.Files[name+".json"], f.Files[name+".pdf"] = raw, []byte("%PDF-1.7 "+name); name == "record" {
			f.Record = raw
			delete(f.Files, "record.json")
			delete(f.Files, "record.pdf")
		}
	}
	put("record", rec)
	put("소집통지서", rec.Notice)
	put("안건목록", rec.Agenda)
	put("회의록", rec.Minutes)
	for _, x := range rec.Decisions {
		if !x.Decision.Confidential {
			put(document.FileName(document.KindDecision, x.Decision.ItemNumber, x.Decision.Supersedes != ""), x)
		}
	}
	f.Sums = sums(f)
	return f
}

func sums(f document.Folder) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  record.json\n", minutes.Sum(f.Record))
	for _, name := range slices.Sorted(maps.Keys(f.Files)) {
		fmt.Fprintf(&b, "%s  %s\n", minutes.Sum(f.Files[name]), name)
	}
	return []byte(b.String())
}

func wants(t *rapid.T, f document.Folder, good bool, what string) {
	r := document.VerifyFolder(f, canonical.JSON)
	if r.OK() == good {
		return
	}
	for _, c := range r.Checks {
		if !c.OK() {
			t.Log(c.Line())
		}
	}
	t.Fatalf("%s: good is %v", what, r.OK())
}

// TestFolder holds that a published folder passes, and that no file of it can be changed, left out or added
// unnoticed, not even when SHA256SUMS is made to fit.
func TestFolder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := folder(t, meet(t))
		wants(t, f, true, "as published")
		name := rapid.SampledFrom(slices.Sorted(maps.Keys(f.Files))).Draw(t, "file")
		whole := f.Files[name]

		f.Files[name] = flipped(t, whole)
		wants(t, f, false, name+" changed")
		if strings.HasSuffix(name, ".json") {
			f.Sums = sums(f)
			wants(t, f, false, name+" changed with its sum")
		}
		delete(f.Files, name)
		wants(t, f, false, name+" missing")
		f.Sums = sums(f)
		wants(t, f, false, name+" missing with its sum")

		f.Files[name] = whole
		f.Sums = sums(f)
		f.Files["부록.json"] = []byte("{}")
		wants(t, f, false, "a file too many")
	})
}

// flipped changes a digit or letter of a file, so that JSON stays JSON.
func flipped(t *rapid.T, raw []byte) []byte {
	var at []int
	for i, c := range raw {
		if c >= '1' && c <= '8' {
			at = append(at, i)
		}
	}
	out := bytes.Clone(raw)
	out[rapid.SampledFrom(at).Draw(t, "byte")]++
	return out
}

// published draws a folder.
var published = rapid.Custom(func(t *rapid.T) document.Folder { return folder(t, meet(t)) })

// TestRecordIsReadStrictly holds that a record with something added, doubled, renamed or cut off is refused.
func TestRecordIsReadStrictly(t *testing.T) {
	for seed := range 5 {
		f := published.Example(seed)
		if _, err := document.ParseRecord(f.Record, canonical.JSON); err != nil {
			t.Fatal(err)
		}
		for what, raw := range map[string][]byte{
			"an unknown field": bytes.Replace(f.Record, []byte(`{"`), []byte(`{"extra":1,"`), 1),
			"a doubled field":  bytes.Replace(f.Record, []byte(`"schema"`), []byte(`"schema":"","schema"`), 1),
			"another case":     bytes.Replace(f.Record, []byte(`"hash":`), []byte(`"Hash":`), 1),
			"something after":  append(bytes.Clone(f.Record), '1'),
			"another schema":   bytes.Replace(f.Record, []byte(document.SchemaRecord), []byte("secretariat.record/9"), 1),
			"half of it":       f.Record[:len(f.Record)/2],
			"nothing":          nil,
		} {
			if _, err := document.ParseRecord(raw, canonical.JSON); err == nil {
				t.Errorf("%s is read", what)
			}
		}
	}
	if !strings.Contains(fmt.Sprint(document.VerifyFolder(document.Folder{}, canonical.JSON).Lines()), "[맞지 않음] 기록 파일") {
		t.Error("an empty folder has a record")
	}
}
