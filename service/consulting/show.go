package consulting

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/domain/calendar"
	"secretariat/service"
)

// ListInput asks for a page of consultations, newest first.
type ListInput struct {
	Live   bool      `query:"live" json:"-"` // those alone that are not over
	Before domain.ID `query:"before" json:"-"`
	Limit  int       `query:"limit" json:"-"`
}

// List lists the consultations that the reader may know of: consultation.list.
func (s *Service) List(ctx context.Context, by domain.Actor, in ListInput) (service.Page[alliance.Consultation], error) {
	var out service.Page[alliance.Consultation]
	if err := access.Can(by, "consultation.list", access.Facts{}).Err(); err != nil {
		return out, err
	}
	size := service.PageSize(in.Limit)
	f := Filter{All: by.Auditor || by.Kind == domain.ActorSystem, Live: in.Live, Before: in.Before, Limit: size + 1}
	for _, x := range by.Staff {
		f.Serves = append(f.Serves, x.Committee)
	}
	for _, x := range by.Seats {
		f.Sits = append(f.Sits, x.Committee)
	}
	for _, x := range by.Partners {
		f.Organisations = append(f.Organisations, x.Organisation)
	}
	return service.See(ctx, s.store, func(tx Tx) (service.Page[alliance.Consultation], error) {
		found, err := tx.FindConsultations(ctx, f)
		out.Items = found
		if len(found) > size {
			out.Items, out.Next = found[:size], string(found[size-1].ID)
		}
		return out, err
	})
}

// ShowInput names a consultation.
type ShowInput struct {
	Consultation domain.ID `path:"consultation" json:"-"`
}

// View is a consultation as its reader may see it.
type View struct {
	Consultation alliance.Consultation `json:"consultation"`
	Divisions    []alliance.Division   `json:"divisions"` // of the alliance
	Takes        bool                  `json:"takes"`     // opinions may arrive now
	Own          []domain.ID           `json:"own"`       // organisations of the reader that are asked
	Asked        *Turnout              `json:"asked,omitempty"`
	Count        *alliance.Count       `json:"count,omitempty"`      // for its staff, and for all once it is answered
	FirstClose   calendar.Date         `json:"firstClose,omitempty"` // if it were opened today
	Basis        string                `json:"basis,omitempty"`      // of that
	AnswerBy     calendar.Date         `json:"answerBy,omitempty"`
	SignsUp      bool                  `json:"signsUp"`            // one may sign up to speak now
	Speaking     []Voice               `json:"speaking,omitempty"` // who speaks at the hearing
	Speakers     []alliance.Speaker    `json:"speakers,omitempty"` // everybody who signed up, for its staff
	Items        []Choice              `json:"items,omitempty"`    // to which its staff may bring the digest
	Calls        []Choice              `json:"calls,omitempty"`    // on which it may have been consulted, for its staff
}

// Turnout is how many organisations are asked and have answered, never which.
type Turnout struct {
	Asked     int `json:"asked"`
	Submitted int `json:"submitted"`
}

// Show shows a consultation to its staff, and once it is open to who is asked: consultation.show.
func (s *Service) Show(ctx context.Context, by domain.Actor, in ShowInput) (View, error) {
	return service.See(ctx, s.store, func(tx Tx) (View, error) {
		c, err := tx.Consultation(ctx, in.Consultation)
		if err != nil {
			return View{}, err
		}
		st, err := standingOf(ctx, tx, by, c)
		if err != nil {
			return View{}, err
		}
		if err := may(by, "consultation.show", st.facts); err != nil {
			return View{}, err
		}
		out := View{Consultation: c, Takes: c.Takes(s.now()), Own: append([]domain.ID{}, st.own...)}
		if out.Divisions, err = tx.Divisions(ctx, c.Alliance); err != nil {
			return out, err
		}
		return out, s.inside(ctx, tx, by, st, &out)
	})
}

// inside adds what its staff see, and the count for everybody once all is answered.
func (s *Service) inside(ctx context.Context, tx Tx, by domain.Actor, st standing, out *View) error {
	c := out.Consultation
	staff := !hides(st.facts, by)
	if err := s.speakers(ctx, tx, staff, out); err != nil {
		return err
	}
	if staff || c.State == alliance.Answered {
		all, err := tx.Outcomes(ctx, c.ID)
		if err != nil {
			return err
		}
		n := alliance.CountOpinions(all)
		out.Count = &n
	}
	if !staff {
		return nil
	}
	asked, submitted, err := tx.CountAsked(ctx, c)
	if err != nil {
		return err
	}
	out.Asked = &Turnout{asked, submitted}
	r, err := s.rules(ctx, tx, c)
	if err != nil {
		return err
	}
	out.FirstClose, out.Basis = c.FirstClose(calendar.DateOf(s.now()), r)
	out.AnswerBy = c.AnswerBy(r)
	return choices(ctx, tx, by, st, out)
}

