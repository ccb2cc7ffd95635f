package filing_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/internal/files"
	"secretariat/internal/testkit/hall"
	"secretariat/service/filing"
	"secretariat/store"
)

// press binds by writing the labels of what it was given, or fails.
type press struct{ err error }

func (p *press) Bind(
	_ context.Context, c document.Cover, open func(document.CoverPaper) ([]byte, error), done func(int) error,
) ([]byte, int, error) {
	var out []string
	for _, i := range c.Items {
		if i.Withheld {
			out = append(out, "withheld "+i.Number)
		}
		for _, paper := range i.Papers {
			raw, err := open(paper)
			if err != nil {
				return nil, 0, err
			}
			out = append(out, paper.Label+" "+paper.Title+": "+string(raw))
			if err := done(len(out)); err != nil {
				return nil, 0, err
			}
		}
	}
	return []byte(strings.Join(out, "\n")), len(out) + 1, p.err
}

// bound is an archive with a paper on each item, of which the first has two editions.
type bound struct {
	*archive
	press *press
}

func bindable(t *testing.T, db *hall.Database) *bound {
	t.Helper()
	b := &bound{archive: archived(t, db), press: &press{}}
	shelf, err := files.Folder(t.TempDir())
	hall.Must(t, err)
	t.Cleanup(func() { hall.Must(t, shelf.Close()) })
	b.filing.Binding(b.press, shelf)
	b.paper(t, "p1", 1, meeting.Paper{Number: 1, Revision: 1, Title: "기본계획"})
	b.paper(t, "p2", 1, meeting.Paper{Number: 2, Revision: 1, Title: "단가표", Confidential: true})
	b.paper(t, "p3", 2, meeting.Paper{Number: 1, Revision: 1, Title: "협약서"})
	return b
}

func (b *bound) paper(t *testing.T, id domain.ID, item int, p meeting.Paper) {
	t.Helper()
	sum, size, err := b.kept.Put(t.Context(), strings.NewReader("내용 "+string(id)), 1<<10)
	hall.Must(t, err)
	p.ID, p.Item, p.FileName, p.MediaType, p.SHA256, p.Size = id, b.Items[item-1], string(id)+".pdf", "application/pdf", sum, size
	p.AddedBy, p.AddedAt = "staff", b.Clock.Now()
	hall.Must(t, b.db.InTx(t.Context(), func(tx *store.Tx) error { return tx.AddPaper(t.Context(), p) }))
}

func (b *bound) order(t *testing.T, by domain.Actor) document.Booklet {
	t.Helper()
	out, err := b.filing.OrderBooklet(t.Context(), by, filing.OrderInput{Meeting: hall.Meeting})
	hall.Must(t, err)
	return out
}

func (b *bound) take(t *testing.T, by domain.Actor, id domain.ID) (string, error) {
	t.Helper()
	c, err := b.filing.ReadBooklet(t.Context(), by, filing.BookletInput{Booklet: id})
	if err != nil {
		return "", err
	}
	defer c.Content.Close() //nolint:errcheck // only read from
	raw, err := io.ReadAll(c.Content)
	return string(raw), err
}

func (b *bound) made(t *testing.T, by domain.Actor) string {
	t.Helper()
	o := b.order(t, by)
	hall.Must(t, b.filing.BindBooklet(t.Context(), system, filing.BookletInput{Booklet: o.ID}))
	got, err := b.take(t, by, o.ID)
	hall.Must(t, err)
	return got
}

