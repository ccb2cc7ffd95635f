package web

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/service"
	"secretariat/service/consulting"
	"secretariat/service/partnering"
	"secretariat/transport/edge"
)

// consultations adds asking (의견수렴), saying and answering.
func consultations(s *Site) {
	done("consultation_saved", "opened", "moved_dates", "withdrawn", "recorded_hearing", "finished", "opinion_saved",
		"opinion_submitted", "taken_back", "given", "disposed", "masked")
	s.page("/consultations", "consultations", s.consultationList)
	s.page("/alliances/{alliance}/consultations/new", "consultation-edit", s.newConsultation)
	s.page("/consultations/{consultation}", "consultation", s.consultation)
	s.page("/consultations/{consultation}/edit", "consultation-edit", s.editConsultation)
	s.page("/consultations/{consultation}/opinions", "opinions", s.opinions)
	s.page("/consultations/{consultation}/digest", "digest", s.digest)
	portalFile(s, "/consultations/{consultation}/digest.pdf", s.set.PrintDigest, func(p consulting.Printed) edge.File {
		return edge.File{
			Name: p.FileName, Media: "application/pdf", Size: int64(len(p.Data)), Content: io.NopCloser(bytes.NewReader(p.Data)),
		}
	})
	consultationForms(s)
	opinionForms(s)
	opinionFiles(s)
	hearings(s)
}

func consultationForms(s *Site) {
	act(s, "/alliances/{alliance}/consultations", s.set.DraftConsultation,
		func(_ *Visit, _ consulting.DraftInput, out alliance.Consultation) string {
			return consultationPath(out.ID, "/edit", "consultation_saved")
		})
	act(s, "/consultations/{consultation}/edit", s.set.ReviseConsultation, consultationAfter[consulting.ReviseInput]("/edit", "consultation_saved"))
	act(s, "/consultations/{consultation}/open", s.set.OpenConsultation, consultationAfter[consulting.ActInput]("", "opened"))
	act(s, "/consultations/{consultation}/move", s.set.MoveConsultation, consultationAfter[consulting.MoveInput]("", "moved_dates"))
	act(s, "/consultations/{consultation}/withdraw", s.set.WithdrawConsultation, consultationAfter[consulting.WithdrawInput]("", "withdrawn"))
	act(s, "/consultations/{consultation}/record", s.set.RecordHearing, consultationAfter[consulting.RecordInput]("", "recorded_hearing"))
	act(s, "/consultations/{consultation}/finish", s.set.FinishConsultation, consultationAfter[consulting.ActInput]("", "finished"))
}

func opinionForms(s *Site) {
	act(s, "/consultations/{consultation}/save", s.set.SaveOpinion,
		func(_ *Visit, in consulting.SaveInput, _ consulting.Saved) string {
			return consultationPath(in.Consultation, "", "opinion_saved") + "#say"
		})
	act(s, "/consultations/{consultation}/submit", s.set.SubmitOpinion,
		func(_ *Visit, in consulting.SaveInput, _ consulting.Saved) string {
			return consultationPath(in.Consultation, "", "opinion_submitted")
		})
	act(s, "/consultations/{consultation}/take-back", s.set.TakeBackOpinion,
		func(_ *Visit, in consulting.TakeBackInput, _ alliance.Submission) string {
			return consultationPath(in.Consultation, "", "taken_back")
		})
	act(s, "/consultations/{consultation}/give", s.set.GiveOpinion,
		func(_ *Visit, in consulting.GiveInput, _ consulting.Receipt) string {
			return consultationPath(in.Consultation, "", "given")
		})
	act(s, "/opinions/{opinion}/dispose", s.set.DisposeOpinion,
		func(v *Visit, _ consulting.DisposeInput, out alliance.Opinion) string { return disposed(v, out) })
	act(s, "/opinions/{opinion}/mask", s.set.MaskOpinion, func(v *Visit, _ consulting.MaskInput, out alliance.Opinion) string {
		return strings.Replace(disposed(v, out), "done=disposed", "done=masked", 1)
	})
	act(s, "/opinions/{opinion}/merge", s.set.MergeOpinion,
		func(v *Visit, _ consulting.MergeInput, out alliance.Opinion) string { return disposed(v, out) })
}

