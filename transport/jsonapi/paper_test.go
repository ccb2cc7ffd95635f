package jsonapi_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
	"sync/atomic"
	"testing"

	"secretariat/domain/meeting"
	"secretariat/transport/jsonapi/apitest"
)

// part is one part of a form; one with a file name is a file.
type part struct{ name, value, file, media string }

func formOf(t *testing.T, parts ...part) (contentType string, body []byte) {
	t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for _, p := range parts {
		h := textproto.MIMEHeader{"Content-Disposition": {fmt.Sprintf(`form-data; name="%s"`, p.name)}}
		if p.file != "" {
			h.Set("Content-Disposition", fmt.Sprintf(`form-data; name="%s"; filename="%s"`, p.name, p.file))
			h.Set("Content-Type", p.media)
		}
		w, err := form.CreatePart(h)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(w, p.value)
	}
	_ = form.Close()
	return form.FormDataContentType(), b.Bytes()
}

func send(t *testing.T, c *apitest.Client, url, key, contentType string, body io.Reader) apitest.Answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), "POST", url, body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", contentType)
	return c.Send(req, key)
}

var pdf = part{"file", "%PDF-1.7 검토보고서", "검토 보고서(안).pdf", "application/pdf"}

func TestAPaperComesBackAsItWasSent(t *testing.T) {
	s := start(t)
	b := s.board()
	_, item := b.item()
	title, open := part{name: "title", value: "검토\u1107\u1169고서"}, part{name: "confidential", value: "false"}
	kind, body := formOf(t, title, open, pdf)
	a := send(t, b.secretary, s.URL+"/api/v1/items/"+item+"/papers", "k1", kind, bytes.NewReader(body))
	if a.Status != 201 {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	var p meeting.Paper
	a.Read(t, &p)
	if p.Title != "검토보고서" || p.FileName != pdf.file || p.MediaType != pdf.media || p.Number != 1 ||
		p.Size != int64(len(pdf.value)) {
		t.Errorf("paper: %+v", p)
	}
	got := b.secretary.Must("GET", "/papers/"+string(p.ID)+"/content", nil, nil)
	sum := sha256.Sum256([]byte(pdf.value))
	hash := hex.EncodeToString(sum[:])
	_, params, err := mime.ParseMediaType(got.Header.Get("Content-Disposition"))
	if err != nil || params["filename"] != pdf.file || string(got.Body) != pdf.value {
		t.Errorf("%v %s: %q", err, got.Header, got.Body)
	}
	for name, want := range map[string]string{
		"Content-Type": "application/pdf", "Content-Length": fmt.Sprint(len(pdf.value)), "Etag": `"` + hash + `"`,
		"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin",
		"Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
		"Content-Disposition": "attachment; filename*=utf-8''" +
			"%EA%B2%80%ED%86%A0%20%EB%B3%B4%EA%B3%A0%EC%84%9C%28%EC%95%88%29.pdf",
	} {
		if have := got.Header.Get(name); have != want {
			t.Errorf("%s: %q, want %q", name, have, want)
		}
	}
	req, _ := http.NewRequest("GET", s.URL+"/api/v1/papers/"+string(p.ID)+"/content", nil)
	req.Header.Set("If-None-Match", `"other", W/"`+hash+`"`)
	if a := b.secretary.Send(req, ""); a.Status != 304 || len(a.Body) > 0 {
		t.Errorf("known content: %d, %d bytes", a.Status, len(a.Body))
	}
	s.public.Refused("not_found.paper", "GET", "/papers/"+string(p.ID)+"/content", nil)
}

func TestAKeyBringsAPaperOnce(t *testing.T) {
	s := start(t)
	b := s.board()
	_, item := b.item()
	url := s.URL + "/api/v1/items/" + item + "/papers"
	kind, body := formOf(t, part{name: "title", value: "보고서"}, pdf)
	first := send(t, b.secretary, url, "k", kind, bytes.NewReader(body))
	again := send(t, b.secretary, url, "k", kind, bytes.NewReader(body))
	if first.Status != 201 || !bytes.Equal(first.Body, again.Body) {
		t.Errorf("%s\n%s", first.Body, again.Body)
	}
	kind, body = formOf(t, part{name: "title", value: "다른 보고서"}, pdf)
	if a := send(t, b.secretary, url, "k", kind, bytes.NewReader(body)); a.Problem(t).Key != "idempotency.key_used" {
		t.Errorf("another title under the same key: %s", a.Body)
	}
	if a := send(t, b.secretary, url, "", kind, bytes.NewReader(body)); a.Problem(t).Key != "idempotency.required" {
		t.Errorf("no key: %s", a.Body)
	}
}

func TestAMalformedFormIsToldWhatIsWrong(t *testing.T) {
	s := start(t)
	b := s.board()
	_, item := b.item()
	title := part{name: "title", value: "보고서"}
	for name, test := range map[string]struct {
		parts []part
		want  string // fields and keys
	}{
		"no file":       {[]part{title}, "file field.required"},
		"nothing":       {nil, "file field.required"},
		"fields after":  {[]part{title, pdf, {name: "confidential", value: "true"}}, "confidential field.after_file"},
		"two files":     {[]part{title, pdf, pdf}, "file field.after_file"},
		"unknown field": {[]part{title, {name: "fileName", value: "x"}, pdf}, "fileName field.unknown"},
		"twice":         {[]part{title, title, pdf}, "title field.duplicate"},
		"wrong types": {
			[]part{title, {name: "number", value: "x"}, {name: "confidential", value: "예"}, pdf},
			"number field.type, confidential field.type",
		},
		"too long":         {[]part{{name: "title", value: strings.Repeat("가", 64<<10)}, pdf}, "title field.too_long"},
		"no title":         {[]part{pdf}, "title field.required"},
		"path in the name": {[]part{title, {"file", "x", "..", "text/plain"}}, "fileName field.format"},
		"a program":        {[]part{title, {"file", "MZ", "a.exe", "application/pdf"}}, "file file.kind"},
		"two extensions":   {[]part{title, {"file", "%PDF-1.7", "a.exe.pdf", "application/pdf"}}, "file file.double_extension"},
		"not what it says": {[]part{title, {"file", "MZ", "a.pdf", "application/pdf"}}, "file file.signature"},
	} {
		kind, body := formOf(t, test.parts...)
		a := send(t, b.secretary, s.URL+"/api/v1/items/"+item+"/papers", "k", kind, bytes.NewReader(body))
		if got := faults(a.Problem(t)); a.Status != 422 || got != test.want {
			t.Errorf("%s: %d %q, want %q", name, a.Status, got, test.want)
		}
	}
	kind, body := formOf(t, title, pdf)
	url := s.URL + "/api/v1/items/" + item + "/papers"
	for name, test := range map[string]struct {
		kind string
		sent []byte
	}{
		"broken off in the file": {kind, body[:len(body)-20]}, "broken off in the fields": {kind, body[:60]},
		"another boundary": {"multipart/form-data; boundary=other", body},
	} {
		a := send(t, b.secretary, url, "k", test.kind, bytes.NewReader(test.sent))
		if p := a.Problem(t); a.Status != 400 || p.Key != "request.form" {
			t.Errorf("%s: %s", name, a.Body)
		}
	}
	for _, kind := range []string{"application/json", "multipart/form-data", "multipart/mixed; boundary=x", ""} {
		if a := send(t, b.secretary, url, "k", kind, bytes.NewReader(body)); a.Status != 415 {
			t.Errorf("Content-Type %q: %d %s", kind, a.Status, a.Body)
		}
	}
}

// endless counts what is read of an upload of many gigabytes.
type endless struct {
	fill byte
	read atomic.Int64
}

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = e.fill
	}
	e.read.Add(int64(len(p)))
	return len(p), nil
}

