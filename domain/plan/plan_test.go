package plan_test

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/calendar"
	. "secretariat/domain/plan"
	"secretariat/domain/policy"
	"secretariat/policies"
)

func node(id, parent string, kind NodeKind) Node {
	return Node{ID: id, Parent: parent, Kind: kind, Title: "사업 " + id, Owner: "경제정책과", Weight: 1}
}

// sets draws a ledger of put and dropped nodes of a small tree.
func sets() *rapid.Generator[[]ChangeSet] {
	return rapid.Custom(func(t *rapid.T) []ChangeSet {
		out := make([]ChangeSet, rapid.IntRange(0, 6).Draw(t, "sets"))
		for i := range out {
			out[i].Number = i + 1
			for range rapid.IntRange(1, 4).Draw(t, "changes") {
				top := rapid.IntRange(1, 3).Draw(t, "strategy")
				n := node(strconv.Itoa(top), "", Strategy)
				if rapid.Bool().Draw(t, "programme") {
					n = node(n.ID+"-"+strconv.Itoa(rapid.IntRange(1, 11).Draw(t, "number")), n.ID, Programme)
				}
				n.Weight = rapid.IntRange(1, 3).Draw(t, "weight")
				if goal := rapid.Int64Range(-2, 2).Draw(t, "goal"); goal > 0 {
					n.Indicators = []Indicator{{Name: "건수", Unit: "건", Targets: []Target{{2027, goal}}}}
				}
				out[i].Changes = append(out[i].Changes, Change{Node: n, Drop: rapid.IntRange(0, 3).Draw(t, "drop") == 0})
			}
		}
		return out
	})
}

// naiveFold keeps a map and goes through it.
func naiveFold(all []ChangeSet, upTo int) map[string]Node {
	out := map[string]Node{}
	for _, set := range all {
		if upTo > 0 && set.Number > upTo {
			continue
		}
		for _, c := range set.Changes {
			delete(out, c.Node.ID)
			if !c.Drop {
				out[c.Node.ID] = c.Node
				continue
			}
			for id, n := range out {
				if n.Parent == c.Node.ID {
					delete(out, id)
				}
			}
		}
	}
	return out
}

func TestAnyPastStateIsTheFoldOfItsChangeSets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := sets().Draw(t, "ledger")
		upTo := rapid.IntRange(0, len(all)).Draw(t, "up to")
		got, want := Fold(all, upTo), naiveFold(all, upTo)
		if len(got) != len(want) {
			t.Fatalf("%d nodes, want %d", len(got), len(want))
		}
		for _, n := range got {
			if diff := cmp.Diff(want[n.ID], n); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

func TestTheComparisonSaysExactlyWhatChanged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := sets().Draw(t, "ledger")
		a, b := rapid.IntRange(0, len(all)).Draw(t, "a"), rapid.IntRange(0, len(all)).Draw(t, "b")
		before, after := Fold(all, a), Fold(all, b)
		diff := Compare(before, after)
		var changes []Change
		for _, d := range diff {
			if d.After == nil {
				changes = append(changes, Change{Node: *d.Before, Drop: true})
			}
		}
		for _, d := range diff {
			if d.After != nil {
				changes = append(changes, Change{Node: *d.After})
			}
		}
		merged := append([]ChangeSet{{Number: 1}}, ChangeSet{Number: 2, Changes: changes})
		for _, n := range before {
			merged[0].Changes = append(merged[0].Changes, Change{Node: n})
		}
		if text := cmp.Diff(naiveFold([]ChangeSet{{Number: 1, Changes: asChanges(after)}}, 0), naiveFold(merged, 0)); text != "" && !orphans(before, diff) {
			t.Fatalf("the differences do not lead from one to the other: %s", text)
		}
		if len(Compare(after, after)) != 0 {
			t.Fatal("a state differs from itself")
		}
	})
}

func asChanges(s State) (out []Change) {
	for _, n := range s {
		out = append(out, Change{Node: n})
	}
	return out
}

