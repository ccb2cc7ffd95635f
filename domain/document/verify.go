package document

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/policy"
)

// Verify counts a record again from itself alone: who was there from the presence log at the time of each vote, who
// was entitled after recusals, the votes with the same function that counted them, what the outcome means for the
// items, and whether minutes, decisions and papers say the same. What is withheld is reported as such and never as a
// fault.
func Verify(r Record, canonical minutes.Canonical) []Check {
	a := &audit{canonical: canonical, labels: map[string]int{}}
	if !a.load(r) {
		return a.found
	}
	a.seal()
	if !a.rules() {
		return a.found
	}
	a.roster()
	a.convening()
	a.sitting()
	a.presences()
	a.recusals()
	for _, b := range a.Ballots {
		a.ballot(b)
	}
	a.items()
	a.papers()
	a.minutesText()
	a.signing()
	a.decisions()
	return a.found
}

// load takes the record as its JSON gives it, so that a record from memory is read no otherwise than one from a file.
func (a *audit) load(r Record) bool {
	raw, err := json.Marshal(r)
	if err == nil {
		err = json.Unmarshal(raw, &a.Record)
	}
	if err != nil {
		a.judge(false, "기록 형식", "", "읽을 수 없음", SchemaRecord, "")
		return false
	}
	a.compare("기록 형식", "", a.Schema, SchemaRecord, "")
	return a.Schema == SchemaRecord
}

func (a *audit) seal() {
	copied := a.Record
	copied.Hash = ""
	sum, err := a.hash(copied)
	if err != nil {
		sum = "계산할 수 없음"
	}
	a.compare("기록의 해시(SHA-256)", "", a.Hash, sum, "기록물령 28③")
}

// needed are the rules without which nothing can be counted.
var needed = []string{
	policy.NoticeDays.Name, policy.NoticeClearDays.Name, policy.NoticeExceptions.Name, policy.WrittenGrounds.Name,
	policy.WrittenWindowDays.Name, policy.MeetingQuorum.Name, policy.QuorumChecks.Name, policy.RemotePresent.Name,
	policy.ProxyExOfficio.Name, policy.DecisionMajority.Name, policy.ElectionMajority.Name, policy.TieRule.Name,
	policy.NoVoters.Name, policy.RecusedInQuorum.Name, policy.RecusedInBase.Name, policy.AbstentionInBase.Name,
	policy.LeftInBase.Name, policy.ChallengedVotes.Name, policy.RecusalGrounds.Name, policy.ChallengeGrounds.Name,
	policy.DecisionEffect.Name, policy.MinutesFields.Name, policy.SignDays.Name, policy.PublishDays.Name,
	policy.DisclosureGrounds.Name, policy.DisclosureWarning.Name, policy.PublishWithoutAll.Name,
	policy.WithholdingReason.Name, policy.ActingChairOrder.Name, policy.VerbatimRequired.Name,
}

// rules checks the frozen rules against their hash, and that all are there that are needed.
func (a *audit) rules() bool {
	name := a.Rules.Title
	a.judge(a.Rules.Hash() == a.Meeting.RulesHash, "적용 기준의 해시(SHA-256)", name, a.Meeting.RulesHash, a.Rules.Hash(), "")
	var faults []string
	last := ""
	values := map[string]string{}
	for _, e := range a.Rules.Entries {
		if e.Key <= last {
			faults = append(faults, e.Key+" 순서")
		}
		last, values[e.Key] = e.Key, e.Value
	}
	for _, key := range needed {
		value, ok := values[key]
		if !ok {
			faults = append(faults, key+" 없음")
			continue
		}
		if policy.CheckValue(key, value) != nil {
			faults = append(faults, key+" 값")
		}
	}
	sound := fmt.Sprintf("%s, %s 시행분, %d개 값", a.Rules.Pack, a.Rules.Day.Korean(), len(a.Rules.Entries))
	a.wrongs(faults, "적용 기준", name, sound, "")
	return len(faults) == 0
}

// roster checks that every serving member stands in it once.
func (a *audit) roster() {
	var faults []string
	for i, s := range a.Roster {
		for _, o := range a.Roster[:i] {
			if o.Member == s.Member || o.Number == s.Number && s.Number > 0 {
				faults = append(faults, fmt.Sprintf("%d번 자리 중복", s.Number))
			}
		}
		if s.Name == "" || s.Member == "" {
			faults = append(faults, fmt.Sprintf("%d번 자리의 위원 없음", s.Number))
		}
	}
	if len(a.Roster) == 0 {
		faults = append(faults, "재적위원 없음")
	}
	a.wrongs(faults, "재적위원 명부", "", fmt.Sprintf("재적 %d명", len(a.Roster)), policy.MeetingQuorum.Cite(a.Rules))
}

// seat finds a member of the roster.
func (a *audit) seat(member domain.ID) (RecordSeat, bool) {
	i := slices.IndexFunc(a.Roster, func(s RecordSeat) bool { return s.Member == member })
	if i < 0 {
		return RecordSeat{}, false
	}
	return a.Roster[i], true
}

// serving lists the members in office on the day of an instant, sorted.
func (a *audit) serving(at time.Time) []domain.ID {
	day := calendar.DateOf(at)
	out := []domain.ID{}
	for _, s := range a.Roster {
		if (s.From == "" || s.From <= day) && (s.Until == "" || day <= s.Until) {
			out = append(out, s.Member)
		}
	}
	slices.Sort(out)
	return out
}

// item finds an item.
func (a *audit) item(id domain.ID) (RecordItem, bool) {
	i := slices.IndexFunc(a.Items, func(i RecordItem) bool { return i.Item == id })
	if i < 0 {
		return RecordItem{}, false
	}
	return a.Items[i], true
}

// label names an item for people.
func (i RecordItem) label() string {
	if i.Number != "" {
		return i.Number
	}
	return fmt.Sprintf("안건 %d", i.Position)
}

func (a *audit) written() bool { return a.Meeting.Mode == meeting.Written }

// hides reports whether a text has something withheld in it.
func hides(texts ...string) bool {
	return slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(s, minutes.Bar) })
}

func moment(t time.Time) string {
	return calendar.DateOf(t).Korean() + t.In(calendar.Seoul).Format(" 15:04:05")
}

func people(n int) string { return fmt.Sprintf("%d명", n) }
