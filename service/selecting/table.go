package selecting

import (
	"context"
	"slices"
	"strconv"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/policy"
	"secretariat/domain/selection"
	"secretariat/service"
)

// Chamber is the committee that deliberates on a ranking.
type Chamber interface {
	Meeting(context.Context, domain.ID) (meeting.Meeting, error)
	LockMeeting(context.Context, domain.ID) (meeting.Meeting, error)
	Item(context.Context, domain.ID) (meeting.Item, error)
	ChangeItem(context.Context, *meeting.Item) error
	// ItemsAhead lists the items of a committee's meetings that have not opened.
	ItemsAhead(ctx context.Context, committee domain.ID) ([]meeting.Item, error)
	Chamber(ctx context.Context, committee domain.ID, at time.Time) (committee.Chamber, error)
	RecusalsOf(ctx context.Context, meeting domain.ID) ([]meeting.Recusal, error)
	AddRecusal(context.Context, meeting.Recusal) error
	AddEvent(context.Context, meeting.Event) error
	DecisionsOf(ctx context.Context, meeting domain.ID) ([]minutes.Decision, error)
	SupersededBy(ctx context.Context, decision domain.ID) (domain.ID, error)
}

// Choice is something to choose from a list, with the words it is known by.
type Choice struct {
	ID     domain.ID `json:"id"`
	Number string    `json:"number"`
	Title  string    `json:"title"`
	Detail string    `json:"detail"` // the meeting of an item, the outcome of a decision
}

// TableInput puts a ranking on an agenda item.
type TableInput struct {
	Call    domain.ID `path:"call" json:"-"`
	Item    domain.ID `json:"item"` // listed for a meeting of the committee that has not opened
	Version int       `json:"version"`
}

// Table puts the ranking of a call on an item of the committee's agenda (안건 상정): call.table. The item then names who would be
// selected or in reserve, and the members of the committee who belong to any applicant are recused for it at once (위원회조례 9①).
// CodeInvalid for an item that is not to be decided, CodeConflict before there is a ranking and after it was announced.
func (s *Service) Table(ctx context.Context, by domain.Actor, in TableInput) (selection.Call, error) {
	return service.Do(ctx, s.env, s.store, by, "call.table", func(a *service.Act[Tx]) (selection.Call, error) {
		c, err := open(ctx, a, "call.table", in.Call)
		if err != nil {
			return c, err
		}
		if c.State != selection.Ranked {
			return c, domain.Conflict("call.not_ranked", nil)
		}
		m, i, err := listed(ctx, a.Tx, c, in.Item)
		if err != nil {
			return c, err
		}
		if err := s.concern(ctx, a, c, m, i); err != nil {
			return c, err
		}
		c.Agenda, c.Version = i.ID, in.Version
		a.Note("item", string(i.ID))
		a.Wake(service.CaseMeeting, m.ID)
		return c, a.Tx.ChangeCall(ctx, &c)
	})
}

// listed reads the item under the lock of its meeting.
func listed(ctx context.Context, tx Tx, c selection.Call, id domain.ID) (meeting.Meeting, meeting.Item, error) {
	var wrong domain.Problems
	wrong.Add("item", "field.choice", nil)
	i, err := tx.Item(ctx, id)
	if domain.CodeOf(err) == domain.CodeNotFound {
		err = wrong.Err()
	}
	if err != nil {
		return meeting.Meeting{}, i, err
	}
	m, err := tx.LockMeeting(ctx, i.Meeting)
	if err != nil {
		return m, i, err
	}
	if i, err = tx.Item(ctx, id); err != nil {
		return m, i, err
	}
	if m.Committee != c.Committee || !m.Before() || i.State != meeting.Listed || !i.Kind.Votes() {
		err = wrong.Err()
	}
	return m, i, err
}

// concern names those who would be selected or in reserve on the item, and keeps the members who belong to an applicant out of it.
func (s *Service) concern(ctx context.Context, a *service.Act[Tx], c selection.Call, m meeting.Meeting, i meeting.Item) error {
	rank, _, err := a.Tx.RankingOf(ctx, c.ID)
	if err != nil {
		return err
	}
	all, err := a.Tx.FindApplications(ctx, ApplicationFilter{Call: c.ID, Limit: 0})
	if err != nil {
		return err
	}
	chosen, applicants := named(rank, false), parties{map[domain.ID]bool{}, map[string]bool{}}
	before := len(i.Interested)
	i.Interested = slices.Clone(i.Interested)
	for _, x := range all {
		if x.State == selection.Withdrawn {
			continue
		}
		applicants.ids[x.Organisation], applicants.names[x.Applicant] = true, true
		if chosen[x.ID] && !i.Concerns(x.Applicant) {
			i.Interested = append(i.Interested, x.Applicant)
		}
	}
	if len(i.Interested) > before {
		if err := a.Tx.ChangeItem(ctx, &i); err != nil {
			return err
		}
	}
	return recuse(ctx, a, m, i, applicants)
}

// parties are the applicants of a call.
type parties struct {
	ids   map[domain.ID]bool
	names map[string]bool
}

