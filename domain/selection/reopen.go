package selection

import (
	"time"

	"secretariat/domain"
)

// Remedy is what is done about a result that cannot stand as it is.
type Remedy string

// The remedies.
const (
	Rescore Remedy = "rescore" // 재평가: the whole panel looks at its sheets of an application again
	Admit   Remedy = "admit"   // 요건 판정 변경: an application is evaluated after all
	Adjust  Remedy = "adjust"  // 가점ㆍ감점 정정
	Void    Remedy = "void"    // 평가표 무효: an evaluator had a tie
)

// Reopening is why a call is evaluated again after it was ranked. Asked is always the whole panel, never one evaluator, so that
// what differs between two rankings cannot be put down to anybody.
type Reopening struct {
	ID          domain.ID `json:"id"`
	Call        domain.ID `json:"call"`
	Application domain.ID `json:"application,omitempty"` // empty where an evaluator is the reason
	Objection   domain.ID `json:"objection,omitempty"`   // that it rests on; empty: ex officio (직권)
	Remedy      Remedy    `json:"remedy"`
	Reason      string    `json:"reason"`
	At          time.Time `json:"at"`
	By          domain.ID `json:"by"`
	Ranking     int       `json:"ranking"` // version of the ranking that takes it in; 0 while that is to come
}

// Reopened reports whether a call is evaluated again after it was ranked.
func (c Call) Reopened() bool { return c.State == Evaluating && c.RankedAt != nil }

// Reopen takes a call whose result cannot stand back to its evaluation. What was announced stays announced until the next ranking
// is. CodeConflict before it was ranked and once its result is final.
func (c Call) Reopen() (Call, error) {
	if c.State != Ranked && c.State != Announced && !c.Reopened() {
		return c, domain.Conflict("call.not_reopened", nil)
	}
	c.State = Evaluating
	return c, nil
}

// Remedied is an application as a remedy leaves it, before anybody scores anew. CodeConflict when the remedy does not fit.
func (x Application) Remedied(r Remedy, reason string) (Application, error) {
	switch {
	case r == Admit && x.State == Ineligible:
		x.State, x.Reason = Eligible, reason
	case r == Admit || x.State != Eligible:
		return x, domain.Conflict("application.no_remedy", nil)
	}
	return x, nil
}

// Enough reports whether an evaluation stands with so many evaluators left of a panel, when no substitute is: more than half.
func (r Profile) Enough(left int) bool { return 2*left > r.Panel }

// Grade is where a ranking puts an application; the outcome is empty where it was not in it.
type Grade struct {
	Rank    int     `json:"rank"`
	Final   int64   `json:"final"` // thousandths
	Outcome Outcome `json:"outcome,omitempty"`
}

// Change is what a ranking makes of an application otherwise than the one before it.
type Change struct {
	Application domain.ID `json:"application"`
	Was         Grade     `json:"was"`
	Is          Grade     `json:"is"`
}

// Turned reports whether the outcome is another one.
func (c Change) Turned() bool { return c.Was.Outcome != c.Is.Outcome }

// Changes lists what differs between two rankings of a call, in the order of the later.
func Changes(was, is []Row) []Change {
	before := make(map[domain.ID]Grade, len(was))
	for _, r := range was {
		before[r.Application] = gradeOf(r)
	}
	out := []Change{}
	for _, r := range is {
		if c := (Change{r.Application, before[r.Application], gradeOf(r)}); c.Was != c.Is {
			out = append(out, c)
		}
	}
	return out
}

func gradeOf(r Row) Grade { return Grade{r.Rank, r.Final, r.Outcome} }

// Turned reports whether the ranking gives any application another outcome than the one before it.
func (r Ranking) Turned() bool {
	for _, c := range r.Changes {
		if c.Turned() {
			return true
		}
	}
	return false
}

// Ground is one reason for a ranking after the first.
type Ground struct {
	Remedy      Remedy    `json:"remedy"`
	Application domain.ID `json:"application,omitempty"`
	Objection   domain.ID `json:"objection,omitempty"`
	Reason      string    `json:"reason"`
}

// Grounds are the reasons of reopenings.
func Grounds(all []Reopening) []Ground {
	out := []Ground{}
	for _, r := range all {
		out = append(out, Ground{r.Remedy, r.Application, r.Objection, r.Reason})
	}
	return out
}

// Notified lists whom a ranking after the first is told: those with another outcome, and everybody whose grade is another one
// where the scores of an evaluator became void.
func (r Ranking) Notified() []domain.ID {
	var out []domain.ID
	all := false
	for _, g := range r.Grounds {
		all = all || g.Remedy == Void
	}
	for _, c := range r.Changes {
		if all || c.Turned() {
			out = append(out, c.Application)
		}
	}
	return out
}

// Announcement is what was made known of a ranking, without the ranking itself.
type Announcement struct {
	Version     int        `json:"version"`
	At          time.Time  `json:"at"`
	AnnouncedAt *time.Time `json:"announcedAt,omitempty"`
	Hash        string     `json:"hash"`
	Grounds     []Ground   `json:"grounds"`
	Changes     []Change   `json:"changes"`
	Gates       Gates      `json:"gates"`
}

// Disposed is the announcement by which an application has the outcome that it has: the last that turned it, or the first. False
// before any.
func Disposed(all []Announcement, x domain.ID) (Announcement, bool) {
	var out Announcement
	for _, a := range all {
		if a.AnnouncedAt == nil {
			continue
		}
		turned := false
		for _, c := range a.Changes {
			turned = turned || c.Application == x && c.Turned()
		}
		if out.Version == 0 || turned && a.Version > out.Version {
			out = a
		}
	}
	return out, out.Version > 0
}

// PastSheet is a sheet as it stood before it was corrected.
type PastSheet struct {
	Call        domain.ID  `json:"call"`
	Application domain.ID  `json:"application"`
	Evaluator   domain.ID  `json:"evaluator"`
	Version     int        `json:"version"` // of the sheet then
	Scores      []int64    `json:"scores"`
	Comment     string     `json:"comment"`
	SubmittedAt *time.Time `json:"submittedAt,omitempty"`
	ReplacedAt  time.Time  `json:"replacedAt"`
	Reason      string     `json:"reason"` // of the correction
}

// Correct replaces the scores of a locked sheet at the instant and gives the sheet as it stood. ranked is whether the call has a
// ranking: then only sheets that the panel was asked to look at again may change. CodeConflict for a sheet that is not locked,
// void, or not asked for.
func (s Sheet) Correct(scores []int64, comment, reason string, ranked bool, now time.Time) (Sheet, PastSheet, error) {
	if err := s.correctable(ranked); err != nil {
		return s, PastSheet{}, err
	}
	was := PastSheet{s.Call, s.Application, s.Evaluator, s.Version, s.Scores, s.Comment, s.SubmittedAt, now, reason}
	s.Scores, s.Comment, s.SubmittedAt, s.Again = scores, comment, &now, false
	return s, was, nil
}

// Keep leaves a sheet as it is that the panel was asked to look at again.
func (s Sheet) Keep() (Sheet, error) {
	if err := s.correctable(true); err != nil {
		return s, err
	}
	s.Again = false
	return s, nil
}

func (s Sheet) correctable(ranked bool) error {
	switch {
	case s.SubmittedAt == nil || s.Void != "":
		return domain.Conflict("sheet.not_locked", nil)
	case ranked && !s.Again:
		return domain.Conflict("sheet.not_asked", nil)
	}
	return nil
}
