package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"secretariat/domain"
	"secretariat/internal/testkit"
	"secretariat/internal/testkit/hall"
	"secretariat/service/identity"
	"secretariat/service/partnering"
)

func (o office) alliance() string {
	o.t.Helper()
	a, err := o.services.Partnering.Found(o.t.Context(), testkit.Admin(), partnering.FoundInput{
		Committee: hall.Committee, Code: "dx", Name: "서울 산업 디지털전환 얼라이언스", Sectors: []string{"핀테크", "로봇"}, Technologies: []string{"인공지능"},
	})
	hall.Must(o.t, err)
	return "/alliances/" + string(a.ID)
}

func application() url.Values {
	return url.Values{
		"name": {"가나로봇 주식회사"}, "kind": {"company"}, "size": {"small"}, "businessNumber": {"124-81-00998"}, "sectors": {"로봇"},
		"contactName": {"김담당"}, "contactEmail": {"kim@example.kr"}, "join": {"true"},
	}
}

func TestAnOrganisationAppliesAndIsLetIn(t *testing.T) {
	o := newOffice(t)
	at := o.alliance()
	o.opens(at, "anyone")
	o.opens(at+"/organisations", "clerk", "secretary", "chair", "auditor")
	wrong := application()
	wrong.Set("businessNumber", "124-81-00999")
	wrong.Set("_from", at+"/apply")
	wrong.Set("_form", "apply")
	got := o.browser().post(at+"/apply", wrong)
	if got.status != http.StatusUnprocessableEntity && got.status != http.StatusBadRequest || !strings.Contains(got.body, "가나로봇 주식회사") ||
		!strings.Contains(got.body, "사업자등록번호 10자리를 다시 확인해 주십시오.") {
		t.Fatalf("a wrong number: %d\n%s", got.status, got.body)
	}
	if !strings.Contains(got.body, `value="로봇" checked`) {
		t.Error("the chosen sector was forgotten")
	}
	if got := o.browser().post(at+"/apply", application()); got.to != at+"?done=applied" {
		t.Fatalf("applied: %d %s", got.status, got.body)
	}
	list := o.as("secretary").get(at + "/organisations?state=applied")
	_, rest, found := strings.Cut(list.body, `href="/organisations/`)
	id, _, _ := strings.Cut(rest, `"`)
	if !found {
		t.Fatalf("it does not wait: %s", list.body)
	}
	if got := o.as("secretary").post("/organisations/"+id+"/decide", url.Values{"accept": {"true"}, "join": {"true"}}); got.to != "/organisations/"+id+"?done=decided" {
		t.Fatalf("decided: %d %s", got.status, got.body)
	}
	if got := o.as("other").get("/organisations/" + id); got.status != http.StatusNotFound {
		t.Errorf("another committee's secretary: %d", got.status)
	}
	if got := o.browser().get(at); strings.Contains(got.body, "김담당") || !strings.Contains(got.body, "<b>1</b>") {
		t.Errorf("the public: %s", got.body)
	}
}

