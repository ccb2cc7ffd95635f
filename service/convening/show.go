package convening

import (
	"context"
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/policy"
	"secretariat/service"
)

// ShowInput names the meeting to show.
type ShowInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
}

// View is the one page of a meeting. Mine, Answers and Forecast are for those they concern and empty for everyone
// else.
type View struct {
	Summary
	Committee      domain.ID  `json:"committee"`
	CommitteeName  string     `json:"committeeName"`
	Rules          string     `json:"rules"` // hash of the policy frozen for the meeting
	Pack           string     `json:"pack"`
	Provisional    bool       `json:"provisional"` // the rules rest on a draft ordinance (가칭)
	WrittenGround  string     `json:"writtenGround,omitempty"`
	WrittenReason  string     `json:"writtenReason,omitempty"`
	WrittenUntil   *time.Time `json:"writtenUntil,omitempty"`
	NoticeGround   string     `json:"noticeGround,omitempty"`
	NoticeReason   string     `json:"noticeReason,omitempty"`
	CouncilGround  string     `json:"councilGround,omitempty"`
	CouncilReason  string     `json:"councilReason,omitempty"`
	ClosedGround   string     `json:"closedGround,omitempty"`
	ClosedReason   string     `json:"closedReason,omitempty"`
	CancelReason   string     `json:"cancelReason,omitempty"`
	ConvenedAt     *time.Time `json:"convenedAt,omitempty"`
	NoticedAt      *time.Time `json:"noticedAt,omitempty"`
	NoticeSequence int        `json:"noticeSequence"`
	WarnedAt       *time.Time `json:"warnedAt,omitempty"`
	OpenedAt       *time.Time `json:"openedAt,omitempty"`
	AdjournedAt    *time.Time `json:"adjournedAt,omitempty"`
	CurrentItem    domain.ID  `json:"currentItem,omitempty"`
	PapersFrozen   bool       `json:"papersFrozen"`
	PapersFreezeAt time.Time  `json:"papersFreezeAt"`
	Notice         Notice     `json:"notice"`
	Agenda         []Card     `json:"agenda"`
	Mine           *Mine      `json:"mine,omitempty"`     // of a member
	Answers        []Answered `json:"answers,omitempty"`  // for the staff, auditors and the chair
	Forecast       *Forecast  `json:"forecast,omitempty"` // for members, the staff and auditors
	Version        int        `json:"version"`
}

// Forecast is the quorum forecast; items that the actor may not see are left out.
type Forecast = meeting.Forecast

// Card is one agenda item as the actor may see it. Of an item that is withheld there is its number and position
// alone.
type Card struct {
	ID           domain.ID         `json:"id"`
	Position     int               `json:"position"`
	Number       string            `json:"number"`
	Sight        access.Sight      `json:"sight"`
	Kind         meeting.ItemKind  `json:"kind,omitempty"`
	Title        string            `json:"title,omitempty"`
	State        meeting.ItemState `json:"state,omitempty"`
	Outcome      meeting.Outcome   `json:"outcome,omitempty"`
	Confidential bool              `json:"confidential,omitempty"`
	Item         *meeting.Item     `json:"item,omitempty"`     // everything, for who may see everything
	Papers       []meeting.Paper   `json:"papers,omitempty"`   // current ones
	Declared     string            `json:"declared,omitempty"` // my declaration: none, interest; empty when there is none
}

// Mine is what concerns the member who looks at the page.
type Mine struct {
	Member   domain.ID         `json:"member"`
	Response *meeting.Response `json:"response,omitempty"`
	Pledged  bool              `json:"pledged"`
}

// Answered is a member with the answer to the notice, empty when there is none.
type Answered struct {
	Member domain.ID `json:"member"`
	Name   string    `json:"name"`
	Answer string    `json:"answer,omitempty"`
	Reason string    `json:"reason,omitempty"`
	Proxy  string    `json:"proxy,omitempty"` // name and post of who stands in
	// Unreached says that the last notice could not be delivered and must be handed over otherwise.
	Unreached bool `json:"unreached,omitempty"`
}

// Show gives the page of a meeting. CodeNotFound to whom it is not announced.
func (s *Service) Show(ctx context.Context, by domain.Actor, in ShowInput) (View, error) {
	return service.See(ctx, s.store, func(tx Tx) (View, error) {
		m, err := tx.Meeting(ctx, in.Meeting)
		if err != nil {
			return View{}, err
		}
		r, err := read(ctx, tx, by, m)
		if err != nil {
			return View{}, err
		}
		if !r.sees() {
			return View{}, domain.NotFound("meeting")
		}
		rules, err := s.rules(ctx, tx, m)
		if err != nil {
			return View{}, err
		}
		v := s.view(m, rules)
		if err := fillAgenda(ctx, tx, r, &v); err != nil {
			return View{}, err
		}
		return v, fillPeople(ctx, tx, r, rules, &v)
	})
}

