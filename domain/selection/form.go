package selection

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"secretariat/domain"
)

// Form is the application form of a call: data that is published with its terms. Without sections it is the standard one.
type Form struct {
	Sections []Section `json:"sections,omitempty"`
}

// Section is a part of a form.
type Section struct {
	Title  Words   `json:"title"`
	Note   Words   `json:"note,omitzero"`
	Fields []Field `json:"fields"`
}

// Words is a text for applicants in both languages. Without English the Korean is shown.
type Words struct {
	Ko string `json:"ko"`
	En string `json:"en,omitempty"`
}

// In is the text in a language, "ko" or "en".
func (w Words) In(lang string) string {
	if lang == "en" && w.En != "" {
		return w.En
	}
	return w.Ko
}

// FieldKind is what is filled in.
type FieldKind string

// The kinds of fields.
const (
	ShortText      FieldKind = "short_text"
	LongText       FieldKind = "long_text"
	Integer        FieldKind = "integer" // from 0
	Won            FieldKind = "won"
	Percent        FieldKind = "percent" // whole
	Day            FieldKind = "date"
	YesNo          FieldKind = "yes_no"
	OneOf          FieldKind = "one_of"
	ManyOf         FieldKind = "many_of"
	BusinessNumber FieldKind = "business_number"
	Table          FieldKind = "table" // rows of the columns
	File           FieldKind = "file"
)

// FieldKinds lists them.
func FieldKinds() []FieldKind {
	return []FieldKind{ShortText, LongText, Integer, Won, Percent, Day, YesNo, OneOf, ManyOf, BusinessNumber, Table, File}
}

// Feed is what of an application a field gives to its examination and to everything that reads applications.
type Feed string

// The feeds.
const (
	FeedTitle     Feed = "title"
	FeedSummary   Feed = "summary"
	FeedPlan      Feed = "plan"
	FeedAmount    Feed = "amount"
	FeedOwnMoney  Feed = "own_money"
	FeedHeadCount Feed = "head_count" // for a ceiling a head
	FeedPartners  Feed = "partners"   // a table whose business numbers are those of partner organisations
	FeedTRL       Feed = "trl"        // 기술성숙도 today
	FeedTRLTarget Feed = "trl_target"
)

// feedKinds are the kinds of fields that can give it.
var feedKinds = map[Feed][]FieldKind{
	FeedTitle: {ShortText}, FeedSummary: {ShortText, LongText}, FeedPlan: {LongText}, FeedAmount: {Won}, FeedOwnMoney: {Won},
	FeedHeadCount: {Integer}, FeedPartners: {Table}, FeedTRL: {Integer}, FeedTRLTarget: {Integer},
}

// Feeds lists them.
func Feeds() []Feed {
	return []Feed{FeedTitle, FeedSummary, FeedPlan, FeedAmount, FeedOwnMoney, FeedHeadCount, FeedPartners, FeedTRL, FeedTRLTarget}
}

// Field is one thing to fill in.
type Field struct {
	Key          string      `json:"key"` // stable: answers are kept under it
	Label        Words       `json:"label"`
	Hint         Words       `json:"hint,omitzero"`
	Kind         FieldKind   `json:"kind"`
	Required     bool        `json:"required,omitempty"`
	Least        int64       `json:"least,omitempty"` // characters, units, choices, rows or files; 0: no limit
	Most         int64       `json:"most,omitempty"`  // the same; 0: the usual limit of the kind
	Choices      []Choice    `json:"choices,omitempty"`
	Columns      []Column    `json:"columns,omitempty"`
	Media        []string    `json:"media,omitempty"`        // kinds of files, as in FileKinds; empty: all of them
	Size         int64       `json:"size,omitempty"`         // bytes of one file; 0: as the server allows
	When         []Condition `json:"when,omitempty"`         // it is there when all of them hold
	RequiredWhen []Condition `json:"requiredWhen,omitempty"` // it is required when all of them hold
	Feeds        Feed        `json:"feeds,omitempty"`
	Must         string      `json:"must,omitempty"` // the one choice with which an application is eligible
}

// Choice is one of the answers to choose from.
type Choice struct {
	Value string `json:"value"`
	Label Words  `json:"label"`
}

// Column is a column of a table.
type Column struct {
	Key      string    `json:"key"`
	Label    Words     `json:"label"`
	Kind     FieldKind `json:"kind"`
	Required bool      `json:"required,omitempty"` // in every row that is not empty
	Most     int64     `json:"most,omitempty"`
}

// Condition holds when a field has one of some values; without values, when it is filled in at all. A field that is not
// there is not filled in.
type Condition struct {
	Field string   `json:"field"`
	Is    []string `json:"is,omitempty"`
}

// The values of a yes-no field.
const (
	Yes = "true"
	No  = "false"
)

// Empty reports whether a call has no form of its own.
func (f Form) Empty() bool { return len(f.Sections) == 0 }

// Fields are all fields in their order.
func (f Form) Fields() []Field {
	var out []Field
	for _, s := range f.Sections {
		out = append(out, s.Fields...)
	}
	return out
}

// Field finds one by its key.
func (f Form) Field(key string) (Field, bool) {
	all := f.Fields()
	i := slices.IndexFunc(all, func(x Field) bool { return x.Key == key })
	if i < 0 {
		return Field{}, false
	}
	return all[i], true
}

// FedBy finds the field that gives something, false when none does.
func (f Form) FedBy(feed Feed) (Field, bool) {
	all := f.Fields()
	i := slices.IndexFunc(all, func(x Field) bool { return x.Feeds == feed })
	if i < 0 {
		return Field{}, false
	}
	return all[i], true
}

// Hash is the SHA-256 of the form's JSON, whose fields have one order.
func (f Form) Hash() string {
	raw, err := json.Marshal(f)
	if err != nil { // a form has nothing that JSON cannot write
		return ""
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// StandardForm is that of a call that defines none.
func StandardForm() Form {
	return Form{Sections: []Section{{
		Title: Words{"신청 내용", "What is applied for"},
		Fields: []Field{
			{Key: "title", Label: Words{"과제 이름", "Title"}, Kind: ShortText, Required: true, Feeds: FeedTitle},
			{Key: "amount", Label: Words{"신청 금액", "Amount asked for"}, Kind: Won, Required: true, Least: 1, Feeds: FeedAmount},
			{Key: "own_money", Label: Words{"자부담", "Own money"}, Kind: Won, Feeds: FeedOwnMoney},
			{Key: "summary", Label: Words{"요약", "Summary"}, Kind: LongText, Required: true, Feeds: FeedSummary},
			{Key: "plan", Label: Words{"사업계획", "Plan"}, Kind: LongText, Required: true, Most: domain.MaxBody, Feeds: FeedPlan},
		},
	}}}
}

// ApplicationForm is the form of the call, or the standard one.
func (t Terms) ApplicationForm() Form {
	if t.Form.Empty() {
		return StandardForm()
	}
	return t.Form
}
