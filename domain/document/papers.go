package document

import (
	"encoding/json"
	"fmt"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
)

// Schemas of the documents' JSON, with their versions.
const (
	SchemaNotice   = "secretariat.notice/1"
	SchemaAgenda   = "secretariat.agenda/1"
	SchemaMinutes  = "secretariat.minutes/1"
	SchemaDecision = "secretariat.decision/1"
	SchemaRecord   = "secretariat.record/1"
)

// Head is what stands above every document. Number and IssuedAt are given when it is filed.
type Head struct {
	Schema      string    `json:"schema"`
	Number      string    `json:"number"`
	IssuedAt    time.Time `json:"issuedAt"`
	Committee   string    `json:"committee"`
	Department  string    `json:"department"`
	LegalBasis  string    `json:"legalBasis"`
	Provisional bool      `json:"provisional"`    // 가칭: the rules rest on a draft ordinance
	Disclosure  string    `json:"disclosure"`     // 공개, 부분공개(5호), 비공개
	Seal        bool      `json:"seal,omitempty"` // the place of the body's seal is printed (행정업무규정 33②)
	Meeting     domain.ID `json:"meeting"`
	Session     int       `json:"session"` // 제N차
}

// Paper is one of the four documents.
type Paper interface {
	// Stamped is the paper with its number and date of issue.
	Stamped(number string, at time.Time) Paper
	// Heading is what stands above it.
	Heading() Head
	// Without is the paper for a member who is recused from items: of them only the numbers stay.
	Without(items []domain.ID) Paper
}

// AgendaLine is an item as notice and agenda list it.
type AgendaLine struct {
	Item         domain.ID        `json:"item"`
	Position     int              `json:"position"`
	Number       string           `json:"number"`
	Kind         meeting.ItemKind `json:"kind"`
	Title        string           `json:"title"`
	Proposer     string           `json:"proposer"`
	Summary      string           `json:"summary,omitempty"`
	Confidential bool             `json:"confidential,omitempty"`
	Papers       []PaperLine      `json:"papers,omitempty"`
}

// PaperLine is an enclosed paper.
type PaperLine struct {
	Number   int    `json:"number"` // 붙임 N
	Revision int    `json:"revision"`
	Title    string `json:"title"`
	SHA256   string `json:"sha256"`
}

// Notice is the letter that calls the members to a meeting (소집통지서, 위원회조례 10①).
type Notice struct {
	Head
	Members       int           `json:"members"` // to whom it goes
	Title         string        `json:"title"`
	Mode          meeting.Mode  `json:"mode"`
	StartsAt      time.Time     `json:"startsAt"`
	ExpectedEnd   time.Time     `json:"expectedEnd"`
	WrittenUntil  *time.Time    `json:"writtenUntil,omitempty"`
	WrittenReason string        `json:"writtenReason,omitempty"` // why the deliberation is written (위원회규칙 4①)
	Place         string        `json:"place"`
	ReplyBy       calendar.Date `json:"replyBy,omitempty"`
	Items         []AgendaLine  `json:"items"`
	Sequence      int           `json:"sequence"` // 0 first, then one more for each change
	Urgent        string        `json:"urgent,omitempty"`
	Basis         string        `json:"basis"` // of the notice
	Pledge        bool          `json:"pledge"`
	PledgeBasis   string        `json:"pledgeBasis,omitempty"`
	RecusalBasis  string        `json:"recusalBasis"`
}

// Agenda is the order of business with its papers (안건목록).
type Agenda struct {
	Head
	Title    string       `json:"title"`
	Mode     meeting.Mode `json:"mode"`
	StartsAt time.Time    `json:"startsAt"`
	Place    string       `json:"place"`
	Items    []AgendaLine `json:"items"`
}

// SignatureLine is a place to sign, with the signature when it is there.
type SignatureLine struct {
	Member domain.ID  `json:"member"`
	Role   string     `json:"role"`
	Name   string     `json:"name"`
	Signed *time.Time `json:"signed,omitempty"`
	Hash   string     `json:"hash,omitempty"` // of the version that was signed
	Note   string     `json:"note,omitempty"`
}

