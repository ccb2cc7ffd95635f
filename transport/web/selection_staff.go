package web

import (
	"fmt"
	"strconv"
	"strings"

	"secretariat/domain"
	"secretariat/domain/selection"
	"secretariat/service"
	"secretariat/service/partnering"
	"secretariat/service/selecting"
)

// applicationsPage is the list in which eligibility is reviewed.
type applicationsPage struct {
	service.Page[selection.Application]
	At    selecting.View
	State string
	Asked map[domain.ID]service.Deadline // applications that wait for a supplement
}

func (s *Site) applications(v *Visit) (any, error) {
	p := applicationsPage{State: v.query("state")}
	var err error
	if p.At, err = s.callView(v); err != nil {
		return nil, err
	}
	after, _ := strconv.Atoi(v.query("after"))
	p.Page, err = s.set.ListApplications.Call(v.ctx(), selecting.ApplicationsInput{
		Call: v.id("call"), State: selection.ApplicationState(p.State), After: after,
	})
	if err != nil || p.At.Call.State != selection.Reviewing {
		return p, err
	}
	stand, err := s.set.StandCall.Call(v.ctx(), selecting.CaseInput{Call: p.At.Call.ID})
	p.Asked = map[domain.ID]service.Deadline{}
	for _, d := range stand.Deadlines {
		if d.Name == selecting.DeadlineSupplement {
			p.Asked[d.Subject] = d
		}
	}
	return p, err
}

// Due is when the supplement of an application is due, nil when none is waited for.
func (p applicationsPage) Due(id domain.ID) *service.Deadline {
	if d, ok := p.Asked[id]; ok {
		return &d
	}
	return nil
}

// applicationPage is one application with what its reader may do.
type applicationPage struct {
	selecting.ApplicationView
	Own        *selecting.Own // for its own people
	Objections []selecting.ObjectionView
}

func (s *Site) application(v *Visit) (any, error) {
	x, err := s.set.ShowApplication.Call(v.ctx(), selecting.ShowApplicationInput{Application: v.id("application")})
	if err != nil {
		return nil, err
	}
	p := applicationPage{ApplicationView: x}
	if _, works := v.Actor.Works(x.Application.Organisation); !works {
		return p, nil
	}
	mine, err := s.set.MyApplications.Call(v.ctx(), selecting.MineInput{})
	if err != nil {
		return nil, err
	}
	for i := range mine.Items {
		if mine.Items[i].Application.ID == x.Application.ID {
			p.Own = &mine.Items[i]
		}
	}
	filed, err := s.set.ListObjections.Call(v.ctx(), selecting.ObjectionsInput{Call: x.Call.ID})
	for _, o := range filed.Items {
		if o.Objection.Application == x.Application.ID {
			p.Objections = append(p.Objections, o)
		}
	}
	return p, err
}

// panelPage is the pool of a call.
type panelPage struct {
	At selecting.View
	selecting.Panel
	Organisations []Option // with which a candidate may have a tie
}

func (s *Site) panel(v *Visit) (any, error) {
	at, err := s.callView(v)
	if err != nil {
		return nil, err
	}
	p := panelPage{At: at}
	if p.Panel, err = s.set.ListEvaluators.Call(v.ctx(), selecting.PanelInput{Call: at.Call.ID}); err != nil {
		return nil, err
	}
	if at.Call.Seed != "" || !v.May("evaluator.add", at.Call.Committee) {
		return p, nil
	}
	for after := domain.ID(""); ; {
		page, err := s.set.ListOrganisations.Call(v.ctx(), partnering.OrganisationsInput{
			Alliance: at.Call.Alliance, After: after, Limit: service.MaxPage,
		})
		if err != nil {
			return nil, err
		}
		for _, o := range page.Items {
			p.Organisations = append(p.Organisations, Option{string(o.ID), o.Name})
		}
		if after = domain.ID(page.Next); after == "" {
			return p, nil
		}
	}
}

func (s *Site) sheets(v *Visit) (any, error) {
	return s.set.ListSheets.Call(v.ctx(), selecting.SheetsInput{Call: v.id("call")})
}

// rankingPage is the ranked list with the objections to it.
type rankingPage struct {
	selecting.RankingView
	At         selecting.View
	Objections []selecting.ObjectionView
	Missing    int      // sheets that are missing, before there is a ranking
	May        []Option // applications that may be looked at again
}

