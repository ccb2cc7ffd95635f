package filing_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/internal/canonical"
	"secretariat/internal/files"
	"secretariat/internal/testkit/hall"
	"secretariat/render/docs"
	"secretariat/service/balloting"
	"secretariat/service/filing"
	"secretariat/service/minuting"
	"secretariat/service/presiding"
	"secretariat/store"
)

var system = domain.System("deliberation")

// archive is a meeting that has ended: item 1 public with seats 6 to 8 recused, item 2 confidential.
type archive struct {
	*hall.Hall
	minuting *minuting.Service
	filing   *filing.Service
	renderer *breaking
	minutes  minutes.Minutes
	kept     *files.Files
	db       *store.DB
}

// breaking prints until it is told to fail.
type breaking struct {
	docs.Renderer
	err error
}

func (b *breaking) Agenda(a document.Agenda) ([]byte, error) {
	if b.err != nil {
		return nil, b.err
	}
	return b.Renderer.Agenda(a)
}

func archived(t *testing.T, db *hall.Database) *archive {
	t.Helper()
	h := hall.New(t, db, hall.Items(
		meeting.Item{Kind: meeting.Resolution, Title: "3개년 기본계획(안)", Proposal: "기본계획을 수립한다.", Subject: meeting.SubjectPlan},
		meeting.Item{Kind: meeting.Resolution, Title: "협약 상대자", Proposal: "숨은회사와 협약한다.", Confidential: true},
	))
	hall.Must(t, db.InTx(t.Context(), func(tx *store.Tx) error { // in time, 위원회조례 10①
		m, err := tx.Meeting(t.Context(), hall.Meeting)
		if err != nil {
			return err
		}
		noticed := m.StartsAt.AddDate(0, 0, -20)
		m.NoticedAt = &noticed
		return tx.ChangeMeeting(t.Context(), &m)
	}))
	for n := 6; n <= 8; n++ {
		h.Recuse(t, n, 1)
	}
	h.Begin(t, 8)
	a := &archive{Hall: h, renderer: &breaking{}, db: db.DB}
	a.minuting = minuting.New(h.Env, store.View[minuting.Tx]{DB: db.DB}, canonical.JSON)
	a.kept = files.Memory(t.TempDir())
	t.Cleanup(func() { hall.Must(t, a.kept.Close()) })
	a.filing = filing.New(h.Env, store.View[filing.Tx]{DB: db.DB}, a.kept, a.renderer, canonical.JSON)
	a.say(t, 1, 4, "위원 02 위원의 의견에 동의합니다. 단가는 113,560원입니다.")
	a.vote(t, 1, 3, 5)
	h.Table(t, 2)
	a.say(t, 2, 4, "숨은회사의 실적을 확인하였습니다.")
	a.vote(t, 2, 8, 8)
	h.Clock.Advance(time.Minute)
	_, err := h.Presiding.Adjourn(t.Context(), h.Secretary(), presiding.MeetingInput{Meeting: hall.Meeting})
	hall.Must(t, err)
	h.Clock.Advance(time.Hour)
	return a
}

func (a *archive) say(t *testing.T, item, seat int, text string) {
	t.Helper()
	a.Clock.Advance(time.Second)
	_, err := a.Presiding.Record(t.Context(), a.Secretary(), presiding.RecordInput{
		Meeting: hall.Meeting, Item: a.Items[item-1], Member: a.Member(seat),
		Speaker: fmt.Sprintf("위원 %02d", seat), Text: text,
	})
	hall.Must(t, err)
}

func (a *archive) vote(t *testing.T, n, yes, last int) {
	t.Helper()
	b := a.Vote(t, balloting.OpenInput{Item: a.Items[n-1]})
	a.Cast(t, b, ballot.Yes, 1, yes)
	a.Cast(t, b, ballot.No, yes+1, last)
	a.Close(t, b)
}

func (a *archive) person(n int) domain.Actor {
	p := a.Person(n)
	p.ID = domain.ID(fmt.Sprint("person-", n))
	return p
}

// publish draws up, circulates, signs and publishes the minutes, with the fourth member's name and a price withheld.
func (a *archive) publish(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	_, err := a.minuting.Issue(ctx, system, minuting.IssueInput{Meeting: hall.Meeting})
	hall.Must(t, err)
	d, err := a.minuting.Draft(ctx, system, minuting.DraftInput{Meeting: hall.Meeting})
	hall.Must(t, err)
	a.minutes, err = a.minuting.Circulate(ctx, a.Secretary(), minuting.CirculateInput{
		Minutes: d.Minutes.ID, Base: 1, Kind: "recording", Recording: "녹음 2026-3",
	})
	hall.Must(t, err)
	for n := 1; n <= 8; n++ {
		in := minuting.SignInput{Minutes: d.Minutes.ID, Number: 1, Hash: d.Revision.Hash}
		_, err := a.minuting.Sign(ctx, a.person(n), in)
		hall.Must(t, err)
	}
	a.redact(t, minutes.ItemAnchor(a.Items[1]), 0, 0, "7", "경영상 비밀")
	a.redact(t, minutes.NameAnchor(a.Member(4)), 0, 0, "6", "발언자 보호")
	for _, e := range d.Revision.Content.Proceeding {
		if at := strings.Index(e.Text, "113,560"); at >= 0 {
			from := len([]rune(e.Text[:at]))
			a.redact(t, e.ID, from, from+7, "7", "거래 단가")
		}
	}
	_, err = a.minuting.Publish(ctx, system, minuting.PublishInput{Minutes: d.Minutes.ID})
	hall.Must(t, err)
}

