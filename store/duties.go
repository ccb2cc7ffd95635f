package store

import (
	"context"

	"secretariat/domain"
	"secretariat/service/sweeping"
)

var (
	duties    = table[sweeping.Duty]{"duties", "duty"}
	incidents = table[sweeping.Incident]{"incidents", "incident"}
)

var _ sweeping.Tx = (*Tx)(nil)

// OpenDuties lists what a committee owes now, by due date, what has none last.
func (tx *Tx) OpenDuties(ctx context.Context, committee domain.ID) ([]sweeping.Duty, error) {
	return duties.list(ctx, tx, "CASE WHEN due = '' THEN 1 ELSE 0 END, due, key, id",
		"committee = ? AND resolved_at IS NULL", committee)
}

// AddDuty writes a new duty; CodeConflict when the same is open.
func (tx *Tx) AddDuty(ctx context.Context, d sweeping.Duty) error { return duties.insert(ctx, tx, d) }

// ChangeDuty writes what became of a duty.
func (tx *Tx) ChangeDuty(ctx context.Context, d sweeping.Duty) error {
	return duties.update(ctx, tx, d, "id = ?", d.ID)
}

// OpenIncident finds the incident of a step that was not resolved, false when there is none.
func (tx *Tx) OpenIncident(ctx context.Context, kind string, of domain.ID, step string) (sweeping.Incident, bool, error) {
	found, err := incidents.page(ctx, tx, 1, "id", `kind = ? AND "case" = ? AND step = ? AND resolved_at IS NULL`, kind, of, step)
	if err != nil || len(found) == 0 {
		return sweeping.Incident{}, false, err
	}
	return found[0], true, nil
}

// Incident reads an incident.
func (tx *Tx) Incident(ctx context.Context, id domain.ID) (sweeping.Incident, error) {
	return incidents.get(ctx, tx, "id = ?", id)
}

// Incidents lists incidents that were not resolved, newest first, older than before; of a committee's cases, or all.
func (tx *Tx) Incidents(ctx context.Context, committee, before domain.ID, limit int) ([]sweeping.Incident, error) {
	where, args := "resolved_at IS NULL", []any(nil)
	if committee != "" {
		where += ` AND EXISTS (` + casesOf("id = ?TableAlias.\"case\" AND committee = ?") + `)`
		for range caseTables {
			args = append(args, committee)
		}
	}
	if before != "" {
		where += " AND id < ?"
		args = append(args, before)
	}
	return incidents.page(ctx, tx, limit, "id DESC", where, args...)
}

// AddIncident writes a new incident; CodeConflict when one of the same step is open.
func (tx *Tx) AddIncident(ctx context.Context, i sweeping.Incident) error {
	return incidents.insert(ctx, tx, i)
}

// ChangeIncident writes what became of an incident.
func (tx *Tx) ChangeIncident(ctx context.Context, i sweeping.Incident) error {
	return incidents.update(ctx, tx, i, "id = ?", i.ID)
}
