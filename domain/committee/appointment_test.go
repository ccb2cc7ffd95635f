package committee_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/calendar"
	. "secretariat/domain/committee"
	"secretariat/domain/policy"
)

// appointing is an appointment to an appointed seat of a standing committee, in order in every respect.
func appointing(from, until calendar.Date) Appointment {
	m := term(from, until)
	m.ID, m.ConsultedOn = "new", from
	return Appointment{
		Committee: Committee{ID: "c", Standing: true}, Body: Body{ID: "c", Standing: true},
		Seat: Seat{ID: "s", Committee: "c", Kind: Appointed}, Member: m,
	}
}

// before adds earlier terms of the same person in the same committee, in another seat.
func (b builder) before(terms ...Member) builder {
	for _, m := range terms {
		m.Seat = "another"
		b.Held = append(b.Held, Held{Member: m, Kind: Appointed, Body: b.Body})
	}
	return b
}

// in adds earlier appointments of anybody to the seat.
func (b builder) in(terms ...Member) builder {
	b.Seated = append(b.Seated, terms...)
	return b
}

func (b builder) with(change func(*Appointment)) builder {
	change(&b.Appointment)
	return b
}

type builder struct{ Appointment }

func appoint(from, until calendar.Date) builder { return builder{appointing(from, until)} }

// judged is what is found once the rules have completed the appointment.
func judged(a Appointment, r policy.Rules) []domain.Finding {
	a.Member = a.Complete(r)
	return CheckAppointment(a, r)
}

