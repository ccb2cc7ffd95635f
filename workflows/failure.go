package workflows

import (
	"errors"
	"slices"

	"secretariat/domain"
	"secretariat/service"
	"secretariat/service/sweeping"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// passing are the codes of failures that may pass by themselves; the others need somebody's act.
var passing = []domain.Code{
	domain.CodeStale, domain.CodeUnavailable, domain.CodeLimited, domain.CodeInternal,
}

// passingKeys are conflicts between acts at the same moment, which the next try finds over: two tries of one act, and a document
// whose content changed while it was filed.
var passingKeys = []string{service.ErrKeyRace.Key, "document.changed"}

// failure makes an error into what the engine may keep: its code as the type and its message key as the text, and never the
// cause, whose text may name people.
func failure(err error) error {
	if err == nil {
		return nil
	}
	code, key := domain.CodeOf(err), domain.KeyOf(err)
	if key == "" {
		key = string(code)
	}
	return temporal.NewApplicationErrorWithOptions(key, string(code), temporal.ApplicationErrorOptions{
		NonRetryable: !slices.Contains(passing, code) && !slices.Contains(passingKeys, key),
	})
}

// reasonOf reads code and key back from the failure of an activity; one that timed out has neither.
func reasonOf(err error) (code, key string) {
	var app *temporal.ApplicationError
	if errors.As(err, &app) {
		return app.Type(), app.Message()
	}
	return string(domain.CodeUnavailable), string(domain.CodeUnavailable)
}

// recordIncident keeps the failure of a step for the staff.
func recordIncident(ctx workflow.Context, kind string, of domain.ID, s Step, err error) error {
	code, key := reasonOf(err)
	in := sweeping.IncidentInput{Kind: kind, Case: of, Step: string(s), Code: code, Key: key}
	ctx = workflow.WithActivityOptions(ctx, optionsOf(StepRecordIncident))
	return workflow.ExecuteActivity(ctx, string(StepRecordIncident), in).Get(ctx, nil)
}
