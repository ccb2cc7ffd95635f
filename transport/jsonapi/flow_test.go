package jsonapi_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/internal/testkit/hall"
	"secretariat/service"
	"secretariat/service/balloting"
	"secretariat/service/convening"
	"secretariat/service/minuting"
	"secretariat/service/presiding"
	"secretariat/transport/jsonapi/apitest"
)

// badges knows people by a token that is their name.
type badges map[string]domain.Actor

func (b badges) Authenticate(_ context.Context, token string) (domain.Actor, error) {
	by, ok := b[token]
	if !ok {
		return domain.Actor{}, &domain.Error{Code: domain.CodeUnauthenticated, Key: "unauthenticated"}
	}
	return by, nil
}

// sitting is a meeting of five members under way, over HTTP.
type sitting struct {
	*server
	hall      *hall.Hall
	secretary *apitest.Client
	auditor   *apitest.Client
	member    []*apitest.Client // from 0; the first is the chair
}

func newSitting(t *testing.T, db *hall.Database) *sitting {
	t.Helper()
	h := hall.New(t, db, hall.Members(5), hall.Items(
		meeting.Item{Kind: meeting.Resolution, Title: "3개년 기본계획(안)", Proposal: "원안과 같이 의결한다.", Proposer: "디지털전환과"},
		meeting.Item{Kind: meeting.Report, Title: "추진 현황", Proposer: "디지털전환과"},
		meeting.Item{Kind: meeting.Advice, Title: "운영 방향", Proposer: "디지털전환과"},
	))
	s := &sitting{server: prepare(t, db, h.Clock), hall: h}
	people := badges{"secretary": h.Secretary(), "auditor": {ID: "auditor", Kind: domain.ActorPerson, Auditor: true}}
	for n := range 5 {
		people[fmt.Sprint("member", n)] = h.Person(n + 1)
	}
	s.open(people)
	s.secretary, s.auditor = s.public.As("secretary"), s.public.As("auditor")
	for n := range 5 {
		s.member = append(s.member, s.public.As(fmt.Sprint("member", n)))
	}
	return s
}

const here = "/meetings/" + string(hall.Meeting)

type none = map[string]any

// TestAMeetingIsHeldOverHTTP goes through a meeting from its opening to its published record. The client checks every
// answer against the document.
func TestAMeetingIsHeldOverHTTP(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		s := newSitting(t, db)
		for _, part := range []func(){s.gather, s.deliberate, s.settle} {
			part()
			s.clock.Advance(10 * time.Minute)
		}
		s.secretary.Must("POST", here+"/adjourn", none{}, nil)
		s.minute()
		s.follow()
		s.inspect()
	})
}

// gather opens the meeting with everybody there.
func (s *sitting) gather() {
	for _, m := range s.member {
		m.Must("POST", here+"/pledge", none{}, nil)
		m.Must("POST", here+"/presences", none{"via": "room"}, nil)
	}
	s.member[0].Must("POST", here+"/open", none{}, nil)
	s.member[0].Must("POST", here+"/warn", none{}, nil)
	s.member[0].Must("POST", here+"/suspend", none{"reason": "자료 확인"}, nil)
	s.member[0].Must("POST", here+"/resume", none{}, nil)
	s.member[4].Must("POST", here+"/departures", none{"reason": "다른 일정"}, nil)
	var q presiding.Quorum
	s.secretary.Must("GET", here+"/quorum", nil, &q)
	if q.Quorum.Present != 4 {
		s.t.Errorf("quorum: %+v", q.Quorum)
	}
}

// deliberate brings an item with a recusal, a challenge and an amendment to its decision.
func (s *sitting) deliberate() {
	item := "/items/" + string(s.hall.Items[0])
	s.member[1].Must("POST", item+"/interest", none{"none": true}, nil)
	s.secretary.Must("POST", item+"/recusals", none{"member": s.hall.Members[3], "ground": "party"}, nil)
	s.member[0].Must("POST", item+"/table", none{}, nil)
	var made presiding.Act
	s.member[1].Must("POST", item+"/amendments", none{"text": "기간을 4년으로 한다.", "reason": "현실화"}, &made)
	s.member[1].Must("POST", "/amendments/"+string(made.ID)+"/withdraw", none{}, nil)
	s.secretary.Must("GET", item+"/amendments", nil, nil)
	s.secretary.Must("POST", item+"/conditions", none{"text": "예산을 확보한다."}, nil)
	s.member[3].Refused("forbidden", "GET", item+"/amendments", nil)
	s.vote(item)
	var view convening.ItemView
	s.public.Must("GET", item, nil, &view)
	if view.Outcome != meeting.ApprovedConditionally {
		s.t.Errorf("outcome %q", view.Outcome)
	}
}

