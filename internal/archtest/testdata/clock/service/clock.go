package service

import "time"

var now = time.Now
