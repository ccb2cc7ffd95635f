package plan

import "secretariat/domain"

// Name is what a plan is called and what it is for.
type Name struct {
	Title  string `json:"title"`
	Vision string `json:"vision"`
}

// Naming gives a plan another title or vision. It says both as they were, so that the ledger alone tells every name that the plan had.
type Naming struct {
	Before Name `json:"before"`
	After  Name `json:"after"`
}

// Name is what the plan is called now.
func (p Plan) Name() Name { return Name{p.Title, p.Vision} }

// Rename is the entry that gives the plan other words, nil where they are its own. What is empty stays as it is.
func (p Plan) Rename(to Name) *Naming {
	now := p.Name()
	if to.Title == "" {
		to.Title = now.Title
	}
	if to.Vision == "" {
		to.Vision = now.Vision
	}
	if to == now {
		return nil
	}
	return &Naming{Before: now, After: to}
}

// Named is the plan as it was called after the change-sets up to a number, all of them with 0.
func (p Plan) Named(sets []ChangeSet, upTo int) Plan {
	if n := namedBy(sets, upTo); n != (Name{}) {
		p.Title, p.Vision = n.Title, n.Vision
	}
	return p
}

// namedBy is the name that the last entry up to a number gave, or that which the first one after it took away; none where no entry
// names the plan.
func namedBy(sets []ChangeSet, upTo int) Name {
	var out Name
	for _, s := range sets {
		switch {
		case s.Naming == nil:
		case upTo <= 0 || s.Number <= upTo:
			out = s.Naming.After
		case out == Name{}:
			out = s.Naming.Before
		}
	}
	return out
}

// Renamed is what the words of a plan became between two states, nil where they are the same.
func (p Plan) Renamed(sets []ChangeSet, from, to int) *Naming {
	before := p.Named(sets, to)
	if from > 0 { // before the first entry there is no plan that could have been called otherwise
		before = p.Named(sets, from)
	}
	return before.Rename(p.Named(sets, to).Name())
}

// CheckNaming notes what is wrong with a change of the words of a plan: each rests on a decision or a document, and once the plan is in
// force on a decision of the committee, since the vision is its direction (촉진령 3②).
func (s ChangeSet) CheckNaming(p *domain.Problems) {
	if s.Naming == nil {
		return
	}
	var of domain.Problems
	of.Text("title", s.Naming.After.Title, true, domain.MaxLine)
	of.Text("vision", s.Naming.After.Vision, true, domain.MaxText)
	p.Within("naming", of)
	p.Text("basis", s.Basis, true, domain.MaxName)
}

// named reports whether the entries that name the plan follow each other up to its present name, and none of them is minor.
func (r Record) named() bool {
	var before *Naming
	for _, s := range r.Sets {
		if s.Naming == nil {
			continue
		}
		if s.Kind == Minor || s.Basis == "" || before != nil && before.After != s.Naming.Before {
			return false
		}
		before = s.Naming
	}
	return before == nil || before.After == r.Plan.Name()
}
