package policy

// The keys are grouped as the law is: meetings and votes here, committees and members in keys_committee.go, minutes,
// records and publication in keys_record.go. The comment of a key says what its value means, in which unit, and where
// the law speaks of it; the value in force and its exact citation are in the pack.

// Convening (위원회조례 9의2, 10; 위원회규칙 4②).
var (
	NoticeDays        = count("meeting.notice.days")         // least days from notice to meeting, 10①
	NoticeClearDays   = flag("meeting.notice.clear_days")    // true: clear days, so D-15 earns a warning
	NoticeLate        = choice("meeting.notice.late", gates) // a late notice without a ground
	NoticeExceptions  = list("meeting.notice.exceptions")    // grounds for a shorter notice, 10① 단서
	DemandFraction    = fraction("meeting.demand.fraction")  // share of serving members who may demand one
	InterestedHeard   = flag("meeting.interested_heard")     // 이해관계인 may be heard or attend, 10②
	PledgeRequired    = flag("meeting.pledge.required")      // 청렴서약서 at 심의ㆍ의결, 9의2
	CouncilClash      = choice("meeting.council_clash", gates)
	CouncilExceptions = list("meeting.council_clash.exceptions") // grounds to meet while it sits, 10③ 단서
	MeetingsPerYear   = count("meeting.per_year.least")          // once a quarter in principle, 규칙 4②
	QuarterWarning    = flag("meeting.quarter_warning")          // warn of a quarter without meeting, 규칙 4②
	ReminderDays      = counts("meeting.reminder.days")          // days before the meeting
	PapersFreezeDays  = count("meeting.papers.freeze_days")      // papers are fixed this many days before
	ReminderRest      = count("meeting.reminder.rest_days")      // from one reminder to the next that the staff asks for
	DatesMost         = count("meeting.dates.most")              // candidate dates that are open at once
)

// How a duty is watched: a breach is refused, or said and done all the same.
const (
	GateBlock = "block"
	GateWarn  = "warn"
)

var gates = []string{GateBlock, GateWarn}

// Holding a meeting (위원회조례 10, 10의2③; 위원회규칙 4①).
var (
	MeetingPublic     = flag("meeting.public")                      // open in principle, 10⑤
	ClosedGrounds     = list("meeting.closed.grounds", closings...) // what may close it, 10⑤ 단서
	DisclosureWarning = flag("meeting.disclosure_warning.required") // chair says minutes may be published
	RemotePresent     = flag("meeting.remote_present")              // 화상회의 is attendance, 규칙 4①
	MeetingQuorum     = fraction("meeting.quorum")                  // 의사정족수, of serving members
	QuorumChecks      = list("meeting.quorum.checks", moments...)   // when the quorum must hold
)

var (
	closings = []string{"law", "ordinance"}
	moments  = []string{"opening", "vote"}
)

// Decisions: what is voted on, what counts and what a result means.
var (
	DecisionMajority = fraction("decision.majority")            // 의결정족수, of voters
	ElectionMajority = fraction("election.majority")            // of voters, to be elected (호선)
	TieRule          = choice("decision.tie", ties)             // 가부동수
	ChairVotes       = flag("decision.chair_votes")             // the chair votes like any member
	AbstentionInBase = flag("decision.abstention_in_base")      // 기권 stays among the voters
	InvalidInBase    = flag("decision.invalid_in_base")         // so does 무효
	LeftInBase       = flag("decision.left_in_base")            // and who left before the vote
	NoVoters         = choice("decision.no_voters", deferrals)  // everybody present is recused
	DecisionEffect   = choice("decision.effect", effects)       // what a resolution does by itself
	VotedKinds       = list("agenda.voted_kinds", itemKinds...) // kinds of items that end in a vote
)

// What the choices above are called.
const (
	TieReject       = "reject"        // 부결
	TieChairCasting = "chair_casting" // the chair decides
	NoVotersDefer   = "defer"         // 보류
	NoVotersReject  = "reject"        // 부결
	EffectAdvisory  = "advisory"      // the head of the city decides after it
	EffectBinding   = "binding"
)

var (
	ties      = []string{TieReject, TieChairCasting}
	deferrals = []string{NoVotersDefer, NoVotersReject}
	effects   = []string{EffectAdvisory, EffectBinding}
	itemKinds = []string{"deliberation", "resolution", "advice", "report"}
)

// Recusal: 제척ㆍ기피ㆍ회피 (위원회조례 9).
var (
	RecusalGrounds   = list("recusal.grounds")           // codes of 제척 사유, 9①
	ChallengeGrounds = list("recusal.challenge_grounds") // codes of 기피ㆍ회피 사유, 9②③
	ChallengedVotes  = flag("recusal.challenged_votes")  // on the challenge itself, 9② 후단
	RecusedInQuorum  = flag("recusal.in_quorum")         // an attending recused member counts for 의사정족수
	RecusedInBase    = flag("recusal.in_decision_base")  // ... and among the voters for 의결정족수
)

// Written deliberation (위원회규칙 4① 단서).
var (
	WrittenGrounds        = list("written.grounds")            // codes: minor, urgent
	WrittenExcluded       = list("written.excluded_subjects")  // allowed only when urgent, with the chair's reason
	WrittenSameQuorum     = flag("written.same_quorum")        // quorum and majority of a held meeting apply
	WrittenReturnPresence = flag("written.return_is_presence") // who returned a ballot is 출석
	WrittenMixing         = flag("written.mixing")             // written votes may be added to a held meeting
	WrittenWindowDays     = count("written.window.least_days") // from sending to the close
	WrittenReminders      = counts("written.reminder.days")    // days before the close
)

// Ballots.
var (
	ChangeNamedVote  = flag("ballot.change.named")         // a named or written vote may be changed until the close
	ChangeSecretVote = flag("ballot.change.secret")        // cannot be kept when true: nobody finds a secret vote again
	SecretLeast      = count("ballot.secret.least_voters") // fewer voters than this do not vote in secret
)

// Proxies: who may stand in for whom, and do what.
var (
	ProxyExOfficio     = choice("proxy.ex_officio", proxies) // for a 당연직 member
	ProxyAppointed     = choice("proxy.appointed", proxies)  // for a 위촉직 member
	ProxyAppointment   = flag("proxy.written_appointment")   // by document, for each meeting
	ActingOfficerVotes = flag("proxy.acting_officer_votes")  // 직무대리 of a vacant post is the member
)

// What a proxy may do.
const (
	ProxyNone  = "none"  // not attend
	ProxySpeak = "speak" // attend and speak
	ProxyVote  = "vote"  // attend, speak and vote
)

var proxies = []string{ProxyNone, ProxySpeak, ProxyVote}

// Allowances, as far as a list of who took part needs them (수당조례 4).
var (
	AllowanceWritten  = choice("allowance.written", allowances)      // of a written deliberation
	AllowanceExcluded = list("allowance.excluded", salariedKinds...) // who is paid neither
)

var (
	allowances    = []string{"review", "attendance"} // 심사수당, 참석수당
	salariedKinds = []string{"official", "councillor"}
)
