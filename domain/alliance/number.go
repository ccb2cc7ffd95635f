package alliance

import "secretariat/domain"

// Digits is a business number as it is kept: without hyphens and spaces.
func Digits(number string) string { return domain.Digits(number) }

// ValidBusinessNumber reports whether a 사업자등록번호 has ten digits of which the last is its check digit.
func ValidBusinessNumber(number string) bool { return domain.ValidBusinessNumber(number) }
