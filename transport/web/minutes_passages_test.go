package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"secretariat/domain"
	"secretariat/internal/testkit/hall"
	"secretariat/service/minuting"
	"secretariat/transport/catalogue"
	"secretariat/transport/endpoint"
)

// send sends a form as somebody who has signed in.
func (h *portalHall) send(by domain.Actor, path string, form url.Values) *httptest.ResponseRecorder {
	w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	v := &Visit{site: h.site, Actor: by, Lang: catalogue.Korean, status: http.StatusOK}
	h.site.mux.ServeHTTP(w, r.WithContext(context.WithValue(endpoint.WithActor(r.Context(), by), visitKey{}, v)))
	return w
}

// TestAPassageIsWithheldByItsWords: without scripts they are typed, with scripts the place comes along. What is withheld is
// marked on the page, and the same words elsewhere are pointed out.
func TestAPassageIsWithheldByItsWords(t *testing.T) {
	h := newPortalHall(t)
	h.hold()
	by := h.Secretary()
	drawn, err := h.s.Minuting.Draft(t.Context(), by, minuting.DraftInput{Meeting: hall.Meeting})
	hall.Must(t, err)
	edited := drawn.Revision.Content
	var entries []string
	for _, e := range edited.Proceeding {
		if e.Text == "찬성합니다." {
			entries = append(entries, e.ID)
		}
	}
	if len(entries) != 1 {
		t.Fatalf("%d passages say so", len(entries))
	}
	page, at := "/meetings/"+string(hall.Meeting)+"/minutes", "/minutes/"+string(drawn.Minutes.ID)+"/redactions"
	form := url.Values{
		"anchor": {entries[0]}, "passage": {"반대"}, "ground": {"5"}, "reason": {"내부검토 중"}, "_form": {"redact"}, "_from": {page},
	}
	if got := h.send(by, at, form); got.Code != http.StatusUnprocessableEntity && got.Code != http.StatusBadRequest ||
		!strings.Contains(got.Body.String(), "그 문구가 고른 부분에 없습니다") || !strings.Contains(got.Body.String(), ">반대</textarea>") {
		t.Fatalf("words that are not there: %d %s", got.Code, got.Body)
	}
	form.Set("passage", "합니다")
	if got := h.send(by, at, form); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	if got := h.readAs(by, page).Body.String(); !strings.Contains(got, "찬성<del title=") || !strings.Contains(got, ">합니다</del>.") {
		t.Errorf("the withheld words are not marked: %s", got)
	}
	now, err := h.s.Minuting.Show(t.Context(), by, minuting.ShowInput{Meeting: hall.Meeting})
	hall.Must(t, err)
	if r := now.Redactions[0]; r.Start != 2 || r.End != 5 {
		t.Errorf("characters %d to %d are withheld", r.Start, r.End)
	}
}
