package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"

	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	"gocloud.dev/blob/memblob"
	"gocloud.dev/gcerrors"

	"secretariat/domain"
)

// DefaultLimit is the largest file that is taken when nothing else is said, in bytes.
const DefaultLimit = 50 << 20

// Files is a store of content. It is safe for use by several goroutines and processes.
type Files struct {
	bucket *blob.Bucket
	temp   string
}

// Folder keeps files in a folder, which is made when it is not there. What arrives is gathered in its subfolder
// "incoming".
func Folder(dir string) (*Files, error) {
	temp := filepath.Join(dir, "incoming")
	if err := os.MkdirAll(temp, 0o700); err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	bucket, err := fileblob.OpenBucket(filepath.Join(dir, "content"), &fileblob.Options{
		CreateDir: true, DirFileMode: 0o700, NoTempDir: true, Metadata: fileblob.MetadataDontWrite,
	})
	if err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	return &Files{bucket: bucket, temp: temp}, nil
}

// Memory keeps content in memory, for tests; temp is a folder for what arrives.
func Memory(temp string) *Files { return &Files{bucket: memblob.OpenBucket(nil), temp: temp} }

// Close lets go of the store.
func (f *Files) Close() error { return f.bucket.Close() }

// Put keeps content of at most limit bytes and returns its SHA-256 in hexadecimal and its size. Longer content is
// CodeTooLarge ("file.too_large"), noticed after reading one byte too many; nothing of it stays. The content goes
// to the disk as it arrives, so that memory does not grow with it.
func (f *Files) Put(ctx context.Context, r io.Reader, limit int64) (string, int64, error) {
	temp, err := f.gather()
	if err != nil {
		return "", 0, fmt.Errorf("files: %w", err)
	}
	defer func() { _ = temp.Close() }()
	hash := sha256.New()
	size, err := io.Copy(io.MultiWriter(temp, hash), io.LimitReader(cancelled{ctx, r}, limit+1))
	if err != nil {
		return "", 0, fmt.Errorf("files: %w", err)
	}
	if size > limit {
		return "", 0, &domain.Error{Code: domain.CodeTooLarge, Key: "file.too_large", Args: domain.Args{"max": limit}}
	}
	key := hex.EncodeToString(hash.Sum(nil))
	if _, err := temp.Seek(0, io.SeekStart); err != nil {
		return "", 0, fmt.Errorf("files: %w", err)
	}
	return key, size, f.keep(ctx, key, temp)
}

// gather opens a file that has no name any more, so that it is gone when the process is, however that ends.
func (f *Files) gather() (*os.File, error) {
	temp, err := os.CreateTemp(f.temp, "put-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(temp.Name()); err != nil {
		return nil, errors.Join(err, temp.Close())
	}
	return temp, nil
}

// keep writes content under its hash unless it is there. A write that breaks off leaves nothing.
func (f *Files) keep(ctx context.Context, key string, content io.Reader) error {
	there, err := f.bucket.Exists(ctx, path(key))
	if err != nil || there {
		return err
	}
	kind := &blob.WriterOptions{ContentType: "application/octet-stream"}
	if err := f.bucket.Upload(ctx, path(key), content, kind); err != nil {
		return fmt.Errorf("files: %w", err)
	}
	return nil
}

var hashPattern = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Open reads content by its SHA-256; CodeNotFound when there is none. The caller closes it.
func (f *Files) Open(ctx context.Context, sha256 string) (io.ReadCloser, error) {
	if !hashPattern.MatchString(sha256) {
		return nil, domain.NotFound("file")
	}
	r, err := f.bucket.NewReader(ctx, path(sha256), nil)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return nil, domain.NotFound("file")
	}
	if err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	return r, nil
}

// Drop throws content away; there may be none. Only what nothing else refers to may be dropped.
func (f *Files) Drop(ctx context.Context, sha256 string) error {
	if !hashPattern.MatchString(sha256) {
		return domain.NotFound("file")
	}
	err := f.bucket.Delete(ctx, path(sha256))
	if err != nil && gcerrors.Code(err) != gcerrors.NotFound {
		return fmt.Errorf("files: %w", err)
	}
	return nil
}

// path spreads content over 256 folders.
func path(key string) string { return key[:2] + "/" + key }

// cancelled stops reading when the context ends.
type cancelled struct {
	ctx context.Context
	r   io.Reader
}

func (c cancelled) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
