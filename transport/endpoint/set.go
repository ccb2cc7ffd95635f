package endpoint

import (
	"secretariat/service/auditing"
	"secretariat/service/balloting"
	"secretariat/service/consulting"
	"secretariat/service/convening"
	"secretariat/service/filing"
	"secretariat/service/identity"
	"secretariat/service/minuting"
	"secretariat/service/partnering"
	"secretariat/service/planning"
	"secretariat/service/presiding"
	"secretariat/service/searching"
	"secretariat/service/seating"
	"secretariat/service/selecting"
	"secretariat/service/surveying"
	"secretariat/service/sweeping"
	"secretariat/service/tasking"
)

// Services are the use cases the endpoints are made of. One that is nil makes endpoints that fail when they are called.
type Services struct {
	Identity   *identity.Service
	Seating    *seating.Service
	Auditing   *auditing.Service
	Convening  *convening.Service
	Presiding  *presiding.Service
	Balloting  *balloting.Service
	Minuting   *minuting.Service
	Filing     *filing.Service
	Sweeping   *sweeping.Service
	Searching  *searching.Service
	Partnering *partnering.Service
	Consulting *consulting.Service
	Selecting  *selecting.Service
	Planning   *planning.Service
	Surveying  *surveying.Service
	Tasking    *tasking.Service
}

// Set holds every operation that people may call, by area; the JSON API and the pages take them from here.
type Set struct {
	Identity
	Seating
	Convening
	Presiding
	Balloting
	Minuting
	Filing
	Sweeping
	Searching
	Partnering
	Consulting
	Selecting
	Planning
	Surveying
	Tasking
}

// NewSet makes the endpoints of the services inside the middleware.
func NewSet(s Services, mw Middlewares) Set {
	return Set{
		Identity:   identityOf(s, mw),
		Seating:    seatingOf(s, mw),
		Convening:  conveningOf(s.Convening, mw),
		Presiding:  presidingOf(s.Presiding, mw),
		Balloting:  ballotingOf(s.Balloting, mw),
		Minuting:   minutingOf(s.Minuting, mw),
		Filing:     filingOf(s.Filing, mw),
		Sweeping:   sweepingOf(s.Sweeping, mw),
		Searching:  searchingOf(s.Searching, mw),
		Partnering: partneringOf(s.Partnering, mw),
		Consulting: consultingOf(s.Consulting, mw),
		Selecting:  selectingOf(s.Selecting, mw),
		Planning:   planningOf(s.Planning, mw),
		Surveying:  surveyingOf(s.Surveying, mw),
		Tasking:    taskingOf(s.Tasking, mw),
	}
}
