package workflows

import (
	"context"
	"fmt"
	"maps"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// registry is what workers, replayers and test environments have in common.
type registry interface {
	RegisterWorkflowWithOptions(any, workflow.RegisterOptions)
}

// registerWorkflows registers the workflows under their names.
func registerWorkflows(r registry) {
	r.RegisterWorkflowWithOptions(Deliberation, workflow.RegisterOptions{Name: TypeDeliberation})
	r.RegisterWorkflowWithOptions(Survey, workflow.RegisterOptions{Name: TypeSurvey})
	r.RegisterWorkflowWithOptions(Consultation, workflow.RegisterOptions{Name: TypeConsultation})
	r.RegisterWorkflowWithOptions(Selection, workflow.RegisterOptions{Name: TypeSelection})
	r.RegisterWorkflowWithOptions(PlanCycle, workflow.RegisterOptions{Name: TypePlanCycle})
	r.RegisterWorkflowWithOptions(TaskPipeline, workflow.RegisterOptions{Name: TypeTaskPipeline})
	r.RegisterWorkflowWithOptions(Booklet, workflow.RegisterOptions{Name: TypeBooklet})
	r.RegisterWorkflowWithOptions(DutySweep, workflow.RegisterOptions{Name: TypeDutySweep})
}

type activityRegistry interface {
	RegisterActivityWithOptions(any, activity.RegisterOptions)
}

func (a Activities) register(r activityRegistry) {
	for step, do := range a.steps() {
		r.RegisterActivityWithOptions(do, activity.RegisterOptions{Name: string(step)})
	}
}

// NewWorker makes a worker with all workflows and activities; it does nothing before it is started.
func NewWorker(c client.Client, a Activities) worker.Worker {
	w := worker.New(c, TaskQueue, workerOptions())
	registerWorkflows(w)
	a.register(w)
	return w
}

// EnsureAttributes makes the search attributes that the namespace lacks. Workflows cannot go on without them, so a worker must
// not start when this fails; the error names what an operator has to add.
func EnsureAttributes(ctx context.Context, c client.Client, namespace string) error {
	operator := c.OperatorService()
	missing := SearchAttributes()
	have, err := operator.ListSearchAttributes(ctx, &operatorservice.ListSearchAttributesRequest{Namespace: namespace})
	if err != nil {
		return fmt.Errorf("list the search attributes of namespace %s: %w", namespace, err)
	}
	maps.DeleteFunc(missing, func(name string, kind enums.IndexedValueType) bool {
		return have.GetCustomAttributes()[name] == kind
	})
	if len(missing) == 0 {
		return nil
	}
	_, err = operator.AddSearchAttributes(ctx, &operatorservice.AddSearchAttributesRequest{
		Namespace: namespace, SearchAttributes: missing,
	})
	if err != nil {
		return fmt.Errorf("add the search attributes %v to namespace %s: %w", missing, namespace, err)
	}
	return nil
}
