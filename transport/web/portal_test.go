package web

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/internal/canonical"
	"secretariat/internal/files"
	"secretariat/internal/secret"
	"secretariat/internal/testkit/hall"
	"secretariat/policies"
	"secretariat/render/docs"
	"secretariat/render/xlsx"
	"secretariat/service/auditing"
	"secretariat/service/balloting"
	"secretariat/service/consulting"
	"secretariat/service/convening"
	"secretariat/service/filing"
	"secretariat/service/identity"
	"secretariat/service/minuting"
	"secretariat/service/partnering"
	"secretariat/service/planning"
	"secretariat/service/presiding"
	"secretariat/service/searching"
	"secretariat/service/seating"
	"secretariat/service/selecting"
	"secretariat/service/surveying"
	"secretariat/service/tasking"
	"secretariat/store"
	"secretariat/transport/catalogue"
	"secretariat/transport/endpoint"
)

// portalHall is a meeting of five members with its pages: an open item with a paper of which member 4 is recused, and a
// confidential one.
type portalHall struct {
	*hall.Hall
	t     *testing.T
	s     endpoint.Services
	site  *Site
	paper meeting.Paper
}

const publicAddress = "https://dx.example.kr"

func newPortalHall(t *testing.T) *portalHall {
	t.Helper()
	h := &portalHall{t: t, Hall: hall.New(t, hall.SQLite(t), hall.Members(5), hall.Items(
		meeting.Item{Kind: meeting.Resolution, Title: "3개년 기본계획(안)", Proposal: "원안과 같이 의결한다.", Proposer: "디지털전환과"},
		meeting.Item{Kind: meeting.Report, Title: "업체 선정 현황", Proposer: "디지털전환과", Confidential: true},
	))}
	h.s = h.services()
	set := endpoint.NewSet(h.s, endpoint.Standard(slog.New(slog.DiscardHandler), endpoint.NewMetrics(),
		endpoint.NewLimits(1000, 1000)))
	messages, err := catalogue.Load()
	hall.Must(t, err)
	h.site, err = New(set, h.s.Identity, messages, Options{Now: h.Clock.Now, Public: publicAddress + "/"})
	hall.Must(t, err)
	h.paper, err = h.s.Convening.AddPaper(t.Context(), h.Secretary(), convening.AddPaperInput{
		Item: h.Items[0], Title: "검토보고서", FileName: "검토 보고서.hwp", Reason: "보완",
		Content: strings.NewReader("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1<script>alert(1)</script>"),
	})
	hall.Must(t, err)
	return h
}

func (h *portalHall) services() endpoint.Services {
	packs, err := policies.Load("")
	hall.Must(h.t, err)
	db, kept := h.DB.DB, files.Memory(h.t.TempDir())
	out := endpoint.Services{
		Identity: identity.New(h.Env, store.View[identity.Tx]{DB: db}, secret.NewPasswords(), secret.Tokens{}, time.Hour),
		Seating:  seating.New(h.Env, store.View[seating.Tx]{DB: db}, packs),
		Auditing: auditing.New(store.View[auditing.Tx]{DB: db}, store.AuditHash),
		Convening: convening.New(h.Env, store.View[convening.Tx]{DB: db}, convening.Ports{
			Policies: packs, Files: kept, PaperLimit: 1 << 20,
		}),
		Presiding: h.Presiding, Balloting: h.Balloting,
		Minuting:   minuting.New(h.Env, store.View[minuting.Tx]{DB: db}, canonical.JSON),
		Filing:     filing.New(h.Env, store.View[filing.Tx]{DB: db}, kept, docs.Renderer{}, canonical.JSON),
		Searching:  searching.New(store.View[searching.Tx]{DB: db}),
		Partnering: partnering.New(h.Env, store.View[partnering.Tx]{DB: db}),
		Planning:   planning.New(h.Env, store.View[planning.Tx]{DB: db}, packs, docs.Renderer{}),
		Selecting:  selecting.New(h.Env, store.View[selecting.Tx]{DB: db}, packs, secret.Tokens{}, canonical.JSON).Printing(xlsx.Book).Papers(docs.Renderer{}).Keeping(kept, 1<<20),
		Tasking:    tasking.New(h.Env, store.View[tasking.Tx]{DB: db}, tasking.Ports{Policies: packs}),
		Consulting: consulting.New(h.Env, store.View[consulting.Tx]{DB: db}, consulting.Ports{Policies: packs, Printer: docs.Renderer{}}),
		Surveying:  surveying.New(h.Env, store.View[surveying.Tx]{DB: db}, surveying.Ports{Policies: packs, Questions: hall.Questionnaires(h.t), Book: xlsx.Survey}),
	}
	out.Consulting.Keeping(kept, 1<<20).Bringing(out.Convening)
	return out
}

