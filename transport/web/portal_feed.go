package web

import (
	"bytes"
	"encoding/xml"
	"net/http"
	"time"

	"secretariat/domain"
	"secretariat/domain/committee"
	"secretariat/service/minuting"
	"secretariat/service/seating"
	"secretariat/transport/endpoint"
)

// portalFeeds adds what programs subscribe to. They are the same for everybody, whoever is signed in: what a program
// keeps of them, others may come to see.
func portalFeeds(s *Site) {
	s.portalFeed("/committees/{committee}/feed.atom", "application/atom+xml; charset=utf-8", s.portalAtom)
	s.portalFeed("/committees/{committee}/meetings.ics", "text/calendar; charset=utf-8", s.portalCalendar)
}

func (s *Site) portalFeed(pattern, media string, write func(*Visit, committee.Committee) ([]byte, error)) {
	s.routes = append(s.routes, Route{Method: http.MethodGet, Pattern: pattern})
	s.mux.HandleFunc("GET "+pattern, func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r.WithContext(endpoint.WithActor(r.Context(), domain.Public())))
		c, err := s.set.ShowCommittee.Call(v.ctx(), seating.ShowInput{Committee: v.id("committee")})
		var out []byte
		if err == nil {
			out, err = write(v, c.Committee)
		}
		if err != nil {
			s.fail(v, w, err)
			return
		}
		w.Header().Set("Content-Type", media)
		_, _ = w.Write(out) // a reader who is gone needs no answer
	})
}

// atomFeed is a feed of RFC 4287.
type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Language string      `xml:"xml:lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Updated  string      `xml:"updated"`
	Author   string      `xml:"author>name"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string   `xml:"id"`
	Title     string   `xml:"title"`
	Updated   string   `xml:"updated"`
	Published string   `xml:"published"`
	Link      atomLink `xml:"link"`
	Summary   string   `xml:"summary"`
	Content   string   `xml:"content"`
}

// portalAtom writes the decisions of a committee whose record is published.
func (s *Site) portalAtom(v *Visit, c committee.Committee) ([]byte, error) {
	page, err := s.set.ListDecisions.Call(v.ctx(), minuting.DecisionsInput{Committee: c.ID})
	if err != nil {
		return nil, err
	}
	here := "/committees/" + string(c.ID)
	feed := atomFeed{
		Language: string(v.Lang), ID: "urn:uuid:" + string(c.ID), Title: v.T("web.portal.feed.title", "name", c.Name),
		Updated: c.FoundedOn.Time().UTC().Format(time.RFC3339), Author: c.Name, Links: []atomLink{
			{"self", "application/atom+xml", s.public + here + "/feed.atom"}, {"alternate", "text/html", s.public + here},
		},
	}
	for _, d := range page.Items {
		if d.Record != nil {
			feed.Entries = append(feed.Entries, s.portalEntry(v, d))
			feed.Updated = max(feed.Updated, d.Record.IssuedAt.UTC().Format(time.RFC3339))
		}
	}
	var out bytes.Buffer
	out.WriteString(xml.Header)
	err = xml.NewEncoder(&out).Encode(feed)
	return out.Bytes(), err
}

func (s *Site) portalEntry(v *Visit, d minuting.DecisionView) atomEntry {
	at := d.Record.IssuedAt.UTC().Format(time.RFC3339)
	out := atomEntry{
		ID: "urn:uuid:" + string(d.ID), Title: d.Number + " " + d.Title, Updated: at, Published: at,
		Link:    atomLink{"alternate", "text/html", s.public + "/decisions/" + string(d.ID)},
		Summary: v.Label("outcome", d.Outcome), Content: d.Record.Text,
	}
	if b := d.Record.Ballot; b != nil {
		out.Summary += ": " + v.portalSum(b.Result)
	}
	return out
}
