package convening

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/meeting"
	"secretariat/service"
)

// AddSpanInput tells of holidays or a session of the city council.
type AddSpanInput struct {
	Kind  meeting.SpanKind `json:"kind"`
	From  calendar.Date    `json:"from"`
	Until calendar.Date    `json:"until"` // included, at most a year after From
	Name  string           `json:"name"`
}

// longestSpan is how many days a span covers at most.
const longestSpan = 366

// AddSpan adds special days to the calendar of the city. CodeConflict "conflict.span" when the same are there.
func (s *Service) AddSpan(ctx context.Context, by domain.Actor, in AddSpanInput) (meeting.Span, error) {
	var problems domain.Problems
	domain.OneOf(&problems, "kind", in.Kind, meeting.Holiday, meeting.Council)
	problems.Text("name", in.Name, true, domain.MaxName)
	problems.Check(in.From.Valid(), "from", "field.date")
	problems.Check(in.Until.Valid(), "until", "field.date")
	if in.From.Valid() && in.Until.Valid() {
		days := in.From.DaysUntil(in.Until)
		problems.Check(days >= 0 && days < longestSpan, "until", "field.range")
	}
	if err := problems.Err(); err != nil {
		return meeting.Span{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "span.add", func(a *service.Act[Tx]) (meeting.Span, error) {
		if err := access.Can(by, "span.add", anyCommittee(by)).Err(); err != nil {
			return meeting.Span{}, err
		}
		span := meeting.Span{ID: a.Env.NewID(), Kind: in.Kind, From: in.From, Until: in.Until, Name: in.Name}
		a.On("span", span.ID, "")
		return span, a.Tx.AddSpan(ctx, span)
	})
}

// anyCommittee is the facts for an act of the staff of whichever committee: the calendar is the same for all.
func anyCommittee(by domain.Actor) access.Facts {
	if len(by.Staff) == 0 {
		return access.Facts{}
	}
	return access.Facts{Committee: by.Staff[0].Committee}
}

// ListSpansInput says for which days; both are required, at most ten years apart.
type ListSpansInput struct {
	From  calendar.Date `json:"-" query:"from"`
	Until calendar.Date `json:"-" query:"until"`
}

const longestCalendar = 3660

// ListSpans lists the special days that touch the days asked for, in order.
func (s *Service) ListSpans(
	ctx context.Context, by domain.Actor, in ListSpansInput,
) (service.Page[meeting.Span], error) {
	var none service.Page[meeting.Span]
	var problems domain.Problems
	problems.Check(in.From.Valid(), "from", "field.date")
	problems.Check(in.Until.Valid() && (!in.From.Valid() || in.From.DaysUntil(in.Until) <= longestCalendar),
		"until", "field.date")
	if err := problems.Err(); err != nil {
		return none, err
	}
	if err := access.Can(by, "span.list", access.Facts{}).Err(); err != nil {
		return none, err
	}
	return service.See(ctx, s.store, func(tx Tx) (service.Page[meeting.Span], error) {
		spans, err := tx.Spans(ctx, in.From, in.Until)
		return service.Page[meeting.Span]{Items: spans}, err
	})
}
