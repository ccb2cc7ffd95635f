package figures

// Severity says what a finding asks of the reader.
type Severity string

// The severities of findings.
const (
	// Error means that the stated figure cannot follow from the figures it is said to follow from.
	Error Severity = "error"
	// Warning means that the figure can be explained, by cutting off instead of rounding for instance, but that
	// somebody should look before relying on it.
	Warning Severity = "warning"
)

// Message keys of findings. A mismatch has the key of its kind, see MismatchKey.
const (
	// KeyTruncated reports a figure whose digits were cut off where they should have been rounded half up.
	KeyTruncated = "figures.truncated"
	// KeyNotOver reports a computed figure that is not greater than the stated bound.
	KeyNotOver = "figures.not_over"
	// KeyBelow reports a computed figure that is less than the stated bound.
	KeyBelow = "figures.below"
	// KeyCeilingReached reports a product equal to its ceiling.
	KeyCeilingReached = "figures.ceiling_reached"
	// KeyCeilingExceeded reports a product above its ceiling; the argument "times" is their quotient.
	KeyCeilingExceeded = "figures.ceiling_exceeded"
	// KeyDoubleCount reports totals that share parts; the computed figure counts each part once.
	KeyDoubleCount = "figures.double_count"
	// KeyUnreadable reports a figure that is no number; the argument "text" is that figure.
	KeyUnreadable = "figures.unreadable"
	// KeyUnits reports figures of different units that cannot be compared or added.
	KeyUnits = "figures.units"
	// KeyIncomplete reports a claim with too few figures, an unknown kind or impossible periods.
	KeyIncomplete = "figures.incomplete"
	// KeyUndefined reports a division by zero or a growth from or to a negative figure.
	KeyUndefined = "figures.undefined"
)

// MismatchKey is the message key of a stated figure that differs from the computed one, "figures.sum" for instance.
func MismatchKey(k Kind) string { return "figures." + string(k) }

// Keys lists every message key a finding can carry, for the test of a message catalogue.
func Keys() []string {
	keys := []string{KeyTruncated, KeyNotOver, KeyBelow, KeyCeilingReached, KeyCeilingExceeded, KeyDoubleCount,
		KeyUnreadable, KeyUnits, KeyIncomplete, KeyUndefined}
	for _, k := range []Kind{Sum, Ratio, Competition, Same, Product, Growth} {
		keys = append(keys, MismatchKey(k))
	}
	return keys
}

// Finding is a claim that does not hold. Key and Args make its message; Args always holds "title", "stated" and
// "computed", and where they make sense "working" (the calculation in figures, "785 + 102 = 887"), "ceiling",
// "times", "text" and "document" and "section" of Other.
type Finding struct {
	ClaimID  string   `json:"claimId"`
	Kind     Kind     `json:"kind"`
	Severity Severity `json:"severity"`
	// Stated is the figure as typed, empty when the claim states none.
	Stated string `json:"stated,omitempty"`
	// Computed is the exact result, rounded half up to the stated precision and spelled like the stated figure.
	Computed string `json:"computed,omitempty"`
	// Where is the place of the stated figure.
	Where Place `json:"where"`
	// Other is the second place of a Same claim.
	Other Place             `json:"other,omitzero"`
	Key   string            `json:"key"`
	Args  map[string]string `json:"args"`
}
