package pdf

import (
	"fmt"
	"strings"
)

// MaxItem and MaxBullet are the deepest levels of items and of bullets.
const (
	MaxItem   = 8
	MaxBullet = 4
)

// series is the number of syllables from 가 to 하.
const series = 14

// leads are the initial consonants of 가 to 하 and vowels those of 가, 거, 고, 구, 그, 기, as numbers in the composition of
// Hangul syllables (Unicode 3.12).
var (
	leads  = [series]rune{0, 2, 3, 5, 6, 7, 9, 11, 12, 14, 15, 16, 17, 18}
	vowels = [...]rune{0, 4, 8, 13, 18, 20}
)

// syllable is the n-th of 가, 나, ... 하, 거, 너, ... (n from 1).
func syllable(n int) string {
	row := (n - 1) / series
	if row >= len(vowels) {
		return fmt.Sprint(n)
	}
	return string(0xac00 + (leads[(n-1)%series]*21+vowels[row])*28)
}

// circled is the n-th of ①, ②, ... ㊿ (n from 1), and beyond those a number in brackets.
func circled(n int) string {
	switch {
	case n <= 20:
		return string(rune('①' + n - 1))
	case n <= 35:
		return string(rune('㉑' + n - 21))
	case n <= 50:
		return string(rune('㊱' + n - 36))
	}
	return fmt.Sprintf("(%d)", n)
}

// circledSyllable is the n-th of ㉮, ㉯, ... ㉻ (n from 1), and beyond those a syllable in brackets.
func circledSyllable(n int) string {
	if n <= series {
		return string(rune('㉮' + n - 1))
	}
	return "(" + syllable(n) + ")"
}

// ItemMark is the mark of the n-th item (from 1) of a level from 1 to MaxItem: 1. 가. 1) 가) (1) (가) ① ㉮ (행정업무규정
// 시행규칙 2①). It is empty for any other level or number.
func ItemMark(level, n int) string {
	if n < 1 {
		return ""
	}
	switch level {
	case 1:
		return fmt.Sprintf("%d.", n)
	case 2:
		return syllable(n) + "."
	case 3:
		return fmt.Sprintf("%d)", n)
	case 4:
		return syllable(n) + ")"
	case 5:
		return fmt.Sprintf("(%d)", n)
	case 6:
		return "(" + syllable(n) + ")"
	case 7:
		return circled(n)
	case 8:
		return circledSyllable(n)
	}
	return ""
}

// bullets are the marks that may stand in place of numbers (행정업무규정 시행규칙 2① 단서), by level.
var bullets = [MaxBullet]string{"□", "○", "-", "ㆍ"}

// items are the numbers of items at each level and the lists that are open in the structure.
type items struct {
	count [MaxItem + 1]int
	lists []list
}

// list is an open list and its last item.
type list struct {
	level int
	node  *node
	body  *node
}

// Item writes the next numbered item of a level from 1 to MaxItem. An item of a higher level, or a heading, starts the
// numbering of those below anew; text and tables in between do not.
func (d *Doc) Item(level int, text string) { d.ItemSpans(level, Plain(text)) }

// ItemSpans writes a numbered item in several styles.
func (d *Doc) ItemSpans(level int, spans ...Span) {
	if level < 1 || level > MaxItem {
		d.fail(fmt.Errorf("%w: item %d", ErrLevel, level))
		return
	}
	d.items.count[level]++
	clear(d.items.count[level+1:])
	d.Marked(level, ItemMark(level, d.items.count[level]), spans...)
}

// Bullet writes an item with a mark instead of a number: □ ○ - ㆍ for the levels 1 to MaxBullet.
func (d *Doc) Bullet(level int, text string) { d.BulletSpans(level, Plain(text)) }

// BulletSpans writes a bullet in several styles.
func (d *Doc) BulletSpans(level int, spans ...Span) {
	if level < 1 || level > MaxBullet {
		d.fail(fmt.Errorf("%w: bullet %d", ErrLevel, level))
		return
	}
	d.Marked(level, bullets[level-1], spans...)
}

