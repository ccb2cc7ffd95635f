package store

import "secretariat/service/searching"

var _ searching.Tx = (*Tx)(nil)
