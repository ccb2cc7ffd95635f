package minutes

import (
	"fmt"
	"slices"
	"strings"

	"secretariat/domain"
)

// Edit is what people may change in the text. Numbers, times, outcomes, votes and who was there come from the record
// of the meeting and cannot be written by hand.
type Edit struct {
	Title     string      `json:"title"`
	Host      string      `json:"host"`
	Place     string      `json:"place"`
	Observers []Attendee  `json:"observers"`
	Entries   []EntryEdit `json:"entries"` // only those that change, and new ones
	Remarks   string      `json:"remarks"`
}

// EntryEdit changes the speaker and the words of an entry, or with an empty ID adds what was said after another.
type EntryEdit struct {
	ID      string    `json:"id"`
	After   string    `json:"after"` // entry that a new one follows
	Item    domain.ID `json:"item"`  // of a new one
	Speaker string    `json:"speaker"`
	Text    string    `json:"text"`
}

// MaxEntries is how many entries one edit may change, and how many observers a list may have.
const MaxEntries = 2000

// Check notes what is wrong with the edit, field names under prefix.
func (e Edit) Check(p *domain.Problems, prefix string) {
	p.Text(prefix+"title", e.Title, true, domain.MaxLine)
	p.Text(prefix+"host", e.Host, true, domain.MaxLine)
	p.Text(prefix+"place", e.Place, true, domain.MaxLine)
	p.Text(prefix+"remarks", e.Remarks, false, domain.MaxText)
	p.Check(len(e.Entries) <= MaxEntries, prefix+"entries", "field.range")
	p.Check(len(e.Observers) <= MaxEntries, prefix+"observers", "field.range")
	for i, o := range e.Observers {
		p.Text(fmt.Sprintf("%sobservers[%d].name", prefix, i), o.Name, true, domain.MaxName)
		p.Text(fmt.Sprintf("%sobservers[%d].position", prefix, i), o.Position, false, domain.MaxName)
		p.Text(fmt.Sprintf("%sobservers[%d].note", prefix, i), o.Note, false, domain.MaxLine)
	}
	for i, x := range e.Entries {
		p.Text(fmt.Sprintf("%sentries[%d].speaker", prefix, i), x.Speaker, false, domain.MaxName)
		p.Text(fmt.Sprintf("%sentries[%d].text", prefix, i), x.Text, true, domain.MaxText)
	}
}

// Edited is the text with the changes; ids names new entries. CodeInvalid when an entry is not there.
func (c Content) Edited(e Edit, ids func() domain.ID) (Content, error) {
	c.Title, c.Host, c.Place, c.Remarks = e.Title, e.Host, e.Place, e.Remarks
	c.Observers = slices.Clone(e.Observers)
	c.Proceeding = slices.Clone(c.Proceeding)
	var p domain.Problems
	for i, x := range e.Entries {
		if !c.apply(x, ids) {
			p.Add(fmt.Sprintf("entries[%d].id", i), "minutes.no_entry", nil)
		}
	}
	return c, p.Err()
}

func (c *Content) apply(x EntryEdit, ids func() domain.ID) bool {
	named := func(id string) int {
		return slices.IndexFunc(c.Proceeding, func(e Entry) bool { return e.ID == id })
	}
	if x.ID != "" {
		at := named(x.ID)
		if at < 0 {
			return false
		}
		c.Proceeding[at].Speaker, c.Proceeding[at].Text = strings.TrimSpace(x.Speaker), x.Text
		return true
	}
	at := named(x.After)
	if at < 0 {
		return false
	}
	added := Entry{
		ID: "added/" + string(ids()), At: c.Proceeding[at].At, Item: x.Item, Kind: EntryStatement,
		Speaker: strings.TrimSpace(x.Speaker), Text: x.Text,
	}
	c.Proceeding = slices.Insert(c.Proceeding, at+1, added)
	return true
}

// EditOf is an edit that changes nothing, to start from.
func EditOf(c Content) Edit {
	return Edit{Title: c.Title, Host: c.Host, Place: c.Place, Observers: c.Observers, Remarks: c.Remarks}
}
