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
	var p alliance.DigestPaper
	for after := domain.ID(""); ; {
		page, err := s.digest(ctx, by, "consultation.print", DigestInput{in.Consultation, after, service.MaxPage})
		if err != nil {
			return Printed{}, err
		}
		p.Consultation, p.Count = page.Consultation, page.Count
		for _, l := range page.Opinions {
			p.Lines = append(p.Lines, alliance.DigestLine{
				Article: l.Article, Stance: l.Stance, Giver: l.Giver, Text: l.Text, Wording: l.Wording, Outcome: l.Outcome, Reason: l.Reason,
				Merged: l.Merged,
			})
		}
		if after = domain.ID(page.Next); after == "" {
			break
		}
	}
	name, err := service.See(ctx, s.store, func(tx Tx) (string, error) {
		of, err := tx.Committee(ctx, p.Consultation.Committee)
		return of.Name, err
	})
	if err != nil {
		return Printed{}, err
	}
	p.Committee = name
	raw, err := s.ports.Printer.Digest(p)
	return Printed{fmt.Sprintf("의견처리결과-%d-%d.pdf", p.Consultation.Year, p.Consultation.Number), raw}, err
}