// MinutesRecord are the minutes as they are printed: disclosed, or in full for those who may read all.
type MinutesRecord struct {
	Head
	Full       bool             `json:"full"`
	Version    int              `json:"version"` // number of the locked version
	Hash       string           `json:"hash"`    // of the full text of that version
	Kind       string           `json:"kind"`    // stenography, recording
	Recording  string           `json:"recording"`
	Content    minutes.Content  `json:"content"`
	Notices    []minutes.Notice `json:"notices"`
	Signatures []SignatureLine  `json:"signatures"`
	Confirmed  bool             `json:"confirmed"` // the chair released it before all had signed
	Basis      string           `json:"basis"`
}

// DecisionRecord is the record of one decision (의결서).
type DecisionRecord struct {
	Head
	Decision    minutes.Decision `json:"decision"`
	Replaces    string           `json:"replaces,omitempty"` // number of the record that it supersedes
	MeetingDay  calendar.Date    `json:"meetingDay"`
	Mode        meeting.Mode     `json:"mode"`
	Proposer    string           `json:"proposer"`
	Reasons     string           `json:"reasons,omitempty"` // 제안이유
	Actions     []ActionLine     `json:"actions"`
	Advisory    bool             `json:"advisory"` // the head of the city decides after it
	EffectBasis string           `json:"effectBasis"`
	Pack        string           `json:"pack"` // policy pack and its day
}

// ActionLine is a follow-up as the decision record prints it.
type ActionLine struct {
	Text  string        `json:"text"`
	Owner string        `json:"owner"`
	Due   calendar.Date `json:"due"`
}

// Stamped gives the notice its number.
func (n Notice) Stamped(number string, at time.Time) Paper { n.stamp(number, at); return n }

// Stamped gives the agenda its number.
func (a Agenda) Stamped(number string, at time.Time) Paper { a.stamp(number, at); return a }

// Stamped gives the minutes their number.
func (m MinutesRecord) Stamped(number string, at time.Time) Paper { m.stamp(number, at); return m }

// Stamped gives the decision record the number under which it is filed.
func (d DecisionRecord) Stamped(number string, at time.Time) Paper { d.stamp(number, at); return d }

func (h *Head) stamp(number string, at time.Time) { h.Number, h.IssuedAt = number, at }

// Heading is what stands above a document.
func (h Head) Heading() Head { return h }

// Without hides items from a recused member.
func (n Notice) Without(items []domain.ID) Paper { n.Items = without(n.Items, items); return n }

// Without hides items from a recused member.
func (a Agenda) Without(items []domain.ID) Paper { a.Items = without(a.Items, items); return a }

// Without hides items from a recused member.
func (m MinutesRecord) Without(items []domain.ID) Paper {
	m.Content = m.Content.Without(items)
	return m
}

// Without leaves the record as it is: it is of one item, and a recused member does not get it at all.
func (d DecisionRecord) Without([]domain.ID) Paper { return d }

func without(lines []AgendaLine, items []domain.ID) []AgendaLine {
	out := make([]AgendaLine, len(lines))
	for i, l := range lines {
		out[i] = l
		for _, id := range items {
			if l.Item == id {
				out[i] = AgendaLine{Item: id, Position: l.Position, Number: l.Number, Title: minutes.WithheldFromRecused}
			}
		}
	}
	return out
}

// Decode reads a document of the kind from its JSON.
func Decode(k Kind, raw []byte) (Paper, error) {
	switch k {
	case KindNotice:
		return decode[Notice](raw, SchemaNotice)
	case KindAgenda:
		return decode[Agenda](raw, SchemaAgenda)
	case KindMinutes, KindMinutesFull:
		return decode[MinutesRecord](raw, SchemaMinutes)
	case KindDecision:
		return decode[DecisionRecord](raw, SchemaDecision)
	}
	return nil, fmt.Errorf("no document is of kind %q", k)
}

func decode[P Paper](raw []byte, schema string) (Paper, error) {
	var p P
	if err := json.Unmarshal(raw, &p); err != nil {
		return nil, err
	}
	if found := p.Heading().Schema; found != schema {
		return nil, fmt.Errorf("schema is %q, not %q", found, schema)
	}
	return p, nil
}