func TestAppointments(t *testing.T) {
	twoYears := term("2024-07-01", "2026-06-30")
	dismissed := ended(term("2024-07-01", "2026-06-30"), "2026-01-15", "attendance")
	council := func(a *Appointment) { a.Member.CouncilNominated = true }
	scarce := func(a *Appointment) { a.Member.ScarceSpecialty = "양자정보" }
	single := func(a *Appointment) { a.Body.Standing = false }
	office := func(a *Appointment) { a.Seat.Kind = ExOfficio }
	sub := func(a *Appointment) { a.Committee.Parent = "above" }
	for name, x := range map[string]struct {
		a    builder
		rule []string
		want []string
	}{
		"two years":               {a: appoint("2026-07-01", "2028-06-30")},
		"usual when not said":     {a: appoint("2026-07-01", "")},
		"three years":             {a: appoint("2026-07-01", "2029-06-30")},
		"three years and a day":   {a: appoint("2026-07-01", "2029-07-01"), want: []string{"member.term_length!"}},
		"backwards":               {a: appoint("2026-07-01", "2026-06-30"), want: []string{"member.term_length!"}},
		"an office has no term":   {a: appoint("2026-07-01", "2046-06-30").with(office)},
		"subcommittee, two years": {a: appoint("2026-07-01", "2028-06-30").with(sub)},
		"subcommittee, more": {a: appoint("2026-07-01", "2028-07-01").with(sub),
			want: []string{"member.term_length!"}},

		"not consulted": {
			a:    appoint("2026-07-01", "").with(func(a *Appointment) { a.Member.ConsultedOn = "" }),
			want: []string{"member.consultation"},
		},
		"consulted too late": {
			a:    appoint("2026-07-01", "").with(func(a *Appointment) { a.Member.ConsultedOn = "2026-07-02" }),
			want: []string{"member.consultation"},
		},
		"consultation not wanted": {
			a:    appoint("2026-07-01", "").with(func(a *Appointment) { a.Member.ConsultedOn = "" }),
			rule: []string{"member.prior_consultation", "false"},
		},

		"reappointed once": {a: appoint("2026-07-01", "2028-06-30").before(twoYears)},
		"reappointed twice": {
			a:    appoint("2026-07-01", "2028-06-30").before(twoYears, term("2022-07-01", "2024-06-30")),
			want: []string{"member.reappointments!"},
		},
		"a short pause does not hide it": {
			a:    appoint("2026-07-01", "2028-06-30").before(term("2024-08-01", "2026-04-30"), term("2022-07-01", "2024-05-31")),
			want: []string{"member.reappointments!"},
		},
		"after a year's pause one begins anew": {
			a: appoint("2027-07-01", "2029-06-30").before(twoYears, term("2022-07-01", "2024-06-30")),
		},
		"a year less a day is no pause": {
			a:    appoint("2027-06-30", "2029-06-29").before(twoYears, term("2022-07-01", "2024-06-30")),
			want: []string{"member.reappointments!"},
		},

		"six years on end": {
			a:    appoint("2026-07-01", "2028-06-30").before(twoYears, term("2022-07-01", "2024-06-30")),
			rule: []string{"member.reappointments_max", "9"},
		},
		"six years and a day": {
			a:    appoint("2026-07-01", "2028-07-01").before(twoYears, term("2022-07-01", "2024-06-30")),
			rule: []string{"member.reappointments_max", "9"}, want: []string{"member.cumulative!"},
		},
		"odd days of terms that follow each other are no odd days": {
			a: appoint("2023-05-16", "2026-03-31").before(term("2020-04-01", "2023-05-15")),
		},
		"a term within another counts once and hides nothing": {
			a:    appoint("2026-07-01", "2026-07-01").before(term("2020-07-01", "2026-06-30"), term("2021-01-01", "2021-12-31")),
			rule: []string{"member.reappointments_max", "9"}, want: []string{"member.cumulative!"},
		},
		"more than six with a year's pause": {
			a:    appoint("2027-07-01", "2029-07-01").before(twoYears, term("2022-07-01", "2024-06-30")),
			want: []string{"member.cumulative_total"},
		},
		"time in an office does not count": {
			a: appoint("2026-07-01", "2028-06-30").with(func(a *Appointment) {
				held := Held{Member: term("2016-07-01", ""), Kind: ExOfficio, Body: a.Body}
				held.Member.EndedOn, held.Member.EndGround = "2026-07-01", GroundPost
				a.Held = append(a.Held, held)
			}),
		},

		"dismissed less than a year ago": {
			a: appoint("2027-01-14", "2028-12-31").before(dismissed), want: []string{"member.cooling!"},
		},
		"dismissed a year ago":         {a: appoint("2027-01-15", "2028-12-31").before(dismissed)},
		"dismissed, council nominated": {a: appoint("2026-07-01", "2028-06-30").before(dismissed).with(council)},
		"dismissed, scarce specialty":  {a: appoint("2026-07-01", "2028-06-30").before(dismissed).with(scarce)},
		"dismissed, single item":       {a: appoint("2026-07-01", "2028-06-30").before(dismissed).with(single)},
		"an exception the pack does not list": {
			a: appoint("2026-07-01", "2028-06-30").before(dismissed).with(scarce), want: []string{"member.cooling!"},
			rule: []string{"member.cap_exceptions", "council_nominated, single_item"},
		},
		"left with the office": {
			a: appoint("2026-07-01", "2028-06-30").before(ended(term("2024-07-01", "2026-06-30"), "2026-01-15", GroundPost)),
		},

		"sits there already": {
			a:    appoint("2026-06-30", "2028-06-29").before(twoYears),
			want: []string{"member.serves_already!"},
		},
		"will sit there": {
			a:    appoint("2026-07-01", "2028-06-30").before(term("2028-06-30", "2029-06-30")),
			want: []string{"member.serves_already!"},
		},
		"sits there already, in an office": {
			a: appoint("2026-06-30", "").with(office).before(twoYears), want: []string{"member.serves_already!"},
		},
	} {
		t.Run(name, func(t *testing.T) { wants(t, judged(x.a.Appointment, rules(t, x.rule...)), x.want...) })
	}
}

