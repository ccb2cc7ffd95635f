// Package calendar holds civil dates and the counting of statutory days: calendar days, the first day not counted
// (초일불산입, 민법 157; 행정기본법 6). Holidays and council sessions are data given by the caller.
package calendar

import (
	"fmt"
	"time"
)

// Seoul is the one time zone in which people read times. Korea has had no daylight saving since 1988.
var Seoul = time.FixedZone("Asia/Seoul", 9*60*60)

// Date is a civil date as "2006-01-02"; as text it sorts in time order and is stored unchanged by both databases.
type Date string

const layout = "2006-01-02"

// DateOf returns the civil date in Seoul at the instant t.
func DateOf(t time.Time) Date { return Date(t.In(Seoul).Format(layout)) }

// Parse reads "2006-01-02".
func Parse(s string) (Date, error) {
	if _, err := time.Parse(layout, s); err != nil {
		return "", fmt.Errorf("date %q is not of the form YYYY-MM-DD", s)
	}
	return Date(s), nil
}

// Valid reports whether d is a real date.
func (d Date) Valid() bool { _, err := time.Parse(layout, string(d)); return err == nil }

// Time is midnight at the beginning of d in Seoul. The zero time is returned for a date that is not valid.
func (d Date) Time() time.Time {
	t, err := time.ParseInLocation(layout, string(d), Seoul)
	if err != nil {
		return time.Time{}
	}
	return t
}

// End is the last microsecond of d in Seoul: a deadline "until d" has passed after it.
func (d Date) End() time.Time { return d.AddDays(1).Time().Add(-time.Microsecond) }

// AddDays returns the date n calendar days later (earlier when n is negative).
func (d Date) AddDays(n int) Date { return Date(d.Time().AddDate(0, 0, n).Format(layout)) }

// AddMonths returns the date n months later; where that month is too short, its last day (민법 160③).
func (d Date) AddMonths(n int) Date {
	t := d.Time()
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, Seoul)
	last := first.AddDate(0, 1, -1).Day()
	return Date(first.AddDate(0, 0, min(t.Day(), last)-1).Format(layout))
}

// AddYears returns the date n years later.
func (d Date) AddYears(n int) Date { return d.AddMonths(12 * n) }

// DaysUntil counts calendar days from d to e, negative when e is earlier.
func (d Date) DaysUntil(e Date) int {
	return int(e.Time().Sub(d.Time()).Hours()) / 24
}

// Year is the calendar year of d.
func (d Date) Year() int { return d.Time().Year() }

var weekdays = [...]string{"일", "월", "화", "수", "목", "금", "토"}

// Korean writes d as official documents do: "2026. 11. 22.(일)" (행정업무규정 7⑤).
func (d Date) Korean() string {
	t := d.Time()
	return fmt.Sprintf("%d. %d. %d.(%s)", t.Year(), t.Month(), t.Day(), weekdays[t.Weekday()])
}

// Korean writes an instant as official documents do: "2026. 11. 22.(일) 15:00", in Seoul time.
func Korean(t time.Time) string {
	return DateOf(t).Korean() + t.In(Seoul).Format(" 15:04")
}

// Span is a run of days, both ends included.
type Span struct {
	From  Date   `json:"from" yaml:"from"`
	Until Date   `json:"until" yaml:"until"`
	Name  string `json:"name" yaml:"name"`
}

// Holds reports whether d lies in the span.
func (s Span) Holds(d Date) bool { return s.From <= d && d <= s.Until }

// Clash returns the first span that holds d.
func Clash(spans []Span, d Date) (Span, bool) {
	for _, s := range spans {
		if s.Holds(d) {
			return s, true
		}
	}
	return Span{}, false
}
