package store

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/document"
)

var documents = table[document.Document]{"documents", "document"}

// AddDocument writes a new document and marks the earlier revisions of the same one as superseded; CodeConflict
// ("conflict.document") when the revision is there.
func (tx *Tx) AddDocument(ctx context.Context, d document.Document) error {
	_, err := tx.db.NewRaw("UPDATE documents SET superseded = ? WHERE kind = ? AND subject = ?", true, d.Kind, d.Subject).
		Exec(ctx)
	if err != nil {
		return translate(err, documents.kind)
	}
	return documents.insert(ctx, tx, d)
}

// Document reads a document.
func (tx *Tx) Document(ctx context.Context, id domain.ID) (document.Document, error) {
	return documents.get(ctx, tx, "id = ?", id)
}

// PrintDocument writes the hashes and the size of a document's bytes, once.
func (tx *Tx) PrintDocument(ctx context.Context, id domain.ID, pdf, json string, size int64) error {
	const query = "UPDATE documents SET pdf = ?, json = ?, size = ? WHERE id = ? AND pdf = ''"
	_, err := tx.db.NewRaw(query, pdf, json, size, id).Exec(ctx)
	return translate(err, documents.kind)
}

// NewestDocument reads the newest revision of a document, false when none is filed.
func (tx *Tx) NewestDocument(
	ctx context.Context, kind document.Kind, subject domain.ID,
) (document.Document, bool, error) {
	d, err := documents.get(ctx, tx, "kind = ? AND subject = ? AND NOT superseded", kind, subject)
	if domain.CodeOf(err) == domain.CodeNotFound {
		return document.Document{}, false, nil
	}
	return d, err == nil, err
}

// DocumentsOf lists the documents of a meeting, all revisions, in the order of filing.
func (tx *Tx) DocumentsOf(ctx context.Context, of domain.ID) ([]document.Document, error) {
	return documents.list(ctx, tx, "id", "meeting = ?", of)
}
