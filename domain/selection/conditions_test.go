package selection

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"
)

func published() Call {
	opened := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	c := Call{
		ID: "c", Year: 2026, Number: 3, Instrument: Subsidy, Title: "공모", Purpose: "목적", Short: "긴급", ClosesAt: opened.AddDate(0, 0, 20),
		OpenedAt: &opened, Commitment: Commitment("seed"), Rules: "rules", Profile: Profile{
			Criteria: []Criterion{{Name: "성장 가능성", Weight: 60, Floor: 10}, {Name: "효과성", Weight: 40}}, Floor: 70, TrimFrom: 5, BonusMax: 5,
			PenaltyMax: 5, Decimals: 2, Panel: 7, Select: 3, Budget: 1000, Reserve: 2,
		},
		Terms: Terms{
			Sizes: []string{"small"}, Sectors: []string{"로봇"}, Most: 100, OwnShare: 30, Members: true, PerHead: 5, Programme: "testbed",
			Classes: []Class{{Size: "small", Most: 50, OwnShare: 10}}, Conditions: []string{"상담을 마쳤다"}, ReserveDays: 90,
			Entitlements: []Entitlement{{Selected, "지원"}, {Reserved, "승계"}},
			Form: Form{Sections: []Section{{Title: Words{Ko: "가"}, Fields: []Field{{
				Key: "title", Label: Words{Ko: "이름"}, Kind: ShortText, Required: true, Most: 50, Feeds: FeedTitle,
			}}}}},
		},
	}
	c.Conditions = c.conditions()
	c.Conditions.Periods = Periods{Objection: 20, Answer: 14, Agreement: 30}
	c.ConditionsHash = c.Conditions.Hash()
	return c
}

// Whatever is changed in what was published, the hash becomes another one. Every leaf of the JSON is changed in turn.
func TestTheHashCoversEveryConditionThatDecides(t *testing.T) {
	c := published()
	raw, err := json.Marshal(c.Conditions)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		t.Fatal(err)
	}
	changed := 0
	var walk func(at string, v any, put func(any))
	walk = func(at string, v any, put func(any)) {
		switch v := v.(type) {
		case map[string]any:
			for k, x := range v {
				walk(at+"."+k, x, func(n any) { v[k] = n })
			}
			return
		case []any:
			for i, x := range v {
				walk(fmt.Sprint(at, ".", i), x, func(n any) { v[i] = n })
			}
			return
		}
		put(another(v))
		forged, err := json.Marshal(tree)
		put(v)
		if err != nil {
			t.Fatal(err)
		}
		var out Conditions
		if err := json.Unmarshal(forged, &out); err != nil {
			t.Fatalf("%s: %v", at, err)
		}
		if changed++; out.Hash() == c.ConditionsHash {
			t.Errorf("%s is not covered", at)
		}
	}
	walk("", tree, nil)
	if changed < 50 {
		t.Errorf("only %d values were looked at", changed)
	}
}

func another(v any) any {
	switch v := v.(type) {
	case string:
		if at, err := time.Parse(time.RFC3339, v); err == nil {
			return at.Add(time.Hour).Format(time.RFC3339)
		}
		return v + "x"
	case float64:
		return v + 1
	case bool:
		return !v
	}
	return v
}

// A call stands by what it published: what is asked, who may apply, how it is scored.
func TestACallThatDiffersFromWhatItPublishedIsNotIntact(t *testing.T) {
	if !published().Intact() {
		t.Fatal("a call as published is not intact")
	}
	for name, change := range map[string]func(*Call){
		"a ceiling":      func(c *Call) { c.Terms.Most = 200 },
		"a weight":       func(c *Call) { c.Profile.Criteria = []Criterion{{Name: "하나", Weight: 100}} },
		"the form":       func(c *Call) { c.Terms.Form = Form{} },
		"the close":      func(c *Call) { c.ClosesAt = c.ClosesAt.Add(time.Hour) },
		"an entitlement": func(c *Call) { c.Terms.Entitlements = nil },
		"the copy":       func(c *Call) { c.Conditions.Terms.Most = 200 },
	} {
		c := published()
		change(&c)
		if c.Intact() {
			t.Errorf("%s was changed", name)
		}
	}
}
