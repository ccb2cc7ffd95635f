package web

import (
	"bytes"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http/httptest"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"secretariat/domain"
	"secretariat/transport/catalogue"
	"secretariat/transport/endpoint"
)

// stage is a site without services, on which templates are rendered.
func stage(t *testing.T) (*Site, endpoint.Set) {
	t.Helper()
	messages, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	set := endpoint.NewSet(endpoint.Services{}, endpoint.Standard(slog.New(slog.DiscardHandler), endpoint.NewMetrics(),
		endpoint.NewLimits(1, 1)))
	now := func() time.Time { return time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC) }
	s, err := New(set, nil, messages, Options{
		Log: slog.New(slog.DiscardHandler), Now: now, Public: "http://localhost", ProviderName: "행정포털",
		Provider: struct{ Provider }{},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, set
}

// guests are who looks at a page: somebody with every right in every committee that is named, and nobody in particular.
func guests(known []domain.ID) map[string]domain.Actor {
	all := domain.Actor{ID: "person", Kind: domain.ActorPerson, Admin: true}
	for _, id := range known {
		all.Seats = append(all.Seats, domain.Seat{Committee: id, Member: id, Chair: true})
		all.Staff = append(all.Staff, domain.Staff{Committee: id})
		all.Partners = append(all.Partners, domain.Partner{Organisation: id, Submits: true, Manages: true})
	}
	return map[string]domain.Actor{"everything": all, "public": domain.Public()}
}

// idsIn are the identifiers in a view-model.
func idsIn(v reflect.Value, out map[domain.ID]bool) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == idType {
			out[domain.ID(v.String())] = true
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() && v.Type() != siteType && v.Type() != seenType {
			idsIn(v.Elem(), out)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			idsIn(v.Field(i), out)
		}
	case reflect.Slice:
		for i := range v.Len() {
			idsIn(v.Index(i), out)
		}
	default:
	}
}

func visitFor(s *Site, by domain.Actor, lang catalogue.Lang) *Visit {
	until := s.now().Add(time.Hour)
	v := &Visit{site: s, Actor: by, Lang: lang, r: httptest.NewRequest("GET", "/help?q=%ED%9A%8C", nil), status: 200}
	if by.Kind == domain.ActorPerson {
		f := &filler{draw: rand.New(rand.NewPCG(1, 1)), site: s} //nolint:gosec // of a test
		f.fill(reflect.ValueOf(&v.Me).Elem(), 0)
		v.Me.Account.ID, v.Me.ExpiresAt = by.ID, &until
	}
	return v
}

// What view-models hold: nothing at all, everything but rows and what may be missing, or what a seed draws.
const (
	bare   = 0
	noRows = 1
	fluent = 3 // so many are rendered in English too
	seeds  = 8
)

func modelOf(s *Site, known codes, zero any, seed int) any {
	if _, fixed := zero.([]string); seed == bare || zero == nil || fixed {
		return zero
	}
	f := &filler{
		codes: known, words: texts, empty: seed == noRows, site: s, visit: visitFor(s, domain.Public(), catalogue.Korean),
		draw: rand.New(rand.NewPCG(uint64(seed), 1)), //nolint:gosec // of a test
	}
	v := reflect.New(reflect.TypeOf(zero)).Elem()
	v.Set(reflect.ValueOf(zero))
	f.fill(v, 0)
	return v.Interface()
}

// TestEveryTemplateIsSoundFullAndEmpty renders each template with nothing in its view-model and with lists, long texts and
// codes in it, for who may everything and for the public, in both languages, and examines the HTML.
func TestEveryTemplateIsSoundFullAndEmpty(t *testing.T) {
	s, set := stage(t)
	known, all := readCodes(t), models(set)
	if len(known) < 40 {
		t.Fatalf("only %d lists of codes were found", len(known))
	}
	for _, name := range slices.Sorted(maps.Keys(s.views)) {
		zero, ok := all[name]
		if !ok {
			t.Errorf("%s: its view-model is missing in template_models_test.go", name)
			continue
		}
		delete(all, name)
		t.Run(name, func(t *testing.T) {
			told := map[string]bool{}
			for seed := range seeds {
				for _, defect := range examineTemplate(s, name, modelOf(s, known, zero, seed), known, seed) {
					if alike := numbers.ReplaceAllString(defect, "n"); !told[alike] {
						told[alike] = true
						t.Errorf("seed %d, %s", seed, defect)
					}
				}
			}
		})
	}
	if len(all) > 0 {
		t.Errorf("there are no templates %v", slices.Sorted(maps.Keys(all)))
	}
}

// numbers tell one row of a list from the next; what is wrong is the same in each.
var numbers = regexp.MustCompile(`\d+`)

// examineTemplate renders a template for everybody and in both languages, and tells what is wrong.
func examineTemplate(s *Site, name string, model any, known codes, seed int) []string {
	ids := map[domain.ID]bool{"": true}
	if model != nil {
		idsIn(reflect.ValueOf(model), ids)
	}
	var found []string
	for who, by := range guests(slices.Collect(maps.Keys(ids))) {
		langs := []catalogue.Lang{catalogue.Korean, catalogue.English}
		if seed >= fluent {
			langs = langs[:1]
		}
		for _, lang := range langs {
			var out bytes.Buffer
			if err := s.render(&out, visitFor(s, by, lang), name, model); err != nil {
				found = append(found, fmt.Sprintf("%s: %v", who, err))
				continue
			}
			for _, defect := range defects(s, out.String(), known, seed == bare, lang) {
				found = append(found, fmt.Sprintf("%s, %s: %s", who, lang, defect))
			}
		}
	}
	return found
}

// defects are what is wrong with the HTML of a page, each once.
func defects(s *Site, page string, known codes, bare bool, lang catalogue.Lang) []string {
	tree, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return []string{err.Error()}
	}
	e := &examiner{bare: bare, site: s, codes: known.flat(), korean: lang == catalogue.Korean, ids: map[string]int{}, tree: tree}
	e.nesting(page)
	e.look(tree)
	e.refer()
	slices.Sort(e.found)
	return slices.Compact(e.found)
}

func (e *examiner) tell(format string, args ...any) {
	e.found = append(e.found, fmt.Sprintf(format, args...))
}
