// Command secretariat runs the committee secretariat: a demonstration, the server, the worker, and the tools of
// whoever operates it. Everything here is wiring; the rules are in domain, the use cases in service.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := command().ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "secretariat:", err)
		stop()
		os.Exit(1) //nolint:gocritic // stop has run
	}
}

func command() *cobra.Command {
	root := &cobra.Command{
		Use:           "secretariat",
		Short:         "위원회 간사 시스템 (committee secretariat)",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.AddCommand(
		demoCommand(), serveCommand(), workerCommand(), migrateCommand(), userCommand(), verifyCommand(), auditCommand(),
		resumeCommand(), reindexCommand(), healthCommand(), configCommand(),
	)
	return root
}
