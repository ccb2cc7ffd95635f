package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"secretariat/domain/document"
	"secretariat/domain/plan"
	"secretariat/domain/selection"
	"secretariat/internal/canonical"
	"secretariat/service/filing"
)

// verifyCommand recounts a folder of published records from nothing but its files.
func verifyCommand() *cobra.Command {
	return &cobra.Command{
		Use: "verify FOLDER|FILE [EARLIER]", Args: cobra.RangeArgs(1, 2),
		Short: "공개된 기록만으로 결과를 다시 계산 (recount every result from a folder of published records)",
		RunE: func(cmd *cobra.Command, args []string) error {
			if at, err := os.Stat(args[0]); err == nil && at.Mode().IsRegular() {
				if len(args) > 1 {
					return verifySuccession(cmd.OutOrStdout(), args[0], args[1])
				}
				return verifyRecord(cmd.OutOrStdout(), args[0])
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

// verifyRecord recounts a published record, as its page offers it, from nothing but its file. The record says of what kind it is;
// one that does not is from before records had kinds, and is of a selection.
func verifyRecord(out io.Writer, path string) error {
	raw, err := readFile(path)
	if err != nil {
		return err
	}
	var published struct {
		Record json.RawMessage `json:"record"`
	}
	var kind struct {
		Kind string `json:"kind"`
	}
	if err := json.Unmarshal(raw, &published); err == nil {
		err = json.Unmarshal(published.Record, &kind)
	}
	if err != nil || published.Record == nil {
		return fmt.Errorf("%s: 공개 기록이 아닙니다 (not a published record)", path)
	}
	switch kind.Kind {
	case plan.RecordKind:
		return verifyPlan(out, published.Record)
	case selection.RecordKind, "":
		return verifySelection(out, published.Record)
	}
	return fmt.Errorf("%s: 알 수 없는 기록입니다: %q (a record of an unknown kind)", path, kind.Kind)
}

// verifyPlan recounts the ledger of a basic plan.
func verifyPlan(out io.Writer, raw []byte) error {
	var record plan.Record
	if err := json.Unmarshal(raw, &record); err != nil {
		return err
	}
	again := record.Recount()
	fmt.Fprintf(out, "%s: 변경 %d건, 점검 %d회, 밖의 문서에 근거한 것 %d건\n",
		record.Plan.Title, len(record.Sets), len(record.Reviews), again.Outside)
	return told(out, again.OK(), []check{
		{"변경 기록의 연결과 지난 계획", again.Ledger}, {"근거 의결", again.Decisions}, {"계획명과 비전", again.Names}, {"진척률과 집행률", again.Standing},
	})
}

// verifySelection recounts the record of a selection.
func verifySelection(out io.Writer, raw []byte) error {
	var record selection.Record
	if err := json.Unmarshal(raw, &record); err != nil {
		return err
	}
	again := record.Recount()
	return told(out, again.OK(), []check{
		{"공고 조건 확인값", again.Terms}, {"평가 기준 확인값", again.Criteria}, {"추첨 씨앗 확인값", again.Seed}, {"순위와 결과", again.Ranking},
	})
}

// verifySuccession recounts two records of a selection, and that the later one replaces the earlier as it says.
func verifySuccession(out io.Writer, later, earlier string) error {
	var records [2]selection.Record
	for i, path := range []string{later, earlier} {
		raw, err := readFile(path)
		if err != nil {
			return err
		}
		published := struct{ Record *selection.Record }{&records[i]}
		if err := json.Unmarshal(raw, &published); err != nil || records[i].Kind != selection.RecordKind {
			return fmt.Errorf("%s: 선정 결과의 공개 기록이 아닙니다 (not the record of a selection)", path)
		}
	}
	raw, err := canonical.JSON(records[1])
	if err != nil {
		return err
	}
	sum := sha256.Sum256(raw)
	now, before := records[0].Recount(), records[1].Recount()
	follows := records[0].Follows(records[1], hex.EncodeToString(sum[:]))
	return told(out, now.OK() && before.OK() && follows, []check{
		{"새 순위와 결과", now.OK()}, {"이전 순위와 결과", before.OK()}, {"이전 기록과의 연결과 달라진 점", follows},
	})
}

// check is one thing that was computed again.
type check struct {
	word string
	ok   bool
}

// told prints what agrees and what does not.
func told(out io.Writer, ok bool, checks []check) error {
	for _, c := range checks {
		fmt.Fprintf(out, "%s: %s\n", c.word, map[bool]string{true: "맞음", false: "다름"}[c.ok])
	}
	if !ok {
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