func (a *archive) redact(t *testing.T, anchor string, from, to int, ground, reason string) {
	t.Helper()
	_, err := a.minuting.Redact(t.Context(), a.Secretary(), minuting.RedactInput{
		Minutes: a.minutes.ID, Anchor: anchor, Start: from, End: to, Ground: ground, Reason: reason,
	})
	hall.Must(t, err)
}

func (a *archive) file(t *testing.T, k document.Kind) document.Document {
	t.Helper()
	d, err := a.filing.File(t.Context(), system, filing.FileInput{Meeting: hall.Meeting, Kind: k})
	hall.Must(t, err)
	return d
}

func (a *archive) fileAll(t *testing.T) []document.Document {
	t.Helper()
	out, err := a.filing.FileAll(t.Context(), system, hall.Meeting, document.Kinds()...)
	hall.Must(t, err)
	return out.Documents
}

// read gives the text of a document as the actor reads it: JSON, and what the pages of the PDF show.
func (a *archive) read(t *testing.T, by domain.Actor, id domain.ID) (string, error) {
	t.Helper()
	var out strings.Builder
	for _, format := range []string{"json", "pdf"} {
		c, err := a.filing.Read(t.Context(), by, filing.ReadInput{Document: id, Format: format})
		if err != nil {
			return "", err
		}
		raw, err := io.ReadAll(c.Content)
		hall.Must(t, err)
		if format == "pdf" {
			raw = pages(t, raw)
		}
		out.Write(raw)
	}
	return out.String(), nil
}

// pages is the text on the pages of a PDF, as poppler reads it.
func pages(t *testing.T, pdf []byte) []byte {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("NOT TESTED: pdftotext is not installed")
	}
	cmd := exec.CommandContext(t.Context(), "pdftotext", "-raw", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	hall.Must(t, err)
	return out
}

func TestFilingIsIdempotent(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		a := archived(t, db)
		first := a.file(t, document.KindAgenda)
		if diff := cmp.Diff(first, a.file(t, document.KindAgenda)); diff != "" {
			t.Errorf("filed again, it differs: %s", diff)
		}
		if first.Number != "디지털전환과-1" || first.Revision != 1 || first.Retention != "10년" || first.RetainFrom != "2027-01-01" {
			t.Errorf("document %+v", first)
		}
		a.Read(t, func(ctx context.Context, tx *store.Tx) error {
			i, err := tx.Item(ctx, a.Items[0])
			if err != nil {
				return err
			}
			i.Title = "3개년 기본계획(수정안)"
			return a.DB.InTx(ctx, func(tx *store.Tx) error { return tx.ChangeItem(ctx, &i) })
		})
		second := a.file(t, document.KindAgenda)
		if second.Revision != 2 || second.Number != "디지털전환과-2" || second.PDF == first.PDF {
			t.Errorf("changed content is %+v", second)
		}
		if _, err := a.filing.Read(t.Context(), a.Secretary(), filing.ReadInput{Document: first.ID}); err != nil {
			t.Errorf("the old revision is gone: %v", err)
		}
		if _, err := a.filing.Read(t.Context(), domain.Public(), filing.ReadInput{Document: first.ID}); err == nil {
			t.Error("the public reads a superseded revision")
		}
		_, err := a.filing.File(t.Context(), system, filing.FileInput{Meeting: hall.Meeting, Kind: document.KindMinutes})
		hall.Wants(t, err, "document.not_ready")
		in := filing.FileInput{Meeting: hall.Meeting, Kind: document.KindAgenda}
		_, err = a.filing.File(t.Context(), domain.Public(), in)
		hall.Wants(t, err, "forbidden")
	})
}

// TestBrokenOff holds that a document whose printing failed keeps its number and is finished by the next call.
func TestBrokenOff(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		a := archived(t, db)
		a.renderer.err = domain.NotFound("printer")
		_, err := a.filing.File(t.Context(), system, filing.FileInput{Meeting: hall.Meeting, Kind: document.KindAgenda})
		hall.Wants(t, err, "not_found.printer")
		list, err := a.filing.List(t.Context(), a.Secretary(), filing.ListInput{Meeting: hall.Meeting})
		hall.Must(t, err)
		if len(list.Items) != 0 {
			t.Error("a document without bytes is listed")
		}
		a.renderer.err = nil
		d := a.file(t, document.KindAgenda)
		if d.Number != "디지털전환과-1" || !d.Printed() {
			t.Errorf("document %+v", d)
		}
	})
}

