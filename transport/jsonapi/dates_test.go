package jsonapi_test

import (
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/internal/testkit/hall"
	"secretariat/service"
	"secretariat/service/convening"
)

// TestADateIsFoundOverHTTP asks two members about dates, and sees every refusal that a caller has to tell apart. The
// client checks every answer against the document.
func TestADateIsFoundOverHTTP(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		s := startOn(t, db)
		b := s.board()
		start := s.clock.Now().Add(30 * 24 * time.Hour)
		plan := none{"plan": none{
			"title": "정기회의", "mode": "in_person", "place": "회의실", "startsAt": start, "expectedEnd": start.Add(time.Hour),
		}}
		var m meeting.Meeting
		b.secretary.Must("POST", "/committees/board/meetings", plan, &m)
		at := "/meetings/" + string(m.ID)
		b.member.Refused("not_found.meeting", "GET", at+"/dates", nil)
		b.member.Refused("not_found.meeting", "POST", at+"/dates", none{"dates": []none{{"startsAt": start}}})

		wrong := b.secretary.Refused("invalid", "POST", at+"/dates", none{"dates": []none{
			{"startsAt": start}, {"startsAt": start}, {"startsAt": s.clock.Now()},
		}})
		at1, at2 := "dates.1.startsAt", "dates.2.startsAt"
		if e := wrong.Errors; len(e) != 2 || e[0].Field != at1 || e[1].Field != at2 {
			t.Errorf("wrong are %+v", e)
		}
		var asked convening.ProposedDates
		b.secretary.Must("POST", at+"/dates", none{"dates": []none{
			{"startsAt": start.Add(24 * time.Hour)}, {"startsAt": start.Add(48 * time.Hour)},
		}}, &asked)
		first, second := asked.Dates[0].ID, asked.Dates[1].ID
		var mine service.Page[convening.MyPoll]
		b.member.Must("GET", "/me/dates", nil, &mine)
		if len(mine.Items) != 1 || mine.Items[0].Owed != 2 {
			t.Errorf("the member is asked %+v", mine)
		}
		b.secretary.Refused("forbidden", "POST", at+"/dates/answers", none{"answers": map[domain.ID]string{first: "yes"}})
		b.member.Refused("invalid", "POST", at+"/dates/answers", none{"answers": none{string(first): "perhaps", "x": "no"}})
		b.member.Must("POST", at+"/dates/answers", none{"answers": map[domain.ID]string{first: "no", second: "yes"}}, nil)
		var poll convening.DatePoll
		b.chair.Must("GET", at+"/dates", nil, &poll)
		if f := poll.Dates[1].Forecast; f.Can != 1 || f.Required != 2 || poll.Silent != 1 {
			t.Errorf("the chair reads %+v of %+v", f, poll)
		}
		dates := none{"about": "dates"}
		b.member.Refused("not_found.meeting", "POST", at+"/reminders", dates)
		b.chair.Refused("forbidden", "POST", at+"/reminders", dates)
		b.chair.Refused("forbidden", "GET", at+"/reminders", nil)
		b.secretary.Refused("invalid", "POST", at+"/reminders", none{"about": "money"})
		b.secretary.Refused("reminder.closed", "POST", at+"/reminders", none{"about": "answer"})
		b.secretary.Must("POST", at+"/reminders", dates, nil)
		b.secretary.Refused("reminder.too_soon", "POST", at+"/reminders", dates)
		var owing convening.Owing
		b.secretary.Must("GET", at+"/reminders", nil, &owing)
		if len(owing.Items) != 1 || owing.Items[0].Last.Members != 1 || owing.Items[0].From == "" {
			t.Errorf("owing %+v", owing)
		}
		b.secretary.Must("GET", at+"/notice?member=m-member", nil, nil)
		b.chair.Refused("not_found.member", "GET", at+"/notice?member=m-member", nil)
		b.member.Refused("not_found.meeting", "GET", at+"/notice", nil)
		b.secretary.Must("POST", "/dates/"+string(first)+"/withdraw", none{}, nil)
		b.secretary.Refused("date.closed", "POST", "/dates/"+string(first)+"/choose", none{})
		b.member.Refused("not_found.meeting", "POST", "/dates/"+string(second)+"/choose", none{})
		b.secretary.Refused("not_found.date", "POST", "/dates/none/choose", none{})
		var chosen convening.ChosenDate
		b.chair.Must("POST", "/dates/"+string(second)+"/choose", none{}, &chosen)
		if !chosen.Meeting.StartsAt.Equal(start.Add(48 * time.Hour)) {
			t.Errorf("the meeting is %s", chosen.Meeting.StartsAt)
		}
		b.member.Refused("date.closed", "POST", at+"/dates/answers", none{"answers": map[domain.ID]string{second: "no"}})
		b.secretary.Refused("reminder.closed", "POST", at+"/reminders", dates)
	})
}
