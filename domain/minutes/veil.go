package minutes

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"secretariat/domain"
	"secretariat/domain/ballot"
)

// Bar stands for what is withheld. It has one length whatever it covers.
const Bar = "■■■"

// Veil withholds the names of members: in every text the name becomes a bar, and the member's id, by which the name
// could be looked up, becomes a number of this record alone.
type Veil struct {
	ids   map[domain.ID]domain.ID
	names []string // longest first
}

// VeilOf is the veil of the names that redactions withhold.
func VeilOf(c Content, redactions []Redaction) Veil {
	hidden := c.hiddenNames(redactions)
	v := Veil{ids: map[domain.ID]domain.ID{}}
	for i, h := range hidden {
		v.ids[h.Member] = domain.ID("withheld-" + ordinal(i+1))
		v.names = append(v.names, h.Name)
	}
	slices.SortFunc(v.names, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return v
}

// Hides reports whether the member's name is withheld.
func (v Veil) Hides(member domain.ID) bool { _, ok := v.ids[member]; return ok }

// ordinal writes 1 to 999 so that they sort.
func ordinal(n int) string {
	digits := []byte{'0' + byte(n/100%10), '0' + byte(n/10%10), '0' + byte(n%10)}
	return string(digits)
}

// hiddenNames lists the members whose names redactions withhold, each with a name under which the content knows them.
func (c Content) hiddenNames(redactions []Redaction) []Attendee {
	out := []Attendee{}
	for _, a := range c.persons() {
		hidden := slices.ContainsFunc(redactions, func(r Redaction) bool {
			return r.LiftedAt == nil && (r.Anchor == AnchorNames || r.Anchor == NameAnchor(a.Member))
		})
		if hidden && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

// persons lists every member with every name the content has for them.
func (c Content) persons() []Attendee {
	var out []Attendee
	add := func(id domain.ID, name string) {
		if id != "" && name != "" {
			out = append(out, Attendee{Member: id, Name: name})
		}
	}
	lists := [][]Attendee{c.Present, c.Absent, c.Observers}
	for _, i := range c.Items {
		lists = append(lists, i.Recused)
		for _, b := range i.Ballots {
			lists = append(lists, b.Candidates)
			for _, v := range b.Votes {
				add(v.Member, v.Name)
			}
		}
	}
	for _, list := range lists {
		for _, a := range list {
			add(a.Member, a.Name)
		}
	}
	return out
}

// text puts bars over the names in a text. A name of one character is only hidden where it stands alone.
func (v Veil) text(s string) string {
	for _, name := range v.names {
		if utf8.RuneCountInString(name) > 1 || s == name {
			s = strings.ReplaceAll(s, name, Bar)
		}
	}
	return s
}

func (v Veil) id(id domain.ID) domain.ID {
	if other, ok := v.ids[id]; ok {
		return other
	}
	return id
}

// Veiled is a copy of a value with the names withheld in all its texts, ids and choices.
func Veiled[T any](v Veil, x T) T {
	out, ok := v.copy(reflect.ValueOf(&x).Elem()).Interface().(T)
	if !ok {
		return x // an interface that holds nothing
	}
	return out
}

func (v Veil) copy(x reflect.Value) reflect.Value {
	switch x.Kind() {
	case reflect.Pointer:
		if x.IsNil() {
			return x
		}
		out := reflect.New(x.Type().Elem())
		out.Elem().Set(v.copy(x.Elem()))
		return out
	case reflect.Slice:
		if x.IsNil() {
			return x
		}
		out := reflect.MakeSlice(x.Type(), x.Len(), x.Len())
		for i := range x.Len() {
			out.Index(i).Set(v.copy(x.Index(i)))
		}
		return out
	case reflect.Struct:
		return v.fields(x)
	case reflect.String:
		return v.word(x)
	}
	return x
}

func (v Veil) fields(x reflect.Value) reflect.Value {
	if x.Type() == reflect.TypeFor[time.Time]() {
		return x
	}
	out := reflect.New(x.Type()).Elem()
	for i := range x.NumField() {
		out.Field(i).Set(v.copy(x.Field(i)))
	}
	return out
}

// word changes texts and ids; words of other types, such as outcomes, are codes.
func (v Veil) word(x reflect.Value) reflect.Value {
	switch s := x.Interface().(type) {
	case domain.ID:
		return reflect.ValueOf(v.id(s))
	case ballot.Choice: // in an election the id of a candidate
		return reflect.ValueOf(ballot.Choice(v.id(domain.ID(s))))
	case string:
		return reflect.ValueOf(v.text(s))
	}
	return x
}
