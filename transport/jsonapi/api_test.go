package jsonapi_test

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	identityservice "secretariat/service/identity"
	"secretariat/transport/jsonapi"
)

func TestSignInAndOut(t *testing.T) {
	s := start(t)
	public := s.public
	public.Refused("unauthenticated", "GET", "/me", nil)
	admin := public.SignIn(adminMail, adminPassword)
	var me identityservice.Me
	admin.Must("GET", "/me", nil, &me)
	if me.Account.Email != adminMail || !me.Account.Admin {
		t.Fatalf("me: %+v", me)
	}
	admin.Must("DELETE", "/sessions/current", nil, nil)
	admin.Refused("unauthenticated", "GET", "/me", nil)
}

func TestSigningOutHereLeavesOtherMachinesSignedIn(t *testing.T) {
	s := start(t)
	here, there := s.admin(), s.admin()
	here.Must("DELETE", "/sessions/current", nil, nil)
	here.Refused("unauthenticated", "GET", "/me", nil)
	there.Must("GET", "/me", nil, nil)
	again := s.admin()
	there.Must("DELETE", "/sessions/current?everywhere=true", nil, nil)
	there.Refused("unauthenticated", "GET", "/me", nil)
	again.Refused("unauthenticated", "GET", "/me", nil)
	s.public.Refused("forbidden", "DELETE", "/sessions/current", nil)
}

func TestTokensExpire(t *testing.T) {
	s := start(t)
	admin := s.admin()
	s.clock.Advance(time.Hour)
	admin.Refused("unauthenticated", "GET", "/me", nil)
}

func TestWrongPasswordsMustWait(t *testing.T) {
	s := start(t)
	public := s.public
	wrong := map[string]string{"email": adminMail, "password": "wrong wrong wrong"}
	for range 5 {
		public.Refused("session.wrong", "POST", "/sessions", wrong)
	}
	right := map[string]string{"email": adminMail, "password": adminPassword}
	public.Refused("session.locked", "POST", "/sessions", right)
	s.clock.Advance(2 * time.Second)
	public.Must("POST", "/sessions", right, nil)
	unknown := map[string]string{"email": "nobody@example.kr", "password": adminPassword}
	public.Refused("session.wrong", "POST", "/sessions", unknown)
}

func TestMalformedRequestsChangeNothing(t *testing.T) {
	s := start(t)
	admin := s.admin()
	for body, want := range map[string]int{
		`{"email":`: 400, `[]`: 400, `null`: 400, `{"email":"a@b.kr"}{}`: 400, `{"email": 5, "name": true}`: 422, `{}`: 422,
		`{"email":"a@b.kr","name":"가","password":"long enough pass","root":true}`: 422,
	} {
		req, _ := http.NewRequest("POST", s.URL+"/api/v1/accounts", strings.NewReader(body))
		req.Header.Set("Content-Type", "application/json")
		if a := admin.Send(req, "k-"+strconv.Itoa(len(body))); a.Status != want {
			t.Errorf("%s: %d %s", body, a.Status, a.Body)
		}
	}
	p := admin.Refused("invalid", "POST", "/accounts", map[string]any{"email": "x", "name": "", "password": "short"})
	if len(p.Errors) != 3 || p.Errors[0].Messages.Ko == "" || p.Errors[0].Messages.En == "" {
		t.Errorf("want all three field errors in both languages, got %+v", p.Errors)
	}
	big := map[string]string{"email": "a@b.kr", "name": strings.Repeat("가", 1<<20), "password": "long enough pass"}
	admin.Refused("request.too_large", "POST", "/accounts", big)
}

func TestAKeyActsOnce(t *testing.T) {
	s := start(t)
	admin := s.admin()
	in := map[string]any{"email": "clerk@example.kr", "name": "서기", "password": "long enough pass"}
	first, second := admin.Try("POST", "/accounts", "key-1", in), admin.Try("POST", "/accounts", "key-1", in)
	if first.Status != 201 || second.Status != 201 || !bytes.Equal(first.Body, second.Body) {
		t.Fatalf("first %d %s, second %d %s", first.Status, first.Body, second.Status, second.Body)
	}
	other := admin.Try("POST", "/committees/x/staff", "key-1", map[string]any{"account": "y"})
	if other.Problem(t).Key != "idempotency.key_used" {
		t.Errorf("a key for another request: %s", other.Body)
	}
	if a := admin.Try("POST", "/accounts", "", in); a.Problem(t).Key != "idempotency.required" {
		t.Errorf("no key: %s", a.Body)
	}
	admin.Refused("conflict.account", "POST", "/accounts", in)
}

func TestDecomposedHangulIsTheSameName(t *testing.T) {
	s := start(t)
	admin := s.admin()
	var out struct{ Name string }
	admin.Must("POST", "/accounts", map[string]any{
		"email": "nfd@example.kr", "name": "\u1112\u1161\u11ab\u1100\u1173\u11af", "password": "long enough pass",
	}, &out)
	if out.Name != "한글" {
		t.Errorf("stored %q, want the composed form", out.Name)
	}
}

func TestStrangersAndOtherSites(t *testing.T) {
	s := start(t)
	public := s.public
	public.Refused("forbidden", "POST", "/accounts", map[string]any{"email": "a@b.kr"})
	public.Refused("forbidden", "GET", "/accounts", nil)
	public.As("made-up").Refused("unauthenticated", "GET", "/me", nil)
	req, _ := http.NewRequest("POST", s.URL+"/api/v1/sessions", strings.NewReader(`{}`))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Sec-Fetch-Site", "cross-site")
	if a := public.Send(req, "k"); a.Problem(t).Key != "request.cross_site" {
		t.Errorf("cross-site: %s", a.Body)
	}
	if a := public.Try("GET", "/nothing", "", nil); a.Status != 404 {
		t.Errorf("unknown address: %d", a.Status)
	}
	res, err := http.Get(s.URL + "/problems/conflict")
	if err != nil || res.StatusCode != 200 {
		t.Errorf("the type of a problem leads nowhere: %v %v", res, err)
	}
}

func TestTheLogHoldsNothingPersonal(t *testing.T) {
	s := start(t)
	admin := s.admin()
	hong := map[string]any{"email": "hong@example.kr", "name": "홍길동", "password": "long enough pass"}
	admin.Must("POST", "/accounts", hong, nil)
	admin.Refused("conflict.account", "POST", "/accounts", hong)
	if !strings.Contains(s.log.String(), `"op":"account.create"`) {
		t.Fatal("the operation is not in the log")
	}
	for _, secret := range []string{"hong@", "홍길동", "long enough pass", adminMail, adminPassword} {
		if strings.Contains(s.log.String(), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}

// faults writes the fields of a problem with their keys.
func faults(p jsonapi.Problem) string {
	var out []string
	for _, f := range p.Errors {
		out = append(out, f.Field+" "+f.Key)
	}
	return strings.Join(out, ", ")
}
