package convening_test

import (
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/meeting"
	"secretariat/service/convening"
)

func TestPlannedMeetingsAreForThoseWhoPrepareThem(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m := w.planned(plan())
		_, err := w.s.Show(t.Context(), member("m2"), convening.ShowInput{Meeting: m.ID})
		refused(t, err, domain.CodeNotFound, "not_found.meeting")
		for _, by := range []domain.Actor{clerk, chair, auditor, flow} {
			_, err := w.s.Show(t.Context(), by, convening.ShowInput{Meeting: m.ID})
			must(t, err)
		}
		list := func(by domain.Actor) int {
			page, err := w.s.List(t.Context(), by, convening.ListInput{Committee: board})
			must(t, err)
			return len(page.Items)
		}
		if list(domain.Public()) != 0 || list(member("m2")) != 0 || list(clerk) != 1 || list(chair) != 1 {
			t.Error("the plan is listed for others")
		}
	})
}

func TestAListIsPagedWithoutGapsOrRepeats(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		want := 0
		for n := range 7 {
			p := plan()
			p.StartsAt = p.StartsAt.Add(time.Duration(n/2) * 24 * time.Hour) // two at the same time
			p.ExpectedEnd = p.StartsAt.Add(time.Hour)
			w.planned(p)
			want++
		}
		seen := map[domain.ID]bool{}
		var last time.Time
		in := convening.ListInput{Committee: board, Limit: 3}
		for page := range 4 {
			out, err := w.s.List(t.Context(), clerk, in)
			must(t, err)
			for _, m := range out.Items {
				if seen[m.ID] || !last.IsZero() && m.StartsAt.After(last) {
					t.Fatalf("page %d repeats or is out of order", page)
				}
				seen[m.ID], last = true, m.StartsAt
			}
			if in.Cursor = out.Next; in.Cursor == "" {
				break
			}
		}
		if len(seen) != want {
			t.Errorf("%d of %d meetings", len(seen), want)
		}
		_, err := w.s.List(t.Context(), clerk, convening.ListInput{Committee: board, Cursor: "???"})
		refused(t, err, domain.CodeInvalid, "invalid")
		out, err := w.s.List(t.Context(), clerk,
			convening.ListInput{Committee: board, From: at("2026-12-17", 0), Until: at("2026-12-18", 0)})
		must(t, err)
		if len(out.Items) != 2 || calendar.DateOf(out.Items[0].StartsAt) != "2026-12-17" {
			t.Errorf("of one day: %+v", out.Items)
		}
	})
}

func TestWhatEachReaderSeesOfTheAgenda(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m := w.planned(plan())
		open, secret := w.item(m.ID, content("공개 안건")), content("비공개 안건")
		secret.Confidential = true
		closed := w.item(m.ID, secret)
		paper, err := w.paper(open.ID, 0, "공개 자료", "")
		must(t, err)
		_, err = w.s.Convene(t.Context(), chair, convening.ConveneInput{Meeting: m.ID, Version: w.version(m.ID)})
		must(t, err)
		w.recuse(m.ID, open.ID, "m3", meeting.RecusalInForce)
		for name, c := range map[string]struct {
			by           domain.Actor
			open, closed access.Sight
			reads        bool
		}{
			"member":  {member("m2"), access.Full, access.Full, true},
			"recused": {member("m3"), access.NumberOnly, access.Full, false},
			"staff":   {clerk, access.Full, access.Full, true},
			"auditor": {auditor, access.Full, access.Full, true},
			"public":  {domain.Public(), access.Outline, access.Outline, false},
		} {
			v, err := w.s.Show(t.Context(), c.by, convening.ShowInput{Meeting: m.ID})
			must(t, err)
			if v.Agenda[0].Sight != c.open || v.Agenda[1].Sight != c.closed {
				t.Errorf("%s sees %s, %s", name, v.Agenda[0].Sight, v.Agenda[1].Sight)
			}
			if c.open == access.NumberOnly && (v.Agenda[0].Title != "" || v.Agenda[0].Item != nil || v.Agenda[0].Papers != nil) {
				t.Errorf("%s sees %+v", name, v.Agenda[0])
			}
			if c.open == access.Outline && v.Agenda[0].Item != nil {
				t.Errorf("%s sees the whole item", name)
			}
			content, err := w.s.ReadPaper(t.Context(), c.by, convening.ReadPaperInput{Paper: paper.ID})
			if c.reads && (err != nil || readAll(t, content.Content) != beginning+"공개 자료") {
				t.Errorf("%s reads: %v", name, err)
			}
			if !c.reads && domain.CodeOf(err) != domain.CodeNotFound {
				t.Errorf("%s reads: %v", name, err)
			}
			shown, err := w.s.ShowItem(t.Context(), c.by, convening.ShowItemInput{Item: closed.ID})
			must(t, err)
			if shown.Sight != c.closed {
				t.Errorf("%s is shown %s", name, shown.Sight)
			}
		}
		v, err := w.s.Show(t.Context(), domain.Public(), convening.ShowInput{Meeting: m.ID})
		must(t, err)
		if v.Mine != nil || v.Answers != nil || v.Forecast != nil {
			t.Errorf("the public sees %+v", v)
		}
		v, err = w.s.Show(t.Context(), member("m3"), convening.ShowInput{Meeting: m.ID})
		must(t, err)
		if len(v.Forecast.Items) != 1 || v.Mine.Member != "m3" {
			t.Errorf("the recused member sees %+v, %+v", v.Forecast, v.Mine)
		}
	})
}
