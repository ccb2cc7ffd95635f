package booklet

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"secretariat/domain/document"
	"secretariat/render/docs"
)

// Binder binds booklets. It has no state.
type Binder struct {
	Limit int64 // of all bound papers together, in bytes
}

func init() { api.DisableConfigDir() } // else it writes settings into the home of whoever runs the program

// settings are fresh for each call, since pdfcpu writes into them.
func settings() *model.Configuration {
	c := model.NewDefaultConfiguration()
	c.ValidationMode = model.ValidationRelaxed
	c.CreateBookmarks = false // they would be named after files; ours are set at the end
	return c
}

// own are the settings for what was made here and need not be looked over again.
func own() *model.Configuration {
	c := settings()
	c.Optimize, c.OptimizeBeforeWriting, c.OptimizeResourceDicts = false, false, false
	return c
}

// Bind makes the file of a booklet. open gives the bytes of a paper and its error ends the binding; done is told after each paper how
// many have been gone through.
func (b Binder) Bind(
	ctx context.Context, c document.Cover, open func(document.CoverPaper) ([]byte, error), done func(int) error,
) ([]byte, int, error) {
	var parts [][]byte
	size, count := int64(0), 0
	for i := range c.Items {
		for j := range c.Items[i].Papers {
			p := &c.Items[i].Papers[j]
			if err := ctx.Err(); err != nil {
				return nil, 0, err
			}
			part, err := b.part(p, size, open)
			if err == nil && p.Apart == "" {
				parts, size = append(parts, part), size+p.Size
			}
			if count++; err == nil {
				err = done(count)
			}
			if err != nil {
				return nil, 0, err
			}
		}
	}
	return assemble(c, parts)
}

// part makes a paper ready for binding, or says on p why it is not bound.
func (b Binder) part(p *document.CoverPaper, size int64, open func(document.CoverPaper) ([]byte, error)) ([]byte, error) {
	media, _, _ := mime.ParseMediaType(p.Media)
	switch {
	case !slices.Contains([]string{"application/pdf", "image/png", "image/jpeg"}, media):
		p.Apart = document.ApartKind
		return nil, nil
	case size+p.Size > b.Limit:
		p.Apart = document.ApartTooLarge
		return nil, nil
	}
	raw, err := open(*p)
	if err != nil {
		return nil, err
	}
	part, pages, err := prepare(raw, media, p.Label)
	if err != nil {
		p.Apart = document.ApartUnread
		return nil, nil //nolint:nilerr // the cover says it
	}
	p.Pages = pages
	return part, nil
}

// prepare gives a paper as a PDF of its own with a line on top of each page, and the number of pages. The library may give up on a
// broken file in any way.
func prepare(raw []byte, media, label string) (out []byte, pages int, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("booklet: %v", broken)
		}
	}()
	if media != "application/pdf" {
		if raw, err = picture(raw); err != nil {
			return nil, 0, err
		}
	}
	if pages, err = api.PageCount(bytes.NewReader(raw), settings()); err != nil {
		return nil, 0, err
	}
	line, err := api.TextWatermark(label+"  (%p/%P)", line, true, false, types.POINTS)
	if err != nil {
		return nil, 0, err
	}
	var to bytes.Buffer
	err = api.AddWatermarks(bytes.NewReader(raw), &to, nil, line, settings())
	return to.Bytes(), pages, err
}

// How the place of a paper stands on its pages, on the right, and the page of the booklet, on the left.
const (
	print = "font:Helvetica, points:9, scale:1 abs, rotation:0, fillcolor:#333333, opacity:1, "
	line  = print + "position:tr, offset:-18 -14"
	folio = print + "position:tl, offset:18 -14"
)

// picture puts a picture on a page of its own.
func picture(raw []byte) ([]byte, error) {
	page, err := api.Import("form:A4, position:c, scalefactor:0.9 rel", types.POINTS)
	if err != nil {
		return nil, err
	}
	var to bytes.Buffer
	err = api.ImportImages(nil, &to, []io.Reader{bytes.NewReader(raw)}, page, settings())
	return to.Bytes(), err
}

// assemble puts the cover in front, which is as long as it is whatever page numbers stand in it.
func assemble(c document.Cover, parts [][]byte) ([]byte, int, error) {
	cover, err := docs.Renderer{}.Cover(c)
	if err != nil {
		return nil, 0, err
	}
	front, err := api.PageCount(bytes.NewReader(cover), own())
	if err != nil {
		return nil, 0, err
	}
	pages, marks := number(c, front)
	if cover, err = (docs.Renderer{}).Cover(c); err != nil {
		return nil, 0, err
	}
	all := []io.ReadSeeker{bytes.NewReader(cover)}
	for _, p := range parts {
		all = append(all, bytes.NewReader(p))
	}
	var merged, numbered, out bytes.Buffer
	if err := api.MergeRaw(all, &merged, false, own()); err != nil {
		return nil, 0, fmt.Errorf("booklet: %w", err)
	}
	if err := paginate(&merged, &numbered, front+1, pages); err != nil {
		return nil, 0, fmt.Errorf("booklet: %w", err)
	}
	if err := api.AddBookmarks(bytes.NewReader(numbered.Bytes()), &out, marks, true, own()); err != nil {
		return nil, 0, fmt.Errorf("booklet: %w", err)
	}
	return out.Bytes(), pages, nil
}

// paginate prints the page of the booklet on the pages behind the cover.
func paginate(from, to *bytes.Buffer, first, last int) error {
	if first > last {
		_, err := from.WriteTo(to)
		return err
	}
	numbers := map[int]*model.Watermark{}
	for n := first; n <= last; n++ {
		mark, err := api.TextWatermark(fmt.Sprintf("- %d -", n), folio, true, false, types.POINTS)
		if err != nil {
			return err
		}
		numbers[n] = mark
	}
	return api.AddWatermarksMap(bytes.NewReader(from.Bytes()), to, numbers, own())
}

// number says on the cover where each paper begins and gives the number of all pages, with the bookmarks.
func number(c document.Cover, front int) (int, []pdfcpu.Bookmark) {
	next := front + 1
	marks := []pdfcpu.Bookmark{{Title: "안건과 자료 목록", PageFrom: 1}}
	for i := range c.Items {
		for j := range c.Items[i].Papers {
			p := &c.Items[i].Papers[j]
			if p.Apart != "" {
				continue
			}
			p.Page, next = next, next+p.Pages
			marks = append(marks, pdfcpu.Bookmark{Title: p.Label + " " + p.Title, PageFrom: p.Page})
		}
	}
	return next - 1, marks
}
