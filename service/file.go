package service

import (
	"bytes"
	"errors"
	"io"

	"secretariat/domain"
)

// Sniff looks at the name and the first bytes of a file that arrives, and gives its kind with the whole content. CodeInvalid when
// there is no file, or its name or its first bytes are not those of the kinds that are allowed (every known one when none is
// named).
func Sniff(content io.Reader, name string, allowed []string) (string, io.Reader, error) {
	var p domain.Problems
	if content == nil {
		p.Add("file", "field.required", nil)
		return "", nil, p.Err()
	}
	head := make([]byte, domain.SignatureSize)
	n, err := io.ReadFull(content, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return "", nil, err
	}
	kind := domain.CheckFile(&p, name, head[:n], allowed)
	return kind, io.MultiReader(bytes.NewReader(head[:n]), content), p.Err()
}
