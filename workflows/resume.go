package workflows

import (
	"context"
	"errors"

	"secretariat/domain"
	"secretariat/service/sweeping"

	"go.temporal.io/api/serviceerror"
)

// OpenCases lists the cases that a workflow has to follow, in pages.
type OpenCases interface {
	Open(context.Context, domain.Actor, sweeping.OpenInput) (sweeping.OpenPage, error)
}

// Resume wakes the workflow of every open case, and starts it where there is none: after the engine's state was lost, or after
// the pace of the clock was changed. It reports how many cases it woke and may be done at any time.
func Resume(ctx context.Context, waker Waker, cases OpenCases) (int, error) {
	n, in := 0, sweeping.OpenInput{}
	for {
		page, err := cases.Open(ctx, domain.System("resume"), in)
		if err != nil {
			return n, err
		}
		for _, c := range page.Items {
			if err := waker.Start(ctx, c.Kind, c.ID); err != nil {
				return n, err
			}
			n++
		}
		if page.Next == "" {
			return n, nil
		}
		in.After = page.Next
	}
}

// away reports whether a failure means that Temporal does not answer at all, rather than that it refused one request.
func away(err error) bool {
	var unavailable *serviceerror.Unavailable
	var deadline *serviceerror.DeadlineExceeded
	return errors.As(err, &unavailable) || errors.As(err, &deadline) ||
		errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
}
