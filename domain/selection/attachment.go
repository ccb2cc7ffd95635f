package selection

import (
	"time"

	"secretariat/domain"
)

// Attachment is a file of an application, of one of the fields of its form. Its bytes are kept by their hash.
type Attachment struct {
	ID          domain.ID `json:"id"`
	Application domain.ID `json:"application"`
	Field       string    `json:"field"`
	Name        string    `json:"name"`
	Kind        string    `json:"kind"` // one of domain.FileKinds
	Size        int64     `json:"size"` // bytes
	SHA256      string    `json:"sha256"`
	AddedBy     domain.ID `json:"addedBy"`
	AddedAt     time.Time `json:"addedAt"`
	Removed     bool      `json:"removed"` // taken off; what was submitted with it keeps it
}

// CheckFile notes what is wrong with a file of the field by its name and first bytes, and gives its kind; see domain.CheckFile.
func (f Field) CheckFile(p *domain.Problems, name string, head []byte) string {
	return domain.CheckFile(p, name, head, f.Media)
}