func TestItsPeopleLookAfterAnOrganisation(t *testing.T) {
	h := hall.New(t, hall.SQLite(t), hall.Members(3))
	o := office{h, serve(t, h.DB.DB, h.Clock, nil)}
	o.alliance()
	list, err := o.services.Partnering.List(t.Context(), domain.Public(), partnering.ListInput{})
	hall.Must(t, err)
	o.account(accountOf("kim@example.kr"))
	in := partnering.ApplyInput{
		Alliance: list.Items[0].ID, Join: true, ContactName: "김담당", ContactEmail: "kim@example.kr",
		Entry: partnering.Entry{Name: "가나로봇", Kind: "company", Size: "small", BusinessNumber: "1248100998"},
	}
	org, err := o.services.Partnering.Register(t.Context(), h.Secretary(), in)
	hall.Must(t, err)
	b := o.browser()
	b.post("/sign-in", url.Values{"email": {"kim@example.kr"}, "password": {longPassword}})
	path := "/organisations/" + string(org.ID)
	if got := b.get("/organisations"); !strings.Contains(got.body, path) || !strings.Contains(got.body, "우리 기관") {
		t.Fatalf("my organisations: %d %s", got.status, got.body)
	}
	if got := b.post(path+"/people", url.Values{"name": {"이초안"}, "email": {"lee@example.kr"}}); got.to != path+"?done=person_added" {
		t.Fatalf("adding a person: %d %s", got.status, got.body)
	}
	if got := b.get(path); !strings.Contains(got.body, "이초안") || !strings.Contains(got.body, "초대 중") || strings.Contains(got.body, "초안 작성</span>") {
		t.Errorf("the page: %s", got.body)
	}
	o.consents(path, b)
	if got := b.post(path+"/leave", url.Values{"reason": {"폐업"}}); got.to != "/organisations?done=left_alliance" {
		t.Errorf("leaving: %d %s", got.status, got.body)
	}
	if got := b.get(path); got.status != http.StatusNotFound {
		t.Errorf("after leaving: %d", got.status)
	}
}

// consents opens the one-time link that went out and accepts it with a password, as somebody without an account does.
func (o office) consents(path string, boss *browser) {
	o.t.Helper()
	link := o.sent()
	lee := o.browser()
	lee.get(link)
	if got := lee.get("/invitation"); !strings.Contains(got.body, "가나로봇의 담당자로 초대되었습니다") || !strings.Contains(got.body, `name="password"`) {
		o.t.Fatalf("the link: %d %s", got.status, got.body)
	}
	form := url.Values{"password": {longPassword}, "again": {longPassword}}
	if got := lee.post("/invitation", form); got.to != "/sign-in?done=accepted" {
		o.t.Fatalf("accepting: %d %s", got.status, got.body)
	}
	if got := boss.get(path); !strings.Contains(got.body, "초안 작성</span>") || strings.Contains(got.body, "초대 중") {
		o.t.Errorf("after it was accepted: %s", got.body)
	}
}

func TestAListIsPastedFromASpreadsheet(t *testing.T) {
	o := newOffice(t)
	at := o.alliance() + "/organisations"
	lines := "기관명\t사업자등록번호\t종류\t규모\t분야\t담당자\t전자우편\t회원가입\n가나로봇\t124-81-00998\t기업\t중소기업\t로봇ㆍ핀테크\t김담당\tkim@example.kr\t예\n"
	bad := lines + "다라대학교\t120-81-47521\t대학\t\t로봇\t박\t잘못된주소\t\n"
	got := o.as("clerk").post(at+"/import", url.Values{"table": {bad}, "_from": {at}, "_form": {"import"}})
	if !strings.Contains(got.body, "3번째 줄 전자우편") || !strings.Contains(got.body, "가나로봇\t124-81-00998") {
		t.Fatalf("a wrong line: %d %s", got.status, got.body)
	}
	if got := o.as("clerk").get(at); strings.Contains(got.body, `<th scope="row"><a href="/organisations/`) {
		t.Error("something was registered")
	}
	if got := o.as("clerk").post(at+"/import", url.Values{"table": {lines}}); got.to != at+"?done=imported" {
		t.Fatalf("a good list: %d %s", got.status, got.body)
	}
	if got := o.as("clerk").get(at); !strings.Contains(got.body, "가나로봇") || !strings.Contains(got.body, "회원사") {
		t.Errorf("the register: %s", got.body)
	}
	if got := o.as("clerk").post(at+"/import", url.Values{"table": {"아무 글"}, "_from": {at}, "_form": {"import"}}); !strings.Contains(got.body, "첫 줄은 열 이름이어야 합니다") {
		t.Errorf("no header: %s", got.body)
	}
}

const longPassword = "correct horse battery"

func accountOf(mail string) identity.CreateAccountInput {
	return identity.CreateAccountInput{Email: mail, Name: "김담당", Password: longPassword}
}
