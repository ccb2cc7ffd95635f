package plan

type stage struct{ months, reviews int }

// first is one line too long: a single record is no table.
func first() stage {
	s := stage{
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
