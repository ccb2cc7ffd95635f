package convening

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/template"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/service"
)

//go:embed letters.tmpl
var letterText string

// letters are the texts, one named after each kind and one "subject" for all.
var letters = template.Must(template.New("letters").Funcs(template.FuncMap{
	"korean": calendar.Korean,
	"clock":  func(t time.Time) string { return t.In(calendar.Seoul).Format("15:04") },
	"label":  label,
}).Option("missingkey=error").Parse(letterText))

// letterFacts is everything that a letter says.
type letterFacts struct {
	Letter     meeting.Letter
	Meeting    meeting.Meeting
	Committee  committee.Committee
	Name       string // of the member
	Kind       string // 소집 통지 ...
	SameDay    bool   // the meeting ends on the day on which it begins
	Mode       string
	Agenda     []string
	Deadline   time.Time // of what a reminder is about
	DaysLeft   int
	Late       bool   // that time has passed
	NoticeText string // citation
	Link       string
	Dates      []dateLine // candidate dates that may be answered
	Withdrawn  []dateLine // that were taken off the list and still lie ahead
}

// dateLine is a candidate date as a letter names it.
type dateLine struct {
	Start, End time.Time
	SameDay    bool
}

// dateLines are the dates that may still be answered, with the length that the meeting is planned to have.
func (c file) dateLines() []dateLine { return c.lines(c.post.Poll.Live(c.post.Now)) }

func (c file) lines(dates []meeting.Candidate) []dateLine {
	var out []dateLine
	for _, d := range dates {
		end := c.meeting.Plan().MovedTo(d.StartsAt).ExpectedEnd
		out = append(out, dateLine{d.StartsAt, end, calendar.DateOf(d.StartsAt) == calendar.DateOf(end)})
	}
	return out
}

// errNotDue says that a letter has become needless since it was found due.
var errNotDue = errors.New("the letter is not due any more")

// compose writes a letter from the facts of this moment. The address is empty when the member has none.
func (s *Service) compose(ctx context.Context, l meeting.Letter) (Mail, error) {
	return service.See(ctx, s.store, func(tx Tx) (Mail, error) {
		c, err := s.caseOf(ctx, tx, l.Meeting)
		if err != nil {
			return Mail{}, err
		}
		if !slices.ContainsFunc(c.post.Due(c.rules), l.Same) {
			return Mail{}, errNotDue
		}
		chamber, err := tx.Chamber(ctx, c.meeting.Committee, c.dayOf(l))
		if err != nil {
			return Mail{}, err
		}
		seated, ok := chamber.Member(l.Member)
		if !ok { // the term ended since; there is nobody to write to
			return Mail{ID: mailID(l)}, nil
		}
		agenda, err := agendaFor(ctx, tx, c.meeting, *seated.Member)
		if err != nil {
			return Mail{}, err
		}
		to, err := addressOf(ctx, tx, *seated.Member)
		if err != nil {
			return Mail{}, err
		}
		return s.write(c, l, chamber.Committee, to, agenda)
	})
}

// dayOf is when the member of a letter is in office: on the day of the meeting, or while that is asked about, on the
// first of the dates that the member is asked about.
func (c file) dayOf(l meeting.Letter) time.Time {
	for _, d := range c.post.Poll.Live(c.post.Now) {
		if slices.Contains(c.post.Poll.Serving[d.ID], l.Member) {
			return d.StartsAt
		}
	}
	return c.meeting.StartsAt
}

// addressOf is empty for a member whose account is not there.
func addressOf(ctx context.Context, tx Tx, m committee.Member) (Address, error) {
	account, err := tx.Account(ctx, m.Person)
	if domain.CodeOf(err) == domain.CodeNotFound {
		err = nil
	}
	return Address{Name: m.Name, Mail: account.Email}, err
}

// agendaFor is the agenda as this member may see it. The title of a confidential item does not go by mail.
func agendaFor(ctx context.Context, tx Tx, m meeting.Meeting, to committee.Member) ([]string, error) {
	r, err := read(ctx, tx, asMember(to, m), m)
	if err != nil {
		return nil, err
	}
	items, err := tx.ItemsOf(ctx, m.ID)
	return agendaLines(items, r.sight), err
}

// asMember is a member as who looks at a meeting.
func asMember(to committee.Member, m meeting.Meeting) domain.Actor {
	return domain.Actor{
		ID: to.Person, Kind: domain.ActorPerson, Seats: []domain.Seat{{Committee: m.Committee, Member: to.ID}},
	}
}

func agendaLines(items []meeting.Item, sight func(meeting.Item) access.Sight) []string {
	var out []string
	for _, i := range items {
		if i.State != meeting.Withdrawn {
			out = append(out, agendaLine(i, sight(i)))
		}
	}
	return out
}