// hold brings the meeting to its end and issues the decisions.
func (h *portalHall) hold() []minuting.DecisionView {
	t, by := h.t, h.Secretary()
	h.Recuse(t, 4, 1)
	h.Begin(t, 5)
	_, err := h.Presiding.Record(t.Context(), by, presiding.RecordInput{
		Meeting: hall.Meeting, Item: h.Items[0], Speaker: "위원 02", Member: h.Member(2), Text: "찬성합니다.",
	})
	hall.Must(t, err)
	vote := h.Vote(t, balloting.OpenInput{})
	h.Cast(t, vote, ballot.Yes, 1, 3)
	h.Cast(t, vote, ballot.No, 5, 5)
	h.Close(t, vote)
	h.Table(t, 2)
	_, err = h.Presiding.Receive(t.Context(), by, presiding.ItemInput{Item: h.Items[1]})
	hall.Must(t, err)
	h.Clock.Advance(time.Minute)
	_, err = h.Presiding.Adjourn(t.Context(), by, presiding.MeetingInput{Meeting: hall.Meeting})
	hall.Must(t, err)
	_, err = h.s.Minuting.Issue(t.Context(), by, minuting.IssueInput{Meeting: hall.Meeting})
	hall.Must(t, err)
	page, err := h.s.Minuting.Decisions(t.Context(), by, minuting.DecisionsInput{Committee: hall.Committee})
	hall.Must(t, err)
	return page.Items
}

// publish draws up and publishes the minutes and files what there is to file.
func (h *portalHall) publish() {
	t, by := h.t, h.Secretary()
	drawn, err := h.s.Minuting.Draft(t.Context(), by, minuting.DraftInput{Meeting: hall.Meeting})
	hall.Must(t, err)
	of := drawn.Minutes.ID
	_, err = h.s.Minuting.Redact(t.Context(), by, minuting.RedactInput{
		Minutes: of, Anchor: "item/" + string(h.Items[1]), Ground: "7", Reason: "경영상 비밀", ReviewOn: "2027-06-01",
	})
	hall.Must(t, err)
	_, err = h.s.Minuting.Circulate(t.Context(), by, minuting.CirculateInput{
		Minutes: of, Base: drawn.Revision.Number, Kind: "recording", Recording: "녹음-1",
	})
	hall.Must(t, err)
	_, err = h.s.Minuting.ConfirmPublish(t.Context(), h.Person(1), minuting.ConfirmInput{Minutes: of})
	hall.Must(t, err)
	_, err = h.s.Minuting.Publish(t.Context(), by, minuting.PublishInput{Minutes: of})
	hall.Must(t, err)
	_, err = h.s.Filing.FileAll(t.Context(), domain.System("test"), hall.Meeting, document.Kinds()...)
	hall.Must(t, err)
}

// read gets a page as somebody who is not signed in.
func (h *portalHall) read(path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.site.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

// readAs gets a page as somebody who has signed in.
func (h *portalHall) readAs(by domain.Actor, path string) *httptest.ResponseRecorder {
	w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, nil)
	v := &Visit{site: h.site, Actor: by, Lang: catalogue.Korean, status: http.StatusOK}
	h.site.mux.ServeHTTP(w, r.WithContext(context.WithValue(endpoint.WithActor(r.Context(), by), visitKey{}, v)))
	return w
}

