package store

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/selection"
)

var (
	filings     = table[selection.Filing]{"filings", "filing"}
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

// DropAttachment takes a file off an application that is being drafted.
func (tx *Tx) DropAttachment(ctx context.Context, id domain.ID) error {
	return attachments.delete(ctx, tx, "id = ?", id)
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
