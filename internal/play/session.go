package play

import (
	"context"
	"fmt"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/internal/sample"
	"secretariat/service/balloting"
	"secretariat/service/presiding"
)

// declare has every member declare interests before the meeting. Members whose organisation applied are kept out by
// the secretariat (제척), one steps aside of its own accord (회피).
func (p *Play) declare(ctx context.Context) error {
	if err := p.wait(ctx, meetingStart.AddDate(0, 0, -4)); err != nil {
		return err
	}
	n := 0
	for _, x := range p.items {
		for seat := range 15 {
			if err := p.interest(ctx, x, seat+1); err != nil {
				return err
			}
		}
		n += len(x.sample.Recusals)
	}
	p.say("이해관계 신고 완료: 제척·회피 %d건", n)
	return nil
}

func (p *Play) interest(ctx context.Context, x played, seat int) error {
	for _, r := range x.sample.Recusals {
		if r.Seat != seat {
			continue
		}
		if seat == 11 {
			in := presiding.DeclareInput{Ground: ground(r), Reason: r.Reason}
			return p.member[seat].post(ctx, fmt.Sprintf("/items/%s/interest", x.id), in, nil)
		}
		in := presiding.AssertInput{Member: p.appointment[seat], Ground: ground(r), Reason: r.Reason}
		return p.secretary.post(ctx, fmt.Sprintf("/items/%s/recusals", x.id), in, nil)
	}
	in := presiding.DeclareInput{None: true}
	return p.member[seat].post(ctx, fmt.Sprintf("/items/%s/interest", x.id), in, nil)
}

func ground(r sample.Recusal) string {
	if r.Ground == "organisation" {
		return "organisation_interest"
	}
	return "prior_work"
}

// session holds the meeting: check-in, pledge, opening, the items in order, adjournment.
func (p *Play) session(ctx context.Context) error {
	if err := p.wait(ctx, meetingStart.Add(-10*time.Minute)); err != nil {
		return err
	}
	if err := p.checkIn(ctx); err != nil {
		return err
	}
	if err := p.wait(ctx, meetingStart.Add(2*time.Minute)); err != nil {
		return err
	}
	if err := p.atMeeting(ctx, p.member[1], "open", presiding.OpenInput{}); err != nil {
		return err
	}
	if err := p.atMeeting(ctx, p.member[1], "warn", nil); err != nil {
		return err
	}
	for _, x := range p.items {
		if err := p.treat(ctx, x); err != nil {
			return fmt.Errorf("안건 %d: %w", x.sample.Number, err)
		}
	}
	p.pass(2 * time.Minute)
	if err := p.atMeeting(ctx, p.clerk, "adjourn", nil); err != nil {
		return err
	}
	p.say("산회")
	return nil
}

func (p *Play) atMeeting(ctx context.Context, who *person, act string, in any) error {
	return who.post(ctx, fmt.Sprintf("/meetings/%s/%s", p.meeting, act), in, nil)
}

func (p *Play) checkIn(ctx context.Context) error {
	n := 0
	for _, a := range p.sample.Committee.Meeting.Attendance {
		if a.How == "absent" {
			continue
		}
		via := map[string]string{"present": "room", "remote": "remote"}[a.How]
		if err := p.atMeeting(ctx, p.member[a.Seat], "presences", presiding.EnterInput{Via: via}); err != nil {
			return err
		}
		if err := p.atMeeting(ctx, p.member[a.Seat], "pledge", nil); err != nil {
			return err
		}
		n++
	}
	p.say("위원 %d명 출석, 청렴서약", n)
	return nil
}

// pass lets some time go by in the meeting. The times are counted from its start, so that a play that is begun again
// does not let the same time go by twice.
func (p *Play) pass(d time.Duration) {
	if p.cursor.IsZero() {
		p.cursor = meetingStart.Add(2 * time.Minute)
	}
	if p.cursor = p.cursor.Add(d); p.stage.Clock.Now().Before(p.cursor) {
		p.stage.Clock.Jump(p.cursor)
	}
}