func (h *portalHall) says(w *httptest.ResponseRecorder, status int, wanted ...string) {
	h.t.Helper()
	if w.Code != status {
		h.t.Fatalf("status %d, want %d: %s", w.Code, status, w.Body)
	}
	for _, text := range wanted {
		if !strings.Contains(strings.ReplaceAll(w.Body.String(), "\u00a0", " "), text) {
			h.t.Errorf("it does not say %q: %s", text, w.Body)
		}
	}
}

func (h *portalHall) silent(w *httptest.ResponseRecorder, secrets ...string) {
	h.t.Helper()
	for _, text := range secrets {
		if strings.Contains(strings.ReplaceAll(w.Body.String(), "\u00a0", " "), text) {
			h.t.Errorf("it says %q: %s", text, w.Body)
		}
	}
}

const portalSum = "재적 5 · 출석 5 · 제척 1 · 대상 4 · 필요 3 · 찬성 3 · 반대 1 · 기권 0"

// TestDecisionsAreOpenAsFarAsTheirRecordIs reads a decision before and after its minutes are published.
func TestDecisionsAreOpenAsFarAsTheirRecordIs(t *testing.T) {
	h := newPortalHall(t)
	h.says(h.read("/"), 200, "디지털전환위원회", "제3차 회의", "다음 회의")
	all := h.hold()
	closed, open := "/decisions/"+string(all[0].ID), "/decisions/"+string(all[1].ID)
	before := h.read(open)
	h.says(before, 200, "원안가결", "3개년 기본계획(안)", "번호, 제목과 결과만 공개된 결정입니다")
	for _, path := range []string{open, "/", "/decisions", "/committees/committee", "/meetings/meeting/record"} {
		h.silent(h.read(path), portalSum, "찬성 3", "찬성합니다", "/papers/", "위원 04</th><td>반대")
	}
	h.says(h.readAs(h.Secretary(), open), 200, portalSum)
	h.publish()
	h.says(h.read(open), 200, portalSum, "원안과 같이 의결한다.", "위원별 표결 내용", "/papers/"+string(h.paper.ID),
		"/meetings/meeting/bundle", "secretariat verify")
	h.says(h.read(closed), 200, "원안접수")
	h.silent(h.read(closed), "표결과 적용 규정")
	h.says(h.read("/decisions"), 200, portalSum)
	h.says(h.read("/committees/committee"), 200, portalSum, "위원 05")
	h.silent(h.read("/committees/committee"), "위촉직 위원의 구성")
	h.says(h.readAs(h.Secretary(), "/committees/committee"), 200, "위촉직 위원의 구성", "<svg")
}

// TestARecusedMemberSeesTheNumberAlone until the record is published.
func TestARecusedMemberSeesTheNumberAlone(t *testing.T) {
	h := newPortalHall(t)
	open := "/decisions/" + string(h.hold()[1].ID)
	recused := h.Person(4)
	recused.ID = "person-4"
	for _, path := range []string{open, "/decisions", "/", "/committees/committee"} {
		w := h.readAs(recused, path)
		h.says(w, 200, "의안 제2026-1호", "제척으로 열람할 수 없")
		h.silent(w, "3개년 기본계획(안)", "원안가결", portalSum)
	}
	h.says(h.readAs(h.Person(2), open), 200, portalSum)
}

// TestThePublishedMinutesSayWhatIsWithheldAndWhy in the order of the law.
func TestThePublishedMinutesSayWhatIsWithheldAndWhy(t *testing.T) {
	h := newPortalHall(t)
	h.hold()
	h.says(h.read("/meetings/meeting/record"), 200, "회의록이 아직 공개되지 않았습니다")
	h.publish()
	w := h.read("/meetings/meeting/record")
	h.says(w, 200, "제7호(법인", "경영상 비밀", "2027. 6. 1.", "찬성합니다.", portalSum, "비공개 안건", "/documents/")
	at := -1
	for _, heading := range []string{"about", "persons", "order", "items", "said", "decided", "remarks"} {
		next := strings.Index(w.Body.String(), `<h2 id="`+heading+`"`)
		if next <= at {
			t.Errorf("%s stands at %d, after %d", heading, next, at)
		}
		at = next
	}
}

