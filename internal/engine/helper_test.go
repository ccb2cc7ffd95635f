//go:build !external

package engine_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"secretariat/internal/engine"
)

// childFile names the environment variable that turns the test binary into a process that runs an engine on the file it
// holds, says so on its output, and waits to be killed.
const childFile = "ENGINE_TEST_FILE"

const space = "test"

func TestMain(m *testing.M) {
	if file := os.Getenv(childFile); file != "" {
		runChild(file)
		return
	}
	os.Exit(m.Run())
}

// runChild prints the address, the time the start took and the memory held a second later. A closed standard input ends
// it, so that it does not outlive a test that died.
func runChild(file string) {
	began := time.Now()
	running, err := engine.Start(context.Background(), options(file))
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	took := time.Since(began)
	time.Sleep(time.Second)
	fmt.Println(running.Address(), took.Milliseconds(), resident())
	_, _ = os.Stdin.Read(make([]byte, 1))
	running.Stop()
}

// resident returns the memory of this process in megabytes, as the kernel counts it, or zero where it does not say.
func resident() int {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	var kilobytes int
	_, after, _ := strings.Cut(string(status), "VmRSS:")
	_, _ = fmt.Sscan(after, &kilobytes)
	return kilobytes / 1024
}

func options(file string) engine.Options {
	return engine.Options{
		File:             file,
		Namespace:        space,
		SearchAttributes: map[string]enums.IndexedValueType{"Committee": enums.INDEXED_VALUE_TYPE_KEYWORD},
		Logger:           slog.New(slog.NewTextHandler(os.Stderr, nil)),
	}
}

// start starts an engine that is stopped at the end of the test at the latest.
func start(t *testing.T, o engine.Options) *engine.Engine {
	t.Helper()
	began := time.Now()
	running, err := engine.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("started in %v", time.Since(began).Round(time.Millisecond))
	t.Cleanup(running.Stop)
	return running
}

func dial(t *testing.T, address string) client.Client {
	t.Helper()
	c, err := client.DialContext(t.Context(), client.Options{
		HostPort: address, Namespace: space, Logger: silent(),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// child is another process that runs an engine.
type child struct {
	command *exec.Cmd
	output  *bufio.Reader
	address string
}

// launch starts a process on the file and does not wait for its engine to answer.
func launch(t *testing.T, file string) *child {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), childFile+"="+file)
	command.Stderr = os.Stderr
	input, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	c := &child{command: command, output: bufio.NewReader(output)}
	t.Cleanup(func() { _ = input.Close(); c.kill() })
	return c
}

// spawn starts a process on the file and waits until its engine answers.
func spawn(t *testing.T, file string) *child {
	t.Helper()
	c := launch(t, file)
	line, err := c.output.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	var took, memory int
	if _, err := fmt.Sscan(line, &c.address, &took, &memory); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	t.Logf("child: started in %d ms, %d MB resident", took, memory)
	return c
}

// kill ends the process without giving it a chance to do anything.
func (c *child) kill() {
	_ = c.command.Process.Kill()
	_ = c.command.Wait()
}

// folder returns a folder whose name has what a file URI would misread.
func folder(t *testing.T) string {
	t.Helper()
	name := "위원회 100% #1"
	if runtime.GOOS != "windows" {
		name += "?"
	}
	return filepath.Join(t.TempDir(), name)
}
