package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"secretariat/domain/minutes"
)

// Names of the files of a folder of published records beside the documents.
const (
	RecordFile = "record.json"
	SumsFile   = "SHA256SUMS"
)

// Folder is a folder of published records as it was read: record.json, SHA256SUMS and all other files by name.
type Folder struct {
	Record []byte
	Sums   []byte
	Files  map[string][]byte // 회의록.pdf, 회의록.json, 결정서-의안제2026-3호.pdf ...
}

// VerifyFolder checks a folder: every file against SHA256SUMS, the record as JSON of its schema and nothing else,
// each document's JSON against the part of the record it comes from, each with its PDF; and then recounts the record.
func VerifyFolder(f Folder, canonical minutes.Canonical) Report {
	a := &audit{canonical: canonical, labels: map[string]int{}}
	a.sums(f)
	rec, err := ParseRecord(f.Record, canonical)
	if err != nil {
		a.judge(false, "기록 파일", RecordFile, err.Error(), SchemaRecord, "")
		return Report{Checks: a.found}
	}
	a.judge(true, "기록 파일", RecordFile, SchemaRecord, SchemaRecord, "")
	if !a.load(rec) {
		return Report{Checks: a.found}
	}
	a.found = a.found[:len(a.found)-1] // said again by Verify
	a.documents(f)
	return Report{Checks: append(a.found, Verify(rec, canonical)...)}
}

// Why a record cannot be read.
var (
	ErrRecordForm   = errors.New("JSON 형식이 아니거나 알 수 없는 항목이 있음")
	ErrRecordSchema = errors.New("알 수 없는 형식")
	ErrRecordExact  = errors.New("같은 항목이 거듭 있거나 표준형이 아님")
)

// ParseRecord reads a record strictly: known fields only, each once, nothing after it, of this schema.
func ParseRecord(raw []byte, canonical minutes.Canonical) (Record, error) {
	var r Record
	if err := strict(raw, &r, canonical); err != nil {
		return Record{}, err
	}
	if r.Schema != SchemaRecord {
		return Record{}, ErrRecordSchema
	}
	return r, nil
}

// strict decodes JSON that says exactly what the value says.
func strict[T any](raw []byte, to *T, canonical minutes.Canonical) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(to); err != nil {
		return ErrRecordForm
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return ErrRecordForm
	}
	read, err := canonical(to)
	if err != nil {
		return ErrRecordForm
	}
	given, err := canonical(json.RawMessage(raw))
	if err != nil || !bytes.Equal(read, given) {
		return ErrRecordExact
	}
	return nil
}

// sums checks every file against the list of hashes, and that none is left out of it.
func (a *audit) sums(f Folder) {
	listed := map[string]string{}
	var faults []string
	for line := range strings.Lines(string(f.Sums)) {
		sum, name, ok := strings.Cut(strings.TrimRight(line, "\r\n"), " ")
		name = strings.TrimPrefix(strings.TrimLeft(name, " "), "*")
		if _, twice := listed[name]; !ok || twice || len(sum) != 64 {
			faults = append(faults, "읽을 수 없는 줄")
			continue
		}
		listed[name] = strings.ToLower(sum)
	}
	files := maps.Clone(f.Files)
	if files == nil {
		files = map[string][]byte{}
	}
	files[RecordFile] = f.Record
	for _, name := range slices.Sorted(maps.Keys(files)) {
		want, ok := listed[name]
		if !ok {
			faults = append(faults, name+" 목록에 없음")
			continue
		}
		if minutes.Sum(files[name]) != want {
			faults = append(faults, name+" 내용이 바뀜")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(listed)) {
		if _, ok := files[name]; !ok {
			faults = append(faults, name+" 파일 없음")
		}
	}
	a.wrongs(faults, "파일의 해시(SHA-256)", SumsFile, fmt.Sprintf("파일 %d개", len(files)), "")
}

// documents checks each document of the folder, and that those are there that the record says were issued.
func (a *audit) documents(f Folder) {
	seen := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(f.Files)) {
		base, isJSON := strings.CutSuffix(name, ".json")
		if pdf, isPDF := strings.CutSuffix(name, ".pdf"); isPDF {
			_, ok := f.Files[pdf+".json"]
			a.judge(ok && bytes.HasPrefix(f.Files[name], []byte("%PDF-")), "문서 파일", name, name, "같은 이름의 JSON이 있는 PDF", "")
		}
		if !isJSON {
			continue
		}
		_, printed := f.Files[base+".pdf"]
		a.judge(printed, "문서 파일", name, name, "같은 이름의 PDF", "")
		seen[a.document(base, f.Files[name])] = true
	}
	a.issuedFiles(seen)
}

