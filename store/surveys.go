package store

import (
	"context"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/service/surveying"
)

var (
	surveys = versioned[alliance.Survey]{
		table[alliance.Survey]{"surveys", "survey"},
		func(s *alliance.Survey) *int { return &s.Version }, func(s *alliance.Survey) domain.ID { return s.ID },
	}
	surveyDivisions = table[surveyDivision]{"survey_divisions", "division"}
	surveySheets    = versioned[alliance.Sheet]{
		table[alliance.Sheet]{"survey_sheets", "assessment"},
		func(h *alliance.Sheet) *int { return &h.Version }, func(h *alliance.Sheet) domain.ID { return h.ID },
	}
	surveyResults = table[surveyResult]{"survey_results", "survey_results"}
	surveyLetters = table[surveyLetter]{"survey_letters", "letter"}
)

var _ surveying.Tx = (*Tx)(nil)

// surveyDivision says that a round asks a division.
type surveyDivision struct{ Survey, Division domain.ID }

// surveyResult keeps the figures of a round.
type surveyResult struct {
	Survey  domain.ID
	Results alliance.Results
}

// surveyLetter is a letter of a round.
type surveyLetter struct {
	Survey   domain.ID
	To       domain.ID
	Kind     alliance.LetterKind
	Occasion string
	SentAt   time.Time
	Failure  string
}

// AddSurvey writes a new round.
func (tx *Tx) AddSurvey(ctx context.Context, s alliance.Survey) error {
	if err := surveys.insert(ctx, tx, s); err != nil {
		return err
	}
	return tx.surveyDivisions(ctx, s)
}

// ChangeSurvey writes a changed one; CodeStale when it changed meanwhile.
func (tx *Tx) ChangeSurvey(ctx context.Context, s *alliance.Survey) error {
	if err := surveys.change(ctx, tx, s); err != nil {
		return err
	}
	if err := surveyDivisions.delete(ctx, tx, "survey = ?", s.ID); err != nil {
		return err
	}
	return tx.surveyDivisions(ctx, *s)
}

func (tx *Tx) surveyDivisions(ctx context.Context, s alliance.Survey) error {
	rows := make([]surveyDivision, len(s.Divisions))
	for i, d := range s.Divisions {
		rows[i] = surveyDivision{s.ID, d}
	}
	return surveyDivisions.insert(ctx, tx, rows...)
}

// Survey reads a round.
func (tx *Tx) Survey(ctx context.Context, id domain.ID) (alliance.Survey, error) {
	return surveys.get(ctx, tx, "id = ?", id)
}

// LockSurvey reads one and keeps others from changing it.
func (tx *Tx) LockSurvey(ctx context.Context, id domain.ID) (alliance.Survey, error) {
	return surveys.lock(ctx, tx, id)
}

// surveyed holds of an organisation o that a round v asks; see alliance.Survey.Asks.
const surveyed = `(o.state = 'member' AND o.alliance = v.alliance AND (NOT EXISTS (SELECT 1 FROM survey_divisions d WHERE d.survey = v.id)
	OR EXISTS (SELECT 1 FROM survey_divisions d JOIN places p ON p.division = d.division WHERE d.survey = v.id AND p.organisation = o.id)))`

// assessed holds of an organisation o that it has submitted its sheet in a round v.
const assessed = `EXISTS (SELECT 1 FROM survey_sheets s WHERE s.survey = v.id AND s.organisation = o.id AND s.state = 'submitted')`

// FindSurveys lists those of the filter, newest first.
func (tx *Tx) FindSurveys(ctx context.Context, f surveying.Filter) ([]alliance.Survey, error) {
	where, args := []string{"1 = 1"}, []any(nil)
	if !f.All {
		seen := []string{"v.published_at IS NOT NULL"}
		add := func(condition string, ids []domain.ID) {
			if len(ids) > 0 {
				seen, args = append(seen, condition), append(args, bun.Tuple(ids))
			}
		}
		add("v.committee IN ?", f.Serves)
		add("v.opened_at IS NOT NULL AND v.committee IN ?", f.Sits)
		add("v.opened_at IS NOT NULL AND EXISTS (SELECT 1 FROM organisations o WHERE "+surveyed+" AND o.id IN ?)", f.Organisations)
		where = append(where, "("+strings.Join(seen, " OR ")+")")
	}
	if f.Live {
		where = append(where, "v.state = 'open'")
	}
	if f.Before != "" {
		where, args = append(where, "v.id < ?"), append(args, f.Before)
	}
	out := []alliance.Survey{}
	err := tx.db.NewSelect().Model(&out).ModelTableExpr("surveys AS v").ColumnExpr("v.*").
		Where(strings.Join(where, " AND "), args...).OrderExpr("v.id DESC").Limit(int64(f.Limit)).Scan(ctx)
	return out, translate(err, surveys.kind)
}

// SurveyAsked lists who may submit for the organisations that a round asks.
func (tx *Tx) SurveyAsked(ctx context.Context, s alliance.Survey) ([]alliance.Addressee, error) {
	out := []alliance.Addressee{}
	err := tx.db.NewRaw(`SELECT p.account, `+assessed+` AS submitted FROM surveys v JOIN organisations o ON `+surveyed+`
JOIN people p ON p.organisation = o.id AND p.submits WHERE v.id = ? ORDER BY p.account, o.id`, s.ID).Scan(ctx, &out)
	return out, translate(err, people.kind)
}

