package play

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/plan"
	"secretariat/internal/sample"
	"secretariat/service"
	"secretariat/service/balloting"
	"secretariat/service/convening"
	"secretariat/service/minuting"
	"secretariat/service/planning"
	"secretariat/service/presiding"
)

// sitting is a meeting of the committee in the cycle of a plan.
type sitting struct {
	*cycle
	script *sample.Sitting
	id     domain.ID
	items  []domain.ID
}

func (m *sitting) scenes() []scene {
	s := m.script
	return []scene{
		{day(s.Convened, 9, 30), m.plan}, {day(s.Convened, 10, 0), m.convene}, {day(s.Convened.AddDays(2), 10, 0), m.answer},
		{day(s.On.AddDays(-4), 10, 0), m.declare}, {day(s.On, 13, 50), m.enter}, {day(s.On, 14, 2), m.hold},
		{day(s.On.AddDays(1), 9, 30), m.follow}, {day(s.On.AddDays(2), 10, 0), m.circulate}, {day(s.On.AddDays(3), 10, 0), m.sign},
		{day(s.On.AddDays(6), 10, 0), m.publish},
	}
}

func (m *sitting) path(act string) string { return "/meetings/" + string(m.id) + act }

func (m *sitting) starts() time.Time { return day(m.script.On, 14, 0) }

// plan plans the meeting and puts its items with their papers on the agenda.
func (m *sitting) plan(ctx context.Context) error {
	in := convening.PlanInput{Plan: meeting.Plan{
		Title: m.script.Title, Mode: meeting.Mixed, StartsAt: m.starts(), ExpectedEnd: m.starts().Add(2 * time.Hour),
		Place: m.sample.Committee.Meeting.Place,
	}}
	var out meeting.Meeting
	if err := m.clerk.post(ctx, fmt.Sprintf("/committees/%s/meetings", m.committee), in, &out); err != nil {
		return err
	}
	m.id = out.ID
	m.watch(m.path("/case"))
	for n := range m.script.Items {
		if err := m.item(ctx, n); err != nil {
			return err
		}
	}
	return nil
}

func (m *sitting) item(ctx context.Context, n int) error {
	s := m.script.Items[n]
	in := convening.AddItemInput{Content: meeting.Content{
		Kind: meeting.ItemKind(s.Kind), Subject: meeting.SubjectPlan, Title: s.Title, Proposer: m.sample.Committee.Department,
		Proposal: s.Proposal, Reasons: s.Reasons, Summary: s.Summary,
	}}
	var out meeting.Item
	if err := m.clerk.post(ctx, m.path("/items"), in, &out); err != nil {
		return err
	}
	m.items = append(m.items, out.ID)
	title, raw, err := m.paper(ctx, s.Paper)
	if err != nil {
		return err
	}
	fields := map[string]string{"title": title, "confidential": "false"}
	return m.clerk.upload(ctx, "/items/"+string(out.ID)+"/papers", fields, "붙임1.pdf", raw)
}

// paper is what the system prints of the plan for an item. It is kept, since a play that is begun again hands in the same.
func (m *sitting) paper(ctx context.Context, kind string) (title string, raw []byte, err error) {
	from, path := max(m.sets-1, 0), ""
	switch kind {
	case "review":
		title = "이행점검 결과"
		if path, err = m.lastReview(ctx); err != nil {
			return "", nil, err
		}
	case "change":
		title, path = "신구대비표", fmt.Sprintf("%s?from=%d&to=%d", m.at("/comparison.pdf"), from, m.sets)
	default:
		title, path = m.cycle.plan.Title, fmt.Sprintf("%s?from=0&to=%d", m.at("/comparison.pdf"), m.sets)
	}
	file := filepath.Join(m.stage.Dir, Papers, fmt.Sprintf("%s-%s.pdf", m.script.On, kind))
	if raw, err = os.ReadFile(file); err == nil {
		return title, raw, nil
	}
	if raw, err = m.secretary.send(ctx, http.MethodGet, path, http.Header{}, nil); err != nil {
		return "", nil, err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return "", nil, err
	}
	return title, raw, write(file, raw, 0o644)
}

