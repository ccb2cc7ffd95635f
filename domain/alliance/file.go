package alliance

import (
	"time"

	"secretariat/domain"
)

// MaxOpinionFiles bounds the files of one submission.
const MaxOpinionFiles = 10

// OpinionFile is a file that an organisation gives beside what it says. Its bytes are kept by their hash.
type OpinionFile struct {
	ID           domain.ID `json:"id"`
	Consultation domain.ID `json:"consultation"`
	Submission   domain.ID `json:"submission"`
	Name         string    `json:"name"`
	Kind         string    `json:"kind"` // one of domain.FileKinds
	Size         int64     `json:"size"` // bytes
	SHA256       string    `json:"sha256"`
	AddedBy      domain.ID `json:"addedBy"`
	AddedAt      time.Time `json:"addedAt"`
}

// Tabled puts the digest on an agenda item, as the paper of that number. CodeConflict before every opinion has its answer and
// what may be personal data in them was looked at: what stands on an agenda is read by everybody.
func (c Consultation) Tabled(item domain.ID, paper int, n Count) (Consultation, error) {
	switch {
	case c.State != Disposing && c.State != Answered:
		return c, domain.Conflict("consultation.not_disposing", nil)
	case n.Open > 0:
		return c, domain.Conflict("consultation.opinions_open", domain.Args{"count": n.Open})
	case n.Unmasked > 0:
		return c, domain.Conflict("consultation.opinions_unmasked", domain.Args{"count": n.Unmasked})
	}
	c.Item, c.Paper = item, paper
	return c, nil
}
