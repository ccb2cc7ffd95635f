package meeting

import (
	"time"

	"secretariat/domain"
)

// Filter says which meetings of a committee a list gives, the latest start first.
type Filter struct {
	Committee domain.ID
	State     State     // any when empty
	Announced bool      // only those that were convened
	From      time.Time // start at or after; no limit when zero
	Until     time.Time // start before; no limit when zero
	Before    time.Time // the last row of the page before: its start ...
	BeforeID  domain.ID // ... and its id
	Limit     int       // 0: all
}
