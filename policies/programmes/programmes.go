// Package programmes holds the programmes that calls for proposals are drafted from, as data.
package programmes

import (
	"bytes"
	_ "embed"
	"encoding/json"

	"gopkg.in/yaml.v3"

	"secretariat/domain/selection"
)

//go:embed programmes.yaml
var embedded []byte

// Load reads the programmes in the order of the file. The error says which field is not known.
func Load() ([]selection.Programme, error) {
	var plain []any
	if err := yaml.Unmarshal(embedded, &plain); err != nil {
		return nil, err
	}
	raw, err := json.Marshal(plain)
	if err != nil {
		return nil, err
	}
	var out []selection.Programme
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&out); err != nil {
		return nil, err
	}
	for i := range out {
		out[i] = out[i].Complete()
	}
	return out, nil
}
