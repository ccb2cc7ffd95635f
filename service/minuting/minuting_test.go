package minuting_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/ballot"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/internal/canonical"
	"secretariat/internal/testkit/hall"
	"secretariat/service/balloting"
	"secretariat/service/minuting"
	"secretariat/service/presiding"
	"secretariat/store"
)

// aftermath is a meeting of eight of fifteen that has ended: item 1 carried with seats 6 to 8 recused, item 2 lost,
// item 3 confidential and carried, item 4 never tabled.
type aftermath struct {
	*hall.Hall
	svc *minuting.Service
}

func adjourned(t *testing.T, db *hall.Database) *aftermath {
	t.Helper()
	h := hall.New(t, db, hall.Items(
		meeting.Item{Kind: meeting.Resolution, Title: "3개년 기본계획(안)", Proposal: "기본계획을 수립한다.", Subject: meeting.SubjectPlan},
		meeting.Item{Kind: meeting.Resolution, Title: "운영세칙(안)", Proposal: "운영세칙을 정한다."},
		meeting.Item{Kind: meeting.Resolution, Title: "협약 상대자", Proposal: "숨은회사와 협약한다.", Confidential: true},
		meeting.Item{Kind: meeting.Report, Title: "추진상황 보고"},
	))
	for n := 6; n <= 8; n++ {
		h.Recuse(t, n, 1)
	}
	h.Begin(t, 8)
	s := &aftermath{Hall: h, svc: minuting.New(h.Env, store.View[minuting.Tx]{DB: db.DB}, canonical.JSON)}
	s.say(t, 1, 4, "위원 02 위원의 의견에 동의합니다. 단가는 113,560원입니다.")
	s.vote(t, 1, 3, 5)
	h.Table(t, 2)
	s.say(t, 2, 5, "운영세칙에 반대합니다.")
	s.vote(t, 2, 2, 8)
	h.Table(t, 3)
	s.say(t, 3, 4, "숨은회사의 실적을 확인하였습니다.")
	s.vote(t, 3, 8, 8)
	h.Clock.Advance(time.Minute)
	_, err := h.Presiding.Adjourn(t.Context(), h.Secretary(), presiding.MeetingInput{Meeting: hall.Meeting})
	hall.Must(t, err)
	h.Clock.Advance(time.Hour)
	return s
}

// vote lets the first voters vote yes and the rest up to last no on item n.
func (s *aftermath) vote(t *testing.T, n, yes, last int) {
	t.Helper()
	b := s.Vote(t, balloting.OpenInput{Item: s.Items[n-1]})
	s.Cast(t, b, ballot.Yes, 1, yes)
	s.Cast(t, b, ballot.No, yes+1, last)
	s.Close(t, b)
}

func (s *aftermath) say(t *testing.T, item, seat int, text string) {
	t.Helper()
	s.Clock.Advance(time.Second)
	_, err := s.Presiding.Record(t.Context(), s.Secretary(), presiding.RecordInput{
		Meeting: hall.Meeting, Item: s.Items[item-1], Member: s.Member(seat),
		Speaker: fmt.Sprintf("위원 %02d", seat), Text: text,
	})
	hall.Must(t, err)
}

// person is the account in seat n.
func (s *aftermath) person(n int) domain.Actor {
	a := s.Person(n)
	a.ID = domain.ID(fmt.Sprint("person-", n))
	return a
}

func (s *aftermath) draft(t *testing.T) minuting.Drafted {
	t.Helper()
	d, err := s.svc.Draft(t.Context(), s.Secretary(), minuting.DraftInput{Meeting: hall.Meeting})
	hall.Must(t, err)
	return d
}

func (s *aftermath) circulated(t *testing.T) minutes.Minutes {
	t.Helper()
	m, err := s.svc.Circulate(t.Context(), s.Secretary(), minuting.CirculateInput{
		Minutes: s.draft(t).Minutes.ID, Base: 1, Kind: "recording", Recording: "녹음 2026-3",
	})
	hall.Must(t, err)
	return m
}

func (s *aftermath) show(t *testing.T, by domain.Actor) minuting.View {
	t.Helper()
	v, err := s.svc.Show(t.Context(), by, minuting.ShowInput{Meeting: hall.Meeting})
	hall.Must(t, err)
	return v
}

