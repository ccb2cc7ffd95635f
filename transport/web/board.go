package web

import (
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/service"
	"secretariat/service/consulting"
	"secretariat/service/convening"
	"secretariat/service/planning"
	"secretariat/service/selecting"
	"secretariat/service/sweeping"
	"secretariat/service/tasking"
)

// boardPage is every open case with what is due, the most pressing first.
type boardPage struct {
	Columns   []boardColumn
	Open      int
	Hidden    int // open cases that only who works on them may see
	Duties    []sweeping.Duty
	Incidents []sweeping.Incident
	Plans     []boardCommittee
	Dots      []boardDot
}

// boardColumn is the cases of one stretch of time; Key is of its heading.
type boardColumn struct {
	Key   string
	Cards []boardCard
}

// boardCard is one case, of whatever kind.
type boardCard struct {
	Title, Path string // what it is, and where its work is done
	Kind        string // as in service.CaseMeeting
	Stage       service.Stage
	Next        *service.Deadline
	Notes       []string         // what is waited for
	Mail        *service.Mailing // letters that are going out
}

// boardCommittee is a committee that the visitor serves.
type boardCommittee struct {
	ID   domain.ID
	Name string
}

// boardDot is a deadline on the time line of the days to come, in units of the drawing.
type boardDot struct {
	X    int
	Word string
}

// mailAgain is after how many seconds a board on which letters are going out is asked for once more.
const mailAgain = 5

// Bounds of the board.
const (
	boardCases = 200 // open cases looked at
	boardDays  = 30  // of the time line
	boardWidth = 600 // of its drawing
)

func (s *Site) board(v *Visit) (any, error) {
	if !v.SignedIn() {
		return nil, &domain.Error{Code: domain.CodeUnauthenticated, Key: "unauthenticated"}
	}
	cases, err := s.boardCases(v)
	if err != nil {
		return nil, err
	}
	p := boardPage{Columns: []boardColumn{
		{Key: "over"}, {Key: "today"}, {Key: "week"}, {Key: "month"}, {Key: "later"},
	}}
	for _, c := range cases {
		card, ok, err := s.boardCard(v, c)
		if domain.CodeOf(err) == domain.CodeForbidden {
			p.Hidden++
			continue
		}
		if err != nil {
			return nil, err
		}
		if ok {
			p.put(v, card)
		}
		if card.Mail != nil {
			v.refresh = mailAgain
		}
	}
	for i := range p.Columns {
		slices.SortStableFunc(p.Columns[i].Cards, func(a, b boardCard) int { return a.due().Compare(b.due()) })
	}
	return p, s.boardOwed(v, &p)
}

// boardCases are the open cases of the committees that the visitor serves, or of all for who looks after all.
func (s *Site) boardCases(v *Visit) ([]sweeping.Case, error) {
	scopes := boardScopes(v)
	if len(scopes) == 0 {
		return nil, domain.Forbidden("case.list", "")
	}
	var out []sweeping.Case
	for _, committee := range scopes {
		found, err := s.set.ListCases.Call(v.ctx(), sweeping.OpenInput{Committee: committee, Limit: boardCases})
		if err != nil {
			return nil, err
		}
		out = append(out, found.Items...)
	}
	return out, nil
}

// boardCard reads one case, false for one that is over; CodeForbidden for one whose stand the visitor may not see.
func (s *Site) boardCard(v *Visit, of sweeping.Case) (boardCard, bool, error) {
	build, known := map[string]func(*Visit, domain.ID) (boardCard, bool, error){
		service.CaseMeeting: s.meetingCard, service.CaseConsultation: s.consultationCard,
		service.CaseSurvey: s.surveyCard, service.CaseSelection: s.callCard, service.CasePlan: s.planCard,
		service.CaseTask: s.taskCard,
	}[of.Kind]
	if !known {
		return boardCard{}, false, nil
	}
	c, open, err := build(v, of.ID)
	c.Kind = of.Kind
	return c, open, err
}

func (s *Site) meetingCard(v *Visit, id domain.ID) (boardCard, bool, error) {
	at, err := s.set.StandCase.Call(v.ctx(), convening.StandInput{Meeting: id})
	if err != nil {
		return boardCard{}, false, err
	}
	m, err := s.set.ShowMeeting.Call(v.ctx(), convening.ShowInput{Meeting: id})
	c := boardCard{Title: m.Title, Path: "/meetings/" + string(id) + boardPath(at.Stage), Stage: at.Stage}
	if m.Number > 0 {
		c.Title = m.CommitteeName + " " + v.T("web.desk.number", "number", m.Number)
	}
	c.Mail = at.Mailing
	c.first(at.Deadlines)
	c.note(v, "web.board.unsigned", at.Unsigned)
	c.note(v, "web.board.actions", at.Actions)
	return c, at.Stage != convening.StageDone && at.Stage != convening.StageCancelled, err
}

func (s *Site) consultationCard(v *Visit, id domain.ID) (boardCard, bool, error) {
	at, err := s.set.StandConsultation.Call(v.ctx(), consulting.CaseInput{Consultation: id})
	c := boardCard{Title: at.Title, Path: "/consultations/" + string(id), Stage: at.Stage}
	if at.Stage == consulting.StageDisposing {
		c.Path += "/opinions"
	}
	c.Mail = at.Mailing
	c.first(at.Deadlines)
	c.note(v, "web.board.opinions", at.Open)
	c.note(v, "web.board.pending", at.Pending)
	return c, at.Stage != consulting.StageOver, err
}

