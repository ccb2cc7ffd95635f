package convening

import (
	"context"
	"encoding/base64"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/meeting"
	"secretariat/service"
)

// ListInput asks for meetings of a committee, the latest start first.
type ListInput struct {
	Committee domain.ID     `json:"-" path:"committee"`
	State     meeting.State `json:"-" query:"state"`
	From      time.Time     `json:"-" query:"from"`  // start at or after
	Until     time.Time     `json:"-" query:"until"` // start before
	Cursor    string        `json:"-" query:"cursor"`
	Limit     int           `json:"-" query:"limit"`
}

// Summary is one line of a list of meetings.
type Summary struct {
	ID       domain.ID     `json:"id"`
	Number   int           `json:"number"`
	Title    string        `json:"title"`
	Mode     meeting.Mode  `json:"mode"`
	State    meeting.State `json:"state"`
	StartsAt time.Time     `json:"startsAt"`
	EndsAt   time.Time     `json:"endsAt"` // expected, or close of the written window
	Place    string        `json:"place"`
	Public   bool          `json:"public"`
}

// List lists meetings. Those that were not convened yet are for the staff, auditors and the chair.
func (s *Service) List(ctx context.Context, by domain.Actor, in ListInput) (service.Page[Summary], error) {
	var none service.Page[Summary]
	f := meeting.Filter{
		Committee: in.Committee, State: in.State, From: in.From, Until: in.Until, Limit: service.PageSize(in.Limit) + 1,
	}
	var problems domain.Problems
	domain.OneOf(&problems, "state", in.State, "", meeting.Planned, meeting.Convened, meeting.Open, meeting.Suspended,
		meeting.Adjourned, meeting.Cancelled)
	var err error
	f.Before, f.BeforeID, err = readCursor(in.Cursor)
	problems.Check(err == nil, "cursor", "field.format")
	if err := problems.Err(); err != nil {
		return none, err
	}
	if err := access.Can(by, "meeting.list", access.Facts{Committee: in.Committee}).Err(); err != nil {
		return none, err
	}
	preparer := reader{by: by, meeting: meeting.Meeting{Committee: in.Committee}}
	f.Announced = !preparer.sees()
	return service.See(ctx, s.store, func(tx Tx) (service.Page[Summary], error) {
		if _, err := tx.Committee(ctx, in.Committee); err != nil {
			return none, err
		}
		found, err := tx.Meetings(ctx, f)
		return page(found, f.Limit-1), err
	})
}

// page makes a page of what was found: one row more than its size says that there is another page.
func page(found []meeting.Meeting, size int) service.Page[Summary] {
	out := service.Page[Summary]{Items: []Summary{}}
	for n, m := range found {
		if n == size {
			last := found[n-1]
			out.Next = writeCursor(last.StartsAt, last.ID)
			break
		}
		out.Items = append(out.Items, summary(m))
	}
	return out
}

func summary(m meeting.Meeting) Summary {
	return Summary{
		ID: m.ID, Number: m.Number, Title: m.Title, Mode: m.Mode, State: m.State, StartsAt: m.StartsAt, EndsAt: m.End(),
		Place: m.Place, Public: m.Public,
	}
}

func writeCursor(at time.Time, id domain.ID) string {
	return base64.RawURLEncoding.EncodeToString([]byte(at.UTC().Format(time.RFC3339Nano) + " " + string(id)))
}

func readCursor(cursor string) (time.Time, domain.ID, error) {
	if cursor == "" {
		return time.Time{}, "", nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return time.Time{}, "", err
	}
	at, id, _ := strings.Cut(string(raw), " ")
	start, err := time.Parse(time.RFC3339Nano, at)
	return start, domain.ID(id), err
}
