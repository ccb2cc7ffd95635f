package searching_test

import (
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/search"
	"secretariat/internal/canonical"
	"secretariat/internal/testkit/hall"
	"secretariat/service"
	"secretariat/service/balloting"
	"secretariat/service/minuting"
	"secretariat/service/presiding"
	"secretariat/service/searching"
	"secretariat/store"
)

// archive is a meeting of five with its record: item 1 open and with a paper, member 4 recused from it; item 2
// confidential, with a paper; item 3 open.
type archive struct {
	*hall.Hall
	t        *testing.T
	search   *searching.Service
	minuting *minuting.Service
	minutes  domain.ID
}

func newArchive(t *testing.T, db *hall.Database) *archive {
	t.Helper()
	h := hall.New(t, db, hall.Members(5), hall.Items(
		meeting.Item{Kind: meeting.Resolution, Title: "3개년 기본계획(안)", Proposal: "원안제시어를 의결한다.", Proposer: "디지털전환과"},
		meeting.Item{Kind: meeting.Report, Title: "비밀업체 선정", Proposer: "디지털전환과", Confidential: true},
		meeting.Item{Kind: meeting.Report, Title: "추진 현황", Proposer: "디지털전환과"},
	))
	a := &archive{
		Hall: h, t: t, search: searching.New(store.View[searching.Tx]{DB: db.DB}),
		minuting: minuting.New(h.Env, store.View[minuting.Tx]{DB: db.DB}, canonical.JSON),
	}
	a.paper("p-1", 1, "공개붙임", false)
	a.paper("p-2", 2, "비밀붙임", false)
	a.paper("p-3", 3, "가려진붙임", true)
	return a
}

func (a *archive) write(f func(*store.Tx) error) {
	a.t.Helper()
	hall.Must(a.t, a.DB.InTx(a.t.Context(), f))
}

func (a *archive) paper(id domain.ID, item int, title string, confidential bool) {
	a.t.Helper()
	a.write(func(tx *store.Tx) error {
		return tx.AddPaper(a.t.Context(), meeting.Paper{
			ID: id, Item: a.Items[item-1], Number: 1, Revision: 1, Title: title, Confidential: confidential,
			AddedAt: a.Clock.Now(),
		})
	})
}

// find is who finds how much of what for the words.
func (a *archive) find(by domain.Actor, q string) []searching.Hit {
	a.t.Helper()
	out, err := a.search.Search(a.t.Context(), by, searching.SearchInput{Q: q, Limit: service.MaxPage})
	hall.Must(a.t, err)
	return out.Items
}

// finds fails the test unless the public finds just the kinds, in their order.
func (a *archive) finds(q string, kinds ...search.Kind) {
	a.t.Helper()
	hits := a.find(domain.Public(), q)
	same := len(hits) == len(kinds)
	for i := range min(len(hits), len(kinds)) {
		same = same && hits[i].Kind == kinds[i]
	}
	if !same {
		a.t.Errorf("%q: %+v, want %v", q, hits, kinds)
	}
}

func (a *archive) say(item int, text string) {
	a.t.Helper()
	a.Clock.Advance(time.Second)
	_, err := a.Presiding.Record(a.t.Context(), a.Secretary(), presiding.RecordInput{
		Meeting: hall.Meeting, Item: a.Items[item-1], Speaker: "위원 02", Member: a.Member(2), Text: text,
	})
	hall.Must(a.t, err)
}

func (a *archive) receive(item int) {
	a.t.Helper()
	a.Table(a.t, item)
	_, err := a.Presiding.Receive(a.t.Context(), a.Secretary(), presiding.ItemInput{Item: a.Items[item-1]})
	hall.Must(a.t, err)
}

// hold brings the meeting to its end and issues the decisions.
func (a *archive) hold() []minutes.Decision {
	t, by := a.t, a.Secretary()
	a.Recuse(t, 4, 1)
	a.Begin(t, 5)
	a.say(1, "심의ㆍ의결 과정에서 단가숨김 113,560원을 확인하였습니다.")
	vote := a.Vote(t, balloting.OpenInput{})
	a.Cast(t, vote, ballot.Yes, 1, 3)
	a.Cast(t, vote, ballot.No, 5, 5)
	a.Close(t, vote)
	a.Table(t, 2)
	a.say(2, "업체실적발언을 확인하였습니다.")
	_, err := a.Presiding.Receive(t.Context(), by, presiding.ItemInput{Item: a.Items[1]})
	hall.Must(t, err)
	a.receive(3)
	a.Clock.Advance(time.Minute)
	_, err = a.Presiding.Adjourn(t.Context(), by, presiding.MeetingInput{Meeting: hall.Meeting})
	hall.Must(t, err)
	out, err := a.minuting.Issue(t.Context(), by, minuting.IssueInput{Meeting: hall.Meeting})
	hall.Must(t, err)
	return out.Decisions
}

// draft draws the minutes up and gives the reason for withholding the confidential item.
func (a *archive) draft() minutes.Revision {
	a.t.Helper()
	drawn, err := a.minuting.Draft(a.t.Context(), a.Secretary(), minuting.DraftInput{Meeting: hall.Meeting})
	hall.Must(a.t, err)
	a.minutes = drawn.Minutes.ID
	a.redact("item/"+string(a.Items[1]), 0, 0)
	return drawn.Revision
}

func (a *archive) redact(anchor string, start, end int) domain.ID {
	a.t.Helper()
	out, err := a.minuting.Redact(a.t.Context(), a.Secretary(), minuting.RedactInput{
		Minutes: a.minutes, Anchor: anchor, Start: start, End: end, Ground: "7", Reason: "경영상 비밀", ReviewOn: "2027-06-01",
	})
	hall.Must(a.t, err)
	return out.Redaction.ID
}

func (a *archive) publish(drawn minutes.Revision) {
	t, by := a.t, a.Secretary()
	_, err := a.minuting.Circulate(t.Context(), by, minuting.CirculateInput{
		Minutes: a.minutes, Base: drawn.Number, Kind: "recording", Recording: "녹음-1",
	})
	hall.Must(t, err)
	_, err = a.minuting.ConfirmPublish(t.Context(), a.Person(1), minuting.ConfirmInput{Minutes: a.minutes})
	hall.Must(t, err)
	_, err = a.minuting.Publish(t.Context(), by, minuting.PublishInput{Minutes: a.minutes})
	hall.Must(t, err)
}

// spoken is the anchor of the statement that has the text.
func spoken(t *testing.T, c minutes.Content, text string) (anchor string, start, end int) {
	t.Helper()
	for _, e := range c.Proceeding {
		chars, word := []rune(e.Text), []rune(text)
		for i := 0; i+len(word) <= len(chars); i++ {
			if string(chars[i:i+len(word)]) == text {
				return e.ID, i, i + len(word)
			}
		}
	}
	t.Fatalf("nobody said %q", text)
	return "", 0, 0
}
