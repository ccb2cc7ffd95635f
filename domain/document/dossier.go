package document

import (
	"fmt"
	"slices"
	"strings"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/policy"
)

// Dossier is all that the documents of a meeting are made from.
type Dossier struct {
	Facts      minutes.Facts
	Papers     []meeting.Paper // current ones of all items
	Minutes    *minutes.Minutes
	Locked     *minutes.Revision // the version that is signed
	Signatures []minutes.Signature
	Redactions []minutes.Redaction
	Decisions  []minutes.Decision // superseded ones included
	Actions    map[domain.ID][]minutes.Action
}

// published reports whether the minutes are.
func (s Dossier) published() bool { return s.Minutes != nil && s.Minutes.State == minutes.Published }

// sealPlaced is the choice of the rules by which the place of the body's seal is printed.
const sealPlaced = "placement"

func (s Dossier) head(schema string) Head {
	c, m := s.Facts.Committee, s.Facts.Meeting
	return Head{
		Schema: schema, Committee: c.Name, Department: c.OwningDepartment, LegalBasis: c.LegalBasis,
		Provisional: s.Facts.Rules.Provisional, Disclosure: "공개", Meeting: m.ID, Session: m.Number,
		Seal: policy.BodySeal.Of(s.Facts.Rules) == sealPlaced,
	}
}

// agenda lists the items that are on the agenda. Of a confidential one only what the public agenda says is given.
func (s Dossier) agenda() []AgendaLine {
	lines := []AgendaLine{}
	for _, i := range s.Facts.Items {
		if i.State == meeting.Withdrawn {
			continue
		}
		l := AgendaLine{
			Item: i.ID, Position: len(lines) + 1, Number: i.Number, Kind: i.Kind, Title: i.Title, Confidential: i.Confidential,
		}
		if !i.Confidential {
			l.Proposer, l.Papers = i.Proposer, s.papersOf(i.ID)
		}
		lines = append(lines, l)
	}
	return lines
}

func (s Dossier) papersOf(item domain.ID) []PaperLine {
	var out []PaperLine
	for _, p := range s.Papers {
		if p.Item == item && !p.Superseded && !p.Confidential {
			out = append(out, PaperLine{Number: p.Number, Revision: p.Revision, Title: p.Title, SHA256: p.SHA256})
		}
	}
	return out
}

// Notice is the letter that calls the members to the meeting. It names nobody and gives no address by which a remote
// meeting is joined, so that it can be published with the record.
func (s Dossier) Notice() Notice {
	m, r := s.Facts.Meeting, s.Facts.Rules
	return Notice{
		Head: s.head(SchemaNotice), Members: s.serving(), Title: m.Title, Mode: m.Mode, StartsAt: m.StartsAt,
		ExpectedEnd: m.ExpectedEnd, WrittenUntil: m.WrittenUntil, WrittenReason: m.WrittenReason,
		Place: minutes.PublicPlace(m), Items: s.agenda(),
		Sequence: m.NoticeSequence, Urgent: m.NoticeReason, Basis: policy.NoticeDays.Cite(r),
		Pledge: policy.PledgeRequired.Of(r), PledgeBasis: policy.PledgeRequired.Cite(r),
		RecusalBasis: policy.RecusalGrounds.Cite(r), ReplyBy: s.replyBy(),
	}
}

// replyBy is the day by which members answer: that of the first reminder, or the day after the notice when that has
// passed by then; never after the meeting.
func (s Dossier) replyBy() calendar.Date {
	m := s.Facts.Meeting
	days := policy.ReminderDays.Of(s.Facts.Rules)
	if len(days) == 0 || m.Mode == meeting.Written {
		return ""
	}
	by := m.Day().AddDays(-days[0])
	if m.NoticedAt != nil {
		by = max(by, calendar.DateOf(*m.NoticedAt).AddDays(1))
	}
	return min(by, m.Day())
}

func (s Dossier) serving() int {
	n := 0
	for _, seat := range s.Facts.Roster {
		if seat.Member != nil {
			n++
		}
	}
	return n
}

// Agenda is the order of business.
func (s Dossier) Agenda() Agenda {
	m := s.Facts.Meeting
	return Agenda{
		Head: s.head(SchemaAgenda), Title: m.Title, Mode: m.Mode, StartsAt: m.StartsAt, Place: minutes.PublicPlace(m),
		Items: s.agenda(),
	}
}

