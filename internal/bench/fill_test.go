package bench

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/service"
	"secretariat/store"
)

// Ten years of a city: 200 committees that meet five times a year, with ten items and twenty papers each time.
const (
	years      = 10
	committees = 200
	meetings   = committees * 5 * years
	items      = 10
)

// announce writes a meeting that has been convened, with what its page shows: items, papers, answers, letters,
// declarations and recusals.
func (f founding) announce() error {
	m := f.convened(f.now.Add(14 * 24 * time.Hour))
	if err := f.tx.AddMeeting(f.ctx, m); err != nil {
		return err
	}
	for n := 1; n <= items; n++ {
		if err := f.agenda(n); err != nil {
			return err
		}
	}
	for n, member := range f.members {
		answer := []string{"attend", "attend", "remote", "absent"}[n%4]
		err := f.tx.SetResponse(f.ctx, meeting.Response{Meeting: m.ID, Member: member, Answer: answer, At: f.now})
		if err != nil {
			return err
		}
		err = f.tx.MarkSent(f.ctx, meeting.Letter{
			Meeting: m.ID, Member: member, Kind: meeting.Invitation, Occasion: "1", Sequence: 1, DueAt: f.now, SentAt: f.now,
		})
		if err != nil {
			return err
		}
		if err := f.tx.AddPledge(f.ctx, meeting.Pledge{Meeting: m.ID, Member: member, At: f.now}); err != nil {
			return err
		}
	}
	return nil
}

// agenda writes item n with its papers, the declarations of two members and the recusal of one.
func (f founding) agenda(n int) error {
	i := f.listed(f.item+domain.ID(fmt.Sprintf("-%02d", n)), n)
	if err := f.tx.AddItem(f.ctx, i); err != nil {
		return err
	}
	for number := 1; number <= 2; number++ {
		err := f.tx.AddPaper(f.ctx, meeting.Paper{
			ID: i.ID + domain.ID(fmt.Sprint("-paper-", number)), Item: i.ID, Number: number, Revision: 1,
			Title: "붙임 자료", FileName: "붙임.pdf", MediaType: "application/pdf", Size: 1 << 20,
			SHA256: strings.Repeat("a1b2c3d4", 8), AddedBy: f.id + "-secretary", AddedAt: f.now,
		})
		if err != nil {
			return err
		}
	}
	for _, member := range f.members[:2] {
		err := f.tx.SetInterest(f.ctx, meeting.Interest{Item: i.ID, Member: member, None: true, At: f.now})
		if err != nil {
			return err
		}
	}
	if n%5 != 0 {
		return nil
	}
	return f.tx.AddRecusal(f.ctx, meeting.Recusal{
		ID: i.ID + "-recusal", Meeting: f.meeting, Item: i.ID, Member: f.members[n], Kind: meeting.MandatoryRecusal,
		Ground: "kin", State: meeting.RecusalInForce, At: f.now,
	})
}

// copying says how the rows of a table are copied.
type copying struct {
	table string
	times int
	own   []string // columns that differ in each copy
	board []string // that differ in each committee
}

// copied are the tables of a meeting in an order in which each refers to earlier ones, for so many meetings.
func copied(meetings int) []copying {
	return []copying{
		{"committees", committees, []string{"id", "code"}, nil},
		{"seats", committees, []string{"id", "committee"}, nil},
		{"members", committees, []string{"id", "seat", "committee", "person"}, nil},
		{"meetings", meetings, []string{"id"}, []string{"committee"}},
		{"items", meetings, []string{"id", "meeting"}, nil},
		{"papers", meetings, []string{"id", "item"}, nil},
		{"responses", meetings, []string{"meeting"}, []string{"member"}},
		{"letters", meetings, []string{"meeting"}, []string{"member"}},
		{"pledges", meetings, []string{"meeting"}, []string{"member"}},
		{"interests", meetings, []string{"item"}, []string{"member"}},
		{"recusals", meetings, []string{"id", "meeting", "item"}, []string{"member"}},
	}
}

// copyNumber is the number of the committee that meeting n of the copies belongs to.
func copyNumber(n int) int { return 1 + (n-1)%committees }

// age fills the database of a site with so many copies of the meeting of the one board that is there.
func (s *site) age(t testing.TB, e engine, meetings int) {
	t.Helper()
	for _, c := range copied(meetings) {
		query := s.copying(t, e, c)
		if err := s.db.Exec(t.Context(), query); err != nil {
			t.Fatalf("%s: %v", c.table, err)
		}
	}
	must(t, s.db.Exec(t.Context(), "ANALYZE"))
}

// copying is the statement that copies every row of a table so many times. Both engines understand it.
func (s *site) copying(t testing.TB, e engine, of copying) string {
	t.Helper()
	rows, err := s.bare.QueryContext(t.Context(), "SELECT * FROM "+of.table+" LIMIT 1")
	must(t, err)
	defer rows.Close() //nolint:errcheck // only its columns are read
	columns, err := rows.Columns()
	must(t, err)
	must(t, rows.Err())
	into, from := make([]string, len(columns)), make([]string, len(columns))
	for i, c := range columns {
		into[i] = `"` + c + `"`
		switch {
		case slices.Contains(of.own, c):
			from[i] = fmt.Sprintf(`t."%s" || '-' || n.i`, c)
		case slices.Contains(of.board, c):
			from[i] = fmt.Sprintf(`t."%s" || '-' || (1 + (n.i - 1) %% %d)`, c, committees)
		case of.table == "meetings" && c == "number":
			from[i] = "1 + n.i"
		case of.table == "meetings" && c == "starts_at":
			from[i] = e.earlier
		default:
			from[i] = `t."` + c + `"`
		}
	}
	return fmt.Sprintf("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "+
		"INSERT INTO %s (%s) SELECT %s FROM %s t, n", of.times, of.table, strings.Join(into, ", "), strings.Join(from, ", "), of.table)
}

// chairs signs in the chair of each committee that was copied.
func (s *site) chairs(t testing.TB, b *board) []string { return s.copies(t, b, 1) }

// copies signs in the member in the n-th seat of each committee that was copied.
func (s *site) copies(t testing.TB, b *board, seat int) []string {
	t.Helper()
	out := make([]string, committees+1)
	s.write(t, func(ctx context.Context, tx *store.Tx) (err error) {
		f := founding{board: b, tx: tx, ctx: ctx, now: service.Instant(s.env.Now())}
		for n := 1; n <= committees && err == nil; n++ {
			out[n], err = f.signIn(domain.ID(fmt.Sprintf("%s-person-%02d-%d", b.id, seat, n)))
		}
		return err
	})
	return out
}