func (s *sitting) vote(item string) {
	var opened balloting.Opened
	s.member[0].Must("POST", item+"/ballots", none{"purpose": "main"}, &opened)
	ballot := "/ballots/" + string(opened.ID)
	var receipt, again balloting.Receipt
	for n, choice := range []string{"yes", "yes", "no"} {
		s.member[n].Must("POST", ballot+"/votes", none{"choice": choice}, &receipt)
	}
	s.member[2].Must("POST", ballot+"/votes", none{"choice": "no"}, &again) // a named vote may be replaced
	s.member[3].Refused("forbidden", "POST", ballot+"/votes", none{"choice": "yes"})
	s.member[2].Must("GET", ballot, nil, nil)
	s.lists(opened.ID)
	var out balloting.Outcome
	s.member[0].Must("POST", ballot+"/close", none{}, &out)
	if out.Result.Yes != 2 || out.Result.No != 1 || receipt.Code == "" || again.Code == "" {
		s.t.Errorf("result: %+v", out.Result)
	}
	s.secretary.Must("GET", ballot, nil, nil)
}

// lists looks at what is listed while the vote is open: how many have voted and never what, and nothing of it for the
// recused member.
func (s *sitting) lists(open domain.ID) {
	var seen, hidden service.Page[balloting.View]
	s.member[2].Must("GET", here+"/ballots", nil, &seen)
	if len(seen.Items) != 1 || seen.Items[0].ID != open || seen.Items[0].Voted != 3 || seen.Items[0].Result != nil {
		s.t.Errorf("listed: %+v", seen.Items)
	}
	s.member[3].Must("GET", here+"/ballots", nil, &hidden)
	if len(hidden.Items) != 0 {
		s.t.Errorf("the recused member sees %+v", hidden.Items)
	}
	var recusals service.Page[meeting.Recusal]
	s.secretary.Must("GET", here+"/recusals", nil, &recusals)
	if len(recusals.Items) != 1 || recusals.Items[0].Member != s.hall.Members[3] {
		s.t.Errorf("recusals: %+v", recusals.Items)
	}
	s.member[2].Refused("forbidden", "GET", here+"/recusals", nil)
}

// settle deals with the items that need no vote, and with what is said.
func (s *sitting) settle() {
	report, advice := "/items/"+string(s.hall.Items[1]), "/items/"+string(s.hall.Items[2])
	s.member[0].Must("POST", report+"/table", none{}, nil)
	s.member[0].Must("POST", report+"/receive", none{}, nil)
	s.member[0].Must("POST", advice+"/table", none{}, nil)
	var said presiding.Recorded
	s.secretary.Must("POST", here+"/statements", none{
		"item": s.hall.Items[2], "member": s.hall.Members[1], "speaker": "위원 02", "text": "\u1112\u1161\u11ab 가지를 제안합니다.",
	}, &said)
	s.secretary.Must("PATCH", "/statements/"+string(said.ID), none{
		"version": said.Version, "speaker": "위원 02", "text": "한 가지를 제안합니다.", "reason": "오기",
	}, nil)
	s.member[0].Must("POST", advice+"/advise", none{"text": "현장의 의견을 듣는다."}, nil)
	s.secretary.Must("GET", here+"/course", nil, nil)
}

