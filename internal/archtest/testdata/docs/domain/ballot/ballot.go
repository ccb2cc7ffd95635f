package ballot

// Tally is explained.
type Tally struct{}

type Count struct{}

// A comment on a group explains none of its types.
type (
	Seat string
	// Vote is explained.
	Vote string
)

// Choices of a vote: the comment on a group of constants explains each.
const (
	Yes Vote = "yes"
	No  Vote = "no"
)

const (
	// Open is explained.
	Open = 1
	Shut = 2 // Shut is explained at the end of the line.
	Left = 3
	kept = 4
)

var Loose, alsoLoose = 1, 2

func Majority() {}

// Explained has a comment.
func Explained() {}

//go:noinline
func OnlyDirective() {}

func (Tally) Result() {}

func (*Tally) Sum() {}

func (Tally) private() {}

type hidden struct{}

func (hidden) Exported() {}

type List[T any] []T

func (l List[T]) Len() int { return len(l) }
