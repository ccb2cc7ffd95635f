package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// founded is a committee that an administrator is drawing up: the page of its form, and its fields.
func (o office) founded() (page string, fields []string) {
	o.t.Helper()
	fields = []string{
		"code", "youth", "name", "청년위원회", "owningDepartment", "청년과", "legalBasis", "청년조례", "pack", "seoul-general",
		"foundedOn", "2026-11-01", "sunsetOn", "2028-10-31", "plannedMeetings", "4", "charter.purpose", "청년정책 심의",
	}
	made := o.as("admin").post("/committees/new", form("committee", "/committees/new", fields...))
	page, _, ok := strings.Cut(made.to, "?done=founded")
	if !ok {
		o.t.Fatalf("founded: %d %s %s", made.status, made.to, made.body)
	}
	return page, fields
}

// TestWhoWasOvertakenSeesBothVersions and goes on with the own one by one button.
func TestWhoWasOvertakenSeesBothVersions(t *testing.T) {
	o := newOffice(t)
	by := o.as("admin")
	page, fields := o.founded()
	first := form("committee", page, append(fields, "version", "1")...)
	first.Set("charter.purpose", "먼저 고친 목적")
	if got := by.post(page, first); got.status != http.StatusSeeOther {
		t.Fatalf("revised: %d %s", got.status, got.body)
	}
	second := form("committee", page, append(fields, "version", "1")...)
	second.Set("charter.purpose", "나중에 쓴 목적")
	both := by.post(page, second)
	if both.status != http.StatusPreconditionFailed {
		t.Fatalf("an old version: %d", both.status)
	}
	for _, want := range []string{
		`<td class="said">먼저 고친 목적</td><td class="said">나중에 쓴 목적</td>`, `action="` + page + `"`,
		`name="charter.purpose" value="나중에 쓴 목적"`, `name="version" value="2"`, `name="name" value="청년위원회"`,
	} {
		if !strings.Contains(both.body, want) {
			t.Errorf("the page lacks %s:\n%s", want, both.body)
		}
	}
	if strings.Contains(both.body, "<td class=\"said\">청년위원회</td>") {
		t.Error("a field that is the same stands in the comparison")
	}
	second.Set("version", "2")
	second.Set("_key", "another")
	if got := by.post(page, second); got.status != http.StatusSeeOther {
		t.Fatalf("sent again: %d", got.status)
	}
	if got := by.get(page).body; !strings.Contains(got, "나중에 쓴 목적</textarea>") {
		t.Error("the own version is not stored")
	}
}

// TestWhatCannotBeStoredAnyMoreIsShown: the form is gone, what was typed is not.
func TestWhatCannotBeStoredAnyMoreIsShown(t *testing.T) {
	o := newOffice(t)
	by := o.as("admin")
	page, fields := o.founded()
	sent := form("committee-that-was", page, append(fields, "version", "9")...)
	sent.Set("charter.purpose", "옮겨 적을 글")
	got := by.post(page, sent)
	if got.status != http.StatusPreconditionFailed || !strings.Contains(got.body, `<td class="said">옮겨 적을 글</td>`) ||
		strings.Contains(got.body, `action="`+page+`"`) {
		t.Errorf("%d %s", got.status, got.body)
	}
}
