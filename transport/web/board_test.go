package web_test

import (
	"strings"
	"testing"
)

// TestABoardDoesNotHideThatThereIsMore: an administrator looks after the system and not the cases, and is told so rather than that
// nothing is under way.
func TestABoardDoesNotHideThatThereIsMore(t *testing.T) {
	o := newOffice(t)
	o.plannedMeeting()
	const more = "감사 담당자만 볼 수 있습니다"
	for role, hidden := range map[string]bool{"clerk": false, "auditor": false, "admin": true} {
		got := o.as(role).get("/board")
		if strings.Contains(got.body, more) != hidden || strings.Contains(got.body, "진행 중인 건이 없습니다") {
			t.Errorf("%s: %d\n%s", role, got.status, got.body)
		}
	}
}
