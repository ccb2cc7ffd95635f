package balloting

import (
	_ "secretariat/internal/testkit"
	_ "secretariat/service/convening"
	_ "secretariat/store/storetest"

	_ "github.com/uptrace/bun"
)
