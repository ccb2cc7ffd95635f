package consulting

import (
	"context"
	"io"
	"slices"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/service"
)

// Files keeps the bytes of files by their hash.
type Files interface {
	Put(ctx context.Context, content io.Reader, limit int64) (sha256 string, size int64, err error)
	Open(ctx context.Context, sha256 string) (io.ReadCloser, error)
}

// Keeping gives the service where files are kept, and how large one may be in bytes.
func (s *Service) Keeping(files Files, limit int64) *Service {
	s.files, s.fileLimit = files, limit
	return s
}

// AttachInput brings a file beside what an organisation says.
type AttachInput struct {
	Consultation domain.ID `path:"consultation" json:"-"`
	Organisation domain.ID `json:"organisation"`
	FileName     string    `json:"fileName"`
	Content      io.Reader `json:"-"`
}

// Attach keeps a file beside the draft of what an organisation says, which begins with it when there is none: opinion.attach.
// CodeInvalid when its name, kind or first bytes are not those of a file that may be attached; CodeTooLarge "file.too_large";
// CodeConflict after the close, once it was submitted, or when there are as many files as there may be. Its bytes are stored
// before the act, by their hash, so that a refusal leaves at most bytes that nothing refers to.
func (s *Service) Attach(ctx context.Context, by domain.Actor, in AttachInput) (alliance.OpinionFile, error) {
	var out alliance.OpinionFile
	if err := s.mayAttach(ctx, by, in); err != nil {
		return out, err
	}
	kind, content, err := service.Sniff(in.Content, in.FileName, nil)
	if err != nil {
		return out, err
	}
	hash, size, err := s.files.Put(ctx, content, s.fileLimit)
	if err != nil {
		return out, err
	}
	return service.Do(ctx, s.env, s.store, by, "opinion.attach", func(a *service.Act[Tx]) (alliance.OpinionFile, error) {
		sub, err := s.drafted(ctx, a, in)
		if err != nil {
			return out, err
		}
		out := alliance.OpinionFile{
			ID: a.Env.NewID(), Consultation: in.Consultation, Submission: sub.ID, Name: in.FileName, Kind: kind, Size: size, SHA256: hash,
			AddedBy: by.ID, AddedAt: a.Now,
		}
		a.On("opinion_file", out.ID, in.Consultation)
		a.Note("sha256", hash)
		return out, a.Tx.AddOpinionFile(ctx, out)
	})
}

// mayAttach keeps bytes of somebody who may not attach a file from being stored at all.
func (s *Service) mayAttach(ctx context.Context, by domain.Actor, in AttachInput) error {
	return s.store.Read(ctx, func(tx Tx) error {
		c, err := tx.Consultation(ctx, in.Consultation)
		if err != nil {
			return err
		}
		st, err := standingOf(ctx, tx, by, c)
		if err != nil {
			return err
		}
		if st.facts.Organisation = ""; slices.Contains(st.own, in.Organisation) {
			st.facts.Organisation = in.Organisation
		}
		if err := may(by, "opinion.attach", st.facts); err != nil {
			return err
		}
		if !c.Takes(s.now()) {
			return domain.Conflict("consultation.not_open", nil)
		}
		return nil
	})
}

// drafted is the draft that a file belongs to, when it has room for one more.
func (s *Service) drafted(ctx context.Context, a *service.Act[Tx], in AttachInput) (alliance.Submission, error) {
	c, err := s.openFor(ctx, a, "opinion.attach", in.Consultation, in.Organisation)
	if err != nil {
		return alliance.Submission{}, err
	}
	sub, there, err := a.Tx.SubmissionOf(ctx, c.ID, in.Organisation)
	if err != nil {
		return sub, err
	}
	if !there {
		return s.submission(ctx, a, sub, false, SaveInput{Consultation: c.ID, Organisation: in.Organisation})
	}
	if sub.State == alliance.Submitted {
		return sub, domain.Conflict("opinion.submitted", nil)
	}
	files, err := a.Tx.OpinionFilesOf(ctx, []domain.ID{sub.ID})
	if err == nil && len(files) >= alliance.MaxOpinionFiles {
		err = domain.Conflict("attachment.full", domain.Args{"most": alliance.MaxOpinionFiles})
	}
	return sub, err
}

// FileInput names a file.
type FileInput struct {
	File domain.ID `path:"file" json:"-"`
}

// Detach takes a file off a draft: opinion.detach. CodeConflict after the close or once it was submitted.
func (s *Service) Detach(ctx context.Context, by domain.Actor, in FileInput) (alliance.OpinionFile, error) {
	return service.Do(ctx, s.env, s.store, by, "opinion.detach", func(a *service.Act[Tx]) (alliance.OpinionFile, error) {
		file, sub, err := fileOf(ctx, a.Tx, in.File)
		if err != nil {
			return file, err
		}
		_, err = s.openFor(ctx, a, "opinion.detach", file.Consultation, sub.Organisation)
		if domain.CodeOf(err) == domain.CodeNotFound {
			err = domain.NotFound("opinion_file")
		}
		if err != nil {
			return alliance.OpinionFile{}, err
		}
		if sub.State == alliance.Submitted {
			return file, domain.Conflict("opinion.submitted", nil)
		}
		a.On("opinion_file", file.ID, file.Consultation)
		a.Note("sha256", file.SHA256)
		return file, a.Tx.DropOpinionFile(ctx, file.ID)
	})
}

// fileOf reads a file with what it belongs to.
func fileOf(ctx context.Context, tx Tx, id domain.ID) (alliance.OpinionFile, alliance.Submission, error) {
	file, err := tx.OpinionFile(ctx, id)
	if err != nil {
		return file, alliance.Submission{}, err
	}
	sub, err := tx.Submission(ctx, file.Submission)
	return file, sub, err
}

// FileContent is a file with its bytes, which the caller closes.
type FileContent struct {
	File    alliance.OpinionFile
	Content io.ReadCloser
}

// ReadFile opens a file for the people of the organisation that gave it, and once it was submitted for the staff and auditors:
// opinion.file. For everybody else there is none.
func (s *Service) ReadFile(ctx context.Context, by domain.Actor, in FileInput) (FileContent, error) {
	file, err := service.See(ctx, s.store, func(tx Tx) (alliance.OpinionFile, error) {
		file, sub, err := fileOf(ctx, tx, in.File)
		if err != nil {
			return file, err
		}
		c, err := tx.Consultation(ctx, file.Consultation)
		if err != nil {
			return file, err
		}
		facts := access.Facts{Organisation: sub.Organisation}
		if sub.State == alliance.Submitted {
			facts.Committee = c.Committee
		}
		if _, own := by.Works(sub.Organisation); !own && sub.State != alliance.Submitted ||
			!access.Can(by, "opinion.file", facts).Allowed {
			return alliance.OpinionFile{}, domain.NotFound("opinion_file")
		}
		return file, nil
	})
	if err != nil {
		return FileContent{}, err
	}
	content, err := s.files.Open(ctx, file.SHA256)
	return FileContent{File: file, Content: content}, err
}

// withFiles gives opinions the files of what they belong to.
func withFiles(ctx context.Context, tx Tx, all []Given) error {
	var ids []domain.ID
	for _, g := range all {
		ids = append(ids, g.Submission)
	}
	if len(ids) == 0 {
		return nil
	}
	files, err := tx.OpinionFilesOf(ctx, slices.Compact(slices.Sorted(slices.Values(ids))))
	for i := range all {
		for _, f := range files {
			if f.Submission == all[i].Submission {
				all[i].Files = append(all[i].Files, f)
			}
		}
	}
	return err
}