// rankingInput names the version of a ranking that is asked for.
func rankingInput(v *Visit) selecting.RankingInput {
	n, _ := strconv.Atoi(v.query("version"))
	return selecting.RankingInput{Call: v.id("call"), Version: max(n, 0)}
}

// remediable lists the applications of a call that may be evaluated again.
func (s *Site) remediable(v *Visit, at selecting.View) ([]Option, error) {
	if at.Call.FinalAt != nil || !v.May("call.reopen", at.Call.Committee) {
		return nil, nil
	}
	out := []Option{}
	for in := (selecting.ApplicationsInput{Call: at.Call.ID, Limit: service.MaxPage}); ; {
		page, err := s.set.ListApplications.Call(v.ctx(), in)
		if err != nil {
			return nil, err
		}
		for _, x := range page.Items {
			if x.State == selection.Eligible || x.State == selection.Ineligible {
				out = append(out, Option{string(x.ID), v.T("web.application.number", "number", x.Number) + " " + x.Applicant})
			}
		}
		if page.Next == "" {
			return out, nil
		}
		in.After, _ = strconv.Atoi(page.Next)
	}
}

// Newest reports whether the page shows the newest version.
func (p rankingPage) Newest() bool {
	return len(p.Versions) == 0 || p.Version == p.Versions[len(p.Versions)-1].Version
}

// Grade says where a ranking puts an application.
func (v *Visit) Grade(g selection.Grade) string {
	switch {
	case g.Outcome == "":
		return v.T("web.rerank.out")
	case g.Rank == 0:
		return v.T("web.rerank.grade_floor", "final", v.Points(g.Final))
	}
	return v.T("web.rerank.grade", "rank", g.Rank, "final", v.Points(g.Final))
}

func (s *Site) ranking(v *Visit) (any, error) {
	at, err := s.callView(v)
	if err != nil {
		return nil, err
	}
	p := rankingPage{At: at}
	if at.Call.State == selection.Evaluating {
		stand, err := s.set.StandCall.Call(v.ctx(), selecting.CaseInput{Call: at.Call.ID})
		if p.Missing = stand.Waiting; err != nil || at.Call.RankedAt == nil {
			return p, err
		}
	}
	if at.Call.RankedAt == nil {
		return p, nil
	}
	if p.RankingView, err = s.set.ShowRanking.Call(v.ctx(), rankingInput(v)); err != nil {
		return nil, err
	}
	if p.May, err = s.remediable(v, at); err != nil {
		return nil, err
	}
	filed, err := s.set.ListObjections.Call(v.ctx(), selecting.ObjectionsInput{Call: at.Call.ID})
	p.Objections = filed.Items
	return p, err
}

// Placed reports whether an item has a place for which an agreement is waited for.
func (p rankingPage) Placed(x selecting.RankedItem) bool {
	return p.At.Call.State == selection.Final && x.State == selection.Eligible &&
		(x.Row.Outcome == selection.Selected || x.Promoted)
}

// selectionPage is the published result.
type selectionPage struct {
	selecting.Published
	At selecting.View
}

func (s *Site) selectionResult(v *Visit) (any, error) {
	at, err := s.callView(v)
	if err != nil {
		return nil, err
	}
	out, err := s.set.ShowSelection.Call(v.ctx(), rankingInput(v))
	return selectionPage{out, at}, err
}

