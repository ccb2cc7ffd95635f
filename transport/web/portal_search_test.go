package web

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"secretariat/domain"
	"secretariat/domain/search"
	"secretariat/internal/testkit/hall"
	"secretariat/store"
)

// searchPath is the address of a search.
func searchPath(pairs ...string) string {
	q := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return "/search?" + q.Encode()
}

// TestTheRecordIsSearchedFromEveryPage and hits lead to their pages, with what was looked for marked.
func TestTheRecordIsSearchedFromEveryPage(t *testing.T) {
	h := newPortalHall(t)
	decided := h.hold()
	h.publish()
	for _, path := range []string{"/", "/meetings", "/decisions", "/help", "/search", "/meetings/meeting", "/nowhere"} {
		form := regexp.MustCompile(`<form class="find" role="search" aria-label="[^"]+" action="/search" method="get">`)
		if !form.MatchString(h.read(path).Body.String()) {
			t.Errorf("%s has no search in its header", path)
		}
	}
	w := h.read(searchPath("q", "기본계획"))
	h.says(w, http.StatusOK, "‘기본계획’ 검색 결과", "3개년 <mark>기본계획</mark>(안)", `href="/decisions/`+string(decided[1].ID)+`"`,
		`href="/meetings/meeting/record"`, "디지털전환위원회 ·", `<time datetime="2026-11-22">2026. 11. 22.`,
		`<span class="tag info">안건</span>`, `value="기본계획"`)
	h.says(h.read(searchPath("q", "심의ㆍ의결")), http.StatusOK, "<mark>심의·의결</mark>에 참여")
	h.says(h.read(searchPath("q", "검토보고서")), http.StatusOK, `href="/meetings/meeting"`, "<mark>검토보고서</mark>", "안건 자료")
	h.says(h.read(searchPath("q", "위원회 디지털전환", "lang", "en")), http.StatusOK, "Results for",
		`<span class="tag info">committee</span>`)
	for _, secret := range []string{"업체 선정", "경영정보"} {
		h.says(h.read(searchPath("q", secret)), http.StatusOK, "해당하는 공개 기록이 없습니다", "낱말의 수를 줄이거나")
	}
}

// TestFiltersStayInTheAddress and in the form.
func TestFiltersStayInTheAddress(t *testing.T) {
	h := newPortalHall(t)
	h.hold()
	w := h.read(searchPath("q", "기본계획", "kind", "item", "committee", "committee"))
	h.says(w, http.StatusOK, `<option value="item" selected>`,
		`<option value="committee" selected>디지털전환위원회`, "<mark>기본계획</mark>")
	h.silent(w, "/decisions/id-")
	h.says(h.read(searchPath("q", "기본계획", "kind", "paper")), http.StatusOK, "종류와 위원회를 정하지 않고")
	h.says(h.read(searchPath("q", "기본계획", "kind", "ballot")), http.StatusUnprocessableEntity)
	h.says(h.read(searchPath("q", "기본계획", "cursor", "!")), http.StatusUnprocessableEntity)
}

// TestTooShortAQueryIsToldOnce at the field, which keeps what was typed.
func TestTooShortAQueryIsToldOnce(t *testing.T) {
	h := newPortalHall(t)
	for q, want := range map[string]string{
		"법": "두 글자 이상 적어 주십시오", strings.Repeat("가", 101): "100자까지", "가나\x01": "제어문자", "가\x00나": "제어문자",
	} {
		w := h.read(searchPath("q", q))
		h.says(w, http.StatusUnprocessableEntity, want, `aria-invalid="true"`)
		if n := strings.Count(w.Body.String(), `role="alert"`); n != 1 {
			t.Errorf("%q: %d errors", q, n)
		}
	}
	h.says(h.read(searchPath("q", "법")), http.StatusUnprocessableEntity, `value="법"`)
	h.says(h.read(searchPath("q", " ")), http.StatusOK, "공개된 회의록과 결정")
	h.says(h.read(searchPath("q", `<script>"계획`)), http.StatusOK, "&lt;script&gt;")
	h.says(h.read(searchPath("q", norm.NFD.String("기본계획"))), http.StatusOK, "<mark>") // typed on a Mac, letter by letter
}

// TestHitsGoOnByCursor through all of them, each once.
func TestHitsGoOnByCursor(t *testing.T) {
	h := newPortalHall(t)
	const total = 2*portalHits + 5
	entries := make([]search.Entry, total)
	for n := range entries {
		id := fmt.Sprintf("e-%02d", n)
		entries[n] = search.Entry{
			Kind: search.Decision, ID: domain.ID(id), Subject: "other", Committee: hall.Committee, Open: true,
			Day: "2025-01-02", Title: "옛날결정 " + id,
		}.Made()
	}
	hall.Must(t, h.DB.InTx(t.Context(), func(tx *store.Tx) error {
		return tx.ReplaceEntries(t.Context(), "other", entries)
	}))
	hit, next := regexp.MustCompile(`/decisions/(e-\d\d)"`), regexp.MustCompile(`secondary" href="(/search[^"]+)"`)
	seen, pages := map[string]bool{}, 0
	for path := searchPath("q", "옛날결정", "kind", "decision"); path != "" && pages < 9; pages++ {
		body := h.read(path).Body.String()
		for _, m := range hit.FindAllStringSubmatch(body, -1) {
			seen[m[1]] = true
		}
		path = ""
		if m := next.FindStringSubmatch(body); m != nil {
			path = html.UnescapeString(m[1])
		}
	}
	if len(seen) != total || pages != 3 {
		t.Errorf("%d hits on %d pages", len(seen), pages)
	}
}
