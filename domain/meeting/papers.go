package meeting

import (
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
)

// FreezeAt is when the papers of a meeting are fixed: the beginning of the day that many days before its start.
func (m Meeting) FreezeAt(days int) time.Time { return m.Day().AddDays(-days).Time().UTC() }

// PapersFrozen reports whether papers may only be added with a recorded reason: they were fixed, or the day for it
// has come.
func (m Meeting) PapersFrozen(days int, now time.Time) bool {
	return m.PapersFrozenAt != nil || m.Announced() && !now.Before(m.FreezeAt(days))
}

// NextRevision gives a new paper its place: revision 1 of the next number when number is 0, else the next revision
// of that number, which must be there (CodeNotFound "not_found.paper").
func NextRevision(papers []Paper, number int) (num, revision int, err error) {
	last := 0
	for _, p := range papers {
		last = max(last, p.Number)
		if p.Number == number {
			revision = max(revision, p.Revision)
		}
	}
	if number == 0 {
		return last + 1, 1, nil
	}
	if revision == 0 {
		return 0, 0, domain.NotFound("paper")
	}
	return number, revision + 1, nil
}

// CheckFileName notes a problem when a file name could be taken for a path.
func CheckFileName(to *domain.Problems, field, name string) {
	to.Text(field, name, true, domain.MaxName)
	to.Check(!strings.ContainsAny(name, "/\\\n\t") && name != "." && name != "..", field, "field.format")
}

// Due says on which day before the meeting or another deadline a reminder goes out: at nine in the morning in Seoul.
func Due(deadline time.Time, days int) time.Time {
	return calendar.DateOf(deadline).AddDays(-days).Time().Add(9 * time.Hour).UTC()
}
