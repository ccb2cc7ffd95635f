package bench

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// idle is how long the demonstration is left alone before its memory is read.
const idle = 10 * time.Second

// BenchmarkDemo starts the demonstration a second time in the same folder, and leaves it alone for a while. It
// builds the program first, which takes minutes when the embedded Temporal server has not been built before.
func BenchmarkDemo(b *testing.B) {
	binary := filepath.Join(b.TempDir(), "secretariat")
	build := exec.CommandContext(b.Context(), "go", "build", "-o", binary, "secretariat/cmd/secretariat")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	dir := b.TempDir()
	first := start(b, binary, dir)
	first.founded(b)
	first.stop(b)
	second := start(b, binary, dir)
	note(b, figure{"demo, warm start until ready", second.took.Seconds(), "s", below(2)})
	time.Sleep(idle)
	note(b, figure{"demo, memory after ten idle seconds", second.resident(b), "MB", below(300)})
	second.stop(b)
	b.ReportMetric(second.took.Seconds(), "s-start")
}

// demo is a demonstration under way.
type demo struct {
	cmd  *exec.Cmd
	out  *bufio.Reader
	took time.Duration // from its start until it was ready
}

// start runs the demonstration and waits until it is ready.
func start(b *testing.B, binary, dir string) *demo {
	b.Helper()
	address := vacant(b)
	d := &demo{cmd: exec.CommandContext(b.Context(), binary, "demo", "--dir", dir, "--listen", address)}
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "TEMPORAL_") && !strings.HasPrefix(v, "SECRETARIAT_") {
			d.cmd.Env = append(d.cmd.Env, v)
		}
	}
	out, err := d.cmd.StdoutPipe()
	must(b, err)
	d.out = bufio.NewReader(out)
	began := time.Now()
	must(b, d.cmd.Start())
	b.Cleanup(func() { _ = d.cmd.Process.Kill() })
	for !ready(b.Context(), address) {
		if time.Since(began) > time.Minute {
			b.Fatal("the demonstration is not ready after a minute")
		}
		time.Sleep(5 * time.Millisecond)
	}
	d.took = time.Since(began)
	return d
}

// vacant is an address nobody listens on.
func vacant(b *testing.B) string {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(b, err)
	must(b, l.Close())
	return l.Addr().String()
}

func ready(ctx context.Context, address string) bool {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/readyz", nil)
	if err != nil {
		return false
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	_ = res.Body.Close()
	return res.StatusCode == http.StatusOK
}

// founded waits until the committee is there, of which the demonstration tells last.
func (d *demo) founded(b *testing.B) {
	b.Helper()
	for {
		line, err := d.out.ReadString('\n')
		must(b, err)
		if strings.Contains(line, "accounts.json") {
			return
		}
	}
}

// stop ends the demonstration as Ctrl+C does.
func (d *demo) stop(b *testing.B) {
	b.Helper()
	must(b, d.cmd.Process.Signal(os.Interrupt))
	_, err := io.Copy(io.Discard, d.out)
	must(b, err)
	must(b, d.cmd.Wait())
}

// resident is the memory that the demonstration takes, in MB.
func (d *demo) resident(b *testing.B) float64 { return residentOf(b, d.cmd.Process.Pid) }

// residentOf is the memory that a process takes, in MB.
func residentOf(b *testing.B, process int) float64 {
	b.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process))
	must(b, err)
	_, rest, _ := strings.Cut(string(raw), "VmRSS:")
	kilobytes, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	must(b, err)
	return kilobytes * 1024 / 1e6
}
