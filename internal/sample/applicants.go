package sample

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"
)

// Applicant is an invented organisation with what it asks for in one programme.
type Applicant struct {
	Programme *Programme
	Number    int // in its programme, from 0
	Place     int // in the whole round, from 0

	Name        string
	Size        string
	Business    string // 사업자등록번호
	District    string
	Sector      string
	Title       string
	Summary     string
	Plan        string
	Amount, Own int64
	Ineligible  string // why the review of its eligibility turns it down; empty: it does not
	Bonus       int64  // thousandths
	Recommender int    // who recommended it, from 1; 0: nobody
}

// Applicants are all applicants of the round in the order of its programmes.
func (r *Round) Applicants() []Applicant {
	var out []Applicant
	for _, p := range r.Programmes {
		for n := range p.Received {
			out = append(out, p.applicant(n, len(out)))
		}
	}
	return out
}

var (
	firstSyllables  = strings.Fields("가온 나래 다솜 라온 마루 바름 새롬 아라 자람 차오름 하늘 한빛 누리 도담 미르 보람 소담 이룸 온새미 푸름 해솔 예담 슬기 단비")
	secondSyllables = strings.Fields("테크 소프트 시스템 랩스 데이터 솔루션 이노베이션 네트웍스 커넥트 메디 바이오 로직")
	districts       = strings.Fields("강남구 강동구 강서구 관악구 구로구 금천구 동대문구 마포구 서초구 성동구 성북구 송파구 영등포구 용산구 종로구 중구")
	allSizes        = []string{"micro", "small", "medium"}
)

func (p *Programme) applicant(n, place int) Applicant {
	out := Applicant{
		Programme: p, Number: n, Place: place,
		Name: fmt.Sprintf("%s%s %d", pick(firstSyllables, p.Code, "first", n), pick(secondSyllables, p.Code, "second", n), place+1),
		Size: pick(p.sizes(), p.Code, "size", n), Business: businessNumber(place),
		District: pick(districts, p.Code, "district", n), Sector: pick(p.Sectors, p.Code, "sector", n),
		Amount: p.Ceiling(),
	}
	subject := pick(p.Subjects, p.Code, "subject", n)
	out.Title = fmt.Sprintf("%s 과제 %d", subject, n+1)
	out.Summary = fmt.Sprintf("%s에서 %s 기술을 개발하고 현장에 적용합니다.", out.District, subject)
	out.Plan = "1단계 자료와 요구사항 정리, 2단계 개발, 3단계 현장 적용과 검증의 순서로 1년 이내에 수행합니다."
	if !p.Fixed {
		out.Amount = out.Amount * int64(80+chance(p.Code, "amount", n, 21)) / 100 / 10_000 * 10_000
	}
	out.Own = out.Amount / 10 * int64(1+chance(p.Code, "own", n, 4))
	if p.Recommenders > 0 {
		out.Recommender = 1 + n%p.Recommenders
	}
	p.review(&out)
	return out
}

// review decides what the secretariat finds: some are turned down, some have a bonus. Those that are good enough for a place are
// not turned down, so that there are as many places as the source reports.
func (p *Programme) review(a *Applicant) {
	if chance(p.Code, "bonus", a.Number, 9) == 0 {
		a.Bonus = 1000 * int64(1+chance(p.Code, "points", a.Number, 3))
	}
	if !p.good(a.Number) && chance(p.Code, "eligible", a.Number, 30) == 0 && p.Instrument != "subsidy" {
		a.Ineligible = "공고일 현재 서울 소재 기업의 요건을 갖추지 못함"
	}
}

func (p *Programme) sizes() []string {
	if len(p.Sizes) > 0 {
		return p.Sizes
	}
	return allSizes
}

// good reports whether an application is among those whose scores lie above the floor whoever evaluates them: as many as have a
// place or are in reserve.
func (p *Programme) good(n int) bool {
	// A step that shares no factor with the number of applications spreads the good ones over all of them.
	step := p.Received/2 + 1
	for gcd(step, p.Received) != 1 {
		step++
	}
	return n*step%p.Received < p.Selected+p.Reserve
}

func gcd(a, b int) int {
	for b > 0 {
		a, b = b, a%b
	}
	return a
}

// Scores are what an evaluator gives an application, in thousandths, one a criterion, in halves of a point. Evaluators differ in
// severity, and in each application by some points.
func (a Applicant) Scores(evaluator int) []int64 {
	p := a.Programme
	quality := 550 + chance(p.Code, "quality", a.Number, 350) // tenths of a percent
	if p.good(a.Number) {
		quality = 800 + chance(p.Code, "quality", a.Number, 160)
	}
	quality += chance(p.Code, "severity", evaluator, 41) - 20
	out := make([]int64, len(p.Criteria))
	for i, c := range p.Criteria {
		share := quality + chance(fmt.Sprint(p.Code, i, "/", evaluator), "score", a.Number, 61) - 30
		out[i] = int64(min(max(share, 0), 1000)) * int64(c.Weight) / 500 * 500
	}
	return out
}

// chance is a number below n that looks like chance and is the same in every run.
func chance(code, what string, of, n int) int {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %d", code, what, of))
	return int(binary.BigEndian.Uint32(sum[:4]) % uint32(n))
}

func pick(from []string, code, what string, of int) string {
	return from[chance(code, what, of, len(from))]
}

// businessNumber makes the n-th number with its check digit, of a range that stands for corporations.
func businessNumber(n int) string {
	digits := fmt.Sprintf("%03d81%04d", 101+n/9000, 1000+n%9000)
	sum := 0
	for i, w := range []int{1, 3, 7, 1, 3, 7, 1, 3, 5} {
		sum += int(digits[i]-'0') * w
	}
	sum += int(digits[8]-'0') * 5 / 10
	return digits + fmt.Sprint((10-sum%10)%10)
}
