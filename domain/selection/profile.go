// Package selection holds the rules of project selection (공모ㆍ선정평가): the call with its frozen scoring profile, the draw
// of evaluators, conflicts of interest, and the one ranking from which everything published is read.
package selection

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"secretariat/domain"
)

// Instrument is the means of funding. It is decided first, since the legal gates follow from it.
type Instrument string

// The instruments.
const (
	Subsidy  Instrument = "subsidy"  // 지방보조금
	Research Instrument = "research" // 민간위탁 연구개발
	Loan     Instrument = "loan"     // 융자
	Equity   Instrument = "equity"   // 출자ㆍ펀드
	Matching Instrument = "matching" // 국가 연구개발 대응투자
	NoMoney  Instrument = "no_money" // 실증 장소 등 현물 지원
)

// Instruments lists them.
func Instruments() []Instrument {
	return []Instrument{Subsidy, Research, Loan, Equity, Matching, NoMoney}
}

// Point is one point of a score; scores are kept in thousandths of a point.
const Point int64 = 1000

// FullScore is the sum of all weights, in points.
const FullScore = 100

// Criterion is one of the things that are scored.
type Criterion struct {
	Name   string `json:"name"`
	Weight int    `json:"weight"` // points
	Floor  int    `json:"floor"`  // points; below it an application falls out (항목 과락); 0: none
}

// Profile is how applications are scored and ranked. It is published and frozen by its hash before the call opens.
type Profile struct {
	Criteria   []Criterion `json:"criteria"`   // weights sum to 100
	Floor      int         `json:"floor"`      // points of the mean below which an application falls out (과락)
	TrimFrom   int         `json:"trimFrom"`   // from so many scores on the highest and the lowest total are left out; 0: never
	BonusMax   int         `json:"bonusMax"`   // points
	PenaltyMax int         `json:"penaltyMax"` // points
	Decimals   int         `json:"decimals"`   // of the result, rounded half up once at the end
	Panel      int         `json:"panel"`      // evaluators
	Select     int         `json:"select"`     // applications at most
	Budget     int64       `json:"budget"`     // won; 0: no limit
	Reserve    int         `json:"reserve"`    // 예비
}

// Limits of a profile.
const (
	maxCriteria = 20
	maxPanel    = 30
	maxSelect   = 5000
	maxDecimals = 3
)

// Check notes what is wrong with a profile.
func (r Profile) Check(p *domain.Problems) {
	sum := 0
	for _, c := range r.Criteria {
		p.Text("criteria", c.Name, true, domain.MaxName)
		p.Check(c.Weight > 0 && c.Floor >= 0 && c.Floor <= c.Weight, "criteria", "field.range")
		sum += c.Weight
	}
	p.Check(sum == FullScore, "criteria", "profile.weights")
	p.Check(len(r.Criteria) <= maxCriteria, "criteria", "field.range")
	within(p, "floor", r.Floor, 0, FullScore)
	p.Check(r.TrimFrom == 0 || r.TrimFrom >= 3 && r.TrimFrom <= maxPanel, "trimFrom", "profile.trim")
	within(p, "bonusMax", r.BonusMax, 0, FullScore)
	within(p, "penaltyMax", r.PenaltyMax, 0, FullScore)
	within(p, "decimals", r.Decimals, 0, maxDecimals)
	within(p, "panel", r.Panel, 1, maxPanel)
	within(p, "select", r.Select, 1, maxSelect)
	within(p, "reserve", r.Reserve, 0, maxSelect)
	p.Check(r.Budget >= 0, "budget", "field.range")
}

func within(p *domain.Problems, field string, value, least, most int) {
	p.Check(value >= least && value <= most, field, "field.range")
}

// Hash is the SHA-256 of the profile's JSON, whose fields have one order.
func (r Profile) Hash() string {
	raw, err := json.Marshal(r)
	if err != nil { // a profile has nothing that JSON cannot write
		return ""
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// NoScore stands in the draft of a sheet for a criterion that is not scored yet. It is never zero, and never submitted.
const NoScore int64 = -1

// CheckDraft notes what is wrong with the scores of a draft, of which some may be missing.
func (r Profile) CheckDraft(p *domain.Problems, scores []int64) {
	given := slices.Clone(scores)
	for i, s := range given {
		if s == NoScore {
			given[i] = 0
		}
	}
	r.CheckScores(p, given)
}

// Whole reports whether every criterion is scored.
func (s Sheet) Whole() bool { return !slices.Contains(s.Scores, NoScore) }

// CheckScores notes what is wrong with the scores of one evaluator, in thousandths, one for each criterion. A missing one is
// a problem, never zero.
func (r Profile) CheckScores(p *domain.Problems, scores []int64) {
	if len(scores) != len(r.Criteria) {
		p.Add("scores", "score.missing", domain.Args{"criteria": len(r.Criteria)})
		return
	}
	for i, c := range r.Criteria {
		if scores[i] < 0 || scores[i] > int64(c.Weight)*Point {
			p.Add("scores", "score.range", domain.Args{"weight": c.Weight})
			return
		}
	}
}
