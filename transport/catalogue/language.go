package catalogue

import "golang.org/x/text/language"

var matcher = language.NewMatcher([]language.Tag{language.Korean, language.English})

// Choose picks the language for an Accept-Language header; Korean when it says nothing that helps.
func Choose(header string) Lang {
	_, index := language.MatchStrings(matcher, header)
	if index == 1 {
		return English
	}
	return Korean
}
