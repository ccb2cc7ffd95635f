package store

import (
	"context"
	"strings"

	"secretariat/domain"
	"secretariat/service"
	"secretariat/service/sweeping"
)

// caseTable holds the cases of a kind: rows with an id and a committee. One of open holds of those that are not known to have ended;
// where the past would be looked at otherwise, each is what an index is made for (migration 045).
type caseTable struct {
	kind, table string
	open        []string
}

// aside reports whether cases of the kind are on no board: they are a service to one reader and nobody waits for them.
func (t caseTable) aside() bool { return t.kind == service.CaseBooklet }

// caseTables are the kinds of cases that workflows follow, sorted by kind, as cursors go through them. A consultation that
// is answered has ended when everybody who gave an opinion was told, a round of self-assessment that was withdrawn when
// everybody who was asked was told. A selection
// has ended when nobody has a place without an agreement or its end, and every agreement whose terms are recorded has ended. A task
// is a case once it was submitted, until who proposed it was told how it ended. A cancelled meeting has ended when everybody who was
// invited, or before that asked for a date, was told, an adjourned one when its minutes are published and no follow-up is
// open.
var caseTables = []caseTable{
	{service.CaseBooklet, "booklets", []string{"NOT k.dropped"}},
	{service.CaseConsultation, "consultations", []string{`(k.state NOT IN ('answered', 'withdrawn') OR k.state = 'answered' AND EXISTS (
		SELECT 1 FROM submissions s WHERE s.consultation = k.id AND s.state = 'submitted' AND NOT EXISTS (
			SELECT 1 FROM consultation_letters l WHERE l.consultation = k.id AND l."to" = s.id AND l.kind = 'answer'))
		OR k.state = 'withdrawn' AND k.withdrawn_at IS NOT NULL AND (EXISTS (
			SELECT 1 FROM consultation_letters a WHERE a.consultation = k.id AND a.kind = 'ask' AND a.failure = '' AND NOT EXISTS (
				SELECT 1 FROM consultation_letters l WHERE l.consultation = k.id AND l."to" = a."to" AND l.kind = 'withdrawn'))
			OR EXISTS (SELECT 1 FROM submissions s WHERE s.consultation = k.id AND s.state = 'submitted' AND NOT EXISTS (
				SELECT 1 FROM consultation_letters l WHERE l.consultation = k.id AND l."to" IN (s.id, s.submitted_by) AND l.kind = 'withdrawn'))))`}},
	{service.CaseMeeting, "meetings", []string{
		"k.state <> 'cancelled' AND k.state <> 'adjourned'",
		`k.state = 'cancelled' AND EXISTS (SELECT 1 FROM letters i WHERE i.meeting = k.id
			AND i.kind = CASE WHEN k.convened_at IS NULL THEN 'date_ask' ELSE 'invitation' END
			AND NOT EXISTS (SELECT 1 FROM letters c WHERE c.meeting = i.meeting AND c.member = i.member
				AND c.kind = 'cancellation'))`,
		"k.state = 'adjourned' AND NOT k.recorded",
		`k.state = 'adjourned' AND k.id IN (SELECT z.meeting FROM actions y JOIN decisions z ON z.id = y.decision
			WHERE y.done_at IS NULL)`,
	}},
	{service.CasePlan, "plans", []string{"k.state <> 'ended'"}},
	{service.CaseSelection, "calls", []string{`(k.state NOT IN ('final', 'cancelled') OR k.state = 'final' AND EXISTS (
		SELECT 1 FROM applications x WHERE x.call = k.id AND x.state = 'eligible')
		OR k.state = 'final' AND EXISTS (SELECT 1 FROM agreements g WHERE g.call = k.id AND NOT g.ended))`}},
	{service.CaseSurvey, "surveys", []string{`(k.state NOT IN ('published', 'withdrawn') OR k.state = 'withdrawn' AND EXISTS (
		SELECT 1 FROM survey_letters l WHERE l.survey = k.id AND l.kind = 'ask' AND l.failure = '' AND NOT EXISTS (
			SELECT 1 FROM survey_letters w WHERE w.survey = k.id AND w."to" = l."to" AND w.kind = 'withdrawn')))`}},
	{service.CaseTask, "tasks", []string{`k.submitted_at IS NOT NULL AND (k.state NOT IN ('declined', 'finished', 'withdrawn')
		OR k.state IN ('declined', 'finished') AND EXISTS (SELECT 1 FROM people p WHERE p.organisation = k.organisation AND p.submits
			AND NOT EXISTS (SELECT 1 FROM task_letters l WHERE l.task = k.id AND l."to" = p.account AND l.kind = 'tell'
				AND l.occasion LIKE k.state || '-%')))`}},
}

// casesOf selects the cases of every kind that a condition names.
func casesOf(where string) string {
	parts := make([]string, len(caseTables))
	for i, t := range caseTables {
		parts[i] = "SELECT 1 FROM " + t.table + " WHERE " + where
	}
	return strings.Join(parts, " UNION ALL ")
}

// Unfinished lists the cases of one committee, or of all, by kind and id, that are not known to have ended. Kinds are
// gone through one after the other, so that a page costs no more with more of them. A board leaves out what people do not follow.
func (tx *Tx) Unfinished(
	ctx context.Context, committee domain.ID, board bool, after sweeping.Case, limit int,
) ([]sweeping.Case, error) {
	out := []sweeping.Case{}
	for _, t := range caseTables {
		if t.kind < after.Kind || len(out) == limit || board && t.aside() {
			continue
		}
		from := domain.ID("")
		if t.kind == after.Kind {
			from = after.ID
		}
		ids, err := tx.unfinished(ctx, t, committee, from, limit-len(out))
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			out = append(out, sweeping.Case{Kind: t.kind, ID: id})
		}
	}
	return out, nil
}

// unfinished lists the cases of one kind.
func (tx *Tx) unfinished(ctx context.Context, t caseTable, committee, after domain.ID, limit int) ([]domain.ID, error) {
	parts, args := make([]string, len(t.open)), []any(nil)
	for i, open := range t.open {
		parts[i], args = "SELECT k.id FROM "+t.table+" k WHERE k.id > ? AND ", append(args, after)
		if committee != "" { // said so that the index of a committee's cases serves
			parts[i], args = parts[i]+"k.committee = ? AND ", append(args, committee)
		}
		parts[i] += open
	}
	var ids []domain.ID
	err := tx.db.NewRaw(strings.Join(parts, " UNION ")+" ORDER BY id LIMIT ?", append(args, limit)...).Scan(ctx, &ids)
	return ids, translate(err, t.kind)
}

// CommitteeOf is the committee a case belongs to, empty for what belongs to none or is not there.
func (tx *Tx) CommitteeOf(ctx context.Context, kind string, of domain.ID) (domain.ID, error) {
	for _, t := range caseTables {
		if t.kind != kind {
			continue
		}
		var found []domain.ID
		err := tx.db.NewRaw("SELECT committee FROM "+t.table+" WHERE id = ?", of).Scan(ctx, &found)
		if err != nil || len(found) == 0 {
			return "", translate(err, kind)
		}
		return found[0], nil
	}
	return "", nil
}
