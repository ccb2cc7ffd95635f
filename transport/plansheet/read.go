package plansheet

import (
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/plan"
)

// Sheet is a plan as it stands in a file.
type Sheet struct {
	Title, Vision, National string
	From                    calendar.Date
	Nodes                   plan.State // in the order of their codes
}

// MaxBytes is the most that a file may hold.
const MaxBytes = 4 << 20

// The words of a file.
const (
	wordTitle, wordVision, wordNational, wordFrom = "계획", "비전", "국가계획", "시작일"
	wordID, wordName, wordText, wordOwner         = "번호", "이름", "내용", "담당부서"
	wordWeight, wordUntil                         = "가중치", "종료일"
	wordBudget, wordYear, wordSource, wordAmount  = "예산", "연도", "재원", "금액"
	wordIndicators, wordUnit, wordBaseline        = "성과지표", "단위", "기준값"
	wordTargets                                   = "목표"
)

// levels are the words under which the nodes of each level stand, and their kinds.
var (
	levels = []string{"전략", "사업", "세부과제"}
	kinds  = []plan.NodeKind{plan.Strategy, plan.Programme, plan.Task}
)

// Read reads a file. Its error is one of CodeInvalid with everything that is wrong, each under "lines.N" with its line.
func Read(raw []byte) (Sheet, error) {
	r := reader{lines: map[string]int{}}
	if len(raw) > MaxBytes {
		r.add(1, "plansheet.large", nil)
		return Sheet{}, r.Err()
	}
	var doc yaml.Node
	d := yaml.NewDecoder(strings.NewReader(norm.NFC.String(strings.TrimPrefix(string(raw), "\ufeff"))))
	if err := d.Decode(&doc); err != nil {
		r.syntax(err)
		return Sheet{}, r.Err()
	}
	var rest yaml.Node
	if err := d.Decode(&rest); !errors.Is(err, io.EOF) {
		r.add(max(rest.Line, 1), "plansheet.one_document", nil)
	}
	out := r.sheet(doc.Content[0])
	r.check(out.Nodes)
	slices.SortStableFunc(r.fields, func(a, b problem) int { return a.line - b.line })
	return out, r.Err()
}

// reader gathers what is wrong with a file.
type reader struct {
	fields []problem
	lines  map[string]int // of the nodes
	nodes  plan.State
}

type problem struct {
	line int
	key  string
	args domain.Args
}

func (r *reader) add(line int, key string, args domain.Args) {
	r.fields = append(r.fields, problem{line, key, args})
}

// Err is nil when nothing is wrong.
func (r *reader) Err() error {
	var p domain.Problems
	for _, f := range r.fields {
		p.Add("lines."+strconv.Itoa(f.line), f.key, f.args)
	}
	return p.Err()
}

var lineOf = regexp.MustCompile(`line (\d+)`)

// syntax notes what the YAML reader could not read, at its line.
func (r *reader) syntax(err error) {
	line := 1
	if m := lineOf.FindStringSubmatch(err.Error()); m != nil {
		line, _ = strconv.Atoi(m[1])
	}
	r.add(line, "plansheet.syntax", nil)
}

func (r *reader) sheet(n *yaml.Node) Sheet {
	of := r.fieldsOf(n, levels[0], wordTitle, wordVision, wordNational, wordFrom)
	out := Sheet{
		Title: r.text(of[wordTitle]), Vision: r.text(of[wordVision]), National: r.text(of[wordNational]),
		From: calendar.Date(r.text(of[wordFrom])),
	}
	if out.From != "" && !out.From.Valid() {
		r.add(of[wordFrom].Line, "field.date", nil)
	}
	if of[levels[0]] == nil {
		r.add(n.Line, "plansheet.missing", domain.Args{"word": levels[0]})
	}
	r.level(of[levels[0]], 0, "")
	out.Nodes = r.nodes
	slices.SortStableFunc(out.Nodes, plan.InOrder)
	return out
}

