// Package policies holds the policy packs, as YAML files embedded in the program, and reads them together with those of
// a deployment. Each value stands with its citation, what it rests on and the days on which it is in force; a file with
// a mistake is refused with file, line and key of everything that is wrong.
package policies

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

//go:embed *.yaml
var embedded embed.FS

// Library holds packs that are known to be whole. It does not change and may be used by many at once.
type Library struct {
	chains map[string][]policy.Pack // by name: the pack with those it lies on, lowest first
}

// Load reads the embedded packs and those in dir, a deployment's own, which add packs or take the place of the embedded
// one of the same name. An empty dir means the embedded ones alone; only *.yaml and *.yml files directly in dir are
// read. The error is Problems when packs are wrong: with themselves, with each other, or because a pack has no value
// for a key on the day of its latest entry.
func Load(dir string) (*Library, error) {
	packs, problems, err := read(embedded, "policies")
	if err != nil {
		return nil, err
	}
	if dir != "" {
		own, more, err := read(os.DirFS(dir), dir)
		if err != nil {
			return nil, err
		}
		maps.Copy(packs, own)
		problems = append(problems, more...)
	}
	return assemble(packs, problems)
}

// Names lists the packs, sorted.
func (l *Library) Names() []string { return slices.Sorted(maps.Keys(l.chains)) }

// Resolve returns the rules of a pack in force on a day. It refuses with CodeNotFound a pack that is not there, and
// with CodeRefused a day on which a key has no value, such as one before the law that the pack holds.
func (l *Library) Resolve(pack string, day calendar.Date) (policy.Rules, error) {
	chain, ok := l.chains[pack]
	if !ok {
		return policy.Rules{}, domain.NotFound("policy_pack")
	}
	r, err := policy.Resolve(chain, day)
	if err != nil {
		args := domain.Args{"pack": pack, "day": string(day)}
		return policy.Rules{}, &domain.Error{Code: domain.CodeRefused, Key: "policy.not_in_force", Args: args, Err: err}
	}
	return r, nil
}

// read parses the packs directly in a folder, by name. label stands before the file names in problems.
func read(folder fs.FS, label string) (map[string]source, Problems, error) {
	files, err := fs.ReadDir(folder, ".")
	if err != nil {
		return nil, nil, fmt.Errorf("policy packs of %s: %w", label, err)
	}
	packs := map[string]source{}
	var problems Problems
	for _, f := range files {
		if ext := path.Ext(f.Name()); f.IsDir() || ext != ".yaml" && ext != ".yml" {
			continue
		}
		content, err := fs.ReadFile(folder, f.Name())
		if err != nil {
			return nil, nil, fmt.Errorf("policy packs of %s: %w", label, err)
		}
		s, wrong := parse(filepath.Join(label, f.Name()), content)
		problems = append(problems, wrong...)
		name := s.pack.Name
		if first, twice := packs[name]; twice {
			problems.add(s.file, s.lines["name"], "name", "pack %q stands in %s already", name, first.file)
			continue
		}
		if name != "" {
			packs[name] = s
		}
	}
	return packs, problems, nil
}
