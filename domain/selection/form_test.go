package selection_test

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"secretariat/domain"
	. "secretariat/domain/selection"
)

// wrong are the fields that a check finds something wrong with, each once, in order.
func wrong(check func(*domain.Problems)) []string {
	var p domain.Problems
	check(&p)
	var e *domain.Error
	out := []string{}
	if errors.As(p.Err(), &e) {
		for _, f := range e.Fields {
			out = append(out, f.Field)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// drawForm makes a form whose conditions refer to any other field that can be referred to, circles left out.
func drawForm(t *rapid.T) Form {
	kinds := []FieldKind{ShortText, Integer, Won, Percent, Day, YesNo, OneOf, ManyOf, BusinessNumber, Table, File}
	fields := []Field{{Key: "title", Label: Words{Ko: "이름"}, Kind: ShortText, Required: true, Feeds: FeedTitle}}
	for i := range rapid.IntRange(1, 8).Draw(t, "fields") {
		f := Field{Key: fmt.Sprint("f", i), Label: Words{Ko: "칸"}, Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Required: rapid.Bool().Draw(t, "required")}
		switch f.Kind {
		case OneOf, ManyOf:
			f.Choices = []Choice{{"a", Words{Ko: "가"}}, {"b", Words{Ko: "나"}}}
			f.Least = int64(rapid.IntRange(0, 1).Draw(t, "least"))
		case Table:
			f.Columns = []Column{{Key: "name", Label: Words{Ko: "이름"}, Kind: ShortText, Required: true}, {Key: "won", Label: Words{Ko: "금액"}, Kind: Won}}
			f.Least, f.Most = 1, 2
		case Integer, ShortText, File:
			f.Least, f.Most = int64(rapid.IntRange(0, 2).Draw(t, "least")), int64(rapid.IntRange(2, 4).Draw(t, "most"))
		}
		fields = append(fields, f)
	}
	order := rapid.Permutation(fields).Draw(t, "order")
	for i := range order {
		if order[i].Key == "title" {
			continue
		}
		for range rapid.IntRange(0, 2).Draw(t, "conditions") {
			to := fields[rapid.IntRange(0, len(fields)-1).Draw(t, "to")]
			if to.Kind == Table || to.Kind == File || to.Key >= order[i].Key { // by key alone: no circle, but any order on the page
				continue
			}
			c := Condition{Field: to.Key}
			switch to.Kind {
			case YesNo:
				c.Is = []string{"true"}
			case OneOf, ManyOf:
				c.Is = []string{"b"}
			}
			if rapid.Bool().Draw(t, "when") {
				order[i].When = append(order[i].When, c)
			} else {
				order[i].RequiredWhen = append(order[i].RequiredWhen, c)
			}
		}
	}
	cut := rapid.IntRange(0, len(order)).Draw(t, "cut")
	return Form{Sections: []Section{{Title: Words{Ko: "하나"}, Fields: order[:cut]}, {Title: Words{Ko: "둘"}, Fields: order[cut:]}}}
}

func drawAnswers(t *rapid.T, f Form) ([]Answer, map[string]int) {
	texts := rapid.SampledFrom([]string{"", " ", "a", "b", "true", "false", "2", "1,000", "007", "101", "-1", "1.5", "2026-11-28", "2026-02-30", "가나다라마", "2208162517", "220-81-62517"})
	var out []Answer
	files := map[string]int{}
	for _, x := range f.Fields() {
		a := Answer{Field: x.Key}
		switch x.Kind {
		case File:
			files[x.Key] = rapid.IntRange(0, 5).Draw(t, "files")
			continue
		case ManyOf:
			a.Chosen = rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "z"}), 0, 3).Draw(t, "chosen")
		case Table:
			a.Rows = rapid.SliceOfN(rapid.SliceOfN(texts, 0, 2), 0, 4).Draw(t, "rows")
		default:
			a.Value = texts.Draw(t, "value")
		}
		out = append(out, a)
	}
	return out, files
}

// plainly is the same check written as plainly as can be: it looks at the fields again and again until nothing changes.
type plainly struct {
	form  Form
	given map[string]Answer
	files map[string]int
	there map[string]bool
}

