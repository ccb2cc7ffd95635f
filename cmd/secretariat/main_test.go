package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"secretariat/internal/engine"
)

// asProgram makes the test binary be the program itself, so that no second one of its size has to be linked.
const asProgram = "RUN_AS_SECRETARIAT"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) == "" {
		os.Exit(m.Run())
	}
	go func() {
		// The other end is closed by the kernel when the tests end, even if they are killed.
		_, _ = io.Copy(io.Discard, os.NewFile(3, "lifeline"))
		os.Exit(3)
	}()
	main()
	os.Exit(0)
}

// needEngine skips a test that needs the embedded engine where the build has none.
func needEngine(t *testing.T) {
	t.Helper()
	if !engine.Available {
		t.Skip("this build has no embedded engine")
	}
}

// program is the product running as a process of its own.
type program struct {
	t        *testing.T
	cmd      *exec.Cmd
	lifeline *os.File
	out, log *lines
	done     chan struct{} // closed when it has ended
	err      error         // set by then
}

// start runs the program with arguments. Settings come from env alone, not from the environment of the tests.
func start(t *testing.T, env []string, input string, args ...string) *program {
	t.Helper()
	theirs, ours, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	p := &program{t: t, cmd: exec.Command(os.Args[0], args...), lifeline: ours, done: make(chan struct{})}
	p.out, p.log = newLines(), newLines()
	p.cmd.Env = append(clean(os.Environ()), append([]string{
		asProgram + "=1", "SECRETARIAT_SECOND_FACTOR=optional", "SECRETARIAT_KEY_FILE=" + filepath.Join(t.TempDir(), "key"),
	}, env...)...)
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = strings.NewReader(input), p.out, p.log
	p.cmd.ExtraFiles = []*os.File{theirs}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = theirs.Close() // the program has its own
	go func() {
		p.err = p.cmd.Wait()
		close(p.done)
	}()
	t.Cleanup(p.kill)
	return p
}

var ours = regexp.MustCompile(`^(SECRETARIAT|TEMPORAL)_`)

// clean leaves out what would configure the product.
func clean(environment []string) []string {
	var out []string
	for _, v := range environment {
		if !ours.MatchString(v) {
			out = append(out, v)
		}
	}
	return out
}

// kill ends the program as a crash does, and waits until it is gone.
func (p *program) kill() {
	_ = p.cmd.Process.Kill() // it may have ended
	<-p.done
	_ = p.lifeline.Close()
}

// finish waits until the program has ended and fails the test unless it ended well. It returns what was printed.
func (p *program) finish(limit time.Duration) string {
	p.t.Helper()
	select {
	case <-p.done:
	case <-time.After(limit):
		p.t.Fatalf("%v has not ended within %v\n%s", p.cmd.Args[1:], limit, p.tail())
	}
	if p.err != nil {
		p.t.Fatalf("%v: %v\n%s", p.cmd.Args[1:], p.err, p.tail())
	}
	return p.out.text()
}

// interrupt asks the program to end, as Ctrl+C and a container's stop do.
func (p *program) interrupt() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	p.finish(time.Minute)
}

// await waits until something holds, while the program runs.
func (p *program) await(what string, limit time.Duration, holds func() bool) {
	p.t.Helper()
	for end := time.Now().Add(limit); !holds(); time.Sleep(10 * time.Millisecond) {
		select {
		case <-p.done:
			if !holds() {
				p.t.Fatalf("%s: the program ended before: %v\n%s", what, p.err, p.tail())
			}
			return
		default:
		}
		if time.Now().After(end) {
			p.t.Fatalf("%s: not within %v\n%s", what, limit, p.tail())
		}
	}
}

// tail is the end of what the program printed and logged.
func (p *program) tail() string {
	all := strings.Split(p.out.text()+p.log.text(), "\n")
	return strings.Join(all[max(0, len(all)-25):], "\n")
}

// lines keeps what a program writes.
type lines struct {
	mu  sync.Mutex
	all strings.Builder
}

func newLines() *lines { return &lines{} }

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(p)
}

func (l *lines) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.String()
}
