package service

// Page is one page of a list. Next is an opaque cursor for the following page, empty on the last.
type Page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty"`
}

// Limits of a page.
const (
	DefaultPage = 50
	MaxPage     = 200
)

// PageSize is the number of rows to give for a wish, which may be zero.
func PageSize(wish int) int {
	if wish <= 0 {
		return DefaultPage
	}
	return min(wish, MaxPage)
}
