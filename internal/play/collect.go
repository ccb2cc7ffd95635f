package play

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"

	"secretariat/domain/document"
	"secretariat/service"
)

// Folder is where the documents of a play lie, below its own folder.
const Folder = "문서"

// collect waits until the workflow has filed the published documents, and unpacks what everybody can download: the
// recountable record, the documents as PDF and JSON, and their hashes.
func (p *Play) collect(ctx context.Context) error {
	filed := func() (bool, error) {
		return p.secretary.minutesFiled(ctx, fmt.Sprintf("/meetings/%s/documents", p.meeting))
	}
	if err := p.until(ctx, "the filing of the minutes", filed); err != nil {
		return err
	}
	public := p.person("public")
	var files map[string][]byte
	err := p.until(ctx, "the filing of the published documents", func() (bool, error) {
		raw, err := public.send(ctx, http.MethodGet, fmt.Sprintf("/meetings/%s/bundle", p.meeting), http.Header{}, nil)
		if err != nil {
			return false, err
		}
		files, err = unzip(raw)
		return len(files) >= p.expected(), err
	})
	if err != nil {
		return err
	}
	dir := filepath.Join(p.stage.Dir, Folder)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return err
		}
	}
	p.say("공개 문서 %d개 파일을 내려받음", len(files))
	return nil
}

// minutesFiled looks for what is filed last, the minutes in full. To ask for the list costs the server less than to
// ask for files.
func (who *person) minutesFiled(ctx context.Context, documents string) (bool, error) {
	var page service.Page[document.Document]
	err := who.get(ctx, documents, &page)
	full := func(d document.Document) bool { return d.Kind == document.KindMinutesFull }
	return slices.ContainsFunc(page.Items, full), err
}

// expected is the number of files of a complete record: notice, agenda, minutes and a decision for each item, each as
// PDF and JSON, the record itself and the list of hashes.
func (p *Play) expected() int { return 2*(3+len(p.items)) + 2 }

// largest is the most that is read of one file.
const largest = 256 << 20

func unzip(raw []byte) (map[string][]byte, error) {
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, err
	}
	out := map[string][]byte{}
	for _, f := range archive.File {
		if filepath.Base(f.Name) != f.Name {
			return nil, fmt.Errorf("%q in the archive is not a plain file name", f.Name)
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(io.LimitReader(r, largest))
		if err != nil {
			return nil, err
		}
		out[f.Name] = data
		if err := r.Close(); err != nil {
			return nil, err
		}
	}
	return out, nil
}