// choices adds what its staff may choose from.
func choices(ctx context.Context, tx Tx, by domain.Actor, st standing, out *View) error {
	c := out.Consultation
	var err error
	if access.Can(by, "consultation.link", st.facts).Allowed {
		if out.Calls, err = tx.CallsOfAlliance(ctx, c.Alliance); err != nil {
			return err
		}
	}
	if _, err := c.Tabled(c.Item, c.Paper, *out.Count); err != nil || !access.Can(by, "consultation.table", st.facts).Allowed {
		return nil
	}
	out.Items, err = items(ctx, tx, c)
	return err
}

// DigestInput asks for a page of the digest.
type DigestInput struct {
	Consultation domain.ID `path:"consultation" json:"-"`
	After        domain.ID `query:"after" json:"-"`
	Limit        int       `query:"limit" json:"-"`
}

// Digest is what was said and what became of it (의견 처리 결과), in the order of the articles, the whole first.
type Digest struct {
	Consultation alliance.Consultation `json:"consultation"`
	Count        alliance.Count        `json:"count"`
	Opinions     []Line                `json:"opinions"`
	Next         string                `json:"next,omitempty"`
}

// Line is one opinion of the digest with its answer. Who gave it is told to the committee and its staff alone.
type Line struct {
	Article int              `json:"article"`
	Stance  alliance.Stance  `json:"stance"`
	Text    string           `json:"text"`
	Wording string           `json:"wording,omitempty"`
	Giver   string           `json:"giver,omitempty"`
	Outcome alliance.Outcome `json:"outcome,omitempty"`
	Reason  string           `json:"reason,omitempty"`
	Merged  bool             `json:"merged"` // answered with a like one
}

// Digest shows what was said and what became of it: consultation.digest. Everybody who may see the consultation may once it
// is answered, its committee and its staff from the close on.
func (s *Service) Digest(ctx context.Context, by domain.Actor, in DigestInput) (Digest, error) {
	return s.digest(ctx, by, "consultation.show", in)
}

// digest gives a page of the digest to who may do the operation.
func (s *Service) digest(ctx context.Context, by domain.Actor, op string, in DigestInput) (Digest, error) {
	return service.See(ctx, s.store, func(tx Tx) (Digest, error) {
		r, err := s.reads(ctx, tx, by, op, in.Consultation)
		if err != nil {
			return Digest{}, err
		}
		return r.page(ctx, tx, in.After, service.PageSize(in.Limit))
	})
}

// reading is the digest of a consultation as somebody may read it.
type reading struct {
	head   Digest // without its opinions
	named  bool   // with who gave them
	masked bool   // without what was hidden
}

// reads opens the digest to who may do the operation.
func (s *Service) reads(ctx context.Context, tx Tx, by domain.Actor, op string, id domain.ID) (reading, error) {
	c, err := tx.Consultation(ctx, id)
	if err != nil {
		return reading{}, err
	}
	st, err := standingOf(ctx, tx, by, c)
	if err != nil {
		return reading{}, err
	}
	if err := may(by, op, st.facts); err != nil {
		return reading{}, err
	}
	named := access.Can(by, "consultation.digest", st.facts).Allowed
	if c.State != alliance.Answered && (!named || c.State != alliance.Disposing) {
		return reading{}, domain.NotFound("digest")
	}
	all, err := tx.Outcomes(ctx, c.ID)
	return reading{Digest{Consultation: c, Count: alliance.CountOpinions(all)}, named, hides(st.facts, by)}, err
}

// page reads so many opinions after one.
func (r reading) page(ctx context.Context, tx Tx, after domain.ID, size int) (Digest, error) {
	out := r.head
	found, err := tx.FindOpinions(ctx, OpinionFilter{out.Consultation.ID, every, false, false, false, after, size + 1})
	if err != nil {
		return Digest{}, err
	}
	if len(found) > size {
		found, out.Next = found[:size], string(found[size-1].ID)
	}
	out.Opinions = r.lines(found)
	return out, nil
}

// every means opinions of every article.
const every = -1

// lines are opinions as the digest shows them.
func (r reading) lines(found []Given) []Line {
	out := []Line{}
	for _, g := range found {
		outcome, reason := g.answer()
		if r.masked {
			g.Opinion = g.Shown() // the staff alone read what was hidden
		}
		line := Line{
			Article: g.Article, Stance: g.Stance, Text: g.Text, Wording: g.Wording, Giver: g.Giver,
			Outcome: outcome, Reason: reason, Merged: g.Lead != "",
		}
		if !r.named {
			line.Giver = ""
		}
		out = append(out, line)
	}
	return out
}
