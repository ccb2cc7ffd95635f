package consulting_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"testing"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/selection"
	"secretariat/internal/testkit/hall"
	"secretariat/service"
	"secretariat/service/consulting"
	"secretariat/store"
)

// kept keeps files in memory, by their hash.
type kept map[string]string

func (k kept) Put(_ context.Context, r io.Reader, limit int64) (string, int64, error) {
	raw, err := io.ReadAll(r)
	if int64(len(raw)) > limit {
		return "", 0, &domain.Error{Code: domain.CodeTooLarge, Key: "file.too_large"}
	}
	sum := sha256.Sum256(raw)
	hash := hex.EncodeToString(sum[:])
	k[hash] = string(raw)
	return hash, int64(len(raw)), err
}

func (k kept) Open(_ context.Context, hash string) (io.ReadCloser, error) {
	return io.NopCloser(strings.NewReader(k[hash])), nil
}

// desk takes papers in.
type desk struct {
	papers []service.Paper
	fails  error
}

func (d *desk) Bring(_ context.Context, _ domain.Actor, p service.Paper) (int, error) {
	if d.fails != nil {
		return 0, d.fails
	}
	d.papers = append(d.papers, p)
	if p.Number > 0 {
		return p.Number, nil
	}
	return 3, nil
}

func (w *world) attach(by domain.Actor, c domain.ID, name, content string) (alliance.OpinionFile, error) {
	w.t.Helper()
	return w.s.Attach(w.t.Context(), by, consulting.AttachInput{
		Consultation: c, Organisation: by.Partners[0].Organisation, FileName: name, Content: strings.NewReader(content),
	})
}

func (w *world) read(by domain.Actor, id domain.ID) (string, error) {
	w.t.Helper()
	f, err := w.s.ReadFile(w.t.Context(), by, consulting.FileInput{File: id})
	if err != nil {
		return "", err
	}
	raw, err := io.ReadAll(f.Content)
	return string(raw), errors.Join(err, f.Content.Close())
}

func TestAFileIsGivenBesideAnOpinion(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c := w.open(w.plan())
		for what, content := range map[string][2]string{
			"another kind": {"의견.exe", "MZ"}, "not what it says": {"의견.pdf", "PK\x03\x04"}, "two extensions": {"의견.exe.pdf", "%PDF-1"},
		} {
			if _, err := w.attach(w.drafter, c.ID, content[0], content[1]); domain.CodeOf(err) != domain.CodeInvalid {
				t.Errorf("%s: %v", what, err)
			}
		}
		_, err := w.attach(w.drafter, c.ID, "큰.pdf", "%PDF-"+strings.Repeat("x", 2000))
		expect(t, "too large", err, "file.too_large")
		_, err = w.attach(w.bank, c.ID, "의견.pdf", "%PDF-1")
		expect(t, "who is not asked", err, "not_found.consultation")
		file, err := w.attach(w.drafter, c.ID, "의견.pdf", "%PDF-1")
		must(t, err)
		for what, by := range map[string]domain.Actor{"the staff, of a draft": w.staff, "another firm": w.bank, "the public": domain.Public()} {
			_, err := w.read(by, file.ID)
			expect(t, what, err, "not_found.opinion_file")
		}
		_, err = w.submit(w.robot, c.ID, says)
		must(t, err)
		if got, err := w.read(w.staff, file.ID); err != nil || got != "%PDF-1" {
			t.Errorf("the staff reads %q %v", got, err)
		}
		list, err := w.s.Opinions(t.Context(), w.staff, consulting.OpinionsInput{Consultation: c.ID, Article: -1})
		must(t, err)
		if len(list.Items) != 1 || len(list.Items[0].Files) != 1 || list.Items[0].Files[0].Name != "의견.pdf" {
			t.Errorf("%+v", list.Items)
		}
		_, err = w.s.Detach(t.Context(), w.robot, consulting.FileInput{File: file.ID})
		expect(t, "taken off what was submitted", err, "opinion.submitted")
		_, err = w.attach(w.robot, c.ID, "더.pdf", "%PDF-2")
		expect(t, "once it was submitted", err, "opinion.submitted")
	})
}

