package document

import (
	"cmp"
	"math"
	"slices"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
)

// Record draws up the record of a meeting that has ended, with what is withheld left out, and hashes it. The papers
// in it are drawn from the same source, so that nothing of an older revision slips in; they get the numbers under
// which they were filed. A notice is in it when it was filed as public.
func (s Dossier) Record(filed []Document, canonical minutes.Canonical) (Record, error) {
	f := s.Facts
	full := minutes.Draft(f)
	if s.Locked != nil {
		full = s.Locked.Content
	}
	shown, _ := minutes.Disclose(full, s.Redactions)
	d := drawing{f: f, shown: shown}
	r := Record{
		Schema: SchemaRecord, Committee: d.committee(), Meeting: d.meeting(), Roster: d.roster(), Presences: d.stays(),
		Recusals: d.recusals(), Items: d.items(), Amendments: d.amendments(), Ballots: d.ballots(), Filing: s.filing(),
	}
	veil := minutes.VeilOf(full, minutes.Active(s.Redactions))
	r.mask(veil)
	r = minutes.Veiled(veil, r)
	r.sort()
	r.Rules = f.Rules
	s.enclose(&r, filed, full)
	return r.Sealed(canonical)
}

// mask takes from the seats of withheld members what would tell them apart: the number, the kind and the role.
func (r *Record) mask(v minutes.Veil) {
	for i, s := range r.Roster {
		if v.Hides(s.Member) {
			r.Roster[i] = RecordSeat{Member: s.Member, Name: s.Name, From: s.From, Until: s.Until}
		}
	}
}

// sort orders everything by what is public, so that no order left over from before the names were withheld tells who
// is who.
func (r *Record) sort() {
	slices.SortFunc(r.Roster, func(a, b RecordSeat) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.Member, b.Member))
	})
	slices.SortFunc(r.Presences, func(a, b RecordStay) int {
		return cmp.Or(a.InAt.Compare(b.InAt), cmp.Compare(a.Member, b.Member))
	})
	for i := range r.Ballots {
		b := &r.Ballots[i]
		slices.Sort(b.Excluded)
		slices.Sort(b.Roll)
		slices.SortFunc(b.Voted, func(x, y RecordVoted) int { return cmp.Compare(x.Member, y.Member) })
		slices.SortFunc(b.Votes, func(x, y ballot.Vote) int {
			return cmp.Or(cmp.Compare(x.Member, y.Member), cmp.Compare(x.Choice, y.Choice))
		})
	}
}

// rank puts seats in their order and those that have no number last.
func (s RecordSeat) rank() int {
	if s.Number == 0 {
		return math.MaxInt
	}
	return s.Number
}

// Sealed is the record with its hash.
func (r Record) Sealed(canonical minutes.Canonical) (Record, error) {
	r.Hash = ""
	hash, err := canonical.Hash(r)
	r.Hash = hash
	return r, err
}

// enclose adds the papers.
func (s Dossier) enclose(r *Record, filed []Document, full minutes.Content) {
	meeting := s.Facts.Meeting.ID
	if doc, ok := newest(filed, KindNotice, meeting); ok && doc.Public {
		n := s.Notice()
		n.stamp(doc.Number, doc.IssuedAt)
		r.Notice = &n
	}
	a := s.Agenda()
	stamped(&a.Head, filed, KindAgenda, meeting)
	r.Agenda = &a
	if m, ok := s.MinutesRecord(false); ok {
		stamped(&m.Head, filed, KindMinutes, meeting)
		r.Minutes = &m
	}
	r.Decisions = []DecisionRecord{}
	for _, d := range s.Decisions {
		rec, _ := s.DecisionRecord(d.ID)
		if d.Confidential {
			rec = s.sealedAway(rec, full)
		}
		stamped(&rec.Head, filed, KindDecision, d.ID)
		r.Decisions = append(r.Decisions, rec)
	}
}

// sealedAway leaves of the record of a confidential decision that it exists, under which number and how it ended.
func (s Dossier) sealedAway(rec DecisionRecord, full minutes.Content) DecisionRecord {
	rec.Decision = minutes.DiscloseDecision(rec.Decision, full, s.Redactions)
	rec.Proposer, rec.Reasons, rec.Actions = "", "", []ActionLine{}
	return rec
}

func stamped(h *Head, filed []Document, k Kind, subject domain.ID) {
	if doc, ok := newest(filed, k, subject); ok {
		h.stamp(doc.Number, doc.IssuedAt)
	}
}

// newest finds the valid revision of a document.
func newest(filed []Document, k Kind, subject domain.ID) (Document, bool) {
	i := slices.IndexFunc(filed, func(d Document) bool { return d.Kind == k && d.Subject == subject && !d.Superseded })
	if i < 0 {
		return Document{}, false
	}
	return filed[i], true
}

func (s Dossier) filing() *RecordFiling {
	if s.Minutes == nil {
		return nil
	}
	m := *s.Minutes
	return &RecordFiling{
		Signers: append([]domain.ID{}, m.Signers...), CirculatedAt: m.CirculatedAt, SignBy: m.SignBy, PublishBy: m.PublishBy,
		PublishedAt: m.PublishedAt,
	}
}

// drawing is a record being drawn up from the facts and the disclosed text.
type drawing struct {
	f     minutes.Facts
	shown minutes.Content
}

func (d drawing) committee() RecordCommittee {
	c := d.f.Committee
	return RecordCommittee{ID: c.ID, Code: c.Code, Name: c.Name, Department: c.OwningDepartment, LegalBasis: c.LegalBasis}
}

