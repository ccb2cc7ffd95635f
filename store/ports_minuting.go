package store

import "secretariat/service/minuting"

var _ minuting.Tx = (*Tx)(nil)
