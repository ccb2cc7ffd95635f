package minutes

import (
	"cmp"
	"slices"
	"strings"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
)

// Notice says of one withheld part on which ground of 정보공개법 9① and why; it is published with the record (위원회조례 10의2⑦).
type Notice struct {
	Anchor   string        `json:"anchor"`
	Ground   string        `json:"ground"`
	Reason   string        `json:"reason"`
	ReviewOn calendar.Date `json:"reviewOn,omitempty"`
}

// Active are the redactions that were not lifted, in the order of making.
func Active(all []Redaction) []Redaction {
	out := slices.DeleteFunc(slices.Clone(all), func(r Redaction) bool { return r.LiftedAt != nil })
	slices.SortStableFunc(out, func(a, b Redaction) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// Disclose makes the record for the public out of the full one: bars for what redactions cover, of confidential items
// only what the agenda says and their outcome, withheld names and ids nowhere; and for each withheld part its ground
// and reason.
func Disclose(c Content, all []Redaction) (Content, []Notice) {
	redactions := Active(all)
	veil := VeilOf(c, redactions)
	out := Veiled(Veil{}, c) // a copy that shares nothing
	for _, a := range out.anchors() {
		*a.text = barred(*a.text, covering(redactions, a))
	}
	out.hideConfidential()
	out.hidePositions(veil)
	return Veiled(veil, out), notices(veil, redactions)
}

// Touches reports whether something of an item is withheld, or names are, which may stand anywhere in its texts. What
// is known of the item elsewhere must then not be shown: the public reads it in the record.
func Touches(all []Redaction, item domain.ID) bool {
	return slices.ContainsFunc(all, func(r Redaction) bool {
		of := ItemAnchor(item)
		return r.LiftedAt == nil && (r.Anchor == of || strings.HasPrefix(r.Anchor, of+"/") || IsName(r.Anchor))
	})
}

// covering are the redactions that cover an anchored text or a part of it.
func covering(redactions []Redaction, a anchor) []Redaction {
	var out []Redaction
	for _, r := range redactions {
		if r.Anchor == a.name || r.End == 0 && a.within != "" && r.Anchor == a.within {
			out = append(out, r)
		}
	}
	return out
}

// barred puts bars over the parts of a text. Parts that touch become one bar with the grounds of all.
func barred(text string, parts []Redaction) string {
	if text == "" || len(parts) == 0 {
		return text
	}
	chars := []rune(text)
	grounds := make([][]string, len(chars))
	for _, r := range parts {
		from, to := min(max(r.Start, 0), len(chars)), min(r.End, len(chars))
		if r.End == 0 {
			from, to = 0, len(chars)
		}
		for i := from; i < to; i++ {
			if !slices.Contains(grounds[i], r.Ground) {
				grounds[i] = append(grounds[i], r.Ground)
			}
		}
	}
	return drawBars(chars, grounds)
}

func drawBars(chars []rune, grounds [][]string) string {
	var b strings.Builder
	var run []string
	flush := func() {
		if len(run) > 0 {
			slices.Sort(run)
			b.WriteString(Bar + "(" + strings.Join(slices.Compact(run), "ㆍ") + "호)")
			run = nil
		}
	}
	for i, c := range chars {
		if len(grounds[i]) > 0 {
			run = append(run, grounds[i]...)
			continue
		}
		flush()
		b.WriteRune(c)
	}
	flush()
	return b.String()
}

// EntryWithheld is the kind of the entry that stands where the course of a confidential item is left out.
const EntryWithheld = "withheld"

// hideConfidential leaves of confidential items what the agenda says and how they ended.
func (c *Content) hideConfidential() {
	for i := range c.Items {
		p := &c.Items[i]
		if p.Confidential {
			*p = ItemPart{Item: p.Item, Number: p.Number, Title: p.Title, Kind: p.Kind, Outcome: p.Outcome, Confidential: true}
			c.withhold(p.Item)
		}
	}
}

// withhold puts one line in place of the entries of an item.
func (c *Content) withhold(item domain.ID) {
	var out []Entry
	marked := false
	for _, e := range c.Proceeding {
		if e.Item != item {
			out = append(out, e)
			continue
		}
		if !marked {
			marked = true
			id := EntryWithheld + "/" + string(item)
			out = append(out, Entry{ID: id, At: e.At, Item: item, Kind: EntryWithheld, Text: Bar + " 비공개 안건의 심의 내용"})
		}
	}
	c.Proceeding = out
}

// hidePositions takes away by what else a withheld member could be told: the organisation, the role, the label of a
// speaker.
func (c *Content) hidePositions(v Veil) {
	lists := [][]Attendee{c.Present, c.Absent, c.Observers}
	for _, i := range c.Items {
		lists = append(lists, i.Recused)
		for _, b := range i.Ballots {
			lists = append(lists, b.Candidates)
		}
	}
	for _, list := range lists {
		for n := range list {
			if v.Hides(list[n].Member) {
				list[n].Position = RoleKorean(committee.RoleMember)
			}
		}
	}
	for n := range c.Proceeding {
		if e := &c.Proceeding[n]; v.Hides(e.Member) {
			e.Speaker = Bar
		}
	}
}

func notices(v Veil, redactions []Redaction) []Notice {
	out := []Notice{}
	for _, r := range redactions {
		n := Notice{Anchor: r.Anchor, Ground: r.Ground, Reason: v.text(r.Reason), ReviewOn: r.ReviewOn}
		if member, ok := strings.CutPrefix(r.Anchor, anchorName); ok && r.Anchor != AnchorNames {
			n.Anchor = NameAnchor(v.id(domain.ID(member)))
		}
		out = append(out, n)
	}
	return out
}

// WithheldFromRecused stands where a recused member may not read.
const WithheldFromRecused = "제척으로 열람할 수 없음"

// Without is the text without some items, for a member recused from them: their numbers stay, and nothing else of
// them.
func (c Content) Without(items []domain.ID) Content {
	out := c
	out.Items = slices.Clone(c.Items)
	for i, p := range out.Items {
		if slices.Contains(items, p.Item) {
			out.Items[i] = ItemPart{Item: p.Item, Number: p.Number, Text: WithheldFromRecused}
		}
	}
	out.Proceeding = slices.DeleteFunc(slices.Clone(c.Proceeding), func(e Entry) bool {
		return e.Item != "" && slices.Contains(items, e.Item)
	})
	return out
}
