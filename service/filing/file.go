package filing

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strconv"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/service"
)

// FileInput asks to file a document in its present state. Subject is the decision of a decision record; empty
// otherwise.
type FileInput struct {
	Meeting domain.ID     `json:"-" path:"meeting"`
	Kind    document.Kind `json:"kind"`
	Subject domain.ID     `json:"subject"`
}

// draft is a document that is to be filed, before it has a number.
type draft struct {
	paper   document.Paper
	raw     []byte // canonical JSON without number and date
	content string // its hash
	src     document.Dossier
	item    meeting.Item // of a decision record
}

// File files a document: the same content gives the same document again, changed content a new revision under a new
// number, while the old one stays. The number is taken in one transaction and the bytes are made afterwards, so that a
// number is never lost; a call that broke off is finished by the next. CodeConflict "document.not_ready" when there is
// nothing to file yet.
func (s *Service) File(ctx context.Context, by domain.Actor, in FileInput) (document.Document, error) {
	if err := in.check(); err != nil {
		return document.Document{}, err
	}
	before, err := service.See(ctx, s.store, func(tx Tx) (draft, error) { return s.draw(ctx, tx, by, in) })
	if err != nil {
		return document.Document{}, err
	}
	// The content is kept before the number is taken: from here on it can be printed, whatever happens.
	if err := s.keep(ctx, before.raw, before.content); err != nil {
		return document.Document{}, err
	}
	d, err := service.Do(ctx, s.env, s.store, by, "document.file", func(a *service.Act[Tx]) (document.Document, error) {
		if _, err := a.Tx.LockMeeting(ctx, in.Meeting); err != nil {
			return document.Document{}, err
		}
		now, err := s.draw(ctx, a.Tx, by, in)
		if err != nil {
			return document.Document{}, err
		}
		if now.content != before.content {
			return document.Document{}, domain.Conflict("document.changed", nil)
		}
		return register(ctx, a, now, in)
	})
	if err != nil {
		return d, err
	}
	return s.print(ctx, d.ID)
}

func (in *FileInput) check() error {
	var p domain.Problems
	domain.OneOf(&p, "kind", in.Kind, document.Kinds()...)
	p.Check((in.Kind == document.KindDecision) == (in.Subject != ""), "subject", "document.subject")
	if in.Subject == "" {
		in.Subject = in.Meeting
	}
	return p.Err()
}

// draw makes the content of a document from the records.
func (s *Service) draw(ctx context.Context, tx Tx, by domain.Actor, in FileInput) (draft, error) {
	src, err := source(ctx, tx, in.Meeting)
	if err != nil {
		return draft{}, err
	}
	if err := access.Can(by, "document.file", access.Facts{Committee: src.Facts.Committee.ID}).Err(); err != nil {
		return draft{}, err
	}
	d := draft{src: src}
	if d.paper, err = paper(src, in); err != nil {
		return draft{}, err
	}
	if in.Kind == document.KindDecision {
		d.item = decided(src, in.Subject)
	}
	if d.raw, err = s.canonical(d.paper); err != nil {
		return draft{}, err
	}
	d.content = minutes.Sum(d.raw)
	return d, nil
}

func paper(src document.Dossier, in FileInput) (document.Paper, error) {
	switch in.Kind {
	case document.KindNotice, document.KindAgenda:
		if src.Facts.Meeting.ConvenedAt == nil {
			return nil, domain.Conflict("document.not_ready", nil)
		}
		if in.Kind == document.KindNotice {
			return src.Notice(), nil
		}
		return src.Agenda(), nil
	case document.KindDecision:
		rec, ok := src.DecisionRecord(in.Subject)
		if !ok {
			return nil, domain.NotFound("decision")
		}
		return rec, nil
	}
	rec, ok := src.MinutesRecord(in.Kind == document.KindMinutesFull)
	if !ok {
		return nil, domain.Conflict("document.not_ready", nil)
	}
	return rec, nil
}

func decided(src document.Dossier, decision domain.ID) meeting.Item {
	for _, d := range src.Decisions {
		for _, i := range src.Facts.Items {
			if d.ID == decision && i.ID == d.Item {
				return i
			}
		}
	}
	return meeting.Item{}
}

// register takes a number for a draft, unless the newest revision has the same content.
func register(ctx context.Context, a *service.Act[Tx], d draft, in FileInput) (document.Document, error) {
	rules, c := d.src.Facts.Rules, d.src.Facts.Committee
	newest, there, err := a.Tx.NewestDocument(ctx, in.Kind, in.Subject)
	if err != nil {
		return newest, err
	}
	a.On("document", newest.ID, in.Meeting)
	a.Note("kind", string(in.Kind))
	if there && newest.Content == d.content {
		a.Note("unchanged", "true")
		return newest, nil
	}
	year := calendar.DateOf(a.Now).Year()
	serial, err := a.Tx.NextNumber(ctx, fmt.Sprintf("document/%s/%d", c.OwningDepartment, year))
	if err != nil {
		return newest, err
	}
	doc := document.Document{
		ID: a.Env.NewID(), Committee: c.ID, Meeting: in.Meeting, Kind: in.Kind, Subject: in.Subject, Item: d.item.ID,
		Revision: newest.Revision + 1, Number: document.Number(rules, c.OwningDepartment, strconv.Itoa(serial)),
		Title: title(d, in.Kind), Content: d.content, IssuedAt: a.Now, Confidential: d.item.Confidential,
		Public: public(in.Kind) && !d.item.Confidential,
	}
	doc.Retention, doc.RetainFrom = document.Retain(rules, in.Kind, d.item.Subject, a.Now)
	a.On("document", doc.ID, in.Meeting)
	a.Note("revision", strconv.Itoa(doc.Revision))
	return doc, a.Tx.AddDocument(ctx, doc)
}

