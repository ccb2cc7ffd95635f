package endpoint_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	kit "github.com/go-kit/kit/endpoint"
	"github.com/prometheus/client_golang/prometheus"

	"secretariat/domain"
	"secretariat/service/seating"
	"secretariat/transport/endpoint"
)

type ask struct{ Secret string }

type told struct{ By domain.ID }

// desk is an operation inside the whole chain, with what it logs and measures.
type desk struct {
	endpoint.Endpoint[ask, told]
	log     *bytes.Buffer
	metrics *endpoint.Metrics
}

func newDesk(f endpoint.Func[ask, told], limits *endpoint.Limits) desk {
	d := desk{log: &bytes.Buffer{}, metrics: endpoint.NewMetrics()}
	log := slog.New(slog.NewJSONHandler(d.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	d.Endpoint = endpoint.New("thing.do", f, endpoint.Standard(log, d.metrics, limits))
	return d
}

// counted is how often the operation ended with the code.
func (d desk) counted(t *testing.T, code string) uint64 {
	t.Helper()
	families, err := d.metrics.Gatherer().(*prometheus.Registry).Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			for _, l := range m.GetLabel() {
				if l.GetName() == "code" && l.GetValue() == code {
					return m.GetHistogram().GetSampleCount()
				}
			}
		}
	}
	return 0
}

func person(t *testing.T, id domain.ID) context.Context {
	t.Helper()
	ctx := endpoint.WithActor(t.Context(), domain.Actor{ID: id, Kind: domain.ActorPerson})
	return endpoint.WithRequest(ctx, endpoint.Request{ID: "request-1", Remote: "192.0.2.1"})
}

func TestEveryEndingIsLoggedAndCountedAndNothingOfTheRequest(t *testing.T) {
	cause := errors.New("disk full")
	for name, test := range map[string]struct {
		f           endpoint.Func[ask, told]
		code, level string
		key         string
	}{
		"done":    {func(context.Context, domain.Actor, ask) (told, error) { return told{}, nil }, "ok", "DEBUG", ""},
		"refused": {fails(domain.Refused("a.rule", "조례 1", nil)), "refused", "INFO", "a.rule"},
		"broken":  {fails(cause), "internal", "ERROR", ""},
		"panic":   {panics, "internal", "ERROR", ""},
	} {
		d := newDesk(test.f, endpoint.NewLimits(1000, 1000))
		_, err := d.Call(person(t, "account-1"), ask{Secret: "찬성"})
		line := d.log.String()
		for _, want := range []string{
			`"op":"thing.do"`, `"code":"` + test.code + `"`, `"level":"` + test.level + `"`,
			`"actor":"account-1"`, `"request":"request-1"`,
		} {
			if !strings.Contains(line, want) {
				t.Errorf("%s: %s is not in %s", name, want, line)
			}
		}
		if strings.Contains(line, "찬성") {
			t.Errorf("%s: the request is in the log: %s", name, line)
		}
		if (test.level == "ERROR") != strings.Contains(line, "disk full") {
			t.Errorf("%s: the cause: %s", name, line)
		}
		if d.counted(t, test.code) != 1 || domain.KeyOf(err) != test.key {
			t.Errorf("%s: counted %d, error %v", name, d.counted(t, test.code), err)
		}
	}
}

func panics(context.Context, domain.Actor, ask) (told, error) { panic("at the disk full") }

func fails(err error) endpoint.Func[ask, told] {
	return func(context.Context, domain.Actor, ask) (told, error) { return told{}, err }
}

func TestWhoActsIsTheOneOnTheContext(t *testing.T) {
	d := newDesk(func(_ context.Context, by domain.Actor, _ ask) (told, error) { return told{By: by.ID}, nil },
		endpoint.NewLimits(1000, 1000))
	if out, err := d.Call(person(t, "account-1"), ask{}); err != nil || out.By != "account-1" {
		t.Errorf("%+v %v", out, err)
	}
	if out, err := d.Call(t.Context(), ask{}); err != nil || out.By != domain.Public().ID {
		t.Errorf("nobody signed in: %+v %v", out, err)
	}
	if _, err := d.Kit()(t.Context(), "not an ask"); err == nil {
		t.Error("a request of another type was taken")
	}
}

func TestARequestThatIsGivenUpIsNoFault(t *testing.T) {
	ctx, cancel := context.WithCancel(person(t, "account-1"))
	d := newDesk(func(ctx context.Context, _ domain.Actor, _ ask) (told, error) {
		cancel()
		return told{}, ctx.Err()
	}, endpoint.NewLimits(1000, 1000))
	_, err := d.Call(ctx, ask{})
	if domain.CodeOf(err) != domain.CodeUnavailable || strings.Contains(d.log.String(), "ERROR") {
		t.Errorf("%v: %s", err, d.log)
	}
	d = newDesk(fails(context.Canceled), endpoint.NewLimits(1000, 1000))
	if _, err := d.Call(person(t, "account-1"), ask{}); domain.CodeOf(err) != domain.CodeInternal {
		t.Errorf("cancelled by ourselves: %v", err)
	}
}

func plain(string) kit.Middleware { return func(next kit.Endpoint) kit.Endpoint { return next } }

func TestASetWithoutServicesFailsOnlyWhenCalled(t *testing.T) {
	set := endpoint.NewSet(endpoint.Services{}, plain)
	defer func() {
		if recover() == nil {
			t.Error("no service answered")
		}
	}()
	_, _ = set.ListCommittees.Call(t.Context(), seating.ListInput{})
}
