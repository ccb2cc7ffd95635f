package web

import (
	"secretariat/domain/document"
	"secretariat/service/filing"
	"secretariat/transport/edge"
)

// booklets adds the papers of a meeting in one file: ordered on the meeting's page, followed while it is bound, and downloaded.
func booklets(s *Site) {
	s.page("/booklets/{booklet}", "booklet", s.booklet)
	act(s, "/meetings/{meeting}/booklets", s.set.OrderBooklet,
		func(_ *Visit, _ filing.OrderInput, b document.Booklet) string { return "/booklets/" + string(b.ID) })
	portalFile(s, "/booklets/{booklet}/content", s.set.ReadBooklet, func(b filing.BookletContent) edge.File {
		return edge.File{Name: b.FileName, Media: "application/pdf", SHA256: b.Booklet.SHA256, Size: b.Booklet.Size, Content: b.Content}
	})
}

// soonAgain is after how many seconds a page that shows progress is asked for once more.
const soonAgain = 2

func (s *Site) booklet(v *Visit) (any, error) {
	b, err := s.set.ShowBooklet.Call(v.ctx(), filing.BookletInput{Booklet: v.id("booklet")})
	if !b.Stale && !b.Bound() {
		v.refresh = soonAgain
	}
	return b, err
}

// Thousandth is how far something has come, in thousandths, for the bar of a chart.
func (*Visit) Thousandth(done, total int) int {
	if total <= 0 {
		return 0
	}
	return min(done, total) * 1000 / total
}
