package meeting_test

import (
	_ "os"
	_ "testing"

	_ "secretariat/domain/ballot"
	_ "secretariat/domain/meeting"
	_ "secretariat/internal/testkit"
	_ "secretariat/policies"
	_ "secretariat/store/storetest"

	_ "pgregory.net/rapid"
)