func TestADraftHasAFewFilesOnly(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c := w.open(w.plan())
		var last alliance.OpinionFile
		for range alliance.MaxOpinionFiles {
			f, err := w.attach(w.drafter, c.ID, "의견.pdf", "%PDF-1")
			must(t, err)
			last = f
		}
		_, err := w.attach(w.drafter, c.ID, "의견.pdf", "%PDF-1")
		expect(t, "one more", err, "attachment.full")
		_, err = w.s.Detach(t.Context(), w.drafter, consulting.FileInput{File: last.ID})
		must(t, err)
		mine, err := w.s.Mine(t.Context(), w.robot, consulting.MineInput{Consultation: c.ID, Organisation: "robot"})
		must(t, err)
		if len(mine.Files) != alliance.MaxOpinionFiles-1 {
			t.Errorf("%d files", len(mine.Files))
		}
		w.h.Clock.Set(c.ClosesAt)
		_, err = w.attach(w.drafter, c.ID, "늦은.pdf", "%PDF-1")
		expect(t, "after the close", err, "consultation.not_open")
	})
}

func TestTheDigestGoesToTheCommitteeAsAPaper(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c := w.open(w.plan())
		_, err := w.submit(w.robot, c.ID, says)
		must(t, err)
		w.close(c)
		c = w.consultation(c.ID)
		in := consulting.TableInput{Consultation: c.ID, Item: w.h.Items[0], Version: c.Version}
		_, err = w.s.Table(t.Context(), w.staff, in)
		expect(t, "with an opinion that nobody has answered", err, "consultation.opinions_open")
		list, err := w.s.Opinions(t.Context(), w.staff, consulting.OpinionsInput{Consultation: c.ID, Article: -1})
		must(t, err)
		_, err = w.s.Dispose(t.Context(), w.staff, consulting.DisposeInput{Opinion: list.Items[0].ID, Outcome: alliance.Partly, Reason: "일부", Version: 1})
		must(t, err)
		_, err = w.s.Table(t.Context(), w.robot, in)
		expect(t, "a member of the alliance", err, "forbidden")
		other := in
		other.Item = "nothing"
		_, err = w.s.Table(t.Context(), w.staff, other)
		if domain.CodeOf(err) != domain.CodeInvalid {
			t.Errorf("on no item: %v", err)
		}
		w.desk.fails = domain.Refused("papers.frozen", "", nil)
		_, err = w.s.Table(t.Context(), w.staff, in)
		expect(t, "once the papers are frozen", err, "papers.frozen")
		w.desk.fails = nil
		out, err := w.s.Table(t.Context(), w.staff, in)
		must(t, err)
		if out.Item != in.Item || out.Paper != 3 || len(w.desk.papers) != 1 || !bytes.HasPrefix(w.desk.papers[0].Data, []byte("%PDF-")) {
			t.Fatalf("%+v, %d papers", out, len(w.desk.papers))
		}
		in.Version = out.Version
		_, err = w.s.Table(t.Context(), w.staff, in)
		must(t, err)
		if got := w.desk.papers[1]; got.Number != 3 {
			t.Errorf("once more: %+v", got)
		}
	})
}

func TestWhoGaveAnOpinionAndAppliesIsKnown(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c := w.open(w.plan())
		_, err := w.submit(w.robot, c.ID, says)
		must(t, err)
		must(t, w.h.DB.InTx(t.Context(), func(tx *store.Tx) error {
			return tx.AddCall(t.Context(), selection.Call{
				ID: "call", Committee: hall.Committee, Alliance: "a", Title: "실증 공모", State: selection.Drafting, ClosesAt: w.h.Clock.Now(), Version: 1,
			})
		}))
		c = w.consultation(c.ID)
		_, err = w.s.Link(t.Context(), w.staff, consulting.LinkInput{Consultation: c.ID, Call: "no-call", Version: c.Version})
		if domain.CodeOf(err) != domain.CodeInvalid {
			t.Errorf("an unknown call: %v", err)
		}
		_, err = w.s.Link(t.Context(), w.staff, consulting.LinkInput{Consultation: c.ID, Call: "call", Version: c.Version})
		must(t, err)
		w.h.Read(t, func(ctx context.Context, tx *store.Tx) error {
			for of, want := range map[domain.ID]int{"robot": 1, "bank": 0} {
				got, err := tx.ConsultedOn(ctx, "call", of)
				if err != nil || len(got) != want {
					t.Errorf("%s: %+v %v", of, got, err)
				}
			}
			return nil
		})
	})
}

// consultation is one as it stands.
func (w *world) consultation(id domain.ID) alliance.Consultation {
	w.t.Helper()
	v, err := w.s.Show(w.t.Context(), w.staff, consulting.ShowInput{Consultation: id})
	must(w.t, err)
	return v.Consultation
}