// MinutesRecord are the minutes, in full or as disclosed; false before they are circulated, or published respectively.
func (s Dossier) MinutesRecord(full bool) (MinutesRecord, bool) {
	if s.Minutes == nil || s.Locked == nil || s.Minutes.State == minutes.Drafting || !full && !s.published() {
		return MinutesRecord{}, false
	}
	rec := MinutesRecord{
		Head: s.head(SchemaMinutes), Full: full, Version: s.Locked.Number, Hash: s.Locked.Hash, Kind: s.Minutes.Kind,
		Recording: s.Minutes.Recording, Content: s.Locked.Content, Notices: []minutes.Notice{}, Signatures: s.signatures(),
		Confirmed: s.Minutes.Confirmed != "", Basis: policy.MinutesFields.Cite(s.Facts.Rules),
	}
	if full {
		rec.Disclosure = "비공개(전문)"
		return rec, true
	}
	rec.Content, rec.Notices = minutes.Disclose(s.Locked.Content, s.Redactions)
	veil := minutes.VeilOf(s.Locked.Content, s.Redactions)
	for i := range rec.Signatures {
		if veil.Hides(rec.Signatures[i].Member) { // the chair is known by the role alone
			rec.Signatures[i].Role = minutes.RoleKorean(committee.RoleMember)
		}
	}
	rec.Signatures = minutes.Veiled(veil, rec.Signatures)
	rec.Disclosure = disclosure(rec.Notices)
	return rec, true
}

// disclosure is the class of a document in which notices say what is withheld (공개구분).
func disclosure(notices []minutes.Notice) string {
	var grounds []string
	for _, n := range notices {
		grounds = append(grounds, n.Ground)
	}
	if len(grounds) == 0 {
		return "공개"
	}
	slices.Sort(grounds)
	return "부분공개(" + strings.Join(slices.Compact(grounds), "ㆍ") + "호)"
}

func (s Dossier) signatures() []SignatureLine {
	out := []SignatureLine{}
	for _, id := range s.Minutes.Signers {
		l := SignatureLine{Member: id}
		l.Role, l.Name = s.person(id)
		for _, sig := range s.Signatures {
			if sig.Member == id && sig.Number == s.Locked.Number {
				at := sig.At
				l.Signed, l.Hash = &at, sig.Hash
				if len(sig.Omitted) > 0 {
					l.Note = fmt.Sprintf("제척 안건 %d건 제외", len(sig.Omitted))
				}
			}
		}
		out = append(out, l)
	}
	return out
}

func (s Dossier) person(id domain.ID) (role, name string) {
	for _, seat := range s.Facts.Roster {
		if seat.Member != nil && seat.Member.ID == id {
			return minutes.RoleKorean(seat.Seat.Role), seat.Member.Name
		}
	}
	return minutes.RoleKorean(committee.RoleMember), ""
}

// DecisionRecord is the record of a decision, with what the minutes withhold covered; false when there is none with
// that id.
func (s Dossier) DecisionRecord(id domain.ID) (DecisionRecord, bool) {
	i := slices.IndexFunc(s.Decisions, func(d minutes.Decision) bool { return d.ID == id })
	if i < 0 {
		return DecisionRecord{}, false
	}
	d, r := s.Decisions[i], s.Facts.Rules
	rec := DecisionRecord{
		Head: s.head(SchemaDecision), MeetingDay: s.Facts.Meeting.Day(), Mode: s.Facts.Meeting.Mode, Actions: []ActionLine{},
		Advisory: policy.DecisionEffect.Of(r) == policy.EffectAdvisory, EffectBasis: policy.DecisionEffect.Cite(r),
		Pack: r.Title + "(" + r.Pack + ", " + r.Day.Korean() + " 시행분)",
	}
	for _, old := range s.Decisions {
		if old.ID == d.Supersedes {
			rec.Replaces = old.Number
		}
	}
	for _, a := range s.Actions[id] {
		rec.Actions = append(rec.Actions, ActionLine{Text: a.Text, Owner: a.Owner, Due: a.Due})
	}
	s.fill(&rec, d)
	return rec, true
}

// fill gives a record the decision: in full for a confidential item, whose record is not public, else as disclosed.
func (s Dossier) fill(rec *DecisionRecord, d minutes.Decision) {
	rec.Decision = d
	for _, i := range s.Facts.Items {
		if i.ID == d.Item {
			rec.Proposer, rec.Reasons = i.Proposer, i.Reasons
		}
	}
	if d.Confidential {
		rec.Disclosure = "비공개"
		return
	}
	if s.Locked == nil {
		return
	}
	rec.Decision = minutes.DiscloseDecision(d, s.Locked.Content, s.Redactions)
	rec.Reasons = minutes.Cover(s.Locked.Content, s.Redactions, rec.Reasons)
	rec.Proposer = minutes.Cover(s.Locked.Content, s.Redactions, rec.Proposer)
	for i := range rec.Actions {
		rec.Actions[i].Text = minutes.Cover(s.Locked.Content, s.Redactions, rec.Actions[i].Text)
	}
	var on []minutes.Notice
	for _, r := range minutes.Active(s.Redactions) {
		if strings.HasPrefix(r.Anchor, minutes.ItemAnchor(d.Item)) || minutes.IsName(r.Anchor) {
			on = append(on, minutes.Notice{Ground: r.Ground})
		}
	}
	rec.Disclosure = disclosure(on)
	for _, r := range minutes.Active(s.Redactions) { // the reasons may repeat what is withheld, and are said elsewhere
		if strings.HasPrefix(r.Anchor, minutes.ItemAnchor(d.Item)) {
			rec.Reasons = ""
		}
	}
}
