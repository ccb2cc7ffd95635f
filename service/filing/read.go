package filing

import (
	"bytes"
	"context"
	"io"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/document"
	"secretariat/domain/minutes"
	"secretariat/service"
)

// ListInput asks for the documents of a meeting.
type ListInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
}

// List lists the documents of a meeting that the actor may read, in the order of filing.
func (s *Service) List(ctx context.Context, by domain.Actor, in ListInput) (service.Page[document.Document], error) {
	return service.See(ctx, s.store, func(tx Tx) (service.Page[document.Document], error) {
		out := service.Page[document.Document]{Items: []document.Document{}}
		r, err := look(ctx, tx, by, in.Meeting)
		if err != nil {
			return out, err
		}
		if err := access.Can(by, "document.list", access.Facts{Committee: r.meeting.Committee}).Err(); err != nil {
			return out, err
		}
		all, err := tx.DocumentsOf(ctx, in.Meeting)
		for _, d := range all {
			if r.reads(d) && access.Can(by, "document.read", r.facts(d)).Allowed {
				out.Items = append(out.Items, d)
			}
		}
		return out, err
	})
}

// ReadInput asks for the bytes of a document, as PDF unless Format is "json".
type ReadInput struct {
	Document domain.ID `json:"-" path:"document"`
	Format   string    `json:"-" query:"format"`
}

// Content is a document with its bytes. The caller closes Content.
type Content struct {
	Document  document.Document
	FileName  string // with extension
	MediaType string
	SHA256    string // of the bytes
	Size      int64
	Content   io.ReadCloser
}

// Read opens a document that the actor may read; for everyone else there is none (CodeNotFound "not_found.document").
// A member recused from items gets notice, agenda and full minutes without them.
func (s *Service) Read(ctx context.Context, by domain.Actor, in ReadInput) (Content, error) {
	var p domain.Problems
	domain.OneOf(&p, "format", in.Format, "", "pdf", "json")
	if err := p.Err(); err != nil {
		return Content{}, err
	}
	var cut []domain.ID
	d, err := service.See(ctx, s.store, func(tx Tx) (document.Document, error) {
		d, err := tx.Document(ctx, in.Document)
		if err != nil {
			return d, err
		}
		r, err := look(ctx, tx, by, d.Meeting)
		if err != nil {
			return d, err
		}
		if !r.reads(d) {
			return d, domain.NotFound("document")
		}
		cut = r.cut(d)
		if err := access.Can(by, "document.read", r.facts(d)).Err(); err != nil {
			return d, err
		}
		return d, s.current(ctx, tx, r, d)
	})
	if err != nil {
		return Content{}, err
	}
	return s.content(ctx, d, in.Format == "json", cut)
}

// current keeps a document from the public that is about to be filed anew, since it may hold what is withheld now.
func (s *Service) current(ctx context.Context, tx Tx, r reader, d document.Document) error {
	if r.insider() || !public(d.Kind) {
		return nil
	}
	src, err := source(ctx, tx, d.Meeting)
	if err != nil {
		return err
	}
	fresh, err := s.fresh(src, d)
	if err == nil && !fresh {
		err = &domain.Error{Code: domain.CodeUnavailable, Key: "document.reissuing"}
	}
	return err
}

func (s *Service) content(ctx context.Context, d document.Document, asJSON bool, cut []domain.ID) (Content, error) {
	out := Content{Document: d, FileName: d.Title + ".pdf", MediaType: "application/pdf", SHA256: d.PDF}
	if asJSON {
		out.FileName, out.MediaType, out.SHA256 = d.Title+".json", "application/json", d.JSON
	}
	if len(cut) > 0 {
		return s.without(ctx, out, asJSON, cut)
	}
	raw, err := s.open(ctx, out.SHA256)
	out.Size, out.Content = int64(len(raw)), io.NopCloser(bytes.NewReader(raw))
	return out, err
}

// without makes the bytes anew without the items. They are another file than the one that is filed.
func (s *Service) without(ctx context.Context, out Content, asJSON bool, cut []domain.ID) (Content, error) {
	raw, err := s.open(ctx, out.Document.JSON)
	if err != nil {
		return Content{}, err
	}
	p, err := document.Decode(out.Document.Kind, raw)
	if err != nil {
		return Content{}, &domain.Error{Code: domain.CodeInternal, Key: "document.damaged", Err: err}
	}
	p = p.Without(cut)
	if asJSON {
		raw, err = s.canonical(p)
	} else {
		raw, err = s.render(p)
	}
	out.SHA256, out.Size = minutes.Sum(raw), int64(len(raw))
	out.Content = io.NopCloser(bytes.NewReader(raw))
	return out, err
}
