package web

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestFieldsOfGroupsAreToldApart, which have the same labels in every article of a draft.
func TestFieldsOfGroupsAreToldApart(t *testing.T) {
	tree, err := html.Parse(strings.NewReader(`<form><input type="hidden" name="_form" value="say">
		<label for="t">제목</label><input id="t" name="title">
		<fieldset><legend>1. 비전</legend><label for="a">의견</label><textarea id="a" name="0.text"></textarea></fieldset>
		<fieldset><legend>2. 자료</legend><label for="b">의견</label><textarea id="b" name="1.text"></textarea></fieldset></form>`))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range fieldsOf(formOf(tree, "say")) {
		got = append(got, f.label)
	}
	if want := []string{"제목", "1. 비전 · 의견", "2. 자료 · 의견"}; !slices.Equal(got, want) {
		t.Errorf("called %q", got)
	}
}
