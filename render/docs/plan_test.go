package docs

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"secretariat/domain/plan"
)

// read is the text of a PDF as poppler reads it, its white space evened out.
func read(t *testing.T, name string, raw []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if dir := os.Getenv("SECRETARIAT_TEST_KEEP"); dir != "" {
		path = filepath.Join(dir, name)
	}
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", path, "-").Output()
	if err != nil {
		t.Skip("pdftotext is not there")
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

func samplePlan() (plan.Plan, plan.Node) {
	return plan.Plan{Title: "3개년 기본계획"}, plan.Node{
		ID: "1-1", Title: "패키지 지원", Text: "교육과 컨설팅을 묶어 지원한다.", Owner: "경제정책과", Weight: 3,
		Budget:     []plan.Money{{Year: 2027, Source: "시비", Amount: 5_000_000_000}},
		Indicators: []plan.Indicator{{Name: "역량지수", Unit: "점", Baseline: 2760, Targets: []plan.Target{{Year: 2027, Value: 2850}}}},
	}
}

func TestAComparisonShowsBothSidesWithTheirBasis(t *testing.T) {
	p, before := samplePlan()
	after := before
	after.Budget = []plan.Money{{Year: 2027, Source: "시비", Amount: 7_000_000_000}}
	a := plan.Amendment{
		Committee: "디지털전환위원회", Plan: p, From: 1, To: 2, At: time.Date(2027, 5, 3, 0, 0, 0, 0, time.UTC),
		Sets: []plan.ChangeSet{{Number: 2, Kind: plan.Major, Basis: "의결 제2027-4호", Reason: "추가경정예산", At: time.Date(2027, 5, 3, 0, 0, 0, 0, time.UTC)}},
		Differences: []plan.Difference{
			{ID: "1-1", Before: &before, After: &after}, {ID: "1-2", After: &before}, {ID: "1-3", Before: &before},
		},
	}
	raw, err := Renderer{}.Amendment(a)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Renderer{}.Amendment(a)
	if err != nil || !bytes.Equal(raw, again) {
		t.Errorf("the same comparison gives other bytes: %v", err)
	}
	text := read(t, "comparison.pdf", raw)
	for _, want := range []string{"신구대비표", "중요변경", "의결 제2027-4호", "5,000,000,000", "7,000,000,000", "<신설>", "<삭제>", "2027. 5. 3."} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not in %s", want, text)
		}
	}
}

func TestAReviewShowsProgressAndMoney(t *testing.T) {
	p, node := samplePlan()
	closed := time.Date(2027, 4, 10, 0, 0, 0, 0, time.UTC)
	r := plan.ReviewPaper{
		Committee: "디지털전환위원회", Plan: p, Review: plan.Review{Year: 2027, Quarter: 1, ClosedAt: &closed}, Nodes: plan.State{node},
		Reports: []plan.Report{{
			Node: "1-1", Year: 2027, Quarter: 1, Values: map[string]int64{"역량지수": 2805}, Allotted: 5_000_000_000, Committed: 2_000_000_000,
			Spent: 1_250_000_000, Text: "1기 교육을 마침", Evidence: "조사 결과",
		}},
	}
	r.Standing = r.Nodes.Stand(plan.Gather(r.Reports), 2027)
	raw, err := Renderer{}.Review(r)
	if err != nil {
		t.Fatal(err)
	}
	text := read(t, "review.pdf", raw)
	for _, want := range []string{"2027년 1분기 이행점검 결과", "50.0%", "25.0%", "2.805", "2.85", "1,250,000,000", "1기 교육을 마침", "2027. 4. 10."} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not in %s", want, text)
		}
	}
}
