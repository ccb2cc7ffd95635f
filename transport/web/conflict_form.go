package web

import (
	"strings"

	"golang.org/x/net/html"
)

// shownField is a field of a page as a reader sees it.
type shownField struct {
	name, kind, label, value string
	words                    map[string]string // of the values that can be chosen
}

// shown is a value in the words of the form.
func (f shownField) shown(v *Visit, value string) string {
	if word, ok := f.words[value]; ok {
		return word
	}
	if f.kind == "checkbox" && value == "" {
		return v.T("web.no")
	}
	return strings.TrimSpace(unbroken(value))
}

// formOf is the form of a page that has an id in its hidden field, nil when there is none.
func formOf(tree *html.Node, id string) *html.Node {
	for n := range tree.Descendants() {
		if n.Data == "form" && n.Type == html.ElementNode {
			for f := range n.Descendants() {
				if attr(f, "name") == formField && attr(f, "value") == id {
					return n
				}
			}
		}
	}
	return nil
}

// fieldsOf lists the fields of a form, those of one name as one.
func fieldsOf(form *html.Node) []*shownField {
	var out []*shownField
	if form == nil {
		return nil
	}
	byName := map[string]*shownField{}
	for n := range form.Descendants() {
		name := attr(n, "name")
		if n.Type != html.ElementNode || name == "" || strings.HasPrefix(name, "_") || n.Data == "button" {
			continue
		}
		f := byName[name]
		if f == nil {
			f = &shownField{name: name, kind: kindOfField(n), label: placed(form, n), words: map[string]string{}}
			byName[name], out = f, append(out, f)
		}
		f.take(form, n)
	}
	return out
}

func kindOfField(n *html.Node) string {
	if n.Data == "input" {
		return attr(n, "type")
	}
	return n.Data
}

// take reads one element into its field.
func (f *shownField) take(form, n *html.Node) {
	switch f.kind {
	case "select":
		for o := range n.Descendants() {
			if o.Data == "option" {
				f.choice(attr(o, "value"), textOf(o), has(o, "selected"))
			}
		}
	case "radio", "checkbox":
		if f.kind == "radio" {
			f.label = groupOf(n, f.label)
		}
		f.choice(attr(n, "value"), labelOf(form, n), has(n, "checked"))
	case "textarea":
		f.value = textOf(n)
	default:
		f.value = attr(n, "value")
	}
}

func (f *shownField) choice(value, word string, chosen bool) {
	f.words[value] = word
	if chosen || f.kind == "select" && len(f.words) == 1 {
		f.value = value
	}
}

// labelOf is what a field is called: its label's text, or the label around it.
func labelOf(form, field *html.Node) string {
	for n := range form.Descendants() {
		if n.Data == "label" && attr(n, "for") != "" && attr(n, "for") == attr(field, "id") {
			return textOf(n)
		}
	}
	for n := range field.Ancestors() {
		if n.Data == "label" {
			return textOf(n)
		}
	}
	return attr(field, "aria-label")
}

// placed is what a field is called with the group that it stands in, since groups such as the articles of a draft have the
// same fields each.
func placed(form, field *html.Node) string {
	label := labelOf(form, field)
	if group := groupOf(field, ""); group != "" {
		return group + " · " + label
	}
	return label
}

// groupOf is what a group of choices is called.
func groupOf(field *html.Node, otherwise string) string {
	for n := range field.Ancestors() {
		if n.Data == "fieldset" {
			for legend := range n.Descendants() {
				if legend.Data == "legend" {
					return textOf(legend)
				}
			}
		}
	}
	return otherwise
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func textOf(n *html.Node) string {
	var out strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			out.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(out.String())
}
