package web

import (
	"net/http"
	"strings"

	"golang.org/x/text/unicode/norm"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/service/consulting"
	"secretariat/transport/edge"
)

// opinionFiles adds what is done with the files that are given beside opinions, and what the digest leads to.
func opinionFiles(s *Site) {
	done("opinion_attached", "opinion_detached", "digest_tabled", "call_linked")
	s.opinionFileForm("/consultations/{consultation}/files")
	act(s, "/opinion-files/{file}/remove", s.set.DetachOpinion,
		func(_ *Visit, _ consulting.FileInput, out alliance.OpinionFile) string {
			return consultationPath(out.Consultation, "", "opinion_detached") + "#say"
		})
	portalFile(s, "/opinion-files/{file}", s.set.OpinionFile, func(f consulting.FileContent) edge.File {
		return edge.File{
			Name: f.File.Name, Media: domain.MediaOf(f.File.Kind), SHA256: f.File.SHA256, Size: f.File.Size, Content: f.Content,
		}
	})
	act(s, "/consultations/{consultation}/table", s.set.TableDigest, consultationAfter[consulting.TableInput]("", "digest_tabled"))
	act(s, "/consultations/{consultation}/call", s.set.LinkConsultation, consultationAfter[consulting.LinkInput]("", "call_linked"))
}

// opinionFileForm adds the form that brings a file: first its fields, then the file, which is read as it arrives.
func (s *Site) opinionFileForm(pattern string) {
	s.routes = append(s.routes, Route{http.MethodPost, pattern, s.set.AttachOpinion.Op()})
	s.mux.HandleFunc("POST "+pattern, func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r)
		in := consulting.AttachInput{Consultation: domain.ID(r.PathValue("consultation"))}
		part, err := untilFile(r)
		v.r.PostForm = r.PostForm
		if other := v.sender(); other != nil {
			err = other
		}
		if err == nil {
			in.Organisation = domain.ID(r.PostForm.Get("organisation"))
			in.FileName, in.Content = norm.NFC.String(baseName(part.FileName())), part
			_, err = s.set.AttachOpinion.Call(paperKey(v.ctx(), r), in)
		}
		if err != nil {
			s.refuse(v, w, err)
			return
		}
		http.Redirect(w, r, consultationPath(in.Consultation, "", "opinion_attached")+"#say", http.StatusSeeOther)
	})
}

// AcceptFiles lists the kinds of files that may be attached, as a file field names them.
func (*Visit) AcceptFiles() string { return "." + strings.Join(domain.FileKinds(), ",.") }

// Room reports whether the draft takes one more file.
func (c consultationVoice) Room() bool { return len(c.Files) < alliance.MaxOpinionFiles }

// MostFiles is how many files a draft takes.
func (consultationVoice) MostFiles() int { return alliance.MaxOpinionFiles }

// ItemChoices are the agenda items to which the digest may go.
func (p consultationPage) ItemChoices() []Option { return choicesOf(p.Items) }

// CallChoices are the calls that may have been consulted on.
func (p consultationPage) CallChoices() []Option { return choicesOf(p.Calls) }

// CallName is the title of the call that was consulted on, empty when the visitor is not told.
func (p consultationPage) CallName() string {
	for _, c := range p.Calls {
		if c.ID == p.Consultation.Call {
			return c.Title
		}
	}
	return ""
}

func choicesOf(all []consulting.Choice) []Option {
	var out []Option
	for _, c := range all {
		word := c.Title
		if c.Detail != "" {
			word += " (" + c.Detail + ")"
		}
		out = append(out, Option{string(c.ID), word})
	}
	return out
}
