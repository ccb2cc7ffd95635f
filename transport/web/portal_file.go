package web

import (
	"bytes"
	"io"
	"net/http"
	"reflect"

	"secretariat/domain"
	"secretariat/service/convening"
	"secretariat/service/filing"
	"secretariat/service/selecting"
	"secretariat/transport/edge"
	"secretariat/transport/endpoint"
)

// portalFiles adds the downloads.
func portalFiles(s *Site) {
	portalFile(s, "/papers/{paper}", s.set.ReadPaper, func(p convening.PaperContent) edge.File {
		return edge.File{
			Name: p.Paper.FileName, Media: p.Paper.MediaType, SHA256: p.Paper.SHA256, Size: p.Paper.Size, Content: p.Content,
		}
	})
	portalFile(s, "/documents/{document}", s.set.ReadDocument, func(c filing.Content) edge.File {
		return edge.File{Name: c.FileName, Media: c.MediaType, SHA256: c.SHA256, Size: c.Size, Content: c.Content}
	})
	portalFile(s, "/meetings/{meeting}/bundle", s.set.ReadBundle, func(a filing.Archive) edge.File {
		return edge.File{
			Name: a.FileName, Media: "application/zip", SHA256: a.SHA256, Size: int64(len(a.Data)),
			Content: io.NopCloser(bytes.NewReader(a.Data)),
		}
	})
	portalFile(s, "/calls/{call}/workbook", s.set.ReadWorkbook, func(w selecting.Workbook) edge.File {
		return edge.File{
			Name: w.FileName, Media: edge.MediaWorkbook, Size: int64(len(w.Data)), Content: io.NopCloser(bytes.NewReader(w.Data)),
		}
	})
}

// portalFile adds the download of an operation that answers with a file.
func portalFile[Req, Resp any](
	s *Site, pattern string, e endpoint.Endpoint[Req, Resp], open func(Resp) edge.File,
) {
	s.routes = append(s.routes, Route{Method: http.MethodGet, Pattern: pattern})
	s.mux.HandleFunc("GET "+pattern, func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r)
		in, err := portalAsked[Req](r)
		if err != nil {
			s.fail(v, w, err)
			return
		}
		out, err := e.Call(v.ctx(), in)
		if err != nil {
			s.fail(v, w, err)
			return
		}
		edge.Show(w, r, open(out))
	})
}

// portalAsked reads the input of a download from its address.
func portalAsked[Req any](r *http.Request) (Req, error) {
	var in Req
	var p domain.Problems
	v := reflect.ValueOf(&in).Elem()
	readAddress(r, v, &p)
	for i := range v.NumField() {
		name := v.Type().Field(i).Tag.Get("query")
		if given := r.URL.Query().Get(name); name != "" && given != "" {
			edge.SetText(v.Field(i), given, name, &p)
		}
	}
	return in, p.Err()
}
