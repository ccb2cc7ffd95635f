package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"reflect"

	"golang.org/x/text/unicode/norm"

	"secretariat/domain"
	"secretariat/service"
	"secretariat/service/convening"
	"secretariat/transport/edge"
)

// paperForm adds the form that brings a paper: first its fields, then the file, which is read as it arrives. How large
// it may be is for the use case to say.
func (s *Site) paperForm() {
	const pattern = "/items/{item}/papers"
	s.routes = append(s.routes, Route{http.MethodPost, pattern, s.set.AddPaper.Op()})
	s.mux.HandleFunc("POST "+pattern, func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r)
		in, err := readPaper(r)
		v.r.PostForm = r.PostForm
		if other := v.sender(); other != nil {
			err = other
		}
		if err == nil {
			_, err = s.set.AddPaper.Call(paperKey(v.ctx(), r), in)
		}
		if err != nil {
			s.refuse(v, w, err)
			return
		}
		http.Redirect(w, r, back(v, "papers")+"?done=paper_added", http.StatusSeeOther)
	})
}

// paperKey puts the form's key on the context. The page gives every form its own, so that the fields need not be in the
// digest; a file sent again under it is the same file.
func paperKey(ctx context.Context, r *http.Request) context.Context {
	key := r.PostForm.Get(keyField)
	if key == "" || len(key) > 200 {
		return ctx
	}
	sum := sha256.Sum256([]byte(r.URL.Path))
	return service.WithOnce(ctx, key, hex.EncodeToString(sum[:]))
}

func readPaper(r *http.Request) (convening.AddPaperInput, error) {
	in := convening.AddPaperInput{Item: domain.ID(r.PathValue("item"))}
	part, err := untilFile(r)
	if err != nil {
		return in, err
	}
	return filePart(in, part, r.PostForm)
}

// untilFile reads the fields of a form with a file into the request, and gives the file, which is not read yet.
func untilFile(r *http.Request) (*multipart.Part, error) {
	r.PostForm = url.Values{}
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, &domain.Error{Code: domain.CodeInvalid, Key: "request.form", Err: err}
	}
	for range maxParts {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, &domain.Error{Code: domain.CodeInvalid, Key: "request.form", Err: err}
		}
		if part.FormName() == "file" {
			r.PostForm.Set(fileField, part.FileName())
			return part, nil
		}
		raw, err := io.ReadAll(io.LimitReader(part, maxForm))
		if err != nil {
			return nil, &domain.Error{Code: domain.CodeInvalid, Key: "request.form", Err: err}
		}
		r.PostForm.Set(part.FormName(), string(raw))
	}
	var p domain.Problems
	p.Add("file", "field.required", nil)
	return nil, p.Err()
}

// fileField remembers the name of the file that came with a form. When the form is shown again, its sender has to choose
// the file again, which no page can do for a browser.
const fileField = "_file"

// maxDrained is how much of an upload that was refused is read and thrown away, in bytes.
const maxDrained = 64 << 20

// uploads reports whether a request brings a file.
func uploads(r *http.Request) bool {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && media == "multipart/form-data"
}

// drain reads what is left of an upload: a browser that is still sending does not hear why it was refused.
func drain(r *http.Request) {
	if uploads(r) {
		_, _ = io.Copy(io.Discard, io.LimitReader(r.Body, maxDrained)) // whoever has gone needs no answer
	}
}

// maxParts is how many fields a form with a file has at most.
const maxParts = 20

// filePart gives the input its fields, which have come by now, and the file.
func filePart(in convening.AddPaperInput, part *multipart.Part, sent url.Values) (convening.AddPaperInput, error) {
	var p domain.Problems
	in.FileName, in.Content = norm.NFC.String(part.FileName()), part
	edge.SetText(reflect.ValueOf(&in.Title).Elem(), sent.Get("title"), "title", &p)
	edge.SetText(reflect.ValueOf(&in.Reason).Elem(), sent.Get("reason"), "reason", &p)
	in.Confidential = sent.Get("confidential") == "true"
	if number := sent.Get("number"); number != "" {
		edge.SetText(reflect.ValueOf(&in.Number).Elem(), number, "number", &p)
	}
	p.Check(in.FileName != "", "file", "field.required")
	return in, p.Err()
}