func TestReplacementServesTheRemainder(t *testing.T) {
	left := ended(term("2025-07-01", "2027-06-30"), "2026-05-01", "resigned")
	second := ended(term("2026-06-01", "2027-03-31"), "2026-08-01", GroundDeath)
	remainder, fresh := rules(t), rules(t, "member.replacement_term", "fresh")
	for name, x := range map[string]struct {
		rules       policy.Rules
		from, until calendar.Date
		past        []Member
		complete    calendar.Date
		want        []string
	}{
		"not said": {remainder, "2026-07-01", "", []Member{left}, "2027-06-30", nil},
		"said so":  {remainder, "2026-07-01", "2027-06-30", []Member{left}, "2027-06-30", nil},
		"said otherwise": {
			remainder, "2026-07-01", "2028-06-30", []Member{left}, "2028-06-30",
			[]string{"member.term_remainder!"},
		},
		"begins anew":           {fresh, "2026-07-01", "", []Member{left}, "2028-06-30", nil},
		"last day of it":        {remainder, "2027-06-30", "", []Member{left}, "2027-06-30", nil},
		"term was over":         {remainder, "2027-07-01", "", []Member{left}, "2029-06-30", nil},
		"nobody before":         {remainder, "2026-07-01", "", nil, "2028-06-30", nil},
		"a full term":           {remainder, "2026-07-01", "", []Member{term("2024-07-01", "2026-06-30")}, "2028-06-30", nil},
		"remainder of the last": {remainder, "2026-09-01", "", []Member{second, left}, "2027-03-31", nil},
		"in any order":          {remainder, "2026-09-01", "", []Member{left, second}, "2027-03-31", nil},
	} {
		t.Run(name, func(t *testing.T) {
			a := appoint(x.from, x.until).in(x.past...).Appointment
			if got := a.Complete(x.rules).Until; got != x.complete {
				t.Errorf("until %s, want %s", got, x.complete)
			}
			wants(t, judged(a, x.rules), x.want...)
		})
	}
}

func TestTermsTheRulesFillIn(t *testing.T) {
	holds := rules(t, "member.holdover", "true")
	a := appointing("2026-07-01", "")
	if m := a.Complete(holds); !m.Holdover || m.Until != "2028-06-30" || m.Reappointments != 0 {
		t.Errorf("completed %+v", m)
	}
	if a.Complete(rules(t)).Holdover {
		t.Error("holds over although no rule says so")
	}
	a.Committee.Parent = "above"
	if m := a.Complete(rules(t, "subcommittee.term_months", "12")); m.Until != "2027-06-30" {
		t.Errorf("a subcommittee's term ends on %s", m.Until)
	}
	a.Seat.Kind = Official
	if m := a.Complete(holds); m.Holdover || m.Until != "" {
		t.Errorf("an official has a term: %+v", m)
	}
}

func TestSuccessorEndsAHoldover(t *testing.T) {
	old := term("2024-07-01", "2026-06-30")
	old.Holdover = true
	a := appoint("2026-10-01", "2028-09-30").in(old).Appointment
	if a.Taken() {
		t.Error("who holds over stands in the successor's way")
	}
	if got := a.Replaced(); len(got) != 1 || got[0].ID != old.ID {
		t.Errorf("replaced %+v", got)
	}
	own := appoint("2026-10-01", "2028-09-30").before(old).Appointment
	if got := own.Replaced(); len(got) != 1 {
		t.Errorf("the person goes on holding over beside the new seat: %+v", got)
	}
	wants(t, judged(own, rules(t)))
	early := appoint("2026-06-30", "2028-06-29").in(old).Appointment
	if !early.Taken() || len(early.Replaced()) != 0 {
		t.Error("the seat is free before the term is over")
	}
}

func TestHeldOverTimeCounts(t *testing.T) {
	r := rules(t, "member.reappointments_max", "9")
	old := term("2022-07-01", "2026-06-30")
	old.Holdover = true
	wants(t, judged(appoint("2026-10-01", "2028-06-30").before(old).Appointment, r))
	wants(t, judged(appoint("2026-10-01", "2028-07-01").before(old).Appointment, r), "member.cumulative!")
}

// served says on which days of the person's terms here, the new one's included, there was somebody in the seat.
func served(a Appointment) map[calendar.Date]bool {
	out := map[calendar.Date]bool{}
	for _, m := range append([]Member{a.Member}, members(a.Held)...) {
		for d := m.From; d <= m.LastDay(); d = d.AddDays(1) {
			out[d] = true
		}
	}
	return out
}