func (d drawing) meeting() RecordMeeting {
	m := d.f.Meeting
	out := RecordMeeting{
		ID: m.ID, Number: m.Number, Title: m.Title, Mode: m.Mode, StartsAt: m.StartsAt, Place: minutes.PublicPlace(m),
		Public:    m.Public,
		NoticedAt: m.NoticedAt, NoticeGround: m.NoticeGround, NoticeReason: m.NoticeReason,
		WrittenGround: m.WrittenGround, WrittenReason: m.WrittenReason, WrittenUntil: m.WrittenUntil,
		ClosedGround: m.ClosedGround, ClosedReason: m.ClosedReason,
		PresidedBy: m.PresidedBy, WarnedAt: m.WarnedAt, RulesHash: m.Rules,
	}
	if m.OpenedAt != nil {
		out.OpenedAt = *m.OpenedAt
	}
	if m.AdjournedAt != nil {
		out.AdjournedAt = *m.AdjournedAt
	}
	return out
}

func (d drawing) roster() []RecordSeat {
	m := d.meeting()
	first, last := calendar.DateOf(m.OpenedAt), calendar.DateOf(m.AdjournedAt)
	out := []RecordSeat{}
	for _, s := range d.f.Roster {
		if s.Member == nil {
			continue
		}
		seat := RecordSeat{
			Member: s.Member.ID, Number: s.Seat.Number, Name: s.Member.Name, Kind: s.Seat.Kind, Role: s.Seat.Role,
		}
		if s.Member.From > first {
			seat.From = s.Member.From
		}
		if until := lastDay(*s.Member); until != "" && until < last {
			seat.Until = until
		}
		out = append(out, seat)
	}
	return out
}

// lastDay is the last day of a member in office, empty when it is open.
func lastDay(m committee.Member) calendar.Date {
	until := m.Until
	if m.EndedOn != "" && (until == "" || m.EndedOn <= until) {
		until = m.EndedOn.AddDays(-1)
	}
	return until
}

func (d drawing) stays() []RecordStay {
	out := []RecordStay{}
	for _, p := range d.f.Presences {
		out = append(out, RecordStay{Member: p.Member, Via: p.Via, InAt: p.InAt, OutAt: p.OutAt})
	}
	return out
}

// confidential reports whether nothing of the course of an item may be told.
func (d drawing) confidential(item domain.ID) bool {
	return slices.ContainsFunc(d.f.Items, func(i meeting.Item) bool { return i.ID == item && i.Confidential })
}

func (d drawing) recusals() []RecordRecusal {
	out := []RecordRecusal{}
	for _, r := range d.f.Recusals {
		if !d.confidential(r.Item) {
			out = append(out, RecordRecusal{r.ID, r.Item, r.Member, r.Kind, r.Ground, r.State, r.Ballot, r.At})
		}
	}
	return out
}

func (d drawing) items() []RecordItem {
	out := []RecordItem{}
	for _, i := range d.f.Items {
		r := RecordItem{
			Item: i.ID, Position: i.Position, Number: i.Number, Kind: i.Kind, Title: i.Title, Outcome: i.Outcome,
			Confidential: i.Confidential,
		}
		if p, ok := d.part(i.ID); ok {
			r.Title, r.Outcome, r.Proposer, r.Proposal = p.Title, p.Outcome, p.Proposer, p.Proposal
			r.Text, r.Conditions, r.Reason = p.Text, p.Conditions, p.Reason
		}
		if !i.Confidential {
			r.Subject, r.SecretBallot, r.DecidedBallot = i.Subject, i.SecretBallot, i.DecidedBallot
			r.TabledAt = i.TabledAt
		}
		r.DecidedAt = i.DecidedAt
		out = append(out, r)
	}
	return out
}

func (d drawing) part(item domain.ID) (minutes.ItemPart, bool) {
	for _, p := range d.shown.Items {
		if p.Item == item {
			return p, true
		}
	}
	return minutes.ItemPart{}, false
}

func (d drawing) amendments() []RecordAmendment {
	out := []RecordAmendment{}
	for _, a := range d.f.Amendments {
		if !d.confidential(a.Item) {
			out = append(out, RecordAmendment{a.ID, a.Item, a.Position, a.State, a.Ballot})
		}
	}
	return out
}

func (d drawing) ballots() []RecordBallot {
	out := []RecordBallot{}
	for _, c := range d.f.Ballots {
		if c.Ballot.Result != nil && !d.confidential(c.Ballot.Item) {
			out = append(out, ballotOf(c))
		}
	}
	return out
}

func ballotOf(c minutes.Count) RecordBallot {
	b := c.Ballot
	r := RecordBallot{
		ID: b.ID, Item: b.Item, Purpose: b.Purpose, Subject: b.Subject, Method: b.Method, Question: b.Question,
		Candidates: b.Candidates, OpenedAt: b.OpenedAt, ClosesAt: b.ClosesAt, Serving: b.Serving, Present: b.Present,
		Recused: b.Recused, Excluded: slices.Clone(b.Excluded), Roll: []domain.ID{},
		Voted: []RecordVoted{}, Votes: []ballot.Vote{}, Result: *b.Result,
	}
	if b.ClosedAt != nil {
		r.ClosedAt = *b.ClosedAt
	}
	for _, e := range c.Roll {
		r.Roll = append(r.Roll, e.Member)
	}
	for _, p := range c.Voted {
		v := RecordVoted{Member: p.Member}
		if b.Method != ballot.Secret {
			v.At = &p.At
		}
		r.Voted = append(r.Voted, v)
	}
	for _, v := range c.Votes {
		if b.Method == ballot.Secret {
			v.Member = ""
		}
		r.Votes = append(r.Votes, ballot.Vote{Member: v.Member, Choice: v.Choice})
	}
	return r
}
