package meeting_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/meeting"
)

// TestPresenceAgainstWalking walks second by second through comings and goings and notes who is in the room.
func TestPresenceAgainstWalking(t *testing.T) {
	start := time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		rule := meeting.PresenceRule{Remote: rapid.Bool().Draw(t, "remote"), Proxy: rapid.Bool().Draw(t, "proxy")}
		var log []meeting.Presence
		open := map[domain.ID]int{}
		var walked []map[domain.ID]bool
		for second := range 30 {
			now := start.Add(time.Duration(second) * time.Second)
			m := rapid.SampledFrom([]domain.ID{"m1", "m2", "m3"}).Draw(t, "member")
			if i, in := open[m]; in {
				log[i].OutAt = &now
				delete(open, m)
			} else {
				open[m] = len(log)
				via := rapid.SampledFrom([]string{meeting.ViaRoom, meeting.ViaRemote, meeting.ViaProxy}).Draw(t, "via")
				log = append(log, meeting.Presence{Member: m, Via: via, InAt: now})
			}
			here := map[domain.ID]bool{}
			for m, i := range open {
				via := log[i].Via
				here[m] = via == meeting.ViaRoom || via == meeting.ViaRemote && rule.Remote || via == meeting.ViaProxy && rule.Proxy
			}
			walked = append(walked, here)
		}
		at := rapid.IntRange(0, 29).Draw(t, "at")
		until := rapid.IntRange(at+1, 30).Draw(t, "until")
		check(t, "at", rule.At(log, start.Add(time.Duration(at)*time.Second)), walked[at:at+1])
		from, to := start.Add(time.Duration(at)*time.Second), start.Add(time.Duration(until)*time.Second)
		check(t, "during", rule.During(log, from, to), walked[at:until])
		check(t, "now", rule.Now(log), walked[29:])
		item := meeting.Item{TabledAt: &from, DecidedAt: &to}
		check(t, "item", rule.AttendanceOf(item, log, start), walked[at:until])
	})
}

func check(t *rapid.T, what string, got []domain.ID, walked []map[domain.ID]bool) {
	var want []domain.ID
	for _, m := range []domain.ID{"m1", "m2", "m3"} {
		if slices.ContainsFunc(walked, func(here map[domain.ID]bool) bool { return here[m] }) {
			want = append(want, m)
		}
	}
	if !slices.Equal(got, want) {
		t.Fatalf("%s: %v, walking gives %v", what, got, want)
	}
}

func TestPresiding(t *testing.T) {
	order := []string{"vice_chair", "named_member"}
	for name, c := range map[string]struct {
		there []domain.ID
		order []string
		wish  domain.ID
		want  domain.ID
	}{
		"the chair":                {[]domain.ID{"c", "v", "m"}, order, "", "c"},
		"the chair, not a wish":    {[]domain.ID{"c", "v", "m"}, order, "m", ""},
		"the vice chair":           {[]domain.ID{"v", "m"}, order, "", "v"},
		"not before the vice":      {[]domain.ID{"v", "m"}, order, "m", ""},
		"who was named":            {[]domain.ID{"m"}, order, "m", "m"},
		"nobody was named":         {[]domain.ID{"m"}, order, "", ""},
		"named but not there":      {[]domain.ID{"m"}, order, "x", ""},
		"naming is not in the law": {[]domain.ID{"m"}, order[:1], "m", ""},
	} {
		o := meeting.Officers{Chairs: []domain.ID{"c"}, ViceChairs: []domain.ID{"v"}, Present: c.there}
		got, err := o.Presiding(c.order, c.wish, "4IR 10②")
		if got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestConcerns(t *testing.T) {
	item := meeting.Item{Interested: []string{"(주)한빛 로봇", "Acme Labs"}}
	for organisation, want := range map[string]bool{
		"한빛로봇": true, "주식회사 한빛로봇": true, "㈜한빛로봇": true, "ACME labs": true, "한빛": false, "": false, "(주)": false,
	} {
		if item.Concerns(organisation) != want {
			t.Errorf("%q: %v", organisation, !want)
		}
	}
}