func (n plainly) settle() {
	for _, f := range n.form.Fields() {
		n.there[f.Key] = true
	}
	for range n.form.Fields() {
		next := map[string]bool{}
		for _, f := range n.form.Fields() {
			next[f.Key] = n.all(f.When)
		}
		for k, v := range next {
			n.there[k] = v
		}
	}
}

func (n plainly) all(conditions []Condition) bool {
	ok := true
	for _, c := range conditions {
		a := n.given[c.Field]
		hit := strings.TrimSpace(a.Value) != "" && len(c.Is) == 0
		for _, want := range c.Is {
			for _, have := range append([]string{strings.TrimSpace(a.Value)}, a.Chosen...) {
				hit = hit || have == want
			}
		}
		ok = ok && hit && n.there[c.Field]
	}
	return ok
}

var (
	digits = regexp.MustCompile(`^[0-9][0-9, ]*$`)
	number = regexp.MustCompile(`^220-?81-?62517$`)
)

// good says what is kept of a text, and whether it may be.
func good(kind FieldKind, least, most int64, text string) (string, bool) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", true
	}
	switch kind {
	case ShortText:
		n := int64(len([]rune(text)))
		return text, n >= least && (most == 0 || n <= most)
	case Integer, Won, Percent:
		if !digits.MatchString(text) {
			return "", false
		}
		v, _ := strconv.ParseInt(strings.ReplaceAll(text, ",", ""), 10, 64)
		if kind == Percent {
			most = 100
		}
		return strconv.FormatInt(v, 10), v >= least && (most == 0 || v <= most)
	case Day:
		_, err := time.Parse("2006-01-02", text)
		return text, err == nil
	case YesNo:
		return text, text == "true" || text == "false"
	case OneOf:
		return text, text == "a" || text == "b"
	case BusinessNumber:
		return strings.ReplaceAll(text, "-", ""), number.MatchString(text)
	}
	return text, true
}

func (n plainly) check() (kept []Answer, fields []string) {
	kept, fields = []Answer{}, []string{}
	bad := func(at string) { fields = append(fields, at) }
	for _, f := range n.form.Fields() {
		if !n.there[f.Key] {
			continue
		}
		a, at := n.given[f.Key], "answers."+f.Key
		required := f.Required || len(f.RequiredWhen) > 0 && n.all(f.RequiredWhen)
		out, count := Answer{Field: f.Key}, n.files[f.Key]
		switch f.Kind {
		case ManyOf:
			for _, c := range []string{"a", "b"} {
				if slices.Contains(a.Chosen, c) {
					out.Chosen = append(out.Chosen, c)
				}
			}
			if slices.Contains(a.Chosen, "z") {
				bad(at)
			}
			count = len(out.Chosen)
		case Table:
			for i, row := range a.Rows {
				cells := append(slices.Clone(row), "", "")
				if strings.TrimSpace(cells[0]) == "" && strings.TrimSpace(cells[1]) == "" {
					continue
				}
				name, ok := good(ShortText, 0, 0, cells[0])
				if !ok || name == "" {
					bad(at + "." + strconv.Itoa(i) + ".name")
				}
				won, ok := good(Won, 0, 0, cells[1])
				if !ok {
					bad(at + "." + strconv.Itoa(i) + ".won")
				}
				out.Rows = append(out.Rows, []string{name, won})
			}
			count = len(out.Rows)
		case File:
		default:
			var ok bool
			if out.Value, ok = good(f.Kind, f.Least, f.Most, a.Value); !ok || required && strings.TrimSpace(a.Value) == "" {
				bad(at)
			}
			count = -1
		}
		most := int64(map[FieldKind]int{ManyOf: 2, Table: 2, File: int(f.Most)}[f.Kind])
		if count == 0 && required || count > 0 && int64(count) < f.Least || count >= 0 && int64(count) > most {
			bad(at)
		}
		if out.Value != "" || len(out.Chosen) > 0 || len(out.Rows) > 0 {
			kept = append(kept, out)
		}
	}
	slices.Sort(fields)
	return kept, slices.Compact(fields)
}

