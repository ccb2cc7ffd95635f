package plan

type kind struct{ months, reviews int }

// tested is one line too long: a single record is no table.
func tested() kind {
	s := kind{
		months:  12,
		reviews: 4,
	}
	return s
}

// The file, too, is one line longer than allowed.

//

//

//

//
