package mail

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	gomail "github.com/wneessen/go-mail"

	"secretariat/domain"
)

// Folder writes every message as a file "<ID>.eml" instead of sending it, for demonstrations and installations
// without a mail server. The files hold personal data, so only their owner may read them.
type Folder struct {
	dir  string
	from Address
}

// NewFolder creates the folder when it is missing. It answers CodeInvalid for a bad sender, CodeUnavailable when
// the folder cannot be made.
func NewFolder(dir string, from Address) (*Folder, error) {
	var p domain.Problems
	p.Check(dir != "", "dir", "field.required")
	from.check(&p, "from")
	if err := p.Err(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, failure(StageFolder, 0, err)
	}
	return &Folder{dir: dir, from: from}, nil
}

// Send writes m, whole or not at all. A message whose ID was written before is left as it is and counts as sent.
func (f *Folder) Send(ctx context.Context, m Message) error {
	msg, err := compose(f.from, m)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return failure(StageFolder, 0, err)
	}
	if err := f.write(m.ID+".eml", msg); err != nil {
		return failure(StageFolder, 0, err)
	}
	return nil
}

// write renames a finished temporary file to its name, so that a reader never sees half a message.
func (f *Folder) write(name string, msg *gomail.Msg) error {
	target := filepath.Join(f.dir, name)
	if _, err := os.Lstat(target); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	temp, err := os.CreateTemp(f.dir, ".*.tmp")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(temp.Name()) }() // it is gone already once renamed
	if err := fill(temp, msg); err != nil {
		return err
	}
	return os.Rename(temp.Name(), target)
}

// fill writes msg, forces it to disk and closes the file in any case.
func fill(file *os.File, msg *gomail.Msg) error {
	_, err := msg.WriteTo(file)
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}