func members(held []Held) []Member {
	var out []Member
	for _, h := range held {
		out = append(out, h.Member)
	}
	return out
}

// naiveYears adds up service day by day from the first day to the last: a month is full when its day of the month
// comes again, and thirty odd days are a month.
func naiveYears(on map[calendar.Date]bool, first, last calendar.Date) (months, odd int) {
	var start calendar.Date
	run, loose := 0, 0
	for d := first; d <= last; d = d.AddDays(1) {
		switch {
		case !on[d]:
			months, odd, run, loose, start = months+run, odd+loose, 0, 0, ""
			continue
		case start == "":
			start = d
		}
		if loose++; d.AddDays(1) == start.AddMonths(run+1) {
			run, loose = run+1, 0
		}
	}
	return months + run, odd + loose
}

func TestYearsInACommitteeAgainstCountingDays(t *testing.T) {
	r := rules(t, "member.reappointments_max", "99", "member.term.months_max", "36")
	rapid.Check(t, func(t *rapid.T) {
		from, until := drawTerm(t, "new", 3500, 4000)
		b, edge := appoint(from, until), from
		for i := range rapid.IntRange(0, 4).Draw(t, "earlier terms") {
			m := drawEarlier(t, fmt.Sprint("term ", i), edge, from.AddDays(-1))
			b, edge = b.before(m), m.From
		}
		on := served(b.Appointment)
		start := chainStart(on, from)
		months, odd := naiveYears(on, start, until)
		chain := months*30+odd > 72*30
		months, odd = naiveYears(on, "2020-01-01", until)
		total := !chain && months*30+odd > 72*30
		found := judged(b.Appointment, r)
		if has(found, "member.cumulative!") != chain || has(found, "member.cumulative_total") != total {
			t.Fatalf("%v, want on end %v, in all %v", keys(found), chain, total)
		}
		if got, want := b.Complete(r).Reappointments, continued(b.Held, start); got != want {
			t.Fatalf("%d reappointments, want %d", got, want)
		}
	})
}

// drawTerm draws a term of at most three years, often one of whole months.
func drawTerm(t *rapid.T, what string, least, most int) (from, until calendar.Date) {
	from = calendar.Date("2020-01-01").AddDays(rapid.IntRange(least, most).Draw(t, what+" from"))
	until = from.AddMonths(rapid.IntRange(1, 36).Draw(t, what+" months")).AddDays(-1)
	if rapid.Bool().Draw(t, what+" has odd days") {
		until = until.AddDays(-rapid.IntRange(0, from.DaysUntil(until)).Draw(t, what+" days less"))
	}
	return from, until
}

// drawEarlier draws a term that begins before the day: right before it, with a pause, or, as nobody should be
// appointed, overlapping what comes after, but not beyond the latest day.
func drawEarlier(t *rapid.T, what string, edge, latest calendar.Date) Member {
	pause := rapid.SampledFrom([]int{0, 0, 0, 1, 29, 200, 364, 365, 366, 500, -100}).Draw(t, what+" pause")
	last := min(edge.AddDays(-1-pause), latest)
	first := last.AddDays(1).AddMonths(-rapid.IntRange(1, 36).Draw(t, what+" months"))
	if rapid.Bool().Draw(t, what+" has odd days") {
		first = first.AddDays(rapid.IntRange(0, max(0, first.DaysUntil(last))).Draw(t, what+" days less"))
	}
	m := term(max(min(first, edge.AddDays(-1)), "2020-01-01"), max(last, "2020-01-01"))
	if rapid.IntRange(0, 3).Draw(t, what+" ended") == 0 {
		after := rapid.SampledFrom([]int{0, 1, 40}).Draw(t, what+" after")
		m = ended(m, m.From.AddDays(min(after, max(0, m.From.DaysUntil(m.Until)))), GroundTerm)
	}
	return m
}

