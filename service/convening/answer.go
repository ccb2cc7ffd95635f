package convening

import (
	"context"
	"slices"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/service"
)

// AnswerInput answers the notice of a meeting, on the member's own behalf, or as staff on that of the member named.
type AnswerInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
	Member  domain.ID `json:"member"` // empty: the actor's own seat
	Answer  string    `json:"answer"` // attend, remote, absent
	Reason  string    `json:"reason"`
}

// Answer keeps a member's answer to the notice, over an earlier one, until the meeting begins. CodeConflict
// "meeting.not_convened", "meeting.begun"; CodeInvalid for an answer that the mode of the meeting does not take.
func (s *Service) Answer(ctx context.Context, by domain.Actor, in AnswerInput) (meeting.Response, error) {
	var problems domain.Problems
	domain.OneOf(&problems, "answer", in.Answer, meeting.AnswerAttend, meeting.AnswerRemote, meeting.AnswerAbsent)
	problems.Text("reason", in.Reason, false, domain.MaxLine)
	if err := problems.Err(); err != nil {
		return meeting.Response{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "notice.answer", func(a *service.Act[Tx]) (meeting.Response, error) {
		var none meeting.Response
		m, member, err := onBehalf(ctx, a, "notice.answer", in.Meeting, in.Member)
		if err != nil {
			return none, err
		}
		if err := answerable(a, m, in.Answer); err != nil {
			return none, err
		}
		chamber, err := a.Tx.Chamber(ctx, m.Committee, m.StartsAt)
		if err != nil {
			return none, err
		}
		if _, ok := chamber.Member(member); !ok {
			return none, domain.NotFound("member")
		}
		r := meeting.Response{Meeting: m.ID, Member: member, Answer: in.Answer, Reason: in.Reason, At: a.Now}
		a.Note("answer", in.Answer)
		return r, a.Tx.SetResponse(ctx, r)
	})
}

// onBehalf locks the meeting and says for which member the actor acts: the actor's own appointment unless another
// is named.
func onBehalf(
	ctx context.Context, a *service.Act[Tx], op string, of, member domain.ID,
) (meeting.Meeting, domain.ID, error) {
	m, err := a.Tx.LockMeeting(ctx, of)
	if err != nil {
		return m, "", err
	}
	own := a.By.Member(m.Committee)
	if member == "" {
		member = own
	}
	f := facts(m)
	f.Self = member != "" && member == own
	a.On("meeting", m.ID, m.ID)
	if err := access.Can(a.By, op, f).Err(); err != nil {
		return m, "", err
	}
	if member == "" {
		return m, "", domain.NotFound("member")
	}
	return m, member, nil
}

func answerable(a *service.Act[Tx], m meeting.Meeting, answer string) error {
	if m.State != meeting.Convened {
		return domain.Conflict("meeting.not_convened", domain.Args{"state": string(m.State)})
	}
	if !a.Now.Before(m.StartsAt) {
		return domain.Conflict("meeting.begun", nil)
	}
	var problems domain.Problems
	problems.Check(m.Mode.Takes(answer), "answer", "meeting.answer_not_in_mode")
	return problems.Err()
}

// ProxyInput appoints an official who stands in for an ex-officio member at one meeting.
type ProxyInput struct {
	Meeting  domain.ID `json:"-" path:"meeting"`
	Member   domain.ID `json:"member"`
	Name     string    `json:"name"`
	Post     string    `json:"post"`
	Document string    `json:"document"` // number of the written appointment
}

// AppointProxy keeps who stands in for an ex-officio member, over an earlier appointment, where the rules let a
// proxy attend (위원회규칙 3). CodeRefused "proxy.not_allowed", CodeConflict "meeting.over", CodeInvalid for a missing
// document.
func (s *Service) AppointProxy(ctx context.Context, by domain.Actor, in ProxyInput) (meeting.Proxy, error) {
	return service.Do(ctx, s.env, s.store, by, "proxy.appoint", func(a *service.Act[Tx]) (meeting.Proxy, error) {
		var none meeting.Proxy
		m, err := hold(ctx, a, "proxy.appoint", in.Meeting)
		if err != nil {
			return none, err
		}
		rules, err := s.rules(ctx, a.Tx, m)
		if err != nil {
			return none, err
		}
		if err := in.check(rules); err != nil {
			return none, err
		}
		if !slices.Contains([]meeting.State{meeting.Planned, meeting.Convened, meeting.Open, meeting.Suspended}, m.State) {
			return none, domain.Conflict("meeting.over", domain.Args{"state": string(m.State)})
		}
		if err := proxyAllowed(ctx, a, m, in.Member, rules); err != nil {
			return none, err
		}
		p := meeting.Proxy{
			Meeting: m.ID, Member: in.Member, Name: in.Name, Post: in.Post, Document: in.Document, At: a.Now,
		}
		return p, a.Tx.SetProxy(ctx, p)
	})
}

func (in ProxyInput) check(rules policy.Rules) error {
	var problems domain.Problems
	problems.Check(in.Member != "", "member", "field.required")
	problems.Text("name", in.Name, true, domain.MaxName)
	problems.Text("post", in.Post, true, domain.MaxName)
	problems.Text("document", in.Document, policy.ProxyAppointment.Of(rules), domain.MaxName)
	return problems.Err()
}

func proxyAllowed(
	ctx context.Context, a *service.Act[Tx], m meeting.Meeting, member domain.ID, rules policy.Rules,
) error {
	chamber, err := a.Tx.Chamber(ctx, m.Committee, m.StartsAt)
	if err != nil {
		return err
	}
	seated, ok := chamber.Member(member)
	if !ok {
		return domain.NotFound("member")
	}
	if seated.Seat.Kind != committee.ExOfficio {
		return domain.Refused("proxy.not_allowed", policy.ProxyAppointed.Cite(rules), nil)
	}
	if m.Mode == meeting.Written || policy.ProxyExOfficio.Of(rules) == policy.ProxyNone {
		return domain.Refused("proxy.not_allowed", policy.ProxyExOfficio.Cite(rules), nil)
	}
	return nil
}
