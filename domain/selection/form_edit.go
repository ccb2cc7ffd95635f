package selection

import "slices"

// clone is a form whose sections can be changed.
func (f Form) clone() Form {
	f.Sections = slices.Clone(f.Sections)
	for i := range f.Sections {
		f.Sections[i].Fields = slices.Clone(f.Sections[i].Fields)
	}
	return f
}

// place is the section and the position of a field.
func (f Form) place(key string) (section, at int, ok bool) {
	for i, s := range f.Sections {
		if k := slices.IndexFunc(s.Fields, func(x Field) bool { return x.Key == key }); k >= 0 {
			return i, k, true
		}
	}
	return 0, 0, false
}

// Put writes a field over the one of the key was, or at the end of a section when there is none. A section past the last is
// not there and changes nothing.
func (f Form) Put(section int, was string, x Field) Form {
	f = f.clone()
	if i, k, ok := f.place(was); ok && was != "" {
		f.Sections[i].Fields[k] = x
		return f
	}
	if section >= 0 && section < len(f.Sections) {
		f.Sections[section].Fields = append(f.Sections[section].Fields, x)
	}
	return f
}

// Drop leaves a field out.
func (f Form) Drop(key string) Form {
	f = f.clone()
	if i, k, ok := f.place(key); ok {
		f.Sections[i].Fields = slices.Delete(f.Sections[i].Fields, k, k+1)
	}
	return f
}

// Move moves a field one place up (-1) or down (1), into the section before or after it at the edge of its own.
func (f Form) Move(key string, by int) Form {
	f = f.clone()
	i, k, ok := f.place(key)
	if !ok || by != 1 && by != -1 {
		return f
	}
	from := f.Sections[i].Fields
	if to := k + by; to >= 0 && to < len(from) {
		from[k], from[to] = from[to], from[k]
		return f
	}
	if i+by < 0 || i+by >= len(f.Sections) {
		return f
	}
	x, next := from[k], f.Sections[i+by].Fields
	f.Sections[i].Fields = slices.Delete(from, k, k+1)
	at := 0
	if by < 0 {
		at = len(next)
	}
	f.Sections[i+by].Fields = slices.Insert(next, at, x)
	return f
}

// PutSection gives a section its title and note, or adds one at the end.
func (f Form) PutSection(at int, title, note Words) Form {
	f = f.clone()
	if at >= 0 && at < len(f.Sections) {
		f.Sections[at].Title, f.Sections[at].Note = title, note
		return f
	}
	f.Sections = append(f.Sections, Section{Title: title, Note: note, Fields: []Field{}})
	return f
}

// DropSection leaves a section out that has no fields.
func (f Form) DropSection(at int) Form {
	f = f.clone()
	if at >= 0 && at < len(f.Sections) && len(f.Sections[at].Fields) == 0 {
		f.Sections = slices.Delete(f.Sections, at, at+1)
	}
	return f
}
