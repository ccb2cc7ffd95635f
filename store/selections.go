package store

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"secretariat/domain"
	"secretariat/domain/selection"
	"secretariat/service/selecting"
)

var (
	calls = versioned[selection.Call]{
		table[selection.Call]{"calls", "call"},
		func(c *selection.Call) *int { return &c.Version }, func(c *selection.Call) domain.ID { return c.ID },
	}
	applications = versioned[selection.Application]{
		table[selection.Application]{"applications", "application"},
		func(x *selection.Application) *int { return &x.Version },
		func(x *selection.Application) domain.ID { return x.ID },
	}
	objections = versioned[selection.Objection]{
		table[selection.Objection]{"objections", "objection"},
		func(o *selection.Objection) *int { return &o.Version },
		func(o *selection.Objection) domain.ID { return o.ID },
	}
	evaluators       = table[selection.Evaluator]{"evaluators", "evaluator"}
	sheets           = table[selection.Sheet]{"sheets", "sheet"}
	rankings         = table[selection.Ranking]{"rankings", "ranking"}
	announcements    = table[selection.Announcement]{"rankings", "ranking"}
	pastSheets       = table[selection.PastSheet]{"past_sheets", "sheet"}
	reopenings       = table[selection.Reopening]{"reopenings", "reopening"}
	selectionLetters = table[selection.Letter]{"selection_letters", "letter"}
)

var _ selecting.Tx = (*Tx)(nil)

// publishedCall is the condition under which everybody may know of a call.
const publishedCall = "opened_at IS NOT NULL AND state <> 'cancelled'"

// AddCall writes a new call.
func (tx *Tx) AddCall(ctx context.Context, c selection.Call) error { return calls.insert(ctx, tx, c) }

// ChangeCall writes a changed one; CodeStale when it changed meanwhile.
func (tx *Tx) ChangeCall(ctx context.Context, c *selection.Call) error {
	return calls.change(ctx, tx, c)
}

// Call reads a call.
func (tx *Tx) Call(ctx context.Context, id domain.ID) (selection.Call, error) {
	return calls.get(ctx, tx, "id = ?", id)
}

// HoldCall reads one and keeps others from changing it, while others may hold it too.
func (tx *Tx) HoldCall(ctx context.Context, id domain.ID) (selection.Call, error) {
	return calls.share(ctx, tx, id)
}

// LockCall reads one and keeps others from changing or holding it.
func (tx *Tx) LockCall(ctx context.Context, id domain.ID) (selection.Call, error) {
	return calls.lock(ctx, tx, id)
}

// FindCalls lists those of the filter, newest first.
func (tx *Tx) FindCalls(ctx context.Context, f selecting.CallFilter) ([]selection.Call, error) {
	where, args := []string{"1 = 1"}, []any(nil)
	if !f.All {
		seen := publishedCall
		if len(f.Serves) > 0 {
			seen, args = "("+seen+" OR committee IN ?)", append(args, bun.Tuple(f.Serves))
		}
		where = append(where, seen)
	}
	if f.Live {
		where = append(where, "state NOT IN ('final', 'cancelled')")
	}
	if f.Before != "" {
		where, args = append(where, "id < ?"), append(args, f.Before)
	}
	return calls.page(ctx, tx, f.Limit, "id DESC", strings.Join(where, " AND "), args...)
}

// CountByState counts the applications of a call by state.
func (tx *Tx) CountByState(ctx context.Context, call domain.ID) (map[selection.ApplicationState]int, error) {
	var rows []struct {
		State selection.ApplicationState
		Count int
	}
	err := tx.db.NewRaw("SELECT state, count(*) AS count FROM applications WHERE call = ? GROUP BY state", call).Scan(ctx, &rows)
	out := make(map[selection.ApplicationState]int, len(rows))
	for _, r := range rows {
		out[r.State] = r.Count
	}
	return out, translate(err, applications.kind)
}

