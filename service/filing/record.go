package filing

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/document"
	"secretariat/domain/minutes"
	"secretariat/service"
)

// RecordInput asks for the recountable record of a meeting.
type RecordInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
}

// gathered is what a record is made from: the dossier and the public documents that are up to date.
type gathered struct {
	dossier   document.Dossier
	documents []document.Document
}

// Record is the whole meeting as it is published, from which everybody can recount it. CodeNotFound before
// publication.
func (s *Service) Record(ctx context.Context, by domain.Actor, in RecordInput) (document.Record, error) {
	g, err := s.gather(ctx, by, in.Meeting)
	if err != nil {
		return document.Record{}, err
	}
	return g.dossier.Record(g.documents, s.canonical)
}

func (s *Service) gather(ctx context.Context, by domain.Actor, of domain.ID) (gathered, error) {
	return service.See(ctx, s.store, func(tx Tx) (gathered, error) {
		r, err := look(ctx, tx, by, of)
		if err != nil {
			return gathered{}, err
		}
		if err := access.Can(by, "record.read", access.Facts{Committee: r.meeting.Committee}).Err(); err != nil {
			return gathered{}, err
		}
		if !r.published {
			return gathered{}, domain.NotFound("record")
		}
		g := gathered{}
		if g.dossier, err = source(ctx, tx, of); err != nil {
			return g, err
		}
		all, err := tx.DocumentsOf(ctx, of)
		if err != nil {
			return g, err
		}
		for _, d := range all {
			if !d.Printed() || d.Superseded || d.Confidential || d.Kind == document.KindMinutesFull {
				continue
			}
			fresh, err := s.fresh(g.dossier, d)
			if err != nil {
				return g, err
			}
			if fresh {
				g.documents = append(g.documents, d)
			}
		}
		return g, nil
	})
}

// fresh reports whether a document says what it would say if it were filed now. Notice and agenda stay as they went
// out; minutes and decisions do not, since a passage may have been withheld since, and are not shown to the public
// until they are filed anew.
func (s *Service) fresh(src document.Dossier, d document.Document) (bool, error) {
	if d.Kind == document.KindNotice || d.Kind == document.KindAgenda {
		return true, nil
	}
	p, err := paper(src, FileInput{Meeting: d.Meeting, Kind: d.Kind, Subject: d.Subject})
	if domain.CodeOf(err) == domain.CodeNotFound || domain.CodeOf(err) == domain.CodeConflict {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	content, err := s.canonical.Hash(p)
	return content == d.Content, err
}

// File is one file of a folder of published records.
type File struct {
	Name string
	Data []byte
}

// Names of the files beside the documents.
const (
	RecordFile = "record.json"
	SumsFile   = "SHA256SUMS"
)

// Bundle is the folder of a published meeting: record.json, each public document as PDF and JSON, and SHA256SUMS over
// all of them, sorted by name. CodeNotFound before publication.
func (s *Service) Bundle(ctx context.Context, by domain.Actor, in RecordInput) ([]File, error) {
	rec, err := s.Record(ctx, by, in)
	if err != nil {
		return nil, err
	}
	raw, err := s.canonical(rec)
	if err != nil {
		return nil, err
	}
	out := []File{{Name: RecordFile, Data: raw}}
	g, err := s.gather(ctx, by, in.Meeting)
	if err != nil {
		return nil, err
	}
	for _, d := range g.documents {
		if out, err = s.bundled(ctx, out, g.dossier, d); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(out, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return append(out, File{Name: SumsFile, Data: sums(out)}), nil
}

func (s *Service) bundled(
	ctx context.Context, out []File, src document.Dossier, d document.Document,
) ([]File, error) {
	name := document.FileName(d.Kind, "", false)
	for _, x := range src.Decisions {
		if x.ID == d.Subject {
			name = document.FileName(d.Kind, x.ItemNumber, x.Supersedes != "")
		}
	}
	for n := 2; slices.ContainsFunc(out, func(f File) bool { return f.Name == name+".pdf" }); n++ {
		name = fmt.Sprintf("%s-%d", strings.TrimSuffix(name, fmt.Sprintf("-%d", n-1)), n)
	}
	c, err := s.open(ctx, d.PDF)
	if err != nil {
		return nil, err
	}
	j, err := s.open(ctx, d.JSON)
	return append(out, File{name + ".pdf", c}, File{name + ".json", j}), err
}

// sums lists the hashes of files as sha256sum writes them.
func sums(files []File) []byte {
	var b strings.Builder
	for _, f := range files {
		b.WriteString(minutes.Sum(f.Data) + "  " + f.Name + "\n")
	}
	return []byte(b.String())
}