// chainStart walks back from the new term through service and pauses, and stops at one of a year.
func chainStart(on map[calendar.Date]bool, from calendar.Date) calendar.Date {
	start := from
	for d := from.AddDays(-1); d >= "2020-01-01"; d = d.AddDays(-1) {
		if on[d] {
			start = d
			continue
		}
		if d.AddYears(1) <= start { // not on duty from d on until a year later
			return start
		}
	}
	return start
}

// continued counts the terms that were served and lie in the chain.
func continued(held []Held, start calendar.Date) int {
	n := 0
	for _, h := range held {
		if h.Member.From >= start && h.Member.LastDay() >= h.Member.From {
			n++
		}
	}
	return n
}

func TestConcurrentSeatsAgainstEveryDay(t *testing.T) {
	r := rules(t)
	bodies := []Body{
		{ID: "a", Standing: true, ChairPost: "시장"}, {ID: "b", Standing: true, ChairPost: "시장"},
		{ID: "d", Standing: true, ChairPost: "경제실장"}, {ID: "e", Standing: true}, {ID: "f"},
		{ID: "g", Standing: true, State: Dissolved, ChairPost: "시장"},
	}
	rapid.Check(t, func(t *rapid.T) {
		from := days(60).Draw(t, "from")
		b := appoint(from, from.AddDays(rapid.IntRange(0, 80).Draw(t, "length")))
		b.Body.ChairPost = rapid.SampledFrom([]string{"", "시장", "경제실장"}).Draw(t, "chair")
		for range rapid.IntRange(0, 7).Draw(t, "others") {
			m := anyMember(80).Draw(t, "other")
			h := Held{Member: m, Body: rapid.SampledFrom(bodies).Draw(t, "body")}
			h.Kind = rapid.SampledFrom([]SeatKind{Appointed, Appointed, Appointed, ExOfficio}).Draw(t, "kind")
			h.Member.Committee = h.Body.ID
			b.Held = append(b.Held, h)
		}
		all, same := false, false
		for d := from; d <= b.Member.Until; d = d.AddDays(1) {
			names, under := []domain.ID{}, 0
			for _, h := range b.Held {
				counts := h.Kind == Appointed && h.Body.Standing && h.Body.State != Dissolved && inOffice(h.Member, d)
				if !counts || slices.Contains(names, h.Body.ID) {
					continue
				}
				names = append(names, h.Body.ID)
				if h.Body.ChairPost == b.Body.ChairPost && h.Body.ChairPost != "" {
					under++
				}
			}
			all, same = all || len(names)+1 > 3, same || b.Body.ChairPost != "" && under+1 > 2
		}
		found := judged(b.Appointment, r)
		if has(found, "member.concurrent") != all || has(found, "member.concurrent_same_chair") != same {
			t.Fatalf("%v, want too many %v, under one chair %v", keys(found), all, same)
		}
	})
}

func TestASubcommitteeIsNoFurtherCommittee(t *testing.T) {
	r := rules(t, "member.concurrent_max", "1")
	b := appoint("2026-07-01", "").with(func(a *Appointment) { a.Committee.Parent, a.Body.ID = "above", "above" })
	m := term("2026-01-01", "2027-12-31")
	m.Committee = "above"
	b.Held = []Held{{Member: m, Kind: Appointed, Body: b.Body}}
	wants(t, judged(b.Appointment, r))
	b.Held[0].Body.ID = "elsewhere"
	wants(t, judged(b.Appointment, r), "member.concurrent")
}

func TestASeatIsTakenAgainstCountingDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := days(40).Draw(t, "from")
		b := appoint(from, from.AddDays(rapid.IntRange(0, 30).Draw(t, "length")))
		want := false
		for range rapid.IntRange(0, 3).Draw(t, "others") {
			m := withoutHoldingOver(anyMember(40).Draw(t, "other"))
			b = b.in(m)
			for d := from; d <= b.Member.Until; d = d.AddDays(1) {
				want = want || inOffice(m, d)
			}
		}
		if b.Taken() != want {
			t.Fatalf("taken: %v, want %v", !want, want)
		}
	})
}