// Points writes thousandths of a point: 84.33.
func (*Visit) Points(thousandths int64) string {
	text := fmt.Sprintf("%d.%03d", thousandths/selection.Point, thousandths%selection.Point)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// Mean writes the mean of a row to two decimals, rounded half up.
func (v *Visit) Mean(r selection.Row) string {
	if r.Counted == 0 {
		return ""
	}
	n := int64(r.Counted)
	return v.Points((2*r.Sum + n*10) / (2 * n * 10) * 10)
}

// Money writes won as official documents do.
func (v *Visit) Money(won int64) string { return v.T("web.calls.won", "won", grouped(won)) }

// Grouped writes a number with commas: 1,282.
func (*Visit) Grouped(n int) string { return grouped(int64(n)) }

func grouped(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// thousandths reads points with up to three decimals; false for what is none.
func thousandths(text string) (int64, bool) {
	whole, fraction, _ := strings.Cut(strings.TrimSpace(text), ".")
	if len(fraction) > 3 || strings.ContainsAny(text, "+- ") {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+(fraction + "000")[:3], 10, 64)
	return n, err == nil
}

// sheetPoints reads the points of a sheet, one field a criterion.
func sheetPoints(v *Visit, in *selecting.ScoreInput) error {
	return points(v.r.PostForm["points"], &in.Scores, true)
}

// correctPoints reads those of a correction; a sheet that is kept has none.
func correctPoints(v *Visit, in *selecting.CorrectInput) error {
	var texts []string
	for i := 0; !in.Keep && v.r.PostForm.Has(correctedField(i)); i++ {
		texts = append(texts, v.r.PostForm.Get(correctedField(i)))
	}
	return points(texts, &in.Scores, false)
}

func correctedField(i int) string { return "corrected." + strconv.Itoa(i) }

// Corrected is what a field of a correction holds: what was typed when it was refused, else the score.
func (v *Visit) Corrected(form string, sheet *selection.Sheet, i int) string {
	if v.sent != nil && v.form == form {
		return v.sent.Get(correctedField(i))
	}
	return v.SheetPoints(form, sheet, i)
}

// points reads scores; in a draft an empty one is missing, and not zero.
func points(texts []string, to *[]int64, draft bool) error {
	var p domain.Problems
	for _, text := range texts {
		if draft && strings.TrimSpace(text) == "" {
			*to = append(*to, selection.NoScore)
			continue
		}
		n, ok := thousandths(text)
		p.Check(ok, "scores", "score.points")
		*to = append(*to, n)
	}
	return p.Err()
}

// reviewPoints reads bonus and penalty in points; empty ones are none.
func reviewPoints(v *Visit, in *selecting.ReviewInput) error {
	return extraPoints(v, &in.Bonus, &in.Penalty, &in.BonusCount)
}

// reopenPoints reads those of a correction.
func reopenPoints(v *Visit, in *selecting.ReopenInput) error {
	return extraPoints(v, &in.Bonus, &in.Penalty, &in.BonusCount)
}

func extraPoints(v *Visit, bonus, penalty *int64, count *int) error {
	var p domain.Problems
	for field, to := range map[string]*int64{"bonusPoints": bonus, "penaltyPoints": penalty} {
		text := v.r.PostForm.Get(field)
		if text == "" {
			continue
		}
		n, ok := thousandths(text)
		p.Check(ok, field, "score.points")
		*to = n
	}
	if *bonus > 0 && *count == 0 {
		*count = 1
	}
	return p.Err()
}

// Blank is a number, and nothing for none.
func (*Visit) Blank(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// Scored counts the applications of an evaluator's work that have a sheet.
func (*Visit) Scored(w selecting.Work) int {
	n := 0
	for _, t := range w.Items {
		if t.Sheet != nil && t.Sheet.Whole() {
			n++
		}
	}
	return n
}

// SheetTotal is the sum of a sheet.
func (v *Visit) SheetTotal(sheet *selection.Sheet) int64 { return v.Total(sheet.Scores) }

// Total is the sum of scores.
func (*Visit) Total(scores []int64) int64 {
	var sum int64
	for _, s := range scores {
		if s != selection.NoScore {
			sum += s
		}
	}
	return sum
}

// Submitted reports whether a sheet is locked.
func (*Visit) Submitted(sheet *selection.Sheet) bool { return sheet != nil && sheet.SubmittedAt != nil }

// SheetPoints is what a field of a sheet holds: what was typed when it was refused, else the score.
func (v *Visit) SheetPoints(form string, sheet *selection.Sheet, i int) string {
	if v.sent != nil && v.form == form && i < len(v.sent["points"]) {
		return v.sent["points"][i]
	}
	if sheet == nil || i >= len(sheet.Scores) || sheet.Scores[i] == selection.NoScore {
		return ""
	}
	return v.Points(sheet.Scores[i])
}

// SheetComment is the comment of a sheet, empty where there is none.
func (*Visit) SheetComment(sheet *selection.Sheet) string {
	if sheet == nil {
		return ""
	}
	return sheet.Comment
}
