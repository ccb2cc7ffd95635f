package consulting

import (
	"context"
	"fmt"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/service"
)

// Printer prints the digest of a consultation.
type Printer interface {
	Digest(alliance.DigestPaper) ([]byte, error)
}

// Printed is a document of a consultation as PDF.
type Printed struct {
	FileName string `json:"fileName"`
	Data     []byte `json:"data"`
}

// PrintInput names a consultation.
type PrintInput struct {
	Consultation domain.ID `path:"consultation" json:"-"`
}

// Print prints the draft beside what is in force, and what became of every opinion (의견 처리 결과): consultation.print. It holds
// what the reader is shown of the digest, and exists when that does.
func (s *Service) Print(ctx context.Context, by domain.Actor, in PrintInput) (Printed, error) {
	return s.printed(ctx, by, "consultation.print", in.Consultation, false)
}

// printed prints the digest for who may do the operation: as the reader sees it, or bare, as everybody does.
func (s *Service) printed(ctx context.Context, by domain.Actor, op string, of domain.ID, bare bool) (Printed, error) {
	p, err := service.See(ctx, s.store, func(tx Tx) (alliance.DigestPaper, error) {
		r, err := s.reads(ctx, tx, by, op, of)
		if err != nil {
			return alliance.DigestPaper{}, err
		}
		if bare {
			r.named, r.masked = false, true
		}
		return r.paper(ctx, tx)
	})
	if err != nil {
		return Printed{}, err
	}
	raw, err := s.ports.Printer.Digest(p)
	return Printed{fmt.Sprintf("의견처리결과-%d-%d.pdf", p.Consultation.Year, p.Consultation.Number), raw}, err
}

// printPage is how many opinions are read at a time for a document.
const printPage = 500

// paper is the whole digest as it is printed, read in one pass.
func (r reading) paper(ctx context.Context, tx Tx) (alliance.DigestPaper, error) {
	p := alliance.DigestPaper{Consultation: r.head.Consultation, Count: r.head.Count}
	of, err := tx.Committee(ctx, p.Consultation.Committee)
	p.Committee = of.Name
	for after, more := domain.ID(""), err == nil; more; more = err == nil && after != "" {
		var page Digest
		page, err = r.page(ctx, tx, after, printPage)
		for _, l := range page.Opinions {
			p.Lines = append(p.Lines, alliance.DigestLine{
				Article: l.Article, Stance: l.Stance, Giver: l.Giver, Text: l.Text, Wording: l.Wording, Outcome: l.Outcome, Reason: l.Reason,
				Merged: l.Merged,
			})
		}
		after = domain.ID(page.Next)
	}
	return p, err
}
