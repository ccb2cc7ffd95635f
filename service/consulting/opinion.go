package consulting

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/domain/identity"
	"secretariat/service"
)

// Said is one opinion as it arrives.
type Said struct {
	Article int             `json:"article"` // from 1; 0: the whole
	Stance  alliance.Stance `json:"stance"`
	Text    string          `json:"text"`
	Wording string          `json:"wording"`
}

// SaveInput is the draft of what an organisation says.
type SaveInput struct {
	Consultation domain.ID `path:"consultation" json:"-"`
	Organisation domain.ID `json:"organisation"`
	Opinions     []Said    `json:"opinions"` // one without stance and text is left out
	Version      int       `json:"version"`  // of the draft; 0 for the first
}

// Saved is the draft as it is kept.
type Saved struct {
	Submission alliance.Submission `json:"submission"`
	Opinions   []alliance.Opinion  `json:"opinions"`
}

// Save keeps the draft of an organisation, which its own people see and change alone: opinion.save. CodeConflict after the
// close or once it was submitted; CodeStale when a colleague saved meanwhile.
func (s *Service) Save(ctx context.Context, by domain.Actor, in SaveInput) (Saved, error) {
	return service.Do(ctx, s.env, s.store, by, "opinion.save", func(a *service.Act[Tx]) (Saved, error) {
		return s.save(ctx, a, "opinion.save", in)
	})
}

// Submit sends what an organisation says, in its name: opinion.submit. CodeForbidden for who may only draft;
// CodeConflict after the close. Whatever was saved before is replaced by what is sent.
func (s *Service) Submit(ctx context.Context, by domain.Actor, in SaveInput) (Saved, error) {
	return service.Do(ctx, s.env, s.store, by, "opinion.submit", func(a *service.Act[Tx]) (Saved, error) {
		out, err := s.save(ctx, a, "opinion.submit", in)
		if err != nil {
			return out, err
		}
		if len(out.Opinions) == 0 {
			var p domain.Problems
			p.Add("opinions", "opinion.none", nil)
			return out, p.Err()
		}
		out.Submission.State, out.Submission.SubmittedAt, out.Submission.SubmittedBy = alliance.Submitted, &a.Now, by.ID
		a.Wake(service.CaseConsultation, in.Consultation)
		return out, a.Tx.ChangeSubmission(ctx, &out.Submission)
	})
}

func (s *Service) save(ctx context.Context, a *service.Act[Tx], op string, in SaveInput) (Saved, error) {
	c, err := s.openFor(ctx, a, op, in.Consultation, in.Organisation)
	if err != nil {
		return Saved{}, err
	}
	said, err := opinions(in.Opinions, c)
	if err != nil {
		return Saved{}, err
	}
	sub, there, err := a.Tx.SubmissionOf(ctx, c.ID, in.Organisation)
	if err != nil {
		return Saved{}, err
	}
	if there && sub.State == alliance.Submitted {
		return Saved{}, domain.Conflict("opinion.submitted", nil)
	}
	if sub, err = s.submission(ctx, a, sub, there, in); err != nil {
		return Saved{}, err
	}
	return put(ctx, a, sub, said)
}

// submission keeps the row that the opinions belong to.
func (s *Service) submission(
	ctx context.Context, a *service.Act[Tx], sub alliance.Submission, there bool, in SaveInput,
) (alliance.Submission, error) {
	if there {
		sub.Version = in.Version
		return sub, a.Tx.ChangeSubmission(ctx, &sub)
	}
	o, err := a.Tx.Organisation(ctx, in.Organisation)
	if err != nil {
		return sub, err
	}
	sub = alliance.Submission{
		ID: a.Env.NewID(), Consultation: in.Consultation, Organisation: o.ID, Giver: o.Name, State: alliance.Draft, Version: 1,
	}
	return sub, a.Tx.AddSubmission(ctx, sub)
}

// put writes the opinions of a submission.
func put(ctx context.Context, a *service.Act[Tx], sub alliance.Submission, said []alliance.Opinion) (Saved, error) {
	for i := range said {
		said[i].ID, said[i].Submission, said[i].Version = a.Env.NewID(), sub.ID, 1
		said[i].Personal, said[i].Masks = len(said[i].Found()), []alliance.Mask{}
	}
	a.Note("opinions", strconv.Itoa(len(said)))
	return Saved{Submission: sub, Opinions: said}, a.Tx.PutOpinions(ctx, sub.ID, said)
}