func (s *aftermath) sign(t *testing.T, seats ...int) {
	t.Helper()
	for _, n := range seats {
		v := s.show(t, s.person(n))
		in := minuting.SignInput{Minutes: v.Minutes.ID, Number: v.Number, Hash: v.Hash}
		_, err := s.svc.Sign(t.Context(), s.person(n), in)
		hall.Must(t, err)
	}
}

// explain gives the reason for withholding the confidential item.
func (s *aftermath) explain(t *testing.T, of domain.ID) {
	t.Helper()
	_, err := s.svc.Redact(t.Context(), s.Secretary(), minuting.RedactInput{
		Minutes: of, Anchor: minutes.ItemAnchor(s.Items[2]), Ground: "7", Reason: "법인의 경영상 비밀", ReviewOn: "2027-12-31",
	})
	hall.Must(t, err)
}

func said(v any) string {
	raw, err := canonical.JSON(v)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

func TestDraft(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		s := adjourned(t, db)
		d := s.draft(t)
		c := d.Revision.Content
		if c.Title != "제3차 디지털전환위원회 회의(제3차 회의)" || c.Serving != 15 || len(c.Present) != 8 || len(c.Absent) != 7 {
			t.Errorf("title %q, %d serving, %d present, %d absent", c.Title, c.Serving, len(c.Present), len(c.Absent))
		}
		r := c.Items[0].Ballots[0].Result
		got := []int{r.Present, r.Recused, r.Voters, r.Required, r.Yes, r.No}
		if !slices.Equal(got, []int{8, 3, 5, 3, 3, 2}) {
			t.Errorf("sum of item 1: %v", got)
		}
		if len(c.Items[0].Recused) != 3 || len(c.Items[0].Ballots[0].Votes) != 5 {
			t.Errorf("%d recused, %d votes", len(c.Items[0].Recused), len(c.Items[0].Ballots[0].Votes))
		}
		if c.Items[3].Outcome != meeting.NotTabled {
			t.Errorf("item 4 ended as %s", c.Items[3].Outcome)
		}
		if d.Minutes.SignBy != "2026-11-29" || d.Minutes.PublishBy != "2026-12-02" {
			t.Errorf("sign by %s, publish by %s", d.Minutes.SignBy, d.Minutes.PublishBy)
		}
		if len(d.Findings) != 1 || d.Findings[0].Key != "minutes.recording_missing" {
			t.Errorf("findings %+v", d.Findings)
		}
		if diff := cmp.Diff(d, s.draft(t)); diff != "" {
			t.Errorf("drawn up again, it differs: %s", diff)
		}
	})
}

func TestEditingInVersions(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		s := adjourned(t, db)
		d := s.draft(t)
		e := minutes.EditOf(d.Revision.Content)
		e.Remarks = "다음 회의는 12월에 연다."
		first := d.Revision.Content.Proceeding[0].ID
		e.Entries = []minutes.EntryEdit{{After: first, Speaker: "간사", Text: "자료를 나누어 드렸습니다."}}
		in := minuting.ReviseInput{Minutes: d.Minutes.ID, Base: 1, Edit: e, Reason: "빠진 발언"}
		got, err := s.svc.Revise(t.Context(), s.Secretary(), in)
		hall.Must(t, err)
		if got.Revision.Number != 2 || got.Revision.Content.Proceeding[1].Text != "자료를 나누어 드렸습니다." {
			t.Errorf("version %d: %+v", got.Revision.Number, got.Revision.Content.Proceeding[1])
		}
		if diff := cmp.Diff(d.Revision.Content.Items, got.Revision.Content.Items); diff != "" {
			t.Errorf("an edit changed what was decided: %s", diff)
		}
		_, err = s.svc.Revise(t.Context(), s.Secretary(), in)
		hall.Wants(t, err, "stale")
		e.Entries = []minutes.EntryEdit{{ID: "event/none", Text: "x"}}
		_, err = s.svc.Revise(t.Context(), s.Secretary(), minuting.ReviseInput{Minutes: d.Minutes.ID, Base: 2, Edit: e})
		hall.Wants(t, err, "invalid")
		old, err := s.svc.Show(t.Context(), s.Secretary(), minuting.ShowInput{Meeting: hall.Meeting, Number: 1})
		hall.Must(t, err)
		if old.Hash != d.Revision.Hash || len(old.Versions) != 2 {
			t.Error("the first version is lost")
		}
	})
}

