package store

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/service/consulting"
	"secretariat/service/selecting"
)

var speakers = versioned[alliance.Speaker]{
	table[alliance.Speaker]{"speakers", "speaker"},
	func(s *alliance.Speaker) *int { return &s.Version }, func(s *alliance.Speaker) domain.ID { return s.ID },
}

var opinionFiles = table[alliance.OpinionFile]{"opinion_files", "opinion_file"}

var (
	consultations = versioned[alliance.Consultation]{
		table[alliance.Consultation]{"consultations", "consultation"},
		func(c *alliance.Consultation) *int { return &c.Version },
		func(c *alliance.Consultation) domain.ID { return c.ID },
	}
	askedDivisions = table[askedDivision]{"asked_divisions", "division"}
	submissions    = versioned[alliance.Submission]{
		table[alliance.Submission]{"submissions", "submission"},
		func(s *alliance.Submission) *int { return &s.Version },
		func(s *alliance.Submission) domain.ID { return s.ID },
	}
	opinions = versioned[alliance.Opinion]{
		table[alliance.Opinion]{"opinions", "opinion"},
		func(o *alliance.Opinion) *int { return &o.Version }, func(o *alliance.Opinion) domain.ID { return o.ID },
	}
	consultationLetters = table[alliance.Letter]{"consultation_letters", "letter"}
)

var _ consulting.Tx = (*Tx)(nil)

// askedDivision says that a consultation asks a division.
type askedDivision struct{ Consultation, Division domain.ID }

// AddConsultation writes a new consultation.
func (tx *Tx) AddConsultation(ctx context.Context, c alliance.Consultation) error {
	if err := consultations.insert(ctx, tx, c); err != nil {
		return err
	}
	return tx.askDivisions(ctx, c)
}

// ChangeConsultation writes a changed one; CodeStale when it changed meanwhile.
func (tx *Tx) ChangeConsultation(ctx context.Context, c *alliance.Consultation) error {
	if err := consultations.change(ctx, tx, c); err != nil {
		return err
	}
	if err := askedDivisions.delete(ctx, tx, "consultation = ?", c.ID); err != nil {
		return err
	}
	return tx.askDivisions(ctx, *c)
}

func (tx *Tx) askDivisions(ctx context.Context, c alliance.Consultation) error {
	if c.Audience != alliance.AskDivisions {
		return nil
	}
	rows := make([]askedDivision, len(c.Divisions))
	for i, d := range c.Divisions {
		rows[i] = askedDivision{c.ID, d}
	}
	return askedDivisions.insert(ctx, tx, rows...)
}

// Consultation reads a consultation.
func (tx *Tx) Consultation(ctx context.Context, id domain.ID) (alliance.Consultation, error) {
	return consultations.get(ctx, tx, "id = ?", id)
}

// LockConsultation reads one and keeps others from changing it.
func (tx *Tx) LockConsultation(ctx context.Context, id domain.ID) (alliance.Consultation, error) {
	return consultations.lock(ctx, tx, id)
}

// Unanswered lists the consultations of a committee that are closed and not answered.
func (tx *Tx) Unanswered(ctx context.Context, committee domain.ID) ([]alliance.Consultation, error) {
	return consultations.list(ctx, tx, "id", "committee = ? AND state = 'disposing'", committee)
}

// asks holds of an organisation o that a consultation c asks; see alliance.Consultation.Asks.
const asks = `(c.audience = 'public' OR o.state = 'member' AND o.alliance = c.alliance AND (c.audience = 'members' OR EXISTS (
	SELECT 1 FROM asked_divisions d JOIN places p ON p.division = d.division WHERE d.consultation = c.id AND p.organisation = o.id)))`

// FindConsultations lists those of the filter, newest first.
func (tx *Tx) FindConsultations(ctx context.Context, f consulting.Filter) ([]alliance.Consultation, error) {
	where, args := []string{"1 = 1"}, []any(nil)
	if !f.All {
		seen := []string{"c.audience = 'public' AND c.opened_at IS NOT NULL"}
		add := func(condition string, ids []domain.ID) {
			if len(ids) > 0 {
				seen, args = append(seen, condition), append(args, bun.Tuple(ids))
			}
		}
		add("c.committee IN ?", f.Serves)
		add("c.opened_at IS NOT NULL AND c.committee IN ?", f.Sits)
		add("c.opened_at IS NOT NULL AND EXISTS (SELECT 1 FROM organisations o WHERE "+asks+" AND o.id IN ?)", f.Organisations)
		where = append(where, "("+strings.Join(seen, " OR ")+")")
	}
	if f.Live {
		where = append(where, "c.state NOT IN ('answered', 'withdrawn')")
	}
	if f.Before != "" {
		where, args = append(where, "c.id < ?"), append(args, f.Before)
	}
	out := []alliance.Consultation{}
	err := tx.db.NewSelect().Model(&out).ModelTableExpr("consultations AS c").ColumnExpr("c.*").
		Where(strings.Join(where, " AND "), args...).OrderExpr("c.id DESC").Limit(int64(f.Limit)).Scan(ctx)
	return out, translate(err, consultations.kind)
}

