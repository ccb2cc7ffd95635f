package canonical_test

import (
	"testing"

	"secretariat/internal/canonical"
)

// TestJSON holds the form of RFC 8785: keys sorted by UTF-16, numbers and strings in their shortest form, no white space, and
// nothing escaped for HTML.
func TestJSON(t *testing.T) {
	got, err := canonical.JSON(map[string]any{"나": 1, "가": "<a&b>", "b": []int{3, 1}, "A": 1.50, "€": nil})
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"A":1.5,"b":[3,1],"€":null,"가":"<a&b>","나":1}`; string(got) != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if _, err := canonical.JSON(make(chan int)); err == nil {
		t.Error("what has no JSON has a canonical one")
	}
}