// orphans tells of nodes that stay while their parent goes, which a drop takes along.
func orphans(before State, diff []Difference) bool {
	for _, d := range diff {
		if d.After != nil {
			continue
		}
		for _, n := range before {
			if n.Parent == d.ID {
				return true
			}
		}
	}
	return false
}

func TestCodesAreOrderedAsPeopleCount(t *testing.T) {
	set := ChangeSet{Number: 1}
	for _, id := range []string{"1-10", "2", "1-9", "1", "10", "1-2"} {
		set.Changes = append(set.Changes, Change{Node: node(id, "", Strategy)})
	}
	var got []string
	for _, n := range Fold([]ChangeSet{set}, 0) {
		got = append(got, n.ID)
	}
	if want := []string{"1", "1-2", "1-9", "1-10", "2", "10"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestWhatIsWrongWithATree(t *testing.T) {
	good := State{node("1", "", Strategy), node("1-1", "1", Programme), node("1-1-1", "1-1", Task)}
	var none domain.Problems
	good.Check(&none)
	if none.Err() != nil {
		t.Error(none.Err())
	}
	for name, break_ := range map[string]func(State){
		"under itself":        func(s State) { s[1].Parent = "1-1-1" },
		"a task below no one": func(s State) { s[2].Parent = "9" },
		"a task at the top":   func(s State) { s[2].Parent = "1" },
		"no owner":            func(s State) { s[0].Owner = "" },
		"a year twice": func(s State) {
			s[1].Indicators = []Indicator{{Name: "건수", Unit: "건", Targets: []Target{{2028, 1}, {2028, 2}}}}
		},
		"years backwards": func(s State) {
			s[1].Indicators = []Indicator{{Name: "건수", Unit: "건", Targets: []Target{{2028, 1}, {2027, 2}}}}
		},
		"no unit":   func(s State) { s[1].Indicators = []Indicator{{Name: "건수", Targets: []Target{{2027, 1}}}} },
		"no target": func(s State) { s[1].Indicators = []Indicator{{Name: "건수", Unit: "건"}} },
		"twice": func(s State) {
			i := Indicator{Name: "건수", Unit: "건", Targets: []Target{{2027, 1}}}
			s[1].Indicators = []Indicator{i, i}
		},
		"no weight": func(s State) { s[0].Weight = 0 },
	} {
		bad := slices.Clone(good)
		break_(bad)
		var p domain.Problems
		bad.Check(&p)
		if p.Err() == nil {
			t.Errorf("%s passes", name)
		}
	}
}

// naiveProgress computes with floats.
func naiveProgress(s State, n Node, l Latest) (float64, bool) {
	var sum, weights float64
	for _, c := range s {
		if c.Parent != n.ID {
			continue
		}
		if p, known := naiveProgress(s, c, l); known {
			sum, weights = sum+p*float64(c.Weight), weights+float64(c.Weight)
		}
	}
	if len(n.Indicators) > 0 {
		own := 0.0
		for _, i := range n.Indicators {
			if actual, there := l.Values[n.ID][i.Name]; there {
				own += min(max(float64(actual-i.Baseline)/float64(i.Targets[0].Value-i.Baseline), 0), 1)
			}
		}
		sum, weights = sum+own/float64(len(n.Indicators)), weights+1
	}
	return sum / max(weights, 1), weights > 0
}

func TestProgressIsTheWeightedMeanAndNeverAboveTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, reports := State{node("1", "", Strategy)}, []Report{}
		for i := range rapid.IntRange(0, 5).Draw(t, "programmes") {
			n := node("1-"+strconv.Itoa(i+1), "1", Programme)
			n.Weight = rapid.IntRange(1, 5).Draw(t, "weight")
			for j := range rapid.IntRange(0, 2).Draw(t, "indicators") {
				base := rapid.Int64Range(0, 100).Draw(t, "baseline")
				n.Indicators = append(n.Indicators, Indicator{
					Name: strconv.Itoa(j), Unit: "건", Baseline: base, Targets: []Target{{2027, base + rapid.Int64Range(1, 100).Draw(t, "way")}},
				})
				if rapid.Bool().Draw(t, "reported") {
					reports = append(reports, Report{Node: n.ID, Year: 2027, Values: map[string]int64{strconv.Itoa(j): rapid.Int64Range(0, 300).Draw(t, "actual")}})
				}
			}
			s = append(s, n)
		}
		latest := Gather(reports)
		got := s.ProgressOf(s[0], latest)
		want, known := naiveProgress(s, s[0], latest)
		if got.Known != known || got.Points < 0 || got.Points > 10_000 || known && (float64(got.Points)-want*10_000 > 0.51 || want*10_000-float64(got.Points) > 0.51) {
			t.Fatalf("%+v, want %v %v", got, want*10_000, known)
		}
	})
}

