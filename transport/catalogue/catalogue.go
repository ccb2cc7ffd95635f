// Package catalogue renders message keys in the reader's language, Korean first, English second.
package catalogue

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
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

// Message is one entry in both languages, with {name} where an argument goes and {name:list} where the word for a code
// goes: the entry label.<list>.<code>. A particle that depends on the sound before it is written in both forms, as in
// {name}은(는).
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
		if err := c.file(name); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return c, nil
}

// Read makes a catalogue of messages; one that lacks a language is an error.
func Read(messages map[string]Message) (*Catalogue, error) {
	c := &Catalogue{messages: map[string]Message{}}
	return c, c.add(messages)
}

func (c *Catalogue) file(name string) error {
	raw, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	part := map[string]Message{}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(&part); err != nil {
		return err
	}
	return c.add(part)
}

func (c *Catalogue) add(part map[string]Message) error {
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

// Says reports whether the text is what a key says in one of the languages, whatever its case.
func (c *Catalogue) Says(key, text string) bool {
	m, known := c.messages[key]
	return known && (strings.EqualFold(m.Ko, text) || strings.EqualFold(m.En, text))
}
