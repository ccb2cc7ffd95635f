package identity_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	. "secretariat/domain/identity"
)

// waits is the delay as one would write it down.
var waits = []time.Duration{
	0, 0, 0, 0, 0, // none for the first four
	1 * time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 16 * time.Second, 32 * time.Second,
	time.Minute, time.Minute,
}

func TestDelayDoublesFromASecondToAMinute(t *testing.T) {
	for n, want := range waits {
		if got := Delay(n); got != want {
			t.Errorf("after %d failures one waits %s, want %s", n, got, want)
		}
	}
	for _, n := range []int{18, 100, 1 << 40} {
		if Delay(n) != time.Minute {
			t.Errorf("after %d failures one waits %s", n, Delay(n))
		}
	}
}

func TestTriesAgainstTheirHistory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC)
		gaps := []time.Duration{0, time.Second, time.Minute, Forget - time.Microsecond, Forget, 2 * Forget}
		var tries Tries
		var history []time.Time
		for range rapid.IntRange(1, 30).Draw(t, "failures") {
			now = now.Add(rapid.SampledFrom(gaps).Draw(t, "later"))
			tries, history = tries.Fail(now), append(history, now)
			row := 1 // failures without a day between them, counted back from the last
			for i := len(history) - 1; i > 0 && history[i].Sub(history[i-1]) < 24*time.Hour; i-- {
				row++
			}
			wait := waits[min(row, len(waits)-1)]
			if tries.Failures != row || !tries.LastAt.Equal(now) {
				t.Fatalf("%+v after %d in a row", tries, row)
			}
			if tries.Wait(now) != (wait > 0) || tries.Wait(now.Add(wait)) || wait > 0 && !tries.Wait(now.Add(wait-1)) {
				t.Fatalf("%+v does not wait %s", tries, wait)
			}
		}
	})
}

func TestAddressKeyTellsAddressesApartWithoutHoldingThem(t *testing.T) {
	a, b := AddressKey("hong@example.kr"), AddressKey("kim@example.kr")
	if a == b || len(a) != 64 || a != AddressKey("hong@example.kr") {
		t.Errorf("keys %s and %s", a, b)
	}
}
