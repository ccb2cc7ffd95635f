package ballot

import "time"

var started = time.Now()
