package mail

import (
	_ "net/mail"

	_ "secretariat/domain"
	_ "secretariat/store"

	_ "github.com/wneessen/go-mail"
)
