// Package catalogue renders message keys in the reader's language, Korean first, English second.
package catalogue

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"gopkg.in/yaml.v3"

	"secretariat/domain"
)

//go:embed messages/*.yaml
var files embed.FS

// Lang is a language of the catalogue.
type Lang string

// The languages.
const (
	Korean  Lang = "ko"
	English Lang = "en"
)

// Message is one entry in both languages, with {name} where an argument goes.
type Message struct {
	Ko string `yaml:"ko"`
	En string `yaml:"en"`
}

// Catalogue holds all messages by key.
type Catalogue struct{ messages map[string]Message }

// Load reads the embedded messages; a key that stands twice or lacks a language is an error.
func Load() (*Catalogue, error) {
	names, err := fs.Glob(files, "messages/*.yaml")
	if err != nil {
		return nil, err
	}
	c := &Catalogue{messages: map[string]Message{}}
	for _, name := range names {
		if err := c.read(name); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return c, nil
}

func (c *Catalogue) read(name string) error {
	raw, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	part := map[string]Message{}
	dec := yaml.NewDecoder(strings.NewReader(string(raw)))
	dec.KnownFields(true)
	if err := dec.Decode(&part); err != nil {
		return err
	}
	for key, m := range part {
		if _, twice := c.messages[key]; twice {
			return fmt.Errorf("%s stands twice", key)
		}
		if m.Ko == "" || m.En == "" {
			return fmt.Errorf("%s lacks a language", key)
		}
		c.messages[key] = m
	}
	return nil
}

// Keys lists all keys, sorted.
func (c *Catalogue) Keys() []string { return slices.Sorted(maps.Keys(c.messages)) }

// Message is the entry of a key.
func (c *Catalogue) Message(key string) (Message, bool) { m, ok := c.messages[key]; return m, ok }

// Render writes the message of a key with its arguments; the key itself when there is none, so that nothing is ever blank.
func (c *Catalogue) Render(lang Lang, key string, args domain.Args) string {
	m, ok := c.messages[key]
	if !ok {
		return key
	}
	text := m.Ko
	if lang == English {
		text = m.En
	}
	return fill(text, args)
}

func fill(text string, args domain.Args) string {
	for name, value := range args {
		text = replace(text, "{"+name+"}", fmt.Sprint(value))
	}
	return text
}

// particles are pairs chosen by whether the word before ends in a consonant.
var particles = []struct{ mark, after, open string }{
	{"은(는)", "은", "는"}, {"이(가)", "이", "가"}, {"을(를)", "을", "를"}, {"과(와)", "과", "와"},
}

func replace(text, slot, value string) string {
	for _, p := range particles {
		particle := p.open
		if endsInConsonant(value) {
			particle = p.after
		}
		text = strings.ReplaceAll(text, slot+p.mark, value+particle)
	}
	return strings.ReplaceAll(text, slot, value)
}

// endsInConsonant reports whether the last sound of a word is a consonant; digits are read as Koreans read them.
func endsInConsonant(s string) bool {
	runes := []rune(s)
	if len(runes) == 0 {
		return false
	}
	last := runes[len(runes)-1]
	if last >= '가' && last <= '힣' {
		return (last-'가')%28 != 0
	}
	return strings.ContainsRune("013678LMNRlmnr", last)
}

var matcher = language.NewMatcher([]language.Tag{language.Korean, language.English})

// Choose picks the language for an Accept-Language header; Korean when it says nothing that helps.
func Choose(header string) Lang {
	_, index := language.MatchStrings(matcher, header)
	if index == 1 {
		return English
	}
	return Korean
}
