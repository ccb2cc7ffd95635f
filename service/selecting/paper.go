package selecting

import (
	"context"
	"fmt"

	"secretariat/domain"
	"secretariat/domain/selection"
	"secretariat/service"
)

// PaperWriter prints what came of a selection.
type PaperWriter interface {
	Result(selection.ResultPaper) ([]byte, error)
	Ledger(selection.LedgerPaper) ([]byte, error)
	Settlement(selection.LedgerPaper) ([]byte, error)
}

// Papers gives the service what prints documents.
func (s *Service) Papers(w PaperWriter) *Service {
	s.papers = w
	return s
}

// Paper is a document as PDF.
type Paper struct {
	FileName string
	Data     []byte
}

// PrintResult prints a result that was announced (선정 결과 공고), for everybody: selection.print. CodeNotFound before.
func (s *Service) PrintResult(ctx context.Context, by domain.Actor, in RankingInput) (Paper, error) {
	out, err := s.Published(ctx, by, in)
	if err != nil {
		return Paper{}, err
	}
	p := selection.ResultPaper{
		Title: out.Record.Title, Version: out.Version, Gates: out.Gates, Competition: out.Competition, Ratio: out.Ratio,
		Entitled: out.Record.Conditions.Terms.Entitlements, ReserveDays: out.Record.Conditions.Terms.ReserveDays,
		Grounds: out.Record.Grounds, Conditions: out.Record.ConditionsHash, Hash: out.Hash,
	}
	for _, v := range out.Versions {
		if v.Version == out.Version {
			p.At = v.AnnouncedAt
		}
	}
	for _, x := range out.Items {
		p.Lines = append(p.Lines, selection.ResultLine(x))
	}
	if err := s.store.Read(ctx, func(tx Tx) error { return s.headResult(ctx, tx, in.Call, &p) }); err != nil {
		return Paper{}, err
	}
	raw, err := s.papers.Result(p)
	return Paper{fmt.Sprintf("선정결과공고-%d-%d.pdf", p.Year, p.Number), raw}, err
}

func (s *Service) headResult(ctx context.Context, tx Tx, call domain.ID, p *selection.ResultPaper) error {
	c, err := tx.Call(ctx, call)
	if err != nil {
		return err
	}
	of, err := tx.Committee(ctx, c.Committee)
	if err != nil {
		return err
	}
	r, err := s.rules(ctx, tx, c)
	p.Committee, p.Department, p.Year, p.Number = of.Name, of.OwningDepartment, c.Year, c.Number
	p.ObjectUntil, p.Basis = c.ObjectAfter(p.At, r), c.ObjectionBasis(r)
	return err
}

// PrintLedger prints the ledger of an agreement (협약 대장) for its firm, the staff and auditors: agreement.print.
func (s *Service) PrintLedger(ctx context.Context, by domain.Actor, in AgreementInput) (Paper, error) {
	p, err := s.ledgerPaper(ctx, by, "agreement.print", in)
	if err != nil {
		return Paper{}, err
	}
	raw, err := s.papers.Ledger(p)
	return Paper{"협약대장-" + p.Agreement.Number + ".pdf", raw}, err
}

// PrintSettlement prints what a settlement came to (정산서) for the same: settlement.print. CodeNotFound before it was decided.
func (s *Service) PrintSettlement(ctx context.Context, by domain.Actor, in AgreementInput) (Paper, error) {
	p, err := s.ledgerPaper(ctx, by, "settlement.print", in)
	if err != nil {
		return Paper{}, err
	}
	if p.Agreement.Settled() == nil {
		return Paper{}, domain.NotFound("settlement")
	}
	raw, err := s.papers.Settlement(p)
	return Paper{"정산서-" + p.Agreement.Number + ".pdf", raw}, err
}

func (s *Service) ledgerPaper(
	ctx context.Context, by domain.Actor, op string, in AgreementInput,
) (selection.LedgerPaper, error) {
	return service.See(ctx, s.store, func(tx Tx) (selection.LedgerPaper, error) {
		g, c, err := s.agreement(ctx, tx, by, op, in.Agreement)
		if err != nil {
			return selection.LedgerPaper{}, err
		}
		of, err := tx.Committee(ctx, c.Committee)
		if err != nil {
			return selection.LedgerPaper{}, err
		}
		v, err := s.standing(ctx, tx, g, c)
		return selection.LedgerPaper{
			Committee: of.Name, CallTitle: c.Title, Instrument: c.Instrument, Agreement: g, Stage: v.Stage, Duties: v.Duties, At: s.now(),
		}, err
	})
}
