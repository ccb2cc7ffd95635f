package catalogue_test

import (
	"go/ast"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"secretariat/domain/access"
	"secretariat/domain/ballot"
	"secretariat/domain/calendar"
	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/policies"
	"secretariat/transport/catalogue"
)

// typedLists are the lists of codes by the type of their constants. Every such type needs words, or a reason not to
// have any.
var typedLists = map[string]string{
	"domain/access.Sight": "sight", "domain/ballot.Choice": "choice", "domain/ballot.Method": "method",
	"domain/ballot.Purpose": "purpose", "domain/ballot.State": "ballot_state", "domain/ballot.Verdict": "verdict",
	"domain/committee.Remit": "remit", "domain/committee.Role": "role", "domain/committee.SeatKind": "seat_kind",
	"domain/committee.TermState": "term_state", "domain/committee.Sex": "sex", "domain/committee.State": "committee_state", "domain/document.Kind": "document",
	"domain/document.Status": "verification", "domain/meeting.ItemKind": "item_kind",
	"domain/meeting.ItemState": "item_state",
	"domain/meeting.Fate":      "date_fate", "domain/meeting.Reply": "date_answer",
	"domain/meeting.LetterKind": "letter", "domain/meeting.About": "about", "domain/meeting.Mode": "mode", "domain/meeting.Outcome": "outcome",
	"domain/meeting.RecusalKind": "recusal_kind", "domain/meeting.RecusalState": "recusal_state",
	"domain/alliance.SpeakerState": "speaker_state", "domain/alliance.Kind": "organisation_kind", "domain/alliance.Size": "organisation_size",
	"domain/alliance.State": "organisation_state", "domain/alliance.ConsultationKind": "consultation_kind",
	"domain/alliance.Audience": "audience", "domain/alliance.ConsultationState": "consultation_state",
	"domain/alliance.SubmissionState": "submission_state", "domain/alliance.Stance": "stance",
	"domain/alliance.Outcome": "disposition", "domain/alliance.LetterKind": "letter_kind",
	"domain/alliance.SurveyState": "survey_state", "domain/alliance.Personal": "personal", "domain/alliance.Breakdown": "breakdown",
	"service/filing.Stage": "stage", "service/filing.DeadlineName": "deadline", "domain/document.Apart": "booklet_apart",
	"service/surveying.Stage": "stage", "service/surveying.DeadlineName": "deadline",
	"domain/pipeline.State": "task_state", "domain/pipeline.Gate": "task_gate", "domain/pipeline.Role": "task_role",
	"domain/pipeline.Kind": "task_kind", "domain/pipeline.Barrier": "barrier", "domain/pipeline.Field": "regulation_field",
	"domain/pipeline.Route": "reply_route", "domain/pipeline.Track": "sandbox_track", "domain/pipeline.Ruling": "sandbox_ruling",
	"domain/pipeline.Technology": "technology", "domain/pipeline.Group": "technology_group", "domain/pipeline.Verdict": "task_verdict",
	"domain/pipeline.LetterKind": "task_letter", "service/tasking.Stage": "stage", "service/tasking.DeadlineName": "deadline",
	"domain/plan.NodeKind": "plan_node", "domain/plan.ChangeKind": "plan_change", "domain/plan.PlanState": "plan_state",
	"domain/plan.LetterKind": "review_letter", "domain/plan.StepName": "plan_step", "domain/plan.MarkKind": "plan_mark", "service/planning.Stage": "stage", "service/planning.DeadlineName": "deadline",
	"domain/selection.LetterKind": "selection_letter", "domain/selection.Instrument": "instrument", "domain/selection.CallState": "call_state",
	"domain/selection.ApplicationState": "application_state", "domain/selection.Outcome": "selection_outcome",
	"domain/selection.Tie": "selection_tie", "domain/selection.Conflict": "tie_conflict",
	"domain/selection.Cut":       "selection_cut",
	"domain/selection.FieldKind": "field_kind", "domain/selection.Feed": "form_feed",
	"domain/selection.Remedy": "selection_remedy", "domain/selection.Trigger": "instalment_when",
	"domain/selection.ReportKind": "agreement_report", "domain/selection.Judgement": "judgement",
	"domain/selection.TerminationGround": "termination_ground", "domain/selection.TerminationOutcome": "termination_outcome",
	"domain/selection.DutyKind": "agreement_duty", "domain/selection.AgreementStage": "agreement_stage",
	"service/selecting.Stage": "stage", "service/selecting.DeadlineName": "deadline",
	"service/consulting.Stage": "stage", "service/consulting.DeadlineName": "deadline",
	"domain/meeting.SpanKind": "span", "domain/meeting.State": "meeting_state", "domain/meeting.Subject": "subject",
	"domain/meeting.Timeliness": "timeliness", "domain/minutes.State": "minutes_state",
	"domain/policy.Kind":             "policy_kind",
	"domain/search.Kind":             "search_kind",
	"service/convening.DeadlineName": "deadline", "service/convening.Stage": "stage",
}

// wordless are lists of codes for programs: error codes have their pages, the rest is not shown.
var wordless = []string{
	"domain.ActorKind", "domain.Code", "domain/access.who", "domain/figures.Kind", "domain/figures.Relation",
	"domain/figures.Severity",
}

// namedLists are the lists of codes by how the names of their constants begin.
var namedLists = map[string]string{
	"domain/meeting.Answer": "answer", "domain/meeting.Via": "via", "domain/meeting.Event": "event",
	"domain/meeting.Amendment": "amendment_state", "domain/meeting.Failure": "letter_failure",
	"domain/committee.Ground": "dismissal_ground", "domain/minutes.Field": "minutes_field",
	"domain/policy.Tie": "tie", "domain/policy.Effect": "effect", "domain/policy.Proxy": "proxy",
	"domain/policy.Form": "form", "domain/policy.Selection": "selection", "domain/policy.Acting": "acting_chair",
}