// Asked lists who may submit for the organisations that a consultation asks by mail: its members, whoever else may answer.
func (tx *Tx) Asked(ctx context.Context, c alliance.Consultation) ([]alliance.Addressee, error) {
	out := []alliance.Addressee{}
	err := tx.db.NewRaw(`SELECT p.account, `+hasSubmitted+` AS submitted FROM consultations c
JOIN organisations o ON o.alliance = c.alliance AND o.state = 'member' AND `+asks+`
JOIN people p ON p.organisation = o.id AND p.submits WHERE c.id = ? ORDER BY p.account, o.id`, c.ID).Scan(ctx, &out)
	return out, translate(err, people.kind)
}

// Owes reports whether an account may submit for an asked organisation that has submitted nothing.
func (tx *Tx) Owes(ctx context.Context, c alliance.Consultation, account domain.ID) (bool, error) {
	var n int
	err := tx.db.NewRaw(`SELECT count(*) FROM consultations c
JOIN organisations o ON o.alliance = c.alliance AND o.state = 'member' AND `+asks+`
JOIN people p ON p.organisation = o.id AND p.submits WHERE c.id = ? AND p.account = ? AND NOT `+hasSubmitted, c.ID, account).Scan(ctx, &n)
	return n > 0, translate(err, people.kind)
}

const hasSubmitted = `EXISTS (SELECT 1 FROM submissions s WHERE s.consultation = c.id AND s.organisation = o.id AND s.state = 'submitted')`

// AskedAmong gives those of the organisations that a consultation asks.
func (tx *Tx) AskedAmong(ctx context.Context, c alliance.Consultation, ids []domain.ID) ([]domain.ID, error) {
	var out []domain.ID
	err := tx.db.NewRaw("SELECT o.id FROM consultations c JOIN organisations o ON "+asks+" WHERE c.id = ? AND o.id IN ? ORDER BY o.id",
		c.ID, bun.Tuple(ids)).Scan(ctx, &out)
	return out, translate(err, organisations.kind)
}

// CountAsked counts the member organisations that a consultation asks and those of them that have submitted.
func (tx *Tx) CountAsked(ctx context.Context, c alliance.Consultation) (asked, submitted int, err error) {
	err = tx.db.NewRaw(`SELECT count(*), count(CASE WHEN `+hasSubmitted+` THEN 1 END) FROM consultations c
JOIN organisations o ON o.alliance = c.alliance AND o.state = 'member' AND `+asks+` WHERE c.id = ?`, c.ID).Scan(ctx, &asked, &submitted)
	return asked, submitted, translate(err, organisations.kind)
}

// LettersOfConsultation lists the letters that went out.
func (tx *Tx) LettersOfConsultation(ctx context.Context, id domain.ID) ([]alliance.Letter, error) {
	return consultationLetters.list(ctx, tx, "sent_at", "consultation = ?", id)
}

// LetterSent keeps that a letter went out.
func (tx *Tx) LetterSent(ctx context.Context, l alliance.Letter) error {
	return consultationLetters.upsert(ctx, tx, l, `consultation, "to", kind, occasion`)
}

// AddSubmission writes a new submission; conflict.submission when the organisation has one.
func (tx *Tx) AddSubmission(ctx context.Context, s alliance.Submission) error {
	return submissions.insert(ctx, tx, s)
}

// ChangeSubmission writes a changed one; CodeStale when it changed meanwhile.
func (tx *Tx) ChangeSubmission(ctx context.Context, s *alliance.Submission) error {
	return submissions.change(ctx, tx, s)
}

// Submission reads a submission.
func (tx *Tx) Submission(ctx context.Context, id domain.ID) (alliance.Submission, error) {
	return submissions.get(ctx, tx, "id = ?", id)
}

