package main

import (
	_ "secretariat/internal/engine"
	_ "secretariat/internal/sample"
	_ "secretariat/store"
	_ "secretariat/workflows"

	_ "github.com/spf13/cobra"
	_ "github.com/uptrace/bun"
	_ "go.temporal.io/sdk/client"
	_ "go.temporal.io/server/temporal"
)

func main() {}