func TestABookletHoldsWhatItsReaderMayRead(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		b := bindable(t, db)
		all := b.made(t, b.person(5))
		for _, want := range []string{"1-1 기본계획: 내용 p1", "1-2 단가표: 내용 p2", "2-1 협약서: 내용 p3"} {
			if !strings.Contains(all, want) {
				t.Errorf("a member's booklet lacks %q:\n%s", want, all)
			}
		}
		recused := b.made(t, b.person(6))
		if strings.Contains(recused, "p1") || strings.Contains(recused, "p2") || strings.Contains(recused, "기본계획") ||
			!strings.Contains(recused, "withheld") || !strings.Contains(recused, "내용 p3") {
			t.Errorf("the booklet of a recused member is\n%s", recused)
		}
		_, err := b.filing.OrderBooklet(t.Context(), domain.Public(), filing.OrderInput{Meeting: hall.Meeting})
		hall.Wants(t, err, "forbidden")
		b.publish(t)
		outside := b.made(t, domain.Actor{ID: "reader", Kind: domain.ActorPerson})
		if outside != "1-1 기본계획: 내용 p1" {
			t.Errorf("after publication somebody else gets\n%s", outside)
		}
	})
}

func TestABookletIsForWhoOrderedItAlone(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		b := bindable(t, db)
		o := b.order(t, b.person(5))
		_, err := b.take(t, b.person(5), o.ID)
		hall.Wants(t, err, "booklet.not_ready")
		hall.Must(t, b.filing.BindBooklet(t.Context(), system, filing.BookletInput{Booklet: o.ID}))
		for _, other := range []domain.Actor{b.person(4), b.person(6), b.Secretary(), domain.Public()} {
			_, err := b.take(t, other, o.ID)
			hall.Wants(t, err, "not_found.booklet")
		}
		if again := b.order(t, b.person(5)); again.ID != o.ID {
			t.Error("the same papers are bound twice")
		}
	})
}

// TestABookletIsNotReadAfterItsReaderWasRecused: what may be read is decided when it is read.
func TestABookletIsNotReadAfterItsReaderWasRecused(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		b := bindable(t, db)
		me := b.person(5)
		o := b.order(t, me)
		hall.Must(t, b.filing.BindBooklet(t.Context(), system, filing.BookletInput{Booklet: o.ID}))
		hall.Must(t, db.InTx(t.Context(), func(tx *store.Tx) error {
			return tx.AddRecusal(t.Context(), meeting.Recusal{
				ID: "late", Meeting: hall.Meeting, Item: b.Items[0], Member: b.Member(5), Kind: meeting.MandatoryRecusal, Ground: "kin",
				State: meeting.RecusalInForce, At: b.Clock.Now(),
			})
		}))
		_, err := b.take(t, me, o.ID)
		hall.Wants(t, err, "booklet.stale")
		if got := b.made(t, me); strings.Contains(got, "p1") {
			t.Errorf("the new one still holds it:\n%s", got)
		}
		b.paper(t, "p4", 2, meeting.Paper{Number: 2, Revision: 1, Title: "붙임"})
		if got := b.made(t, me); !strings.Contains(got, "내용 p4") {
			t.Errorf("a paper that was added is not in the new one:\n%s", got)
		}
	})
}

func TestABookletIsMadeOnceAndThrownAway(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		b, ctx := bindable(t, db), t.Context()
		o := b.order(t, b.person(5))
		in := filing.BookletInput{Booklet: o.ID}
		b.press.err = errors.New("killed in the middle")
		if err := b.filing.BindBooklet(ctx, system, in); err == nil {
			t.Fatal("bound although it broke off")
		}
		shown, err := b.filing.ShowBooklet(ctx, b.person(5), in)
		hall.Must(t, err)
		if shown.Done != 3 || shown.Total != 3 || shown.Bound() {
			t.Errorf("broke off at %+v", shown)
		}
		b.press.err = nil
		for range 2 {
			hall.Must(t, b.filing.BindBooklet(ctx, system, in))
		}
		hall.Wants(t, b.filing.DropBooklet(ctx, system, in), "booklet.too_early")
		b.Clock.Advance(document.Keep + time.Minute)
		_, err = b.take(t, b.person(5), o.ID)
		hall.Wants(t, err, "booklet.stale")
		for range 2 {
			hall.Must(t, b.filing.DropBooklet(ctx, system, in))
		}
		at, err := b.filing.StandBooklet(ctx, system, in)
		hall.Must(t, err)
		if at.Stage != filing.StageOver {
			t.Errorf("stands at %s", at.Stage)
		}
	})
}
