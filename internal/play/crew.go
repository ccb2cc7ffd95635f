package play

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
)

// hands is how many people act at the same time in a play of many.
const hands = 8

// twin is the same person at another desk, who acts beside the first with keys of its own. The number has to be the same for the
// same act in every run.
func (who *person) twin(n int) *person {
	out := who.play.person(fmt.Sprintf("%s/%d", who.name, n))
	out.token = who.token
	return out
}

// queue has the hands take n jobs in their order, whoever is free the next.
func queue(ctx context.Context, n int, do func(ctx context.Context, i int) error) error {
	jobs := make(chan int, n)
	for i := range n {
		jobs <- i
	}
	close(jobs)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var group sync.WaitGroup
	for range hands {
		group.Go(func() {
			for i := range jobs {
				if ctx.Err() != nil {
					return
				}
				if err := do(ctx, i); err != nil {
					cancel(err) // the others stop at their next job; what failed first is told
				}
			}
		})
	}
	group.Wait()
	return context.Cause(ctx)
}

// bar shows how far a step of a play has come: on a terminal a line that grows, elsewhere a line each quarter.
type bar struct {
	mu          sync.Mutex
	out         io.Writer
	what        string
	done, total int
	terminal    bool
	shown       int    // hundredths
	drawn       string // what stands on the terminal, empty elsewhere
}

// aside prints something else, with the line of the bar out of its way.
func (b *bar) aside(print func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.drawn != "" {
		fmt.Fprint(b.out, "\r\x1b[K")
	}
	print()
	fmt.Fprint(b.out, b.drawn)
}

const barWidth = 30

func (p *Play) bar(what string, total int) *bar {
	b := &bar{out: p.stage.Out, what: what, total: total, terminal: terminal(p.stage.Out)}
	b.add(0)
	return b
}

func terminal(out io.Writer) bool {
	f, ok := out.(*os.File)
	if !ok {
		return false
	}
	at, err := f.Stat()
	return err == nil && at.Mode()&os.ModeCharDevice != 0
}

// add notes that so many more are done.
func (b *bar) add(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done += n
	part := 100
	if b.total > 0 {
		part = b.done * 100 / b.total
	}
	if n == 0 && b.total > 0 || part == b.shown || !b.terminal && part/25 == b.shown/25 {
		return
	}
	b.shown = part
	if !b.terminal {
		fmt.Fprintf(b.out, "  %s %d/%d (%d%%)\n", b.what, b.done, b.total, part)
		return
	}
	full := barWidth * part / 100
	b.drawn = fmt.Sprintf("\r  %s [%s%s] %d/%d", b.what, strings.Repeat("#", full), strings.Repeat(".", barWidth-full), b.done, b.total)
	fmt.Fprint(b.out, b.drawn)
	if part >= 100 {
		b.drawn = ""
		fmt.Fprintln(b.out)
	}
}
