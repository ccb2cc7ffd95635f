package jsonapi

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"secretariat/domain"
	"secretariat/transport/edge"
	"secretariat/transport/endpoint"
)

// Limits of a form in bytes.
const (
	maxFormField  = 64 << 10 // of one field
	maxFormBefore = 1 << 20  // of everything that comes before the file
)

// fileField is the name of the part that holds the file; it comes last.
const fileField = "file"

// attachment is the file of a form. Content reads it from the network as it arrives.
type attachment struct {
	Name, Media string
	Content     io.Reader
}

// upload makes the route of an operation that takes a file as multipart/form-data: first the fields, then the file.
// attach gives the file to the use case's input; how large it may be is for the use case to say.
func upload[Req, Resp any](
	path string, e endpoint.Endpoint[Req, Resp], fields []string, attach func(*Req, attachment), ko, en string,
) Route {
	r := describe(http.MethodPost, path, http.StatusCreated, e, ko, en)
	r.Form = fields
	r.handler = func(a *API) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
			var in Req
			digest := sha256.New()
			sent, err := readForm(req, reflect.ValueOf(&in).Elem(), fields, digest)
			if err == nil {
				attach(&in, sent)
			}
			if err != nil {
				a.fail(w, req, err)
				return
			}
			ctx := withKey(req, digest)
			out, err := e.Call(ctx, in)
			if err != nil {
				a.fail(w, req, err)
				return
			}
			if err := answer(http.StatusCreated)(ctx, w, out); err != nil {
				a.fail(w, req, err)
			}
		})
	}
	return r
}

// form is a multipart request on its way in.
type form struct {
	parts    *multipart.Reader
	gate     *gate
	problems domain.Problems
	digest   hash.Hash
	seen     []string
}

// readForm reads the fields of a form up to its file. The digest of the idempotency key takes in the fields and the
// file's name.
func readForm(r *http.Request, to reflect.Value, fields []string, digest hash.Hash) (attachment, error) {
	media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != "multipart/form-data" || params["boundary"] == "" {
		return attachment{}, wrongMedia("multipart/form-data")
	}
	in := &gate{r: r.Body, left: maxFormBefore}
	f := &form{parts: multipart.NewReader(in, params["boundary"]), gate: in, digest: digest}
	_, _ = fmt.Fprintf(digest, "%s %s\n", r.Method, r.URL.Path)
	if err := bindAddress(r, to, &f.problems); err != nil {
		return attachment{}, err
	}
	sent, err := f.upTo(to, fields)
	if err != nil {
		return sent, err
	}
	return sent, f.problems.Err()
}

// upTo reads the parts up to the file, which stays unread.
func (f *form) upTo(to reflect.Value, fields []string) (attachment, error) {
	for {
		part, err := f.parts.NextPart()
		if err == io.EOF {
			f.problems.Add(fileField, "field.required", nil)
			return attachment{}, nil
		}
		if err != nil {
			return attachment{}, broken(err)
		}
		if part.FormName() == fileField {
			return f.file(part), nil
		}
		if err := f.field(part, to, fields); err != nil {
			return attachment{}, err
		}
	}
}

func (f *form) file(part *multipart.Part) attachment {
	f.gate.open = true
	name := part.FileName()
	name = norm.NFC.String(name[strings.LastIndexAny(name, `/\`)+1:])
	media := part.Header.Get("Content-Type")
	if media == "" {
		media = "application/octet-stream"
	}
	_, _ = fmt.Fprintf(f.digest, "%s %q %q\n", fileField, name, media)
	return attachment{Name: name, Media: media, Content: &lastPart{part: part, parts: f.parts}}
}

func (f *form) field(part *multipart.Part, to reflect.Value, fields []string) error {
	name := part.FormName()
	raw, err := io.ReadAll(io.LimitReader(part, maxFormField+1))
	known, _ := edge.FieldOf(to.Type(), name)
	switch {
	case err != nil:
		return broken(err)
	case !slices.Contains(fields, name):
		f.problems.Add(name, "field.unknown", nil)
	case slices.Contains(f.seen, name):
		f.problems.Add(name, "field.duplicate", nil)
	case len(raw) > maxFormField: // the rest of it is not read
		f.problems.Add(name, "field.too_long", domain.Args{"max": maxFormField})
		return f.problems.Err()
	default:
		edge.SetText(to.FieldByIndex(known.Index), string(raw), name, &f.problems)
		_, _ = fmt.Fprintf(f.digest, "%s %q\n", name, raw)
	}
	f.seen = append(f.seen, name)
	return nil
}

// broken is the error of a form that cannot be read on.
func broken(err error) error {
	var own *domain.Error
	if errors.As(err, &own) {
		return own
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return slow(err)
	}
	return &domain.Error{Code: domain.CodeInvalid, Key: "request.form", Err: err}
}

// gate lets through so much before the file, and everything once it is open.
type gate struct {
	r    io.Reader
	left int64
	open bool
}

func (g *gate) Read(p []byte) (int, error) {
	if g.open {
		return g.r.Read(p)
	}
	if g.left <= 0 {
		return 0, &domain.Error{
			Code: domain.CodeTooLarge, Key: "request.too_large", Args: domain.Args{"max": maxFormBefore},
		}
	}
	n, err := g.r.Read(p[:min(int64(len(p)), g.left)])
	g.left -= int64(n)
	return n, err
}

// lastPart reads a part and, at its end, makes sure that nothing follows: a field after the file could not be heeded,
// and to pass over "confidential" in silence would give a paper away.
type lastPart struct {
	part  io.Reader
	parts *multipart.Reader
}

func (l *lastPart) Read(p []byte) (int, error) {
	n, err := l.part.Read(p)
	if err == nil || n > 0 {
		return n, nil
	}
	if err != io.EOF {
		return 0, broken(err)
	}
	next, err := l.parts.NextPart()
	if err == io.EOF {
		return 0, io.EOF
	}
	if err != nil {
		return 0, broken(err)
	}
	var problems domain.Problems
	problems.Add(next.FormName(), "field.after_file", nil)
	return 0, problems.Err()
}
