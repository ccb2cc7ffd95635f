package document

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"time"

	"secretariat/domain"
	"secretariat/domain/meeting"
)

// Booklet is the papers of a meeting bound into one file (회의자료집) for one reader: what is in it depends on who reads. It is
// made after it was ordered and thrown away after some time, since it is a copy; the papers themselves stay.
type Booklet struct {
	ID        domain.ID   `json:"id"`
	Committee domain.ID   `json:"committee"`
	Meeting   domain.ID   `json:"meeting"`
	Reader    domain.ID   `json:"-"`
	Papers    []domain.ID `json:"-"` // what is bound, in the order of the agenda
	Withheld  []domain.ID `json:"-"` // items from which the reader is kept out
	Digest    string      `json:"-"` // of what it is made from
	Total     int         `json:"total"`
	Done      int         `json:"done"`  // papers that were gone through, up to Total
	Pages     int         `json:"pages"` // 0 until it is bound
	SHA256    string      `json:"sha256,omitempty"`
	Size      int64       `json:"size"` // bytes
	OrderedAt time.Time   `json:"orderedAt"`
	BoundAt   *time.Time  `json:"boundAt,omitempty"`
	KeepUntil time.Time   `json:"keepUntil"`
	Dropped   bool        `json:"-"`
	Version   int         `json:"-"`
}

// Keep is how long a booklet can be downloaded.
const Keep = 24 * time.Hour

// Bound reports whether the file is made.
func (b Booklet) Bound() bool { return b.BoundAt != nil }

// Over reports whether its time has passed.
func (b Booklet) Over(now time.Time) bool { return b.Dropped || !now.Before(b.KeepUntil) }

// Content is what of a meeting goes into a booklet.
type Content struct {
	Papers   []domain.ID
	Withheld []domain.ID
	Digest   string // changes with whatever the booklet shows
}

// Part says how much of an item and of its papers a reader may have.
type Part struct {
	Item     meeting.Item
	Withheld bool            // only its number
	Papers   []meeting.Paper // those that may be read, current ones
}

// ContentOf gathers what goes into a booklet.
func ContentOf(parts []Part) Content {
	var c Content
	sum := sha256.New()
	for _, p := range parts {
		note(sum, string(p.Item.ID), p.Item.Number, fmt.Sprint(p.Withheld))
		if p.Withheld {
			c.Withheld = append(c.Withheld, p.Item.ID)
			continue
		}
		note(sum, p.Item.Title)
		for _, paper := range p.Papers {
			note(sum, string(paper.ID), paper.Title)
			c.Papers = append(c.Papers, paper.ID)
		}
	}
	c.Digest = hex.EncodeToString(sum.Sum(nil))
	return c
}

// note adds texts so that none runs into the next.
func note(to hash.Hash, texts ...string) {
	for _, t := range texts {
		_, _ = fmt.Fprintf(to, "%d:%s", len(t), t) // a hash takes everything
	}
}

// Cover is what stands on the first pages of a booklet: the agenda with where each paper begins.
type Cover struct {
	Head
	Title    string
	StartsAt time.Time
	Place    string
	Mode     meeting.Mode
	Items    []CoverItem
}

// CoverItem is an item with its papers.
type CoverItem struct {
	Position int
	Number   string
	Title    string // empty when withheld
	Withheld bool
	Papers   []CoverPaper
}

// CoverPaper is a paper in a booklet. Page is where it begins, 0 for one that is not bound, of which Apart says why.
type CoverPaper struct {
	Label    string // "2-1": the first paper of the second item
	Title    string
	Revision int
	FileName string
	Media    string
	SHA256   string
	Size     int64
	Page     int
	Pages    int
	Apart    Apart
}

// Apart says why a paper is not in the file itself.
type Apart string

// A paper is of a kind that cannot be printed here; it cannot be read, for example since it has a password; the booklet would be too
// large with it.
const (
	ApartKind     Apart = "kind"
	ApartUnread   Apart = "unreadable"
	ApartTooLarge Apart = "too_large"
)

// Cover is the cover of a booklet, before it is known where its papers begin.
func (s Dossier) Cover(b Booklet) Cover {
	a := s.Agenda()
	out := Cover{Head: a.Head, Title: a.Title, StartsAt: a.StartsAt, Place: a.Place, Mode: a.Mode}
	out.IssuedAt = b.OrderedAt
	withheld, bound := set(b.Withheld), set(b.Papers)
	for _, i := range s.Facts.Items {
		if i.State == meeting.Withdrawn {
			continue
		}
		c := CoverItem{Position: len(out.Items) + 1, Number: i.Number, Withheld: withheld[i.ID]}
		if !c.Withheld {
			c.Title, c.Papers = i.Title, s.covered(i, c.Position, bound)
		}
		out.Items = append(out.Items, c)
	}
	return out
}

func (s Dossier) covered(i meeting.Item, position int, bound map[domain.ID]bool) []CoverPaper {
	var out []CoverPaper
	for _, p := range s.Papers {
		if p.Item != i.ID || !bound[p.ID] {
			continue
		}
		out = append(out, CoverPaper{
			Label: fmt.Sprintf("%d-%d", position, p.Number), Title: p.Title, Revision: p.Revision, FileName: p.FileName,
			Media: p.MediaType, SHA256: p.SHA256, Size: p.Size,
		})
	}
	return out
}

func set(ids []domain.ID) map[domain.ID]bool {
	out := make(map[domain.ID]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out
}

// BookletName is the name of the file of a booklet.
func (s Dossier) BookletName() string {
	m := s.Facts.Meeting
	if m.Number == 0 { // it gets its number when it is convened
		return fmt.Sprintf("%s %s 회의자료집.pdf", s.Facts.Committee.Name, m.Day())
	}
	return fmt.Sprintf("제%d차 %s 회의자료집.pdf", m.Number, s.Facts.Committee.Name)
}