func TestAHugeUploadIsCutOffEarly(t *testing.T) {
	s := start(t)
	b := s.board()
	_, item := b.item()
	kind, whole := formOf(t, part{name: "title", value: "보고서"}, pdf)
	head := whole[:bytes.Index(whole, []byte(pdf.value))]
	for name, test := range map[string]struct {
		before []byte
		fill   byte
		status int
		key    string
	}{
		"before the first part": {nil, '\n', 413, "request.too_large"},
		"in a field":            {head[:bytes.Index(head, []byte("보고서"))], 'x', 422, "invalid"},
		"in the file":           {append(bytes.Clone(head), "%PDF-1.7"...), 0, 413, "file.too_large"},
	} {
		rest := &endless{fill: test.fill}
		body := io.MultiReader(bytes.NewReader(test.before), io.LimitReader(rest, 2<<30))
		a := send(t, b.secretary, s.URL+"/api/v1/items/"+item+"/papers", "k", kind, body)
		if p := a.Problem(t); a.Status != test.status || p.Key != test.key {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
		if sent := rest.read.Load(); sent > 32<<20 {
			t.Errorf("%s: %d bytes were taken", name, sent)
		}
	}
	if a := b.secretary.Must("GET", "/items/"+item, nil, nil); bytes.Contains(a.Body, []byte("보고서")) {
		t.Errorf("something was kept: %s", a.Body)
	}
}

func TestWhoMayNotBringPapersIsToldBeforeTheBytes(t *testing.T) {
	s := start(t)
	b := s.board()
	_, item := b.item()
	kind, whole := formOf(t, part{name: "title", value: "보고서"}, pdf)
	head := whole[:bytes.Index(whole, []byte(pdf.value))]
	rest := &endless{}
	a := send(t, b.member, s.URL+"/api/v1/items/"+item+"/papers", "k", kind, io.MultiReader(bytes.NewReader(head), rest))
	if a.Status != 403 || rest.read.Load() > 32<<20 {
		t.Errorf("%d after %d bytes: %s", a.Status, rest.read.Load(), a.Body)
	}
}