// document checks one document against the record and says which it is.
func (a *audit) document(base string, raw []byte) string {
	kind, _, _ := strings.Cut(base, "-")
	switch kind {
	case KindNotice.Korean():
		return parsed(a, base, raw, a.noticeFile)
	case KindAgenda.Korean():
		return parsed(a, base, raw, a.agendaFile)
	case KindMinutes.Korean():
		return parsed(a, base, raw, a.minutesFile)
	case KindDecision.Korean():
		return parsed(a, base, raw, a.decisionFile)
	}
	a.judge(false, "문서 파일", base, "알 수 없는 문서", "소집통지서, 안건목록, 회의록 또는 결정서", "")
	return ""
}

// parsed reads a document strictly and hands it on.
func parsed[P Paper](a *audit, base string, raw []byte, check func(string, P) string) string {
	var p P
	if err := strict(raw, &p, a.canonical); err != nil {
		a.judge(false, "문서 내용", base, err.Error(), "읽을 수 있는 JSON", "")
		return ""
	}
	return check(base, p)
}

func (a *audit) noticeFile(base string, n Notice) string {
	if a.Notice != nil {
		a.equal(base, n, *a.Notice)
		return base
	}
	a.notice(n)
	return base
}

// agendaFile compares the agenda as it went out with the record: items may have been withdrawn or added since.
func (a *audit) agendaFile(base string, g Agenda) string {
	a.agenda(g)
	if a.Agenda != nil {
		a.equal(base+"(문서 번호)", g.Number+" "+moment(g.IssuedAt), a.Agenda.Number+" "+moment(a.Agenda.IssuedAt))
	}
	return base
}

func (a *audit) minutesFile(base string, m MinutesRecord) string {
	if a.Minutes == nil {
		a.judge(false, "문서 내용", base, "기록에 없는 회의록", "기록에 있는 회의록", "")
		return base
	}
	a.equal(base, m, *a.Minutes)
	return base
}

func (a *audit) decisionFile(base string, d DecisionRecord) string {
	for _, own := range a.Decisions {
		if own.Decision.ID != d.Decision.ID {
			continue
		}
		name := FileName(KindDecision, own.Decision.ItemNumber, own.Decision.Supersedes != "")
		a.judge(base == name || strings.HasPrefix(base, name+"-"), "문서 파일 이름", base, base, name, "")
		a.equal(base, d, own)
		return string(d.Decision.ID)
	}
	a.judge(false, "문서 내용", base, "기록에 없는 결정서", "기록에 있는 결정서", "")
	return ""
}

// equal checks that a document is the part of the record it comes from, in every field.
func (a *audit) equal(base string, file, part any) {
	got, err1 := a.hash(file)
	want, err2 := a.hash(part)
	a.judge(err1 == nil && err2 == nil && got == want, "문서 내용", base, "SHA-256 "+got, "SHA-256 "+want, "")
}

// issuedFiles checks that the documents which were filed are in the folder. Of what is confidential none is.
func (a *audit) issuedFiles(seen map[string]bool) {
	if m := a.Minutes; m != nil && m.Number != "" {
		a.judge(seen[KindMinutes.Korean()], "문서 파일", KindMinutes.Korean(), m.Number, m.Number, "")
	}
	for _, d := range a.Decisions {
		x := d.Decision
		switch {
		case x.Confidential:
			a.withheld("문서 파일", x.Number, "비공개 안건의 결정서")
		case d.Number == "":
			a.duty(false, "문서 파일", x.Number, "문서 등록 전", "문서 번호 필요", "기록물령 20")
		default:
			a.judge(seen[string(x.ID)], "문서 파일", x.Number, d.Number, "결정서 파일", "")
		}
	}
}
