package hall

import (
	"context"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/meeting"
	"secretariat/internal/testkit"
	"secretariat/service/balloting"
	"secretariat/service/presiding"
	"secretariat/store"
)

// Secretary is the 간사 of the committee.
func (h *Hall) Secretary() domain.Actor { return testkit.Secretary(Committee) }

// Person is the actor in seat n, from 1.
func (h *Hall) Person(n int) domain.Actor { return testkit.Member(Committee, h.Members[n-1], n == 1) }

// Member is the member in seat n, from 1.
func (h *Hall) Member(n int) domain.ID { return h.Members[n-1] }

// Enter checks in members from seat first to last, a second after what was before.
func (h *Hall) Enter(t testing.TB, first, last int) {
	t.Helper()
	h.Clock.Advance(time.Second)
	for n := first; n <= last; n++ {
		_, err := h.Presiding.Enter(t.Context(), h.Person(n), presiding.EnterInput{Meeting: Meeting, Via: meeting.ViaRoom})
		Must(t, err)
	}
}

// Leave checks out the member in seat n, a second after what was before.
func (h *Hall) Leave(t testing.TB, n int) {
	t.Helper()
	h.Clock.Advance(time.Second)
	_, err := h.Presiding.Leave(t.Context(), h.Person(n), presiding.LeaveInput{Meeting: Meeting})
	Must(t, err)
}

// Pledge signs for members from seat first to last.
func (h *Hall) Pledge(t testing.TB, first, last int) {
	t.Helper()
	for n := first; n <= last; n++ {
		_, err := h.Presiding.Pledge(t.Context(), h.Person(n), presiding.PledgeInput{Meeting: Meeting})
		Must(t, err)
	}
}

// Begin checks in the members of the first n seats with their pledges, opens the meeting, gives the warning and
// tables the first item.
func (h *Hall) Begin(t testing.TB, n int) {
	t.Helper()
	if h.meeting(t).Mode != meeting.Written {
		h.Enter(t, 1, n)
	}
	h.Pledge(t, 1, n)
	h.Clock.Advance(time.Second)
	_, err := h.Presiding.Open(t.Context(), h.Secretary(), presiding.OpenInput{Meeting: Meeting})
	Must(t, err)
	_, err = h.Presiding.Warn(t.Context(), h.Secretary(), presiding.MeetingInput{Meeting: Meeting})
	Must(t, err)
	h.Table(t, 1)
}

// Table tables item n, from 1.
func (h *Hall) Table(t testing.TB, n int) {
	t.Helper()
	h.Clock.Advance(time.Second)
	_, err := h.Presiding.Table(t.Context(), h.Secretary(), presiding.ItemInput{Item: h.Items[n-1]})
	Must(t, err)
}

// Recuse asserts a 제척 of the member in seat n for item i, from 1.
func (h *Hall) Recuse(t testing.TB, n, i int) {
	t.Helper()
	_, err := h.Presiding.Assert(t.Context(), h.Secretary(), presiding.AssertInput{
		Item: h.Items[i-1], Member: h.Member(n), Ground: "kin",
	})
	Must(t, err)
}

// Vote opens a vote on the first item.
func (h *Hall) Vote(t testing.TB, in balloting.OpenInput) domain.ID {
	t.Helper()
	h.Clock.Advance(time.Second)
	if in.Item == "" {
		in.Item = h.Items[0]
	}
	if in.Purpose == "" {
		in.Purpose = ballot.MainMotion
	}
	out, err := h.Balloting.Open(t.Context(), h.Secretary(), in)
	Must(t, err)
	return out.ID
}

// Cast votes as the members of seats first to last.
func (h *Hall) Cast(t testing.TB, of domain.ID, choice ballot.Choice, first, last int) {
	t.Helper()
	for n := first; n <= last; n++ {
		_, err := h.Balloting.Cast(t.Context(), h.Person(n), balloting.CastInput{Ballot: of, Choice: choice})
		Must(t, err)
	}
}

// Close closes a vote.
func (h *Hall) Close(t testing.TB, of domain.ID) balloting.Outcome {
	t.Helper()
	h.Clock.Advance(time.Second)
	out, err := h.Balloting.Close(t.Context(), h.Secretary(), balloting.CloseInput{Ballot: of})
	Must(t, err)
	return out
}

// Read runs f on the database.
func (h *Hall) Read(t testing.TB, f func(ctx context.Context, tx *store.Tx) error) {
	t.Helper()
	Must(t, h.DB.Read(t.Context(), func(tx *store.Tx) error { return f(t.Context(), tx) }))
}

// Item is item n as it stands, from 1.
func (h *Hall) Item(t testing.TB, n int) (i meeting.Item) {
	t.Helper()
	h.Read(t, func(ctx context.Context, tx *store.Tx) (err error) {
		i, err = tx.Item(ctx, h.Items[n-1])
		return err
	})
	return i
}

func (h *Hall) meeting(t testing.TB) (m meeting.Meeting) {
	t.Helper()
	h.Read(t, func(ctx context.Context, tx *store.Tx) (err error) {
		m, err = tx.Meeting(ctx, Meeting)
		return err
	})
	return m
}

// Must fails the test on an error.
func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Wants fails the test unless err has the message key.
func Wants(t testing.TB, err error, key string) {
	t.Helper()
	if got := domain.KeyOf(err); got != key {
		t.Errorf("error %v, want %q", err, key)
	}
}
