package secret

import (
	"bytes"
	"errors"
	"path/filepath"
	"sync"
	"testing"

	"secretariat/service/identity"
)

func TestOneKeyForAllWhoStartAtOnce(t *testing.T) {
	name := filepath.Join(t.TempDir(), "of", "the", "deployment.key")
	keys := make([][]byte, 8)
	var all sync.WaitGroup
	for n := range keys {
		all.Go(func() {
			var err error
			if keys[n], err = KeyFile(name); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, key := range keys {
		if len(key) != keySize || !bytes.Equal(key, keys[0]) {
			t.Fatalf("a key of %d bytes", len(key))
		}
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(name), ".key-*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestASecretIsReadForItsAccountAndWithItsKeyOnly(t *testing.T) {
	codes, err := NewCodes(make([]byte, keySize), "시험")
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := codes.NewSecret("a")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := codes.Device(sealed, "a", "hong@example.kr"); err != nil {
		t.Error(err)
	}
	other, err := NewCodes(bytes.Repeat([]byte{1}, keySize), "시험")
	if err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]func() error{
		"another account": func() error { _, err := codes.Device(sealed, "b", ""); return err },
		"another key":     func() error { _, _, err := other.Step(sealed, "a", "000000", 0); return err },
		"no secret":       func() error { _, _, err := codes.Step("", "a", "000000", 0); return err },
	} {
		if err := open(); !errors.Is(err, identity.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := NewCodes([]byte("short"), ""); err == nil {
		t.Error("a short key is taken")
	}
}
