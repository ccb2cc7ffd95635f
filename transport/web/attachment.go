package web

import (
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/text/unicode/norm"

	"secretariat/domain"
	"secretariat/domain/selection"
	"secretariat/service/selecting"
	"secretariat/transport/edge"
)

// attachmentForms adds what is done with the files of applications.
func (s *Site) attachmentForms() {
	s.attachForm("/applications/{application}/files")
	act(s, "/attachments/{attachment}/remove", s.set.RemoveAttachment,
		func(v *Visit, _ selecting.DetachInput, _ selection.Attachment) string {
			return local(v.r.PostForm.Get("page")) + "&done=attachment_removed"
		})
	portalFile(s, "/attachments/{attachment}", s.set.ReadAttachment, func(f selecting.FileContent) edge.File {
		return edge.File{
			Name: f.File.Name, Media: domain.MediaOf(f.File.Kind), SHA256: f.File.SHA256, Size: f.File.Size, Content: f.Content,
		}
	})
}

// attachForm adds the form that brings a file: first its fields, then the file, which is read as it arrives.
func (s *Site) attachForm(pattern string) {
	s.routes = append(s.routes, Route{http.MethodPost, pattern, s.set.AddAttachment.Op()})
	s.mux.HandleFunc("POST "+pattern, func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r)
		in := selecting.AttachInput{Application: domain.ID(r.PathValue("application"))}
		part, err := untilFile(r)
		v.r.PostForm = r.PostForm
		if other := v.sender(); other != nil {
			err = other
		}
		if err == nil {
			in.Field, in.FileName, in.Content = r.PostForm.Get("field"), norm.NFC.String(baseName(part.FileName())), part
			_, err = s.set.AddAttachment.Call(paperKey(v.ctx(), r), in)
		}
		if err != nil {
			s.refuse(v, w, err)
			return
		}
		http.Redirect(w, r, local(r.PostForm.Get("page"))+"&done=attachment_added#"+fieldID(url.PathEscape(in.Field)), http.StatusSeeOther)
	})
}

// baseName is a file's name without the folders that some browsers send.
func baseName(name string) string { return name[strings.LastIndexAny(name, `/\`)+1:] }