// SubmissionOf is what an organisation says to a consultation, false when there is nothing yet.
func (tx *Tx) SubmissionOf(ctx context.Context, consultation, organisation domain.ID) (alliance.Submission, bool, error) {
	found, err := submissions.page(ctx, tx, 1, "id", "consultation = ? AND organisation = ? AND organisation <> ''",
		consultation, organisation)
	if err != nil || len(found) == 0 {
		return alliance.Submission{}, false, err
	}
	return found[0], true, nil
}

// SubmissionsOf lists the submissions of a consultation that count.
func (tx *Tx) SubmissionsOf(ctx context.Context, consultation domain.ID) ([]domain.ID, error) {
	var out []domain.ID
	err := tx.db.NewRaw("SELECT id FROM submissions WHERE consultation = ? AND state = 'submitted' ORDER BY id", consultation).
		Scan(ctx, &out)
	return out, translate(err, submissions.kind)
}

// SubmissionsUnasked lists the submissions of a consultation that count and whose giver got no letter that asked.
func (tx *Tx) SubmissionsUnasked(ctx context.Context, consultation domain.ID) ([]domain.ID, error) {
	var out []domain.ID
	err := tx.db.NewRaw(`SELECT s.id FROM submissions s WHERE s.consultation = ? AND s.state = 'submitted' AND NOT EXISTS (
	SELECT 1 FROM consultation_letters l WHERE l.consultation = s.consultation AND l."to" = s.submitted_by AND l.kind = 'ask' AND l.failure = '')
ORDER BY s.id`, consultation).Scan(ctx, &out)
	return out, translate(err, submissions.kind)
}

// PutOpinions writes the opinions of a submission in place of those before.
func (tx *Tx) PutOpinions(ctx context.Context, submission domain.ID, all []alliance.Opinion) error {
	if err := opinions.delete(ctx, tx, "submission = ?", submission); err != nil {
		return err
	}
	return opinions.insert(ctx, tx, all...)
}

// AddSpeaker writes who wants to speak; conflict.speaker when somebody with the address does.
func (tx *Tx) AddSpeaker(ctx context.Context, s alliance.Speaker) error {
	return speakers.insert(ctx, tx, s)
}

// ChangeSpeaker writes a changed one; CodeStale when it changed meanwhile.
func (tx *Tx) ChangeSpeaker(ctx context.Context, s *alliance.Speaker) error {
	return speakers.change(ctx, tx, s)
}

// Speaker reads one.
func (tx *Tx) Speaker(ctx context.Context, id domain.ID) (alliance.Speaker, error) {
	return speakers.get(ctx, tx, "id = ?", id)
}

// SpeakersOf lists who speaks at a hearing or wants to, as they signed up.
func (tx *Tx) SpeakersOf(ctx context.Context, consultation domain.ID) ([]alliance.Speaker, error) {
	return speakers.list(ctx, tx, "applied_at, id", "consultation = ?", consultation)
}

// LiveHearings lists the hearings and pre-notices of a committee that are not over.
func (tx *Tx) LiveHearings(ctx context.Context, committee domain.ID) ([]alliance.Consultation, error) {
	return consultations.list(ctx, tx, "id",
		"committee = ? AND kind IN ('hearing', 'prenotice') AND state IN ('drafting', 'collecting', 'disposing')", committee)
}

// AddOpinionFile keeps which file belongs to a submission.
func (tx *Tx) AddOpinionFile(ctx context.Context, f alliance.OpinionFile) error {
	return opinionFiles.insert(ctx, tx, f)
}

// OpinionFile reads which file one is.
func (tx *Tx) OpinionFile(ctx context.Context, id domain.ID) (alliance.OpinionFile, error) {
	return opinionFiles.get(ctx, tx, "id = ?", id)
}

// DropOpinionFile takes a file off a submission.
func (tx *Tx) DropOpinionFile(ctx context.Context, id domain.ID) error {
	return opinionFiles.delete(ctx, tx, "id = ?", id)
}

// OpinionFilesOf lists the files of submissions, as they came.
func (tx *Tx) OpinionFilesOf(ctx context.Context, submissions []domain.ID) ([]alliance.OpinionFile, error) {
	return opinionFiles.list(ctx, tx, "submission, added_at, id", "submission IN ?", bun.Tuple(submissions))
}

