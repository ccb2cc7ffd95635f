// Package search holds what a search in Korean compares: how texts are folded, cut into grams and quoted, and in
// which order hits come. It knows nothing of where entries are kept.
package search

import (
	"hash/fnv"
	"slices"

	"secretariat/domain"
	"secretariat/domain/calendar"
)

// Kind is what an entry of the index stands for.
type Kind string

// The kinds, in the order in which hits of one day come.
const (
	Decision  Kind = "decision"
	Minutes   Kind = "minutes"
	Item      Kind = "item"
	Paper     Kind = "paper"
	Meeting   Kind = "meeting"
	Committee Kind = "committee"
)

// Kinds lists the kinds in the order of hits of one day.
func Kinds() []Kind { return []Kind{Decision, Minutes, Item, Paper, Meeting, Committee} }

// Entry is one thing of the public record with the text by which it is found: nothing in it may be withheld from who
// is not signed in.
type Entry struct {
	Place     int64 // in the order of hits, unique; the higher the earlier
	Kind      Kind
	ID        domain.ID
	Subject   domain.ID // the meeting, of a committee itself: what is indexed anew as a whole
	Committee domain.ID
	Item      domain.ID // of which a recused member must not hear before publication, empty otherwise
	Open      bool      // the record of the meeting is published
	Day       calendar.Date
	Title     string
	Text      string // lines that a snippet is taken from
	Folded    string // Title and Text as they are compared
}

// Made is the entry with its place and its folded text.
func (e Entry) Made() Entry {
	e.Folded = Fold(e.Title + "\n" + e.Text)
	e.Place = place(e.Day, e.Kind, e.ID)
	return e
}

// Same reports whether two entries say the same, wherever they stand.
func (e Entry) Same(other Entry) bool {
	e.Place = other.Place
	return e == other
}

// Bits of a place: the day, then the kind, then what tells entries of one day and kind apart.
const (
	kindBits  = 3
	otherBits = 43
)

// place orders by day, the newest first, then by kind. What is left is a hash, so that the order is the same however
// often the index is made anew.
func place(day calendar.Date, k Kind, id domain.ID) int64 {
	days := int64(max(0, calendar.Date("1900-01-01").DaysUntil(day)))
	rank := int64(len(Kinds()) - slices.Index(Kinds(), k))
	h := fnv.New64a()
	_, _ = h.Write([]byte(string(k) + "/" + string(id))) // never fails
	return days<<(kindBits+otherBits) | rank<<otherBits | int64(h.Sum64()>>(64-otherBits))
}

// Query is what the index is asked.
type Query struct {
	Words     []string  // folded; all of them must stand in an entry
	Committee domain.ID // empty for all
	Kind      Kind      // empty for all
	Before    int64     // place, exclusive; 0 for the first page
	Limit     int       // entries
	Person    domain.ID // who asks, empty for the public
}
