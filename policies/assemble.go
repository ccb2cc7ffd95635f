package policies

import (
	"errors"
	"slices"
	"strings"

	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// assemble puts each pack on those it lies on and checks what shows only then. A pack is not resolved when it, or one
// below it, has problems of its own: what is missing because of them would be said twice.
func assemble(packs map[string]source, problems Problems) (*Library, error) {
	lib := &Library{chains: map[string][]policy.Pack{}}
	broken := map[string]bool{}
	for _, p := range problems {
		broken[p.File] = true
	}
	for name, s := range packs {
		stack := layers(packs, s, &problems)
		for _, below := range stack {
			lib.chains[name] = append(lib.chains[name], below.pack)
		}
		if !slices.ContainsFunc(stack, func(s source) bool { return broken[s.file] }) {
			resolve(lib.chains[name], s, &problems)
		}
	}
	if err := problems.err(); err != nil {
		return nil, err
	}
	return lib, nil
}

// layers lists a pack and those below it, lowest first, or nothing when they do not end. A pack that is not there is a
// problem of the one lying on it; a circle is a problem of every pack in it.
func layers(packs map[string]source, top source, problems *Problems) []source {
	stack := []source{top}
	names := []string{top.pack.Name}
	for s := top; s.pack.Over != ""; {
		below, ok := packs[s.pack.Over]
		if !ok {
			if len(stack) == 1 {
				problems.add(top.file, top.lines["over"], "over", "there is no pack %q", top.pack.Over)
			}
			return nil
		}
		if slices.Contains(names, below.pack.Name) {
			if below.pack.Name == top.pack.Name {
				circle := strings.Join(append(names, top.pack.Name), " > ")
				problems.add(top.file, top.lines["over"], "over", "packs lie on each other in a circle: %s", circle)
			}
			return nil
		}
		stack, names, s = append(stack, below), append(names, below.pack.Name), below
	}
	slices.Reverse(stack)
	return stack
}

// resolve checks that the pack gives every key a value on the day of its latest entry. chain is empty when the packs
// below are not all there, which is said already.
func resolve(chain []policy.Pack, s source, problems *Problems) {
	day := latest(s.pack)
	_, err := policy.Resolve(chain, day)
	var wrong policy.KeyErrors
	errors.As(err, &wrong)
	for _, e := range wrong {
		problems.add(s.file, s.lines["entries"], e.Key, "%v on %s, the day of the latest entry", e.Err, day)
	}
}

func latest(p policy.Pack) calendar.Date {
	var day calendar.Date
	for _, e := range p.Entries {
		day = max(day, e.From)
	}
	return day
}
