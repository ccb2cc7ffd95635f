package service_test

import (
	"testing"

	"secretariat/service"
)

func TestAMailingCountsWhatBelongsToIt(t *testing.T) {
	first := func(s string) string { return s[:1] }
	if got := service.MailingOf(nil, []string{"a1"}, first); got != nil {
		t.Errorf("nothing is due and there is %+v", got)
	}
	got := service.MailingOf([]string{"a1", "a2", "c1"}, []string{"a3", "b1", "b2", "c2", "c3"}, first)
	if want := (service.Mailing{Done: 3, Total: 6}); *got != want {
		t.Errorf("got %+v, want %+v", *got, want)
	}
}