// Marked writes an item with a mark of the caller's, such as "제1조" or "※". Each level from 1 to MaxItem is moved in by
// one character; the lines below the first begin where the first begins (행정업무규정 시행규칙 2).
func (d *Doc) Marked(level int, mark string, spans ...Span) {
	if level < 1 || level > MaxItem {
		d.fail(fmt.Errorf("%w: mark %d", ErrLevel, level))
		return
	}
	d.skip(itemGap(level))
	d.markedAt(level, marginX+Length(level-1)*sizeBody, mark, spans...)
}

// itemGap is the white space above an item: more above the levels that divide the text.
func itemGap(level int) Length {
	if level == 1 {
		return 6 * Point
	}
	return 2 * Point
}

// markedAt writes an item whose mark begins at x.
func (d *Doc) markedAt(level int, x Length, mark string, spans ...Span) {
	mark = singleLine(d.clean(mark))
	hang := face{regular, sizeBody}.width(mark) + sizeBody*4/10
	if hang > bodyWidth/3 {
		d.fail(fmt.Errorf("%w: mark", ErrNarrow))
		return
	}
	item := d.listItem(level)
	label := d.tree.child(item, roleLabel)
	body := d.tree.child(item, roleBody)
	d.items.lists[len(d.items.lists)-1].body = body
	d.flow(flow{
		node: d.tree.child(body, roleText), text: d.rich(false, spans...),
		x: x + hang, width: pageWidth - marginX - x - hang, size: sizeBody, lead: leadBody,
		mark: &marker{node: label, text: mark, x: x},
	})
}

// listItem opens an item in the list of its level, within the item above it if there is one.
func (d *Doc) listItem(level int) *node {
	lists := d.items.lists
	for len(lists) > 0 && lists[len(lists)-1].level > level {
		lists = lists[:len(lists)-1]
	}
	if len(lists) == 0 || lists[len(lists)-1].level < level {
		var parent *node
		if len(lists) > 0 {
			parent = lists[len(lists)-1].body
		}
		lists = append(lists, list{level: level, node: d.tree.child(parent, roleList)})
	}
	d.items.lists = lists
	return d.tree.child(lists[len(lists)-1].node, roleItem)
}

// endItems closes the open lists; the numbers go on.
func (d *Doc) endItems() { d.items.lists = nil }

// singleLine puts text on one line.
func singleLine(text string) string { return strings.ReplaceAll(text, "\n", " ") }

// Enclosures writes the list of what is attached, "붙임" (행정업무규정 시행규칙 4). A single one has no number.
func (d *Doc) Enclosures(names ...string) {
	const label = "붙임  "
	d.endItems()
	d.skip(12 * Point)
	indent := face{regular, sizeBody}.width(label)
	for i, name := range names {
		d.skip(2 * Point)
		switch {
		case len(names) == 1:
			d.markedAt(1, marginX, "붙임 ", Plain(name))
		case i == 0:
			d.markedAt(1, marginX, label+ItemMark(1, 1), Plain(name))
		default:
			d.markedAt(1, marginX+indent, ItemMark(1, i+1), Plain(name))
		}
	}
	d.endItems()
}

// End closes the text with "끝.", one character behind its last one (행정업무규정 시행규칙 4④). Below a table, and where
// the last line is full, it stands on a line of its own, moved in by one character.
func (d *Doc) End() {
	const end = "끝."
	d.endItems()
	t, f := d.tail, face{regular, sizeBody}
	d.tail = tail{}
	if t.valid && t.x+sizeBody+f.width(end) <= pageWidth-marginX {
		d.tagged(t.node, func() { d.put(t.x+sizeBody, t.y, t.lead, f, end) })
		return
	}
	d.skip(4 * Point)
	d.need(leadBody)
	d.tagged(d.tree.child(nil, roleText), func() { d.put(marginX+sizeBody, d.y, leadBody, f, end) })
	d.y += leadBody
}
