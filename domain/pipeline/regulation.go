package pipeline

import (
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// Kind says what an organisation brings into the pipeline.
type Kind string

// The kinds.
const (
	Project    Kind = "task"       // 과제
	Regulation Kind = "regulation" // 규제개선 요청 (촉진법 17)
)

// Barrier is what a request to improve a regulation is about.
type Barrier string

// The barriers.
const (
	Technical  Barrier = "technical"  // 기술적 애로
	Regulatory Barrier = "regulatory" // 법령ㆍ제도의 규제
	Essential  Barrier = "essential"  // 본질적 규제: what firms and officials alike see as to be solved first
)

// Barriers lists them.
func Barriers() []Barrier { return []Barrier{Technical, Regulatory, Essential} }

// Field is one of the five fields of new digital industries to which a request belongs.
type Field string

// The fields.
const (
	Fintech    Field = "fintech"    // 핀테크
	Mobility   Field = "mobility"   // 모빌리티
	Robot      Field = "robot"      // 로봇
	Artificial Field = "ai"         // 인공지능
	BioHealth  Field = "bio_health" // 바이오헬스
)

// Fields lists them.
func Fields() []Field { return []Field{Fintech, Mobility, Robot, Artificial, BioHealth} }

// Demand is what a request to improve a regulation says beside what every task does.
type Demand struct {
	Kind      Kind    `json:"kind,omitempty"`
	Barrier   Barrier `json:"barrier,omitempty"`
	Field     Field   `json:"field,omitempty"`
	Provision string  `json:"provision,omitempty"` // 관련 법령ㆍ조항
}

func (d Demand) check(p *domain.Problems) {
	domain.OneOf(p, "kind", d.Kind, "", Project, Regulation)
	domain.OneOf(p, "barrier", d.Barrier, append(Barriers(), "")...)
	domain.OneOf(p, "field", d.Field, append(Fields(), "")...)
	p.Text("provision", d.Provision, false, domain.MaxLine)
}

func (d Demand) complete(p *domain.Problems) {
	p.Check(d.Barrier != "", "barrier", "field.required")
	p.Check(d.Field != "", "field", "field.required")
	p.Text("provision", d.Provision, true, domain.MaxLine)
}

// Route is what the reply to a request says becomes of it.
type Route string

// The routes.
const (
	ToAgenda  Route = "agenda"   // 위원회 상정
	ToSandbox Route = "sandbox"  // 규제샌드박스 신청 연계
	Allowed   Route = "allowed"  // 현행 규정으로 가능
	Unchanged Route = "declined" // 수용 곤란
)

// Routes lists them.
func Routes() []Route { return []Route{ToAgenda, ToSandbox, Allowed, Unchanged} }

// Track is how the sandbox is entered.
type Track string

// The tracks.
const (
	QuickCheck Track = "quick_check" // 신속확인
	Permit     Track = "permit"      // 임시허가
	Trial      Track = "trial"       // 실증특례
)

// Tracks lists them.
func Tracks() []Track { return []Track{QuickCheck, Permit, Trial} }

// Ruling is what the office in charge of the sandbox says.
type Ruling string

// The rulings.
const (
	Filed   Ruling = "filed"   // 신청서 접수
	Granted Ruling = "granted" // 승인
	Refused Ruling = "refused" // 불승인
)

// Rulings lists them.
func Rulings() []Ruling { return []Ruling{Filed, Granted, Refused} }

// Reply is the clock of a request and what was replied.
type Reply struct {
	ReceivedAt   *time.Time    `json:"receivedAt,omitempty"`   // first submission, from which the days to reply run
	SupplementAt *time.Time    `json:"supplementAt,omitempty"` // when it was first to be mended before the reply
	ExtendedAt   *time.Time    `json:"extendedAt,omitempty"`
	ExtendedDays int           `json:"extendedDays,omitempty"`
	ExtendedFor  string        `json:"extendedFor,omitempty"`
	ReplyDue     calendar.Date `json:"replyDue,omitempty"` // as it was when the reply was given
	RepliedAt    *time.Time    `json:"repliedAt,omitempty"`
	Route        Route         `json:"route,omitempty"`
	ReplyText    string        `json:"replyText,omitempty"`
	Track        Track         `json:"track,omitempty"`      // of the sandbox
	Office       string        `json:"office,omitempty"`     // in charge of the sandbox
	FiledUnder   string        `json:"filedUnder,omitempty"` // number that the office gave the request
	Ruling       Ruling        `json:"ruling,omitempty"`
}

// OwesReply reports whether who asked waits for the reply of the law.
func (t Task) OwesReply() bool {
	return t.Kind == Regulation && t.ReceivedAt != nil && t.RepliedAt == nil && !t.Over()
}

// ReplyBy is the last day to reply to a request, with its source; false where no reply is owed (촉진법 17). The days run from
// the day after it was received; a request for a supplement makes them longer, and they are put off once.
func (t Task) ReplyBy(r policy.Rules) (calendar.Date, string, bool) {
	if !t.OwesReply() {
		return "", "", false
	}
	key := policy.RegulationReplyDays
	if t.SupplementAt != nil {
		key = policy.RegulationSupplementDays
	}
	return calendar.DateOf(*t.ReceivedAt).AddDays(key.Of(r) + t.ExtendedDays), key.Cite(r), true
}

var errNoReply = domain.Conflict("task.no_reply_owed", nil)

// Extend puts the reply off, once and before its day has passed, by no more days than the law allows.
func (t Task) Extend(days int, reason string, now time.Time, r policy.Rules) (Task, error) {
	due, basis, owed := t.ReplyBy(r)
	most := policy.RegulationExtendDays.Of(r)
	switch {
	case !owed:
		return t, errNoReply
	case t.ExtendedAt != nil:
		return t, domain.Refused("task.extended_once", policy.RegulationExtendDays.Cite(r), nil)
	case calendar.DateOf(now) > due:
		return t, domain.Refused("task.reply_late", basis, domain.Args{"due": string(due)})
	case days < 1 || days > most:
		return t, domain.Refused("task.extend_days", policy.RegulationExtendDays.Cite(r), domain.Args{"max": most})
	}
	t.ExtendedAt, t.ExtendedDays, t.ExtendedFor = &now, days, reason
	return t, nil
}

// supplement notes that a request is to be mended before it was replied to.
func (t Task) supplement(now time.Time) Task {
	if t.OwesReply() && t.SupplementAt == nil {
		t.SupplementAt = &now
	}
	return t
}

// AskSupplement gives a request back to who asked, with what is to be added.
func (t Task) AskSupplement(reason string, now time.Time) (Task, error) {
	if !t.OwesReply() {
		return t, errNoReply
	}
	gates := map[State]Gate{Discussing: GateDivision, Refining: GateCouncil}
	if gates[t.State] == "" {
		return t, refusals[Discussing]
	}
	return t.Return(gates[t.State], reason, now)
}

// Answer is a reply to a request.
type Answer struct {
	Route  Route  `json:"route"`
	Text   string `json:"text"`
	Track  Track  `json:"track,omitempty"`  // where the route is the sandbox
	Office string `json:"office,omitempty"` // likewise
}

// Check notes everything that is wrong with a reply.
func (a Answer) Check(p *domain.Problems) {
	domain.OneOf(p, "route", a.Route, Routes()...)
	p.Text("text", a.Text, true, domain.MaxText)
	p.Text("office", a.Office, a.Route == ToSandbox, domain.MaxName)
	if a.Route == ToSandbox {
		domain.OneOf(p, "track", a.Track, Tracks()...)
	}
}

// Answer replies to a request, which goes where the reply says, whatever gate it waits at: the day of the law does not wait for
// the gates. One that is being mended can only be ended.
func (t Task) Answer(a Answer, now time.Time, r policy.Rules) (Task, error) {
	due, _, owed := t.ReplyBy(r)
	if !owed {
		return t, errNoReply
	}
	if t.State == Returned && (a.Route == ToAgenda || a.Route == ToSandbox) {
		return t, domain.Conflict("task.being_mended", nil)
	}
	t = t.at(map[Route]State{ToAgenda: Tabling, ToSandbox: Sandbox, Allowed: Finished, Unchanged: Declined}[a.Route], now)
	t.RepliedAt, t.ReplyDue, t.Route, t.ReplyText, t.Reason = &now, due, a.Route, a.Text, ""
	switch a.Route {
	case ToSandbox:
		t.Track, t.Office = a.Track, a.Office
	case Allowed:
		t.FinishedAt = &now
	}
	return t, nil
}

// Rule takes over what the office in charge of the sandbox says: that the request arrived there, or how it ended.
func (t Task) Rule(x Ruling, number, reason string, now time.Time) (Task, error) {
	if t.State != Sandbox {
		return t, domain.Conflict("task.not_sandbox", nil)
	}
	t.Ruling = x
	if number != "" {
		t.FiledUnder = number
	}
	switch x {
	case Filed:
		t.GateAt = &now
	case Granted:
		t = t.at(Finished, now)
		t.FinishedAt = &now
	case Refused:
		t = t.at(Declined, now)
		t.Reason = reason
	}
	return t, nil
}

// Request is what is counted of a request, without what it is about.
type Request struct {
	Barrier    Barrier
	Field      Field
	RepliedAt  *time.Time
	ReplyDue   calendar.Date
	Route      Route
	Ruling     Ruling
	SelectedAt *time.Time
}

// FieldCount is how many requests a field has, by barrier.
type FieldCount struct {
	Field      Field `json:"field"`
	Technical  int   `json:"technical"`
	Regulatory int   `json:"regulatory"`
	Essential  int   `json:"essential"`
	All        int   `json:"all"`
}

// Requests are the requests of an alliance in numbers that name nobody.
type Requests struct {
	Received int          `json:"received"`
	Replied  int          `json:"replied"`
	InTime   int          `json:"inTime"`   // replied to by the day of the law
	Agenda   int          `json:"agenda"`   // brought before the committee
	Sandbox  int          `json:"sandbox"`  // brought to the sandbox
	Allowed  int          `json:"allowed"`  // what the rules allow already
	Declined int          `json:"declined"` // not taken up
	Improved int          `json:"improved"` // carried by the committee, or let into the sandbox
	Fields   []FieldCount `json:"fields"`
}

// CountRequests counts them.
func CountRequests(all []Request) Requests {
	out := Requests{Received: len(all)}
	for _, f := range Fields() {
		out.Fields = append(out.Fields, fieldCount(f, all))
	}
	routes := map[Route]*int{ToAgenda: &out.Agenda, ToSandbox: &out.Sandbox, Allowed: &out.Allowed, Unchanged: &out.Declined}
	for _, x := range all {
		if x.SelectedAt != nil || x.Ruling == Granted {
			out.Improved++
		}
		if x.RepliedAt == nil {
			continue
		}
		out.Replied++
		if calendar.DateOf(*x.RepliedAt) <= x.ReplyDue {
			out.InTime++
		}
		if n := routes[x.Route]; n != nil {
			*n++
		}
	}
	return out
}

func fieldCount(f Field, all []Request) FieldCount {
	out := FieldCount{Field: f}
	kinds := map[Barrier]*int{Technical: &out.Technical, Regulatory: &out.Regulatory, Essential: &out.Essential}
	for _, x := range all {
		if n := kinds[x.Barrier]; x.Field == f && n != nil {
			*n++
			out.All++
		}
	}
	return out
}
