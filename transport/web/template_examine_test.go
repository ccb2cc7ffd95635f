package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// examiner looks for what is wrong with the HTML of a page.
type examiner struct {
	bare    bool // titles and addresses are empty too
	site    *Site
	codes   map[string]bool
	korean  bool // where no word looks like a code
	tree    *html.Node
	ids     map[string]int
	links   []string        // to places on the page
	named   []string        // ids that attributes name
	labels  map[string]bool // controls that have a label
	control []*html.Node
	found   []string
}

// flat are all codes that have a form nobody writes by chance.
func (c codes) flat() map[string]bool {
	out := map[string]bool{}
	for _, list := range c {
		for _, code := range list {
			if len(code) > 3 {
				out[code] = true
			}
		}
	}
	return out
}

func given(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// words are what is read of an element.
func words(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	out := attr(n, "aria-label") + attr(n, "alt")
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		out += words(c)
	}
	return out
}

func (e *examiner) look(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		e.text(n)
	case html.ElementNode:
		e.element(n)
	default:
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		e.look(c)
	}
}

var (
	slotForm  = regexp.MustCompile(`\{[a-z_]+,?(:\w+)?\}`)
	keyForm   = regexp.MustCompile(`\b(web|label|problem|not_found|conflict|field|mail|duty|stage|deadline)\.[a-z0-9_]+(\.[a-z0-9_]+)*\b`)
	formatted = regexp.MustCompile(`%!\w?\(|<no value>|<nil>|ZgotmplZ|\[\]$|0001-01-01|0001\. 1\. 1\.`)
)

// text finds what no reader should see: slots without their argument, keys without a message, codes without a word.
func (e *examiner) text(n *html.Node) {
	said := strings.TrimSpace(n.Data)
	for what, form := range map[string]*regexp.Regexp{"a slot": slotForm, "a key": keyForm, "a Go value": formatted} {
		if m := form.FindString(said); m != "" {
			e.tell("%s is shown: %q in <%s>", what, m, n.Parent.Data)
		}
	}
	if e.korean && e.codes[said] && n.Parent.DataAtom != atom.Script {
		e.tell("a code is shown without a word: %q in <%s>", said, n.Parent.Data)
	}
}

func (e *examiner) element(n *html.Node) {
	if id, ok := given(n, "id"); ok {
		if e.ids[id]++; e.ids[id] == 2 {
			e.tell("the id %q is there twice", id)
		}
		if id == "" || strings.ContainsAny(id, " \t\n") {
			e.tell("an id is no id: %q", id)
		}
	}
	for _, name := range []string{"aria-describedby", "aria-labelledby", "for", "list", "aria-controls"} {
		if v, ok := given(n, name); ok {
			e.named = append(e.named, strings.Fields(v)...)
		}
	}
	for _, a := range n.Attr {
		if slotForm.MatchString(a.Val) || keyForm.MatchString(a.Val) || strings.Contains(a.Val, "ZgotmplZ") {
			e.tell("<%s %s=%q>", n.Data, a.Key, a.Val)
		}
	}
	e.kinds(n)
}

func (e *examiner) kinds(n *html.Node) {
	switch n.DataAtom {
	case atom.A:
		e.link(n)
	case atom.Form:
		e.form(n)
	case atom.Input, atom.Select, atom.Textarea:
		e.control = append(e.control, n)
		if n.DataAtom == atom.Select && !holds(n) {
			e.tell("<select name=%q> without choices", attr(n, "name"))
		}
	case atom.Label:
		e.label(n)
	case atom.Button, atom.Summary, atom.Caption, atom.Legend, atom.H1, atom.H2, atom.H3, atom.H4, atom.Th, atom.Title:
		if !e.bare && strings.TrimSpace(words(n)) == "" {
			e.tell("<%s class=%q> without words", n.Data, attr(n, "class"))
		}
	case atom.Ul, atom.Ol, atom.Tbody, atom.Dl:
		if !holds(n) {
			e.tell("<%s class=%q> without anything in it, after %q", n.Data, attr(n, "class"), before(n))
		}
	default:
	}
	if v, ok := given(n, "hx-get"); ok {
		e.address(http.MethodGet, v)
	}
	if v, ok := given(n, "data-events"); ok {
		e.address(http.MethodGet, v)
	}
}

func holds(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			return true
		}
	}
	return false
}

// before are the words that come before an element, to find it by.
func before(n *html.Node) string {
	for p := n; p != nil; p = p.Parent {
		for s := p.PrevSibling; s != nil; s = s.PrevSibling {
			if said := strings.Join(strings.Fields(words(s)), " "); said != "" {
				return cut(said, 40)
			}
		}
	}
	return ""
}

