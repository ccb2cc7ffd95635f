package filing

import (
	"archive/zip"
	"bytes"
	"context"

	"secretariat/domain"
	"secretariat/domain/minutes"
)

// Archive is the folder of a published meeting as one ZIP file.
type Archive struct {
	FileName string
	SHA256   string
	Data     []byte
}

// Archive packs the Bundle of a meeting: record.bundle. The same folder gives the same bytes. CodeNotFound before publication.
func (s *Service) Archive(ctx context.Context, by domain.Actor, in RecordInput) (Archive, error) {
	files, err := s.Bundle(ctx, by, in)
	if err != nil {
		return Archive{}, err
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range files {
		// No time of packing: who downloads it twice gets the same file.
		part, err := w.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate})
		if err != nil {
			return Archive{}, err
		}
		if _, err := part.Write(f.Data); err != nil {
			return Archive{}, err
		}
	}
	if err := w.Close(); err != nil {
		return Archive{}, err
	}
	return Archive{FileName: "회의기록.zip", SHA256: minutes.Sum(out.Bytes()), Data: out.Bytes()}, nil
}
