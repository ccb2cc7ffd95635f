package plansheet

import (
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"secretariat/domain"
	"secretariat/domain/plan"
)

// fieldsOf are the values of a mapping by their words. A word that is not known, or stands twice, is noted.
func (r *reader) fieldsOf(n *yaml.Node, known ...string) map[string]*yaml.Node {
	out := map[string]*yaml.Node{}
	if n.Kind != yaml.MappingNode {
		r.add(n.Line, "plansheet.mapping", nil)
		return out
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		word, value := n.Content[i], n.Content[i+1]
		switch {
		case !slices.Contains(known, word.Value):
			r.add(word.Line, "plansheet.unknown", domain.Args{"word": word.Value})
		case out[word.Value] != nil:
			r.add(word.Line, "plansheet.twice", domain.Args{"word": word.Value})
		default:
			out[word.Value] = value
		}
	}
	return out
}

// need notes the words that an entry lacks.
func (r *reader) need(n *yaml.Node, of map[string]*yaml.Node, words ...string) {
	if n.Kind != yaml.MappingNode {
		return
	}
	for _, word := range words {
		if of[word] == nil {
			r.add(n.Line, "plansheet.missing", domain.Args{"word": word})
		}
	}
}

// items are the entries of a list; nothing is an empty one.
func (r *reader) items(list *yaml.Node) []*yaml.Node {
	switch {
	case list == nil, list.Kind == yaml.ScalarNode && list.Tag == "!!null":
		return nil
	case list.Kind != yaml.SequenceNode:
		r.add(list.Line, "plansheet.list", nil)
		return nil
	}
	return list.Content
}

// text is a word or a text as it was typed.
func (r *reader) text(n *yaml.Node) string {
	switch {
	case n == nil, n.Kind == yaml.ScalarNode && n.Tag == "!!null":
		return ""
	case n.Kind != yaml.ScalarNode:
		r.add(n.Line, "plansheet.text", nil)
		return ""
	}
	return strings.TrimSpace(n.Value)
}

// whole is a whole number; people group thousands with commas.
func (r *reader) whole(n *yaml.Node) int64 {
	if n == nil {
		return 0
	}
	v, err := strconv.ParseInt(strings.ReplaceAll(r.text(n), ",", ""), 10, 64)
	if err != nil {
		r.add(n.Line, "plansheet.whole", domain.Args{"text": n.Value})
	}
	return v
}

// amount is a number of at most three decimals, in thousandths; nothing is none.
func (r *reader) amount(n *yaml.Node) int64 {
	text := strings.ReplaceAll(r.text(n), ",", "")
	if text == "" {
		return 0
	}
	v, ok := thousandths(text)
	if !ok {
		r.add(n.Line, "plansheet.number", domain.Args{"text": n.Value})
	}
	return v
}

func thousandths(text string) (int64, bool) {
	digits, minus := strings.CutPrefix(text, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	if len(fraction) > 3 || whole == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return 0, false
	}
	v, err := strconv.ParseInt(whole+(fraction + "000")[:3], 10, 64)
	if minus {
		v = -v
	}
	return v, err == nil
}

// number writes thousandths as they are read.
func number(v int64) string {
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	out := sign + strconv.FormatInt(v/plan.Thousand, 10)
	if rest := v % plan.Thousand; rest != 0 {
		out += "." + strings.TrimRight(strconv.FormatInt(plan.Thousand+rest, 10)[1:], "0")
	}
	return out
}
