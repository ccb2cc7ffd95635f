package catalogue

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"secretariat/domain"
)

// slot is a place for an argument: its name, a comma if its thousands are set apart, the list of its codes, and the particle
// after it.
var slot = regexp.MustCompile(`\{(\w+)(,)?(?::(\w+))?\}(은\(는\)|이\(가\)|을\(를\)|과\(와\)|으로\(로\))?`)

// Render writes the message of a key with its arguments; the key itself when there is none, so that nothing is ever
// blank. An argument that is not given stays as its slot.
func (c *Catalogue) Render(lang Lang, key string, args domain.Args) string {
	m, ok := c.messages[key]
	if !ok {
		return key
	}
	return slot.ReplaceAllStringFunc(m.in(lang), func(found string) string {
		parts := slot.FindStringSubmatch(found)
		name, commas, list, particle := parts[1], parts[2], parts[3], parts[4]
		value, given := args[name]
		if !given {
			return found
		}
		word := text(value)
		if commas != "" {
			word = thousands(word)
		}
		if list != "" {
			word = c.Label(lang, list, word)
		}
		return word + agree(word, particle)
	})
}

// Label is the word for a code of a list, such as "심의" for deliberation of item_kind; the code itself when there is
// none.
func (c *Catalogue) Label(lang Lang, list, code string) string {
	m, ok := c.messages["label."+list+"."+code]
	if !ok {
		return code
	}
	return m.in(lang)
}

// Codes lists the codes of a list that have a word, sorted.
func (c *Catalogue) Codes(list string) []string {
	var out []string
	for key := range c.messages {
		if code, ok := strings.CutPrefix(key, "label."+list+"."); ok {
			out = append(out, code)
		}
	}
	slices.Sort(out)
	return out
}

func (m Message) in(lang Lang) string {
	if lang == English {
		return m.En
	}
	return m.Ko
}

// text writes an argument. Whole numbers that came back from JSON are written without an exponent.
func text(value any) string {
	if n, ok := value.(float64); ok {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	return fmt.Sprint(value)
}

// thousands sets the thousands of a whole number apart, as amounts of money are written.
func thousands(number string) string {
	sign := strings.TrimRight(number, "0123456789")
	digits := strings.TrimPrefix(number, sign)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return sign + digits
}

// agree is the form of a particle after a word.
func agree(word, particle string) string {
	after, open, ok := strings.Cut(strings.TrimSuffix(particle, ")"), "(")
	if !ok {
		return ""
	}
	final := finalOf(word)
	if final == none || final == rieul && open == "로" {
		return open
	}
	return after
}

// final is the consonant a syllable ends in, as far as particles look at it.
type final int

const (
	none final = iota
	rieul
	another
)

// Syllables of Hangul lie in order, 28 finals to each pair of initial and vowel; the eighth is ㄹ.
const (
	finals     = 28
	finalRieul = 8
)

// finalOf is how a word ends as Koreans read it aloud: digits 영 일 이 삼 사 오 육 칠 팔 구, and L M N R among the letters.
func finalOf(word string) final {
	word = strings.TrimRightFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	runes := []rune(word)
	if len(runes) == 0 {
		return none
	}
	last := runes[len(runes)-1]
	switch {
	case last >= '가' && last <= '힣' && (last-'가')%finals == finalRieul:
		return rieul
	case last >= '가' && last <= '힣' && (last-'가')%finals == 0:
		return none
	case last >= '가' && last <= '힣':
		return another
	case strings.ContainsRune("178LRlr", last):
		return rieul
	case strings.ContainsRune("036MNmn", last):
		return another
	}
	return none
}
