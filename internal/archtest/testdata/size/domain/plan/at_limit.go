package plan

// atLimit is as long as a function may be here.
func atLimit() int {
	a := 1
	b := 2
	return a + b
}

// rates is longer, but for its table.
func rates() map[string]int {
	one := 1
	return map[string]int{
		"a": one,
		"b": 2,
		"c": 3,
		"d": 4,
	}
}

// The file is as long as a file may be.
