package balloting

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/service"
)

// OpenInput asks for a vote on an item.
type OpenInput struct {
	Item       domain.ID      `json:"-" path:"item"`
	Purpose    ballot.Purpose `json:"purpose"`    // main, amendment, challenge, election, procedural
	Subject    domain.ID      `json:"subject"`    // amendment, recusal; in an election chair or vice_chair (default)
	Method     ballot.Method  `json:"method"`     // when empty: written, secret or named, as meeting and item want
	Question   string         `json:"question"`   // what is put to the vote; made from the item when empty
	Candidates []domain.ID    `json:"candidates"` // of an election: serving members
}

// Opened says what was opened, and what is read aloud.
type Opened struct {
	ID       domain.ID     `json:"id"`
	Method   ballot.Method `json:"method"`
	Serving  int           `json:"serving"`
	Present  int           `json:"present"`
	Recused  int           `json:"recused"`
	Entitled int           `json:"entitled"`
	Sentence string        `json:"sentence"`
}

func (in *OpenInput) check() error {
	var p domain.Problems
	domain.OneOf(&p, "purpose", in.Purpose,
		ballot.MainMotion, ballot.AmendmentOf, ballot.ChallengeOf, ballot.Election, ballot.Procedural)
	domain.OneOf(&p, "method", in.Method, "", ballot.Named, ballot.Hands, ballot.Secret, ballot.WrittenVote)
	p.Text("question", in.Question, in.Purpose == ballot.Procedural, domain.MaxLine)
	needsSubject := in.Purpose == ballot.AmendmentOf || in.Purpose == ballot.ChallengeOf
	p.Check(!needsSubject || in.Subject != "", "subject", "field.required")
	if in.Purpose == ballot.Election {
		in.Subject = domain.ID(orElse(string(in.Subject), string(committee.RoleViceChair)))
		domain.OneOf(&p, "subject", committee.Role(in.Subject), committee.RoleChair, committee.RoleViceChair)
		p.Check(len(in.Candidates) > 0, "candidates", "field.required")
		p.Check(len(slices.Compact(slices.Sorted(slices.Values(in.Candidates)))) == len(in.Candidates),
			"candidates", "ballot.candidate_twice")
		return p.Err()
	}
	p.Check(len(in.Candidates) == 0, "candidates", "ballot.no_election")
	p.Check(needsSubject || in.Subject == "", "subject", "field.choice")
	return p.Err()
}

