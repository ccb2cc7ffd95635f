package plansheet

import (
	"bytes"
	"strconv"

	"gopkg.in/yaml.v3"

	"secretariat/domain/plan"
)

// Write writes a plan as Read reads it.
func Write(s Sheet) ([]byte, error) {
	root := mapping()
	root.put(wordTitle, text(s.Title)).put(wordVision, text(s.Vision)).put(wordNational, text(s.National))
	root.put(wordFrom, plain(string(s.From)))
	root.list(levels[0], level(s.Nodes, "", 0))
	var out bytes.Buffer
	e := yaml.NewEncoder(&out)
	e.SetIndent(2)
	if err := e.Encode(root.Node); err != nil {
		return nil, err
	}
	return out.Bytes(), e.Close()
}

func level(s plan.State, parent string, depth int) []*yaml.Node {
	var out []*yaml.Node
	for _, n := range s.Children(parent) {
		m := mapping()
		m.put(wordID, text(n.ID)).put(wordName, text(n.Title)).put(wordText, text(n.Text)).put(wordOwner, text(n.Owner))
		m.put(wordWeight, plain(strconv.Itoa(n.Weight)))
		m.put(wordFrom, plain(string(n.From))).put(wordUntil, plain(string(n.Until)))
		m.list(wordBudget, budget(n.Budget)).list(wordIndicators, indicators(n.Indicators))
		if depth+1 < len(levels) {
			m.list(levels[depth+1], level(s, n.ID, depth+1))
		}
		out = append(out, m.Node)
	}
	return out
}

func budget(all []plan.Money) []*yaml.Node {
	var out []*yaml.Node
	for _, b := range all {
		m := mapping().flow()
		m.put(wordYear, plain(strconv.Itoa(b.Year))).put(wordSource, text(b.Source))
		out = append(out, m.put(wordAmount, plain(strconv.FormatInt(b.Amount, 10))).Node)
	}
	return out
}

func indicators(all []plan.Indicator) []*yaml.Node {
	var out []*yaml.Node
	for _, i := range all {
		targets := mapping().flow()
		for _, t := range i.Targets {
			targets.put(strconv.Itoa(t.Year), plain(number(t.Value)))
		}
		m := mapping().flow().put(wordName, text(i.Name)).put(wordUnit, text(i.Unit)).put(wordBaseline, plain(number(i.Baseline)))
		m.Content = append(m.Content, text(wordTargets), targets.Node)
		out = append(out, m.Node)
	}
	return out
}

// object is a mapping that is being written; what is empty is left out.
type object struct{ *yaml.Node }

func mapping() object { return object{&yaml.Node{Kind: yaml.MappingNode}} }

func (o object) flow() object { o.Style = yaml.FlowStyle; return o }

func (o object) put(word string, value *yaml.Node) object {
	if value.Value != "" {
		o.Content = append(o.Content, plain(word), value)
	}
	return o
}

func (o object) list(word string, items []*yaml.Node) object {
	if len(items) > 0 {
		o.Content = append(o.Content, plain(word), &yaml.Node{Kind: yaml.SequenceNode, Content: items})
	}
	return o
}

// text is a string, quoted where it would be read as something else.
func text(s string) *yaml.Node {
	n := &yaml.Node{}
	n.SetString(s)
	return n
}

// plain is a number or a day as it stands.
func plain(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: s} }
