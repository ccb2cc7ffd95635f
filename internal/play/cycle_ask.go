package play

import (
	"context"
	"fmt"
	"slices"
	"time"

	"secretariat/domain/alliance"
	"secretariat/internal/sample"
	"secretariat/service"
	"secretariat/service/consulting"
)

// asking is a consultation of the play: of the alliance, a hearing or a pre-notice.
type asking struct {
	*cycle
	script *sample.Asking
	is     alliance.Consultation // as it was when it was opened
}

// number is how the consultation is called.
func (a *asking) number() string {
	return fmt.Sprintf("%s 제%d-%d호", askingWords[a.is.Kind], a.is.Year, a.is.Number)
}

var askingWords = map[alliance.ConsultationKind]string{
	alliance.Consulting: "의견수렴", alliance.Hearing: "공청회", alliance.PreNotice: "행정예고",
}

func (a *asking) scenes() []scene {
	s := a.script
	out := []scene{
		{s.Opens, a.open}, {s.Opens.Add(48 * time.Hour), a.opine}, {s.Closes.Add(-6 * time.Hour), a.opineLate}, {s.Answered, a.answer},
	}
	if s.Record != "" {
		out = append(out, scene{s.At.Add(20 * time.Hour), a.record})
	}
	return out
}

func (a *asking) path(act string) string { return "/consultations/" + string(a.is.ID) + act }

// open drafts the consultation and announces it; everybody concerned is asked by letter.
func (a *asking) open(ctx context.Context) error {
	s := a.script
	in := consulting.DraftInput{Plan: consulting.Plan{
		Kind: alliance.ConsultationKind(s.Kind), Title: s.Title, Purpose: s.Purpose, Audience: alliance.AskPublic, ClosesAt: s.Closes,
		Place: s.Place,
	}}
	if in.Kind == alliance.Consulting {
		in.Audience = alliance.AskMembers
	}
	if in.Kind == alliance.Hearing {
		in.HearingAt, in.SpeakersNote = &s.At, s.Speakers
	}
	for _, x := range a.sample.Alliance.Consultation.Articles {
		in.Articles = append(in.Articles, alliance.Article(x))
	}
	if err := a.secretary.post(ctx, "/alliances/"+string(a.register)+"/consultations", in, &a.is); err != nil {
		return err
	}
	if err := a.secretary.post(ctx, a.path("/open"), consulting.ActInput{Version: a.is.Version}, &a.is); err != nil {
		return err
	}
	a.watch(a.path("/stand"))
	a.told("%s 시작: %s", a.number(), s.Title)
	return nil
}

// opine has organisations and citizens say what they think, except who waits to be reminded.
func (a *asking) opine(ctx context.Context) error {
	for n := range a.partners {
		if n+1 != a.script.Late {
			if err := a.submit(ctx, n+1); err != nil {
				return err
			}
		}
	}
	public := a.person("public")
	for _, o := range a.script.Citizens {
		in := consulting.GiveInput{Name: o.Name, Email: o.Email, Opinions: []consulting.Said{said(o)}}
		if err := public.post(ctx, a.path("/give"), in, nil); err != nil {
			return err
		}
	}
	return nil
}

func (a *asking) opineLate(ctx context.Context) error {
	if a.script.Late == 0 {
		return nil
	}
	return a.submit(ctx, a.script.Late)
}

// submit sends what an organisation has to say, if anything.
func (a *asking) submit(ctx context.Context, by int) error {
	in := consulting.SaveInput{Organisation: a.firms[by-1]}
	for _, o := range a.script.Opinions {
		if o.By == by {
			in.Opinions = append(in.Opinions, said(o))
		}
	}
	if len(in.Opinions) == 0 {
		return nil
	}
	return a.partners[by-1].post(ctx, a.path("/submit"), in, nil)
}

func said(o sample.Answered) consulting.Said {
	return consulting.Said{Article: o.Article, Stance: alliance.Stance(o.Stance), Text: o.Text, Wording: o.Wording}
}

// record keeps what was said at the hearing.
func (a *asking) record(ctx context.Context) error {
	at, err := a.now(ctx)
	if err != nil || at.Record != "" {
		return err
	}
	return a.secretary.post(ctx, a.path("/record"), consulting.RecordInput{
		Presider: a.script.Presider, Attended: a.script.Attended, Record: a.script.Record, Version: at.Version,
	}, nil)
}

// now is the consultation as it stands.
func (a *asking) now(ctx context.Context) (alliance.Consultation, error) {
	var out consulting.View
	err := a.secretary.get(ctx, a.path(""), &out)
	return out.Consultation, err
}

// answer says of every opinion what becomes of it, takes into the plan what is taken, and finishes. A play that is begun again finds it
// done.
func (a *asking) answer(ctx context.Context) error {
	var page service.Page[consulting.Given]
	if err := a.secretary.get(ctx, a.path("/opinions?article=-1&limit=200"), &page); err != nil {
		return err
	}
	for _, o := range page.Items {
		if !o.Open() {
			continue
		}
		if err := a.dispose(ctx, o); err != nil {
			return err
		}
	}
	if err := a.amend(ctx, a.script.Amends, a.number(), a.script.AmendsFor); err != nil {
		return err
	}
	at, err := a.now(ctx)
	if err != nil {
		return err
	}
	a.told("%s: 의견 %d건 처리", a.number(), len(page.Items))
	if at.State != alliance.Disposing {
		return nil
	}
	return a.secretary.post(ctx, a.path("/finish"), consulting.ActInput{Version: at.Version}, nil)
}

func (a *asking) dispose(ctx context.Context, o consulting.Given) error {
	all := slices.Concat(a.script.Opinions, a.script.Citizens)
	i := slices.IndexFunc(all, func(x sample.Answered) bool {
		giver := x.Name
		if x.By > 0 {
			giver = a.sample.Alliance.Organisations[x.By-1].Name
		}
		return giver == o.Giver && x.Article == o.Article
	})
	if i < 0 {
		return fmt.Errorf("an opinion of %s on %d that nobody gave", o.Giver, o.Article)
	}
	in := consulting.DisposeInput{Outcome: alliance.Outcome(all[i].Outcome), Reason: all[i].Reason, Version: o.Version}
	return a.secretary.post(ctx, "/opinions/"+string(o.ID)+"/dispose", in, nil)
}
