package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"secretariat/domain/document"
	"secretariat/domain/selection"
	"secretariat/internal/canonical"
	"secretariat/service/filing"
)

// verifyCommand recounts a folder of published records from nothing but its files.
func verifyCommand() *cobra.Command {
	return &cobra.Command{
		Use: "verify FOLDER|FILE", Args: cobra.ExactArgs(1),
		Short: "공개된 기록만으로 결과를 다시 계산 (recount every result from a folder of published records)",
		RunE: func(cmd *cobra.Command, args []string) error {
			if at, err := os.Stat(args[0]); err == nil && at.Mode().IsRegular() {
				return verifySelection(cmd.OutOrStdout(), args[0])
			}
			folder, err := readFolder(args[0])
			if err != nil {
				return err
			}
			report := document.VerifyFolder(folder, canonical.JSON)
			for _, line := range report.Lines() {
				fmt.Fprintln(cmd.OutOrStdout(), line)
			}
			if !report.OK() {
				return errDisagrees
			}
			return nil
		},
	}
}

// errDisagrees says that a recount came out otherwise.
var errDisagrees = errors.New("맞지 않는 것이 있습니다")

// verifySelection recounts the published record of a selection, as its page offers it, from nothing but its file.
func verifySelection(out io.Writer, path string) error {
	raw, err := readFile(path)
	if err != nil {
		return err
	}
	var published struct {
		Record *selection.Record `json:"record"`
	}
	if err := json.Unmarshal(raw, &published); err != nil || published.Record == nil {
		return fmt.Errorf("%s: 선정 기록이 아닙니다 (not the record of a selection)", path)
	}
	again := published.Record.Recount()
	for _, check := range []struct {
		word string
		ok   bool
	}{{"평가 기준 확인값", again.Criteria}, {"추첨 씨앗 확인값", again.Seed}, {"순위와 결과", again.Ranking}} {
		mark := map[bool]string{true: "맞음", false: "다름"}[check.ok]
		fmt.Fprintf(out, "%s: %s\n", check.word, mark)
	}
	if !again.OK() {
		return errDisagrees
	}
	return nil
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