// openFor opens a consultation for what an organisation says. CodeConflict when it takes nothing.
func (s *Service) openFor(
	ctx context.Context, a *service.Act[Tx], op string, id, organisation domain.ID,
) (alliance.Consultation, error) {
	c, err := a.Tx.Consultation(ctx, id)
	if err != nil {
		return c, err
	}
	st, err := standingOf(ctx, a.Tx, a.By, c)
	if err != nil {
		return c, err
	}
	a.On("consultation", c.ID, c.ID)
	if st.facts.Organisation = ""; slices.Contains(st.own, organisation) {
		st.facts.Organisation = organisation
	}
	if err := may(a.By, op, st.facts); err != nil {
		return c, err
	}
	// Who closes the consultation holds its row, so that nothing arrives in the same moment.
	if c, err = a.Tx.LockConsultation(ctx, id); err == nil && !c.Takes(a.Now) {
		err = domain.Conflict("consultation.not_open", nil)
	}
	return c, err
}

// opinions reads what was said and tells everything that is wrong with it. An empty one is left out.
func opinions(said []Said, c alliance.Consultation) ([]alliance.Opinion, error) {
	var problems domain.Problems
	problems.Check(len(said) <= alliance.MaxOpinions, "opinions", "field.range")
	out := []alliance.Opinion{}
	for i, x := range said {
		o := alliance.Opinion{
			Consultation: c.ID, Article: x.Article, Stance: x.Stance,
			Text: strings.TrimSpace(x.Text), Wording: strings.TrimSpace(x.Wording),
		}
		if o.Stance == "" && o.Text == "" && o.Wording == "" {
			continue
		}
		var p domain.Problems
		o.Check(&p, len(c.Articles))
		problems.Within("opinions."+strconv.Itoa(i), p)
		out = append(out, o)
	}
	return out, problems.Err()
}

// TakeBackInput names what is taken back.
type TakeBackInput struct {
	Consultation domain.ID `path:"consultation" json:"-"`
	Organisation domain.ID `json:"organisation"`
	Version      int       `json:"version"`
}

// TakeBack makes what was submitted a draft again, to be changed and sent anew before the close: opinion.take_back.
func (s *Service) TakeBack(ctx context.Context, by domain.Actor, in TakeBackInput) (alliance.Submission, error) {
	return service.Do(ctx, s.env, s.store, by, "opinion.take_back", func(a *service.Act[Tx]) (alliance.Submission, error) {
		c, err := s.openFor(ctx, a, "opinion.take_back", in.Consultation, in.Organisation)
		if err != nil {
			return alliance.Submission{}, err
		}
		sub, there, err := a.Tx.SubmissionOf(ctx, c.ID, in.Organisation)
		if err != nil {
			return sub, err
		}
		if !there || sub.State != alliance.Submitted {
			return sub, domain.Conflict("opinion.not_submitted", nil)
		}
		sub.State, sub.SubmittedAt, sub.SubmittedBy, sub.Version = alliance.Draft, nil, "", in.Version
		a.Wake(service.CaseConsultation, c.ID)
		return sub, a.Tx.ChangeSubmission(ctx, &sub)
	})
}

// GiveInput is what a citizen says to a consultation that asks the public.
type GiveInput struct {
	Consultation domain.ID `path:"consultation" json:"-"`
	Name         string    `json:"name"`
	Email        string    `json:"email"` // for the answer
	Opinions     []Said    `json:"opinions"`
}

// Receipt tells who gave an opinion that it has arrived.
type Receipt struct {
	Submission domain.ID `json:"submission"`
	Opinions   int       `json:"opinions"`
}

