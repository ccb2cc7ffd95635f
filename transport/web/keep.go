package web

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"time"

	"secretariat/domain"
)

// keepFor is how long a form that was sent after the end of a session may be taken up again.
const keepFor = time.Hour

// Names of the fields by which a form is handed through signing in.
const (
	keptField = "_kept" // the form, sealed
	whoField  = "_who"  // for whom its page was made
)

// secretPages are those whose forms hold passwords, codes and links. They are typed anew.
var secretPages = []string{"/account", "/sign-in", "/invitation", "/lost-password"}

// keepable reports whether the forms of a page may be kept.
func keepable(page string) bool {
	for _, at := range secretPages {
		if strings.HasPrefix(page, at) {
			return page == "/accounts"
		}
	}
	return page != "/"
}

// keptForm is a form between the end of one session and the beginning of the next. It is in the page alone: no server
// stores it, no address and no log holds it, and nobody can read or change it on the way.
type keptForm struct {
	From  string     `json:"from"` // page it stands on
	Who   string     `json:"who"`  // for whom that was made, empty for everybody
	Sent  url.Values `json:"sent"`
	Until time.Time  `json:"until"`
}

var errNotKept = errors.New("this is no form that was kept")

// seal hides what passes through a browser.
type seal struct {
	aead cipher.AEAD
	key  []byte // of the marks of people
}

// newSeal derives its keys from the key of the deployment, so that all its servers can open what one has sealed.
func newSeal(key []byte) (seal, error) {
	if len(key) == 0 {
		key = make([]byte, 32)
		_, _ = rand.Read(key) // never fails
	}
	keys, err := hkdf.Key(sha256.New, key, nil, "secretariat web forms", 64)
	if err != nil {
		return seal{}, err
	}
	block, err := aes.NewCipher(keys[:32])
	if err != nil {
		return seal{}, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	return seal{aead, keys[32:]}, err
}

func (s seal) close(f keptForm) (string, error) { return s.closeFor("", f) }

func (s seal) open(sealed string, now time.Time) (keptForm, error) {
	var f keptForm
	if err := s.openFor("", sealed, &f); err != nil || now.After(f.Until) {
		return keptForm{}, errNotKept
	}
	return f, nil
}

// closeFor seals a value for one use, and what is sealed for one cannot be opened for another.
func (s seal) closeFor(use string, v any) (string, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(s.aead.Seal(nil, nil, raw, []byte(use))), nil
}

func (s seal) openFor(use, sealed string, v any) error {
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if err == nil {
		raw, err = s.aead.Open(nil, nil, raw, []byte(use))
	}
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, v)
}

// mark stands for a person in a page and says nothing of who it is.
func (s seal) mark(account domain.ID) string {
	sum := hmac.New(sha256.New, s.key)
	sum.Write([]byte(account))
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:12])
}

// Who marks for whom a page is made; empty for who is not signed in.
func (v *Visit) Who() string {
	if !v.SignedIn() {
		return ""
	}
	return v.site.seal.mark(v.Actor.ID)
}
