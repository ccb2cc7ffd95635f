// Package canonical writes values as canonical JSON (RFC 8785), the form that is hashed and published.
package canonical

import (
	"encoding/json"

	"github.com/gowebpki/jcs"
)

// JSON is the canonical JSON of a value: the same value gives the same bytes on every machine.
func JSON(v any) ([]byte, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return jcs.Transform(raw)
}