// SurveyOwes reports whether an account may submit for an asked organisation that has submitted nothing.
func (tx *Tx) SurveyOwes(ctx context.Context, s alliance.Survey, account domain.ID) (bool, error) {
	var n int
	err := tx.db.NewRaw(`SELECT count(*) FROM surveys v JOIN organisations o ON `+surveyed+`
JOIN people p ON p.organisation = o.id AND p.submits WHERE v.id = ? AND p.account = ? AND NOT `+assessed, s.ID, account).Scan(ctx, &n)
	return n > 0, translate(err, people.kind)
}

// SurveyAskedAmong gives those of the organisations that a round asks.
func (tx *Tx) SurveyAskedAmong(ctx context.Context, s alliance.Survey, ids []domain.ID) ([]domain.ID, error) {
	var out []domain.ID
	err := tx.db.NewRaw("SELECT o.id FROM surveys v JOIN organisations o ON "+surveyed+" WHERE v.id = ? AND o.id IN ? ORDER BY o.id",
		s.ID, bun.Tuple(ids)).Scan(ctx, &out)
	return out, translate(err, organisations.kind)
}

// CountSurveyed counts the organisations that a round asks and those of them that have submitted.
func (tx *Tx) CountSurveyed(ctx context.Context, s alliance.Survey) (asked, submitted int, err error) {
	err = tx.db.NewRaw(`SELECT count(*), count(CASE WHEN `+assessed+` THEN 1 END) FROM surveys v JOIN organisations o ON `+surveyed+
		` WHERE v.id = ?`, s.ID).Scan(ctx, &asked, &submitted)
	return asked, submitted, translate(err, organisations.kind)
}

// FindSurveyed lists the organisations that a round asks, with how far each has come.
func (tx *Tx) FindSurveyed(ctx context.Context, f surveying.AskedFilter) ([]surveying.Asked, error) {
	where := ""
	if f.Pending {
		where = " AND NOT " + assessed
	}
	out := []surveying.Asked{}
	err := tx.db.NewRaw(`SELECT o.id AS organisation, o.name, COALESCE(h.state, '') AS state FROM surveys v JOIN organisations o ON `+surveyed+`
LEFT JOIN survey_sheets h ON h.survey = v.id AND h.organisation = o.id
WHERE v.id = ? AND o.id > ?`+where+` ORDER BY o.id LIMIT ?`, f.Survey, f.After, f.Limit).Scan(ctx, &out)
	return out, translate(err, organisations.kind)
}

// LettersOfSurvey lists the letters that went out.
func (tx *Tx) LettersOfSurvey(ctx context.Context, id domain.ID) ([]alliance.Letter, error) {
	rows, err := surveyLetters.list(ctx, tx, "sent_at", "survey = ?", id)
	out := make([]alliance.Letter, len(rows))
	for i, r := range rows {
		out[i] = alliance.Letter{Consultation: r.Survey, To: r.To, Kind: r.Kind, Occasion: r.Occasion, SentAt: r.SentAt, Failure: r.Failure}
	}
	return out, err
}

// SurveyLetterSent keeps that a letter went out.
func (tx *Tx) SurveyLetterSent(ctx context.Context, l alliance.Letter) error {
	return surveyLetters.upsert(ctx, tx, surveyLetter{l.Consultation, l.To, l.Kind, l.Occasion, l.SentAt, l.Failure},
		`survey, "to", kind, occasion`)
}

// AddSheet writes a new sheet; conflict.assessment when the organisation has one.
func (tx *Tx) AddSheet(ctx context.Context, h alliance.Sheet) error {
	return surveySheets.insert(ctx, tx, h)
}

// ChangeSheet writes a changed one; CodeStale when it changed meanwhile.
func (tx *Tx) ChangeSheet(ctx context.Context, h *alliance.Sheet) error {
	return surveySheets.change(ctx, tx, h)
}

// SheetOf is what an organisation answers in a round, false when there is nothing yet.
func (tx *Tx) SheetOf(ctx context.Context, survey, organisation domain.ID) (alliance.Sheet, bool, error) {
	found, err := surveySheets.page(ctx, tx, 1, "id", "survey = ? AND organisation = ?", survey, organisation)
	if err != nil || len(found) == 0 {
		return alliance.Sheet{}, false, err
	}
	return found[0], true, nil
}

// SubmittedSheets lists the sheets of a round that count.
func (tx *Tx) SubmittedSheets(ctx context.Context, survey domain.ID) ([]alliance.Sheet, error) {
	return surveySheets.list(ctx, tx, "id", "survey = ? AND state = 'submitted'", survey)
}

// PutSurveyResults keeps the figures of a round.
func (tx *Tx) PutSurveyResults(ctx context.Context, survey domain.ID, r alliance.Results) error {
	return surveyResults.upsert(ctx, tx, surveyResult{survey, r}, "survey")
}

// SurveyResults are the figures of a round, false while there are none.
func (tx *Tx) SurveyResults(ctx context.Context, survey domain.ID) (alliance.Results, bool, error) {
	found, err := surveyResults.list(ctx, tx, "survey", "survey = ?", survey)
	if err != nil || len(found) == 0 {
		return alliance.Results{}, false, err
	}
	return found[0].Results, true, nil
}
