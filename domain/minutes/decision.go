package minutes

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/meeting"
)

// Recorded reports whether an item that ended this way gets a decision record: one that was withdrawn or never tabled
// was not before the committee, and stands in the minutes only.
func Recorded(o meeting.Outcome) bool {
	return o != "" && o != meeting.WithdrawnOutcome && o != meeting.NotTabled
}

// Decisions draws up the records of the items that have an outcome, without ids, numbers and hashes.
func Decisions(f Facts) []Decision {
	var out []Decision
	for _, i := range f.Items {
		if i.DecidedAt != nil && Recorded(i.Outcome) {
			out = append(out, f.decision(i))
		}
	}
	return out
}

func (f Facts) decision(i meeting.Item) Decision {
	p := f.part(i)
	d := Decision{
		Committee: f.Committee.ID, Meeting: i.Meeting, Item: i.ID, ItemNumber: i.Number, Kind: i.Kind, Title: i.Title,
		Outcome: i.Outcome, Text: Wording(p), Conditions: i.Conditions, Reason: i.OutcomeReason,
		DecidedAt: *i.DecidedAt, Confidential: i.Confidential,
	}
	for _, b := range p.Ballots {
		if b.Ballot == i.DecidedBallot {
			d.Ballot = &b
		}
	}
	return d
}

// DecisionNumber is the number of a record, e.g. "디지털전환위원회 의결 제2026-3호". One series runs through all kinds.
func DecisionNumber(committee string, kind meeting.ItemKind, decided time.Time, serial int) string {
	word := map[meeting.ItemKind]string{
		meeting.Deliberation: "심의", meeting.Resolution: "의결", meeting.Advice: "자문", meeting.Report: "보고",
	}[kind]
	return fmt.Sprintf("%s %s 제%d-%d호", committee, word, calendar.DateOf(decided).Year(), serial)
}

// Wording is the text of the decision on an item (주문), in the words that its outcome wants. Conditions stand apart
// from it.
func Wording(p ItemPart) string {
	name := meeting.Called(p.Number, p.Title)
	object := name + Particle(p.Title, "을", "를")
	switch p.Outcome {
	case meeting.ApprovedAsProposed:
		return proposed(object, p)
	case meeting.ApprovedAsAmended:
		return object + " 다음과 같이 수정하여 의결한다." + below(p.Text)
	case meeting.ApprovedConditionally:
		return conditional(object, p)
	case meeting.Rejected:
		return object + " 부결한다."
	case meeting.Deferred:
		return name + "의 심의를 보류한다."
	case meeting.Reconsideration:
		return object + " 제안자에게 돌려보내 재심의하도록 한다."
	case meeting.ReportReceived:
		return name + "의 보고를 원안대로 접수한다."
	case meeting.AdviceGiven:
		return name + "에 대하여 다음과 같이 자문한다." + below(p.Text)
	}
	return ""
}

// proposed is the wording of 원안가결. An election has no proposal but a result, which stands as the text.
func proposed(object string, p ItemPart) string {
	if p.Text != "" {
		return object + " 다음과 같이 의결한다." + below(p.Text)
	}
	return object + " 원안대로 의결한다." + below(p.Proposal)
}

func conditional(object string, p ItemPart) string {
	if p.Text != "" {
		return object + " 다음과 같이 수정하여 조건부로 의결한다." + below(p.Text)
	}
	return object + " 조건부로 의결한다." + below(p.Proposal)
}

func below(text string) string {
	if strings.TrimSpace(text) == "" {
		return ""
	}
	return "\n" + strings.TrimSpace(text)
}

// Particle chooses the particle by the last sound of a word: with (을) when it ends in a consonant, without (를) when
// not. Brackets and quotation marks at the end are passed over; of a word that is not Korean both are written, "을(를)".
func Particle(word, with, without string) string {
	chars := []rune(strings.TrimRight(word, ")]}」』》〉\"'”’ ."))
	if len(chars) == 0 {
		return with + "(" + without + ")"
	}
	last := chars[len(chars)-1]
	switch {
	case last >= '가' && last <= '힣' && (last-'가')%28 != 0, strings.ContainsRune("013678", last):
		return with
	case last >= '가' && last <= '힣', strings.ContainsRune("2459", last):
		return without
	}
	return with + "(" + without + ")"
}

// DiscloseDecision is the record for the public: what redactions of the minutes cover is covered in it too.
func DiscloseDecision(d Decision, full Content, all []Redaction) Decision {
	redactions := Active(all)
	disclosed, _ := Disclose(full, all)
	veil := VeilOf(full, redactions)
	d = Veiled(veil, d)
	was, is := full.part(d.Item), disclosed.part(d.Item)
	if was == nil || is == nil {
		return d
	}
	if d.Confidential {
		d.Text, d.Conditions, d.Reason, d.Ballot, d.Cause = Bar+" 비공개 안건", nil, "", nil, ""
		return d
	}
	for _, b := range is.Ballots { // the minutes withhold by what else a candidate is known
		if d.Ballot != nil && d.Ballot.Ballot == b.Ballot {
			d.Ballot = &b
		}
	}
	if d.Supersedes == "" {
		d.Text, d.Conditions, d.Reason = Wording(*is), is.Conditions, is.Reason
		return d
	}
	for _, r := range redactions {
		d = d.bar(full.Covered(r), r.Ground)
	}
	return d
}

// bar covers texts that the minutes withhold wherever a record that supersedes another repeats them.
func (d Decision) bar(hidden []string, ground string) Decision {
	d.Conditions = slices.Clone(d.Conditions)
	for _, h := range hidden {
		cover := func(s string) string { return strings.ReplaceAll(s, h, Bar+"("+ground+"호)") }
		d.Text, d.Reason, d.Cause = cover(d.Text), cover(d.Reason), cover(d.Cause)
		for i := range d.Conditions {
			d.Conditions[i] = cover(d.Conditions[i])
		}
	}
	return d
}

// Cover puts bars over what the minutes withhold of texts, wherever a text says the same word for word, and over
// withheld names.
func Cover(full Content, all []Redaction, text string) string {
	redactions := Active(all)
	for _, r := range redactions {
		for _, h := range full.Covered(r) {
			if len([]rune(h)) > 1 {
				text = strings.ReplaceAll(text, h, Bar+"("+r.Ground+"호)")
			}
		}
	}
	return VeilOf(full, redactions).text(text)
}

func (c Content) part(item domain.ID) *ItemPart {
	for i := range c.Items {
		if c.Items[i].Item == item {
			return &c.Items[i]
		}
	}
	return nil
}
