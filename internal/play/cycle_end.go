package play

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/plan"
	"secretariat/service"
	"secretariat/service/minuting"
	"secretariat/service/planning"
)

// Files of the play of a plan, in Folder: its record, which `verify` computes again, and what was decided when.
const (
	PlanRecord = "기본계획-기록.json"
	Decided    = "결정목록.txt"
)

// collect downloads what everybody can: the record of every meeting with its documents, the comparisons of the plan, the results of its
// reviews, and the record of the plan; and says what was decided when.
func (c *cycle) collect(ctx context.Context) error {
	dir := filepath.Join(c.stage.Dir, Folder)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	public := c.person("public")
	for _, m := range c.sittings {
		if err := m.collect(ctx, public, filepath.Join(dir, "회의-"+string(m.script.On))); err != nil {
			return err
		}
	}
	var view planning.View
	if err := public.get(ctx, c.at(""), &view); err != nil {
		return err
	}
	for name, path := range c.printed(view) {
		if err := public.download(ctx, path, filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	table, err := c.table(ctx, public, view)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, Decided), table, 0o644); err != nil {
		return err
	}
	_, err = c.stage.Out.Write(table)
	return err
}

// download keeps a file that the server gives.
func (who *person) download(ctx context.Context, path, file string) error {
	raw, err := who.send(ctx, http.MethodGet, path, http.Header{}, nil)
	if err != nil {
		return err
	}
	return os.WriteFile(file, raw, 0o644)
}

// printed are the files of the plan by name, with where they are.
func (c *cycle) printed(view planning.View) map[string]string {
	out := map[string]string{PlanRecord: c.at("/record")}
	for _, s := range view.Sets {
		out[fmt.Sprintf("신구대비표-%02d.pdf", s.Number)] = fmt.Sprintf("%s?from=%d&to=%d", c.at("/comparison.pdf"), s.Number-1, s.Number)
	}
	for _, v := range view.Reviews {
		out[fmt.Sprintf("이행점검결과-%d-%d.pdf", v.Year, v.Quarter)] = "/reviews/" + string(v.ID) + "/result.pdf"
	}
	return out
}

// collect unpacks the published record of the meeting once all of it is filed.
func (m *sitting) collect(ctx context.Context, public *person, dir string) error {
	filed := func() (bool, error) { return m.secretary.minutesFiled(ctx, m.path("/documents")) }
	if err := m.until(ctx, "the filing of the minutes", filed); err != nil {
		return err
	}
	var files map[string][]byte
	err := m.until(ctx, "the filing of the published documents", func() (bool, error) {
		raw, err := public.send(ctx, http.MethodGet, m.path("/bundle"), http.Header{}, nil)
		if err != nil {
			return false, err
		}
		files, err = unzip(raw)
		return len(files) >= 2*(3+len(m.items))+2, err
	})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// line is one row of what was decided.
type line struct {
	on               calendar.Date
	what, ref, voted string
}

// table is what was decided when, on what, and by which vote.
func (c *cycle) table(ctx context.Context, public *person, view planning.View) ([]byte, error) {
	votes, err := c.votes(ctx, public)
	if err != nil {
		return nil, err
	}
	var out []line
	for _, s := range view.Plan.Steps {
		out = append(out, line{s.On, "수립: " + stepWords[s.Name], s.Ref, votes[s.Decision]})
	}
	for _, s := range view.Sets {
		what := fmt.Sprintf("%s %d: %s", setWords[s.Kind], s.Number, s.Reason)
		out = append(out, line{calendar.DateOf(s.At), what, s.Basis, votes[s.Decision]})
	}
	for _, m := range view.Marks {
		out = append(out, line{m.On, fmt.Sprintf("%s %d", markWords[m.Kind], m.Number), m.Ref, votes[m.Decision]})
	}
	for _, v := range view.Reviews {
		out = append(out, line{calendar.DateOf(*v.ClosedAt), fmt.Sprintf("이행점검 %d년 %d분기 마감", v.Year, v.Quarter), "", ""})
	}
	slices.SortStableFunc(out, func(a, b line) int { return cmp.Compare(a.on, b.on) })
	return listed(out), nil
}

// listed sets the rows for a terminal.
func listed(all []line) []byte {
	var b bytes.Buffer
	fmt.Fprintln(&b, "\n날짜        무엇  |  근거  |  표결")
	for _, l := range all {
		fmt.Fprintf(&b, "%s  %s  |  %s  |  %s\n", l.on, l.what, cmp.Or(l.ref, "-"), cmp.Or(l.voted, "-"))
	}
	return b.Bytes()
}

// votes says how each decision of the committee was taken.
func (c *cycle) votes(ctx context.Context, public *person) (map[domain.ID]string, error) {
	var page service.Page[minuting.DecisionView]
	err := public.get(ctx, fmt.Sprintf("/committees/%s/decisions?limit=200", c.committee), &page)
	out := map[domain.ID]string{}
	for _, d := range page.Items {
		out[d.ID] = d.Outcome.Korean()
		if d.Record != nil && d.Record.Ballot != nil {
			r := d.Record.Ballot.Result
			out[d.ID] += fmt.Sprintf(" (출석 %d, 찬성 %d, 반대 %d, 기권 %d)", r.Present, r.Yes, r.No, r.Abstain)
		}
	}
	return out, err
}

var (
	setWords  = map[plan.ChangeKind]string{plan.Drafted: "계획안", plan.Major: "중요한 변경", plan.Minor: "경미한 변경"}
	markWords = map[plan.MarkKind]string{
		plan.AnnualPlan: "시행계획", plan.Evaluation: "연차평가", plan.ChangeReport: "변경 보고", plan.Closing: "종합평가",
	}
)