// TestFilesAreGivenSoThatNothingInThemRuns and to those alone who may read them.
func TestFilesAreGivenSoThatNothingInThemRuns(t *testing.T) {
	h := newPortalHall(t)
	h.hold()
	paper := "/papers/" + string(h.paper.ID)
	h.says(h.read(paper), 404)
	h.says(h.read("/meetings/meeting/bundle"), 404)
	h.publish()
	w := h.read(paper)
	h.says(w, 200, "<script>")
	disposition, name, err := mime.ParseMediaType(w.Header().Get("Content-Disposition"))
	if err != nil || disposition != "attachment" || name["filename"] != "검토 보고서.hwp" ||
		!strings.Contains(w.Header().Get("Content-Security-Policy"), "sandbox") ||
		w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("paper: %v %s", err, w.Header())
	}
	filed, err := h.s.Filing.List(t.Context(), domain.Public(), filing.ListInput{Meeting: hall.Meeting})
	hall.Must(t, err)
	document := "/documents/" + string(filed.Items[len(filed.Items)-1].ID)
	w = h.read(document)
	if !strings.HasPrefix(w.Body.String(), "%PDF") || w.Header().Get("Content-Type") != "application/pdf" ||
		!strings.HasPrefix(w.Header().Get("Content-Disposition"), "inline; filename*=utf-8''") {
		t.Errorf("document: %s", w.Header())
	}
	h.says(h.read(document+"?format=json"), 200, "{")
	h.says(h.read(document+"?format=doc"), 422)
	raw := h.read("/meetings/meeting/bundle").Body.Bytes()
	if _, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw))); err != nil {
		t.Error(err)
	}
}

// TestFeedsHoldWhatEverybodyMayRead whoever asks for them.
func TestFeedsHoldWhatEverybodyMayRead(t *testing.T) {
	h := newPortalHall(t)
	all := h.hold()
	h.silent(h.readAs(h.Secretary(), "/committees/committee/feed.atom"), "<entry>")
	h.publish()
	w := h.read("/committees/committee/feed.atom")
	h.says(w, 200, portalSum, publicAddress+"/decisions/"+string(all[1].ID), "urn:uuid:"+string(all[1].ID))
	h.silent(w, "업체 선정 현황")
	for d := xml.NewDecoder(w.Body); ; {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	w = h.read("/committees/committee/meetings.ics")
	h.says(w, 200, "UID:meeting/meeting\r\n", "DTSTART:20261122T060000Z\r\n", "URL:"+publicAddress+"/meetings/meeting\r\n")
	h.says(h.read("/committees/nothing/feed.atom"), 404)
	h.says(h.read("/committees/nothing/meetings.ics"), 404)
}

// TestLinesOfACalendarAreFolded between characters, at 75 octets.
func TestLinesOfACalendarAreFolded(t *testing.T) {
	var c calendarText
	long := strings.Repeat("가나; ", 40)
	c.text("SUMMARY", long)
	for line := range strings.SplitSeq(strings.TrimSuffix(c.b.String(), "\r\n"), "\r\n") {
		if len(line) > calendarWidth || strings.ContainsRune(line, '\uFFFD') {
			t.Errorf("%d octets: %q", len(line), line)
		}
	}
	want := "SUMMARY:" + strings.ReplaceAll(long, ";", "\\;") + "\r\n"
	if got := strings.ReplaceAll(c.b.String(), "\r\n ", ""); got != want {
		t.Errorf("unfolded: %q", got)
	}
}

// TestListsGoOnByCursor from page to page.
func TestListsGoOnByCursor(t *testing.T) {
	h := newPortalHall(t)
	h.says(h.read("/meetings"), 200, "제3차 회의", "/meetings/meeting")
	h.says(h.read("/meetings?committee=committee"), 200, "제3차 회의")
	h.says(h.read("/decisions"), 200, "공개된 결정이 없습니다")
	h.says(h.read("/meetings?committee=other"), 404)
	h.says(h.read("/meetings?cursor=%21"), 422)
}
