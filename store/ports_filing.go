package store

import "secretariat/service/filing"

var _ filing.Tx = (*Tx)(nil)
