package store

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/selection"
)

var (
	filings     = table[selection.Filing]{"filings", "filing"}
	supplements = versioned[selection.Supplement]{
		table[selection.Supplement]{"supplements", "supplement"},
		func(s *selection.Supplement) *int { return &s.Version }, func(s *selection.Supplement) domain.ID { return s.ID },
	}
	attachments = table[selection.Attachment]{"attachments", "attachment"}
)

// AddFiling keeps what was submitted.
func (tx *Tx) AddFiling(ctx context.Context, s selection.Filing) error {
	return filings.insert(ctx, tx, s)
}

// FilingsOf lists what was submitted of an application, as it came.
func (tx *Tx) FilingsOf(ctx context.Context, application domain.ID) ([]selection.Filing, error) {
	return filings.list(ctx, tx, "number", "application = ?", application)
}

// AddAttachment keeps which file belongs to an application.
func (tx *Tx) AddAttachment(ctx context.Context, a selection.Attachment) error {
	return attachments.insert(ctx, tx, a)
}

// RemoveAttachment takes a file off an application; what was submitted with it keeps it.
func (tx *Tx) RemoveAttachment(ctx context.Context, id domain.ID) error {
	a, err := tx.Attachment(ctx, id)
	if err != nil {
		return err
	}
	a.Removed = true
	return attachments.update(ctx, tx, a, "id = ?", id)
}

// FiledIn are the files that each application of a call was last submitted with.
func (tx *Tx) FiledIn(ctx context.Context, call domain.ID) (map[domain.ID][]selection.FileRef, error) {
	var rows []struct {
		Application domain.ID
		Files       []selection.FileRef
	}
	err := tx.db.NewRaw(`SELECT f.application, f.files FROM filings f JOIN applications x ON x.id = f.application
WHERE x.call = ? ORDER BY f.application, f.number`, call).Scan(ctx, &rows)
	out := make(map[domain.ID][]selection.FileRef, len(rows))
	for _, r := range rows {
		out[r.Application] = r.Files
	}
	return out, translate(err, filings.kind)
}

// Attachment reads which file one is.
func (tx *Tx) Attachment(ctx context.Context, id domain.ID) (selection.Attachment, error) {
	return attachments.get(ctx, tx, "id = ?", id)
}

// AttachmentsOf lists the files of an application, as they came.
func (tx *Tx) AttachmentsOf(ctx context.Context, application domain.ID) ([]selection.Attachment, error) {
	return attachments.list(ctx, tx, "id", "application = ?", application)
}

// AttachmentsIn lists the files of all applications of a call.
func (tx *Tx) AttachmentsIn(ctx context.Context, call domain.ID) ([]selection.Attachment, error) {
	return attachments.list(ctx, tx, "id", "application IN (SELECT x.id FROM applications x WHERE x.call = ?)", call)
}

// AddSupplement keeps a request to an applicant.
func (tx *Tx) AddSupplement(ctx context.Context, s selection.Supplement) error {
	return supplements.insert(ctx, tx, s)
}

// ChangeSupplement writes what became of one; CodeStale when it changed meanwhile.
func (tx *Tx) ChangeSupplement(ctx context.Context, s *selection.Supplement) error {
	return supplements.change(ctx, tx, s)
}

// Supplement reads a request.
func (tx *Tx) Supplement(ctx context.Context, id domain.ID) (selection.Supplement, error) {
	return supplements.get(ctx, tx, "id = ?", id)
}

// SupplementsOf lists the requests for an application, as they were made.
func (tx *Tx) SupplementsOf(ctx context.Context, application domain.ID) ([]selection.Supplement, error) {
	return supplements.list(ctx, tx, "id", "application = ?", application)
}

// SupplementsIn lists the requests in a call that were not answered.
func (tx *Tx) SupplementsIn(ctx context.Context, call domain.ID) ([]selection.Supplement, error) {
	return supplements.list(ctx, tx, "id", "call = ? AND answered_at IS NULL", call)
}