func (s *Service) view(m meeting.Meeting, rules policy.Rules) View {
	days := policy.PapersFreezeDays.Of(rules)
	return View{
		Summary: summary(m), Committee: m.Committee, Rules: m.Rules, Pack: rules.Pack, Provisional: rules.Provisional,
		WrittenGround: m.WrittenGround, WrittenReason: m.WrittenReason, WrittenUntil: m.WrittenUntil,
		NoticeGround: m.NoticeGround, NoticeReason: m.NoticeReason, CouncilGround: m.CouncilGround,
		CouncilReason: m.CouncilReason, ClosedGround: m.ClosedGround, ClosedReason: m.ClosedReason, CancelReason: m.CancelReason, ConvenedAt: m.ConvenedAt, NoticedAt: m.NoticedAt,
		NoticeSequence: m.NoticeSequence, WarnedAt: m.WarnedAt, OpenedAt: m.OpenedAt, AdjournedAt: m.AdjournedAt,
		PapersFrozen: m.PapersFrozen(days, s.now()), PapersFreezeAt: m.FreezeAt(days),
		Notice: noticeOf(m, rules, s.now()), Agenda: []Card{}, Version: m.Version,
	}
}

// fillAgenda shows each item as far as the actor may see it.
func fillAgenda(ctx context.Context, tx Tx, r reader, v *View) error {
	agenda, err := tx.ItemsOf(ctx, r.meeting.ID)
	if err != nil {
		return err
	}
	papers, err := tx.PapersOfMeeting(ctx, r.meeting.ID)
	if err != nil {
		return err
	}
	declared, err := declarations(ctx, tx, r)
	if err != nil {
		return err
	}
	for _, i := range agenda {
		if card, ok := r.card(i, papers, declared); ok {
			v.Agenda = append(v.Agenda, card)
		}
		if i.ID == r.meeting.CurrentItem && r.sight(i) != access.Hidden {
			v.CurrentItem = i.ID
		}
	}
	return nil
}

// card shows one item, false when the actor may not even know of it.
func (r reader) card(i meeting.Item, papers []meeting.Paper, declared []meeting.Interest) (Card, bool) {
	sight := r.sight(i)
	if sight == access.Hidden {
		return Card{}, false
	}
	c := Card{ID: i.ID, Position: i.Position, Number: i.Number, Sight: sight, Declared: declaration(i, declared)}
	if sight == access.NumberOnly {
		return c, true
	}
	c.Kind, c.Title, c.State, c.Outcome, c.Confidential = i.Kind, i.Title, i.State, i.Outcome, i.Confidential
	if sight == access.Full {
		i = r.disclosed(i)
		c.Item = &i
		c.Papers = r.readable(i, papers)
	}
	return c, true
}

// disclosed is an item as the reader may have it: the public gets nothing that is noted for the recusal check only, and
// no text of which something is withheld in the published record.
func (r reader) disclosed(i meeting.Item) meeting.Item {
	if _, seated := r.by.Seat(r.meeting.Committee); seated || r.insider() {
		return i
	}
	i.Interested = nil
	if minutes.Touches(r.redactions, i.ID) {
		i.Proposal, i.Reasons, i.Summary, i.OutcomeText, i.OutcomeReason, i.Conditions = "", "", "", "", "", nil
	}
	return i
}

func (r reader) readable(i meeting.Item, papers []meeting.Paper) []meeting.Paper {
	var out []meeting.Paper
	for _, p := range papers {
		if p.Item == i.ID && r.reads(i, p) {
			out = append(out, r.shown(p))
		}
	}
	return out
}

// shown leaves out who brought a paper, and why late, for everyone but those who keep the record.
func (r reader) shown(p meeting.Paper) meeting.Paper {
	if !r.insider() {
		p.AddedBy = ""
	}
	return p
}

// declarations are what the actor, as a member, has declared about the items of the meeting.
func declarations(ctx context.Context, tx Tx, r reader) ([]meeting.Interest, error) {
	member := r.by.Member(r.meeting.Committee)
	if member == "" {
		return nil, nil
	}
	all, err := tx.InterestsOf(ctx, r.meeting.ID)
	return slices.DeleteFunc(all, func(d meeting.Interest) bool { return d.Member != member }), err
}

func declaration(i meeting.Item, declared []meeting.Interest) string {
	for _, d := range declared {
		if d.Item == i.ID && d.None {
			return "none"
		}
		if d.Item == i.ID {
			return "interest"
		}
	}
	return ""
}