// treat takes one item from its tabling to its end.
func (p *Play) treat(ctx context.Context, x played) error {
	p.pass(time.Minute)
	if err := p.onItem(ctx, p.clerk, x, "table", nil); err != nil {
		return err
	}
	for _, s := range p.sample.Statements {
		if s.Item == x.sample.Number && x.sample.Number > 0 {
			if err := p.speak(ctx, x, s); err != nil {
				return err
			}
		}
	}
	p.pass(time.Minute)
	outcome, err := p.settle(ctx, x)
	if err == nil {
		p.say("「%s」 %s", strings.Trim(x.sample.Title, "「」"), outcome)
	}
	return err
}

func (p *Play) onItem(ctx context.Context, who *person, x played, act string, in any) error {
	return who.post(ctx, fmt.Sprintf("/items/%s/%s", x.id, act), in, nil)
}

func (p *Play) speak(ctx context.Context, x played, s sample.Statement) error {
	p.pass(time.Duration(20+len([]rune(s.Text))/5) * time.Second)
	in := presiding.RecordInput{Item: x.id, Member: p.appointment[s.Seat], Text: s.Text}
	if seat, ok := p.sample.Committee.Seat(s.Seat); ok {
		in.Speaker = seat.Member.Name
	}
	if s.Procedural && x.sample.Recused(s.Seat) {
		// Who presides says that the item is deferred, without taking part in it: it stands as the chair's, not the member's.
		in.Member, in.Speaker = "", "위원장"
	}
	return p.clerk.post(ctx, fmt.Sprintf("/meetings/%s/statements", p.meeting), in, nil)
}

func (p *Play) settle(ctx context.Context, x played) (string, error) {
	switch x.sample.Number {
	case 0:
		return p.elect(ctx, x)
	case 1:
		return p.amend(ctx, x)
	case 2:
		return p.challenged(ctx, x)
	case 3:
		return "원안접수", p.onItem(ctx, p.member[1], x, "receive", nil)
	case 4:
		return p.vote(ctx, x, motion(ballot.Secret), dissent{3: ballot.No, 7: ballot.No, 9: ballot.No, 4: ballot.Abstain})
	}
	return p.deferred(ctx, x)
}

// motion opens the vote on an item itself.
func motion(how ballot.Method) balloting.OpenInput {
	return balloting.OpenInput{Purpose: ballot.MainMotion, Method: how}
}

// dissent says who does not vote yes.
type dissent map[int]ballot.Choice

func (d dissent) of(seat int) ballot.Choice {
	if c, ok := d[seat]; ok {
		return c
	}
	return ballot.Yes
}

// voters are the seats that attend and are not recused from the item.
func (p *Play) voters(x played) []int {
	return x.sample.Voters(p.sample.Committee.Meeting.Attending())
}

// vote opens a ballot, has everybody who may vote cast, and closes it.
func (p *Play) vote(ctx context.Context, x played, in balloting.OpenInput, d dissent) (string, error) {
	return p.poll(ctx, x, in, p.voters(x), func(seat int) ballot.Choice { return d.of(seat) })
}

func (p *Play) poll(
	ctx context.Context, x played, in balloting.OpenInput, voters []int, choose func(int) ballot.Choice,
) (string, error) {
	var opened balloting.Opened
	if err := p.clerk.post(ctx, fmt.Sprintf("/items/%s/ballots", x.id), in, &opened); err != nil {
		return "", err
	}
	id := opened.ID
	p.pass(45 * time.Second)
	if in.Method == ballot.Hands {
		if err := p.clerk.post(ctx, fmt.Sprintf("/ballots/%s/hands", id), p.hands(voters, choose), nil); err != nil {
			return "", err
		}
		return p.close(ctx, id)
	}
	for _, seat := range voters {
		p.pass(4 * time.Second)
		cast := balloting.CastInput{Choice: choose(seat)}
		if err := p.member[seat].post(ctx, fmt.Sprintf("/ballots/%s/votes", id), cast, nil); err != nil {
			return "", fmt.Errorf("위원 %02d: %w", seat, err)
		}
	}
	return p.close(ctx, id)
}

func (p *Play) hands(voters []int, choose func(int) ballot.Choice) balloting.RecordInput {
	var in balloting.RecordInput
	for _, seat := range voters {
		in.Votes = append(in.Votes, balloting.Hand{Member: p.appointment[seat], Choice: choose(seat)})
	}
	return in
}