func TestTheMoneyOfATreeIsAddedUp(t *testing.T) {
	top, below := node("1", "", Strategy), node("1-1", "1", Programme)
	top.Budget = []Money{{2027, "시비", 100}}
	below.Budget = []Money{{2027, "시비", 200}, {2028, "국비", 1000}}
	latest := Gather([]Report{{Node: "1-1", Year: 2027, Spent: 50}, {Node: "1-1", Year: 2027, Spent: 150}, {Node: "1-1", Year: 2028, Spent: 1}})
	if got := (State{top, below}).Execute(top, latest, 2027); got != (Execution{Budget: 300, Spent: 150, Rate: Share{5000, true}}) {
		t.Errorf("%+v", got)
	}
	if got := (State{}).Execute(node("9", "", Strategy), latest, 2027); got.Rate.Known {
		t.Errorf("of nothing: %+v", got)
	}
}

func rules(t *testing.T) policy.Rules {
	t.Helper()
	lib, err := policies.Load("")
	if err != nil {
		t.Fatal(err)
	}
	r, err := lib.Resolve("seoul-dx-draft", "2026-11-22")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestThePlanIsMadeStepByStep(t *testing.T) {
	r, now := rules(t), time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	p := Plan{State: Preparing, From: "2027-01-01", Until: "2029-12-31"}
	if _, err := p.Take(Step{Name: StepDraft}, now, r); domain.KeyOf(err) != "plan.step_order" {
		t.Errorf("out of order: %v", err)
	}
	for _, name := range Steps() {
		waived := Step{Name: name, Waived: true, Reason: "사유"}
		next, err := p.Take(waived, now, r)
		if name == StepCommittee || name == StepApproval || name == StepPublication {
			if domain.CodeOf(err) != domain.CodeRefused {
				t.Errorf("%s was waived: %v", name, err)
			}
			next, err = p.Take(Step{Name: name, Ref: "1"}, now, r)
		}
		if err != nil {
			t.Fatal(err)
		}
		p = next
	}
	if p.State != InForce || p.PublishedAt == nil || p.SuccessorBy(r) != "2028-12-31" {
		t.Errorf("%+v", p)
	}
	if _, err := p.Take(Step{Name: StepPolicy}, now, r); domain.KeyOf(err) != "plan.steps_done" {
		t.Errorf("once more: %v", err)
	}
	for kind, want := range map[ChangeKind]string{Drafted: "plan.change_kind", Major: "", Minor: ""} {
		if err := p.Revisable(kind); domain.KeyOf(err) != want {
			t.Errorf("%s in force: %v", kind, err)
		}
	}
}

func TestEveryQuarterOfThePlanIsReviewedOnce(t *testing.T) {
	p := Plan{State: InForce, From: "2027-01-01", Until: "2029-12-31"}
	var held []Review
	for day := calendar.Date("2027-01-01"); day < "2031-01-01"; day = day.AddDays(1) {
		if year, quarter, due := p.NextReview(day, held); due {
			if _, q := Quarter(day); q == quarter || QuarterEnd(year, quarter) >= day {
				t.Fatalf("on %s that of %d/%d", day, year, quarter)
			}
			held = append(held, Review{Year: year, Quarter: quarter})
		}
	}
	if len(held) != 12 || held[0] != (Review{Year: 2027, Quarter: 1}) || held[11] != (Review{Year: 2029, Quarter: 4}) {
		t.Errorf("%+v", held)
	}
}

// The service was down, or a review stayed open: what was missed is opened one after the other, from when the plan was published.
func TestAQuarterThatWasMissedIsReviewedLate(t *testing.T) {
	published := time.Date(2027, 4, 2, 0, 0, 0, 0, time.UTC)
	p := Plan{State: InForce, From: "2027-01-01", Until: "2029-12-31", PublishedAt: &published}
	held := []Review{{Year: 2027, Quarter: 3}}
	var got []Review
	for {
		year, quarter, due := p.NextReview("2028-07-15", held)
		if !due {
			break
		}
		got, held = append(got, Review{Year: year, Quarter: quarter}), append(held, Review{Year: year, Quarter: quarter})
	}
	want := []Review{{Year: 2027, Quarter: 2}, {Year: 2027, Quarter: 4}, {Year: 2028, Quarter: 1}, {Year: 2028, Quarter: 2}}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestAnIndicatorMayFallTowardsItsTarget(t *testing.T) {
	i := Indicator{Baseline: 100, Targets: []Target{{2027, 50}}}
	if got := i.Reached(75, true); got.Cmp(big.NewRat(1, 2)) != 0 {
		t.Errorf("half way down: %s", got)
	}
	if i.Reached(120, true).Sign() != 0 || i.Reached(0, true).Cmp(big.NewRat(1, 1)) != 0 || i.Reached(60, false).Sign() != 0 {
		t.Error("out of bounds")
	}
}

// naiveImportant asks by hand: is a strategy there, gone, renamed or rewritten, or does any indicator differ.
func naiveImportant(before, after State) bool {
	goals := func(s State) map[string]string {
		out := map[string]string{}
		for _, n := range s {
			text := fmt.Sprint(n.Indicators)
			if len(n.Indicators) == 0 {
				text = ""
			}
			if n.Kind == Strategy {
				text += "strategy " + n.Title + "/" + n.Text
			}
			if text != "" {
				out[n.ID] = text
			}
		}
		return out
	}
	return !maps.Equal(goals(before), goals(after))
}

func TestDirectionAndGoalsAreWhatMakesAChangeMajor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := sets().Draw(t, "ledger")
		a, b := Fold(all, rapid.IntRange(1, max(len(all), 1)).Draw(t, "a")), Fold(all, 0)
		if got, want := Important(a, b), naiveImportant(a, b); got != want {
			t.Fatalf("%v, want %v: %+v", got, want, Compare(a, b))
		}
	})
}

