//go:build !external

package engine

import (
	"time"

	"go.temporal.io/server/common/dynamicconfig"
)

// taskWorkers is how many goroutines work on the tasks of one queue. They share one connection to SQLite, so that more
// would only wait for each other, and the server's own 512 take memory for their stacks.
const taskWorkers = 16

// pollsPerSecond is how often a queue may look for tasks. The server's own 20 are per shard, of which a cluster has
// hundreds and this engine one.
const pollsPerSecond = 1000

// lookAgain is how long a queue at most goes without looking for tasks when it is not told of one. The server's own minutes are for
// clusters that would pay for each look; here a step that nobody was told of would keep people waiting for as long.
const lookAgain = 5 * time.Second

// limits cuts the server's settings, meant for a host of a cluster, down to what a single committee secretariat needs.
func limits() dynamicconfig.StaticClient {
	return dynamicconfig.StaticClient{
		dynamicconfig.TimerProcessorSchedulerWorkerCount.Key():       taskWorkers,
		dynamicconfig.TransferProcessorSchedulerWorkerCount.Key():    taskWorkers,
		dynamicconfig.VisibilityProcessorSchedulerWorkerCount.Key():  taskWorkers,
		dynamicconfig.MemoryTimerProcessorSchedulerWorkerCount.Key(): taskWorkers,

		// Each step of a workflow makes the queues look for tasks once, so that these limits are its pace.
		dynamicconfig.TimerProcessorMaxPollRPS.Key():      pollsPerSecond,
		dynamicconfig.TransferProcessorMaxPollRPS.Key():   pollsPerSecond,
		dynamicconfig.VisibilityProcessorMaxPollRPS.Key(): pollsPerSecond,

		dynamicconfig.TimerProcessorMaxPollInterval.Key():      lookAgain,
		dynamicconfig.TransferProcessorMaxPollInterval.Key():   lookAgain,
		dynamicconfig.VisibilityProcessorMaxPollInterval.Key(): lookAgain,

		// There is no other cluster to replicate to.
		dynamicconfig.ReplicationProcessorSchedulerWorkerCount.Key():            1,
		dynamicconfig.ReplicationLowPriorityProcessorSchedulerWorkerCount.Key(): 1,

		// One partition a queue: several spread the load over hosts.
		dynamicconfig.MatchingNumTaskqueueReadPartitions.Key():  1,
		dynamicconfig.MatchingNumTaskqueueWritePartitions.Key(): 1,

		// A workflow that has left the cache is read again from the file.
		dynamicconfig.HistoryCacheHostLevelMaxSize.Key(): 1000,

		// Nobody reads these measurements.
		dynamicconfig.PersistenceHealthSignalMetricsEnabled.Key(): false,

		// These workers are never stopped and would go on asking a stopped server for work. What they do is no loss: the
		// scanners look for what a failing cluster leaves behind, and history closes the children of a closed workflow
		// itself when there is no worker for it.
		dynamicconfig.TaskQueueScannerEnabled.Key():       false,
		dynamicconfig.HistoryScannerEnabled.Key():         false,
		dynamicconfig.EnableParentClosePolicyWorker.Key(): false,
	}
}
