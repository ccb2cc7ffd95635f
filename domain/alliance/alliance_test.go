package alliance_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"secretariat/domain"
	. "secretariat/domain/alliance"
	"secretariat/domain/calendar"
)

// naiveNumber tells a good number as the tax office's worked example does, digit by digit.
func naiveNumber(n string) bool {
	var d [10]int
	for i := range d {
		d[i] = int(n[i] - '0')
	}
	sum := d[0] + 3*d[1] + 7*d[2] + d[3] + 3*d[4] + 7*d[5] + d[6] + 3*d[7]
	last := fmt.Sprintf("%02d", 5*d[8])
	sum += int(last[0]-'0') + 5*d[8]
	return (sum+d[9])%10 == 0
}

func TestBusinessNumbers(t *testing.T) {
	for number, want := range map[string]bool{
		"1248100998": true, "1208147521": true, "1248100999": false, "124810099": false, "124-81-009": false, "": false,
		"１２４８１００９９８": false,
	} {
		if got := ValidBusinessNumber(number); got != want {
			t.Errorf("%q: %v", number, got)
		}
	}
	if got := Digits("124-81-00998"); got != "1248100998" {
		t.Errorf("kept as %q", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.StringMatching("[0-9]{10}").Draw(t, "number")
		if ValidBusinessNumber(n) != naiveNumber(n) {
			t.Fatalf("%s: %v", n, ValidBusinessNumber(n))
		}
	})
}

func TestOneWrongDigitIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := []byte(rapid.StringMatching("[0-9]{9}").Draw(t, "number") + "0")
		for !ValidBusinessNumber(string(n)) {
			n[9]++
		}
		at := rapid.SampledFrom([]int{0, 1, 2, 3, 4, 5, 6, 7, 9}).Draw(t, "place")
		n[at] = '0' + (n[at]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "slip")))%10
		if ValidBusinessNumber(string(n)) {
			t.Fatalf("%s passes", n)
		}
	})
}

func TestAnOrganisationIsDecidedOnOnce(t *testing.T) {
	day := calendar.Date("2026-03-02")
	o := Organisation{State: Applied, ContactName: "가", ContactEmail: "a@b.kr"}
	in, err := o.Decide(true, true, "", day)
	if err != nil || in.State != Member || in.JoinedOn != day || in.ContactEmail != "" || !in.Acts() {
		t.Errorf("let in: %+v %v", in, err)
	}
	guest, _ := o.Decide(true, false, "", day)
	if guest.State != Registered || guest.JoinedOn != "" || !guest.Acts() {
		t.Errorf("registered: %+v", guest)
	}
	out, _ := o.Decide(false, true, "서류 미비", day)
	if out.State != Refused || out.Acts() || out.Reason == "" || out.ContactName != "" {
		t.Errorf("refused: %+v", out)
	}
	if _, err := in.Decide(true, true, "", day); domain.CodeOf(err) != domain.CodeConflict {
		t.Errorf("decided twice: %v", err)
	}
	gone, err := in.Leave("탈퇴", day)
	if err != nil || gone.Acts() || gone.LeftOn != day {
		t.Errorf("left: %+v %v", gone, err)
	}
	if _, err := gone.Leave("다시", day); domain.CodeOf(err) != domain.CodeConflict {
		t.Errorf("left twice: %v", err)
	}
}

func TestAllProblemsOfAnOrganisationAreTold(t *testing.T) {
	a := Alliance{Sectors: []string{"로봇"}, Technologies: []string{"AI"}}
	var p domain.Problems
	Organisation{Kind: "club", Size: Small, BusinessNumber: "1", Sectors: []string{"조선"}, Technologies: []string{"AI"}}.Check(&p, a)
	var e *domain.Error
	e, _ = p.Err().(*domain.Error)
	if e == nil || len(e.Fields) != 5 {
		t.Errorf("%v", p.Err())
	}
	var none domain.Problems
	Organisation{Name: "가", Kind: Company, Size: Small, BusinessNumber: "1248100998", Sectors: []string{"로봇"}}.Check(&none, a)
	if err := none.Err(); err != nil {
		t.Error(err)
	}
}

func TestSomebodyAlwaysManages(t *testing.T) {
	people := []Person{{Account: "a", Manages: true}, {Account: "b"}}
	if !LastManager(people, "a") || LastManager(people, "b") {
		t.Error("the last manager is not known")
	}
}
