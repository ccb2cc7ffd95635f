package balloting

import (
	"context"
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/ballot"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/service"
)

// scene is the meeting and the item at the moment of an act.
type scene struct {
	meeting  meeting.Meeting
	item     meeting.Item
	rules    policy.Rules
	recusals []meeting.Recusal
}

// look reads the scene of an item; the caller has locked the meeting when it is about to write.
func look(ctx context.Context, tx Tx, m meeting.Meeting, item domain.ID) (scene, error) {
	sc := scene{meeting: m}
	var err error
	if sc.item, err = tx.Item(ctx, item); err != nil {
		return scene{}, err
	}
	if sc.rules, err = tx.Policy(ctx, m.Rules); err != nil {
		return scene{}, err
	}
	sc.recusals, err = tx.RecusalsOf(ctx, m.ID)
	return sc, err
}

// barred lists who is kept out of a vote of the purpose; the resolution on a challenge keeps out fewer (위원회조례 9② 후단).
func (sc scene) barred(purpose ballot.Purpose, subject domain.ID) []domain.ID {
	if purpose == ballot.ChallengeOf {
		if i := sc.challenge(subject); i >= 0 {
			return meeting.OutOfChallenge(sc.recusals, sc.recusals[i], policy.ChallengedVotes.Of(sc.rules))
		}
	}
	return meeting.BarredFrom(sc.recusals, sc.item.ID)
}

func (sc scene) challenge(id domain.ID) int {
	return slices.IndexFunc(sc.recusals, func(r meeting.Recusal) bool { return r.ID == id && r.Kind == meeting.Challenge })
}

// may asks the policy whether the actor may do the act on a ballot of the purpose.
func (sc scene) may(by domain.Actor, op string, purpose ballot.Purpose, subject domain.ID) error {
	return access.Can(by, op, sc.facts(by, purpose, subject)).Err()
}

func (sc scene) facts(by domain.Actor, purpose ballot.Purpose, subject domain.ID) access.Facts {
	me := by.Member(sc.meeting.Committee)
	return access.Facts{
		Committee: sc.meeting.Committee, Presiding: sc.meeting.PresidedBy, Confidential: sc.item.Confidential,
		Announced: sc.meeting.ConvenedAt != nil, Recused: me != "" && slices.Contains(sc.barred(purpose, subject), me),
	}
}

// stage is a ballot that is about to change, with its scene; meeting and ballot are locked, in this order.
type stage struct {
	scene
	ballot ballot.Ballot
}

func lock(ctx context.Context, tx Tx, id domain.ID) (stage, error) {
	b, err := tx.Ballot(ctx, id)
	if err != nil {
		return stage{}, err
	}
	m, err := tx.LockMeeting(ctx, b.Meeting)
	if err != nil {
		return stage{}, err
	}
	if b, err = tx.LockBallot(ctx, id); err != nil {
		return stage{}, err
	}
	sc, err := look(ctx, tx, m, b.Item)
	return stage{scene: sc, ballot: b}, err
}

// house is who sits in the committee and who of them is there.
type house struct {
	chamber committee.Chamber
	serving []committee.Member
	there   []domain.ID
}

func (sc scene) house(ctx context.Context, tx Tx, now time.Time) (house, error) {
	chamber, err := tx.Chamber(ctx, sc.meeting.Committee, now)
	if err != nil {
		return house{}, err
	}
	log, err := tx.Presences(ctx, sc.meeting.ID)
	if err != nil {
		return house{}, err
	}
	return house{chamber: chamber, serving: chamber.Serving(), there: meeting.PresenceRuleOf(sc.rules).Now(log)}, nil
}

// say writes a formal act with its sentence.
func say(ctx context.Context, a *service.Act[Tx], sc scene, kind, text string) error {
	return a.Tx.AddEvent(ctx, meeting.Event{
		ID: a.Env.NewID(), Meeting: sc.meeting.ID, Item: sc.item.ID, Kind: kind, Text: text, At: a.Now,
	})
}
