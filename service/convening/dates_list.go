package convening

import (
	"context"
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/service"
)

// ListDatesInput names the meeting.
type ListDatesInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
}

// DatePoll is the candidate dates of a meeting. Rows and the forecasts are for who prepares the meeting, Mine is for
// the member who looks.
type DatePoll struct {
	Meeting       domain.ID          `json:"meeting"`
	Committee     domain.ID          `json:"committee"`
	CommitteeName string             `json:"committeeName"`
	Title         string             `json:"title"`
	Mode          meeting.Mode       `json:"mode"`
	State         meeting.State      `json:"state"`
	Place         string             `json:"place"`
	StartsAt      time.Time          `json:"startsAt"` // of the meeting as it is planned
	Dates         []DateOption       `json:"dates"`    // open ones, soonest first
	Rows          []DateRow          `json:"rows,omitempty"`
	Mine          *MyDates           `json:"mine,omitempty"`
	Silent        int                `json:"silent"`               // members who owe an answer; for who prepares it
	Most          int                `json:"most"`                 // dates that may be open at once
	Basis         string             `json:"basis"`                // of that limit
	RemindedAt    *time.Time         `json:"remindedAt,omitempty"` // for who prepares it
	Chosen        *meeting.Candidate `json:"chosen,omitempty"`     // the chosen date, while the meeting is on it
}

// DateOption is one open date.
type DateOption struct {
	ID       domain.ID             `json:"id"`
	StartsAt time.Time             `json:"startsAt"`
	EndsAt   time.Time             `json:"endsAt"`
	Live     bool                  `json:"live"` // it lies ahead, so it can be answered and chosen
	Forecast *meeting.DateForecast `json:"forecast,omitempty"`
}

// DateRow is one member's answers, in the order of the dates.
type DateRow struct {
	Member domain.ID  `json:"member"`
	Name   string     `json:"name"`
	Cells  []DateCell `json:"cells"`
}

// DateCell is how a member stands to one date.
type DateCell struct {
	Date   domain.ID     `json:"date"`
	Answer meeting.Reply `json:"answer"`
}

// MyDates is what the member who looks has answered.
type MyDates struct {
	Member domain.ID  `json:"member"`
	Cells  []DateCell `json:"cells"`
	Owed   int        `json:"owed"` // live dates without an answer
}

// ListDates shows the candidate dates of a meeting. CodeNotFound "not_found.meeting" to whom it does not concern.
func (s *Service) ListDates(ctx context.Context, by domain.Actor, in ListDatesInput) (DatePoll, error) {
	return service.See(ctx, s.store, func(tx Tx) (DatePoll, error) {
		m, err := tx.Meeting(ctx, in.Meeting)
		if err != nil {
			return DatePoll{}, err
		}
		if err := access.Can(by, "date.list", facts(m)).Err(); err != nil {
			return DatePoll{}, hidden(by, m, err)
		}
		poll, err := pollOf(ctx, tx, m, s.now())
		if err != nil {
			return DatePoll{}, err
		}
		if !concerns(by, m, poll) {
			return DatePoll{}, domain.NotFound("meeting")
		}
		rules, err := s.rules(ctx, tx, m)
		if err != nil {
			return DatePoll{}, err
		}
		return s.datePoll(ctx, tx, by, m, poll, rules)
	})
}

func (s *Service) datePoll(
	ctx context.Context, tx Tx, by domain.Actor, m meeting.Meeting, poll meeting.Poll, rules policy.Rules,
) (DatePoll, error) {
	c, err := tx.Committee(ctx, m.Committee)
	if err != nil {
		return DatePoll{}, err
	}
	out := DatePoll{
		Meeting: m.ID, Committee: m.Committee, CommitteeName: c.Name, Title: m.Title, Mode: m.Mode, State: m.State,
		Place: m.Place, StartsAt: m.StartsAt, Dates: []DateOption{}, Most: policy.DatesMost.Of(rules),
		Basis: policy.DatesMost.Cite(rules), Mine: myDates(by, m, poll, s.now()),
	}
	for _, c := range poll.Open() {
		out.Dates = append(out.Dates, DateOption{
			ID: c.ID, StartsAt: c.StartsAt, EndsAt: m.Plan().MovedTo(c.StartsAt).ExpectedEnd, Live: c.Live(s.now()),
		})
	}
	if chosen, ok := poll.Chosen(); ok && len(out.Dates) == 0 && chosen.StartsAt.Equal(m.StartsAt) {
		out.Chosen = &chosen
	}
	if !(reader{by: by, meeting: m}).sees() || m.State != meeting.Planned {
		return out, nil
	}
	return out, s.prepareDates(ctx, tx, by, m, poll, rules, &out)
}

// myDates is nil for who has no seat or nothing to answer.
func myDates(by domain.Actor, m meeting.Meeting, poll meeting.Poll, now time.Time) *MyDates {
	member := by.Member(m.Committee)
	if !slices.Contains(poll.Asked(now), member) {
		return nil
	}
	out := &MyDates{Member: member, Cells: cells(poll, member)}
	for _, c := range poll.Live(now) {
		if poll.Reply(c.ID, member) == meeting.NoReply {
			out.Owed++
		}
	}
	return out
}

