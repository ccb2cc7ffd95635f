//go:build !external

package engine

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.temporal.io/api/common/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/server/common/log"
)

// answerLimit is how long a started server has to answer, and answerPause the time between two questions.
const (
	answerLimit = 30 * time.Second
	answerPause = 20 * time.Millisecond
)

// answers waits until the server answers for the namespace. The services start on their own goroutines and the first
// requests may find the history shard not yet taken, so that only an answer that comes from the history service counts.
func answers(ctx context.Context, address, namespace string, logger logger) error {
	ctx, cancel := context.WithTimeout(ctx, answerLimit)
	defer cancel()
	asking, err := client.NewLazyClient(client.Options{
		HostPort: address, Namespace: namespace, Logger: log.NewSdkLogger(logger),
	})
	if err != nil {
		return fmt.Errorf("engine: client: %w", err)
	}
	defer asking.Close()
	for {
		if err = ask(ctx, asking.WorkflowService(), namespace); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("engine: no answer: %w", errors.Join(ctx.Err(), err))
		case <-time.After(answerPause):
		}
	}
}

// ask looks for a workflow that nobody starts. That it is not there is the answer hoped for.
func ask(ctx context.Context, service workflowservice.WorkflowServiceClient, namespace string) error {
	_, err := service.DescribeWorkflowExecution(ctx, &workflowservice.DescribeWorkflowExecutionRequest{
		Namespace: namespace,
		Execution: &common.WorkflowExecution{WorkflowId: "engine/answer"},
	})
	var missing *serviceerror.NotFound
	if errors.As(err, &missing) {
		return nil
	}
	return err
}