func TestMoneyOfAReportIsWithinWhatWasAllotted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := node("1", "", Strategy)
		n.Budget = []Money{{2027, "시비", rapid.Int64Range(0, 100).Draw(t, "planned")}}
		r := Report{Node: "1", Year: 2027, Allotted: rapid.Int64Range(0, 100).Draw(t, "allotted"), Committed: rapid.Int64Range(-1, 110).Draw(t, "committed"), Spent: rapid.Int64Range(-1, 110).Draw(t, "spent")}
		var p domain.Problems
		r.Check(&p, n)
		fits := r.Spent >= 0 && r.Spent <= r.Committed && r.Committed <= r.Allotted
		if fits != (p.Err() == nil) {
			t.Fatalf("%+v: %v", r, p.Err())
		}
		rate := State{n}.Execute(n, Gather([]Report{r}), 2027).Rate
		if fits && r.Allotted > 0 && rate.Points > 10_000 {
			t.Fatalf("%+v: %+v", r, rate)
		}
	})
}

func TestAWholePlanIsLedToFromAnyOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, to := Fold(sets().Draw(t, "from"), 0), Fold(sets().Draw(t, "to"), 0)
		to = slices.DeleteFunc(to, func(n Node) bool { _, there := to.Find(n.Parent); return n.Parent != "" && !there })
		changes := Lead(from, asChanges(to))
		got := Fold([]ChangeSet{{Number: 1, Changes: asChanges(from)}, {Number: 2, Changes: changes}}, 0)
		if diff := cmp.Diff([]Node(to), []Node(got), cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
		if len(changes) > len(from)+len(to) || len(Compare(from, to)) == 0 && len(changes) > 0 {
			t.Fatalf("%d changes", len(changes))
		}
	})
}

