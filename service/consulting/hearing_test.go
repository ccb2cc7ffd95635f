package consulting_test

import (
	"slices"
	"strings"
	"testing"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/service/consulting"
)

func (w *world) hearing(most int) alliance.Consultation {
	w.t.Helper()
	p := w.plan()
	held := w.h.Clock.Now().AddDate(0, 0, 14)
	until := held.AddDate(0, 0, -4)
	p.Kind, p.Audience, p.HearingAt, p.Place, p.ClosesAt = alliance.Hearing, alliance.AskPublic, &held, "대회의실", held.Add(hour)
	p.SpeakersMost, p.SpeakersMinutes, p.SpeakersUntil = most, 10, &until
	return w.open(p)
}

func (w *world) signs(c domain.ID, name string) (consulting.SignedUp, error) {
	return w.s.SignUp(w.t.Context(), domain.Public(), consulting.SignUpInput{Consultation: c, Signing: consulting.Signing{
		Name: name, Email: name + "@citizen.example", Affiliation: "시민단체", Summary: "공공 실증에 대하여",
	}})
}

func TestPeopleSignUpToSpeakAndAreTold(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c := w.hearing(1)
		w.send(c.ID)
		a, err := w.signs(c.ID, "a")
		must(t, err)
		_, err = w.signs(c.ID, "a")
		expect(t, "twice", err, "conflict.speaker")
		b, err := w.signs(c.ID, "b")
		must(t, err)
		_, err = w.s.Choose(t.Context(), w.robot, consulting.ChooseInput{Speaker: a.Speaker, Confirm: true, Version: 1})
		expect(t, "a firm decides", err, "forbidden")
		_, err = w.s.Choose(t.Context(), w.staff, consulting.ChooseInput{Speaker: a.Speaker, Confirm: true, Version: 1})
		must(t, err)
		_, err = w.s.Choose(t.Context(), w.staff, consulting.ChooseInput{Speaker: b.Speaker, Confirm: true, Version: 1})
		expect(t, "one more than may", err, "speaker.full")
		_, err = w.s.Choose(t.Context(), w.staff, consulting.ChooseInput{Speaker: b.Speaker, Reason: "발표 시간 부족", Version: 1})
		must(t, err)
		if got := w.send(c.ID); !slices.Equal(got, []string{"a@citizen.example spe", "b@citizen.example spe"}) {
			t.Errorf("told: %v", got)
		}
		if text := w.post.letters[1].Text + w.post.letters[0].Text; !strings.Contains(text, "확정되었음을") || !strings.Contains(text, "발표 시간 부족") {
			t.Errorf("%s", text)
		}
		seen, err := w.s.Show(t.Context(), domain.Public(), consulting.ShowInput{Consultation: c.ID})
		must(t, err)
		if len(seen.Speaking) != 1 || seen.Speaking[0].Name != "a" || len(seen.Speakers) != 0 || !seen.SignsUp {
			t.Errorf("everybody sees %+v %+v", seen.Speaking, seen.Speakers)
		}
		later := c.HearingAt.AddDate(0, 0, 7)
		_, err = w.s.Move(t.Context(), w.staff, consulting.MoveInput{Consultation: c.ID, ClosesAt: c.ClosesAt, HearingAt: &later, Reason: "장소", Version: w.version(c.ID)})
		expect(t, "after the close", err, "consultation.closes_after_hearing")
		_, err = w.s.Move(t.Context(), w.staff, consulting.MoveInput{Consultation: c.ID, ClosesAt: later.Add(hour), HearingAt: &later, Reason: "장소", Version: w.version(c.ID)})
		must(t, err)
		if got := w.send(c.ID); !slices.Contains(got, "a@citizen.example spe") || slices.Contains(got, "b@citizen.example spe") {
			t.Errorf("told of another day: %v", got)
		}
		w.h.Clock.Set(*c.SpeakersUntil)
		_, err = w.signs(c.ID, "c")
		expect(t, "too late", err, "speaker.not_open")
		_, err = w.s.Name(t.Context(), w.staff, consulting.NameInput{Consultation: c.ID, Signing: consulting.Signing{Name: "교수", Email: "p@univ.example", Summary: "총론"}, Reason: "공정성"})
		expect(t, "named beside as many as may", err, "speaker.full")
	})
}

func TestANoticeOfAHearingSaysWhoSpeaks(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.plan()
		held := w.h.Clock.Now().AddDate(0, 0, 20)
		p.Kind, p.Audience, p.HearingAt, p.Place, p.ClosesAt = alliance.Hearing, alliance.AskPublic, &held, "대회의실", held.Add(-hour)
		p.SpeakersMost, p.SpeakersUntil = 0, nil
		_, err := w.s.Draft(t.Context(), w.staff, consulting.DraftInput{Alliance: "a", Plan: p})
		if got := names(err); !slices.Equal(got, []string{"closesAt", "speakersNote"}) {
			t.Errorf("%v: %v", got, err)
		}
		p.SpeakersMost, p.SpeakersUntil, p.ClosesAt = 3, &held, held
		_, err = w.s.Draft(t.Context(), w.staff, consulting.DraftInput{Alliance: "a", Plan: p})
		if got := names(err); !slices.Equal(got, []string{"speakersMinutes", "speakersUntil"}) {
			t.Errorf("%v: %v", got, err)
		}
	})
}

func names(err error) []string {
	var out []string
	e, _ := err.(*domain.Error)
	if e == nil {
		return nil
	}
	for _, f := range e.Fields {
		out = append(out, f.Field)
	}
	slices.Sort(out)
	return out
}
