package convening

import (
	"context"
	"strconv"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/service"
)

// PreviewInput names the meeting, and for which member the notice is shown: the first in the order of the seats when
// empty, and always the chair's own for the chair.
type PreviewInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
	Member  domain.ID `json:"-" query:"member"`
}

// Preview is the notice of a planned meeting as it would be mailed to one member if it were convened now.
type Preview struct {
	Member     domain.ID   `json:"member"`
	Name       string      `json:"name"`
	Subject    string      `json:"subject"`
	Text       string      `json:"text"`
	Recipients []Recipient `json:"recipients"` // whose notice may be shown
}

// Recipient is a member who would be sent the notice.
type Recipient struct {
	Member domain.ID `json:"member"`
	Name   string    `json:"name"`
}

// PreviewNotice writes the notice of a planned meeting with the numbers that it and its items would get, and sends
// nothing. Items that the reader may not see in full are shown to the reader as withheld, whoever the notice is for.
// CodeConflict "meeting.not_planned".
func (s *Service) PreviewNotice(ctx context.Context, by domain.Actor, in PreviewInput) (Preview, error) {
	return service.See(ctx, s.store, func(tx Tx) (Preview, error) {
		m, err := tx.Meeting(ctx, in.Meeting)
		if err != nil {
			return Preview{}, err
		}
		if err := access.Can(by, "notice.preview", facts(m)).Err(); err != nil {
			return Preview{}, hidden(by, m, err)
		}
		if m.State != meeting.Planned {
			return Preview{}, domain.Conflict("meeting.not_planned", domain.Args{"state": string(m.State)})
		}
		chamber, err := tx.Chamber(ctx, m.Committee, m.StartsAt)
		if err != nil {
			return Preview{}, err
		}
		out, to, err := recipients(by, m, chamber, in.Member)
		if err != nil || to == nil {
			return out, err
		}
		return out, s.preview(ctx, tx, by, m, chamber.Committee, *to, &out)
	})
}

// recipients lists whose notice the reader may look at, and who of them is looked at; nil when there is nobody.
func recipients(
	by domain.Actor, m meeting.Meeting, chamber committee.Chamber, wanted domain.ID,
) (Preview, *committee.Member, error) {
	out := Preview{Recipients: []Recipient{}}
	var to *committee.Member
	for _, member := range chamber.Serving() {
		if !(reader{by: by, meeting: m}).insider() && member.ID != by.Member(m.Committee) {
			continue
		}
		out.Recipients = append(out.Recipients, Recipient{member.ID, member.Name})
		if to == nil && wanted == "" || member.ID == wanted {
			to = &member
		}
	}
	if to == nil && wanted != "" {
		return out, nil, domain.NotFound("member")
	}
	return out, to, nil
}

func (s *Service) preview(
	ctx context.Context, tx Tx, by domain.Actor, m meeting.Meeting, of committee.Committee, to committee.Member,
	out *Preview,
) error {
	c := file{meeting: m, post: meeting.Post{Meeting: m, Now: s.now()}}
	var err error
	if c.rules, err = s.rules(ctx, tx, m); err != nil {
		return err
	}
	if err := c.pretend(ctx, tx); err != nil {
		return err
	}
	items, err := numbered(ctx, tx, c)
	if err != nil {
		return err
	}
	agenda, err := previewAgenda(ctx, tx, by, c.meeting, to, items)
	if err != nil {
		return err
	}
	letter := meeting.Letter{Meeting: m.ID, Member: to.ID, Kind: meeting.Invitation, DueAt: c.post.Now}
	mail, err := s.write(c, letter, of, Address{Name: to.Name}, agenda)
	out.Member, out.Name, out.Subject, out.Text = to.ID, to.Name, mail.Subject, mail.Text
	return err
}

// pretend makes the meeting of the case what it would be if it were convened now.
func (c *file) pretend(ctx context.Context, tx Tx) error {
	last, err := tx.LastNumber(ctx, meetingScope(c.meeting.Committee))
	at := c.post.Now
	c.meeting.Number, c.meeting.State, c.meeting.ConvenedAt, c.meeting.NoticedAt = last+1, meeting.Convened, &at, &at
	return err
}

// numbered is the agenda with the numbers that its items would get.
func numbered(ctx context.Context, tx Tx, c file) ([]meeting.Item, error) {
	items, err := tx.ItemsOf(ctx, c.meeting.ID)
	if err != nil {
		return nil, err
	}
	year := calendar.DateOf(c.post.Now).Year()
	serial, err := tx.LastNumber(ctx, itemScope(c.meeting.Committee, year))
	for n, i := range items {
		if i.State == meeting.Listed && i.Number == "" {
			serial++
			items[n].Number = meeting.NumberIn(policy.AgendaNumber.Of(c.rules), year, serial)
		}
	}
	return items, err
}

// previewAgenda is the agenda of a member's notice, as far as the reader may see it too.
func previewAgenda(
	ctx context.Context, tx Tx, by domain.Actor, m meeting.Meeting, to committee.Member, items []meeting.Item,
) ([]string, error) {
	his, err := read(ctx, tx, asMember(to, m), m)
	if err != nil {
		return nil, err
	}
	mine, err := read(ctx, tx, by, m)
	return agendaLines(items, func(i meeting.Item) access.Sight {
		if sight := mine.sight(i); sight != access.Full {
			return sight
		}
		return his.sight(i)
	}), err
}

// meetingScope and itemScope name what meetings and items of a committee are numbered in.
func meetingScope(committee domain.ID) string { return "meeting/" + string(committee) }

func itemScope(committee domain.ID, year int) string {
	return "item/" + string(committee) + "/" + strconv.Itoa(year)
}