// TestReaders holds who may read what, and that nothing withheld is in any byte they get.
func TestReaders(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		a := archived(t, db)
		a.publish(t)
		kinds := map[document.Kind][]document.Document{}
		for _, d := range a.fileAll(t) {
			kinds[d.Kind] = append(kinds[d.Kind], d)
		}
		if len(kinds) != 5 || len(kinds[document.KindDecision]) != 2 {
			t.Fatalf("filed %v", kinds)
		}
		secret := []string{"숨은회사", "113,560", "위원 04", string(a.Member(4))}
		for _, k := range []document.Kind{document.KindNotice, document.KindAgenda, document.KindMinutes} {
			got, err := a.read(t, domain.Public(), kinds[k][0].ID)
			hall.Must(t, err)
			for _, word := range secret {
				if strings.Contains(got, word) {
					t.Errorf("the public reads %q in the %s", word, k)
				}
			}
		}
		_, err := a.read(t, domain.Public(), kinds[document.KindMinutesFull][0].ID)
		hall.Wants(t, err, "not_found.document")
		full, err := a.read(t, a.person(5), kinds[document.KindMinutesFull][0].ID)
		hall.Must(t, err)
		for _, word := range secret {
			if !strings.Contains(full, word) {
				t.Errorf("a member does not read %q in the full minutes", word)
			}
		}
		cut, err := a.read(t, a.person(6), kinds[document.KindMinutesFull][0].ID)
		hall.Must(t, err)
		if strings.Contains(cut, "기본계획") || strings.Contains(cut, "113,560") || !strings.Contains(cut, "숨은회사") {
			t.Error("the full minutes of a recused member are not those without the item")
		}
		_, err = a.read(t, domain.Public(), kinds[document.KindDecision][1].ID)
		hall.Wants(t, err, "not_found.document")
		_, err = a.read(t, domain.Public(), kinds[document.KindDecision][0].ID)
		hall.Must(t, err)
	})
}

// TestLateRedaction holds that a document is not shown to the public between a redaction and its being filed anew.
func TestLateRedaction(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		a := archived(t, db)
		a.publish(t)
		a.fileAll(t)
		old := a.file(t, document.KindMinutes)
		a.redact(t, minutes.NameAnchor(a.Member(2)), 0, 0, "6", "발언자 보호")
		_, err := a.read(t, domain.Public(), old.ID)
		hall.Wants(t, err, "document.reissuing")
		next := a.file(t, document.KindMinutes)
		got, err := a.read(t, domain.Public(), next.ID)
		hall.Must(t, err)
		if next.Revision != 2 || strings.Contains(got, "위원 02") {
			t.Errorf("revision %d holds the name: %v", next.Revision, strings.Contains(got, "위원 02"))
		}
		_, err = a.read(t, domain.Public(), old.ID)
		hall.Wants(t, err, "not_found.document")
	})
}

func verify(bundle []filing.File) document.Report {
	f := document.Folder{Files: map[string][]byte{}}
	for _, x := range bundle {
		switch x.Name {
		case filing.RecordFile:
			f.Record = x.Data
		case filing.SumsFile:
			f.Sums = x.Data
		default:
			f.Files[x.Name] = x.Data
		}
	}
	return document.VerifyFolder(f, canonical.JSON)
}

func TestRecordAndBundle(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		a := archived(t, db)
		_, err := a.filing.Record(t.Context(), domain.Public(), filing.RecordInput{Meeting: hall.Meeting})
		hall.Wants(t, err, "not_found.record")
		a.publish(t)
		a.fileAll(t)
		rec, err := a.filing.Record(t.Context(), domain.Public(), filing.RecordInput{Meeting: hall.Meeting})
		hall.Must(t, err)
		raw, err := canonical.JSON(rec)
		hall.Must(t, err)
		for _, word := range []string{"숨은회사", "113,560", "위원 04", string(a.Member(4))} {
			if strings.Contains(string(raw), word) {
				t.Errorf("the record holds %q", word)
			}
		}
		bundle, err := a.filing.Bundle(t.Context(), domain.Public(), filing.RecordInput{Meeting: hall.Meeting})
		hall.Must(t, err)
		names := map[string]bool{}
		for _, f := range bundle {
			names[f.Name] = true
			if bytes.Contains(f.Data, []byte("숨은회사")) {
				t.Errorf("%s holds a confidential item", f.Name)
			}
		}
		want := []string{
			"SHA256SUMS", "record.json", "회의록.pdf", "회의록.json", "안건목록.pdf", "안건목록.json", "결정서-의안제2026-1호.pdf",
			"결정서-의안제2026-1호.json",
			"소집통지서.pdf", "소집통지서.json",
		}
		for _, n := range want {
			if !names[n] {
				t.Errorf("%s is not in the folder %v", n, names)
			}
		}
		for _, c := range verify(bundle).Checks {
			if !c.OK() {
				t.Error(c.Line())
			}
		}
		bundle[0].Data = append(bundle[0].Data, ' ')
		fails := func(c document.Check) bool { return c.Status == document.Fails }
		if !slices.ContainsFunc(verify(bundle).Checks, fails) {
			t.Error("a changed file is not found out")
		}
	})
}