// level reads the nodes of a level, and those below them.
func (r *reader) level(list *yaml.Node, depth int, parent string) {
	for _, n := range r.items(list) {
		known := []string{wordID, wordName, wordText, wordOwner, wordWeight, wordFrom, wordUntil, wordBudget, wordIndicators}
		below := ""
		if depth+1 < len(levels) {
			below = levels[depth+1]
			known = append(known, below)
		}
		of := r.fieldsOf(n, known...)
		node := plan.Node{
			ID: r.text(of[wordID]), Parent: parent, Kind: kinds[depth], Title: r.text(of[wordName]), Text: r.text(of[wordText]),
			Owner: r.text(of[wordOwner]), Weight: 1, From: calendar.Date(r.text(of[wordFrom])),
			Until: calendar.Date(r.text(of[wordUntil])),
		}
		if w := of[wordWeight]; w != nil {
			node.Weight = int(r.whole(w))
		}
		node.Budget, node.Indicators = r.budget(of[wordBudget]), r.indicators(of[wordIndicators])
		if first, twice := r.lines[node.ID]; twice {
			r.add(n.Line, "plansheet.id_twice", domain.Args{"id": node.ID, "line": first})
			continue
		}
		r.lines[node.ID] = n.Line
		for field, word := range map[string]string{"budget": wordBudget, "indicators": wordIndicators} {
			if of[word] != nil {
				r.lines[node.ID+"/"+field] = of[word].Line
			}
		}
		r.nodes = append(r.nodes, plan.Change{Node: node}.Tidy().Node)
		r.level(of[below], depth+1, node.ID)
	}
}

func (r *reader) budget(list *yaml.Node) (out []plan.Money) {
	for _, n := range r.items(list) {
		of := r.fieldsOf(n, wordYear, wordSource, wordAmount)
		r.need(n, of, wordYear, wordSource, wordAmount)
		out = append(out, plan.Money{
			Year: int(r.whole(of[wordYear])), Source: r.text(of[wordSource]), Amount: r.whole(of[wordAmount]),
		})
	}
	return out
}

func (r *reader) indicators(list *yaml.Node) (out []plan.Indicator) {
	for _, n := range r.items(list) {
		of := r.fieldsOf(n, wordName, wordUnit, wordBaseline, wordTargets)
		r.need(n, of, wordName, wordUnit, wordTargets)
		i := plan.Indicator{Name: r.text(of[wordName]), Unit: r.text(of[wordUnit]), Baseline: r.amount(of[wordBaseline])}
		if t := of[wordTargets]; t != nil {
			if t.Kind != yaml.MappingNode {
				r.add(t.Line, "plansheet.targets", domain.Args{"example": "{2027: 10, 2028: 20}"})
				continue
			}
			for k := 0; k+1 < len(t.Content); k += 2 {
				i.Targets = append(i.Targets, plan.Target{Year: int(r.whole(t.Content[k])), Value: r.amount(t.Content[k+1])})
			}
		}
		out = append(out, i)
	}
	return out
}

// wordOf is the word of a field of a node.
var wordOf = map[string]string{
	"id": wordID, "title": wordName, "owner": wordOwner, "budget": wordSource, "indicators": wordName,
}

// check holds the nodes against the rules of a plan and tells what is wrong at the line where the node begins.
func (r *reader) check(nodes plan.State) {
	var p domain.Problems
	nodes.Check(&p)
	var e *domain.Error
	if !errors.As(p.Err(), &e) {
		return
	}
	for _, f := range e.Fields {
		rest := strings.TrimPrefix(f.Field, "nodes.")
		at := strings.LastIndex(rest, ".")
		line := 1
		if at >= 0 {
			line = max(r.lines[rest[:at]+"/"+rest[at+1:]], r.lines[rest[:at]], 1)
		}
		key, args := f.Key, f.Args
		if word, plain := wordOf[rest[at+1:]]; plain && key == "field.required" {
			key, args = "plansheet.missing", domain.Args{"word": word}
		}
		r.add(line, key, args)
	}
}
