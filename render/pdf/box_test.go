package pdf

import (
	"testing"
	"time"
)

func TestABoxStaysWithItsTitle(t *testing.T) {
	d := New(Meta{Title: "표결", Created: time.Date(2026, 12, 21, 0, 0, 0, 0, time.UTC)})
	d.y = bodyBottom - 30*Point // room for the title alone
	before := d.Pages()
	d.Box("표결 결과", "재적 15 · 출석 12", "필요 7 · 찬성 8", "가결")
	if d.Pages() != before+1 {
		t.Fatalf("%d pages, want the whole box on the next page", d.Pages())
	}
	if _, err := d.Bytes(); err != nil {
		t.Fatal(err)
	}
}