// cells are a member's answers in the order of the open dates.
func cells(poll meeting.Poll, member domain.ID) []DateCell {
	out := []DateCell{}
	for _, c := range poll.Open() {
		out = append(out, DateCell{Date: c.ID, Answer: poll.Reply(c.ID, member)})
	}
	return out
}

// prepareDates adds what who prepares the meeting looks at: the grid and the forecasts. The numbers count items that
// the reader sees in full.
func (s *Service) prepareDates(
	ctx context.Context, tx Tx, by domain.Actor, m meeting.Meeting, poll meeting.Poll, rules policy.Rules, out *DatePoll,
) error {
	if len(out.Dates) == 0 {
		return nil
	}
	agenda, recused, err := seen(ctx, tx, by, m)
	if err != nil {
		return err
	}
	for n, c := range poll.Open() {
		if !c.Live(s.now()) {
			continue
		}
		draft := meeting.Draft{Meeting: m, Now: s.now()}
		day := meeting.Meeting{StartsAt: c.StartsAt}.Day()
		if draft.Spans, err = tx.Spans(ctx, day, day); err != nil {
			return err
		}
		f := poll.ForecastDate(rules, c, draft, agenda, recused)
		out.Dates[n].Forecast = &f
		if at := c.RemindedAt; at != nil && (out.RemindedAt == nil || at.After(*out.RemindedAt)) {
			out.RemindedAt = at
		}
	}
	out.Silent = len(poll.Silent(s.now()))
	out.Rows, err = dateRows(ctx, tx, m, poll, s.now())
	return err
}

// seen lists the items of a meeting that the reader sees in full, without withdrawn ones, and the recusals.
func seen(ctx context.Context, tx Tx, by domain.Actor, m meeting.Meeting) ([]meeting.Item, []meeting.Recusal, error) {
	r, err := read(ctx, tx, by, m)
	if err != nil {
		return nil, nil, err
	}
	items, err := tx.ItemsOf(ctx, m.ID)
	if err != nil {
		return nil, nil, err
	}
	items = slices.DeleteFunc(items, func(i meeting.Item) bool {
		return i.State == meeting.Withdrawn || r.sight(i) != access.Full
	})
	recused, err := tx.RecusalsOf(ctx, m.ID)
	return items, recused, err
}

// dateRows lists the members who are asked, in the order of their seats, as they sit on the first date they are asked
// about.
func dateRows(
	ctx context.Context, tx Tx, m meeting.Meeting, poll meeting.Poll, now time.Time,
) ([]DateRow, error) {
	out := []DateRow{}
	for _, c := range poll.Live(now) {
		chamber, err := tx.Chamber(ctx, m.Committee, c.StartsAt)
		if err != nil {
			return nil, err
		}
		for _, member := range chamber.Serving() {
			out = addRow(out, member, poll)
		}
	}
	return out, nil
}

func addRow(rows []DateRow, m committee.Member, poll meeting.Poll) []DateRow {
	if slices.ContainsFunc(rows, func(r DateRow) bool { return r.Member == m.ID }) {
		return rows
	}
	return append(rows, DateRow{Member: m.ID, Name: m.Name, Cells: cells(poll, m.ID)})
}

// MyPollsInput asks for the meetings whose dates wait for the actor.
type MyPollsInput struct{}

// MyPoll is a planned meeting about whose dates a member is asked.
type MyPoll struct {
	Meeting       domain.ID `json:"meeting"`
	Committee     domain.ID `json:"committee"`
	CommitteeName string    `json:"committeeName"`
	Title         string    `json:"title"`
	Dates         int       `json:"dates"` // that may be answered
	Owed          int       `json:"owed"`  // of them, without an answer
	First         time.Time `json:"first"` // the soonest of them
}

// MyPolls lists the open polls of dates that concern the actor as a member, answered or not, by committee and by date.
func (s *Service) MyPolls(ctx context.Context, by domain.Actor, _ MyPollsInput) (service.Page[MyPoll], error) {
	var none service.Page[MyPoll]
	if err := access.Can(by, "date.mine", access.Facts{}).Err(); err != nil {
		return none, err
	}
	return service.See(ctx, s.store, func(tx Tx) (service.Page[MyPoll], error) {
		out := service.Page[MyPoll]{Items: []MyPoll{}}
		for _, seat := range by.Seats {
			polled, err := tx.Polled(ctx, seat.Committee)
			if err != nil {
				return none, err
			}
			for _, m := range polled {
				if out.Items, err = s.addPoll(ctx, tx, by, m, out.Items); err != nil {
					return none, err
				}
			}
		}
		return out, nil
	})
}

func (s *Service) addPoll(
	ctx context.Context, tx Tx, by domain.Actor, m meeting.Meeting, to []MyPoll,
) ([]MyPoll, error) {
	poll, err := pollOf(ctx, tx, m, s.now())
	if err != nil {
		return to, err
	}
	mine := myDates(by, m, poll, s.now())
	if mine == nil {
		return to, nil
	}
	c, err := tx.Committee(ctx, m.Committee)
	live := poll.Live(s.now())
	return append(to, MyPoll{
		Meeting: m.ID, Committee: m.Committee, CommitteeName: c.Name, Title: m.Title, Dates: len(live), Owed: mine.Owed,
		First: live[0].StartsAt,
	}), err
}