func TestAnswersAreCheckedAsAPlainReadingOfTheFormDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawForm(t)
		if found := wrong(f.Check); len(found) > 0 {
			t.Fatalf("the form itself: %v", found)
		}
		given, files := drawAnswers(t, f)
		n := plainly{f, map[string]Answer{}, files, map[string]bool{}}
		for _, a := range given {
			n.given[a.Field] = a
		}
		n.settle()
		kept, fields := n.check()
		var got []Answer
		found := wrong(func(p *domain.Problems) { got = f.Fill(p, given, files) })
		if !slices.Equal(found, fields) {
			t.Fatalf("wrong at %v, want %v", found, fields)
		}
		if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", kept) {
			t.Fatalf("kept %q, want %q", got, kept)
		}
		if again := wrong(func(p *domain.Problems) { f.Fill(p, got, files) }); len(fields) == 0 && len(again) > 0 {
			t.Fatalf("what was kept is refused: %v", again)
		}
	})
}

func TestConditionsThatWaitForEachOtherAreFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "fields")
		fields := []Field{{Key: "title", Label: Words{Ko: "이름"}, Kind: ShortText, Required: true, Feeds: FeedTitle}}
		reach := make([][]bool, n)
		for i := range n {
			reach[i] = make([]bool, n)
			f := Field{Key: fmt.Sprint("f", i), Label: Words{Ko: "칸"}, Kind: ShortText}
			for k := range n {
				if k != i && rapid.IntRange(0, 3).Draw(t, "needs") == 0 {
					f.When, reach[i][k] = append(f.When, Condition{Field: fmt.Sprint("f", k)}), true
				}
			}
			fields = append(fields, f)
		}
		for m := range n { // Warshall
			for i := range n {
				for k := range n {
					reach[i][k] = reach[i][k] || reach[i][m] && reach[m][k]
				}
			}
		}
		circle := false
		for i := range n {
			circle = circle || reach[i][i]
		}
		form := Form{Sections: []Section{{Title: Words{Ko: "하나"}, Fields: fields}}}
		if found := wrong(form.Check); (len(found) > 0) != circle {
			t.Fatalf("%v, circle: %v", found, circle)
		}
	})
}

