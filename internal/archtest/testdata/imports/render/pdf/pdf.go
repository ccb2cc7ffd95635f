package pdf

import (
	_ "secretariat/domain/minutes"
	_ "secretariat/service/minuting"

	_ "github.com/go-pdf/fpdf"
)
