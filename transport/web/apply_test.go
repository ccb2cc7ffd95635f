package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// upload sends a form with a file.
func (b *browser) upload(path string, fields map[string]string, name, content string) answer {
	b.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for k, v := range fields {
		_ = w.WriteField(k, v)
	}
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		b.t.Fatal(err)
	}
	_, _ = part.Write([]byte(content))
	_ = w.Close()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, b.base+path, &body)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	return b.do(r)
}

// TestTheFormOfAProgrammeIsFilledIn from the draft of the call to the receipt: fields that are refused are shown with what was
// typed, files that are not what they say are not taken, and what is missing is told where it is mended.
func TestTheFormOfAProgrammeIsFilledIn(t *testing.T) {
	c := newChamber(t)
	staff, kim := c.as("staff"), c.as("kim")
	if page := staff.get(c.alliance + "/calls/new?programme=merchant"); !strings.Contains(page.body, `name="programme" value="merchant"`) {
		t.Fatalf("the draft does not name its programme: %s", page.body)
	}
	in := c.callForm()
	in.Set("programme", "merchant")
	in.Set("terms.ownShare", "0")
	path, _, _ := strings.Cut(staff.post(c.alliance+"/calls", in).to, "/edit")
	staff.post(path+"/publish", url.Values{"version": {"1"}})
	step := path + "/apply?organisation=" + string(c.member)
	form := url.Values{"organisation": {string(c.member)}, "version": {"0"}, "answers.title": {"스마트 주문"}, "answers.summary": {"요약"},
		"answers.plan": {"계획은 열 글자를 넘습니다."}, "answers.amount": {"50만"}, "answers.consulted": {"true"}, "answers.technology": {"order"},
		"answers.consulted_on": {"2026-11-01"}}
	kim.post(path+"/save", form)
	page := kim.get(step)
	for _, want := range []string{`value="50만"`, "숫자로 적어 주십시오.", "라고 답한 경우에만", `id="apply-answers.consulted-true" name="answers.consulted" value="true" checked`} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the draft has no %s: %s", want, page.body)
		}
	}
	form.Set("answers.amount", "500,000")
	form.Set("version", versionOn(t, page, path+"/save"))
	form.Set("then", "files")
	if got := kim.post(path+"/save", form); got.to != path+"/apply/files?organisation="+string(c.member) {
		t.Fatalf("gone on: %d %s", got.status, got.to)
	}
	check := path + "/apply/check?organisation=" + string(c.member)
	if got := kim.get(check); !strings.Contains(got.body, "/apply/files?organisation="+string(c.member)+"#field-consulting_file") {
		t.Errorf("the file that is missing is not told: %s", got.body)
	}
	files := kim.get(path + "/apply/files?organisation=" + string(c.member))
	_, rest, _ := strings.Cut(files.body, `action="/applications/`)
	id, _, _ := strings.Cut(rest, "/")
	fields := map[string]string{"field": "consulting_file", "page": path + "/apply/files?organisation=" + string(c.member),
		"_form": "file-consulting_file", "_from": path + "/apply/files?organisation=" + string(c.member)}
	if got := kim.upload("/applications/"+id+"/files", fields, "상담.exe.pdf", "%PDF-1.7"); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "확장자가 두 개인") {
		t.Errorf("two extensions: %d %s", got.status, got.body)
	}
	if got := kim.upload("/applications/"+id+"/files", fields, "상담 결과서.pdf", "%PDF-1.7"); !strings.Contains(got.to, "done=attachment_added") {
		t.Fatalf("attached: %d %s", got.status, got.body)
	}
	page = kim.get(check)
	if !strings.Contains(page.body, "상담 결과서.pdf") || !strings.Contains(page.body, "500,000원") || !strings.Contains(page.body, "스마트 주문") {
		t.Errorf("what is submitted: %s", page.body)
	}
	got := kim.post(path+"/submit", url.Values{"organisation": {string(c.member)}, "version": {versionOn(t, page, path+"/submit")}})
	receipt := kim.get(strings.TrimSuffix(got.to, "?done=application_submitted"))
	if !strings.Contains(receipt.body, "1차 제출") || !strings.Contains(receipt.body, "상담 결과서.pdf") {
		t.Fatalf("the receipt: %d %s %s", got.status, got.to, receipt.body)
	}
	_, rest, _ = strings.Cut(receipt.body, `href="/attachments/`)
	file, _, _ := strings.Cut(rest, `"`)
	if got := c.as("staff").get("/attachments/" + file); got.status != http.StatusNotFound {
		t.Errorf("the staff reads a file before the close: %d", got.status)
	}
	if got := kim.get("/attachments/" + file); got.status != http.StatusOK || got.body != "%PDF-1.7" {
		t.Errorf("the file: %d %q", got.status, got.body)
	}
}

// TestTheStaffWritesTheFormOfACall: a field that makes no sense is refused at its place with what was typed, a good one is there
// for applicants, and nothing changes once the call is published.
func TestTheStaffWritesTheFormOfACall(t *testing.T) {
	c := newChamber(t)
	staff := c.as("staff")
	path, _, _ := strings.Cut(staff.post(c.alliance+"/calls", c.callForm()).to, "/edit")
	page := staff.get(path + "/form")
	if !strings.Contains(page.body, "표준 양식을 쓰고 있습니다.") || !strings.Contains(page.body, "과제 이름") {
		t.Fatalf("the form: %d %s", page.status, page.body)
	}
	field := url.Values{"version": {"1"}, "do": {"field"}, "was": {""}, "section": {"0"}, "f_key": {"area"}, "f_label_ko": {"분야"},
		"f_kind": {"one_of"}, "f_choices": {"ai | 인공지능 | AI\r\nai | 데이터"}, "f_when": {"nobody = true"}, "_form": {"field"}, "_from": {path + "/form/field?section=0"}}
	got := staff.post(path+"/form", field)
	for _, want := range []string{"선택지의 값은", "조건에 적은 항목이 없거나", "ai | 데이터"} {
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, want) {
			t.Errorf("no %s: %d %s", want, got.status, got.body)
		}
	}
	field.Set("f_choices", "ai | 인공지능 | AI\r\ndata | 데이터")
	field.Set("f_when", "")
	if got := staff.post(path+"/form", field); got.to != path+"/form?done=call_form_saved" {
		t.Fatalf("saved: %d %s", got.status, got.body)
	}
	page = staff.get(path + "/form")
	if strings.Contains(page.body, "표준 양식을 쓰고") || !strings.Contains(page.body, `value="data"`) {
		t.Errorf("the new field: %s", page.body)
	}
	version := versionOn(t, page, path+"/form")
	staff.post(path+"/form", url.Values{"version": {version}, "do": {"up"}, "key": {"area"}})
	body := staff.get(path + "/form").body
	if strings.Index(body, `id="row-area"`) > strings.Index(body, `id="row-plan"`) {
		t.Error("the field was not moved up")
	}
	staff.post(path+"/publish", url.Values{"version": {versionOn(t, staff.get(path), path+"/publish")}})
	if got := c.as("kim").get(path + "/apply"); !strings.Contains(got.body, "인공지능") {
		t.Errorf("applicants see %s", got.body)
	}
	if got := staff.post(path+"/form", url.Values{"version": {"9"}, "do": {"drop"}, "key": {"area"}}); got.status != http.StatusConflict {
		t.Errorf("changed after it was published: %d", got.status)
	}
	if got := c.as("kim").get(path + "/form"); got.status == http.StatusOK {
		t.Error("an applicant opens the editor")
	}
}
