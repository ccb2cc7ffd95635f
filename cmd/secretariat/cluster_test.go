package main

import (
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"secretariat/internal/engine"
	"secretariat/internal/testkit/pgtest"
	"secretariat/transport/jsonapi/apitest"
)

// TestServerAndWorkerBesideTemporal runs the product as docker-compose.yml does: PostgreSQL, Temporal as a server of
// its own, the API in one process and the workflows in another.
func TestServerAndWorkerBesideTemporal(t *testing.T) {
	needEngine(t)
	database, dir := pgtest.URL(t), t.TempDir()
	listen, figures, health := freeAddress(t), freeAddress(t), freeAddress(t)
	env := []string{
		"SECRETARIAT_DATABASE=" + database, "SECRETARIAT_FILES=" + filepath.Join(dir, "files"),
		"SECRETARIAT_MAIL_FOLDER=" + filepath.Join(dir, "mail"), "TEMPORAL_ADDRESS=" + temporalServer(t),
	}
	if out := start(t, env, "", "migrate").finish(time.Minute); out != "postgres is up to date\n" {
		t.Errorf("migrate printed %q", out)
	}
	start(t, env, password, "user", "--email", adminMail, "--name", "관리자", "--admin").finish(time.Minute)
	worker := start(t, append(env, "SECRETARIAT_LISTEN="+health), "", "worker")
	serve := start(t, append(env, "SECRETARIAT_LISTEN="+listen, "SECRETARIAT_METRICS="+figures), "", "serve")
	serve.await("listening", time.Minute, func() bool { return strings.Contains(serve.log.text(), `"msg":"listening"`) })

	members := convene(t, apitest.New(t, "http://"+listen))
	l := openLedger(t, database)
	worker.await("the notices", 2*time.Minute, func() bool {
		return l.number("SELECT count(*) FROM letters WHERE kind = 'invitation'") == members
	})
	if mail := mailFolder(t, dir); len(mail) != members {
		t.Errorf("%d letters for %d members", len(mail), members)
	}
	page(t, "http://"+health+"/readyz")
	if text := page(t, "http://"+figures+"/metrics"); !strings.Contains(text, `"meeting.convene"`) {
		t.Errorf("the figures do not count the convening:\n%s", text)
	}
	if out := start(t, env, "", "resume").finish(time.Minute); out != "1 open cases are followed\n" {
		t.Errorf("resume printed %q", out)
	}
	serve.interrupt()
	worker.interrupt()
}

// temporalServer runs a Temporal server that knows nothing of the product, and gives its address.
func temporalServer(t *testing.T) string {
	t.Helper()
	options := engine.Options{Namespace: defaultNamespace, Logger: slog.New(slog.DiscardHandler)}
	server, err := engine.Start(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Stop)
	return server.Address()
}

func page(t *testing.T, url string) string {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", url, res.Status, err)
	}
	return string(raw)
}
