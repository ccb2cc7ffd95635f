package document

import (
	"fmt"
	"strings"

	"secretariat/domain/minutes"
)

// Status is how a check ended.
type Status string

// Holds: what is stated is what was computed. Fails: it is not, so the record is wrong or was changed. Missed: the
// record is consistent and shows that a duty was not kept, such as a day that passed. Withheld: it cannot be computed
// because what it needs is not public.
const (
	Holds    Status = "holds"
	Fails    Status = "fails"
	Missed   Status = "missed"
	Withheld Status = "withheld"
)

// Korean is the status in words.
func (s Status) Korean() string {
	return map[Status]string{
		Holds: "맞음", Fails: "맞지 않음", Missed: "지키지 못함", Withheld: "확인할 수 없음: 비공개",
	}[s]
}

// Check is one thing that was recounted: what the record states, what follows from the rest of it, and on which rule.
type Check struct {
	Name     string `json:"name"`    // what is checked, e.g. 의결정족수
	Subject  string `json:"subject"` // of what, e.g. 의안 제2026-3호
	Status   Status `json:"status"`
	Stated   string `json:"stated"`
	Computed string `json:"computed"`
	Basis    string `json:"basis,omitempty"` // legal source
}

// OK reports whether nothing speaks against the record.
func (c Check) OK() bool { return c.Status == Holds || c.Status == Withheld }

// Line is the check as people read it, e.g.
// "[맞음] 표결 결과 — 의안 제2026-3호: 재적 15 · 출석 12 ... (근거: 위원회조례 7①)".
func (c Check) Line() string {
	var b strings.Builder
	fmt.Fprintf(&b, "[%s] %s", c.Status.Korean(), c.Name)
	if c.Subject != "" {
		b.WriteString(" — " + c.Subject)
	}
	b.WriteString(": " + c.values())
	if c.Basis != "" {
		b.WriteString(" (근거: " + c.Basis + ")")
	}
	return b.String()
}

func (c Check) values() string {
	switch {
	case c.Status == Withheld, c.Stated == c.Computed, c.Stated == "":
		return c.Computed
	case c.Status == Fails:
		return fmt.Sprintf("기록에는 %s, 다시 계산하면 %s", c.Stated, c.Computed)
	}
	return c.Stated + " / " + c.Computed
}

// Report is all that was checked.
type Report struct {
	Checks []Check `json:"checks"`
}

// OK reports whether every check holds or cannot be made because something is withheld.
func (r Report) OK() bool { return r.Count(Fails)+r.Count(Missed) == 0 }

// Count is how many checks ended so.
func (r Report) Count(s Status) int {
	n := 0
	for _, c := range r.Checks {
		if c.Status == s {
			n++
		}
	}
	return n
}

// Lines is the report as people read it, the sum of it last.
func (r Report) Lines() []string {
	out := make([]string, 0, len(r.Checks)+1)
	for _, c := range r.Checks {
		out = append(out, c.Line())
	}
	return append(out, fmt.Sprintf("확인 %d건: 맞음 %d, 맞지 않음 %d, 지키지 못함 %d, 비공개로 확인할 수 없음 %d",
		len(r.Checks), r.Count(Holds), r.Count(Fails), r.Count(Missed), r.Count(Withheld)))
}

// audit is a record under examination, with what was found so far.
type audit struct {
	Record
	canonical minutes.Canonical
	found     []Check
	labels    map[string]int // votes seen of each item, for their names
}

// compare notes whether a stated value is the computed one.
func (a *audit) compare(name, subject, stated, computed, basis string) {
	a.judge(stated == computed, name, subject, stated, computed, basis)
}

// judge notes a check that holds or fails.
func (a *audit) judge(ok bool, name, subject, stated, computed, basis string) {
	status := Holds
	if !ok {
		status = Fails
	}
	a.found = append(a.found, Check{name, subject, status, stated, computed, basis})
}

// duty notes whether a duty was kept.
func (a *audit) duty(kept bool, name, subject, stated, computed, basis string) {
	status := Holds
	if !kept {
		status = Missed
	}
	a.found = append(a.found, Check{name, subject, status, stated, computed, basis})
}

// withheld notes that something cannot be checked.
func (a *audit) withheld(name, subject, why string) {
	a.found = append(a.found, Check{Name: name, Subject: subject, Status: Withheld, Computed: why})
}

// wrongs notes a check whose faults are listed; it holds when there are none, and sound then says what was looked at.
func (a *audit) wrongs(faults []string, name, subject, sound, basis string) {
	if len(faults) == 0 {
		a.judge(true, name, subject, sound, sound, basis)
		return
	}
	a.judge(false, name, subject, strings.Join(faults, "; "), sound, basis)
}

// hash is the SHA-256 of a value's canonical JSON.
func (a *audit) hash(v any) (string, error) { return a.canonical.Hash(v) }