func (p *Play) close(ctx context.Context, id domain.ID) (string, error) {
	var out balloting.Outcome
	if err := p.clerk.post(ctx, fmt.Sprintf("/ballots/%s/close", id), balloting.CloseInput{}, &out); err != nil {
		return "", err
	}
	return out.Sentence, nil
}

func (p *Play) elect(ctx context.Context, x played) (string, error) {
	in := balloting.OpenInput{
		Purpose: ballot.Election, Method: ballot.Secret, Candidates: []domain.ID{p.appointment[12], p.appointment[6]},
	}
	return p.poll(ctx, x, in, p.voters(x), func(seat int) ballot.Choice {
		switch seat {
		case 7, 10:
			return ballot.Choice(p.appointment[6])
		case 3:
			return ballot.Abstain
		}
		return ballot.Choice(p.appointment[12])
	})
}

// amend votes on the amendment first, by hands, then on the motion.
func (p *Play) amend(ctx context.Context, x played) (string, error) {
	a := x.sample.Amendment
	var text strings.Builder
	text.WriteString(a.Text)
	for _, c := range a.Changes {
		fmt.Fprintf(&text, "\n%s\n  (원안) %s\n  (수정안) %s", c.Target, c.Before, c.After)
	}
	for _, b := range a.Blocks {
		fmt.Fprintf(&text, "\n%s", b.Text)
		for _, row := range b.Rows {
			fmt.Fprintf(&text, "\n  - %s", strings.Join(row, ": "))
		}
	}
	var out presiding.Act
	in := presiding.ProposeInput{Text: text.String(), Reason: a.Title}
	if err := p.member[a.Proposer].post(ctx, fmt.Sprintf("/items/%s/amendments", x.id), in, &out); err != nil {
		return "", err
	}
	open := balloting.OpenInput{Purpose: ballot.AmendmentOf, Subject: out.ID, Method: ballot.Hands}
	sentence, err := p.vote(ctx, x, open, dissent{3: ballot.No, 4: ballot.Abstain})
	if err != nil {
		return "", err
	}
	p.say("수정안 표결: %s", sentence)
	return p.vote(ctx, x, motion(ballot.Named), dissent{4: ballot.Abstain})
}

// challenged has a party challenge a member; the committee resolves on it without the member, then votes on the list.
func (p *Play) challenged(ctx context.Context, x played) (string, error) {
	var out presiding.Act
	in := presiding.ChallengeInput{
		Member: p.appointment[13], Ground: "fairness", Reason: "과거 같은 분야 심사에서 의견이 달랐음", Applicant: "신청기관 대표",
	}
	if err := p.secretary.post(ctx, fmt.Sprintf("/items/%s/challenges", x.id), in, &out); err != nil {
		return "", err
	}
	without := p.voters(x)
	for i, seat := range without {
		if seat == 13 {
			without = append(without[:i:i], without[i+1:]...)
			break
		}
	}
	open := balloting.OpenInput{Purpose: ballot.ChallengeOf, Subject: out.ID, Method: ballot.Hands}
	sentence, err := p.poll(ctx, x, open, without, func(seat int) ballot.Choice {
		if seat == 6 {
			return ballot.Yes
		}
		return ballot.No
	})
	if err != nil {
		return "", err
	}
	p.say("위원 13에 대한 기피 신청: %s", sentence)
	return p.vote(ctx, x, motion(ballot.Named), dissent{7: ballot.No, 3: ballot.Abstain})
}

// deferred lets those leave whom the sample has leave, so that nobody is left to vote, and defers the item.
func (p *Play) deferred(ctx context.Context, x played) (string, error) {
	for _, d := range x.sample.Departures {
		in := presiding.LeaveInput{Reason: d.Reason}
		if err := p.atMeeting(ctx, p.member[d.Seat], "departures", in); err != nil {
			return "", err
		}
	}
	err := p.clerk.post(ctx, fmt.Sprintf("/items/%s/ballots", x.id), balloting.OpenInput{Purpose: ballot.MainMotion}, nil)
	if _, ok := err.(refused); !ok {
		return "", fmt.Errorf("a vote without voters was opened: %w", err)
	}
	in := presiding.ReasonInput{Reason: "제척되지 않은 출석위원이 없어 의결할 수 없음"}
	return "보류", p.onItem(ctx, p.clerk, x, "defer", in)
}
