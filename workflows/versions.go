package workflows

import "time"

// Changes to workflow code. A run lasts at most longestRun and the next one runs new code, so a change needs a
// workflow.GetVersion only while runs of the release before may be open: add a constant here with the day and the reason as its
// id, and remove it with the release after the next. The recorded histories in testdata/history tell when one is needed.

// longestRun is how long one run lasts at most: one stage, or one nap.
const longestRun = 30 * 24 * time.Hour

// longestHistory is how many events one run gathers at most, far below what the server allows.
const longestHistory = 2000

// versionPlanAnnual: since 2026-11-27 a plan's case has the steps of each year and its evaluation as deadlines of their own.
const versionPlanAnnual = "2026-11-27 plan-annual-steps"

// versionPlanLetters: since 2026-11-27 owners are written to who owe figures in a review.
const versionPlanLetters = "2026-11-27 plan-review-letters"

// versionSupplements: since 2026-11-28 a call whose applications are reviewed sends requests for supplements and waits for them.
const versionSupplements = "2026-11-28 selection-supplements"

// versionRegulation: since 2026-11-28 a request to improve a regulation has a day to reply beside its gates, and may wait for
// the office in charge of the sandbox.
const versionRegulation = "2026-11-28 task-regulation"

// versionAnswersAgain: since 2026-11-28 answers to objections that are late are chased while a call is evaluated again too.
const versionAnswersAgain = "2026-11-28 selection-answers-again"
