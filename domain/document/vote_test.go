package document_test

import (
	"slices"

	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/policy"
)

// vote plays a vote and what follows from it; false when it cannot be opened.
func (w *world) vote(i *meeting.Item, purpose ballot.Purpose, subject domain.ID) bool {
	b, roll := w.prepare(i, purpose, subject)
	rule := ballot.RuleOf(w.f.Rules, purpose)
	q := rule.QuorumOf(ballot.Attendance{Serving: b.Serving, Present: b.Present, Recused: b.Recused})
	if len(roll) == 0 || b.Method != ballot.WrittenVote && !q.Met {
		return false
	}
	b.ID, b.OpenedAt, b.State = w.id("ballot"), w.tick(), ballot.Open
	w.say(meeting.EventVote, i.ID, b.SaidVote(len(roll)))
	c := minutes.Count{Ballot: b}
	for _, m := range roll {
		c.Roll = append(c.Roll, ballot.RollEntry{Ballot: b.ID, Member: m, Name: w.name(m)})
	}
	for _, m := range roll {
		w.disturb(i, &c, m)
		if w.written() || slices.Contains(w.there(), m) {
			w.cast(&c, m)
		}
	}
	if w.written() && len(c.Voted) == 0 {
		w.cast(&c, c.Roll[0].Member)
	}
	w.stroll()
	w.close(i, &c, rule)
	w.f.Ballots = append(w.f.Ballots, c)
	w.effect(i, c)
	return true
}

// prepare draws up the electorate as it is now.
func (w *world) prepare(i *meeting.Item, purpose ballot.Purpose, subject domain.ID) (ballot.Ballot, []domain.ID) {
	b := ballot.Ballot{
		Meeting: "meeting", Item: i.ID, Purpose: purpose, Subject: subject, Question: i.Name() + " 표결",
		Serving: len(w.f.Roster),
	}
	there := w.there()
	switch {
	case w.written():
		b.Method, b.ClosesAt, there = ballot.WrittenVote, w.f.Meeting.WrittenUntil, w.members()
	case i.SecretBallot && (purpose == ballot.MainMotion || purpose == ballot.Election):
		b.Method = ballot.Secret
	default:
		b.Method = rapid.SampledFrom([]ballot.Method{ballot.Named, ballot.Hands, ballot.Secret}).Draw(w.t, "method")
	}
	if purpose == ballot.Election {
		b.Candidates = w.members()[:2]
	}
	barred := meeting.BarredFrom(w.f.Recusals, i.ID)
	if purpose == ballot.ChallengeOf {
		n := slices.IndexFunc(w.f.Recusals, func(r meeting.Recusal) bool { return r.ID == subject })
		barred = meeting.OutOfChallenge(w.f.Recusals, w.f.Recusals[n], policy.ChallengedVotes.Of(w.f.Rules))
	}
	var roll []domain.ID
	for _, m := range there {
		b.Present++
		if slices.Contains(barred, m) {
			b.Recused++
			b.Excluded = append(b.Excluded, m)
			continue
		}
		roll = append(roll, m)
	}
	return b, roll
}

// disturb lets somebody come or go in the middle of a vote, or be struck off the roll before voting.
func (w *world) disturb(i *meeting.Item, c *minutes.Count, next domain.ID) {
	if w.chance("disturbed", 6) {
		w.stroll()
	}
	strikes := c.Ballot.Purpose == ballot.MainMotion && len(c.Roll) > 1 && next != w.members()[0]
	if !strikes || !w.chance("struck", 10) {
		return
	}
	w.recuse(i, next, meeting.VoluntaryRecusal)
	c.Ballot.Recused++
	c.Ballot.Excluded = append(c.Ballot.Excluded, next)
	c.Roll = slices.DeleteFunc(c.Roll, func(r ballot.RollEntry) bool { return r.Member == next })
}

