package store

import "secretariat/service/presiding"

var _ presiding.Tx = (*Tx)(nil)
