package workflows

import (
	"context"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/worker"
)

// silence is how long a step may say nothing before the engine takes its worker for dead and has the step done again. Without signs
// of life it would be done again only when all its time has passed, which for letters is ten minutes.
const silence = 10 * time.Second

// stuck is how long workflow code may take for what it does between two waits before its task is given up as a deadlock. It does
// very little, but a machine that is busy with other things may let it wait for its turn longer than the second that is usual.
const stuck = 20 * time.Second

// workerOptions has every step give signs of life while it is being done.
func workerOptions() worker.Options {
	return worker.Options{
		Interceptors: []interceptor.WorkerInterceptor{new(alive)}, MaxHeartbeatThrottleInterval: silence / 4,
		DeadlockDetectionTimeout: stuck,
	}
}

// alive gives the signs of life of activities.
type alive struct {
	interceptor.WorkerInterceptorBase
}

// InterceptActivity is called for every activity.
func (*alive) InterceptActivity(
	_ context.Context, next interceptor.ActivityInboundInterceptor,
) interceptor.ActivityInboundInterceptor {
	return &beating{interceptor.ActivityInboundInterceptorBase{Next: next}}
}

type beating struct {
	interceptor.ActivityInboundInterceptorBase
}

// ExecuteActivity does a step, with a sign of life now and then until it has ended.
func (b *beating) ExecuteActivity(ctx context.Context, in *interceptor.ExecuteActivityInput) (any, error) {
	done := make(chan struct{})
	defer close(done)
	go func() {
		tick := time.NewTicker(silence / 4)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				activity.RecordHeartbeat(ctx)
			}
		}
	}()
	return b.Next.ExecuteActivity(ctx, in)
}
