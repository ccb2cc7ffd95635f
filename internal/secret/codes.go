package secret

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"encoding/base32"
	"encoding/base64"
	"errors"
	"image/png"
	"os"
	"path/filepath"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"secretariat/domain"
	"secretariat/service/identity"
)

// Codes makes and checks one-time codes (RFC 6238), with their secrets sealed by a key (AES-256-GCM).
type Codes struct {
	box    cipher.AEAD
	issuer string // as devices show it
}

// keySize is of the key in bytes.
const keySize = 32

// NewCodes makes codes whose secrets are sealed by a key of 32 bytes.
func NewCodes(key []byte, issuer string) (*Codes, error) {
	if len(key) != keySize {
		return nil, errors.New("the key has not 32 bytes")
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	box, err := cipher.NewGCMWithRandomNonce(block)
	return &Codes{box, issuer}, err
}

// KeyFile reads the key from a file, and makes it where there is none. All processes of a deployment share one.
func KeyFile(name string) ([]byte, error) {
	raw, err := os.ReadFile(name)
	if err == nil || !errors.Is(err, os.ErrNotExist) {
		return raw, err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return nil, err
	}
	key := make([]byte, keySize)
	_, _ = rand.Read(key) // never fails
	if err := place(name, key); err != nil {
		return nil, err
	}
	return os.ReadFile(name) // another process may have been faster
}

// place puts a file where there is none, whole or not at all: what is killed in between leaves no half of a key.
func place(name string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".key-*") // for its owner only
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) //nolint:errcheck // a second name of the same file, or of no use
	_, err = f.Write(content)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), name); !errors.Is(err, os.ErrExist) {
		return err
	}
	return nil
}

// NewSecret makes a secret of 160 bits; it comes sealed for the account.
func (c *Codes) NewSecret(account domain.ID) (string, error) {
	var secret [20]byte
	_, _ = rand.Read(secret[:])
	sealed := c.box.Seal(nil, nil, secret[:], []byte(account))
	return base64.RawStdEncoding.EncodeToString(sealed), nil
}

func (c *Codes) open(sealed string, account domain.ID) (string, error) {
	raw, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil {
		return "", identity.ErrDamaged
	}
	secret, err := c.box.Open(nil, nil, raw, []byte(account))
	if err != nil {
		return "", identity.ErrDamaged
	}
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret), nil
}

// Sizes of the picture, in pixels.
const pictureSize = 240

// Device is what a device is told.
func (c *Codes) Device(sealed string, account domain.ID, name string) (identity.Device, error) {
	secret, err := c.open(sealed, account)
	if err != nil {
		return identity.Device{}, err
	}
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		return identity.Device{}, identity.ErrDamaged
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: c.issuer, AccountName: name, Secret: raw})
	if err != nil {
		return identity.Device{}, err
	}
	picture, err := key.Image(pictureSize, pictureSize)
	if err != nil {
		return identity.Device{}, err
	}
	var out bytes.Buffer
	err = png.Encode(&out, picture)
	return identity.Device{Secret: secret, Address: key.URL(), Picture: out.Bytes()}, err
}

// period is how long a code is shown, in seconds; one before and one after the present are taken, as clocks differ.
const period = 30

// Step finds the time step of a code.
func (c *Codes) Step(sealed string, account domain.ID, code string, unix int64) (int64, bool, error) {
	secret, err := c.open(sealed, account)
	if err != nil {
		return 0, false, err
	}
	for step := unix/period - 1; step <= unix/period+1; step++ {
		want, err := totp.GenerateCodeCustom(secret, time.Unix(step*period, 0), totp.ValidateOpts{
			Period: period, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1,
		})
		if err != nil {
			return 0, false, identity.ErrDamaged
		}
		if hmac.Equal([]byte(want), []byte(code)) {
			return step, true, nil
		}
	}
	return 0, false, nil
}

// recoveryLength is how many characters of base32 a recovery code has: 60 bits.
const recoveryLength = 12

// NewRecovery is the text of a recovery code.
func (*Codes) NewRecovery() string { return rand.Text()[:recoveryLength] }