// minute draws up, signs and publishes the minutes.
func (s *sitting) minute() {
	var drawn minuting.Drafted
	s.secretary.Must("POST", here+"/minutes", none{}, &drawn)
	of := "/minutes/" + string(drawn.Minutes.ID)
	s.secretary.Refused("minutes.recording_missing", "POST", of+"/circulate", none{"base": drawn.Revision.Number})
	c := drawn.Revision.Content
	s.secretary.Must("POST", of+"/versions", none{"base": drawn.Revision.Number, "reason": "배석자", "edit": none{
		"title": c.Title, "host": c.Host, "place": c.Place, "observers": []none{{"name": "홍길동", "position": "디지털전환과장"}},
	}}, &drawn)
	s.secretary.Must("POST", here+"/decisions", none{}, nil)
	s.secretary.Must("POST", of+"/circulate", none{
		"base": drawn.Revision.Number, "kind": "recording", "recording": "녹음-2026-3",
	}, nil)
	var seen minuting.View
	s.member[1].Must("GET", here+"/minutes", nil, &seen)
	s.member[1].Must("POST", of+"/signatures", none{"number": seen.Number, "hash": seen.Hash}, nil)
	s.public.Refused("not_found.minutes", "GET", here+"/minutes/published", nil)
	s.member[0].Must("POST", of+"/confirm", none{}, nil)
	s.secretary.Must("POST", of+"/publish", none{}, nil)
	var public minuting.PublicMinutes
	s.public.Must("GET", here+"/minutes/published", nil, &public)
	if public.Signed != 1 {
		s.t.Errorf("published: %+v", public)
	}
}

// follow reads the decisions, gives one a follow-up and files the documents.
func (s *sitting) follow() {
	var decisions struct{ Items []minuting.DecisionView }
	s.public.Must("GET", "/committees/"+string(hall.Committee)+"/decisions?limit=10", nil, &decisions)
	if len(decisions.Items) != 3 {
		s.t.Fatalf("%d decisions", len(decisions.Items))
	}
	first := "/decisions/" + string(decisions.Items[0].ID)
	s.public.Must("GET", first, nil, nil)
	var action struct {
		ID      domain.ID
		Version int
	}
	s.secretary.Must("POST", first+"/actions", none{"text": "예산을 반영한다.", "owner": "디지털전환과", "due": "2026-12-31"}, &action)
	s.secretary.Must("POST", "/actions/"+string(action.ID)+"/report", none{
		"version": action.Version, "report": "반영하였다.", "done": true,
	}, nil)
	s.secretary.Must("GET", "/committees/"+string(hall.Committee)+"/actions?open=false", nil, nil)
	_, err := s.services.Filing.FileAll(s.t.Context(), domain.System("test"), hall.Meeting, document.Kinds()...)
	if err != nil {
		s.t.Fatal(err)
	}
	s.download()
}

func (s *sitting) download() {
	var filed struct{ Items []document.Document }
	s.public.Must("GET", here+"/documents", nil, &filed)
	if len(filed.Items) < 4 {
		s.t.Fatalf("%d documents", len(filed.Items))
	}
	for _, d := range filed.Items {
		a := s.public.Must("GET", "/documents/"+string(d.ID)+"/content", nil, nil)
		if !bytes.HasPrefix(a.Body, []byte("%PDF")) || a.Header.Get("Etag") != `"`+d.PDF+`"` {
			s.t.Errorf("%s: %s %.20q", d.Title, a.Header, a.Body)
		}
		disposition := a.Header.Get("Content-Disposition")
		if !strings.HasPrefix(disposition, "attachment; filename*=utf-8''") {
			s.t.Errorf("%s: %s", d.Title, disposition)
		}
		s.public.Must("GET", "/documents/"+string(d.ID)+"/content?format=json", nil, nil)
	}
	s.public.Must("GET", here+"/record", nil, nil)
	a := s.public.Must("GET", here+"/bundle", nil, nil)
	if _, err := zip.NewReader(bytes.NewReader(a.Body), int64(len(a.Body))); err != nil {
		s.t.Errorf("bundle: %v", err)
	}
}

// inspect reads what staff and auditors read.
func (s *sitting) inspect() {
	for _, path := range []string{
		here, here + "/case", here + "/findings", here + "/minutes", "/cases", "/incidents",
		"/audit?case=" + string(hall.Meeting), "/committees", "/committees/" + string(hall.Committee),
		"/committees/" + string(hall.Committee) + "/findings", "/committees/" + string(hall.Committee) + "/duties",
		"/committees/" + string(hall.Committee) + "/meetings?state=adjourned", "/calendar?from=2026-01-01&until=2026-12-31",
	} {
		client := s.auditor
		if strings.HasSuffix(path, "/duties") {
			client = s.secretary
		}
		client.Must("GET", path, nil, nil)
	}
	s.public.Must("GET", here, nil, nil)
	s.member[3].Must("GET", here, nil, nil)
}
