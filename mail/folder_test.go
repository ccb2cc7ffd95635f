package mail_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain"
	"secretariat/mail"
)

func folder(t *testing.T) (*mail.Folder, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "outbox", "mail")
	f, err := mail.NewFolder(dir, office())
	if err != nil {
		t.Fatal(err)
	}
	return f, dir
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestFolderHoldsWhatWouldBeSent(t *testing.T) {
	f, dir := folder(t)
	if err := f.Send(t.Context(), full(t)); err != nil {
		t.Fatal(err)
	}
	if got := names(t, dir); !cmp.Equal(got, []string{"notice-2026-04.7.eml"}) {
		t.Fatalf("files %v", got)
	}
	path := filepath.Join(dir, "notice-2026-04.7.eml")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := compare(full(t), data); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for name, want := range map[string]os.FileMode{path: 0o600, dir: 0o700} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}

func TestFolderKeepsTheFirstOfAnID(t *testing.T) {
	f, dir := folder(t)
	first, second := notice(), notice()
	second.Text = "다른 본문"
	for _, m := range []mail.Message{first, second} {
		if err := f.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(filepath.Join(dir, first.ID+".eml"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := compare(first, data); diff != "" || len(names(t, dir)) != 1 {
		t.Errorf("files %v (-want +got)\n%s", names(t, dir), diff)
	}
}

// TestFolderNeverShowsHalfAMessage writes the same message many times at once: whatever the order, one whole file
// is left.
func TestFolderNeverShowsHalfAMessage(t *testing.T) {
	f, dir := folder(t)
	m := full(t)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if err := f.Send(t.Context(), m); err != nil {
				t.Error(err)
			}
			data, err := os.ReadFile(filepath.Join(dir, m.ID+".eml"))
			if err != nil {
				t.Error(err)
			}
			if diff := compare(m, data); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
	group.Wait()
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("files %v", got)
	}
}

func TestFolderFailures(t *testing.T) {
	f, dir := folder(t)
	bad := notice()
	bad.ID = "../../outside"
	if err := f.Send(t.Context(), bad); !mail.Permanent(err) {
		t.Errorf("bad ID: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	expect(t, f.Send(ctx, notice()), false, mail.StageFolder, 0)
	if got := names(t, dir); len(got) != 0 {
		t.Errorf("files %v", got)
	}
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	expect(t, f.Send(t.Context(), notice()), false, mail.StageFolder, 0)
}

func TestFolderNeedsAPlaceAndASender(t *testing.T) {
	_, err := mail.NewFolder("", mail.Address{})
	if got := fields(err); !cmp.Equal(got, []string{"dir=field.required", "from.mail=field.format"}) {
		t.Errorf("got %v", got)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := mail.NewFolder(filepath.Join(file, "mail"), office()); domain.CodeOf(err) != domain.CodeUnavailable {
		t.Errorf("a folder below a file: %v", err)
	}
}