// recuse keeps the serving members out of an item who belong to one of the organisations.
func recuse(ctx context.Context, a *service.Act[Tx], m meeting.Meeting, i meeting.Item, all parties) error {
	chamber, err := a.Tx.Chamber(ctx, m.Committee, a.Now)
	if err != nil {
		return err
	}
	known, err := a.Tx.RecusalsOf(ctx, m.ID)
	if err != nil {
		return err
	}
	r, err := a.Tx.Policy(ctx, m.Rules)
	if err != nil {
		return err
	}
	count := 0
	for _, member := range chamber.Serving() {
		belongs, err := belongsTo(ctx, a.Tx, member, all)
		if err != nil {
			return err
		}
		if !belongs || meeting.InForce(known, i.ID, member.ID) {
			continue
		}
		count++
		if err := keepOut(ctx, a, m, i, member.ID, r); err != nil {
			return err
		}
	}
	a.Note("recused", strconv.Itoa(count))
	return nil
}

func belongsTo(ctx context.Context, tx Tx, m committee.Member, all parties) (bool, error) {
	acts, err := tx.OrganisationsOf(ctx, m.Person)
	return all.names[m.Organisation] || slices.ContainsFunc(acts, func(o alliance.Organisation) bool { return all.ids[o.ID] }), err
}

func keepOut(
	ctx context.Context, a *service.Act[Tx], m meeting.Meeting, i meeting.Item, member domain.ID, r policy.Rules,
) error {
	grounds, ground := policy.RecusalGrounds.Of(r), "organisation_interest"
	if !slices.Contains(grounds, ground) {
		ground = grounds[0]
	}
	err := a.Tx.AddRecusal(ctx, meeting.Recusal{
		ID: a.Env.NewID(), Meeting: m.ID, Item: i.ID, Member: member, Kind: meeting.MandatoryRecusal, Ground: ground,
		State: meeting.RecusalInForce, At: a.Now,
	})
	if err != nil {
		return err
	}
	return a.Tx.AddEvent(ctx, meeting.Event{
		ID: a.Env.NewID(), Meeting: m.ID, Item: i.ID, Kind: meeting.EventRecusal, Text: i.SaidRecusal(meeting.MandatoryRecusal), At: a.Now,
	})
}

// gates fills in what the staff choose from before the announcement: an item for the ranking, and the decisions on it.
func (s *Service) gates(ctx context.Context, tx Tx, by domain.Actor, c selection.Call, out *RankingView) error {
	out.Agenda, out.Decisions = []Choice{}, []Choice{}
	if c.State != selection.Ranked || !access.Can(by, "call.table", facts(c)).Allowed {
		return nil
	}
	ahead, err := tx.ItemsAhead(ctx, c.Committee)
	if err != nil {
		return err
	}
	for _, i := range ahead {
		m, err := tx.Meeting(ctx, i.Meeting)
		if err != nil {
			return err
		}
		out.Agenda = append(out.Agenda, Choice{i.ID, i.Number, i.Title, calendar.Korean(m.StartsAt)})
	}
	if c.Agenda == "" {
		return nil
	}
	i, err := tx.Item(ctx, c.Agenda)
	if err != nil {
		return err
	}
	m, err := tx.Meeting(ctx, i.Meeting)
	if err != nil {
		return err
	}
	out.Tabled = &Choice{i.ID, i.Number, i.Title, calendar.Korean(m.StartsAt)}
	out.Decisions, err = decisionsOn(ctx, tx, i)
	return err
}

// decisionsOn are the records of what was decided on an item that stand.
func decisionsOn(ctx context.Context, tx Tx, i meeting.Item) ([]Choice, error) {
	out := []Choice{}
	all, err := tx.DecisionsOf(ctx, i.Meeting)
	for _, d := range all {
		if d.Item != i.ID {
			continue
		}
		next, err := tx.SupersededBy(ctx, d.ID)
		if err != nil {
			return out, err
		}
		if next == "" {
			out = append(out, Choice{d.ID, d.Number, d.Title, string(d.Outcome)})
		}
	}
	return out, err
}

// approved are the outcomes with which a selection may be announced.
var approved = []meeting.Outcome{meeting.ApprovedAsProposed, meeting.ApprovedAsAmended, meeting.ApprovedConditionally}

// deliberated refuses a number that is not that of the committee's decision on the item of the ranking, or of one that approves it.
func deliberated(ctx context.Context, tx Tx, c selection.Call, g selection.Gates) error {
	if c.Agenda == "" || g.Deliberated == "" {
		return nil
	}
	i, err := tx.Item(ctx, c.Agenda)
	if err != nil {
		return err
	}
	all, err := decisionsOn(ctx, tx, i)
	fits := slices.ContainsFunc(all, func(d Choice) bool {
		return d.Number == g.Deliberated && slices.Contains(approved, meeting.Outcome(d.Detail))
	})
	if err != nil || fits {
		return err
	}
	var p domain.Problems
	p.Add("deliberated", "call.no_decision", nil)
	return p.Err()
}