func TestCirculation(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		s := adjourned(t, db)
		d := s.draft(t)
		_, err := s.svc.Circulate(t.Context(), s.Secretary(), minuting.CirculateInput{Minutes: d.Minutes.ID, Base: 1})
		hall.Wants(t, err, "minutes.recording_missing")
		_, err = s.svc.Show(t.Context(), s.person(4), minuting.ShowInput{Meeting: hall.Meeting})
		hall.Wants(t, err, "not_found.minutes")
		m := s.circulated(t)
		if len(m.Signers) != 8 || m.Locked != 1 {
			t.Errorf("%d signers of version %d", len(m.Signers), m.Locked)
		}
		_, err = s.svc.Revise(t.Context(), s.Secretary(), minuting.ReviseInput{
			Minutes: m.ID, Base: 1, Edit: minutes.EditOf(d.Revision.Content),
		})
		hall.Wants(t, err, "minutes.locked")
		_, err = s.svc.Draft(t.Context(), s.Secretary(), minuting.DraftInput{Meeting: hall.Meeting, Redraw: true})
		hall.Wants(t, err, "minutes.locked")
		_, err = s.svc.Sign(t.Context(), s.person(9), minuting.SignInput{Minutes: m.ID, Number: 1, Hash: d.Revision.Hash})
		hall.Wants(t, err, "forbidden")
		_, err = s.svc.Sign(t.Context(), s.person(4), minuting.SignInput{Minutes: m.ID, Number: 1, Hash: "other"})
		hall.Wants(t, err, "stale")
		s.sign(t, 4)
		_, err = s.svc.Sign(t.Context(), s.person(4), minuting.SignInput{Minutes: m.ID, Number: 1, Hash: d.Revision.Hash})
		hall.Wants(t, err, "conflict.signature")
	})
}

// TestRecusedReader holds that a recused member reaches nothing of the item through minutes, decisions or follow-ups.
func TestRecusedReader(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		s := adjourned(t, db)
		s.circulated(t)
		issued, err := s.svc.Issue(t.Context(), domain.System("deliberation"), minuting.IssueInput{Meeting: hall.Meeting})
		hall.Must(t, err)
		_, err = s.svc.AddAction(t.Context(), s.Secretary(), minuting.ActionInput{
			Decision: issued.Decisions[0].ID, Text: "기본계획 고시", Owner: "디지털전환과", Due: "2026-12-31",
		})
		hall.Must(t, err)
		hidden := []string{"기본계획", "113,560"}
		look := func(by domain.Actor) string {
			d, err := s.svc.Decision(t.Context(), by, minuting.DecisionInput{Decision: issued.Decisions[0].ID})
			hall.Must(t, err)
			list, err := s.svc.Decisions(t.Context(), by, minuting.DecisionsInput{Committee: hall.Committee})
			hall.Must(t, err)
			acts, err := s.svc.Actions(t.Context(), by, minuting.ActionsInput{Committee: hall.Committee})
			hall.Must(t, err)
			return said(s.show(t, by)) + said(d) + said(list) + said(acts)
		}
		for _, word := range hidden {
			if strings.Contains(look(s.person(6)), word) {
				t.Errorf("a recused member reads %q", word)
			}
			if !strings.Contains(look(s.person(5)), word) {
				t.Errorf("another member does not read %q", word)
			}
		}
		s.sign(t, 6)
		s.Read(t, func(ctx context.Context, tx *store.Tx) error {
			all, err := tx.SignaturesOf(ctx, s.show(t, s.Secretary()).Minutes.ID)
			if err == nil && !slices.Equal(all[0].Omitted, []domain.ID{s.Items[0]}) {
				t.Errorf("the signature says %v was not read", all[0].Omitted)
			}
			return err
		})
	})
}

