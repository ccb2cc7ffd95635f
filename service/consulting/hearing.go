package consulting

import (
	"context"
	"strconv"
	"strings"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/identity"
	"secretariat/service"
)

// RecordInput is what was said at a hearing.
type RecordInput struct {
	Consultation domain.ID `path:"consultation" json:"-"`
	Presider     string    `json:"presider"` // 주재자
	Attended     int       `json:"attended"`
	Record       string    `json:"record"`
	Version      int       `json:"version"`
}

// Record keeps who led a hearing, how many came and what was said (공청회 결과): consultation.record. CodeConflict before it was
// held or once all is answered.
func (s *Service) Record(ctx context.Context, by domain.Actor, in RecordInput) (alliance.Consultation, error) {
	return service.Do(ctx, s.env, s.store, by, "consultation.record", func(a *service.Act[Tx]) (alliance.Consultation, error) {
		c, _, err := s.open(ctx, a, "consultation.record", in.Consultation)
		if err != nil {
			return c, err
		}
		presider, record := strings.TrimSpace(in.Presider), strings.TrimSpace(in.Record)
		var p domain.Problems
		if alliance.CheckRecord(&p, presider, record, in.Attended); p.Err() != nil {
			return c, p.Err()
		}
		if c, err = c.RecordHearing(presider, record, in.Attended, a.Now); err != nil {
			return c, err
		}
		c.Version = in.Version
		return c, a.Tx.ChangeConsultation(ctx, &c)
	})
}

// Signing is what somebody says who wants to speak at a hearing.
type Signing struct {
	Name        string `json:"name"`
	Email       string `json:"email"` // for the answer
	Affiliation string `json:"affiliation"`
	Summary     string `json:"summary"` // 발표 요지
}

func (in Signing) on(s alliance.Speaker) alliance.Speaker {
	s.Name, s.Email, s.Affiliation = strings.TrimSpace(in.Name), identity.Email(in.Email), strings.TrimSpace(in.Affiliation)
	s.Summary, s.State, s.Version = strings.TrimSpace(in.Summary), alliance.Asks, 1
	return s
}

// SignUpInput signs somebody up to speak.
type SignUpInput struct {
	Consultation domain.ID `path:"consultation" json:"-"`
	Signing
}

// SignedUp tells who signed up that it has arrived.
type SignedUp struct {
	Speaker domain.ID `json:"speaker"`
}

// SignUp takes in that somebody wants to speak at a hearing: speaker.apply (행정절차법 38의3). CodeConflict when nobody may sign up
// any more, or somebody with the address has.
func (s *Service) SignUp(ctx context.Context, by domain.Actor, in SignUpInput) (SignedUp, error) {
	return service.Do(ctx, s.env, s.store, by, "speaker.apply", func(a *service.Act[Tx]) (SignedUp, error) {
		c, _, err := s.open(ctx, a, "speaker.apply", in.Consultation)
		if err != nil {
			return SignedUp{}, err
		}
		if !c.SignsUp(a.Now) {
			return SignedUp{}, domain.Conflict("speaker.not_open", nil)
		}
		out, err := s.addSpeaker(ctx, a, in.Signing.on(alliance.Speaker{ID: a.Env.NewID(), Consultation: c.ID, AppliedAt: a.Now}))
		return SignedUp{out.ID}, err
	})
}

func (s *Service) addSpeaker(ctx context.Context, a *service.Act[Tx], x alliance.Speaker) (alliance.Speaker, error) {
	var p domain.Problems
	x.Check(&p)
	identity.CheckEmail(&p, "email", x.Email)
	if err := p.Err(); err != nil {
		return x, err
	}
	there, err := a.Tx.SpeakersOf(ctx, x.Consultation)
	if err != nil {
		return x, err
	}
	if len(there) >= alliance.MaxSignUps {
		return x, domain.Conflict("speaker.full", domain.Args{"most": alliance.MaxSignUps})
	}
	a.On("speaker", x.ID, x.Consultation)
	return x, a.Tx.AddSpeaker(ctx, x)
}