// naiveOwes goes through every step that a plan of the test has and asks by hand whether it is owed and ready.
func naiveOwes(today calendar.Date, minor []int, closed map[string]bool, marks map[string]bool) map[string]bool {
	out := map[string]bool{}
	for year := 2027; year <= 2029; year++ {
		if name := fmt.Sprint("annual_plan ", year); !marks[name] {
			out[name] = string(today) >= fmt.Sprint(year-1, "-01-01")
		}
		all := true
		for q := 1; q <= 4; q++ {
			all = all && (closed[fmt.Sprint(year, "/", q)] || year == 2027 && q == 1)
		}
		if name := fmt.Sprint("evaluation ", year); !marks[name] {
			out[name] = all && string(today) > fmt.Sprint(year, "-12-31")
		}
	}
	for _, n := range minor {
		if name := fmt.Sprint("change_report ", n); !marks[name] {
			out[name] = true
		}
	}
	if others := len(out); !marks["closing 2029"] {
		out["closing 2029"] = others == 0 && today > "2029-12-31"
	}
	return out
}

func TestWhatAPlanInForceOwes(t *testing.T) {
	r := rules(t)
	published := time.Date(2027, 5, 20, 0, 0, 0, 0, time.UTC)
	p := Plan{State: InForce, From: "2027-01-01", Until: "2029-12-31", PublishedAt: &published}
	rapid.Check(t, func(t *rapid.T) {
		today := calendar.Date("2027-05-20").AddDays(rapid.IntRange(0, 1200).Draw(t, "day"))
		var sets []ChangeSet
		var minor []int
		for n := range rapid.IntRange(0, 3).Draw(t, "sets") {
			s := ChangeSet{Number: n + 1, Kind: rapid.SampledFrom([]ChangeKind{Drafted, Minor, Major}).Draw(t, "kind"), At: published}
			if sets = append(sets, s); s.Kind == Minor {
				minor = append(minor, s.Number)
			}
		}
		closed, done := map[string]bool{}, map[string]bool{}
		var held []Review
		often := rapid.IntRange(0, 3).Draw(t, "often")
		for i := range 12 {
			v := Review{Year: 2027 + i/4, Quarter: i%4 + 1}
			if rapid.IntRange(0, 3).Draw(t, "closed") <= often {
				v.ClosedAt, closed[fmt.Sprint(v.Year, "/", v.Quarter)] = &published, true
			}
			held = append(held, v)
		}
		var marks []Mark
		for _, o := range p.Owes(today, sets, held, nil, r) {
			if rapid.IntRange(0, 3).Draw(t, "taken") <= often {
				marks, done[fmt.Sprint(o.Kind, " ", o.Number)] = append(marks, Mark{Kind: o.Kind, Number: o.Number}), true
			}
		}
		got, last := map[string]bool{}, calendar.Date("")
		for _, o := range p.Owes(today, sets, held, marks, r) {
			if got[fmt.Sprint(o.Kind, " ", o.Number)] = o.Ready; o.By < last {
				t.Fatal("not soonest first")
			}
			last = o.By
		}
		if diff := cmp.Diff(naiveOwes(today, minor, closed, done), got); diff != "" {
			t.Fatal(diff)
		}
	})
	days := map[string]calendar.Date{}
	for _, o := range p.Owes("2027-05-20", []ChangeSet{{Number: 4, Kind: Minor, At: published}}, nil, nil, r) {
		days[fmt.Sprint(o.Kind, " ", o.Number)] = o.By
	}
	want := map[string]calendar.Date{
		"annual_plan 2027": "2027-06-19", "annual_plan 2028": "2028-01-31", "annual_plan 2029": "2029-01-31", "evaluation 2027": "2028-03-30",
		"evaluation 2028": "2029-03-31", "evaluation 2029": "2030-03-31", "change_report 4": "2027-08-18", "closing 2029": "2030-06-29",
	}
	if diff := cmp.Diff(want, days); diff != "" {
		t.Error(diff)
	}
}
