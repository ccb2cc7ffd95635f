package web

import (
	"strings"

	"secretariat/domain"
	"secretariat/domain/document"
	"secretariat/domain/minutes"
	"secretariat/service/convening"
	"secretariat/service/minuting"
)

// portalRecordPage is the published record of a meeting.
type portalRecordPage struct {
	Of        convening.View
	Documents []document.Document
	Published bool
	minuting.PublicMinutes
	Acts   []minutes.Entry // formal acts, in the order of the meeting
	Spoken []portalSpoken  // what was said, in the same order
	Hidden []portalHidden
}

// portalSpoken is what was said on one item, or between items.
type portalSpoken struct {
	Item    string // number and title
	Entries []minutes.Entry
}

// portalHidden is a withheld part with where it stands.
type portalHidden struct {
	minutes.Notice
	Where string
	Link  string // fragment of the page; empty when it stands in more than one place
}

func (s *Site) portalRecord(v *Visit) (any, error) {
	out := portalRecordPage{}
	var err error
	if out.Of, err = s.set.ShowMeeting.Call(v.ctx(), convening.ShowInput{Meeting: v.id("meeting")}); err != nil {
		return nil, err
	}
	if out.Documents, err = s.portalDocuments(v, out.Of.ID); err != nil {
		return nil, err
	}
	if out.PublicMinutes, out.Published, err = s.portalMinutes(v, out.Of.ID); err != nil {
		return nil, err
	}
	out.arrange()
	for _, n := range out.Notices {
		out.Hidden = append(out.Hidden, out.hidden(v, n))
	}
	return out, nil
}

// arrange parts the course of the meeting into formal acts and statements, as the law lists them.
func (p *portalRecordPage) arrange() {
	var item domain.ID
	for _, e := range p.Content.Proceeding {
		if e.Kind != minutes.EntryStatement && e.Kind != minutes.EntryWithheld {
			p.Acts = append(p.Acts, e)
			continue
		}
		if len(p.Spoken) == 0 || e.Item != item {
			item = e.Item
			p.Spoken = append(p.Spoken, portalSpoken{Item: p.called(item)})
		}
		last := &p.Spoken[len(p.Spoken)-1]
		last.Entries = append(last.Entries, e)
	}
}

// called is the number and title of an item, empty for what belongs to none.
func (p *portalRecordPage) called(item domain.ID) string {
	for _, i := range p.Content.Items {
		if i.Item == item {
			return i.Number + " " + i.Title
		}
	}
	return ""
}

// hidden says where a withheld part stands.
func (p *portalRecordPage) hidden(v *Visit, n minutes.Notice) portalHidden {
	out := portalHidden{Notice: n, Link: n.Anchor}
	item, ofItem := strings.CutPrefix(n.Anchor, minutes.ItemAnchor(""))
	switch {
	case minutes.IsName(n.Anchor):
		out.Where, out.Link = v.T("web.portal.hidden.names"), ""
	case n.Anchor == minutes.AnchorRemarks:
		out.Where = v.T("web.portal.record.remarks")
	case ofItem:
		item, _, _ = strings.Cut(item, "/")
		out.Where, out.Link = p.called(domain.ID(item)), minutes.ItemAnchor(domain.ID(item))
	default:
		out.Where = p.course(v, n.Anchor)
	}
	return out
}

// course names a passage of the course of the meeting by its time and speaker.
func (p *portalRecordPage) course(v *Visit, id string) string {
	for _, e := range p.Content.Proceeding {
		if e.ID == id {
			return strings.TrimSpace(v.Clock(e.At) + " " + e.Speaker)
		}
	}
	return v.T("web.portal.hidden.passage")
}
