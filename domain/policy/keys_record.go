package policy

// Minutes (위원회조례 10의2, 기록물령 18).
var (
	MinutesFields        = list("minutes.required_fields", entries...)          // 10의2①
	VerbatimRequired     = flag("minutes.verbatim_required")                    // one of the kinds, 10의2②
	VerbatimKinds        = list("minutes.verbatim_kinds", verbatims...)         // 속기록, 녹음기록
	TranscriptRule       = choice("minutes.transcript", transcripts)            // 녹취록 of a recording, 10의2② 단서
	DesignatedTranscript = choice("minutes.designated.transcript", transcripts) // of a 지정회의, 령 18②
	RegistrationRequired = flag("minutes.registration_required")                // 전자기록생산시스템, 령 18②
	VerbatimWithholdMax  = count("minutes.verbatim_withhold_years_max")         // 령 18③
	SignDays             = count("minutes.sign_days")                           // from the end, 10의2④
	RotationSigners      = count("minutes.rotation_signers")                    // 윤번제, 10의2④ 후단
	SignatureReminders   = counts("minutes.sign_reminder.days")                 // before that deadline
	PublishDays          = count("minutes.publish_days")                        // from the end, 10의2⑤
	PublishWithoutAll    = flag("minutes.publish_before_all_signed")            // if the chair confirms
	NamesWithholdable    = flag("minutes.speaker_names_withholdable")           // 10의2⑤ 단서
	WithholdingReason    = flag("minutes.withholding_reason_required")          // published instead, 10의2⑦
	DisclosureGrounds    = list("minutes.disclosure_grounds", groundNumbers...) // 정보공개법 9① numbers
)

// When a recording is written out.
const (
	TranscriptNeeded = "when_needed"
	TranscriptAlways = "always"
)

var (
	entries = []string{"title", "host", "time_place", "attendees", "proceedings", "agenda", "statements",
		"decisions"}
	verbatims     = []string{"stenography", "recording"}
	transcripts   = []string{TranscriptNeeded, TranscriptAlways}
	groundNumbers = []string{"1", "2", "3", "4", "5", "6", "7", "8"}
)

// Disclosure (정보공개법 9, 11, 18; 열린시정조례 4, 5). Days run from the request or from the notice.
var (
	DisclosureClasses   = list("disclosure.classes", classes...)           // 공개, 부분공개, 비공개
	DisclosureDays      = count("disclosure.decision_days")                // 11①
	DisclosureExtension = count("disclosure.extension_days")               // 11②
	DisclosureObjection = count("disclosure.objection_days")               // 18①
	ObjectionAnswerDays = count("disclosure.objection_answer_days")        // 18③
	ObjectionExtension  = count("disclosure.objection_extension_days")     // 18③ 단서
	RedactionFields     = list("redaction.required_fields", redactions...) // of each passage blacked out
	ProactiveDisclosure = list("publication.proactive", publications...)   // without a request, 열린시정조례 5①
	AccessibleFormat    = flag("publication.accessible_format")            // for blind and deaf-blind readers, 4④
)

var (
	classes      = []string{"open", "partial", "closed"}
	redactions   = []string{"span", "ground", "reason", "review_on"}
	publications = []string{"basic_plan", "draft_plan", "hearing_report", "study_result", "minutes"}
)

// Records (기록물령 20, 26; 기록물법 27).
var (
	RetentionMinutes     = choice("retention.minutes", retentions)
	RetentionDecision    = choice("retention.decision", retentions)   // of plan and selection decisions
	RetentionOther       = choice("retention.other", retentions)      // of everything else
	RetentionStart       = choice("retention.start", starts)          // when the years begin to run
	RetentionDestruction = choice("retention.destruction", endings)   // what happens here when they are over
	RecordNumberParts    = list("record.number_parts", numberings...) // of a registration number, 령 20③
	FollowUpReminders    = counts("followup.reminder.days")           // days before an action is due
)

var (
	retentions = []string{"영구", "준영구", "30년", "10년", "5년", "3년", "1년"}
	starts     = []string{"next_january", "completion"} // 1 January of the year after completion, or its day
	endings    = []string{"never", "review"}
	numberings = []string{"system", "department_code", "serial"}
)

// Documents (행정업무규정 6, 33; 같은 규칙 8). Numbers are patterns with places to fill, e.g. "의안 제{year}-{serial}호".
var (
	NoticeEffectiveDays = count("document.notice_effective_days") // 공고문서: days that must pass, 6③
	GeneralNumber       = pattern("document.number.general", "{department}", "{serial}")
	NoticeNumber        = pattern("document.number.notice", "{year}", "{serial}")
	AgendaNumber        = pattern("document.number.agenda", "{year}", "{serial}")
	BodySeal            = choice("document.body_seal", seals) // 청인: its place is printed, never its image
)

var seals = []string{"none", "placement"}
