package meeting

import (
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// NoticeRule is how long before a meeting its schedule and agenda must reach the members (위원회조례 10①).
type NoticeRule struct {
	Days  int  `json:"days"`  // least days from notice to meeting, the day of the notice not counted
	Clear bool `json:"clear"` // strictly read, that many clear days must lie between them
}

// NoticeRuleOf takes the rule from the policy.
func NoticeRuleOf(r policy.Rules) NoticeRule {
	return NoticeRule{Days: policy.NoticeDays.Of(r), Clear: policy.NoticeClearDays.Of(r)}
}

// Timeliness is how a notice stands to the rule.
type Timeliness string

// InTime: by the strict reading. Tight: in time by the usual reading, one day short of the strict one. Late: by both.
const (
	InTime Timeliness = "in_time"
	Tight  Timeliness = "tight"
	Late   Timeliness = "late"
)

// LastLawful is the last day on which a notice for the day is in time by the usual reading (D-15).
func (n NoticeRule) LastLawful(day calendar.Date) calendar.Date { return day.AddDays(-n.Days) }

// LastSafe is the last day on which a notice for the day is in time by the strict reading (D-16).
func (n NoticeRule) LastSafe(day calendar.Date) calendar.Date {
	if n.Clear {
		return day.AddDays(-n.Days - 1)
	}
	return n.LastLawful(day)
}

// Judge says how a notice given on one day stands for a meeting on another.
func (n NoticeRule) Judge(given, day calendar.Date) Timeliness {
	switch {
	case given <= n.LastSafe(day):
		return InTime
	case given <= n.LastLawful(day):
		return Tight
	}
	return Late
}
