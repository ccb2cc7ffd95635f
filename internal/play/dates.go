package play

import (
	"context"
	"fmt"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/internal/sample"
	"secretariat/service/convening"
)

// dates asks the members about the sample's candidate dates, and has some of them answer. A demo that is begun again,
// in which the dates were asked about or the meeting has gone on, is left as it is.
func (p *Play) dates(ctx context.Context) error {
	path := fmt.Sprintf("/meetings/%s/dates", p.meeting)
	var poll convening.DatePoll
	if err := p.secretary.get(ctx, path, &poll); err != nil {
		return err
	}
	if poll.State != meeting.Planned || len(poll.Dates) > 0 || poll.Chosen != nil {
		return nil
	}
	in, all := convening.ProposeDatesInput{}, p.sample.Committee.Meeting.Dates
	for _, d := range all {
		in.Dates = append(in.Dates, meeting.Proposal{StartsAt: Start.AddDate(0, 0, d.Day).Add(d.After())})
	}
	var out convening.ProposedDates
	if err := p.clerk.post(ctx, path, in, &out); err != nil {
		return err
	}
	for _, seat := range sample.Replying(all) {
		if err := p.member[seat].post(ctx, path+"/answers", answersOf(seat, all, out.Dates), nil); err != nil {
			return err
		}
	}
	p.say("회의 날짜 후보 %d개, 위원 %d명 응답", len(all), len(sample.Replying(all)))
	return nil
}

// answersOf is what a seat answers on the dates, which stand in the order of the sample.
func answersOf(seat int, all []sample.Date, asked []meeting.Candidate) convening.AnswerDatesInput {
	in := convening.AnswerDatesInput{Answers: map[domain.ID]meeting.Reply{}}
	for n, d := range all {
		if reply := d.Reply(seat); reply != "" {
			in.Answers[asked[n].ID] = meeting.Reply(reply)
		}
	}
	return in
}
