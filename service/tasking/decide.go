package tasking

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/pipeline"
	"secretariat/domain/policy"
	"secretariat/service"
)

// TableInput puts a task on an agenda item.
type TableInput struct {
	Task    domain.ID `path:"task" json:"-"`
	Item    domain.ID `json:"item"` // listed for a meeting of the committee that has not opened
	Version int       `json:"version"`
}

// Table puts a task on an item of the committee's agenda: task.table. The item then names the organisations that have to do
// with the task, and their members of the committee are recused for it at once (위원회조례 9①). CodeInvalid for an item that
// is not to be decided.
func (s *Service) Table(ctx context.Context, by domain.Actor, in TableInput) (pipeline.Task, error) {
	return service.Do(ctx, s.env, s.store, by, "task.table", func(a *service.Act[Tx]) (pipeline.Task, error) {
		r, err := open(ctx, a, "task.table", in.Task, in.Version)
		if err != nil {
			return r.task, err
		}
		t, err := r.task.Table(in.Item)
		if err != nil {
			return t, err
		}
		m, i, err := listed(ctx, a.Tx, t)
		if err != nil {
			return t, err
		}
		if err := name(ctx, a.Tx, i, r.interests); err != nil {
			return t, err
		}
		rules, err := a.Tx.Policy(ctx, m.Rules)
		if err != nil {
			return t, err
		}
		if err := recuse(ctx, a, m, i, r.interests, rules); err != nil {
			return t, err
		}
		return change(ctx, a, t)
	})
}

// listed reads the item under the lock of its meeting.
func listed(ctx context.Context, tx Tx, t pipeline.Task) (meeting.Meeting, meeting.Item, error) {
	wrong := func() error {
		var p domain.Problems
		p.Add("item", "field.choice", nil)
		return p.Err()
	}
	i, err := tx.Item(ctx, t.Item)
	if domain.CodeOf(err) == domain.CodeNotFound {
		err = wrong()
	}
	if err != nil {
		return meeting.Meeting{}, i, err
	}
	m, err := tx.LockMeeting(ctx, i.Meeting)
	if err != nil {
		return m, i, err
	}
	if i, err = tx.Item(ctx, t.Item); err != nil {
		return m, i, err
	}
	if m.Committee != t.Committee || !m.Before() || i.State != meeting.Listed || !i.Kind.Votes() {
		err = wrong()
	}
	return m, i, err
}

// name adds the organisations to those that the item concerns.
func name(ctx context.Context, tx Tx, i meeting.Item, all pipeline.Interests) error {
	before := len(i.Interested)
	i.Interested = slices.Clone(i.Interested)
	for _, n := range all.Names() {
		if !i.Concerns(n) {
			i.Interested = append(i.Interested, n)
		}
	}
	if len(i.Interested) == before {
		return nil
	}
	return tx.ChangeItem(ctx, &i)
}

// recuse keeps the members of the committee out of an item who belong to an organisation that has to do with the task.
func recuse(
	ctx context.Context, a *service.Act[Tx], m meeting.Meeting, i meeting.Item, all pipeline.Interests, r policy.Rules,
) error {
	against, err := conflicted(ctx, a.Tx, m.Committee, all, a.Now)
	if err != nil {
		return err
	}
	known, err := a.Tx.RecusalsOf(ctx, m.ID)
	if err != nil {
		return err
	}
	count := 0
	for _, c := range against {
		if meeting.InForce(known, i.ID, c.member) {
			continue
		}
		count++
		err := errors.Join(a.Tx.AddRecusal(ctx, meeting.Recusal{
			ID: a.Env.NewID(), Meeting: m.ID, Item: i.ID, Member: c.member, Kind: meeting.MandatoryRecusal, Ground: ground(c.why, r),
			State: meeting.RecusalInForce, At: a.Now,
		}), a.Tx.AddEvent(ctx, meeting.Event{
			ID: a.Env.NewID(), Meeting: m.ID, Item: i.ID, Kind: meeting.EventRecusal, Text: i.SaidRecusal(meeting.MandatoryRecusal), At: a.Now,
		}))
		if err != nil {
			return err
		}
	}
	a.Note("recused", strconv.Itoa(count))
	a.Wake(service.CaseMeeting, m.ID)
	return nil
}

// ground is the ground of law for an interest: a sherpa has advised on the task, the others have a stake in it. Rules that do
// not know the ground have their first.
func ground(why pipeline.Interest, r policy.Rules) string {
	grounds, wanted := policy.RecusalGrounds.Of(r), "organisation_interest"
	if why.Role == pipeline.RoleSherpa {
		wanted = "prior_work"
	}
	if !slices.Contains(grounds, wanted) {
		wanted = grounds[0]
	}
	return wanted
}