// Open opens a vote with its electorate: who is present and not recused, or in a written deliberation all serving
// members who are not recused. CodeConflict when meeting or item are not ready (another vote, an amendment or a
// challenge comes first), CodeRefused without quorum, without anybody to vote, or when a secret vote would have too
// few voters.
func (s *Service) Open(ctx context.Context, by domain.Actor, in OpenInput) (Opened, error) {
	if err := in.check(); err != nil {
		return Opened{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "ballot.open", func(a *service.Act[Tx]) (Opened, error) {
		sc, err := s.approach(ctx, a, in)
		if err != nil {
			return Opened{}, err
		}
		h, err := sc.house(ctx, a.Tx, a.Now)
		if err != nil {
			return Opened{}, err
		}
		b, roll := sc.prepare(in, h)
		b.ID, b.OpenedAt = a.Env.NewID(), a.Now
		if err := sc.enough(b, roll, h, in); err != nil {
			return Opened{}, err
		}
		return open(ctx, a, sc, b, roll)
	})
}

// approach locks the meeting and checks all that does not depend on who is there.
func (s *Service) approach(ctx context.Context, a *service.Act[Tx], in OpenInput) (scene, error) {
	item, err := a.Tx.Item(ctx, in.Item)
	if err != nil {
		return scene{}, err
	}
	m, err := a.Tx.LockMeeting(ctx, item.Meeting)
	if err != nil {
		return scene{}, err
	}
	sc, err := look(ctx, a.Tx, m, in.Item)
	if err != nil {
		return scene{}, err
	}
	if err := sc.may(a.By, "ballot.open", in.Purpose, in.Subject); err != nil {
		return scene{}, err
	}
	if err := sc.fits(in); err != nil {
		return scene{}, err
	}
	return sc, sc.turn(ctx, a.Tx, in)
}

// fits checks the vote against meeting, item and rules.
func (sc scene) fits(in OpenInput) error {
	if err := supported(sc.rules); err != nil {
		return err
	}
	if err := sc.meeting.InSession(); err != nil {
		return err
	}
	early := in.Purpose == ballot.ChallengeOf && sc.item.State == meeting.Listed
	if sc.item.State != meeting.Tabled && !early {
		return domain.Conflict("item.not_tabled", nil)
	}
	decides := in.Purpose == ballot.MainMotion || in.Purpose == ballot.AmendmentOf
	if decides && !slices.Contains(policy.VotedKinds.Of(sc.rules), string(sc.item.Kind)) {
		return domain.Refused("ballot.kind_not_voted", policy.VotedKinds.Cite(sc.rules), nil)
	}
	if in.Purpose == ballot.Election {
		if err := sc.fitsElection(committee.Role(in.Subject)); err != nil {
			return err
		}
	}
	return sc.fitsMethod(in)
}

func (sc scene) fitsElection(role committee.Role) error {
	if sc.item.Subject != meeting.SubjectElection {
		return domain.Conflict("ballot.not_an_election", nil)
	}
	selection := policy.ViceChairSelection
	if role == committee.RoleChair {
		selection = policy.ChairSelection
	}
	if selection.Of(sc.rules) != policy.SelectionElected {
		return domain.Refused("ballot.post_not_elected", selection.Cite(sc.rules), nil)
	}
	return nil
}

// fitsMethod keeps written votes and held meetings apart (서면과 회의는 섞지 않는다) and personal matters secret.
func (sc scene) fitsMethod(in OpenInput) error {
	method, written := sc.method(in), sc.meeting.Mode == meeting.Written
	switch {
	case (method == ballot.WrittenVote) != written:
		return domain.Refused("ballot.mixed_modes", policy.WrittenMixing.Cite(sc.rules), nil)
	case written && sc.meeting.WrittenUntil == nil:
		return domain.Conflict("meeting.no_window", nil)
	case sc.secret(in.Purpose) && method != ballot.Secret:
		return domain.Refused("ballot.must_be_secret", policy.SecretLeast.Cite(sc.rules), nil)
	}
	return nil
}

func (sc scene) secret(p ballot.Purpose) bool {
	return sc.item.SecretBallot && (p == ballot.MainMotion || p == ballot.Election)
}

func (sc scene) method(in OpenInput) ballot.Method {
	switch {
	case in.Method != "":
		return in.Method
	case sc.meeting.Mode == meeting.Written:
		return ballot.WrittenVote
	case sc.secret(in.Purpose):
		return ballot.Secret
	}
	return ballot.Named
}

// supported refuses to vote under values that this program does not know how to follow: deciding otherwise than the
// rule says would be worse than not deciding.
func supported(r policy.Rules) error {
	for _, v := range []struct {
		key  policy.Key[bool]
		want bool
	}{
		{policy.ChairVotes, true}, {policy.WrittenSameQuorum, true}, {policy.WrittenMixing, false},
		{policy.WrittenReturnPresence, true}, {policy.ChangeSecretVote, false},
	} {
		if v.key.Of(r) != v.want {
			return domain.Refused("policy.unsupported", v.key.Cite(r), domain.Args{"key": v.key.Name})
		}
	}
	return nil
}

// turn checks that nothing else has to be voted on first.
func (sc scene) turn(ctx context.Context, tx Tx, in OpenInput) error {
	under, err := tx.BallotsUnderWay(ctx, sc.meeting.ID)
	if err != nil {
		return err
	}
	for _, b := range under {
		if b.Item == sc.item.ID || sc.meeting.Mode != meeting.Written {
			return domain.Conflict("ballot.other_open", nil)
		}
	}
	if in.Purpose == ballot.ChallengeOf {
		return sc.turnOfChallenge(in.Subject)
	}
	if len(meeting.Unresolved(sc.recusals, sc.item.ID)) > 0 {
		return domain.Conflict("ballot.challenge_first", nil)
	}
	return sc.turnOfAmendments(ctx, tx, in)
}

func (sc scene) turnOfChallenge(id domain.ID) error {
	i := sc.challenge(id)
	if i < 0 || sc.recusals[i].Item != sc.item.ID {
		return domain.NotFound("recusal")
	}
	if sc.recusals[i].State != meeting.RecusalPending {
		return domain.Conflict("recusal.resolved", nil)
	}
	return nil
}

func (sc scene) turnOfAmendments(ctx context.Context, tx Tx, in OpenInput) error {
	if in.Purpose != ballot.MainMotion && in.Purpose != ballot.AmendmentOf {
		return nil
	}
	all, err := tx.AmendmentsOf(ctx, sc.item.ID)
	if err != nil {
		return err
	}
	proposed := func(a meeting.Amendment) bool { return a.State == meeting.AmendmentProposed }
	if in.Purpose == ballot.MainMotion {
		if slices.ContainsFunc(all, proposed) {
			return domain.Conflict("ballot.amendments_first", nil)
		}
		return nil
	}
	i := slices.IndexFunc(all, func(a meeting.Amendment) bool { return a.ID == in.Subject })
	if i < 0 {
		return domain.NotFound("amendment")
	}
	if !proposed(all[i]) {
		return domain.Conflict("amendment.resolved", nil)
	}
	return nil
}

// prepare draws up the ballot and its roll from who sits and who is there.
func (sc scene) prepare(in OpenInput, h house) (ballot.Ballot, []ballot.RollEntry) {
	b := ballot.Ballot{
		Meeting: sc.meeting.ID, Item: sc.item.ID, Purpose: in.Purpose, Subject: in.Subject, Method: sc.method(in),
		Question: orElse(strings.TrimSpace(in.Question), sc.question(in)), Candidates: in.Candidates, State: ballot.Open,
		Serving: len(h.serving), Terms: terms(sc.rules), Version: 1,
	}
	if b.Method == ballot.WrittenVote {
		b.ClosesAt = sc.meeting.WrittenUntil
	}
	barred := sc.barred(in.Purpose, in.Subject)
	var roll []ballot.RollEntry
	for _, m := range h.serving {
		if b.Method != ballot.WrittenVote && !slices.Contains(h.there, m.ID) {
			continue
		}
		b.Present++
		if slices.Contains(barred, m.ID) {
			b.Recused++
			b.Excluded = append(b.Excluded, m.ID)
			continue
		}
		roll = append(roll, ballot.RollEntry{Member: m.ID, Name: m.Name})
	}
	if b.Method == ballot.WrittenVote {
		b.Present = 0 // known when the votes have been returned
	}
	return b, roll
}

func terms(r policy.Rules) ballot.Terms {
	return ballot.Terms{
		Change: policy.ChangeNamedVote.Of(r), Pledge: policy.PledgeRequired.Of(r), Remote: policy.RemotePresent.Of(r),
	}
}

func (sc scene) question(in OpenInput) string {
	switch in.Purpose {
	case ballot.AmendmentOf:
		return sc.item.Name() + " 수정안"
	case ballot.ChallengeOf:
		return sc.item.Name() + " 기피 신청"
	case ballot.Election:
		if committee.Role(in.Subject) == committee.RoleChair {
			return "위원장 선출"
		}
		return "부위원장 선출"
	}
	if n := len(sc.item.Conditions); n > 0 {
		return fmt.Sprintf("%s 안건(조건 %d건 부기)", sc.item.Name(), n)
	}
	return sc.item.Name() + " 안건"
}

// enough checks the numbers: quorum now (의사정족수), somebody to vote, not too few for secrecy, candidates in office.
func (sc scene) enough(b ballot.Ballot, roll []ballot.RollEntry, h house, in OpenInput) error {
	rule := ballot.RuleOf(sc.rules, in.Purpose)
	q := rule.QuorumOf(ballot.Attendance{Serving: b.Serving, Present: b.Present, Recused: b.Recused})
	held := b.Method != ballot.WrittenVote
	if held && !q.Met && slices.Contains(policy.QuorumChecks.Of(sc.rules), "vote") {
		return domain.Refused("meeting.no_quorum", rule.QuorumBasis,
			domain.Args{"serving": q.Serving, "present": q.Present, "required": q.Required})
	}
	if len(roll) == 0 {
		return domain.Refused("ballot.nobody_votes", rule.RecusalBasis, nil)
	}
	if least := policy.SecretLeast.Of(sc.rules); b.Method == ballot.Secret && len(roll) < least {
		return domain.Refused("ballot.too_few_for_secret", policy.SecretLeast.Cite(sc.rules), domain.Args{"least": least})
	}
	var p domain.Problems
	for i, c := range in.Candidates {
		serves := slices.ContainsFunc(h.serving, func(m committee.Member) bool { return m.ID == c })
		p.Check(serves, fmt.Sprintf("candidates[%d]", i), "ballot.candidate_not_serving")
	}
	return p.Err()
}

func open(
	ctx context.Context, a *service.Act[Tx], sc scene, b ballot.Ballot, roll []ballot.RollEntry,
) (Opened, error) {
	for i := range roll {
		roll[i].Ballot = b.ID
	}
	if err := a.Tx.AddBallot(ctx, b, roll); err != nil {
		return Opened{}, err
	}
	sentence := b.SaidVote(len(roll))
	if err := say(ctx, a, sc, meeting.EventVote, sentence); err != nil {
		return Opened{}, err
	}
	a.On("ballot", b.ID, b.Meeting)
	a.Note("purpose", string(b.Purpose))
	a.Note("method", string(b.Method))
	a.Note("entitled", fmt.Sprint(len(roll)))
	a.Wake("meeting", b.Meeting)
	return Opened{
		ID: b.ID, Method: b.Method, Serving: b.Serving, Present: b.Present, Recused: b.Recused, Entitled: len(roll),
		Sentence: sentence,
	}, nil
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