func agendaLine(i meeting.Item, sight access.Sight) string {
	switch {
	case sight == access.NumberOnly, sight == access.Hidden:
		return i.Number + " (제척으로 열람할 수 없음)"
	case i.Confidential:
		return "[" + kindNames[i.Kind] + "] " + i.Number + " (비공개 안건)"
	}
	return "[" + kindNames[i.Kind] + "] " + i.Number + " " + i.Title
}

var kindNames = map[meeting.ItemKind]string{
	meeting.Deliberation: "심의", meeting.Resolution: "의결", meeting.Advice: "자문", meeting.Report: "보고",
}

var modeNames = map[meeting.Mode]string{
	meeting.InPerson: "대면회의", meeting.Remote: "화상회의", meeting.Mixed: "대면ㆍ화상 병행", meeting.Written: "서면심의",
}

var letterNames = map[meeting.LetterKind]string{
	meeting.Invitation: "소집 통지", meeting.Update: "변경 통지", meeting.Cancellation: "취소 통지",
	meeting.Reminder: "참석 여부 회신 요청", meeting.WrittenReminder: "서면심의 의견 제출 요청",
	meeting.SignatureReminder: "회의록 확인ㆍ서명 요청", meeting.InterestReminder: "이해관계 신고 요청",
	meeting.DateAsk: "날짜 응답 요청", meeting.DateReminder: "날짜 응답 독촉",
	meeting.DateChosen: "날짜 확정", meeting.DateWithdrawn: "날짜 후보 철회",
}

func (s *Service) write(c file, l meeting.Letter, of committee.Committee, to Address, agenda []string) (Mail, error) {
	m := c.meeting
	f := letterFacts{
		Letter: l, Meeting: m, Committee: of, Name: to.Name, Kind: letterNames[l.Kind],
		Mode: modeNames[m.Mode], Agenda: agenda,
		SameDay: calendar.DateOf(m.StartsAt) == calendar.DateOf(m.End()), NoticeText: policy.NoticeDays.Cite(c.rules),
		Deadline: c.deadlineOf(l.Kind), Dates: c.dateLines(), Withdrawn: c.lines(c.post.Poll.Retracted(c.post.Now)),
	}
	f.Late = c.post.Now.After(f.Deadline)
	f.DaysLeft = calendar.DateOf(c.post.Now).DaysUntil(calendar.DateOf(f.Deadline))
	if s.ports.Address != "" {
		f.Link = strings.TrimSuffix(s.ports.Address, "/") + "/meetings/" + string(m.ID) + pages[l.Kind]
	}
	text, err := render(string(l.Kind), f)
	if err != nil {
		return Mail{}, err
	}
	subject, err := render("subject", f)
	if err != nil {
		return Mail{}, err
	}
	out := Mail{ID: mailID(l), To: to, Subject: line(subject), Text: text}
	notice := l.Kind == meeting.Invitation || l.Kind == meeting.Update || l.Kind == meeting.Cancellation
	if notice && m.Announced() { // who was only asked for a date has no entry in the calendar
		out.Event = event(f)
	}
	return out, nil
}

// pages is which page of the meeting a letter leads to, where it is not the first.
var pages = map[meeting.LetterKind]string{
	meeting.DateAsk: "/dates", meeting.DateReminder: "/dates", meeting.InterestReminder: "#agenda",
}

// deadlineOf is the time that a letter is about.
func (c file) deadlineOf(kind meeting.LetterKind) time.Time {
	switch {
	case kind == meeting.WrittenReminder:
		return c.meeting.End()
	case kind == meeting.SignatureReminder && !c.post.SignBy.IsZero():
		return c.post.SignBy
	}
	return c.meeting.StartsAt
}

func event(f letterFacts) *Event {
	m := f.Meeting
	return &Event{
		UID: "meeting/" + string(m.ID), Sequence: m.NoticeSequence, Cancelled: m.State == meeting.Cancelled,
		Start: m.StartsAt, End: m.End(), Summary: line(fmt.Sprintf("%s 제%d차 회의", f.Committee.Name, m.Number)),
		Location: line(m.Place), Description: strings.Join(f.Agenda, "\n"), URL: f.Link, Stamp: f.stamp(),
	}
}

// stamp is when the present state of the meeting was written down, as near as it is kept.
func (f letterFacts) stamp() time.Time {
	if f.Meeting.CancelledAt != nil {
		return *f.Meeting.CancelledAt
	}
	return f.Letter.DueAt
}

func render(name string, f letterFacts) (string, error) {
	var b strings.Builder
	if err := letters.ExecuteTemplate(&b, name, f); err != nil {
		return "", fmt.Errorf("letter %s: %w", name, err)
	}
	return strings.TrimSpace(b.String()) + "\n", nil
}

// line puts a text on one line.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// ordinals number the second level of a list in official documents (행정업무규칙 2①).
const ordinals = "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허"

// label is the mark of the n-th entry of such a list, from 0.
func label(n int) string {
	marks := []rune(ordinals)
	if n < len(marks) {
		return string(marks[n]) + "."
	}
	return fmt.Sprintf("%d)", n+1)
}