// CallsOfAlliance lists the calls of an alliance that were not cancelled, newest first.
func (tx *Tx) CallsOfAlliance(ctx context.Context, of domain.ID) ([]consulting.Choice, error) {
	out := []consulting.Choice{}
	err := tx.db.NewRaw("SELECT id, title, '' AS detail FROM calls WHERE alliance = ? AND state <> 'cancelled' ORDER BY id DESC LIMIT 100", of).
		Scan(ctx, &out)
	return out, translate(err, calls.kind)
}

// ConsultedOn lists the consultations on a call to which an organisation gave an opinion.
func (tx *Tx) ConsultedOn(ctx context.Context, call, organisation domain.ID) ([]selecting.Consulted, error) {
	out := []selecting.Consulted{}
	err := tx.db.NewRaw(`SELECT c.id, c.year, c.number, c.title, s.submitted_at FROM consultations c
JOIN submissions s ON s.consultation = c.id AND s.state = 'submitted' WHERE c.call = ? AND s.organisation = ? ORDER BY c.id`,
		call, organisation).Scan(ctx, &out)
	return out, translate(err, consultations.kind)
}

// OpinionsOf lists the opinions of a submission by article.
func (tx *Tx) OpinionsOf(ctx context.Context, submission domain.ID) ([]alliance.Opinion, error) {
	return opinions.list(ctx, tx, "article, id", "submission = ?", submission)
}

// Opinion reads an opinion.
func (tx *Tx) Opinion(ctx context.Context, id domain.ID) (alliance.Opinion, error) {
	return opinions.get(ctx, tx, "id = ?", id)
}

// ChangeOpinion writes a changed one; CodeStale when it changed meanwhile.
func (tx *Tx) ChangeOpinion(ctx context.Context, o *alliance.Opinion) error {
	return opinions.change(ctx, tx, o)
}

// Followers counts the opinions that are answered with one.
func (tx *Tx) Followers(ctx context.Context, lead domain.ID) (int, error) {
	return opinions.count(ctx, tx, "lead = ?", lead)
}

// FindOpinions lists submitted opinions with who gave them, in the order of the articles, the whole first.
func (tx *Tx) FindOpinions(ctx context.Context, f consulting.OpinionFilter) ([]consulting.Given, error) {
	where, args := "o.consultation = ? AND s.state = 'submitted'", []any{f.Consultation}
	if f.After != "" {
		where, args = where+" AND (o.article, o.id) > (SELECT l.article, l.id FROM opinions l WHERE l.id = ?)", append(args, f.After)
	}
	if f.Article >= 0 {
		where, args = where+" AND o.article = ?", append(args, f.Article)
	}
	if f.Open {
		where += " AND o.outcome = '' AND o.lead = ''"
	}
	if f.Unmasked {
		where += " AND o.personal > 0 AND o.masked_at IS NULL"
	}
	if f.Leading {
		where += " AND o.lead = '' AND (o.outcome <> '' OR EXISTS (SELECT 1 FROM opinions f WHERE f.lead = o.id))"
	}
	out := []consulting.Given{}
	err := tx.db.NewRaw(`SELECT o.*, s.giver, s.organisation, coalesce(h.outcome, '') AS lead_outcome, coalesce(h.reason, '') AS lead_reason
FROM opinions o JOIN submissions s ON s.id = o.submission LEFT JOIN opinions h ON h.id = o.lead AND o.lead <> ''
WHERE `+where+` ORDER BY o.article, o.id LIMIT ?`, append(args, f.Limit)...).Scan(ctx, &out)
	return out, translate(err, opinions.kind)
}

// Outcomes counts the submitted opinions of a consultation by their answer, which may be that of a like one.
func (tx *Tx) Outcomes(ctx context.Context, consultation domain.ID) ([]alliance.Answers, error) {
	out := []alliance.Answers{}
	err := tx.db.NewRaw(`SELECT CASE WHEN o.lead = '' THEN o.outcome ELSE coalesce(l.outcome, '') END AS outcome, count(*) AS opinions,
count(CASE WHEN o.personal > 0 AND o.masked_at IS NULL THEN 1 END) AS unmasked
FROM opinions o JOIN submissions s ON s.id = o.submission LEFT JOIN opinions l ON l.id = o.lead AND o.lead <> ''
WHERE o.consultation = ? AND s.state = 'submitted' GROUP BY 1`, consultation).Scan(ctx, &out)
	return out, translate(err, opinions.kind)
}