// public reports whether documents of the kind are for everyone, once what they are about may be known.
func public(k document.Kind) bool {
	return k != document.KindMinutesFull
}

func title(d draft, k document.Kind) string {
	t := fmt.Sprintf("제%d차 %s 회의 %s", d.src.Facts.Meeting.Number, d.src.Facts.Committee.Name, k.Korean())
	if p, ok := d.paper.(document.DecisionRecord); ok {
		t = p.Decision.Number + " " + k.Korean()
	}
	return t
}

// keep writes bytes and checks that they are what their hash says.
func (s *Service) keep(ctx context.Context, raw []byte, want string) error {
	sum, _, err := s.files.Put(ctx, bytes.NewReader(raw), Limit)
	if err == nil && sum != want {
		err = &domain.Error{Code: domain.CodeInternal, Key: "document.damaged"}
	}
	return err
}

// print makes the bytes of a document that has its number, unless they are made.
func (s *Service) print(ctx context.Context, id domain.ID) (document.Document, error) {
	read := func(tx Tx) (document.Document, error) { return tx.Document(ctx, id) }
	d, err := service.See(ctx, s.store, read)
	if err != nil || d.Printed() {
		return d, err
	}
	raw, err := s.open(ctx, d.Content)
	if err != nil {
		return d, err
	}
	p, err := document.Decode(d.Kind, raw)
	if err != nil {
		return d, &domain.Error{Code: domain.CodeInternal, Key: "document.damaged", Err: err}
	}
	p = p.Stamped(d.Number, d.IssuedAt)
	pdf, err := s.render(p)
	if err != nil {
		return d, err
	}
	if raw, err = s.canonical(p); err != nil {
		return d, err
	}
	sumPDF, sumJSON := minutes.Sum(pdf), minutes.Sum(raw)
	if err := s.keep(ctx, pdf, sumPDF); err != nil {
		return d, err
	}
	if err := s.keep(ctx, raw, sumJSON); err != nil {
		return d, err
	}
	err = s.store.InTx(ctx, func(tx Tx) error { return tx.PrintDocument(ctx, id, sumPDF, sumJSON, int64(len(pdf))) })
	if err != nil {
		return d, err
	}
	return service.See(ctx, s.store, read)
}

// open reads bytes by their hash and checks them against it.
func (s *Service) open(ctx context.Context, sum string) ([]byte, error) {
	r, err := s.files.Open(ctx, sum)
	if err != nil {
		return nil, err
	}
	defer r.Close() //nolint:errcheck // only read from
	raw, err := io.ReadAll(io.LimitReader(r, Limit+1))
	if err != nil {
		return nil, err
	}
	if minutes.Sum(raw) != sum {
		return nil, &domain.Error{Code: domain.CodeInternal, Key: "document.damaged"}
	}
	return raw, nil
}

// FiledAll are the documents of a meeting that were filed in one go.
type FiledAll struct {
	Documents []document.Document `json:"documents"`
}

// FileAll files every document of the kinds that there is something to file of, decision records of all decisions.
func (s *Service) FileAll(
	ctx context.Context, by domain.Actor, of domain.ID, kinds ...document.Kind,
) (FiledAll, error) {
	out := FiledAll{Documents: []document.Document{}}
	inputs, err := s.inputs(ctx, of, kinds)
	if err != nil {
		return out, err
	}
	for _, in := range inputs {
		d, err := s.File(service.WithOnce(ctx, "", ""), by, in)
		if domain.KeyOf(err) == "document.not_ready" {
			continue
		}
		if err != nil {
			return out, err
		}
		out.Documents = append(out.Documents, d)
	}
	return out, nil
}

func (s *Service) inputs(ctx context.Context, of domain.ID, kinds []document.Kind) ([]FileInput, error) {
	return service.See(ctx, s.store, func(tx Tx) ([]FileInput, error) {
		var out []FileInput
		for _, k := range kinds {
			if k != document.KindDecision {
				out = append(out, FileInput{Meeting: of, Kind: k})
				continue
			}
			all, err := tx.DecisionsOf(ctx, of)
			if err != nil {
				return nil, err
			}
			for _, d := range all {
				out = append(out, FileInput{Meeting: of, Kind: k, Subject: d.ID})
			}
		}
		return out, nil
	})
}