// lastReview is where the result of the last closed review is printed.
func (m *sitting) lastReview(ctx context.Context) (string, error) {
	var view planning.View
	if err := m.secretary.get(ctx, m.at(""), &view); err != nil {
		return "", err
	}
	for _, v := range slices.Backward(view.Reviews) {
		if v.ClosedAt != nil {
			return "/reviews/" + string(v.ID) + "/result.pdf", nil
		}
	}
	return "", fmt.Errorf("no review is closed before the meeting of %s", m.script.On)
}

// convene lets the chair convene; the notice goes out to every member.
func (m *sitting) convene(ctx context.Context) error {
	var view convening.View
	if err := m.member[1].get(ctx, m.path(""), &view); err != nil || view.ConvenedAt != nil {
		return err
	}
	return m.member[1].post(ctx, m.path("/convene"), convening.ConveneInput{Version: view.Version}, nil)
}

func (m *sitting) seats() []int {
	var out []int
	for _, s := range m.sample.Committee.Seats {
		out = append(out, s.Number)
	}
	return out
}

// attending are the seats that come.
func (m *sitting) attending() []int {
	return slices.DeleteFunc(m.seats(), func(seat int) bool { return slices.Contains(m.script.Away, seat) })
}

func (m *sitting) answer(ctx context.Context) error {
	for _, seat := range m.seats() {
		in := convening.AnswerInput{Answer: "attend"}
		if slices.Contains(m.script.Away, seat) {
			in.Answer, in.Reason = "absent", "같은 시각의 다른 공무"
		}
		if err := m.member[seat].post(ctx, m.path("/response"), in, nil); err != nil {
			return fmt.Errorf("위원 %02d: %w", seat, err)
		}
	}
	return nil
}

// declare has everybody declare that they have no interest in an item.
func (m *sitting) declare(ctx context.Context) error {
	for _, item := range m.items {
		for _, seat := range m.seats() {
			in := presiding.DeclareInput{None: true}
			if err := m.member[seat].post(ctx, fmt.Sprintf("/items/%s/interest", item), in, nil); err != nil {
				return fmt.Errorf("위원 %02d: %w", seat, err)
			}
		}
	}
	return nil
}

func (m *sitting) enter(ctx context.Context) error {
	for _, seat := range m.attending() {
		if err := m.member[seat].post(ctx, m.path("/presences"), presiding.EnterInput{Via: meeting.ViaRoom}, nil); err != nil {
			return err
		}
		if err := m.member[seat].post(ctx, m.path("/pledge"), nil, nil); err != nil {
			return err
		}
	}
	return nil
}

// hold opens the meeting, treats its items and adjourns.
func (m *sitting) hold(ctx context.Context) error {
	if err := m.member[1].post(ctx, m.path("/open"), presiding.OpenInput{}, nil); err != nil {
		return err
	}
	if err := m.member[1].post(ctx, m.path("/warn"), nil, nil); err != nil {
		return err
	}
	m.told("%s: 위원 %d명 출석", m.script.Title, len(m.attending()))
	for n, s := range m.script.Items {
		outcome, err := m.treat(ctx, n)
		if err != nil {
			return fmt.Errorf("%s: %w", s.Title, err)
		}
		m.told("「%s」 %s", s.Title, outcome)
	}
	return m.clerk.post(ctx, m.path("/adjourn"), nil, nil)
}

