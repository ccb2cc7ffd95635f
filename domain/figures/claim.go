package figures

// Kind says how a claim is recomputed.
type Kind string

// The kinds of claim. The operands of each are read in the order given here.
const (
	// Sum claims that the operands add up to the stated total.
	Sum Kind = "sum"
	// Ratio claims that operand 1 divided by operand 2 is the stated percentage. A figure ending in "배" is the plain
	// quotient instead.
	Ratio Kind = "ratio"
	// Competition claims that operand 1 (applications) divided by operand 2 (selected) is the stated "6.9:1".
	Competition Kind = "competition"
	// Same claims that the operands, each from another place, state the same quantity as the stated figure.
	Same Kind = "same"
	// Product claims that the operands multiply to the stated figure, or stay below the ceiling, or both.
	Product Kind = "product"
	// Growth claims the average yearly growth in percent from operand 1 to operand 2 over Periods years.
	Growth Kind = "growth"
	// DoubleCount says that the operands are totals of different tables which share the parts listed in Shared. It has
	// no stated figure and always comes out as a warning, since adding such totals counts the shared parts twice.
	DoubleCount Kind = "double_count"
)

// Relation says how the computed figure must stand to the stated one.
type Relation string

// The relations a claim may state; a claim without one is Equal.
const (
	// Equal holds when the computed figure, rounded half up to the stated precision, is the stated one.
	Equal Relation = "equal"
	// Over ("초과") holds when the exact computed figure is greater than the stated one.
	Over Relation = "over"
	// AtLeast ("이상") holds when the exact computed figure is not less than the stated one.
	AtLeast Relation = "at_least"
)

// Place is where in the sources a figure stands.
type Place struct {
	Document string `json:"document" yaml:"document"`
	Page     string `json:"page,omitempty" yaml:"page,omitempty"`
	Section  string `json:"section,omitempty" yaml:"section,omitempty"`
}

// Figure is one figure as typed in a paper, such as "40,411개" or "1조 4,310억원".
type Figure struct {
	Label string `json:"label,omitempty" yaml:"label,omitempty"`
	Text  string `json:"text" yaml:"text"`
	// Where is needed only when it differs from the place of the claim.
	Where Place `json:"where,omitzero" yaml:"where,omitempty"`
}

// Claim is one statement about figures that can be recomputed.
type Claim struct {
	ID       string   `json:"id" yaml:"id"`
	Kind     Kind     `json:"kind" yaml:"kind"`
	Title    string   `json:"title" yaml:"title"`
	Relation Relation `json:"relation,omitempty" yaml:"relation,omitempty"`
	// Stated is the figure under test. A Product with a Ceiling and a DoubleCount may leave it empty.
	Stated   Figure   `json:"stated,omitzero" yaml:"stated,omitempty"`
	Operands []Figure `json:"operands" yaml:"operands"`
	// Shared are the parts that all totals of a DoubleCount contain.
	Shared []Figure `json:"shared,omitempty" yaml:"shared,omitempty"`
	// Ceiling is what a Product must stay below.
	Ceiling Figure `json:"ceiling,omitzero" yaml:"ceiling,omitempty"`
	// Periods is the number of years between the two operands of a Growth, from 1 to MaxPeriods.
	Periods int   `json:"periods,omitempty" yaml:"periods,omitempty"`
	Where   Place `json:"where" yaml:"where"`
}

// MaxPeriods bounds the years of a growth claim, so that its powers stay small.
const MaxPeriods = 100
