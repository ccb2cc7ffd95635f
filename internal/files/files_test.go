package files_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"secretariat/domain"
	"secretariat/internal/files"
)

func folder(t *testing.T) (*files.Files, string) {
	t.Helper()
	dir := t.TempDir()
	f, err := files.Folder(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f, dir
}

func kept(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestContentComesBackByItsHash(t *testing.T) {
	stored, dir := folder(t)
	for name, f := range map[string]*files.Files{"folder": stored, "memory": files.Memory(t.TempDir())} {
		t.Run(name, func(t *testing.T) {
			for _, content := range []string{"", "검토보고서", strings.Repeat("x", 1<<20)} {
				sum := sha256.Sum256([]byte(content))
				for range 2 {
					key, size, err := f.Put(t.Context(), strings.NewReader(content), files.DefaultLimit)
					if err != nil || key != hex.EncodeToString(sum[:]) || size != int64(len(content)) {
						t.Fatalf("Put = %s, %d, %v", key, size, err)
					}
				}
				r, err := f.Open(t.Context(), hex.EncodeToString(sum[:]))
				if err != nil {
					t.Fatal(err)
				}
				got, err := io.ReadAll(r)
				if err != nil || string(got) != content || r.Close() != nil {
					t.Fatalf("read %d bytes, %v", len(got), err)
				}
			}
		})
	}
	if n := len(kept(t, dir)); n != 3 {
		t.Errorf("%d files for 3 contents", n)
	}
}

func TestContentAtTheLimitIsTakenAndOneByteMoreIsNot(t *testing.T) {
	f, dir := folder(t)
	if _, _, err := f.Put(t.Context(), strings.NewReader("12345"), 5); err != nil {
		t.Fatal(err)
	}
	_, _, err := f.Put(t.Context(), strings.NewReader("123456"), 5)
	if domain.CodeOf(err) != domain.CodeTooLarge {
		t.Fatalf("err = %v", err)
	}
	if n := len(kept(t, dir)); n != 1 {
		t.Errorf("%d files stay", n)
	}
}

// endless counts what is read of an upload that does not stop.
type endless struct{ read int64 }

func (e *endless) Read(p []byte) (int, error) {
	e.read += int64(len(p))
	return len(p), nil
}

func TestAnUploadWithoutEndIsCutOffAtTheLimit(t *testing.T) {
	f, dir := folder(t)
	upload := &endless{}
	_, _, err := f.Put(t.Context(), upload, 1<<20)
	if domain.CodeOf(err) != domain.CodeTooLarge {
		t.Fatalf("err = %v", err)
	}
	if upload.read > 1<<20+1 {
		t.Errorf("%d bytes were read", upload.read)
	}
	if left := kept(t, dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestABrokenUploadLeavesNothing(t *testing.T) {
	f, dir := folder(t)
	broken := io.MultiReader(strings.NewReader("half"), errorReader{})
	if _, _, err := f.Put(t.Context(), broken, 100); err == nil {
		t.Fatal("no error")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := f.Put(ctx, bytes.NewReader(make([]byte, 10)), 100); !errors.Is(err, context.Canceled) {
		t.Fatalf("err = %v", err)
	}
	if left := kept(t, dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

type errorReader struct{}

func (errorReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestOpenRefusesWhatIsNotAHash(t *testing.T) {
	f, _ := folder(t)
	for _, key := range []string{"", "../../etc/passwd", strings.Repeat("A", 64), strings.Repeat("a", 64)} {
		if _, err := f.Open(t.Context(), key); domain.CodeOf(err) != domain.CodeNotFound {
			t.Errorf("Open(%q) = %v", key, err)
		}
	}
}