func cut(s string, n int) string {
	r := []rune(s)
	return string(r[:min(len(r), n)])
}

func (e *examiner) link(n *html.Node) {
	to, ok := given(n, "href")
	if !ok || !e.bare && strings.TrimSpace(words(n)) == "" {
		e.tell("a link to %q says %q", to, words(n))
	}
	if at, ok := strings.CutPrefix(to, "#"); ok {
		e.links = append(e.links, at)
		return
	}
	e.address(http.MethodGet, to)
}

func (e *examiner) form(n *html.Node) {
	method := strings.ToUpper(attr(n, "method"))
	if to, ok := given(n, "action"); ok {
		e.address(method, to)
	}
	for p := n.Parent; p != nil; p = p.Parent {
		if p.DataAtom == atom.Form {
			e.tell("a form stands in a form")
		}
	}
}

// outside are addresses that another part of the program serves.
var outside = []string{"/api/", "mailto:", "https://", "data:"}

// address finds addresses of the site that nothing serves. A page is rendered for what is not known yet too, so that an
// address may lack an identifier.
func (e *examiner) address(method, to string) {
	if e.bare || slices.ContainsFunc(outside, func(p string) bool { return strings.HasPrefix(to, p) }) {
		return
	}
	at, err := url.Parse(to)
	if err != nil || at.Path == "" && at.RawQuery != "" {
		if err != nil {
			e.tell("%s %q is no address", method, to)
		}
		return
	}
	r := httptest.NewRequest(method, "/", nil)
	r.URL = &url.URL{Path: strings.ReplaceAll(at.Path, "//", "/-/")}
	if strings.HasSuffix(r.URL.Path, "/") && r.URL.Path != "/" {
		r.URL.Path += "-"
	}
	if _, pattern := e.site.mux.Handler(r); pattern == "/" || pattern == "" {
		e.tell("nothing serves %s %s", method, to)
	}
}

func (e *examiner) label(n *html.Node) {
	if e.labels == nil {
		e.labels = map[string]bool{}
	}
	if strings.TrimSpace(words(n)) == "" {
		e.tell("a label for %q without words", attr(n, "for"))
	}
	if to, ok := given(n, "for"); ok {
		e.labels[to] = true
		return
	}
	if !slices.ContainsFunc([]string{"input", "select", "textarea"}, func(tag string) bool { return inside(n, tag) }) {
		e.tell("the label %q is for nothing", words(n))
	}
}

func inside(n *html.Node, tag string) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Data == tag || inside(c, tag) {
			return true
		}
	}
	return false
}

func within(n *html.Node, a atom.Atom) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.DataAtom == a {
			return true
		}
	}
	return false
}

// refer examines what points from one place of the page to another.
func (e *examiner) refer() {
	for _, id := range e.named {
		if e.ids[id] == 0 {
			e.tell("an attribute names %q, which is not there", id)
		}
	}
	for _, at := range e.links {
		if e.ids[at] == 0 {
			e.tell("a link leads to #%s, which is not there", at)
		}
	}
	for _, n := range e.control {
		kind := attr(n, "type")
		_, named := given(n, "aria-label")
		_, by := given(n, "aria-labelledby")
		if kind == "hidden" || kind == "submit" || named || by || within(n, atom.Label) || e.labels[attr(n, "id")] {
			continue
		}
		e.tell("<%s name=%q> has no label", n.Data, attr(n, "name"))
	}
}

// void are the elements that have no end tag.
var void = []string{"input", "br", "hr", "img", "meta", "link", "source", "wbr", "col"}

// nesting finds elements that are closed in another order than they were opened, which parsers mend each in their way.
func (e *examiner) nesting(page string) {
	var open []string
	z := html.NewTokenizer(strings.NewReader(page))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		name, _ := z.TagName()
		switch tag := string(name); {
		case kind == html.StartTagToken && !slices.Contains(void, tag):
			if within := slices.Contains(open, "p"); within && blocks[tag] {
				e.tell("<%s> stands in <p>", tag)
			}
			open = append(open, tag)
		case kind == html.EndTagToken && (len(open) == 0 || open[len(open)-1] != tag):
			e.tell("</%s> closes %v", tag, open[max(0, len(open)-3):])
			return
		case kind == html.EndTagToken:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		e.tell("%v are not closed", open)
	}
}

// blocks may not stand in a paragraph.
var blocks = map[string]bool{
	"p": true, "div": true, "ul": true, "ol": true, "dl": true, "table": true, "form": true, "section": true, "h2": true,
	"h3": true, "details": true, "fieldset": true,
}