// conflict is a member of the committee with the interest that keeps the member out.
type conflict struct {
	member domain.ID
	why    pipeline.Interest
}

// conflicted are the serving members of a committee who belong to an organisation that has to do with a task.
func conflicted(
	ctx context.Context, tx Tx, of domain.ID, all pipeline.Interests, at time.Time,
) ([]conflict, error) {
	chamber, err := tx.Chamber(ctx, of, at)
	if err != nil {
		return nil, err
	}
	var out []conflict
	for _, m := range chamber.Serving() {
		party, err := partyOf(ctx, tx, m)
		if err != nil {
			return nil, err
		}
		if why, there := all.At(pipeline.GateCommittee).Against(party); there {
			out = append(out, conflict{m.ID, why})
		}
	}
	return out, nil
}

func partyOf(ctx context.Context, tx Tx, m committee.Member) (pipeline.Party, error) {
	out := pipeline.Party{Employer: m.Organisation}
	acts, err := tx.OrganisationsOf(ctx, m.Person)
	for _, o := range acts {
		out.Organisations = append(out.Organisations, o.ID)
	}
	return out, err
}

// DecideInput takes over what the committee decided.
type DecideInput struct {
	Task     domain.ID `path:"task" json:"-"`
	Decision domain.ID `json:"decision"` // record of the decision on the task's item
	Approval string    `json:"approval"` // number of the document that approved a selection (결재)
	Version  int       `json:"version"`
}

// verdicts are what the outcomes of an item mean for a task.
var verdicts = map[meeting.Outcome]pipeline.Verdict{
	meeting.ApprovedAsProposed: pipeline.VerdictSelected, meeting.ApprovedAsAmended: pipeline.VerdictSelected,
	meeting.ApprovedConditionally: pipeline.VerdictSelected, meeting.Rejected: pipeline.VerdictDeclined,
	meeting.Deferred: pipeline.VerdictDeferred, meeting.Reconsideration: pipeline.VerdictReturned,
}

// Decide takes over the decision record on the task's item: task.decide. CodeRefused, citing the rule, when a member voted
// who belongs to an organisation that has to do with the task (위원회조례 9①); CodeConflict for a record that was superseded.
func (s *Service) Decide(ctx context.Context, by domain.Actor, in DecideInput) (pipeline.Task, error) {
	return service.Do(ctx, s.env, s.store, by, "task.decide", func(a *service.Act[Tx]) (pipeline.Task, error) {
		r, err := open(ctx, a, "task.decide", in.Task, in.Version)
		if err != nil {
			return r.task, err
		}
		d, err := record(ctx, a.Tx, r, in.Decision)
		if err != nil {
			return r.task, err
		}
		verdict := verdicts[d.Outcome]
		var p domain.Problems
		p.Check(verdict != "", "decision", "field.choice")
		p.Text("approval", in.Approval, verdict == pipeline.VerdictSelected, domain.MaxName)
		if err := p.Err(); err != nil {
			return r.task, err
		}
		a.Note("verdict", string(verdict))
		t, err := r.task.Decide(verdict, d.ID, strings.TrimSpace(in.Approval), d.Reason, d.Confidential, a.Now)
		if err != nil {
			return t, err
		}
		return change(ctx, a, t)
	})
}

// record reads the decision record on the task's item, in which nobody took part who is recused.
func record(ctx context.Context, tx Tx, r reader, id domain.ID) (minutes.Decision, error) {
	d, err := tx.Decision(ctx, id)
	if domain.CodeOf(err) == domain.CodeNotFound || err == nil && (r.task.Item == "" || d.Item != r.task.Item) {
		var p domain.Problems
		p.Add("decision", "field.choice", nil)
		return d, p.Err()
	}
	if err != nil {
		return d, err
	}
	next, err := tx.SupersededBy(ctx, d.ID)
	if err != nil {
		return d, err
	}
	if next != "" {
		return d, domain.Conflict("plan.decision_superseded", nil)
	}
	return d, unbiased(ctx, tx, r, d)
}

func unbiased(ctx context.Context, tx Tx, r reader, d minutes.Decision) error {
	if d.Ballot == nil {
		return nil
	}
	against, err := conflicted(ctx, tx, r.task.Committee, r.interests, d.DecidedAt)
	if err != nil {
		return err
	}
	roll, err := tx.RollOf(ctx, d.Ballot.Ballot)
	for _, voter := range roll {
		if slices.ContainsFunc(against, func(c conflict) bool { return c.member == voter.Member }) {
			return domain.Refused("task.member_not_recused", "위원회조례 9①", nil)
		}
	}
	return err
}
