package consulting

import (
	"context"
	"strings"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/calendar"
	"secretariat/domain/meeting"
	"secretariat/service"
)

// Papers brings a paper to an agenda item, as somebody would by hand, and gives its number there.
type Papers interface {
	Bring(context.Context, domain.Actor, service.Paper) (int, error)
}

// Bringing gives the service where papers are brought.
func (s *Service) Bringing(papers Papers) *Service {
	s.papers = papers
	return s
}

// TableInput puts the digest on an agenda item.
type TableInput struct {
	Consultation domain.ID `path:"consultation" json:"-"`
	Item         domain.ID `json:"item"`
	Reason       string    `json:"reason"` // required once the papers of the meeting are frozen
	Version      int       `json:"version"`
}

// Table prints the digest with its 신구조문대비표 as everybody may read it, and brings it to an agenda item of the committee:
// consultation.table. Done again for the same item it is a new revision of the paper. CodeConflict before every opinion has its
// answer; CodeInvalid for an item of another committee or of a meeting that has opened.
func (s *Service) Table(ctx context.Context, by domain.Actor, in TableInput) (alliance.Consultation, error) {
	paper, err := s.paper(ctx, by, in)
	if err != nil {
		return alliance.Consultation{}, err
	}
	// The key of the request is that of the paper too: who presses again after a failure does not bring it twice.
	number, err := s.papers.Bring(ctx, by, paper)
	if err != nil {
		return alliance.Consultation{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "consultation.table", func(a *service.Act[Tx]) (alliance.Consultation, error) {
		c, _, err := s.open(ctx, a, "consultation.table", in.Consultation)
		if err != nil {
			return c, err
		}
		if c, err = tabled(ctx, a.Tx, c, in.Item, number); err != nil {
			return c, err
		}
		c.Version = in.Version
		a.Note("item", string(in.Item))
		return c, a.Tx.ChangeConsultation(ctx, &c)
	})
}

// paper is what goes to the agenda, once all is in order.
func (s *Service) paper(ctx context.Context, by domain.Actor, in TableInput) (service.Paper, error) {
	out := service.Paper{Item: in.Item, Reason: strings.TrimSpace(in.Reason)}
	err := s.store.Read(ctx, func(tx Tx) error {
		c, err := tx.Consultation(ctx, in.Consultation)
		if err != nil {
			return err
		}
		st, err := standingOf(ctx, tx, by, c)
		if err != nil {
			return err
		}
		if err := may(by, "consultation.table", st.facts); err != nil {
			return err
		}
		if c.Version != in.Version {
			return domain.Stale()
		}
		if c.Item == in.Item {
			out.Number = c.Paper
		}
		out.Title = kindNames[c.Kind] + " 의견 처리 결과: " + c.Title
		if _, err := tabled(ctx, tx, c, in.Item, 0); err != nil {
			return err
		}
		return ahead(ctx, tx, c, in.Item)
	})
	if err != nil {
		return out, err
	}
	printed, err := s.printed(ctx, by, "consultation.table", in.Consultation, true)
	out.FileName, out.Data = printed.FileName, printed.Data
	return out, err
}

func tabled(ctx context.Context, tx Tx, c alliance.Consultation, item domain.ID, paper int) (alliance.Consultation, error) {
	all, err := tx.Outcomes(ctx, c.ID)
	if err != nil {
		return c, err
	}
	return c.Tabled(item, paper, alliance.CountOpinions(all))
}

// ahead refuses an item that is not of the committee's meetings to come.
func ahead(ctx context.Context, tx Tx, c alliance.Consultation, item domain.ID) error {
	all, err := tx.ItemsComing(ctx, c.Committee)
	for _, i := range all {
		if i.ID == item {
			return err
		}
	}
	if err != nil {
		return err
	}
	var p domain.Problems
	p.Add("item", "field.choice", nil)
	return p.Err()
}

// Choice is something to choose from a list, with the words it is known by.
type Choice struct {
	ID     domain.ID `json:"id"`
	Title  string    `json:"title"`
	Detail string    `json:"detail,omitempty"`
}

// items are those to which the digest may go.
func items(ctx context.Context, tx Tx, c alliance.Consultation) ([]Choice, error) {
	all, err := tx.ItemsComing(ctx, c.Committee)
	out := []Choice{}
	for _, i := range all {
		m, err := tx.Meeting(ctx, i.Meeting)
		if err != nil {
			return out, err
		}
		out = append(out, Choice{i.ID, name(i), calendar.Korean(m.StartsAt)})
	}
	return out, err
}

func name(i meeting.Item) string {
	return strings.TrimSpace(i.Number + " " + i.Title)
}

// LinkInput says which call was consulted on.
type LinkInput struct {
	Consultation domain.ID `path:"consultation" json:"-"`
	Call         domain.ID `json:"call"` // empty for none
	Version      int       `json:"version"`
}

// Link says on which call it was consulted, so that who gave an opinion and applies there is pointed out to its staff and
// evaluators: consultation.link. CodeInvalid for a call of another alliance.
func (s *Service) Link(ctx context.Context, by domain.Actor, in LinkInput) (alliance.Consultation, error) {
	return service.Do(ctx, s.env, s.store, by, "consultation.link", func(a *service.Act[Tx]) (alliance.Consultation, error) {
		c, _, err := s.open(ctx, a, "consultation.link", in.Consultation)
		if err != nil {
			return c, err
		}
		known, err := a.Tx.CallsOfAlliance(ctx, c.Alliance)
		if err != nil {
			return c, err
		}
		var p domain.Problems
		p.Check(in.Call == "" || has(known, in.Call), "call", "field.choice")
		if err := p.Err(); err != nil {
			return c, err
		}
		c.Call, c.Version = in.Call, in.Version
		a.Note("call", string(in.Call))
		return c, a.Tx.ChangeConsultation(ctx, &c)
	})
}

func has(all []Choice, id domain.ID) bool {
	for _, c := range all {
		if c.ID == id {
			return true
		}
	}
	return false
}
