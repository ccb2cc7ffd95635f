package selecting

import (
	"context"
	"fmt"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/selection"
	"secretariat/service"
)

// BookWriter writes the workbook of a ranking.
type BookWriter func(selection.Book) ([]byte, error)

// Printing gives the service what writes workbooks.
func (s *Service) Printing(book BookWriter) *Service {
	s.book = book
	return s
}

// Workbook is a ranking as a file for a spreadsheet.
type Workbook struct {
	FileName string
	Data     []byte
}

// Workbook writes every number that made a ranking for a spreadsheet: selection.workbook. Staff and auditors read it from the
// ranking on; everybody else once the result is announced, and then who was not selected is not named.
// CodeNotFound before.
func (s *Service) Workbook(ctx context.Context, by domain.Actor, in RankingInput) (Workbook, error) {
	book, err := service.See(ctx, s.store, func(tx Tx) (selection.Book, error) {
		c, err := tx.Call(ctx, in.Call)
		if err != nil {
			return selection.Book{}, err
		}
		if err := may(by, "selection.workbook", facts(c)); err != nil {
			return selection.Book{}, err
		}
		all := access.Can(by, "ranking.show", facts(c)).Allowed
		newest := tx.AnnouncedRanking
		if all {
			newest = tx.RankingOf
		}
		rank, err := version(ctx, tx, c.ID, in.Version, newest)
		if err != nil {
			return selection.Book{}, err
		}
		if !all && rank.AnnouncedAt == nil {
			return selection.Book{}, domain.NotFound("ranking")
		}
		found, err := tx.FindApplications(ctx, ApplicationFilter{Call: c.ID, Limit: 0})
		return selection.BookOf(c, rank, found, named(rank, all)), err
	})
	if err != nil {
		return Workbook{}, err
	}
	out := Workbook{FileName: fmt.Sprintf("선정평가-%d-%d.xlsx", book.Call.Year, book.Call.Number)}
	out.Data, err = s.book(book)
	return out, err
}

// named are the applications that the reader is told the names of; nil for all.
func named(rank selection.Ranking, all bool) map[domain.ID]bool {
	if all {
		return nil
	}
	out := map[domain.ID]bool{}
	for _, r := range rank.Rows {
		out[r.Application] = r.Outcome == selection.Selected || r.Outcome == selection.Reserved
	}
	return out
}
