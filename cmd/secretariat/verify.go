package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"secretariat/domain/document"
	"secretariat/internal/canonical"
	"secretariat/service/filing"
)

// verifyCommand recounts a folder of published records from nothing but its files.
func verifyCommand() *cobra.Command {
	return &cobra.Command{
		Use: "verify FOLDER", Args: cobra.ExactArgs(1),
		Short: "공개된 기록만으로 결과를 다시 계산 (recount every result from a folder of published records)",
		RunE: func(cmd *cobra.Command, args []string) error {
			folder, err := readFolder(args[0])
			if err != nil {
				return err
			}
			report := document.VerifyFolder(folder, canonical.JSON)
			for _, line := range report.Lines() {
				fmt.Fprintln(cmd.OutOrStdout(), line)
			}
			if !report.OK() {
				return errors.New("맞지 않는 것이 있습니다")
			}
			return nil
		},
	}
}

// largestFile is the most that is read of one file of a folder, in bytes.
const largestFile = 256 << 20

func readFolder(dir string) (document.Folder, error) {
	out := document.Folder{Files: map[string][]byte{}}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return out, err
	}
	for _, e := range entries {
		if !e.Type().IsRegular() {
			continue
		}
		raw, err := readFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return out, err
		}
		switch e.Name() {
		case filing.RecordFile:
			out.Record = raw
		case filing.SumsFile:
			out.Sums = raw
		default:
			out.Files[e.Name()] = raw
		}
	}
	if out.Record == nil {
		return out, fmt.Errorf("%s에 %s이 없습니다", dir, filing.RecordFile)
	}
	return out, nil
}

func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, largestFile+1))
	if err == nil && len(raw) > largestFile {
		err = fmt.Errorf("%s is larger than %d bytes", path, largestFile)
	}
	return raw, err
}
