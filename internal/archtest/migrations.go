package archtest

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// engines are the folders of migrations, one a database engine.
var engines = []string{"migrations/sqlite", "migrations/postgres"}

// migrationName is what the migrator runs inside a transaction: anything else it would apply halfway, or not at all.
var migrationName = regexp.MustCompile(`^(\d{3})_[a-z0-9_]+\.tx\.up\.sql$`)

// migrations finds misnamed files, numbers used twice, and steps one engine has and the other has not.
func migrations(t *tree) []finding {
	var found []finding
	steps := map[string][]string{}
	for _, txt := range t.texts {
		engine, name := path.Split(txt.path)
		engine = strings.TrimSuffix(engine, "/")
		if !slices.Contains(engines, engine) || path.Ext(name) == ".go" {
			continue
		}
		if !migrationName.MatchString(name) {
			found = append(found, finding{txt.path, 1, "migrations", "is not named NNN_name.tx.up.sql"})
			continue
		}
		steps[engine] = append(steps[engine], name)
	}
	for i, engine := range engines {
		found = append(found, repeated(engine, steps[engine])...)
		found = append(found, unmatched(engine, steps[engine], steps[engines[1-i]])...)
	}
	return found
}

// repeated finds the steps of an engine whose number another step before it has: which of the two runs first would
// hang on their names.
func repeated(engine string, names []string) []finding {
	var found []finding
	for i, name := range names {
		number, _, _ := strings.Cut(name, "_")
		if i > 0 && strings.HasPrefix(names[i-1], number+"_") {
			found = append(found, finding{engine + "/" + name, 1, "migrations", "number " + number + " is used twice"})
		}
	}
	return found
}

// unmatched finds the steps of an engine that the other one lacks.
func unmatched(engine string, names, others []string) []finding {
	var found []finding
	for _, name := range names {
		if !slices.Contains(others, name) {
			found = append(found, finding{engine + "/" + name, 1, "migrations", "the other engine has no such step"})
		}
	}
	return found
}
