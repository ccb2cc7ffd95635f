package docs

import (
	"regexp"
	"strconv"
	"strings"
)

// laws are the short names by which rules cite, with the names of law in full.
var laws = []struct{ short, full string }{
	{"위원회조례", "서울특별시 각종 위원회의 설치ㆍ운영에 관한 조례"},
	{"위원회규칙", "서울특별시 각종 위원회의 설치ㆍ운영에 관한 조례 시행규칙"},
	{"4IR조례", "서울특별시 4차 산업혁명 촉진에 관한 조례"},
	{"울산조례", "울산광역시 산업 디지털 전환 촉진 조례"},
	{"촉진령", "산업 디지털 전환 촉진법 시행령"},
	{"지방보조금법", "지방자치단체 보조금 관리에 관한 법률"},
	{"보조금조례", "서울특별시 지방보조금 관리 조례"},
	{"수당조례", "서울특별시 위원회 수당 및 여비 지급 조례"},
	{"열린시정조례", "서울특별시 열린시정을 위한 행정정보 공개 조례"},
	{"정보공개법", "공공기관의 정보공개에 관한 법률"},
	{"기록물법", "공공기록물 관리에 관한 법률"},
	{"기록물령", "공공기록물 관리에 관한 법률 시행령"},
	{"행정업무규정", "행정업무의 운영 및 혁신에 관한 규정"},
	{"행정업무규칙", "행정업무의 운영 및 혁신에 관한 규정 시행규칙"},
}

var (
	// citation is a short name with what follows it: "위원회조례 10의2①ㆍ16②".
	citation = regexp.MustCompile(`(` + shortNames() + `) ([0-9][0-9의조호①-⑳ㆍ~]*)`)
	// provision is one article with its paragraphs, or one item of the article before.
	provision = regexp.MustCompile(`(\d+)호|(\d+)조?(의\d+)?([①-⑳]*)`)
)

func shortNames() string {
	var out []string
	for _, l := range laws {
		out = append(out, l.short)
	}
	return strings.Join(out, "|")
}

// citer writes the short citations of a document in full: 위원회조례 10의2① becomes
// 「서울특별시 각종 위원회의 설치ㆍ운영에 관한 조례」 제10조의2제1항, and where the law is the one just cited, 같은 조례. All else stays.
type citer struct{ last string }

func (c *citer) cite(text string) string {
	return citation.ReplaceAllStringFunc(text, func(s string) string {
		short, rest, _ := strings.Cut(s, " ")
		return c.name(short) + " " + articles(rest)
	})
}

func (c *citer) name(short string) string {
	full := ""
	for _, l := range laws {
		if l.short == short {
			full = l.full
		}
	}
	if full != c.last {
		c.last = full
		return "「" + full + "」"
	}
	for _, kind := range []struct{ end, word string }{{"조례", "조례"}, {"법률", "법"}, {"시행령", "영"}, {"규정", "규정"}} {
		if strings.HasSuffix(full, kind.end) {
			return "같은 " + kind.word
		}
	}
	return "같은 규칙"
}

// cite writes the citations of a text that stands alone.
func cite(text string) string { return new(citer).cite(text) }

func articles(s string) string {
	return provision.ReplaceAllStringFunc(s, func(p string) string {
		m := provision.FindStringSubmatch(p)
		if m[1] != "" {
			return "제" + m[1] + "호"
		}
		return "제" + m[2] + "조" + m[3] + paragraphs(m[4])
	})
}

// paragraphs writes "②③" as 제2항ㆍ제3항.
func paragraphs(s string) string {
	var out []string
	for _, c := range s {
		out = append(out, "제"+strconv.Itoa(int(c-'①')+1)+"항")
	}
	return strings.Join(out, "ㆍ")
}

// legend explains the short names that stand in texts; empty when there are none.
func legend(texts ...string) string {
	var out []string
	for _, l := range laws {
		if strings.Contains(strings.Join(texts, " "), l.short+" ") {
			out = append(out, l.short+": 「"+l.full+"」")
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "근거의 줄임(7①은 제7조제1항) " + strings.Join(out, ", ")
}
