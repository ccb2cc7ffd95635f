package docs

import (
	"regexp"
	"strconv"
	"strings"

	"secretariat/render/pdf"
)

// withheldPart is a withheld passage as the disclosed record has it, "■■■(5ㆍ6호)".
var withheldPart = regexp.MustCompile(`■■■\(([1-8](?:ㆍ[1-8])*)호\)`)

// spans is a text with black bars where passages are withheld.
func spans(text string) []pdf.Span {
	var out []pdf.Span
	from := 0
	for _, at := range withheldPart.FindAllStringSubmatchIndex(text, -1) {
		if at[0] > from {
			out = append(out, pdf.Plain(text[from:at[0]]))
		}
		out = append(out, pdf.Redacted(grounds(text[at[2]:at[3]])...))
		from = at[1]
	}
	return append(out, pdf.Plain(text[from:]))
}

func grounds(list string) []int {
	var out []int
	for _, g := range strings.Split(list, "ㆍ") {
		n, _ := strconv.Atoi(g) // one digit, as the pattern has it
		out = append(out, n)
	}
	return out
}

// after is spans with a piece of its own in front, such as a speaker's name.
func after(first pdf.Span, text string) []pdf.Span { return append([]pdf.Span{first}, spans(text)...) }

// cell is a table cell with black bars where passages are withheld.
func cell(text string) pdf.Cell { return pdf.Cell{Spans: spans(text)} }