// policyLists are the lists whose codes stand in the policy packs.
var policyLists = map[string]policy.Key[[]string]{
	"recusal_ground": policy.RecusalGrounds, "notice_ground": policy.NoticeExceptions,
	"council_ground": policy.CouncilExceptions, "closed_ground": policy.ClosedGrounds,
	"written_ground": policy.WrittenGrounds, "subject": policy.WrittenExcluded, "quorum_check": policy.QuorumChecks,
	"charter": policy.CharterFields, "standing_ground": policy.StandingGrounds, "acting_chair": policy.ActingChairOrder,
	"subcommittee_basis": policy.SubcommitteeBasis, "cap_exception": policy.CapExceptions,
	"attendance_exception": policy.AttendanceExceptions, "dismissal_ground": policy.DismissalGrounds,
	"youth_exception": policy.YouthExceptions, "minutes_field": policy.MinutesFields, "verbatim": policy.VerbatimKinds,
	"disclosure_ground": policy.DisclosureGrounds, "disclosure_class": policy.DisclosureClasses,
	"item_kind": policy.VotedKinds,
}

// subjects are the kinds of things that acts say they are about: a.On("meeting", ...).
func subjects(files []source) map[string]string {
	out := map[string]string{}
	for _, f := range files {
		ast.Inspect(f.file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && name(call.Fun) == "On" && len(call.Args) == 3 {
				if kind, ok := literal(call.Args[0]); ok {
					out["label.subject_kind."+kind] = f.at(n)
				}
			}
			return true
		})
	}
	return out
}

// constant is a string constant of the code; kind is the name of its type, if it has one.
type constant struct{ folder, kind, name, value, at string }

func constants(files []source) []constant {
	var out []constant
	for _, f := range files {
		for _, d := range f.file.Decls {
			group, ok := d.(*ast.GenDecl)
			if !ok || group.Tok != token.CONST {
				continue
			}
			for _, s := range group.Specs {
				out = append(out, constantsOf(f, s.(*ast.ValueSpec))...)
			}
		}
	}
	return out
}

func constantsOf(f source, s *ast.ValueSpec) []constant {
	var out []constant
	for i, v := range s.Values {
		if value, ok := literal(v); ok {
			out = append(out, constant{
				filepath.ToSlash(filepath.Dir(f.path)), name(s.Type), s.Names[i].Name, value, f.at(s),
			})
		}
	}
	return out
}

// listOf is the list that a constant belongs to, empty when it is no code.
func listOf(c constant) string {
	if c.kind != "" {
		return typedLists[c.folder+"."+c.kind]
	}
	for begin, list := range namedLists {
		folder, prefix, _ := strings.Cut(begin, ".")
		if c.folder == folder && strings.HasPrefix(c.name, prefix) {
			return list
		}
	}
	return ""
}

// codes lists every code that needs a word, with where it stands.
func codes(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, c := range constants(sources(t, "domain", "service")) {
		list := listOf(c)
		if list == "" && c.kind != "" && !slices.Contains(wordless, c.folder+"."+c.kind) {
			t.Errorf("%s: %s.%s is a list of codes without words", c.at, c.folder, c.kind)
		}
		if list != "" && c.value != "" {
			out["label."+list+"."+c.value] = c.at
		}
	}
	library, err := policies.Load("")
	if err != nil {
		t.Fatal(err)
	}
	for _, pack := range library.Names() {
		rules, err := library.Resolve(pack, calendar.Date("2026-11-22"))
		if err != nil {
			t.Fatal(err)
		}
		for list, key := range policyLists {
			for _, code := range key.Of(rules) {
				out["label."+list+"."+code] = pack + " " + key.Name
			}
		}
		for _, code := range policy.ChallengeGrounds.Of(rules) {
			out["label.recusal_ground."+code] = pack + " " + policy.ChallengeGrounds.Name
		}
	}
	for _, op := range access.Actions() {
		out["label.operation."+op] = "domain/access"
	}
	maps.Copy(out, subjects(sources(t, "service")))
	out["label.recusal_ground.other"] = "service/presiding" // of who steps aside, beside the grounds of the rules
	return out
}

func TestEveryCodeHasAWordAndEveryWordACode(t *testing.T) {
	c, codes := load(t), codes(t)
	for label, at := range codes {
		if _, ok := c.Message(label); !ok {
			t.Errorf("%s: %s is missing", at, label)
		}
	}
	for _, key := range c.Keys() {
		if _, used := codes[key]; strings.HasPrefix(key, "label.") && !used {
			t.Errorf("no code has the word %s", key)
		}
	}
}

func TestWordsAreThoseOfTheDomain(t *testing.T) {
	c := load(t)
	check := func(list, code, want string) {
		if got := c.Label(catalogue.Korean, list, code); got != want {
			t.Errorf("%s of %s: %q, documents say %q", code, list, got, want)
		}
	}
	for _, x := range constants(sources(t, "domain")) {
		switch x.folder + "." + x.kind {
		case "domain/meeting.Outcome":
			check("outcome", x.value, meeting.Outcome(x.value).Korean())
		case "domain/ballot.Method":
			check("method", x.value, ballot.Method(x.value).Korean())
		case "domain/ballot.Choice":
			check("choice", x.value, ballot.Choice(x.value).Korean())
		case "domain/document.Kind":
			check("document", x.value, document.Kind(x.value).Korean())
		case "domain/document.Status":
			check("verification", x.value, document.Status(x.value).Korean())
		}
	}
}
