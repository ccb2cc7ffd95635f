package searching

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/search"
)

// public is what the public sees of a meeting: of everything in it access.See is asked, and texts are the disclosed
// ones. Confidential items are left out altogether, although the agenda names them: what they are called may tell
// what they are about to somebody who looks for it.
type public struct {
	meeting    meeting.Meeting
	published  bool
	minutes    minutes.Minutes
	content    minutes.Content // in full
	redactions []minutes.Redaction
	entries    []search.Entry
}

// entriesOf are the entries of a meeting: none before it has been convened.
func entriesOf(ctx context.Context, tx Record, m meeting.Meeting) ([]search.Entry, error) {
	if !m.Announced() {
		return nil, nil
	}
	p := &public{meeting: m}
	for _, add := range []func(context.Context, Record) error{p.read, p.items, p.decisions} {
		if err := add(ctx, tx); err != nil {
			return nil, err
		}
	}
	p.add(search.Meeting, m.ID, "", m.Title, lines(m.Place, m.CancelReason))
	if p.published {
		disclosed, notices := minutes.Disclose(p.content, p.redactions)
		p.add(search.Minutes, p.minutes.ID, "", disclosed.Title, record(disclosed, notices))
	}
	return p.entries, nil
}

// read looks up what has been published, and what is withheld.
func (p *public) read(ctx context.Context, tx Record) error {
	if p.meeting.State != meeting.Adjourned {
		return nil
	}
	m, there, err := tx.MinutesOf(ctx, p.meeting.ID)
	if err != nil || !there {
		return err
	}
	p.minutes, p.published = m, m.State == minutes.Published
	number := m.Locked
	if number == 0 {
		number = m.Current
	}
	rev, err := tx.Revision(ctx, m.ID, number)
	if err != nil {
		return err
	}
	p.content = rev.Content
	p.redactions, err = tx.RedactionsOf(ctx, m.ID)
	return err
}

// sees reports how much of something the public sees.
func (p *public) sees(confidential bool) access.Sight {
	sight, _ := access.See(domain.Public(), access.Facts{
		Committee: p.meeting.Committee, Announced: true, Published: p.published, Confidential: confidential,
	})
	return sight
}

func (p *public) items(ctx context.Context, tx Record) error {
	all, err := tx.ItemsOf(ctx, p.meeting.ID)
	if err != nil {
		return err
	}
	for _, i := range all {
		if !i.Confidential && p.sees(false) != access.Hidden {
			p.add(search.Item, i.ID, i.ID, i.Title, i.Number)
		}
	}
	if p.sees(false) != access.Full {
		return nil
	}
	return p.papers(ctx, tx, all)
}

// papers adds the titles of papers that everybody may read.
func (p *public) papers(ctx context.Context, tx Record, all []meeting.Item) error {
	papers, err := tx.PapersOfMeeting(ctx, p.meeting.ID)
	if err != nil {
		return err
	}
	confidential := map[domain.ID]bool{}
	for _, i := range all {
		confidential[i.ID] = i.Confidential
	}
	for _, x := range papers {
		if p.sees(confidential[x.Item] || x.Confidential) == access.Full {
			p.add(search.Paper, x.ID, x.Item, x.Title, x.FileName)
		}
	}
	return nil
}

// decisions adds the records that hold: number and title, and all of it once the minutes are published.
func (p *public) decisions(ctx context.Context, tx Record) error {
	if p.meeting.State != meeting.Adjourned {
		return nil
	}
	all, err := tx.DecisionsOf(ctx, p.meeting.ID)
	if err != nil {
		return err
	}
	superseded := map[domain.ID]bool{}
	for _, d := range all {
		superseded[d.Supersedes] = true
	}
	for _, d := range all {
		if d.Confidential || superseded[d.ID] {
			continue
		}
		p.decision(d)
	}
	return nil
}

func (p *public) decision(d minutes.Decision) {
	text := d.Number
	if p.sees(false) == access.Full {
		d = minutes.DiscloseDecision(d, p.content, p.redactions)
		text = decided(d)
	}
	p.entries = append(p.entries, search.Entry{
		Kind: search.Decision, ID: d.ID, Subject: p.meeting.ID, Committee: d.Committee, Item: d.Item, Open: p.published,
		Day: calendar.DateOf(d.DecidedAt), Title: p.veiled(d.Title), Text: text,
	}.Made())
}

// add makes an entry of the day of the meeting.
func (p *public) add(k search.Kind, id, item domain.ID, title, text string) {
	p.entries = append(p.entries, search.Entry{
		Kind: k, ID: id, Subject: p.meeting.ID, Committee: p.meeting.Committee, Item: item, Open: p.published,
		Day: p.meeting.Day(), Title: p.veiled(title), Text: p.veiled(text),
	}.Made())
}

// veiled puts bars over the names of members that the minutes withhold.
func (p *public) veiled(s string) string {
	return minutes.Veiled(minutes.VeilOf(p.content, minutes.Active(p.redactions)), s)
}

// committeeOf is the entry of a committee, none while it is drafted.
func committeeOf(c committee.Committee) []search.Entry {
	if c.State == committee.Draft {
		return nil
	}
	return []search.Entry{search.Entry{
		Kind: search.Committee, ID: c.ID, Subject: c.ID, Committee: c.ID, Open: true, Day: c.FoundedOn, Title: c.Name,
		Text: lines(c.OwningDepartment, c.LegalBasis),
	}.Made()}
}
