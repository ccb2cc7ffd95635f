package store

import (
	"context"
	"math"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/domain/search"
)

var (
	searchEntries = table[search.Entry]{"search_entries", "search_entry"}
	searchGrams   = table[searchGram]{"search_grams", "search_gram"}
)

// searchGram says that a gram stands in the entry at a place.
type searchGram struct{ Gram, Place int64 }

// probes is how many grams of a query are looked up beside the rarest: more tell little that comparing the text does
// not.
const probes = 4

// countedUpTo is how far grams are counted to find the rarest, stride how many entries along it are looked at
// together.
const (
	countedUpTo = 1000
	stride      = 200
)

// Search gives entries in the order of their places, the highest first, without their folded text. It walks along the
// entries that have the rarest gram and stops when it has enough, so that what has nothing to do with the query costs
// nothing. It walks in steps of its own, since in one statement PostgreSQL, which thinks that hardly any text holds a
// word, would read every entry there is.
func (tx *Tx) Search(ctx context.Context, q search.Query) ([]search.Entry, error) {
	out := []search.Entry{}
	grams, err := tx.rarest(ctx, search.GramsOf(q.Words))
	if err != nil || len(grams) == 0 {
		return out, err
	}
	before := q.Before
	if before == 0 {
		before = math.MaxInt64
	}
	for len(out) < q.Limit {
		places, err := tx.places(ctx, "gram = ? AND place < ? ORDER BY place DESC LIMIT ?", grams[0], before, stride)
		if err != nil || len(places) == 0 {
			return out, err
		}
		before = places[len(places)-1]
		found, err := tx.compared(ctx, q, places, grams[1:min(len(grams), 1+probes)], q.Limit-len(out))
		if err != nil {
			return out, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// places lists the places of a condition on grams.
func (tx *Tx) places(ctx context.Context, where string, args ...any) ([]int64, error) {
	out := []int64{}
	err := tx.db.NewRaw("SELECT place FROM search_grams WHERE "+where, args...).Scan(ctx, &out)
	return out, translate(err, searchGrams.kind)
}

// compared are the entries among places that have the other grams too and are what the query asks for.
func (tx *Tx) compared(
	ctx context.Context, q search.Query, places, grams []int64, limit int,
) ([]search.Entry, error) {
	out := []search.Entry{}
	for _, gram := range grams {
		var err error
		places, err = tx.places(ctx, "gram = ? AND place IN (?)", gram, bun.List(places))
		if err != nil || len(places) == 0 {
			return out, err
		}
	}
	where, args := searchWhere(q, places)
	err := tx.db.NewRaw(`SELECT e.place, e.kind, e.id, e.subject, e.committee, e.item, e.open, e.day, e.title, e.text
		FROM search_entries e WHERE `+where+` ORDER BY e.place DESC LIMIT ?`, append(args, limit)...).Scan(ctx, &out)
	return out, translate(err, searchEntries.kind)
}

// searchWhere is the condition of a query on entries among places.
func searchWhere(q search.Query, places []int64) (string, []any) {
	where, args := "e.place IN (?)", []any{bun.List(places)}
	and := func(more string, values ...any) {
		where += " AND " + more
		args = append(args, values...)
	}
	if q.Committee != "" {
		and("e.committee = ?", q.Committee)
	}
	if q.Kind != "" {
		and("e.kind = ?", q.Kind)
	}
	if q.Person != "" {
		and(`(e.open OR e.item = '' OR e.item NOT IN (SELECT r.item FROM recusals r JOIN members m ON m.id = r.member
			WHERE m.person = ? AND r.state IN (?, ?)))`, q.Person, meeting.RecusalInForce, meeting.RecusalPending)
	}
	for _, w := range q.Words {
		and("e.folded LIKE ? ESCAPE '!'", "%"+searchLiteral.Replace(w)+"%")
	}
	return where, args
}

// searchLiteral makes the signs of LIKE ordinary characters.
var searchLiteral = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

// gramCount counts the entries that have a gram, up to a limit.
const gramCount = `SELECT ? AS gram,
	(SELECT count(*) FROM (SELECT 1 FROM search_grams WHERE gram = ? LIMIT ?) c) AS n`

// rarest orders grams by how many entries have them, fewest first; none when one of them stands nowhere.
func (tx *Tx) rarest(ctx context.Context, grams []int64) ([]int64, error) {
	if len(grams) == 0 {
		return nil, nil
	}
	var parts []string
	var args []any
	for _, g := range grams {
		parts = append(parts, gramCount)
		args = append(args, g, g, countedUpTo)
	}
	var counted []struct{ Gram, N int64 }
	err := tx.db.NewRaw(strings.Join(parts, " UNION ALL ")+" ORDER BY n, gram", args...).Scan(ctx, &counted)
	if err != nil || counted[0].N == 0 {
		return nil, translate(err, searchGrams.kind)
	}
	out := make([]int64, len(counted))
	for i, c := range counted {
		out[i] = c.Gram
	}
	return out, nil
}

// ReplaceEntries makes the entries of a subject those given, and touches nothing that stays as it is.
func (tx *Tx) ReplaceEntries(ctx context.Context, subject domain.ID, want []search.Entry) error {
	have, err := searchEntries.list(ctx, tx, "place", "subject = ?", subject)
	if err != nil {
		return err
	}
	for _, old := range have {
		if slices.ContainsFunc(want, old.Same) {
			continue
		}
		if err := tx.dropEntry(ctx, old); err != nil {
			return err
		}
	}
	for _, e := range want {
		if slices.ContainsFunc(have, e.Same) {
			continue
		}
		if err := tx.addEntry(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// gramsAtOnce is how many grams one statement writes or removes.
const gramsAtOnce = 2000

func (tx *Tx) addEntry(ctx context.Context, e search.Entry) error {
	var err error
	if e.Place, err = tx.freePlace(ctx, e.Place); err != nil {
		return err
	}
	if err := searchEntries.insert(ctx, tx, e); err != nil {
		return err
	}
	for grams := range slices.Chunk(search.Grams(e.Folded), gramsAtOnce) {
		rows := make([]searchGram, len(grams))
		for i, g := range grams {
			rows[i] = searchGram{g, e.Place}
		}
		if err := searchGrams.insert(ctx, tx, rows...); err != nil {
			return err
		}
	}
	return nil
}

// freePlace is the place itself, or the next that nothing has: two entries of a day hardly ever hash alike, but an
// act must not fail over it.
func (tx *Tx) freePlace(ctx context.Context, place int64) (int64, error) {
	for ; ; place++ {
		n, err := searchEntries.count(ctx, tx, "place = ?", place)
		if err != nil || n == 0 {
			return place, err
		}
	}
}

func (tx *Tx) dropEntry(ctx context.Context, e search.Entry) error {
	for grams := range slices.Chunk(search.Grams(e.Folded), gramsAtOnce) {
		if err := searchGrams.delete(ctx, tx, "gram IN (?) AND place = ?", bun.List(grams), e.Place); err != nil {
			return err
		}
	}
	return searchEntries.delete(ctx, tx, "place = ?", e.Place)
}
