package domain

import (
	_ "errors"
	_ "math/rand/v2"

	_ "secretariat/domain/meeting"
)
