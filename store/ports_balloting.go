package store

import "secretariat/service/balloting"

var _ balloting.Tx = (*Tx)(nil)