func TestCorrection(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		s := adjourned(t, db)
		m := s.circulated(t)
		s.sign(t, 1, 2, 3)
		ask := func(n int) minutes.Correction {
			in := minuting.CorrectionInput{Minutes: m.ID, Text: "단가가 다릅니다."}
			c, err := s.svc.RequestCorrection(t.Context(), s.person(n), in)
			hall.Must(t, err)
			return c
		}
		c := ask(4)
		if got := s.show(t, s.person(5)).Corrections; len(got) != 0 {
			t.Error("a member reads another's request")
		}
		no, err := s.svc.AnswerCorrection(t.Context(), s.Secretary(), minuting.AnswerInput{
			Correction: c.ID, Answer: "녹음과 같습니다.",
		})
		hall.Must(t, err)
		if no.Correction.Accepted || len(s.show(t, s.Secretary()).Unsigned) != 5 {
			t.Error("a declined request changed something")
		}
		_, err = s.svc.AnswerCorrection(t.Context(), s.Secretary(), minuting.AnswerInput{Correction: c.ID, Answer: "x"})
		hall.Wants(t, err, "minutes.correction_answered")
		view := s.show(t, s.Secretary())
		e := minutes.EditOf(view.Content)
		at := slices.IndexFunc(view.Content.Proceeding, func(e minutes.Entry) bool {
			return strings.Contains(e.Text, "113,560")
		})
		anchor := view.Content.Proceeding[at].ID
		_, err = s.svc.Redact(t.Context(), s.Secretary(), minuting.RedactInput{
			Minutes: m.ID, Anchor: anchor, Start: 0, End: 2, Ground: "5", Reason: "내부검토 중",
		})
		hall.Must(t, err)
		e.Entries = []minutes.EntryEdit{{ID: anchor, Speaker: "위원 04", Text: "단가는 200,000원입니다."}}
		yes, err := s.svc.AnswerCorrection(t.Context(), s.Secretary(), minuting.AnswerInput{
			Correction: ask(4).ID, Accept: true, Answer: "바로잡았습니다.", Base: 1, Edit: e,
		})
		hall.Must(t, err)
		if yes.Minutes.Locked != 2 || len(s.show(t, s.Secretary()).Unsigned) != 8 {
			t.Errorf("version %d is locked and signatures did not begin anew", yes.Minutes.Locked)
		}
		if r := s.show(t, s.Secretary()).Redactions[0]; r.Start != 0 || r.End != 0 {
			t.Errorf("the redaction of a changed text is not widened: %+v", r)
		}
	})
}

func TestPublication(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		s := adjourned(t, db)
		m := s.circulated(t)
		publish := func() error {
			_, err := s.svc.Publish(t.Context(), domain.System("deliberation"), minuting.PublishInput{Minutes: m.ID})
			return err
		}
		s.sign(t, 1, 2, 3, 4, 5, 6, 7)
		hall.Wants(t, publish(), "minutes.unsigned")
		_, err := s.svc.ConfirmPublish(t.Context(), s.person(2), minuting.ConfirmInput{Minutes: m.ID})
		hall.Wants(t, err, "forbidden")
		_, err = s.svc.ConfirmPublish(t.Context(), s.person(1), minuting.ConfirmInput{Minutes: m.ID})
		hall.Must(t, err)
		hall.Wants(t, publish(), "minutes.withholding_reason")
		s.explain(t, m.ID)
		_, err = s.svc.Redact(t.Context(), s.Secretary(), minuting.RedactInput{
			Minutes: m.ID, Anchor: minutes.NameAnchor(s.Member(4)), Ground: "6", Reason: "발언자 보호",
		})
		hall.Must(t, err)
		_, err = s.svc.Published(t.Context(), domain.Public(), minuting.PublishedInput{Meeting: hall.Meeting})
		hall.Wants(t, err, "not_found.minutes")
		hall.Must(t, publish())
		hall.Wants(t, publish(), "minutes.published")
		got, err := s.svc.Published(t.Context(), domain.Public(), minuting.PublishedInput{Meeting: hall.Meeting})
		hall.Must(t, err)
		for _, word := range []string{"숨은회사", "위원 04", string(s.Member(4))} {
			if strings.Contains(said(got), word) {
				t.Errorf("the public reads %q", word)
			}
		}
		if got.Signed != 7 || got.Signers != 8 || len(got.Notices) != 2 || !strings.Contains(said(got), "113,560") {
			t.Errorf("%d of %d signed, %d notices", got.Signed, got.Signers, len(got.Notices))
		}
	})
}

