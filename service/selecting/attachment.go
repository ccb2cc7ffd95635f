package selecting

import (
	"context"
	"io"

	"secretariat/domain"
	"secretariat/domain/selection"
	"secretariat/service"
)

// Keeping gives the service where files are kept, and how large one may be in bytes.
func (s *Service) Keeping(files Files, limit int64) *Service {
	s.files, s.fileLimit = files, limit
	return s
}

// AttachInput brings a file of an application to a field of its form.
type AttachInput struct {
	Application domain.ID `path:"application" json:"-"`
	Field       string    `json:"field"`
	FileName    string    `json:"fileName"`
	Content     io.Reader `json:"-"`
}

// Attach keeps a file of an application that is being drafted, or in a field that a request for a supplement opens: attachment.add.
// CodeInvalid when its name, its kind or its first bytes are not what the field takes; CodeTooLarge "file.too_large"; CodeConflict once the application was submitted, and when
// the field has as many files as it may. Its bytes are stored before the act, by their hash, so that a refusal leaves at most
// bytes that nothing refers to.
func (s *Service) Attach(ctx context.Context, by domain.Actor, in AttachInput) (selection.Attachment, error) {
	var of selection.Field
	err := s.store.Read(ctx, func(tx Tx) error {
		x, c, err := s.seen(ctx, tx, by, "application.show", in.Application)
		if err == nil {
			of, err = s.takesFile(ctx, tx, by, c, x, in.Field)
		}
		return err
	})
	if err != nil {
		return selection.Attachment{}, err
	}
	kind, content, err := service.Sniff(in.Content, in.FileName, of.Media)
	if err != nil {
		return selection.Attachment{}, err
	}
	limit := s.fileLimit
	if of.Size > 0 {
		limit = min(limit, of.Size)
	}
	hash, size, err := s.files.Put(ctx, content, limit)
	if err != nil {
		return selection.Attachment{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "attachment.add", func(a *service.Act[Tx]) (selection.Attachment, error) {
		x, c, err := s.shared(ctx, a, "attachment.add", in.Application)
		if err != nil {
			return selection.Attachment{}, err
		}
		if _, err := s.takesFile(ctx, a.Tx, by, c, x, in.Field); err != nil {
			return selection.Attachment{}, err
		}
		out := selection.Attachment{
			ID: a.Env.NewID(), Application: x.ID, Field: in.Field, Name: in.FileName, Kind: kind, Size: size, SHA256: hash,
			AddedBy: by.ID, AddedAt: a.Now,
		}
		a.On("attachment", out.ID, c.ID)
		a.Note("sha256", hash)
		return out, a.Tx.AddAttachment(ctx, out)
	})
}

// takesFile gives the field when the application may have one more file there now.
func (s *Service) takesFile(
	ctx context.Context, tx Tx, by domain.Actor, c selection.Call, x selection.Application, key string,
) (selection.Field, error) {
	if _, works := by.Works(x.Organisation); !works {
		return selection.Field{}, domain.Forbidden("attachment.add", "")
	}
	if err := s.changes(ctx, tx, c, x, key); err != nil {
		return selection.Field{}, err
	}
	f, ok := c.Terms.ApplicationForm().Field(key)
	if !ok || f.Kind != selection.File {
		return f, domain.NotFound("attachment")
	}
	there, err := current(ctx, tx, x.ID)
	if err == nil && int64(selection.CountFiles(there)[key]) >= f.Room() {
		err = domain.Conflict("attachment.full", domain.Args{"most": f.Room()})
	}
	return f, err
}

// changes refuses when a field of the application may not be changed now: it is not a draft, and no request for a supplement
// opens the field.
func (s *Service) changes(ctx context.Context, tx Tx, c selection.Call, x selection.Application, key string) error {
	if c.State == selection.Reviewing && x.State == selection.Submitted {
		all, err := tx.SupplementsOf(ctx, x.ID)
		if of, asked := selection.OpenOf(all, s.now()); err != nil || asked && c.Terms.ApplicationForm().Opened(of.Fields)[key] {
			return err
		}
	}
	if x.State != selection.Draft {
		return domain.Conflict("application.submitted", nil)
	}
	if !c.Takes(s.now()) {
		return domain.Conflict("call.not_open", nil)
	}
	return nil
}

// DetachInput names a file.
type DetachInput struct {
	Attachment domain.ID `path:"attachment" json:"-"`
}

// Detach takes a file off an application that is being drafted: attachment.remove. What was submitted before keeps it.
func (s *Service) Detach(ctx context.Context, by domain.Actor, in DetachInput) (selection.Attachment, error) {
	return service.Do(ctx, s.env, s.store, by, "attachment.remove", func(a *service.Act[Tx]) (selection.Attachment, error) {
		file, err := a.Tx.Attachment(ctx, in.Attachment)
		if err != nil {
			return file, err
		}
		x, c, err := s.shared(ctx, a, "attachment.remove", file.Application)
		if domain.CodeOf(err) == domain.CodeNotFound {
			return selection.Attachment{}, domain.NotFound("attachment")
		}
		if err != nil {
			return selection.Attachment{}, err
		}
		a.On("attachment", file.ID, c.ID)
		if file.Removed {
			return selection.Attachment{}, domain.NotFound("attachment")
		}
		if err := s.changes(ctx, a.Tx, c, x, file.Field); err != nil {
			return file, err
		}
		return file, a.Tx.RemoveAttachment(ctx, file.ID)
	})
}

// current are the files of an application that were not taken off.
func current(ctx context.Context, tx Tx, id domain.ID) ([]selection.Attachment, error) {
	all, err := tx.AttachmentsOf(ctx, id)
	return selection.Current(all), err
}

// filedWith refuses a file that nothing was submitted with.
func filedWith(ctx context.Context, tx Tx, file selection.Attachment) error {
	all, err := tx.FilingsOf(ctx, file.Application)
	if err != nil {
		return err
	}
	for _, f := range all {
		if len(selection.Filed(f.Files, []selection.Attachment{file})) > 0 {
			return nil
		}
	}
	return domain.NotFound("attachment")
}

// FileContent is a file with its bytes, which the caller closes.
type FileContent struct {
	File    selection.Attachment
	Content io.ReadCloser
}

// ReadFile opens a file for who may see the application: its own people, and after the close the staff, auditors and the
// evaluators who have to score it: attachment.read. For everybody else there is none.
func (s *Service) ReadFile(ctx context.Context, by domain.Actor, in DetachInput) (FileContent, error) {
	file, err := service.See(ctx, s.store, func(tx Tx) (selection.Attachment, error) {
		file, err := tx.Attachment(ctx, in.Attachment)
		if err != nil {
			return file, err
		}
		x, _, err := s.seen(ctx, tx, by, "attachment.read", file.Application)
		if _, own := by.Works(x.Organisation); err == nil && !own {
			err = filedWith(ctx, tx, file)
		}
		if domain.CodeOf(err) == domain.CodeNotFound {
			return selection.Attachment{}, domain.NotFound("attachment")
		}
		return file, err
	})
	if err != nil {
		return FileContent{}, err
	}
	content, err := s.files.Open(ctx, file.SHA256)
	return FileContent{File: file, Content: content}, err
}