// CallYears are the years that have published calls, newest first.
func (tx *Tx) CallYears(ctx context.Context) ([]int, error) {
	out := []int{}
	err := tx.db.NewRaw("SELECT DISTINCT year FROM calls WHERE "+publishedCall+" ORDER BY year DESC").Scan(ctx, &out)
	return out, translate(err, calls.kind)
}

// CallsOfYear lists the published calls of a year by committee and number.
func (tx *Tx) CallsOfYear(ctx context.Context, year int) ([]selection.Call, error) {
	return calls.list(ctx, tx, "committee, number", "year = ? AND "+publishedCall, year)
}

// CompetitionsOfYear is the count of those of them whose result is announced. The rankings themselves are not read.
func (tx *Tx) CompetitionsOfYear(ctx context.Context, year int) (map[domain.ID]selection.Competition, error) {
	var rows []struct {
		Call        domain.ID
		Competition selection.Competition
	}
	err := tx.db.NewRaw(`SELECT r.call, r.competition FROM rankings r JOIN calls c ON c.id = r.call
WHERE c.year = ? AND r.version = (SELECT max(a.version) FROM rankings a WHERE a.call = r.call AND a.announced_at IS NOT NULL)`, year).Scan(ctx, &rows)
	out := make(map[domain.ID]selection.Competition, len(rows))
	for _, r := range rows {
		out[r.Call] = r.Competition
	}
	return out, translate(err, rankings.kind)
}

// AddApplication writes a new one; conflict.application when the organisation has one in the call.
func (tx *Tx) AddApplication(ctx context.Context, x selection.Application) error {
	return applications.insert(ctx, tx, x)
}

// ChangeApplication writes a changed one; CodeStale when it changed meanwhile.
func (tx *Tx) ChangeApplication(ctx context.Context, x *selection.Application) error {
	return applications.change(ctx, tx, x)
}

// Application reads an application.
func (tx *Tx) Application(ctx context.Context, id domain.ID) (selection.Application, error) {
	return applications.get(ctx, tx, "id = ?", id)
}

// ApplicationOf is what an organisation asks for in a call, false when there is nothing yet.
func (tx *Tx) ApplicationOf(ctx context.Context, call, organisation domain.ID) (selection.Application, bool, error) {
	found, err := applications.page(ctx, tx, 1, "id", "call = ? AND organisation = ?", call, organisation)
	if err != nil || len(found) == 0 {
		return selection.Application{}, false, err
	}
	return found[0], true, nil
}

// FindApplications lists submitted applications of a call by number.
func (tx *Tx) FindApplications(ctx context.Context, f selecting.ApplicationFilter) ([]selection.Application, error) {
	where, args := "call = ? AND number > ? AND state <> 'draft'", []any{f.Call, f.After}
	if f.State != "" {
		where, args = where+" AND state = ?", append(args, f.State)
	}
	return applications.page(ctx, tx, f.Limit, "number", where, args...)
}

// ApplicationsOf lists what organisations ask for, newest first.
func (tx *Tx) ApplicationsOf(ctx context.Context, organisations []domain.ID, limit int) ([]selection.Application, error) {
	return applications.page(ctx, tx, limit, "id DESC", "organisation IN ?", bun.Tuple(organisations))
}

// FundedIn reports whether an organisation of the business number has a place in another call of the year.
func (tx *Tx) FundedIn(ctx context.Context, number string, year int, except domain.ID) (bool, error) {
	var n int
	err := tx.db.NewRaw(`SELECT count(*) FROM applications x JOIN organisations o ON o.id = x.organisation
JOIN calls c ON c.id = x.call WHERE o.business_number = ? AND c.year = ? AND c.id <> ? AND (x.state = 'agreed' OR x.promoted)`,
		number, year, except).Scan(ctx, &n)
	return n > 0, translate(err, applications.kind)
}

// AddObjection writes a new one; conflict.objection when the application has one.
func (tx *Tx) AddObjection(ctx context.Context, o selection.Objection) error {
	return objections.insert(ctx, tx, o)
}