func (m *sitting) treat(ctx context.Context, n int) (string, error) {
	path := "/items/" + string(m.items[n])
	if err := m.clerk.post(ctx, path+"/table", nil, nil); err != nil {
		return "", err
	}
	for _, x := range m.script.Items[n].Said {
		seat, _ := m.sample.Committee.Seat(x.Seat)
		in := presiding.RecordInput{Item: m.items[n], Member: m.appointment[x.Seat], Speaker: seat.Member.Name, Text: x.Text}
		if err := m.clerk.post(ctx, m.path("/statements"), in, nil); err != nil {
			return "", err
		}
	}
	if m.script.Items[n].Kind == string(meeting.Report) {
		return "원안접수", m.member[1].post(ctx, path+"/receive", nil, nil)
	}
	var opened balloting.Opened
	in := balloting.OpenInput{Purpose: ballot.MainMotion, Method: ballot.Named}
	if err := m.clerk.post(ctx, path+"/ballots", in, &opened); err != nil {
		return "", err
	}
	for _, seat := range m.attending() {
		cast := balloting.CastInput{Choice: choice(m.script.Items[n], seat)}
		if err := m.member[seat].post(ctx, fmt.Sprintf("/ballots/%s/votes", opened.ID), cast, nil); err != nil {
			return "", fmt.Errorf("위원 %02d: %w", seat, err)
		}
	}
	return m.close(ctx, opened.ID)
}

func choice(s sample.Tabled, seat int) ballot.Choice {
	switch {
	case slices.Contains(s.No, seat):
		return ballot.No
	case slices.Contains(s.Abstain, seat):
		return ballot.Abstain
	}
	return ballot.Yes
}

// decision is the number of the record of what was decided on an item, which the system issues after the meeting.
func (m *sitting) decision(ctx context.Context, n int) (number string, err error) {
	err = m.until(ctx, "the decision record", func() (bool, error) {
		var page service.Page[minuting.DecisionView]
		err := m.secretary.get(ctx, fmt.Sprintf("/committees/%s/decisions?limit=200", m.committee), &page)
		for _, d := range page.Items {
			if d.Record != nil && d.Record.Item == m.items[n] {
				number = d.Number
			}
		}
		return number != "", err
	})
	return number, err
}

// follow takes the steps of the plan that rest on what the meeting decided.
func (m *sitting) follow(ctx context.Context) error {
	for n, s := range m.script.Items {
		if s.Mark == nil {
			continue
		}
		number, err := m.decision(ctx, n)
		if err != nil {
			return err
		}
		in := planning.MarkInput{Kind: plan.MarkKind(s.Mark.Kind), Number: s.Mark.Number, Ref: number, Text: s.Mark.Text, On: m.script.On}
		if in.Number == 0 {
			in.Number = m.reported
		}
		if err := m.mark(ctx, in); err != nil {
			return err
		}
	}
	return nil
}

// circulate circulates the minutes that the system has drawn up.
func (m *sitting) circulate(ctx context.Context) error {
	view, err := m.draftOf(ctx, m.secretary)
	if err != nil || view.Minutes.State != minutes.Drafting {
		return err
	}
	in := minuting.CirculateInput{Base: view.Minutes.Current, Kind: "recording", Recording: m.script.Title + " 녹음"}
	return m.secretary.post(ctx, "/minutes/"+string(view.Minutes.ID)+"/circulate", in, nil)
}

func (m *sitting) draftOf(ctx context.Context, who *person) (minuting.View, error) {
	var view minuting.View
	err := who.get(ctx, m.path("/minutes"), &view)
	return view, err
}

func (m *sitting) sign(ctx context.Context) error {
	for _, seat := range m.attending() {
		view, err := m.draftOf(ctx, m.member[seat])
		if err != nil {
			return err
		}
		if !view.MaySign {
			continue // has signed in an earlier run
		}
		in := minuting.SignInput{Number: view.Number, Hash: view.Hash}
		if err := m.member[seat].post(ctx, "/minutes/"+string(view.Minutes.ID)+"/signatures", in, nil); err != nil {
			return fmt.Errorf("위원 %02d 서명: %w", seat, err)
		}
	}
	return nil
}

func (m *sitting) publish(ctx context.Context) error {
	view, err := m.draftOf(ctx, m.secretary)
	if err != nil || view.Minutes.State == minutes.Published {
		return err
	}
	m.told("%s 회의록 공개", m.script.Title)
	return m.secretary.post(ctx, "/minutes/"+string(view.Minutes.ID)+"/publish", nil, nil)
}
