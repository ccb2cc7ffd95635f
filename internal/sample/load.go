package sample

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"gopkg.in/yaml.v3"

	"secretariat/domain/figures"
)

//go:embed data
var files embed.FS

// ErrUnknown is returned for a reference to a table, paper or item that is not there.
var ErrUnknown = errors.New("reference to something unknown")

// Load reads the embedded content. Each call returns a copy of its own. An error means that the embedded files are at
// fault.
func Load() (*Sample, error) {
	return load(files)
}

func load(from fs.FS) (*Sample, error) {
	var s Sample
	var speeches struct {
		Statements []Statement `yaml:"statements"`
	}
	err := errors.Join(
		decode(from, "data/agenda.yaml", &s),
		decode(from, "data/committee.yaml", &s.Committee),
		decode(from, "data/alliance.yaml", &s.Alliance),
		decode(from, "data/speeches.yaml", &speeches))
	if err != nil {
		return nil, err
	}
	s.Statements = speeches.Statements
	if s.Plan, err = loadPlan(from); err != nil {
		return nil, err
	}
	checks, err := loadChecks(from)
	if err != nil {
		return nil, err
	}
	if err := s.loadPapers(from, checks); err != nil {
		return nil, err
	}
	return &s, checks.fillItems(s.Items)
}

// decode reads one YAML document and refuses fields that the target does not have, and anything behind it.
func decode(from fs.FS, name string, into any) error {
	raw, err := fs.ReadFile(from, name)
	if err != nil {
		return err
	}
	d := yaml.NewDecoder(bytes.NewReader(raw))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if err := d.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: more than one document", name)
	}
	return nil
}

func (s *Sample) loadPapers(from fs.FS, checks *checks) error {
	names, err := fs.Glob(from, "data/papers/*.yaml")
	if err != nil {
		return err
	}
	for _, name := range names {
		var p Paper
		if err := decode(from, name, &p); err != nil {
			return err
		}
		if p.Item < 1 || p.Item > len(s.Items) {
			return fmt.Errorf("%s: %w: item %d", name, ErrUnknown, p.Item)
		}
		if err := checks.fill(p.Blocks); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		p.Claims = checks.take(p.ID)
		item := &s.Items[p.Item-1]
		item.Papers = append(item.Papers, p)
	}
	return checks.allTaken()
}

// figuresFile is a file of tables and of the claims that papers make about them.
type figuresFile struct {
	// Places only carries the anchors other entries refer to.
	Places []figures.Place `yaml:"places"`
	Tables []figures.Table `yaml:"tables"`
	Checks []struct {
		Paper  string          `yaml:"paper"`
		Rules  []figures.Rule  `yaml:"rules"`
		Claims []figures.Claim `yaml:"claims"`
	} `yaml:"checks"`
}

// checks are the tables by ID and the claims by paper.
type checks struct {
	tables map[string]figures.Table
	claims map[string][]figures.Claim
}

func loadChecks(from fs.FS) (*checks, error) {
	names, err := fs.Glob(from, "data/figures/*.yaml")
	if err != nil {
		return nil, err
	}
	c := &checks{tables: map[string]figures.Table{}, claims: map[string][]figures.Claim{}}
	read := make([]figuresFile, len(names))
	for i, name := range names {
		if err := decode(from, name, &read[i]); err != nil {
			return nil, err
		}
		for _, t := range read[i].Tables {
			c.tables[t.ID] = t
		}
	}
	for i, name := range names {
		if err := c.add(read[i]); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return c, nil
}

func (c *checks) add(f figuresFile) error {
	for _, group := range f.Checks {
		for _, r := range group.Rules {
			t, ok := c.tables[r.Table]
			if !ok {
				return fmt.Errorf("%w: table %q of rule %q", ErrUnknown, r.Table, r.ID)
			}
			claims, err := t.Claims(r)
			if err != nil {
				return err
			}
			c.claims[group.Paper] = append(c.claims[group.Paper], claims...)
		}
		c.claims[group.Paper] = append(c.claims[group.Paper], group.Claims...)
	}
	return nil
}

// take hands out the claims of a paper once.
func (c *checks) take(paper string) []figures.Claim {
	claims := c.claims[paper]
	delete(c.claims, paper)
	return claims
}

func (c *checks) allTaken() error {
	for paper := range c.claims {
		return fmt.Errorf("%w: claims of paper %q", ErrUnknown, paper)
	}
	return nil
}

func (c *checks) fillItems(items []Item) error {
	for _, item := range items {
		if err := c.fill(item.Points); err != nil {
			return fmt.Errorf("item %d: %w", item.Number, err)
		}
	}
	return nil
}

// fill copies the figures tables into the blocks that show them.
func (c *checks) fill(blocks []Block) error {
	for i := range blocks {
		if blocks[i].Table == "" {
			continue
		}
		t, ok := c.tables[blocks[i].Table]
		if !ok {
			return fmt.Errorf("%w: table %q", ErrUnknown, blocks[i].Table)
		}
		blocks[i].Columns, blocks[i].Unit = append([]string(nil), t.Columns...), t.Unit
		for _, row := range t.Rows {
			blocks[i].Rows = append(blocks[i].Rows, append([]string(nil), row...))
		}
	}
	return nil
}