func consultationAfter[In any](page, key string) func(*Visit, In, alliance.Consultation) string {
	return func(_ *Visit, _ In, out alliance.Consultation) string { return consultationPath(out.ID, page, key) }
}

func consultationPath(id domain.ID, page, key string) string {
	return "/consultations/" + string(id) + page + "?done=" + key
}

// disposed leads back to the list with the filter it had.
func disposed(v *Visit, out alliance.Opinion) string {
	path := consultationPath(out.Consultation, "/opinions", "disposed")
	for _, filter := range []string{"open", "unmasked"} {
		if v.r.PostForm.Get(filter) == "true" {
			path += "&" + filter + "=true"
		}
	}
	return path
}

// consultationsPage is a list of consultations, and where somebody may begin one.
type consultationsPage struct {
	service.Page[alliance.Consultation]
	Alliances []alliance.Alliance // for which the visitor may draft one
}

func (s *Site) consultationList(v *Visit) (any, error) {
	var p consultationsPage
	var err error
	p.Page, err = s.set.ListConsultations.Call(v.ctx(), consulting.ListInput{Before: domain.ID(v.query("before"))})
	if err != nil || !v.Staff() {
		return p, err
	}
	all, err := s.set.ListAlliances.Call(v.ctx(), partnering.ListInput{})
	for _, a := range all.Items {
		if v.May("consultation.draft", a.Committee) {
			p.Alliances = append(p.Alliances, a)
		}
	}
	return p, err
}

// consultationEdit is the form of a consultation, new or not open yet.
type consultationEdit struct {
	C         alliance.Consultation
	Alliance  domain.ID
	Divisions []alliance.Division
	Action    string
	First     string // first day on which it may close if it is opened today
	Basis     string
	Rows      []alliance.Article // with room for more
}

// spareRows is how many articles may be added before the form is saved.
const spareRows = 3

func (s *Site) newConsultation(v *Visit) (any, error) {
	a, err := s.set.ShowAlliance.Call(v.ctx(), partnering.ShowInput{Alliance: v.id("alliance")})
	if err != nil {
		return nil, err
	}
	if !v.May("consultation.draft", a.Alliance.Committee) {
		return nil, domain.Forbidden("consultation.draft", "")
	}
	p := consultationEdit{
		Alliance: a.Alliance.ID, Action: "/alliances/" + string(a.Alliance.ID) + "/consultations",
		Rows: make([]alliance.Article, spareRows),
	}
	for _, d := range a.Divisions {
		p.Divisions = append(p.Divisions, d.Division)
	}
	return p, nil
}

func (s *Site) editConsultation(v *Visit) (any, error) {
	at, err := s.view(v)
	if err != nil {
		return nil, err
	}
	c := at.Consultation
	if !v.May("consultation.revise", c.Committee) {
		return nil, domain.Forbidden("consultation.revise", "")
	}
	return consultationEdit{
		C: c, Alliance: c.Alliance, Divisions: at.Divisions, Action: "/consultations/" + string(c.ID) + "/edit",
		First: v.Day(at.FirstClose), Basis: at.Basis,
		Rows: append(slices.Clone(c.Articles), make([]alliance.Article, spareRows)...),
	}, nil
}

// Asks reports whether a division is asked.
func (p consultationEdit) Asks(id domain.ID) bool { return slices.Contains(p.C.Divisions, id) }

func (s *Site) view(v *Visit) (consulting.View, error) {
	return s.set.ShowConsultation.Call(v.ctx(), consulting.ShowInput{Consultation: v.id("consultation")})
}

// consultationPage is a consultation with what the visitor may do.
type consultationPage struct {
	consulting.View
	Voices []consultationVoice
}

// consultationVoice is an organisation in whose name the visitor may say something, with what it has said.
type consultationVoice struct {
	Organisation alliance.Organisation
	Submits      bool
	consulting.Mine
}

func (s *Site) consultation(v *Visit) (any, error) {
	at, err := s.view(v)
	if err != nil {
		return nil, err
	}
	p := consultationPage{View: at}
	if len(at.Own) == 0 {
		return p, nil
	}
	mine, err := s.set.MyOrganisations.Call(v.ctx(), partnering.MineInput{})
	for _, o := range mine.Organisations {
		place, works := v.Actor.Works(o.ID)
		if !works || !slices.Contains(at.Own, o.ID) {
			continue
		}
		said, err := s.set.MyOpinions.Call(v.ctx(), consulting.MineInput{Consultation: at.Consultation.ID, Organisation: o.ID})
		if err != nil {
			return nil, err
		}
		p.Voices = append(p.Voices, consultationVoice{o, place.Submits, said})
	}
	return p, err
}

