package store

import "secretariat/service/convening"

var _ convening.Tx = (*Tx)(nil)