// ChangeObjection writes a changed one; CodeStale when it changed meanwhile.
func (tx *Tx) ChangeObjection(ctx context.Context, o *selection.Objection) error {
	return objections.change(ctx, tx, o)
}

// Objection reads an objection.
func (tx *Tx) Objection(ctx context.Context, id domain.ID) (selection.Objection, error) {
	return objections.get(ctx, tx, "id = ?", id)
}

// ObjectionsOf lists the objections of a call as they came.
func (tx *Tx) ObjectionsOf(ctx context.Context, call domain.ID) ([]selection.Objection, error) {
	return objections.list(ctx, tx, "id", "call = ?", call)
}

// AddEvaluator puts somebody into the pool; conflict.evaluator when there already.
func (tx *Tx) AddEvaluator(ctx context.Context, e selection.Evaluator) error {
	return evaluators.insert(ctx, tx, e)
}

// ChangeEvaluator writes what became of an evaluator; CodeStale when it changed meanwhile.
func (tx *Tx) ChangeEvaluator(ctx context.Context, e *selection.Evaluator) error {
	read := e.Version
	e.Version++
	err := evaluators.update(ctx, tx, *e, "call = ? AND account = ? AND version = ?", e.Call, e.Account, read)
	if domain.CodeOf(err) == domain.CodeNotFound {
		e.Version = read
		return domain.Stale()
	}
	return err
}

// Evaluator reads one of a call's pool.
func (tx *Tx) Evaluator(ctx context.Context, call, account domain.ID) (selection.Evaluator, error) {
	return evaluators.get(ctx, tx, "call = ? AND account = ?", call, account)
}

// EvaluatorsOf lists the pool of a call.
func (tx *Tx) EvaluatorsOf(ctx context.Context, call domain.ID) ([]selection.Evaluator, error) {
	return evaluators.list(ctx, tx, "place, account", "call = ?", call)
}

// Panels lists where somebody sits on a panel.
func (tx *Tx) Panels(ctx context.Context, account domain.ID) ([]selection.Evaluator, error) {
	return evaluators.list(ctx, tx, "call", "account = ? AND sits AND removed = ''", account)
}

// Sheet is what an evaluator scored of an application, false when there is nothing yet.
func (tx *Tx) Sheet(ctx context.Context, application, evaluator domain.ID) (selection.Sheet, bool, error) {
	found, err := sheets.page(ctx, tx, 1, "application", "application = ? AND evaluator = ?", application, evaluator)
	if err != nil || len(found) == 0 {
		return selection.Sheet{}, false, err
	}
	return found[0], true, nil
}

// SheetsBy lists the sheets of one evaluator in a call.
func (tx *Tx) SheetsBy(ctx context.Context, call, evaluator domain.ID) ([]selection.Sheet, error) {
	return sheets.list(ctx, tx, "application", "call = ? AND evaluator = ?", call, evaluator)
}

// SheetsOf lists all sheets of a call.
func (tx *Tx) SheetsOf(ctx context.Context, call domain.ID) ([]selection.Sheet, error) {
	return sheets.list(ctx, tx, "application, evaluator", "call = ?", call)
}

// PutSheet writes a sheet and moves it to its next version; whoever calls it holds the call.
func (tx *Tx) PutSheet(ctx context.Context, s *selection.Sheet) error {
	s.Version++
	return sheets.upsert(ctx, tx, *s, "application, evaluator")
}

// SelectionLetters lists the letters of a call that went out.
func (tx *Tx) SelectionLetters(ctx context.Context, call domain.ID) ([]selection.Letter, error) {
	return selectionLetters.list(ctx, tx, "sent_at", "call = ?", call)
}

// SelectionLetterSent keeps that a letter went out.
func (tx *Tx) SelectionLetterSent(ctx context.Context, l selection.Letter) error {
	return selectionLetters.upsert(ctx, tx, l, `call, "to", kind`)
}
