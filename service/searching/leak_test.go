package searching_test

import (
	"testing"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/domain/search"
	"secretariat/internal/testkit/hall"
	"secretariat/service/minuting"
	"secretariat/service/searching"
	"secretariat/store"
)

// secrets are words that stand only where nobody but who may read them must find them.
var secrets = []string{"비밀업체", "비밀붙임", "가려진붙임", "업체실적발언"}

func (a *archive) nothingLeaks() {
	a.t.Helper()
	for _, q := range secrets {
		for _, by := range []domain.Actor{domain.Public(), a.Secretary(), a.Person(2)} {
			if hits := a.find(by, q); len(hits) > 0 {
				a.t.Errorf("%q is found by %s: %+v", q, by.ID, hits)
			}
		}
	}
}

// TestWhatIsFoundIsWhatHasBeenPublished follows words from the notice to the publication of the minutes and beyond.
func TestWhatIsFoundIsWhatHasBeenPublished(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		a := newArchive(t, db)
		a.finds("디지털전환위원회", search.Committee)
		a.finds("기본계획", search.Item)
		a.finds("제3차 회의", search.Meeting)
		a.nothingLeaks()
		decided := a.hold()
		a.finds("기본계획", search.Decision, search.Item)
		for _, unpublished := range []string{"심의의결", "원안제시어", "공개붙임", "단가숨김"} {
			a.finds(unpublished)
		}
		drawn := a.draft()
		a.finds("심의의결")
		a.publish(drawn)
		a.finds("심의·의결", search.Minutes)
		a.finds("원안제시어", search.Decision, search.Minutes)
		a.finds("공개붙임", search.Paper)
		a.finds("단가숨김 113,560원", search.Minutes)
		a.nothingLeaks()

		hidden := a.redact(spoken(t, drawn.Content, "단가숨김"))
		a.finds("단가숨김")
		a.finds("113,560원을", search.Minutes)
		whole := a.redact("item/"+string(a.Items[0]), 0, 0)
		a.finds("원안제시어")
		for _, id := range []domain.ID{hidden, whole} {
			_, err := a.minuting.Unredact(t.Context(), a.Secretary(), minuting.LiftInput{Redaction: id, Reason: "사유 소멸"})
			hall.Must(t, err)
		}
		a.finds("단가숨김", search.Minutes)
		a.finds("원안제시어", search.Decision, search.Minutes)

		_, err := a.minuting.Supersede(t.Context(), a.Secretary(), minuting.SupersedeInput{
			Decision: decided[0].ID, Text: "정정한문구로 의결한다.", Cause: "오기 정정",
		})
		hall.Must(t, err)
		a.finds("정정한문구", search.Decision)
		a.finds("원안제시어", search.Minutes)
		a.nothingLeaks()
	})
}

// TestAWithheldNameIsNotFound in the minutes, wherever it stands.
func TestAWithheldNameIsNotFound(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		a := newArchive(t, db)
		a.hold()
		a.publish(a.draft())
		a.finds("기관 05", search.Minutes)
		a.write(func(tx *store.Tx) error {
			all, err := tx.RedactionsOf(t.Context(), a.minutes)
			if err != nil {
				return err
			}
			r := all[0]
			r.ID, r.Anchor, r.Start, r.End = "names", "name/"+string(a.Member(5)), 0, 0
			return tx.AddRedaction(t.Context(), r)
		})
		a.finds("기관 05")
		a.finds("기관 02", search.Minutes)
	})
}

// TestARecusedMemberFindsNothingOfTheItem before its record is published.
func TestARecusedMemberFindsNothingOfTheItem(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		a := newArchive(t, db)
		recused := a.Person(4)
		recused.ID = "person-4"
		a.hold()
		a.finds("기본계획", search.Decision, search.Item)
		if hits := a.find(recused, "기본계획"); len(hits) > 0 {
			t.Errorf("the recused member finds %+v", hits)
		}
		if hits := a.find(recused, "추진 현황"); len(hits) != 2 {
			t.Errorf("the recused member finds of another item %+v", hits)
		}
		a.publish(a.draft())
		if hits := a.find(recused, "기본계획"); len(hits) != 3 {
			t.Errorf("of the published record the recused member finds %+v", hits)
		}
	})
}

// TestAMeetingIsFoundOnceItIsConvened and, called off, with the reason.
func TestAMeetingIsFoundOnceItIsConvened(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		a := newArchive(t, db)
		change := func(f func(*meeting.Meeting)) {
			a.write(func(tx *store.Tx) error {
				m, err := tx.LockMeeting(t.Context(), hall.Meeting)
				if err != nil {
					return err
				}
				f(&m)
				return tx.ChangeMeeting(t.Context(), &m)
			})
		}
		now := a.Clock.Now()
		change(func(m *meeting.Meeting) { m.State, m.ConvenedAt = meeting.Planned, nil })
		a.finds("기본계획")
		a.finds("제3차 회의")
		change(func(m *meeting.Meeting) { m.State, m.ConvenedAt = meeting.Convened, &now })
		a.finds("제3차 회의", search.Meeting)
		change(func(m *meeting.Meeting) { m.State, m.CancelReason = meeting.Cancelled, "태풍으로 취소" })
		a.finds("태풍", search.Meeting)
	})
}

// TestTheIndexIsWhatTheRecordMakesOfIt after every act: made anew from the record it is the same, row by row.
func TestTheIndexIsWhatTheRecordMakesOfIt(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		a := newArchive(t, db)
		a.hold()
		drawn := a.draft()
		a.publish(drawn)
		a.redact(spoken(t, drawn.Content, "단가숨김"))
		before := a.rows()
		hall.Must(t, a.DB.Exec(t.Context(), "DELETE FROM search_grams"))
		hall.Must(t, a.DB.Exec(t.Context(), "DELETE FROM search_entries"))
		out, err := a.search.Rebuild(t.Context())
		hall.Must(t, err)
		if out != (searching.Rebuilt{Committees: 1, Meetings: 1}) {
			t.Errorf("%+v", out)
		}
		same(t, a.rows(), before)
		_, err = a.search.Rebuild(t.Context())
		hall.Must(t, err)
		same(t, a.rows(), before)
	})
}
