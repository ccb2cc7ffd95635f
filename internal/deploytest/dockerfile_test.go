package deploytest

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

// goVersion is the Go version go.mod asks for.
func goVersion(t *testing.T) string {
	t.Helper()
	file, err := modfile.ParseLax("go.mod", []byte(read(t, "go.mod")), nil)
	if err != nil || file.Go == nil {
		t.Fatalf("go.mod: %v", err)
	}
	return file.Go.Version
}

// moduleVersion is the version go.mod requires of a module, without its v.
func moduleVersion(body, module string) (string, bool) {
	file, err := modfile.ParseLax("go.mod", []byte(body), nil)
	if err != nil {
		return "", false
	}
	for _, r := range file.Require {
		if r.Mod.Path == module {
			return strings.TrimPrefix(r.Mod.Version, "v"), true
		}
	}
	return "", false
}

func TestDockerfileAgreesWithTheComposeFile(t *testing.T) {
	compose := project(t, read(t, "docker-compose.yml"))
	for _, problem := range imageProblems(read(t, "Dockerfile"), goVersion(t), compose) {
		t.Error(problem)
	}
}

func TestDockerignoreKeepsSettingsOut(t *testing.T) {
	lines := strings.Fields(read(t, ".dockerignore"))
	for _, want := range []string{".git", ".env"} {
		if !slices.Contains(lines, want) {
			t.Errorf(".dockerignore lets %s into the build", want)
		}
	}
}

// TestDockerfileChecksCatchOffenders proves that each check of the Dockerfile can fail.
func TestDockerfileChecksCatchOffenders(t *testing.T) {
	dockerfile, compose := read(t, "Dockerfile"), read(t, "docker-compose.yml")
	version := goVersion(t)
	for _, edit := range []struct{ name, old, new, want string }{
		{"other Go", "golang:" + version, "golang:1.25.0", "builds with golang:1.25.0-"},
		{"engine inside", "-tags external ", "", "does not build ./cmd/secretariat"},
		{"cgo", "CGO_ENABLED=0 ", "", "does not build ./cmd/secretariat"},
		{"one stage", "FROM scratch\n", "", "has 1 stages"},
		{"bigger image", "FROM scratch", "FROM debian:12.12-slim", "is built on debian:12.12-slim"},
		{"root", "USER 65532:65532", "USER root", `runs as "root"`},
		{"no user", "USER 65532:65532\n", "", `runs as ""`},
		{"two users", "USER 65532:65532\n", "USER 65532:65532\nUSER 0:0\n", `runs as ""`},
		{"other user", "USER 65532:65532", "USER 1000:1000", "serve: runs as 65532:65532, the image as 1000:1000"},
		{"root's folder", "--chown=65532:65532 ", "", "serve: volume at /var/lib/secretariat, where the image has no folder"},
		{"other's folder", "--chown=65532:65532", "--chown=1:1", "/var/lib/secretariat belongs to 1:1"},
		{"other folder", "/out/files /var/lib/secretariat", "/out/files /srv", "worker: volume at /var/lib/secretariat"},
		{"shell", `ENTRYPOINT ["secretariat"]`, "ENTRYPOINT secretariat", "does not start secretariat"},
		{
			"no health check", "HEALTHCHECK", "LABEL health=",
			"serve: asks [CMD secretariat health] for its health, the image []",
		},
		{"other port", "EXPOSE 8080", "EXPOSE 80", "serve: publishes port 8080, the image exposes 80"},
	} {
		t.Run(edit.name, func(t *testing.T) {
			found := imageProblems(replaced(t, dockerfile, edit.old, edit.new), version, project(t, compose))
			hit := slices.ContainsFunc(found, func(p string) bool { return strings.HasPrefix(p, edit.want) })
			if !hit {
				t.Errorf("want %q, found %q", edit.want, found)
			}
		})
	}
}
