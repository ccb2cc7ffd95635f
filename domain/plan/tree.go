package plan

import "math/big"

// Progress is how far a node has come: the mean of its own indicators and, with them as one more, of what lies below by
// weight. It is nil where neither it nor anything below it has an indicator.
func (s State) Progress(n Node, latest Latest) *big.Rat { return s.tree(latest, 0).progress(n) }

// ProgressOf is the progress of a node as it is shown.
func (s State) ProgressOf(n Node, latest Latest) Share { return shown(s.Progress(n, latest)) }

func shown(r *big.Rat) Share {
	if r == nil {
		return Share{}
	}
	return share(r)
}

// Execution is how much of the money of a node, and of everything below it, was spent up to a year (집행률 = 지출액 / 예산현액).
type Execution struct {
	Budget int64 `json:"budget"`
	Spent  int64 `json:"spent"`
	Rate   Share `json:"rate"` // above the whole only where money was taken away after it was spent
}

// Execute adds up the money of a node and everything below it, of the years up to the given one.
func (s State) Execute(n Node, latest Latest, upTo int) Execution {
	return s.tree(latest, upTo).execution(n)
}

// Standing is how far a node has come.
type Standing struct {
	Node      string    `json:"node"`
	Progress  Share     `json:"progress"`
	Execution Execution `json:"execution"`
}

// Stand is how far every node has come, in the order of the plan, with the money of the years up to the given one.
func (s State) Stand(latest Latest, upTo int) []Standing {
	t := s.tree(latest, upTo)
	out := make([]Standing, len(s))
	for i, n := range s {
		out[i] = Standing{n.ID, shown(t.progress(n)), t.execution(n)}
	}
	return out
}

// tree computes a plan from its leaves, each node once.
type tree struct {
	below  map[string][]Node
	latest Latest
	upTo   int
	come   map[string]*big.Rat
	money  map[string]Execution
}

func (s State) tree(latest Latest, upTo int) tree {
	t := tree{map[string][]Node{}, latest, upTo, map[string]*big.Rat{}, map[string]Execution{}}
	for _, n := range s {
		t.below[n.Parent] = append(t.below[n.Parent], n)
	}
	return t
}

func (t tree) progress(n Node) *big.Rat {
	if r, known := t.come[n.ID]; known {
		return r
	}
	sum, weights := new(big.Rat), int64(0)
	add := func(r *big.Rat, weight int) {
		sum.Add(sum, new(big.Rat).Mul(r, big.NewRat(int64(weight), 1)))
		weights += int64(weight)
	}
	for _, c := range t.below[n.ID] {
		if r := t.progress(c); r != nil {
			add(r, c.Weight)
		}
	}
	if len(n.Indicators) > 0 {
		add(n.reached(t.latest), 1)
	}
	t.come[n.ID] = nil
	if weights > 0 {
		t.come[n.ID] = sum.Quo(sum, big.NewRat(weights, 1))
	}
	return t.come[n.ID]
}

// reached is the mean of the node's own indicators.
func (n Node) reached(latest Latest) *big.Rat {
	sum := new(big.Rat)
	for _, i := range n.Indicators {
		actual, reported := latest.Values[n.ID][i.Name]
		sum.Add(sum, i.Reached(actual, reported))
	}
	return sum.Quo(sum, big.NewRat(int64(len(n.Indicators)), 1))
}

func (t tree) execution(n Node) Execution {
	if e, known := t.money[n.ID]; known {
		return e
	}
	var out Execution
	for year, amount := range n.allotted(t.latest) {
		if year <= t.upTo {
			out.Budget += amount
		}
	}
	for year, spent := range t.latest.Spent[n.ID] {
		if year <= t.upTo {
			out.Spent += spent
		}
	}
	for _, c := range t.below[n.ID] {
		below := t.execution(c)
		out.Budget, out.Spent = out.Budget+below.Budget, out.Spent+below.Spent
	}
	if out.Budget > 0 {
		out.Rate = share(big.NewRat(out.Spent, out.Budget))
	}
	t.money[n.ID] = out
	return out
}
