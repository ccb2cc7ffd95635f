package ballot

import (
	wall "time"
)

type clock struct{}

func (clock) Now() wall.Time { return wall.Time{} }

func open(now wall.Time) bool {
	var c clock
	_ = c.Now()
	return now.Before(wall.Now()) && wall.Since(now) > wall.Second
}
