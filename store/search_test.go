package store_test

import (
	"testing"

	"secretariat/store/storetest"
)

func TestSearch(t *testing.T) { onBoth(t, storetest.Search) }
