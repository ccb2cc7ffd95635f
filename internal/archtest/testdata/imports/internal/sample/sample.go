package sample

import (
	_ "secretariat/domain"
	_ "secretariat/service/seating"
)