func (s *Site) callCard(v *Visit, id domain.ID) (boardCard, bool, error) {
	at, err := s.set.StandCall.Call(v.ctx(), selecting.CaseInput{Call: id})
	c := boardCard{Title: at.Title, Path: "/calls/" + string(id) + callPages[at.Stage], Stage: at.Stage}
	if at.Stage == selecting.StageCarrying {
		c.Path = "/agreements?call=" + string(id)
	}
	c.Mail = at.Mailing
	c.first(at.Deadlines)
	c.note(v, "web.board.sheets", at.Waiting)
	c.note(v, "web.board.supplements", at.Asked)
	return c, at.Stage != selecting.StageOver, err
}

func (s *Site) planCard(v *Visit, id domain.ID) (boardCard, bool, error) {
	at, err := s.set.StandPlan.Call(v.ctx(), planning.CaseInput{Plan: id})
	c := boardCard{Title: at.Title, Path: "/plans/" + string(id), Stage: at.Stage}
	if at.Review != "" {
		c.Path = "/reviews/" + string(at.Review)
	}
	c.first(at.Deadlines)
	c.note(v, "web.board.figures", at.Missing)
	return c, at.Stage != planning.StageEnded, err
}

func (s *Site) taskCard(v *Visit, id domain.ID) (boardCard, bool, error) {
	at, err := s.set.StandTask.Call(v.ctx(), tasking.CaseInput{Task: id})
	c := boardCard{Title: at.Title, Path: "/tasks/" + string(id), Stage: at.Stage}
	c.first(at.Deadlines)
	c.note(v, "web.board.letters", at.Letters)
	c.note(v, "web.board.acting", at.Pending)
	return c, at.Stage != tasking.StageOver, err
}

// callPages are the pages on which the work of a stage is done.
var callPages = map[service.Stage]string{
	selecting.StageReviewing: "/applications", selecting.StageEvaluating: "/panel", selecting.StageDeciding: "/ranking",
	selecting.StageObjecting: "/ranking", selecting.StageAgreeing: "/ranking",
}

// first keeps the soonest of the deadlines.
func (c *boardCard) first(all []service.Deadline) {
	if len(all) > 0 {
		c.Next = &all[0]
	}
}

// note adds how much is waited for, if anything.
func (c *boardCard) note(v *Visit, key string, count int) {
	if count > 0 {
		c.Notes = append(c.Notes, v.T(key, "count", count))
	}
}

// boardPath is the page on which the work of a stage is done.
func boardPath(stage convening.Stage) string {
	return map[convening.Stage]string{
		convening.StageConvening: "/prepare", convening.StageNotice: "/prepare", convening.StageAnswering: "/prepare",
		convening.StageSession: "/console", convening.StageMinutes: "/minutes", convening.StageSigning: "/minutes",
		convening.StagePublishing: "/minutes", convening.StageFollowUp: "/minutes",
	}[stage]
}

// due is when the case's next deadline is; a case without one comes last.
func (c boardCard) due() time.Time {
	if c.Next == nil {
		return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return c.Next.At
}

// put puts a card into the column of its deadline.
func (p *boardPage) put(v *Visit, c boardCard) {
	p.Open++
	column := 4
	if c.Next != nil {
		days := v.Today().DaysUntil(calendar.DateOf(c.Next.At))
		switch {
		case c.Next.At.Before(v.Now()):
			column = 0
		case days == 0:
			column = 1
		case days <= 7:
			column = 2
		case days <= boardDays:
			column = 3
		}
		if days >= 0 && days <= boardDays {
			p.Dots = append(p.Dots, boardDot{days * boardWidth / boardDays, v.Label("deadline", c.Next.Name)})
		}
	}
	p.Columns[column].Cards = append(p.Columns[column].Cards, c)
}

// All is how many cases are under way.
func (p boardPage) All() int { return p.Open + p.Hidden }

// Count is how many cases a column holds.
func (p boardPage) Count(key string) int {
	for _, c := range p.Columns {
		if c.Key == key {
			return len(c.Cards)
		}
	}
	return 0
}

// boardOwed adds what the committees that the visitor serves owe, and what went wrong.
func (s *Site) boardOwed(v *Visit, p *boardPage) error {
	for _, at := range v.Actor.Staff {
		owed, err := s.set.ListDuties.Call(v.ctx(), sweeping.ListInput{Committee: at.Committee})
		if err != nil {
			return err
		}
		p.Duties = append(p.Duties, owed.Duties...)
		c, err := s.set.ShowCommittee.Call(v.ctx(), seatingShow(at.Committee))
		if err != nil {
			return err
		}
		p.Plans = append(p.Plans, boardCommittee{at.Committee, c.Committee.Name})
	}
	for _, committee := range boardScopes(v) {
		found, err := s.set.ListIncidents.Call(v.ctx(), sweeping.IncidentsInput{
			Committee: committee, Limit: service.DefaultPage,
		})
		if err != nil {
			return err
		}
		p.Incidents = append(p.Incidents, found.Items...)
	}
	return nil
}

// boardScopes are the committees whose cases and incidents the visitor may see, one empty for all of them.
func boardScopes(v *Visit) []domain.ID {
	if v.Actor.Admin || v.Actor.Auditor {
		return []domain.ID{""}
	}
	var out []domain.ID
	for _, at := range v.Actor.Staff {
		out = append(out, at.Committee)
	}
	return out
}
