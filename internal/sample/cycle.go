package sample

import (
	"time"

	"secretariat/domain/calendar"
)

// Cycle is the script of a basic plan from the decision to draft it to its closing evaluation. The plan itself is the sample's.
type Cycle struct {
	Begins        time.Time `yaml:"begins"`
	Steps         []Taken   `yaml:"steps"`
	Consultations []Asking  `yaml:"consultations"`
	Meetings      []Sitting `yaml:"meetings"`
	Annual        []Annual  `yaml:"annual"`
	Reviews       Reviewing `yaml:"reviews"`
	Minor         MinorEdit `yaml:"minor"`
	Major         MajorEdit `yaml:"major"`
	Renewal       Renewal   `yaml:"renewal"`
	Successor     NextPlan  `yaml:"successor"`
	Ends          time.Time `yaml:"ends"`
}

// Taken is a step of making the plan, on a document, or on the number of a consultation or of the first decision of a meeting,
// counted from 1.
type Taken struct {
	Step         string        `yaml:"step"`
	On           calendar.Date `yaml:"on"`
	Ref          string        `yaml:"ref"`
	Consultation int           `yaml:"consultation"`
	Meeting      int           `yaml:"meeting"`
}

// Asking is a consultation, a hearing or a pre-notice with what is said, what becomes of it, and what of the plan changes for it.
type Asking struct {
	Kind      string     `yaml:"kind"`
	Opens     time.Time  `yaml:"opens"`
	At        time.Time  `yaml:"at"` // of a hearing
	Place     string     `yaml:"place"`
	Speakers  string     `yaml:"speakers"` // who speaks at a hearing
	Presider  string     `yaml:"presider"`
	Attended  int        `yaml:"attended"`
	Closes    time.Time  `yaml:"closes"`
	Answered  time.Time  `yaml:"answered"`
	Title     string     `yaml:"title"`
	Purpose   string     `yaml:"purpose"`
	Record    string     `yaml:"record"`
	Late      int        `yaml:"late"` // the organisation that answers only when reminded
	Opinions  []Answered `yaml:"opinions"`
	Citizens  []Answered `yaml:"citizens"`
	Amends    []Amend    `yaml:"amends"`
	AmendsFor string     `yaml:"amendsFor"`
}

// Answered is an opinion of an organisation, counted from 1, or of a citizen, with its answer.
type Answered struct {
	Opinion `yaml:",inline"`
	Name    string `yaml:"name"`
	Email   string `yaml:"email"`
	Outcome string `yaml:"outcome"`
	Reason  string `yaml:"reason"`
}

// Amend is another text of a node.
type Amend struct {
	Node string `yaml:"node"`
	Text string `yaml:"text"`
}

// Sitting is a meeting of the committee.
type Sitting struct {
	Title    string        `yaml:"title"`
	Convened calendar.Date `yaml:"convened"`
	On       calendar.Date `yaml:"on"`
	Away     []int         `yaml:"away"`
	Items    []Tabled      `yaml:"items"`
}

// Tabled is an item of it, with the step of the plan that is taken on its decision.
type Tabled struct {
	Kind     string `yaml:"kind"`
	Title    string `yaml:"title"`
	Proposal string `yaml:"proposal"`
	Reasons  string `yaml:"reasons"`
	Summary  string `yaml:"summary"`
	Paper    string `yaml:"paper"` // plan, change or review
	Said     []Said `yaml:"said"`
	No       []int  `yaml:"no"`
	Abstain  []int  `yaml:"abstain"`
	Mark     *Mark  `yaml:"mark"`
}

// Said is what a member says.
type Said struct {
	Seat int    `yaml:"seat"`
	Text string `yaml:"text"`
}

// Mark is a step of a plan in force; the number of a report on a change is that of the change-set.
type Mark struct {
	Kind   string `yaml:"kind"`
	Number int    `yaml:"number"`
	Text   string `yaml:"text"`
}

// Annual is the plan of a year (시행계획).
type Annual struct {
	Year int           `yaml:"year"`
	On   calendar.Date `yaml:"on"`
	Ref  string        `yaml:"ref"`
}

// Reviewing says how many days after the end of a quarter owners report, the late one does and the review is closed, and how much
// is reached and spent of what the quarter should, in hundredths by year.
type Reviewing struct {
	ReportedAfter int           `yaml:"reportedAfter"`
	Late          string        `yaml:"late"`
	LateAfter     int           `yaml:"lateAfter"`
	ClosedAfter   int           `yaml:"closedAfter"`
	Reached       map[int]int64 `yaml:"reached"`
	Spent         map[int]int64 `yaml:"spent"`
}

// MinorEdit is a change that is only reported.
type MinorEdit struct {
	On     calendar.Date `yaml:"on"`
	Basis  string        `yaml:"basis"`
	Reason string        `yaml:"reason"`
	Node   string        `yaml:"node"`
	Text   string        `yaml:"text"`
	Budget struct {
		Year   int    `yaml:"year"`
		Source string `yaml:"source"`
		Amount int64  `yaml:"amount"`
	} `yaml:"budget"`
}

// MajorEdit is a change of goals on the decision of a meeting, counted from 1. Values are whole units.
type MajorEdit struct {
	On      calendar.Date `yaml:"on"`
	Meeting int           `yaml:"meeting"`
	Reason  string        `yaml:"reason"`
	Targets []struct {
		Node      string        `yaml:"node"`
		Indicator string        `yaml:"indicator"`
		Values    map[int]int64 `yaml:"values"`
	} `yaml:"targets"`
}

// Renewal appoints the members of appointed seats again and extends the committee.
type Renewal struct {
	On    calendar.Date `yaml:"on"`
	From  calendar.Date `yaml:"from"`
	Until calendar.Date `yaml:"until"`
}

// NextPlan is the plan that follows.
type NextPlan struct {
	On     calendar.Date `yaml:"on"`
	Title  string        `yaml:"title"`
	Vision string        `yaml:"vision"`
	From   calendar.Date `yaml:"from"`
	Ref    string        `yaml:"ref"`
}

// LoadCycle reads the script.
func LoadCycle() (*Cycle, error) {
	var c Cycle
	return &c, decode(files, "data/cycle.yaml", &c)
}