func TestADefinitionIsToldEverythingThatIsWrongWithIt(t *testing.T) {
	label := Words{Ko: "칸"}
	f := Form{Sections: []Section{{Title: Words{}, Fields: []Field{
		{Key: "Title", Label: label, Kind: ShortText, Feeds: FeedTitle},
		{Key: "a", Kind: "letter"},
		{Key: "a", Label: label, Kind: OneOf},
		{Key: "b", Label: label, Kind: OneOf, Choices: []Choice{{"x", label}, {"x", label}}, Must: "y"},
		{Key: "c", Label: label, Kind: Integer, Least: 5, Most: 4, When: []Condition{{Field: "nobody"}}},
		{Key: "d", Label: label, Kind: LongText, Feeds: FeedAmount, When: []Condition{{Field: "b", Is: []string{"z"}}}},
		{Key: "e", Label: label, Kind: Table, Columns: []Column{{Key: "n", Label: label, Kind: File}}},
		{Key: "f", Label: label, Kind: File, Media: []string{"exe"}, Most: 21},
		{Key: "g", Label: label, Kind: YesNo, Choices: []Choice{{"x", label}}, RequiredWhen: []Condition{{Field: "e"}}},
	}}}}
	at := func(n int, part string) string { return fmt.Sprintf("sections.0.fields.%d.%s", n, part) }
	want := []string{"sections", "sections.0.title.ko", at(0, "key"), at(1, "kind"), at(1, "label.ko"), at(2, "choices"), at(2, "key"),
		at(3, "choices"), at(3, "must"), at(4, "most"), at(4, "when"), at(5, "feeds"), at(5, "when"), at(6, "columns"), at(7, "media"),
		at(7, "most"), at(8, "choices"), at(8, "requiredWhen")}
	slices.Sort(want)
	if got := wrong(f.Check); !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestADraftKeepsWhatWasTyped(t *testing.T) {
	f := StandardForm()
	given := []Answer{{Field: "amount", Value: "12억 "}, {Field: "title", Value: ""}}
	var got []Answer
	if found := wrong(func(p *domain.Problems) { got = f.Keep(p, given) }); len(found) > 0 || len(got) != 1 || got[0].Value != "12억 " {
		t.Errorf("%v %v", found, got)
	}
	if found := wrong(func(p *domain.Problems) { f.Keep(p, []Answer{{Field: "nobody", Value: "x"}}) }); !slices.Equal(found, []string{"answers"}) {
		t.Errorf("an answer to no field: %v", found)
	}
}

func TestWhatTheFormFeedsIsExamined(t *testing.T) {
	label := Words{Ko: "칸"}
	terms := Terms{PerHead: 2_000_000, Form: Form{Sections: []Section{{Title: label, Fields: []Field{
		{Key: "title", Label: label, Kind: ShortText, Required: true, Feeds: FeedTitle},
		{Key: "asked", Label: label, Kind: Won, Feeds: FeedAmount},
		{Key: "heads", Label: label, Kind: Integer, Feeds: FeedHeadCount},
		{Key: "consulted", Label: label, Kind: YesNo, Must: Yes},
		{Key: "now", Label: label, Kind: Integer, Feeds: FeedTRL},
		{Key: "target", Label: label, Kind: Integer, Feeds: FeedTRLTarget},
		{Key: "with", Label: label, Kind: Table, Feeds: FeedPartners, Columns: []Column{{Key: "n", Label: label, Kind: BusinessNumber}}},
	}}}}}
	given := []Answer{{Field: "title", Value: "과제"}, {Field: "asked", Value: "4,000,000"}, {Field: "heads", Value: "2"}, {Field: "consulted", Value: Yes},
		{Field: "now", Value: "6"}, {Field: "target", Value: "7"}, {Field: "with", Rows: [][]string{{"220-81-62517"}}}}
	keys := func(given []Answer, by Applicant) string {
		blocking, warnings := terms.Examine(terms.Take(Application{}, given), by)
		var out []string
		for _, f := range append(blocking, warnings...) {
			out = append(out, f.Field+" "+f.Key)
		}
		return strings.Join(out, "; ")
	}
	if got := keys(given, Applicant{BusinessNumber: "1234567891", PartnerFunded: true}); got != "answers.with terms.partner_funded" {
		t.Error(got)
	}
	given[1].Value, given[3].Value, given[5].Value = "4000001", No, "5"
	want := "answers.asked terms.per_head; answers.consulted terms.must; answers.target terms.trl; answers.with terms.own_partner"
	if got := keys(given, Applicant{BusinessNumber: "2208162517"}); got != want {
		t.Error(got)
	}
}

func TestFilesThatAreNotWhatTheySayAreRefused(t *testing.T) {
	pdf, zip := []byte("%PDF-1.7"), []byte("PK\x03\x04\x14\x00\x00\x00")
	field := Field{Kind: File, Media: []string{"pdf", "hwpx", "jpg"}}
	for _, x := range []struct {
		name string
		head []byte
		ok   bool
	}{
		{"사업계획서.pdf", pdf, true}, {"계획 v1.2 (최종).PDF", pdf, true}, {"계획.hwpx", zip, true}, {"사진.jpeg", []byte{0xFF, 0xD8, 0xFF, 0xE0}, true},
		{"계획.pdf", zip, false}, {"계획.pdf", nil, false}, {"계획.exe.pdf", pdf, false}, {"계획.pdf.exe", pdf, false}, {"계획.hwp.pdf", pdf, false},
		{"계획.pdf .pdf", pdf, false}, {"계획", pdf, false}, {"pdf", pdf, false}, {"../계획.pdf", pdf, false}, {".pdf", pdf, false}, {"계획.xlsx", zip, false}, {"", pdf, false},
	} {
		found := wrong(func(p *domain.Problems) { field.CheckFile(p, x.name, x.head) })
		if (len(found) == 0) != x.ok {
			t.Errorf("%q: %v", x.name, found)
		}
	}
}