// NameInput has somebody speak whom the staff names.
type NameInput struct {
	Consultation domain.ID `path:"consultation" json:"-"`
	Signing
	Reason string `json:"reason"` // why: too few signed up, or for fairness
}

// Name has somebody speak at a hearing who did not sign up, for a reason that stays on record: speaker.name (행정절차법 38의3).
// CodeConflict when as many speak as may.
func (s *Service) Name(ctx context.Context, by domain.Actor, in NameInput) (alliance.Speaker, error) {
	return service.Do(ctx, s.env, s.store, by, "speaker.name", func(a *service.Act[Tx]) (alliance.Speaker, error) {
		c, _, err := s.open(ctx, a, "speaker.name", in.Consultation)
		if err != nil {
			return alliance.Speaker{}, err
		}
		x := in.Signing.on(alliance.Speaker{ID: a.Env.NewID(), Consultation: c.ID, Named: true, AppliedAt: a.Now})
		if x, err = decided(ctx, a, c, x, true, strings.TrimSpace(in.Reason)); err != nil {
			return x, err
		}
		a.Wake(service.CaseConsultation, c.ID)
		return s.addSpeaker(ctx, a, x)
	})
}

func decided(
	ctx context.Context, a *service.Act[Tx], c alliance.Consultation, x alliance.Speaker, confirm bool, reason string,
) (alliance.Speaker, error) {
	there, err := a.Tx.SpeakersOf(ctx, c.ID)
	if err != nil {
		return x, err
	}
	confirmed, _ := alliance.CountSpeakers(there)
	return x.Decide(c, confirm, reason, confirmed, a.Now)
}

// ChooseInput says whether somebody speaks who signed up.
type ChooseInput struct {
	Speaker domain.ID `path:"speaker" json:"-"`
	Confirm bool      `json:"confirm"`
	Reason  string    `json:"reason"` // of a refusal
	Version int       `json:"version"`
}

// Choose confirms who signed up to speak, or tells why not; both are told by mail: speaker.decide. CodeConflict when as many speak
// as may, or the hearing was held.
func (s *Service) Choose(ctx context.Context, by domain.Actor, in ChooseInput) (alliance.Speaker, error) {
	return service.Do(ctx, s.env, s.store, by, "speaker.decide", func(a *service.Act[Tx]) (alliance.Speaker, error) {
		x, err := a.Tx.Speaker(ctx, in.Speaker)
		if err != nil {
			return x, err
		}
		c, _, err := s.open(ctx, a, "speaker.decide", x.Consultation)
		if domain.CodeOf(err) == domain.CodeNotFound {
			err = domain.NotFound("speaker")
		}
		if err != nil {
			return alliance.Speaker{}, err
		}
		var p domain.Problems
		p.Text("reason", in.Reason, !in.Confirm, domain.MaxLine)
		if err := p.Err(); err != nil {
			return x, err
		}
		if x, err = decided(ctx, a, c, x, in.Confirm, strings.TrimSpace(in.Reason)); err != nil {
			return x, err
		}
		x.Version = in.Version
		a.On("speaker", x.ID, c.ID)
		a.Note("confirm", strconv.FormatBool(in.Confirm))
		a.Wake(service.CaseConsultation, c.ID)
		return x, a.Tx.ChangeSpeaker(ctx, &x)
	})
}

// Voice is somebody who speaks at a hearing, as everybody learns of it.
type Voice struct {
	Name        string `json:"name"`
	Affiliation string `json:"affiliation,omitempty"`
}

// speakers adds who speaks, and for its staff everybody who signed up.
func (s *Service) speakers(ctx context.Context, tx Tx, staff bool, out *View) error {
	if out.Consultation.Kind != alliance.Hearing {
		return nil
	}
	all, err := tx.SpeakersOf(ctx, out.Consultation.ID)
	for _, x := range all {
		if x.State == alliance.Confirmed {
			out.Speaking = append(out.Speaking, Voice{x.Name, x.Affiliation})
		}
	}
	if staff {
		out.Speakers = all
	}
	out.SignsUp = out.Consultation.SignsUp(s.now())
	return err
}
