package presiding_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/meeting"
	"secretariat/internal/testkit/hall"
	"secretariat/service/balloting"
	"secretariat/service/presiding"
	"secretariat/store"
)

// comes records that a member comes and gives the stay.
func comes(t *testing.T, h *hall.Hall, n int) domain.ID {
	t.Helper()
	h.Clock.Set(h.Clock.Now().Add(time.Second))
	out, err := h.Presiding.Enter(t.Context(), h.Secretary(), presiding.EnterInput{Meeting: hall.Meeting, Member: h.Member(n), Via: meeting.ViaRoom})
	hall.Must(t, err)
	return out.ID
}

func void(t *testing.T, h *hall.Hall, by domain.Actor, stay domain.ID) error {
	t.Helper()
	_, err := h.Presiding.VoidPresence(t.Context(), by, presiding.StayInput{Presence: stay})
	return err
}

func reopen(t *testing.T, h *hall.Hall, stay domain.ID) error {
	t.Helper()
	h.Clock.Set(h.Clock.Now().Add(time.Second))
	_, err := h.Presiding.ReopenPresence(t.Context(), h.Secretary(), presiding.StayInput{Presence: stay})
	return err
}

func present(t *testing.T, h *hall.Hall) int {
	t.Helper()
	q, err := h.Presiding.Quorum(t.Context(), h.Secretary(), it)
	hall.Must(t, err)
	return q.Quorum.Present
}

func TestAMemberWhoWasCheckedInByMistakeWasNeverThere(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db)
		h.Enter(t, 1, 8)
		h.Pledge(t, 1, 9)
		wrong := comes(t, h, 9)
		if err := void(t, h, h.Person(10), wrong); domain.CodeOf(err) != domain.CodeForbidden {
			t.Errorf("another member takes it back: %v", err)
		}
		hall.Must(t, void(t, h, h.Secretary(), wrong))
		if got := present(t, h); got != 8 {
			t.Errorf("%d are present", got)
		}
		hall.Wants(t, void(t, h, h.Secretary(), wrong), "not_found.presence") // twice
		hall.Wants(t, reopen(t, h, wrong), "not_found.presence")
		own := comes(t, h, 9) // and may come after all
		hall.Must(t, void(t, h, h.Person(9), own))
		rows := strings.Join(h.DB.Rows(t, "presences"), "\n")
		if strings.Count(rows, string(h.Member(9))) != 2 {
			t.Errorf("the rows are gone:\n%s", rows)
		}
		h.Read(t, func(ctx context.Context, tx *store.Tx) error {
			for action, want := range map[string]int{"presence.void": 2, "presence.enter": 10} {
				if all, err := tx.FindAudit(ctx, domain.AuditFilter{Action: action}); err != nil || len(all) != want {
					t.Errorf("%s: %d entries, %v", action, len(all), err)
				}
			}
			return nil
		})
	})
}

func TestWhoWasThereIsNotTakenBackOnceTheMeetingWentOn(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db)
		h.Enter(t, 1, 8)
		h.Pledge(t, 1, 9)
		ninth := comes(t, h, 9)
		h.Clock.Set(h.Clock.Now().Add(time.Second))
		h.Begin(t, 0)
		hall.Wants(t, void(t, h, h.Secretary(), ninth), "presence.relied") // the quorum was declared with it
		tenth := comes(t, h, 10)
		h.Clock.Set(h.Clock.Now().Add(time.Second))
		_, err := h.Presiding.Record(t.Context(), h.Secretary(), presiding.RecordInput{Meeting: hall.Meeting, Member: h.Member(10), Speaker: "위원", Text: "말"})
		hall.Must(t, err)
		hall.Wants(t, void(t, h, h.Secretary(), tenth), "presence.relied") // the member spoke
		voted := h.Vote(t, balloting.OpenInput{Method: ballot.Named})
		late := comes(t, h, 11)
		hall.Wants(t, void(t, h, h.Secretary(), late), "presence.relied") // a vote is under way
		h.Cast(t, voted, ballot.Yes, 1, 9)
		h.Close(t, voted)
		hall.Wants(t, void(t, h, h.Secretary(), late), "presence.relied") // and was closed
	})
}

func TestAMemberWhoWasRecordedAsGoneByMistakeNeverLeft(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db)
		h.Enter(t, 1, 9)
		leave := func(n int) domain.ID {
			h.Clock.Set(h.Clock.Now().Add(time.Second))
			out, err := h.Presiding.Leave(t.Context(), h.Secretary(), presiding.LeaveInput{Meeting: hall.Meeting, Member: h.Member(n), Reason: "이석"})
			hall.Must(t, err)
			return out.ID
		}
		gone := leave(9)
		hall.Wants(t, void(t, h, h.Secretary(), gone), "presence.not_there")
		hall.Must(t, reopen(t, h, gone))
		if got := present(t, h); got != 9 {
			t.Errorf("%d are present", got)
		}
		hall.Wants(t, reopen(t, h, gone), "presence.open") // twice
		gone = leave(9)
		comes(t, h, 9)
		hall.Wants(t, reopen(t, h, gone), "presence.open") // came again since
		gone = leave(8)
		h.Clock.Set(h.Clock.Now().Add(time.Second))
		h.Pledge(t, 1, 9)
		_, err := h.Presiding.Open(t.Context(), h.Secretary(), presiding.OpenInput{Meeting: hall.Meeting})
		hall.Must(t, err)
		hall.Wants(t, reopen(t, h, gone), "presence.relied")
	})
}
