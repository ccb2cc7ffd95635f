package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"secretariat/domain"
	"secretariat/internal/pace"
	"secretariat/internal/play"
	"secretariat/service/identity"
	"secretariat/transport/endpoint"
	"secretariat/transport/jsonapi"
)

// demoCommand shows the product with its sample: a whole deliberation played through, or a server with a meeting that
// is planned.
func demoCommand() *cobra.Command {
	var dir, listen string
	var through bool
	var scale int
	cmd := &cobra.Command{
		Use: "demo [--play [deliberation|selection|plan]]", Args: cobra.MatchAll(cobra.MaximumNArgs(1), cobra.OnlyValidArgs),
		ValidArgs: []string{deliberation, selectionRound, planCycle},
		Short:     "견본 위원회로 시연 (show the product with its sample committee)",
		RunE: func(cmd *cobra.Command, args []string) error {
			d := demo{dir: dir, listen: listen, out: cmd.OutOrStdout()}
			switch {
			case !through && len(args) > 0:
				return fmt.Errorf("%s: --play와 함께 씁니다 (only with --play)", args[0])
			case !through:
				return d.serve(cmd.Context())
			case len(args) == 0 || args[0] == deliberation:
				return d.play(cmd.Context())
			}
			if !cmd.Flags().Changed("dir") {
				d.dir += "-" + args[0]
			}
			if args[0] == planCycle {
				return d.planCycle(cmd.Context())
			}
			return d.select2021(cmd.Context(), scale)
		},
	}
	cmd.Flags().IntVar(&scale, "scale", 1, "selection: 접수ㆍ선정 수를 나눌 값 (divide the sizes of the round)")
	cmd.Flags().StringVar(&dir, "dir", "secretariat-demo", "결과와 데이터베이스를 두는 폴더 (folder for results and database)")
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:8080", "서버 주소 (address of the server)")
	cmd.Flags().BoolVar(&through, "play", false, "심의, 공모 선정 또는 기본계획 전 과정을 자동으로 진행하고 끝냄 (play a whole deliberation, a round of selection or the cycle of a plan, and end)")
	return cmd
}

// What can be played.
const (
	deliberation   = "deliberation"
	selectionRound = "selection"
	planCycle      = "plan"
)

type demo struct {
	dir, listen string
	out         io.Writer
}

// open puts the product together in the demo's folder.
func (d demo) open(ctx context.Context, clock *pace.Clock) (*app, error) {
	if err := os.MkdirAll(d.dir, 0o755); err != nil {
		return nil, err
	}
	c, err := readConfig(d.lookup)
	if err != nil {
		return nil, err
	}
	return open(ctx, c, clock)
}

// lookup finds a setting of the demo: what belongs into its folder is its own, the rest is the environment's, and so
// is the database where the environment names one.
func (d demo) lookup(name string) (string, bool) {
	v, ok := map[string]string{
		"SECRETARIAT_FILES":       filepath.Join(d.dir, "files"),
		"SECRETARIAT_ENGINE":      filepath.Join(d.dir, "temporal.db"),
		"SECRETARIAT_MAIL_FOLDER": filepath.Join(d.dir, "mail"),
		"SECRETARIAT_PUBLIC_URL":  "http://" + d.listen,
		"SECRETARIAT_SESSION":     "8760h",
		"SECRETARIAT_KEY_FILE":    filepath.Join(d.dir, "secretariat.key"),
		// The demo's clock is not the one of anybody's device.
		"SECRETARIAT_SECOND_FACTOR": "optional",
	}[name]
	if ok {
		return v, ok
	}
	if v, ok = os.LookupEnv(name); name == "SECRETARIAT_DATABASE" && v == "" {
		return "sqlite:" + filepath.Join(d.dir, "secretariat.db"), true
	}
	return v, ok
}

// server is a demo that answers requests.
type server struct {
	app      *app
	temporal *temporal
	base     string
	pages    http.Handler // everything that is served
	door     *door
	stop     func() error
}

// begin starts the engine, the worker and the API.
func (d demo) begin(ctx context.Context, a *app, listen string) (*server, error) {
	t, err := a.dial(ctx)
	if err != nil {
		return nil, err
	}
	// A play acts faster than people; its own limits would only make it wait.
	h, err := a.handler(endpoint.NewLimits(100_000, 100_000))
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", listen)
	if err != nil {
		t.close()
		return nil, err
	}
	s := &server{app: a, temporal: t, base: "http://" + l.Addr().String(), pages: h, door: &door{}}
	run, cancel := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() {
		done <- together(run, t.work, t.send, a.invite, func(ctx context.Context) error { return jsonapi.Serve(ctx, l, s.door.before(h)) })
	}()
	s.stop = func() error {
		cancel()
		err := <-done
		t.close()
		return err
	}
	return s, nil
}

