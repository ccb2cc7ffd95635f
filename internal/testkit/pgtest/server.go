package pgtest

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// superuser owns everything on the server, which asks nobody for a password: its socket's folder is private.
const superuser = "postgres"

// startTimeout is how long a server may take from its start to its first answer.
const startTimeout = 60 * time.Second

// errMissing says that this machine has no PostgreSQL to test with.
var errMissing = errors.New("PostgreSQL's initdb and postgres were found neither in PATH nor in /usr/lib/postgresql")

// keeper runs a server until the test process is gone. Our end of its standard input is a pipe that the kernel closes
// when we end, even if we are killed; then read returns, and the server and its folder go.
const keeper = `
bin=$1 dir=$2
shift 2
"$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= "$@" >"$dir/log" 2>&1 </dev/null &
server=$!
read -r line
kill -QUIT "$server"
wait "$server"
rm -rf "$dir"
`

// careless are the settings of a server whose data nobody will miss.
var careless = []string{
	"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
	"-c", "max_connections=200", "-c", "shared_buffers=32MB", "-c", "timezone=UTC",
}

// start makes and starts a server with settings beyond initdb's.
func start(settings ...string) (*server, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	as, err := account()
	if err != nil {
		return nil, err
	}
	dir, err := folder(as)
	if err != nil {
		return nil, err
	}
	if err := initialise(bin, dir, as); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	lifeline, err := keep(bin, dir, as, settings)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return connect(dir, lifeline)
}

// programs is the folder of PostgreSQL's programs: the PATH's if it has them, else Debian's newest.
func programs() (string, error) {
	candidates, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil {
		return "", err
	}
	if initdb, err := exec.LookPath("initdb"); err == nil {
		candidates = append(candidates, filepath.Dir(initdb))
	}
	for i := len(candidates) - 1; i >= 0; i-- {
		if has(candidates[i], "initdb") && has(candidates[i], "postgres") {
			return candidates[i], nil
		}
	}
	return "", errMissing
}

// has reports whether a folder holds a program.
func has(dir, program string) bool {
	_, err := exec.LookPath(filepath.Join(dir, program))
	return err == nil
}

// account is whom the server runs as. PostgreSQL refuses to run as root; Debian's package brings a user for it.
func account() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("%w: root needs a user to run it as: %w", errMissing, err)
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}

// folder makes the server's private folder. A socket's whole path must stay below 108 bytes.
func folder(as *syscall.Credential) (string, error) {
	parent := os.TempDir()
	if len(parent) > 60 {
		parent = "/tmp"
	}
	dir, err := os.MkdirTemp(parent, "pgtest-")
	if err != nil || as == nil {
		return dir, err
	}
	return dir, os.Chown(dir, int(as.Uid), int(as.Gid))
}

// initialise makes an empty cluster that sorts Hangul by code point, which is dictionary order.
func initialise(bin, dir string, as *syscall.Credential) error {
	cmd := exec.Command(filepath.Join(bin, "initdb"), "--no-sync", "--no-instructions", "-U", superuser,
		"-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-D", filepath.Join(dir, "data"))
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, bytes.TrimSpace(out))
	}
	return nil
}

// keep starts the keeper and returns our end of its standard input. It has a process group of its own, so that an
// interrupt at the terminal reaches only us and the keeper is left to clean up, and none of our outputs, so that
// "go test" does not wait for it.
func keep(bin, dir string, as *syscall.Credential, settings []string) (io.Closer, error) {
	cmd := exec.Command("/bin/sh", append([]string{"-c", keeper, "pgtest", bin, dir}, settings...)...)
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as, Setpgid: true}
	pipe, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	return pipe, cmd.Start()
}

// connect waits for the server's first answer.
func connect(dir string, lifeline io.Closer) (*server, error) {
	s := &server{dir: dir, lifeline: lifeline, templates: map[uintptr]*template{}}
	admin, err := sql.Open("pgx", s.url("postgres"))
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	for {
		err := admin.PingContext(ctx)
		if err == nil {
			s.admin = admin
			return s, nil
		}
		select {
		case <-ctx.Done():
			log, _ := os.ReadFile(filepath.Join(dir, "log"))
			return nil, fmt.Errorf("server did not answer: %w\n%s", err, bytes.TrimSpace(log))
		case <-time.After(20 * time.Millisecond):
		}
	}
}
