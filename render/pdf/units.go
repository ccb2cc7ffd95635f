package pdf

// Length is a distance in thousandths of a point (1/72000 inch). Layout is reckoned in these whole numbers, so that
// lines and pages break at the same place on every machine.
type Length int

// Point is the unit of type sizes, 1/72 inch.
const Point Length = 1000

// Millimetres is n millimetres, rounded down to a thousandth of a point.
func Millimetres(n int) Length { return Length(n * 720000 / 254) }

// points is the length as fpdf takes it.
func (l Length) points() float64 { return float64(l) / float64(Point) }

// The page, its margins and what is left for text.
const (
	pageWidth    Length = 595_280
	pageHeight   Length = 841_890
	marginX      Length = 62_360 // 22 mm
	marginTop    Length = 62_360
	marginBottom Length = 70_860 // 25 mm, with the footer inside
	footerTop    Length = pageHeight - 48_000
	bodyWidth           = pageWidth - 2*marginX
	bodyBottom          = pageHeight - marginBottom
	bodyHeight          = bodyBottom - marginTop
)

// Type sizes and the leading of running text, table cells and small print.
const (
	sizeTitle = 20 * Point
	sizeHead  = 15 * Point
	sizeBody  = 11 * Point
	sizeCell  = 10 * Point
	sizeSmall = 9 * Point

	leadBody = 18_500
	leadCell = 15_000
)

// Thickness of rules.
const (
	ruleThin  = 400
	ruleThick = 1000
)

// Greys, from 0 (black) to 255 (white).
const (
	greyText = 0
	greySoft = 90
	greyRule = 150
	greyFill = 241
)