func (w *world) cast(c *minutes.Count, m domain.ID) {
	b := c.Ballot
	on := slices.ContainsFunc(c.Roll, func(r ballot.RollEntry) bool { return r.Member == m })
	if !on || w.chance("does not vote", 8) {
		return
	}
	choices := []ballot.Choice{ballot.Yes, ballot.Yes, ballot.No, ballot.Abstain}
	if b.Purpose == ballot.Election {
		choices = []ballot.Choice{ballot.Choice(b.Candidates[0]), ballot.Choice(b.Candidates[1]), ballot.Abstain}
	}
	v := ballot.Vote{ID: w.id("vote"), Ballot: b.ID, Member: m, Choice: rapid.SampledFrom(choices).Draw(w.t, "choice")}
	if b.Method == ballot.Secret {
		v.Member = ""
	}
	c.Voted = append(c.Voted, ballot.Participation{Ballot: b.ID, Member: m, At: w.tick(), Receipt: "quittung"})
	c.Votes = append(c.Votes, v)
}

// close counts as the service does.
func (w *world) close(i *meeting.Item, c *minutes.Count, rule ballot.Rule) {
	var roll, voted []domain.ID
	for _, r := range c.Roll {
		roll = append(roll, r.Member)
	}
	for _, p := range c.Voted {
		voted = append(voted, p.Member)
	}
	var choices []ballot.Choice
	for _, v := range c.Votes {
		choices = append(choices, v.Choice)
	}
	at := w.tick()
	a := ballot.Attended(rule, c.Ballot, roll, voted, w.there())
	count := func(casting ballot.Choice) ballot.Result {
		if c.Ballot.Purpose == ballot.Election {
			return ballot.CountElection(rule, a, c.Ballot.Candidates, choices)
		}
		return ballot.Count(rule, a, choices, casting)
	}
	r := count("")
	if c.Ballot.Method == ballot.WrittenVote {
		c.Ballot.Present = r.Present
	}
	_ = c.Ballot.Finish(r, at)
	w.say(meeting.EventResult, i.ID, c.Ballot.Question+": 결과")
	if c.Ballot.State == ballot.Tied {
		_ = c.Ballot.Finish(count(rapid.SampledFrom([]ballot.Choice{ballot.Yes, ballot.No}).Draw(w.t, "casting")), w.tick())
		w.say(meeting.EventResult, i.ID, c.Ballot.Question+": 결과")
	}
}

// effect does what the result means.
func (w *world) effect(i *meeting.Item, c minutes.Count) {
	r := *c.Ballot.Result
	switch c.Ballot.Purpose {
	case ballot.MainMotion:
		w.conclude(i, c.Ballot.ID, r)
	case ballot.Election:
		if r.Verdict == ballot.Undecidable {
			i.OutcomeReason = r.SaidResult("")
			_ = i.Conclude(meeting.Deferred, w.now)
			i.DecidedBallot = c.Ballot.ID
		}
		if r.Verdict == ballot.Carried {
			i.OutcomeText = "부위원장으로 " + w.name(r.Elected) + " 위원을 선출함"
			_ = i.Conclude(meeting.ApprovedAsProposed, w.now)
			i.DecidedBallot = c.Ballot.ID
		}
	case ballot.AmendmentOf:
		a := &w.f.Amendments[len(w.f.Amendments)-1]
		a.Ballot = c.Ballot.ID
		switch r.Verdict {
		case ballot.Carried:
			a.State = meeting.AmendmentCarried
		case ballot.Lost:
			a.State = meeting.AmendmentLost
		}
	case ballot.ChallengeOf:
		x := &w.f.Recusals[len(w.f.Recusals)-1]
		x.Ballot = c.Ballot.ID
		switch r.Verdict {
		case ballot.Carried:
			x.State = meeting.RecusalInForce
		case ballot.Lost:
			x.State = meeting.RecusalDismissed
		}
	}
}

func (w *world) conclude(i *meeting.Item, b domain.ID, r ballot.Result) {
	var texts string
	amended := false
	for _, a := range w.f.Amendments {
		if a.Item == i.ID && a.State == meeting.AmendmentCarried {
			texts, amended = texts+a.Text, true
		}
	}
	switch r.Verdict {
	case ballot.Carried:
		_ = i.Conclude(meeting.CarriedOutcome(amended, len(i.Conditions) > 0), w.now)
		if i.OutcomeText = i.Proposal; amended {
			i.OutcomeText = texts
		}
	case ballot.Lost:
		_ = i.Conclude(meeting.Rejected, w.now)
	case ballot.Undecidable:
		i.OutcomeReason = r.SaidResult("")
		_ = i.Conclude(meeting.Deferred, w.now)
	}
	i.DecidedBallot = b
}