// play plays a whole deliberation and leaves its documents in the folder. One that was broken off goes on where it was.
func (d demo) play(ctx context.Context) error {
	return d.staged(ctx, "127.0.0.1:0", play.Start, func(s *server, stage play.Stage) error {
		began := time.Now()
		if err := play.Run(ctx, stage); err != nil {
			return err
		}
		fmt.Fprintf(d.out, "\n%s에 문서를 두었습니다. (%.0f초)\n", filepath.Join(d.dir, play.Folder), time.Since(began).Seconds())
		fmt.Fprintf(d.out, "확인: go run ./cmd/secretariat verify %s\n", filepath.Join(d.dir, play.Folder))
		return nil
	})
}

// select2021 plays the calls for proposals of 2021 to their agreements and leaves the published results in the folder.
func (d demo) select2021(ctx context.Context, scale int) error {
	return d.staged(ctx, "127.0.0.1:0", play.Start, func(_ *server, stage play.Stage) error {
		began := time.Now()
		if err := play.RunSelection(ctx, stage, scale); err != nil {
			return err
		}
		folder := filepath.Join(d.dir, play.Folder)
		fmt.Fprintf(d.out, "\n%s에 선정 결과를 두었습니다. (%.0f초)\n", folder, time.Since(began).Seconds())
		fmt.Fprintf(d.out, "확인: go run ./cmd/secretariat verify %s\n", filepath.Join(folder, play.Result(1)))
		return nil
	})
}

// planCycle plays the three years of a basic plan, from the decision to draft it to its closing evaluation, and leaves all documents in
// the folder.
func (d demo) planCycle(ctx context.Context) error {
	begins, err := play.CycleBegins()
	if err != nil {
		return err
	}
	return d.staged(ctx, "127.0.0.1:0", begins, func(_ *server, stage play.Stage) error {
		began := time.Now()
		if err := play.RunPlan(ctx, stage); err != nil {
			return err
		}
		folder := filepath.Join(d.dir, play.Folder)
		fmt.Fprintf(d.out, "\n%s에 문서를 두었습니다. (%.0f초)\n", folder, time.Since(began).Seconds())
		fmt.Fprintf(d.out, "확인: go run ./cmd/secretariat verify %s\n", filepath.Join(folder, play.PlanRecord))
		return nil
	})
}

// serve shows the same committee with a planned meeting and keeps running.
func (d demo) serve(ctx context.Context) error {
	return d.staged(ctx, d.listen, play.Prelude, func(s *server, stage play.Stage) error {
		founded, err := play.Found(ctx, stage)
		if err != nil {
			return err
		}
		stage.Clock.Set(1)
		s.door.open(&guide{play: founded, clock: stage.Clock, pages: s.pages})
		fmt.Fprintf(d.out, "\n%s/demo 를 여십시오. 시연 시각을 옮기고 여러 역할로 들어갈 수 있습니다.\n", s.base)
		for _, g := range founded.Guests() {
			fmt.Fprintf(d.out, "  %s/demo/as/%s\t%s\n", s.base, g.Key, g.Role)
		}
		fmt.Fprintf(d.out, "계정과 비밀번호: %s\n끝내려면 Ctrl+C를 누르십시오.\n", filepath.Join(d.dir, play.Accounts))
		<-ctx.Done()
		return nil
	})
}

// staged gives a performance whose clock begins at a time, or where it was broken off.
func (d demo) staged(ctx context.Context, listen string, begins time.Time, show func(*server, play.Stage) error) error {
	clock := pace.New(begins, 1)
	a, err := d.open(ctx, clock)
	if err != nil {
		return err
	}
	if err := d.goOn(ctx, a); err != nil {
		return errors.Join(err, a.close())
	}
	s, err := d.begin(ctx, a, listen)
	if err != nil {
		return errors.Join(err, a.close())
	}
	err = show(s, d.stage(ctx, s, clock))
	return errors.Join(err, s.stop(), a.close())
}

// goOn lets the clock go on where an earlier demo stopped. A database that holds something else is refused: the demo
// would make itself an administrator of it.
func (d demo) goOn(ctx context.Context, a *app) error {
	last, err := a.lastAct(ctx)
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(d.dir, play.Accounts)); err != nil && !last.IsZero() {
		return fmt.Errorf("데이터베이스에 다른 자료가 있어 시연하지 않습니다 (the database is not this demo's: %w)", err)
	}
	if last.After(a.clock.Now()) {
		a.clock.Jump(last)
	}
	return nil
}

func (d demo) stage(ctx context.Context, s *server, clock *pace.Clock) play.Stage {
	return play.Stage{
		Base: s.base, Dir: d.dir, Clock: clock, Out: d.out,
		Look: func(ctx context.Context) error {
			_, err := s.temporal.resume(ctx)
			return err
		},
		Admin: func(email, password string) error {
			in := identity.CreateAccountInput{Email: email, Name: "관리자", Password: password, Admin: true}
			_, err := s.app.services.Identity.Provision(ctx, domain.System("demo"), in)
			return err
		},
	}
}