func TestDecisions(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		s := adjourned(t, db)
		issue := func() minuting.Issued {
			out, err := s.svc.Issue(t.Context(), domain.System("deliberation"), minuting.IssueInput{Meeting: hall.Meeting})
			hall.Must(t, err)
			return out
		}
		got, again := issue(), issue()
		if got.New != 3 || again.New != 0 {
			t.Errorf("%d records at first, %d then", got.New, again.New)
		}
		if diff := cmp.Diff(got.Decisions, again.Decisions); diff != "" {
			t.Errorf("issued again, they differ: %s", diff)
		}
		d := got.Decisions[0]
		if d.Number != "디지털전환위원회 의결 제2026-1호" || got.Decisions[2].Number != "디지털전환위원회 의결 제2026-3호" {
			t.Errorf("numbers %q, %q", d.Number, got.Decisions[2].Number)
		}
		if d.Ballot == nil || d.Ballot.Result.Yes != 3 || d.Text != "의안 제2026-1호 「3개년 기본계획(안)」을 원안대로 의결한다.\n기본계획을 수립한다." {
			t.Errorf("decision %+v", d)
		}
		next, err := s.svc.Supersede(t.Context(), s.Secretary(), minuting.SupersedeInput{
			Decision: d.ID, Text: "바로잡은 주문", Cause: "오기",
		})
		hall.Must(t, err)
		if next.Number != "디지털전환위원회 의결 제2026-4호" || next.Supersedes != d.ID ||
			next.Outcome != d.Outcome || next.Hash == d.Hash {
			t.Errorf("superseding record %+v", next)
		}
		_, err = s.svc.Supersede(t.Context(), s.Secretary(), minuting.SupersedeInput{Decision: d.ID, Text: "또", Cause: "오기"})
		hall.Wants(t, err, "decision.superseded")
		seen, err := s.svc.Decision(t.Context(), domain.Public(), minuting.DecisionInput{Decision: d.ID})
		hall.Must(t, err)
		if seen.Sight != access.Outline || seen.Record != nil || seen.SupersededBy != next.ID {
			t.Errorf("before publication the public sees %+v", seen)
		}
	})
}

func TestActions(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		s := adjourned(t, db)
		out, err := s.svc.Issue(t.Context(), domain.System("deliberation"), minuting.IssueInput{Meeting: hall.Meeting})
		hall.Must(t, err)
		a, err := s.svc.AddAction(t.Context(), s.Secretary(), minuting.ActionInput{
			Decision: out.Decisions[0].ID, Text: "고시", Owner: "디지털전환과", Due: "2026-11-21",
		})
		hall.Must(t, err)
		list, err := s.svc.Actions(t.Context(), s.person(4), minuting.ActionsInput{Committee: hall.Committee, Open: true})
		hall.Must(t, err)
		if len(list.Items) != 1 || !list.Items[0].Overdue {
			t.Errorf("follow-ups %+v", list.Items)
		}
		in := minuting.ReportInput{Action: a.ID, Version: 2, Report: "고시함", Done: true}
		_, err = s.svc.ReportAction(t.Context(), s.Secretary(), in)
		hall.Wants(t, err, "stale")
		in.Version = 1
		_, err = s.svc.ReportAction(t.Context(), s.Secretary(), in)
		hall.Must(t, err)
		_, err = s.svc.ReportAction(t.Context(), s.Secretary(), in)
		hall.Wants(t, err, "action.done")
	})
}

// TestRotation holds that the chair may have some members sign in rotation, of those who took part.
func TestRotation(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		s := adjourned(t, db)
		d := s.draft(t)
		in := minuting.CirculateInput{Minutes: d.Minutes.ID, Base: 1, Kind: "stenography", Recording: "속기 3"}
		for key, signers := range map[string][]domain.ID{
			"minutes.signers_few": {s.Member(1)}, "minutes.signer_absent": {s.Member(1), s.Member(9)},
		} {
			in.Signers = signers
			_, err := s.svc.Circulate(t.Context(), s.Secretary(), in)
			hall.Wants(t, err, key)
		}
		in.Signers = []domain.ID{s.Member(1), s.Member(4)}
		m, err := s.svc.Circulate(t.Context(), s.Secretary(), in)
		hall.Must(t, err)
		s.Read(t, func(ctx context.Context, tx *store.Tx) error {
			left, err := tx.Unsigned(ctx, m.ID)
			if !slices.Equal(left, in.Signers) {
				t.Errorf("%v have to sign", left)
			}
			return err
		})
	})
}
