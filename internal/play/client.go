package play

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
	"time"

	"secretariat/transport/jsonapi"
)

// client keeps a connection for everybody who acts at the same time.
var client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 2 * hands}}

// person is somebody who is signed in.
type person struct {
	play  *Play
	name  string
	token string
	email string         // to sign in again when a session has ended
	acts  map[string]int // how often this person did this, for the idempotency keys
}

func (p *Play) person(name string) *person {
	return &person{play: p, name: name, acts: map[string]int{}}
}

// sessions is where one signs in.
const sessions = "/sessions"

// signIn opens a session; the token is used for what follows. It takes no idempotency key, since each session is
// another.
func (who *person) signIn(ctx context.Context, email, password string) error {
	var out struct {
		Token string `json:"token"`
	}
	raw, err := json.Marshal(map[string]string{"email": email, "password": password})
	if err != nil {
		return err
	}
	who.token = "" // one that has ended is refused here too
	answer, err := who.send(ctx, http.MethodPost, sessions, http.Header{"Content-Type": {"application/json"}}, raw)
	if err != nil {
		return err
	}
	err = json.Unmarshal(answer, &out)
	who.token, who.email = out.Token, email
	return err
}

func (who *person) post(ctx context.Context, path string, in, out any) error {
	return who.do(ctx, http.MethodPost, path, in, out)
}

func (who *person) patch(ctx context.Context, path string, in, out any) error {
	return who.do(ctx, http.MethodPatch, path, in, out)
}

func (who *person) get(ctx context.Context, path string, out any) error {
	return who.do(ctx, http.MethodGet, path, nil, out)
}

func (who *person) do(ctx context.Context, method, path string, in, out any) error {
	var raw []byte
	if in != nil {
		var err error
		if raw, err = json.Marshal(in); err != nil {
			return err
		}
	}
	header := http.Header{"Content-Type": {"application/json"}}
	if method == http.MethodPost {
		header.Set("Idempotency-Key", who.key(path))
	}
	answer, err := who.send(ctx, method, path, header, raw)
	if err != nil || out == nil {
		return err
	}
	return json.Unmarshal(answer, out)
}

// key is the same in every run of the play, for the same act.
func (who *person) key(path string) string {
	who.acts[path]++
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %d", who.name, path, who.acts[path]))
	return "play-" + hex.EncodeToString(sum[:12])
}

// refused is an answer that says no.
type refused struct {
	path    string
	problem jsonapi.Problem
}

func (r refused) Error() string {
	text := fmt.Sprintf("%s: %d %s (%s)", r.path, r.problem.Status, r.problem.Title, r.problem.Key)
	for _, f := range r.problem.Errors {
		text += fmt.Sprintf("; %s: %s", f.Field, f.Message)
	}
	return text
}

// send sends a request, and again while the server asks for patience or is not there yet, or in a new session when the one before has
// ended.
func (who *person) send(ctx context.Context, method, path string, header http.Header, body []byte) ([]byte, error) {
	for attempt := 0; ; attempt++ {
		status, answer, err := who.once(ctx, method, path, header, body)
		if err == nil && status < 300 {
			who.play.acknowledge(header.Get("Idempotency-Key"))
			return answer, nil
		}
		if status == http.StatusUnauthorized && who.email != "" && path != sessions && attempt == 0 {
			if err := who.signIn(ctx, who.email, who.play.accounts[who.email]); err != nil {
				return nil, err
			}
			continue
		}
		again := err != nil || status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable
		if !again || attempt == 20 || ctx.Err() != nil {
			return nil, failure(path, answer, err)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func failure(path string, answer []byte, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	r := refused{path: path}
	if json.Unmarshal(answer, &r.problem) != nil {
		return fmt.Errorf("%s: %s", path, answer)
	}
	return r
}

func (who *person) once(
	ctx context.Context, method, path string, header http.Header, body []byte,
) (status int, answer []byte, err error) {
	req, err := http.NewRequestWithContext(ctx, method, who.play.stage.Base+jsonapi.Base+path, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	req.Header = header.Clone()
	if who.token != "" {
		req.Header.Set("Authorization", "Bearer "+who.token)
	}
	res, err := client.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer res.Body.Close()
	answer, err = io.ReadAll(res.Body)
	return res.StatusCode, answer, err
}

// upload sends a paper as a form, the fields before the file.
func (who *person) upload(ctx context.Context, path string, fields map[string]string, name string, file []byte) error {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	// The boundary is fixed so that the same paper is the same request in every run.
	if err := form.SetBoundary("secretariat-play-" + strings.Repeat("0", 16)); err != nil {
		return err
	}
	for _, field := range []string{"title", "confidential"} {
		if err := form.WriteField(field, fields[field]); err != nil {
			return err
		}
	}
	part, err := form.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {mime("form-data", name)}, "Content-Type": {"application/pdf"},
	})
	if err != nil {
		return err
	}
	if _, err := part.Write(file); err != nil {
		return err
	}
	if err := form.Close(); err != nil {
		return err
	}
	header := http.Header{"Content-Type": {form.FormDataContentType()}, "Idempotency-Key": {who.key(path)}}
	_, err = who.send(ctx, http.MethodPost, path, header, body.Bytes())
	return err
}

func mime(kind, name string) string {
	return fmt.Sprintf(`%s; name="file"; filename="%s"`, kind, strings.ReplaceAll(name, `"`, "'"))
}
