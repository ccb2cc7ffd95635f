package domain

import "strings"

// Digits is a business number as it is kept: without hyphens and spaces.
func Digits(number string) string {
	return strings.NewReplacer("-", "", " ", "").Replace(number)
}

// weights of the first nine digits of a business number; the last digit makes the sum a multiple of ten.
var weights = [9]int{1, 3, 7, 1, 3, 7, 1, 3, 5}

// ValidBusinessNumber reports whether a 사업자등록번호 has ten digits of which the last is its check digit, so that a
// slip of the hand is found before it hides who was supported twice.
func ValidBusinessNumber(number string) bool {
	if len(number) != 10 || strings.Trim(number, "0123456789") != "" {
		return false
	}
	sum := 0
	for i, w := range weights {
		sum += int(number[i]-'0') * w
	}
	sum += int(number[8]-'0') * 5 / 10
	return (10-sum%10)%10 == int(number[9]-'0')
}
