package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"secretariat/domain/meeting"
	"secretariat/internal/testkit/hall"
	"secretariat/store"
)

// TestWhoHasNotAnsweredIsRemindedWithOnePress: the page says who is waited for and when they were last reminded, and offers
// the press only when it may be pressed.
func TestWhoHasNotAnsweredIsRemindedWithOnePress(t *testing.T) {
	h, s, who, _ := library(t)
	m := h.Item(t, 1).Meeting
	hall.Must(t, h.DB.InTx(t.Context(), func(tx *store.Tx) error {
		at, err := tx.Meeting(context.Background(), m)
		if err != nil {
			return err
		}
		at.StartsAt, at.ExpectedEnd = at.StartsAt.AddDate(0, 0, 20), at.ExpectedEnd.AddDate(0, 0, 20)
		if err := tx.ChangeMeeting(context.Background(), &at); err != nil {
			return err
		}
		for _, member := range h.Members {
			l := meeting.Letter{Meeting: m, Member: member, Kind: meeting.Invitation, Occasion: "0", DueAt: h.Clock.Now(), SentAt: h.Clock.Now()}
			if err := tx.MarkSent(context.Background(), l); err != nil {
				return err
			}
		}
		return nil
	}))
	b, path := s.as("staff"), "/meetings/"+string(m)
	page := b.get(path + "/prepare")
	for _, want := range []string{"참석 여부 회신을 기다리는 위원 3명", "아직 답하지 않은 3명에게 다시 알림", "아직 신고하지 않은 3명에게 다시 알림", "위원 02"} {
		if !strings.Contains(page.body, want) {
			t.Fatalf("%d: the page lacks %s", page.status, want)
		}
	}
	form := url.Values{"about": {"answer"}, "_from": {path + "/prepare"}, "_form": {"remind-answer"}, "_key": {"k"}}
	for range 2 { // pressed twice it is one reminder
		if got := b.post(path+"/reminders", form); got.to != path+"/prepare?done=reminded#owing-answer" {
			t.Fatalf("%d %q %s", got.status, got.to, got.body)
		}
	}
	page = b.get(path + "/prepare?done=reminded")
	if strings.Contains(page.body, "아직 답하지 않은 3명에게 다시 알림") || !strings.Contains(page.body, ", 3명.") || !strings.Contains(page.body, "부터 다시 알릴 수 있습니다.") {
		t.Errorf("the page does not say that they were reminded: %s", page.body)
	}
	form.Set("_key", "k2")
	if got := b.post(path+"/reminders", form); got.status != http.StatusConflict || !strings.Contains(got.body, "3명에게 이미 알렸습니다") {
		t.Errorf("%d %s", got.status, got.body)
	}
	auditor := who["staff"]
	auditor.Staff, auditor.Auditor = nil, true
	who["staff"] = auditor
	if page := b.get(path + "/prepare"); strings.Contains(page.body, "다시 알림</button>") {
		t.Error("who may not remind is offered to")
	}
}
