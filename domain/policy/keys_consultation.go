package policy

// Consultations (행정절차법 38, 46). Days run from the day after the notice.
var (
	ConsultationDays       = count("consultation.days")           // least days an alliance consultation is open
	ConsultationReminders  = counts("consultation.reminder.days") // days before it closes
	ConsultationAnswerDays = count("consultation.answer_days")    // from its close until every opinion is answered
	PreNoticeDays          = count("prenotice.days")              // 행정예고, 46③
	PreNoticeUrgentDays    = count("prenotice.urgent_days")       // ... where it cannot wait, 46④
	HearingNoticeDays      = count("hearing.notice_days")         // 공청회, 38
	HearingRenoticeDays    = count("hearing.renotice_days")       // ... when its date is moved, 38
)
