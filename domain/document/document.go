// Package document holds what is published of a meeting: the four documents an official signs, how they are filed, and
// the record from which anybody can recount every decision (기록물령 18, 20, 26; 열린시정조례 5①).
package document

import (
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
)

// Kind of a filed document.
type Kind string

// The kinds. Minutes are the disclosed ones; MinutesFull hold all and are never public.
const (
	KindNotice      Kind = "notice"       // 소집통지서
	KindAgenda      Kind = "agenda"       // 안건목록
	KindMinutes     Kind = "minutes"      // 회의록
	KindMinutesFull Kind = "minutes_full" // 회의록(전문)
	KindDecision    Kind = "decision"     // 결정서
)

// Kinds lists all kinds in the order of the process.
func Kinds() []Kind {
	return []Kind{KindNotice, KindAgenda, KindMinutesFull, KindMinutes, KindDecision}
}

// Korean is what a document of the kind is called.
func (k Kind) Korean() string {
	return map[Kind]string{
		KindNotice: "소집통지서", KindAgenda: "안건목록", KindMinutes: "회의록", KindMinutesFull: "회의록(전문)",
		KindDecision: "결정서",
	}[k]
}

// Document is one filed document. Its bytes are kept by their hashes; changed content is a new revision and the old
// one stays.
type Document struct {
	ID           domain.ID     `json:"id"`
	Committee    domain.ID     `json:"committee"`
	Meeting      domain.ID     `json:"meeting"`
	Kind         Kind          `json:"kind"`
	Subject      domain.ID     `json:"subject"` // the decision, or the meeting
	Item         domain.ID     `json:"item,omitempty"`
	Revision     int           `json:"revision"` // from 1
	Number       string        `json:"number"`   // e.g. 디지털전환과-12
	Title        string        `json:"title"`
	Content      string        `json:"content"` // SHA-256 of its canonical JSON without number and date of issue
	PDF          string        `json:"pdf"`     // SHA-256; empty until it is printed
	JSON         string        `json:"json"`    // SHA-256 of its canonical JSON; empty until it is printed
	Size         int64         `json:"size"`    // of the PDF, in bytes
	IssuedAt     time.Time     `json:"issuedAt"`
	Public       bool          `json:"public"`
	Confidential bool          `json:"confidential"` // of a confidential item
	Retention    string        `json:"retention"`    // 보존기간, e.g. 영구
	RetainFrom   calendar.Date `json:"retainFrom"`   // when the period begins to run
	Superseded   bool          `json:"superseded"`   // a newer revision is there
}

// Printed reports whether the document is complete; before that only its number is taken.
func (d Document) Printed() bool { return d.PDF != "" && d.JSON != "" }

// Number writes a general document's number by the pattern of the policy, e.g. "디지털전환과-12" (행정업무규정 11①).
func Number(r policy.Rules, department string, serial string) string {
	return strings.NewReplacer("{department}", department, "{serial}", serial).Replace(policy.GeneralNumber.Of(r))
}

// Retain says how long a document of the kind is kept and from when: decisions on plans and selections as long as the
// policy says for them, minutes likewise, all else as the rest (기록물령 26). The years run from 1 January after
// completion.
func Retain(r policy.Rules, k Kind, subject meeting.Subject, completed time.Time) (class string, from calendar.Date) {
	class = policy.RetentionOther.Of(r)
	weighty := subject == meeting.SubjectPlan || subject == meeting.SubjectSelection
	switch {
	case k == KindMinutes || k == KindMinutesFull:
		class = policy.RetentionMinutes.Of(r)
	case k == KindDecision && weighty:
		class = policy.RetentionDecision.Of(r)
	}
	day := calendar.DateOf(completed)
	if policy.RetentionStart.Of(r) == "next_january" {
		day = calendar.DateOf(time.Date(day.Year()+1, time.January, 1, 0, 0, 0, 0, calendar.Seoul))
	}
	return class, day
}

// FileName is the name of the document in a folder of published records, without extension.
func FileName(k Kind, itemNumber string, correction bool) string {
	if k != KindDecision {
		return k.Korean()
	}
	number := strings.NewReplacer(" ", "", "/", "-", "\\", "-", ".", "-").Replace(itemNumber)
	if correction {
		number += "-정정"
	}
	return k.Korean() + "-" + number
}