// Give takes in what a citizen says: opinion.give. It cannot be changed afterwards, since nobody can prove to be who sent
// it; it may be sent again.
func (s *Service) Give(ctx context.Context, by domain.Actor, in GiveInput) (Receipt, error) {
	return service.Do(ctx, s.env, s.store, by, "opinion.give", func(a *service.Act[Tx]) (Receipt, error) {
		c, err := s.openFor(ctx, a, "opinion.give", in.Consultation, "")
		if err != nil {
			return Receipt{}, err
		}
		said, err := in.check(c)
		if err != nil {
			return Receipt{}, err
		}
		sub := alliance.Submission{
			ID: a.Env.NewID(), Consultation: c.ID, Giver: strings.TrimSpace(in.Name), Email: identity.Email(in.Email),
			State: alliance.Submitted, SubmittedAt: &a.Now, Version: 1,
		}
		if err := a.Tx.AddSubmission(ctx, sub); err != nil {
			return Receipt{}, err
		}
		out, err := put(ctx, a, sub, said)
		return Receipt{Submission: sub.ID, Opinions: len(out.Opinions)}, err
	})
}

func (in GiveInput) check(c alliance.Consultation) ([]alliance.Opinion, error) {
	var p domain.Problems
	p.Text("name", in.Name, true, domain.MaxName)
	identity.CheckEmail(&p, "email", identity.Email(in.Email))
	said, err := opinions(in.Opinions, c)
	p.Merge(err)
	p.Check(err != nil || len(said) > 0, "opinions", "opinion.none")
	return said, p.Err()
}

// MineInput asks for what the reader's organisation says.
type MineInput struct {
	Consultation domain.ID `path:"consultation" json:"-"`
	Organisation domain.ID `query:"organisation" json:"-"`
}

// Mine is what an organisation says, and what became of it.
type Mine struct {
	Submission *alliance.Submission   `json:"submission"` // nil before the first draft
	Opinions   []Answered             `json:"opinions"`
	Files      []alliance.OpinionFile `json:"files"`
}

// Answered is an opinion with its answer, which may be that of a like one.
type Answered struct {
	alliance.Opinion
	Answer string `json:"answer,omitempty"` // its outcome once all is answered
	Why    string `json:"why,omitempty"`
}

// Mine shows an organisation's people what it says and what became of it: opinion.mine. Answers are seen once the whole
// consultation is answered.
func (s *Service) Mine(ctx context.Context, by domain.Actor, in MineInput) (Mine, error) {
	return service.See(ctx, s.store, func(tx Tx) (Mine, error) {
		out := Mine{Opinions: []Answered{}, Files: []alliance.OpinionFile{}}
		c, err := tx.Consultation(ctx, in.Consultation)
		if err != nil {
			return out, err
		}
		st, err := standingOf(ctx, tx, by, c)
		if err != nil {
			return out, err
		}
		st.facts.Organisation = in.Organisation
		if err := may(by, "opinion.mine", st.facts); err != nil {
			return out, err
		}
		sub, there, err := tx.SubmissionOf(ctx, c.ID, in.Organisation)
		if err == nil && !there && !slices.Contains(st.own, in.Organisation) {
			err = domain.NotFound("consultation") // who is not asked does not learn of it
		}
		if err != nil || !there {
			return out, err
		}
		out.Submission = &sub
		if out.Files, err = tx.OpinionFilesOf(ctx, []domain.ID{sub.ID}); err != nil {
			return out, err
		}
		out.Opinions, err = answers(ctx, tx, c, sub)
		return out, err
	})
}

// answers are the opinions of a submission with what became of them, as far as it has been announced.
func answers(ctx context.Context, tx Tx, c alliance.Consultation, sub alliance.Submission) ([]Answered, error) {
	all, err := tx.OpinionsOf(ctx, sub.ID)
	out := make([]Answered, len(all))
	for i, o := range all {
		shown := o
		shown.Outcome, shown.Reason, shown.Lead, shown.DisposedAt = "", "", "", nil
		out[i] = Answered{Opinion: shown}
		if c.State != alliance.Answered {
			continue
		}
		var lead *alliance.Opinion
		if o.Lead != "" {
			l, err := tx.Opinion(ctx, o.Lead)
			if err != nil {
				return nil, err
			}
			lead = &l
		}
		outcome, why := o.Answer(lead)
		out[i].Answer, out[i].Why = string(outcome), why
	}
	return out, err
}

// hides takes away from whom the reader is not told.
func hides(f access.Facts, by domain.Actor) bool { return !access.Can(by, "opinion.list", f).Allowed }
