package pdf

import (
	"testing"
	"time"
)

func TestANoteDoesNotHideASignature(t *testing.T) {
	at := time.Date(2026, 12, 16, 5, 0, 0, 0, time.UTC)
	for want, s := range map[string]Signature{
		"":                        {},
		"서명함 2026. 12. 16. 14:00": {Signed: at},
		"부재":                      {Note: "부재"},
		"서명함 2026. 12. 16. 14:00\n(제척 안건 1건 제외)": {Signed: at, Note: "제척 안건 1건 제외"},
	} {
		if got := s.mark(); got != want {
			t.Errorf("%+v: %q, want %q", s, got, want)
		}
	}
}