// fillPeople adds what concerns the member who looks, and the answers for who may see them.
func fillPeople(ctx context.Context, tx Tx, r reader, rules policy.Rules, v *View) error {
	c, err := tx.Chamber(ctx, r.meeting.Committee, r.meeting.StartsAt)
	if err != nil {
		return err
	}
	v.CommitteeName = c.Committee.Name
	seat, seated := r.by.Seat(r.meeting.Committee)
	if !seated && !r.insider() {
		return nil
	}
	answers, err := tx.ResponsesOf(ctx, r.meeting.ID)
	if err != nil {
		return err
	}
	if seated {
		if v.Mine, err = mine(ctx, tx, r, answers); err != nil {
			return err
		}
	}
	var serving []domain.ID
	for _, m := range c.Serving() {
		serving = append(serving, m.ID)
	}
	if v.Forecast, err = forecast(ctx, tx, r, rules, serving, answers, v.Agenda); err != nil {
		return err
	}
	if !r.insider() && !seat.Chair {
		return nil
	}
	proxies, err := tx.ProxiesOf(ctx, r.meeting.ID)
	if err != nil {
		return err
	}
	letters, err := tx.LettersOf(ctx, r.meeting.ID)
	for _, m := range c.Serving() {
		a := answered(m.ID, m.Name, answers, proxies)
		a.Unreached = unreached(m.ID, letters)
		v.Answers = append(v.Answers, a)
	}
	return err
}

func mine(ctx context.Context, tx Tx, r reader, answers []meeting.Response) (*Mine, error) {
	out := &Mine{Member: r.by.Member(r.meeting.Committee)}
	if n := slices.IndexFunc(answers, func(a meeting.Response) bool { return a.Member == out.Member }); n >= 0 {
		out.Response = &answers[n]
	}
	pledges, err := tx.PledgesOf(ctx, r.meeting.ID)
	out.Pledged = slices.ContainsFunc(pledges, func(p meeting.Pledge) bool { return p.Member == out.Member })
	return out, err
}

// forecast counts for the items that the actor may see in full; of the others nothing, not even how many are recused.
func forecast(
	ctx context.Context, tx Tx, r reader, rules policy.Rules, serving []domain.ID, answers []meeting.Response,
	cards []Card,
) (*Forecast, error) {
	if r.meeting.Mode == meeting.Written || !r.meeting.Before() {
		return nil, nil
	}
	recused, err := tx.RecusalsOf(ctx, r.meeting.ID)
	if err != nil {
		return nil, err
	}
	var seen []meeting.Item
	for _, c := range cards {
		if c.Item != nil && c.State != meeting.Withdrawn {
			seen = append(seen, *c.Item)
		}
	}
	f := meeting.ForecastOf(rules, serving, answers, seen, recused)
	return &f, nil
}

func answered(member domain.ID, name string, answers []meeting.Response, proxies []meeting.Proxy) Answered {
	out := Answered{Member: member, Name: name}
	for _, a := range answers {
		if a.Member == member {
			out.Answer, out.Reason = a.Answer, a.Reason
		}
	}
	for _, p := range proxies {
		if p.Member == member {
			out.Proxy = p.Name + " (" + p.Post + ")"
		}
	}
	return out
}

// unreached reports whether the newest letter to the member was given up; letters come oldest first.
func unreached(member domain.ID, letters []meeting.Letter) bool {
	failed := false
	for _, l := range letters {
		if l.Member == member {
			failed = l.Failure != ""
		}
	}
	return failed
}

// ShowItemInput names the item to show.
type ShowItemInput struct {
	Item domain.ID `json:"-" path:"item"`
}

// ItemView is one item with every paper that the actor may read.
type ItemView struct {
	Card
	Meeting   domain.ID     `json:"meeting"`
	Committee domain.ID     `json:"committee"`
	Day       calendar.Date `json:"day"`
}

// ShowItem gives one item as far as the actor may see it, with earlier revisions of its papers for staff and
// auditors. CodeNotFound to whom it is not announced.
func (s *Service) ShowItem(ctx context.Context, by domain.Actor, in ShowItemInput) (ItemView, error) {
	return service.See(ctx, s.store, func(tx Tx) (ItemView, error) {
		i, err := tx.Item(ctx, in.Item)
		if err != nil {
			return ItemView{}, err
		}
		m, err := tx.Meeting(ctx, i.Meeting)
		if err != nil {
			return ItemView{}, err
		}
		r, err := read(ctx, tx, by, m)
		if err != nil {
			return ItemView{}, err
		}
		papers, err := tx.PapersOf(ctx, i.ID)
		if err != nil {
			return ItemView{}, err
		}
		declared, err := declarations(ctx, tx, r)
		card, ok := r.card(i, papers, declared)
		if err == nil && !ok {
			err = domain.NotFound("item")
		}
		return ItemView{Card: card, Meeting: m.ID, Committee: m.Committee, Day: m.Day()}, err
	})
}
