// Package capability holds the questionnaires by which member organisations judge themselves, as data with their sources.
package capability

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"

	"gopkg.in/yaml.v3"

	"secretariat/domain"
	"secretariat/domain/alliance"
)

//go:embed capability.yaml
var embedded []byte

// Load reads the questionnaires in the order of the file. The error says which field is not known, or what is wrong with
// which questionnaire.
func Load() ([]alliance.Questionnaire, error) { return read(embedded) }

func read(file []byte) ([]alliance.Questionnaire, error) {
	var plain []any
	if err := yaml.Unmarshal(file, &plain); err != nil {
		return nil, err
	}
	raw, err := json.Marshal(plain)
	if err != nil {
		return nil, err
	}
	var out []alliance.Questionnaire
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&out); err != nil {
		return nil, err
	}
	for _, q := range out {
		var p domain.Problems
		if q.Check(&p); p.Err() != nil {
			return nil, fmt.Errorf("questionnaire %s %s: %w", q.Code, q.Edition, p.Err())
		}
	}
	return out, nil
}
