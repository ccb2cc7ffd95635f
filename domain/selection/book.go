package selection

import (
	"slices"
	"time"

	"secretariat/domain"
)

// Cut says where the list ended for an application that was not selected.
type Cut string

// The cuts.
const (
	CutFloor  Cut = "floor"  // it fell below a floor
	CutNumber Cut = "number" // as many as may be were selected before it
	CutBudget Cut = "budget" // it, or one before it, did not fit what was left of the budget
)

// Book is every number that made a ranking, laid out for who wants to count it again with a spreadsheet.
type Book struct {
	Call   Call
	Record Record // its entries have their sheets in the order of the totals
	Hash   string // of the record
	At     time.Time
	Lines  []BookLine // in the order of the ranking
}

// BookLine is one application of the ranking with what it was computed from.
type BookLine struct {
	Row        Row
	Entry      Entry
	Number     int    // of its arrival
	Applicant  string // empty where it is not named
	Title      string
	Sheets     []BookSheet // numbered by their totals, so that a number tells nothing of whose it is
	Criteria   []int64     // sums of the sheets that count, thousandths
	Lot        string      // what the draw would have given
	Left       int64       // won left of the budget when it was its turn; 0 without a budget
	Cut        Cut         // empty when it was selected
	TrimmedSum int64       // thousandths, of the totals left out
}

// BookSheet is one evaluator's scores.
type BookSheet struct {
	Scores []int64
	Total  int64
	Counts bool // false for the highest and the lowest where they are left out
}

// BookOf lays a ranking out. Applications that named does not hold stand in it without applicant and title; nil names all.
func BookOf(c Call, rank Ranking, all []Application, named map[domain.ID]bool) Book {
	out := Book{Call: c, Record: RecordOf(c, rank), Hash: rank.Hash, At: rank.At}
	entries, byID := map[domain.ID]Entry{}, map[domain.ID]Application{}
	for _, e := range out.Record.Entries {
		entries[e.Application] = e
	}
	for _, x := range all {
		byID[x.ID] = x
	}
	for _, row := range rank.Rows {
		line := c.Profile.line(row, entries[row.Application])
		x := byID[row.Application]
		line.Number, line.Lot = x.Number, Lot(c.Seed, row.Application)
		if named == nil || named[row.Application] {
			line.Applicant, line.Title = x.Applicant, x.Title
		}
		out.Lines = append(out.Lines, line)
	}
	c.Profile.cut(out.Lines)
	return out
}

// line lays the sheets of one application out, which are ordered.
func (r Profile) line(row Row, e Entry) BookLine {
	out := BookLine{Row: row, Entry: e, Criteria: make([]int64, len(r.Criteria))}
	for i, scores := range e.Sheets {
		s := BookSheet{Scores: slices.Clone(scores), Total: total(scores)}
		s.Counts = !row.Trimmed || i > 0 && i < len(e.Sheets)-1
		out.Sheets = append(out.Sheets, s)
		if !s.Counts {
			out.TrimmedSum += s.Total
			continue
		}
		for k, x := range scores {
			out.Criteria[k] += x
		}
	}
	return out
}

// cut says for each line what was left of the budget at its turn, and where the list ended for it.
func (r Profile) cut(lines []BookLine) {
	left, selected := r.Budget, 0
	var ended Cut
	for i := range lines {
		at := &lines[i]
		at.Left = left
		switch {
		case at.Row.Outcome == BelowFloor:
			at.Cut = CutFloor
			continue
		case at.Row.Outcome == Selected:
			left, selected = max(left-at.Entry.Amount, 0), selected+1
			continue
		case ended == "" && selected == r.Select:
			ended = CutNumber
		case ended == "":
			ended = CutBudget
		}
		at.Cut = ended
	}
}