// Said is what an organisation says to an article, 0 being the whole.
func (c consultationVoice) Said(article int) consulting.Answered {
	for _, o := range c.Opinions {
		if o.Article == article {
			return o
		}
	}
	return consulting.Answered{}
}

// Sent reports whether it was submitted.
func (c consultationVoice) Sent() bool {
	return c.Submission != nil && c.Submission.State == alliance.Submitted
}

// Version is that of the draft, 0 before the first.
func (c consultationVoice) Version() int {
	if c.Submission == nil {
		return 0
	}
	return c.Submission.Version
}

// Public reports whether the visitor may say something as a citizen.
func (p consultationPage) Public() bool {
	return p.Takes && p.Consultation.Audience == alliance.AskPublic && len(p.Voices) == 0
}

// Parts are the numbers of what may be spoken to: each article, and the whole last.
func (p consultationPage) Parts() []int {
	out := make([]int, 0, len(p.Consultation.Articles)+1)
	for i := range p.Consultation.Articles {
		out = append(out, i+1)
	}
	return append(out, 0)
}

// PartName names an article of a consultation, 0 being the whole.
func (v *Visit) PartName(c alliance.Consultation, n int) string {
	if n < 1 || n > len(c.Articles) {
		return v.T("web.consultation.whole")
	}
	return c.Articles[n-1].Label
}

// PartText is what the draft says in an article, so that who speaks to it need not look it up.
func (v *Visit) PartText(c alliance.Consultation, n int) string {
	if n < 1 || n > len(c.Articles) {
		return ""
	}
	return c.Articles[n-1].After
}

// Stances are the choices of what somebody thinks.
func (v *Visit) Stances() []Option {
	return v.Options("stance", string(alliance.Agrees), string(alliance.Amends), string(alliance.Opposes), string(alliance.Remarks))
}

func (s *Site) digest(v *Visit) (any, error) {
	return s.set.ShowDigest.Call(v.ctx(), consulting.DigestInput{
		Consultation: v.id("consultation"), After: domain.ID(v.query("after")),
	})
}

// mineRow is one thing that waits for somebody who acts for organisations.
type mineRow struct {
	Title, Path, Act string
	Due              time.Time
}

// waiting lists the consultations that ask the visitor's organisations and have no answer.
func (s *Site) waiting(v *Visit) ([]mineRow, error) {
	live, err := s.set.ListConsultations.Call(v.ctx(), consulting.ListInput{Live: true})
	if err != nil {
		return nil, err
	}
	var out []mineRow
	for _, c := range live.Items {
		if !c.Takes(v.Now()) {
			continue
		}
		at, err := s.set.ShowConsultation.Call(v.ctx(), consulting.ShowInput{Consultation: c.ID})
		if err != nil {
			return nil, err
		}
		for _, own := range at.Own {
			row, waits, err := s.owes(v, c, own)
			if err != nil {
				return nil, err
			}
			if waits {
				out = append(out, row)
			}
		}
	}
	return out, nil
}

func (s *Site) owes(v *Visit, c alliance.Consultation, organisation domain.ID) (mineRow, bool, error) {
	said, err := s.set.MyOpinions.Call(v.ctx(), consulting.MineInput{Consultation: c.ID, Organisation: organisation})
	row := mineRow{Path: "/consultations/" + string(c.ID) + "#say", Act: "web.mine.opinion.do", Due: c.ClosesAt}
	row.Title = v.T("web.mine.opinion", "title", c.Title)
	if said.Submission != nil {
		row.Title = v.T("web.mine.opinion.draft", "title", c.Title)
	}
	return row, said.Submission == nil || said.Submission.State == alliance.Draft, err
}

// NoOpinion is what somebody says who has said nothing yet.
func (v *Visit) NoOpinion() consulting.Answered { return consulting.Answered{} }

// Count is the place of something counted from 0, as people count.
func (v *Visit) Count(n int) int { return n + 1 }
