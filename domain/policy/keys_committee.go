package policy

// Committees: founding, form, chair, duration (위원회조례 6, 7, 12; 위원회규칙 5).
var (
	CharterFields      = list("charter.required_fields", headings...)    // of the founding rule, 7①
	CommitteeForm      = choice("committee.form", forms)                 // unless a ground says otherwise, 6③
	StandingGrounds    = list("committee.standing.grounds")              // codes of the exceptions of 6③
	StandingMeetings   = count("committee.standing.meetings_least")      // expected a year, 6③2
	DuplicateBan       = flag("committee.duplicate_ban")                 // no second body for a function, 6②
	SizeMax            = count("committee.size.max")                     // seats, chair included
	Chairs             = count("committee.chairs")                       // seats in the chair
	ChairSelection     = choice("committee.chair.selection", selections) // how the chair is found
	ViceChairs         = count("committee.vice_chairs")                  // seats
	ViceChairSelection = choice("committee.vice_chair.selection", selections)
	ActingChairOrder   = list("committee.acting_chair.order", acting...) // who presides, in this order
	SunsetYearsMax     = count("committee.sunset.years_max")             // 존속기한, 12②
	SunsetYearsUsual   = count("committee.sunset.years_usual")           // "the least needed", 규칙 5①
	SunsetExtendMonths = count("committee.sunset.extension_months")      // from request to expiry at least, 12③
	AnnualReportDue    = monthDay("report.annual_due")                   // to the council, "03-31", 16①
	EvaluationOpen     = flag("report.evaluation_published")             // 운영 평가보고서, 14①, 16②
)

// How a committee lasts and how its chairs are found.
const (
	FormAdHoc          = "ad_hoc"       // 비상설: formed for an item, dissolved after it
	FormStanding       = "standing"     // 상설
	SelectionElected   = "elected"      // 호선
	SelectionExOfficio = "ex_officio"   // by virtue of a post
	SelectionAppointed = "appointed"    // named by the head of the city
	ActingViceChair    = "vice_chair"   // 부위원장
	ActingNamed        = "named_member" // named in advance by the chair
)

var (
	headings = []string{"purpose", "composition", "duration", "disqualification", "convening", "quorum", "chair_powers",
		"subcommittees"}
	forms      = []string{FormAdHoc, FormStanding}
	selections = []string{SelectionElected, SelectionExOfficio, SelectionAppointed}
	acting     = []string{ActingViceChair, ActingNamed}
)

// Subcommittees (위원회조례 8⑦).
var (
	SubcommitteeBasis   = list("subcommittee.basis", bases...)      // what may set one up
	SubcommitteeChair   = choice("subcommittee.chair", chairNamers) // who names its chair
	SubcommitteeMax     = count("subcommittee.size.max")            // seats
	SubcommitteeTerm    = count("subcommittee.term_months")         // of its members
	SubcommitteeRenew   = count("subcommittee.reappointments_max")  // of its members
	SubcommitteeMayVote = flag("subcommittee.resolves")             // false: its result is a pre-review
)

var (
	bases       = []string{"charter", "resolution"}
	chairNamers = []string{"parent_chair", SelectionElected}
)

// Members: terms, caps and dismissal (위원회조례 8②③, 8의2).
var (
	TermMonthsMax        = count("member.term.months_max")               // of who is not an official, 8②
	TermMonthsUsual      = count("member.term.months_usual")             // when the charter does not say
	ReappointmentsMax    = count("member.reappointments_max")            // consecutive
	ReplacementTerm      = choice("member.replacement_term", successors) // of who fills a vacancy
	ReplacementVacancy   = count("member.replacement_vacancy_months")    // may stay vacant with less than this left
	Holdover             = flag("member.holdover")                       // in office until the successor comes
	CumulativeYearsMax   = count("member.cumulative_years_max")          // in one committee, 8③
	CoolingMonths        = count("member.cooling_months")                // from 위촉 해제 to a new appointment, 8③
	ConcurrentMax        = count("member.concurrent_max")                // committees at once, 8③
	ConcurrentSameChair  = count("member.concurrent_same_chair_max")     // of them under one post's chair, 8③
	CapExceptions        = list("member.cap_exceptions")                 // codes of 8③ 단서
	PriorConsultation    = flag("member.prior_consultation")             // with the 총괄부서 before appointing, 8③
	AttendanceLeast      = fraction("member.attendance_least")           // a year from the appointment, 8의2①6
	AttendanceExceptions = list("member.attendance_exceptions")          // codes of 8의2②
	AttendanceRemainder  = count("member.attendance_remainder_months")   // less left: no rate, 8의2②2
	AbsenceMonths        = count("member.absence_months")                // abroad, a ground of dismissal, 8의2①2
	DismissalGrounds     = list("member.dismissal_grounds")              // codes of 8의2①
)

// What the term of a replacement is.
const (
	TermFresh     = "fresh"     // begins anew
	TermRemainder = "remainder" // what the predecessor had left
)

var successors = []string{TermFresh, TermRemainder}

// Composition: ratios of the appointed seats (위원회조례 8④ to ⑥).
var (
	SexMax              = fraction("composition.sex_max")               // of one sex, 8④
	YouthLeast          = fraction("composition.youth_least")           // 8⑤ 전단
	YouthPolicyLeast    = fraction("composition.youth_policy_least")    // in committees on youth policy, 8⑤ 후단
	YouthExceptions     = list("composition.youth_exceptions")          // codes of 8⑥
	YouthAgeFrom        = count("composition.youth_age_from")           // 2조4호
	YouthAgeUntil       = count("composition.youth_age_until")          // included
	SubsidyOfficialsMax = fraction("composition.subsidy_officials_max") // 지방보조금관리위원회 only, of all seats
)
