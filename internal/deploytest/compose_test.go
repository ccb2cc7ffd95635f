package deploytest

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/types"
	"github.com/google/go-cmp/cmp"
)

// root is the repository's folder, as seen from this package's.
const root = "../.."

// required are the settings a deployment cannot start without.
var required = map[string]string{
	"POSTGRES_PASSWORD":       "one",
	"SECRETARIAT_DB_PASSWORD": "two",
	"TEMPORAL_DB_PASSWORD":    "three",
	"SECRETARIAT_PUBLIC_URL":  "https://dx.example.go.kr",
	"SECRETARIAT_SMTP_HOST":   "smtp.example.go.kr",
	"SECRETARIAT_SMTP_FROM":   "dx@example.go.kr",
}

// read gives a file of the repository.
func read(t *testing.T, name string) string {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// project loads a compose file with every required setting.
func project(t *testing.T, body string) types.Project {
	t.Helper()
	p, err := load(t.Context(), root, []byte(body), required)
	if err != nil {
		t.Fatal(err)
	}
	return *p
}

// planned is what matters of a service: what runs, after what, and what it can reach and be reached by.
type planned struct {
	Image, Command string
	After          []string // name:condition
	Networks       []string
	Ports          []string // host address:port:port inside
	Volumes        []string // source:target
	Health         string
}

// plan is the deployment.
var plan = map[string]planned{
	"postgres": {
		Image:    "postgres:17.11-trixie",
		Networks: []string{"data"},
		Volumes: []string{
			"postgres:/var/lib/postgresql/data",
			"deploy/postgres/roles.sh:/docker-entrypoint-initdb.d/roles.sh",
		},
		Health: "CMD pg_isready --host=127.0.0.1 --username=postgres",
	},
	"migrate": {
		Image: "secretariat:local", Command: "migrate",
		After:    []string{"postgres:service_healthy"},
		Networks: []string{"data"},
		Volumes:  []string{"documents:/var/lib/secretariat"},
	},
	"serve": {
		Image: "secretariat:local", Command: "serve",
		After:    []string{"migrate:service_completed_successfully", "postgres:service_healthy"},
		Networks: []string{"data", "outside"},
		Ports:    []string{"127.0.0.1:8080:8080"},
		Volumes:  []string{"documents:/var/lib/secretariat"},
		Health:   "CMD secretariat health",
	},
	"worker": {
		Image: "secretariat:local", Command: "worker",
		After: []string{
			"migrate:service_completed_successfully", "postgres:service_healthy",
			"temporal-namespace:service_completed_successfully",
		},
		Networks: []string{"data", "outside"},
		Volumes:  []string{"documents:/var/lib/secretariat"},
		Health:   "CMD secretariat health",
	},
	"temporal-schema": {
		Image:    "temporalio/admin-tools:1.32.1",
		After:    []string{"postgres:service_healthy"},
		Networks: []string{"data"},
		Volumes:  []string{"deploy/temporal/schema.sh:/deploy/schema.sh"},
	},
	"temporal": {
		Image:    "temporalio/server:1.32.1",
		After:    []string{"postgres:service_healthy", "temporal-schema:service_completed_successfully"},
		Networks: []string{"data"},
		Volumes:  []string{"deploy/temporal/dynamicconfig.yaml:/deploy/dynamicconfig.yaml"},
		Health:   "CMD nc -z 127.0.0.1 7233",
	},
	"temporal-namespace": {
		Image:    "temporalio/admin-tools:1.32.1",
		After:    []string{"temporal:service_healthy"},
		Networks: []string{"data"},
		Volumes:  []string{"deploy/temporal/namespace.sh:/deploy/namespace.sh"},
	},
	"temporal-ui": {
		Image:    "temporalio/ui:2.54.1",
		After:    []string{"temporal:service_healthy"},
		Networks: []string{"data", "outside"},
		Ports:    []string{"127.0.0.1:8233:8080"},
		Health:   "CMD wget -q -O /dev/null http://127.0.0.1:8080/healthz",
	},
}

// summary reduces a loaded project to what the plan speaks of.
func summary(p types.Project) map[string]planned {
	out := map[string]planned{}
	for name, s := range p.Services {
		one := planned{Image: s.Image, Command: strings.Join(s.Command, " ")}
		for dependency, how := range s.DependsOn {
			one.After = append(one.After, dependency+":"+how.Condition)
		}
		slices.Sort(one.After)
		one.Networks = slices.Sorted(maps.Keys(s.Networks))
		for _, port := range s.Ports {
			one.Ports = append(one.Ports, port.HostIP+":"+port.Published+":"+strconv.Itoa(int(port.Target)))
		}
		for _, v := range s.Volumes {
			one.Volumes = append(one.Volumes, belowRoot(v.Source)+":"+v.Target)
		}
		if s.HealthCheck != nil && !s.HealthCheck.Disable {
			one.Health = strings.Join(s.HealthCheck.Test, " ")
		}
		out[name] = one
	}
	return out
}

// belowRoot is a bind mount's source as the compose file writes it.
func belowRoot(source string) string {
	for dir, below := source, ""; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		below = filepath.Join(filepath.Base(dir), below)
		if strings.HasPrefix(below, "deploy/") {
			return below
		}
	}
	return source
}

func TestComposeFileIsThePlan(t *testing.T) {
	got := project(t, read(t, "docker-compose.yml"))
	if diff := cmp.Diff(plan, summary(got)); diff != "" {
		t.Errorf("docker-compose.yml (-plan +file):\n%s", diff)
	}
	if data, ok := got.Networks["data"]; !ok || !data.Internal {
		t.Error("the network of the databases has a way out")
	}
	for _, name := range []string{"postgres", "documents"} {
		if _, ok := got.Volumes[name]; !ok {
			t.Errorf("volume %s is not declared", name)
		}
	}
}

func TestComposeFileKeepsTheRules(t *testing.T) {
	for _, problem := range problems(project(t, read(t, "docker-compose.yml"))) {
		t.Error(problem)
	}
}

func TestBindMountsExist(t *testing.T) {
	for name, s := range project(t, read(t, "docker-compose.yml")).Services {
		for _, v := range s.Volumes {
			if v.Type != types.VolumeTypeBind {
				continue
			}
			if info, err := os.Stat(v.Source); err != nil || !info.Mode().IsRegular() {
				t.Errorf("%s mounts %s, which is no file: %v", name, v.Source, err)
			}
		}
	}
}

func TestSettingsReachTheProgram(t *testing.T) {
	services := project(t, read(t, "docker-compose.yml")).Services
	for _, name := range []string{"migrate", "serve", "worker"} {
		env := services[name].Environment
		want := map[string]string{
			"SECRETARIAT_DATABASE":   "postgres://secretariat@postgres:5432/secretariat?sslmode=disable",
			"PGPASSWORD":             required["SECRETARIAT_DB_PASSWORD"],
			"SECRETARIAT_PUBLIC_URL": required["SECRETARIAT_PUBLIC_URL"],
			"SECRETARIAT_SMTP_HOST":  required["SECRETARIAT_SMTP_HOST"],
			"SECRETARIAT_SMTP_FROM":  required["SECRETARIAT_SMTP_FROM"],
			"SECRETARIAT_LISTEN":     "0.0.0.0:8080",
			"SECRETARIAT_FILES":      "/var/lib/secretariat",
			"SECRETARIAT_KEY_FILE":   "/var/lib/secretariat/secretariat.key",
			"TEMPORAL_ADDRESS":       "temporal:7233",

			"SECRETARIAT_OIDC_ISSUER":             "",
			"SECRETARIAT_OIDC_CLIENT_SECRET_FILE": "/var/lib/secretariat/oidc-client-secret",
			"TEMPORAL_NAMESPACE":                  "secretariat",
		}
		for key, value := range want {
			if got := env[key]; got == nil || *got != value {
				t.Errorf("%s: %s is %v, want %q", name, key, got, value)
			}
		}
	}
	namespace := services["temporal-namespace"].Environment["TEMPORAL_NAMESPACE"]
	if namespace == nil || *namespace != "secretariat" {
		t.Errorf("the namespace made is %v", namespace)
	}
}

// TestSettingsAreKnownToTheProgram compares the names the containers set with those the program's source reads.
func TestSettingsAreKnownToTheProgram(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(root, "cmd/secretariat/*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no source of the program: %v", err)
	}
	var source strings.Builder
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		source.Write(body)
	}
	for name := range project(t, read(t, "docker-compose.yml")).Services["serve"].Environment {
		if strings.HasPrefix(name, "SECRETARIAT_") && !strings.Contains(source.String(), strconv.Quote(name)) {
			t.Errorf("the program does not read %s", name)
		}
	}
}

func TestSecretsAreRequired(t *testing.T) {
	body := read(t, "docker-compose.yml")
	example := read(t, ".env.example")
	for name := range required {
		t.Run(name, func(t *testing.T) {
			env := maps.Clone(required)
			delete(env, name)
			_, err := load(t.Context(), root, []byte(body), env)
			if err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("without %s: %v, want an error that names it", name, err)
			}
			if !strings.Contains(example, "\n"+name+"=\n") {
				t.Errorf(".env.example does not ask for %s", name)
			}
		})
	}
}

func TestTemporalIsTheVersionOfTheModule(t *testing.T) {
	version, ok := moduleVersion(read(t, "go.mod"), "go.temporal.io/server")
	if !ok {
		t.Fatal("go.mod does not require go.temporal.io/server")
	}
	for name, image := range map[string]string{
		"temporal":           "temporalio/server:",
		"temporal-schema":    "temporalio/admin-tools:",
		"temporal-namespace": "temporalio/admin-tools:",
	} {
		if got := plan[name].Image; got != image+version {
			t.Errorf("%s is %s, the module %s", name, got, version)
		}
	}
}

// TestRulesCatchOffenders proves that each rule can fail: every edit of the real file must be found out.
func TestRulesCatchOffenders(t *testing.T) {
	body := read(t, "docker-compose.yml")
	for _, edit := range []struct{ name, old, new, want string }{
		{"latest", "postgres:17.11-trixie", "postgres:latest", `postgres: image "postgres:latest" is not pinned`},
		{"major only", "temporalio/ui:2.54.1", "temporalio/ui:2", `temporal-ui: image "temporalio/ui:2" is not pinned`},
		{"no tag", "temporalio/server:1.32.1", "temporalio/server", `temporal: image "temporalio/server" is not pinned`},
		{"root", `user: "65532:65532"`, `user: "0:0"`, `serve: user "0:0" is not a number`},
		{"named user", `user: "999:999"`, "user: postgres", `postgres: user "postgres" is not a number`},
		{"no user", `    user: "999:999"` + "\n", "", `postgres: user "" is not a number`},
		{"privileged", "    shm_size", "    privileged: true\n    shm_size", "postgres: is privileged"},
		{"privileges", `["no-new-privileges:true"]`, "[]", "worker: may gain privileges"},
		{"capability", "    shm_size", "    cap_add: [CHOWN]\n    shm_size", "postgres: keeps capabilities"},
		{"writable", "read_only: true", "read_only: false", "migrate: can write to its own image"},
		{"writable mount", "schema.sh:ro", "schema.sh", "temporal-schema: can write to the host's"},
		{"open port", `"127.0.0.1:${SECRETARIAT_PORT:-8080}:8080"`, `"8080:8080"`, `serve: publishes port 8080 on ""`},
		{
			"every address", "127.0.0.1:${TEMPORAL_UI_PORT", "0.0.0.0:${TEMPORAL_UI_PORT",
			`temporal-ui: publishes port 8080 on "0.0.0.0"`,
		},
		{
			"host network", "    networks: [data]\n    shm_size", "    network_mode: host\n    shm_size",
			"postgres: is not on a network",
		},
		{
			"dead port", "outside: {}", "outside: {internal: true}",
			"serve: publishes a port on networks that are all internal",
		},
		{"no health", "healthcheck: *health", "healthcheck: {disable: true}", "worker: keeps running without"},
		{
			"shell health", "test: [CMD, nc, -z, 127.0.0.1, \"7233\"]", "test: nc -z 127.0.0.1 7233",
			"temporal: keeps running without",
		},
		{"no retries", "      retries: 12\n\n  # The namespace", "\n  # The namespace", "temporal: keeps running without"},
		{"restart", "unless-stopped", "on-failure", `postgres: restart policy "on-failure"`},
		{
			"nobody waits", "temporal-namespace: {condition: service_completed_successfully}",
			"temporal: {condition: service_healthy}", "temporal-namespace: runs once, but nothing waits",
		},
		{
			"password in address", "secretariat@postgres", "secretariat:pw@postgres",
			"serve: SECRETARIAT_DATABASE holds a password",
		},
	} {
		t.Run(edit.name, func(t *testing.T) {
			found := problems(project(t, replaced(t, body, edit.old, edit.new)))
			hit := slices.ContainsFunc(found, func(p string) bool { return strings.HasPrefix(p, edit.want) })
			if !hit {
				t.Errorf("want %q, found %q", edit.want, found)
			}
		})
	}
}

// TestPlanCatchesOffenders proves that a file that strays from the plan does not equal it.
func TestPlanCatchesOffenders(t *testing.T) {
	body := read(t, "docker-compose.yml")
	for _, edit := range []struct{ name, old, new string }{
		{"volume dropped", `volumes: ["documents:/var/lib/secretariat"]`, ""},
		{
			"condition weakened", "migrate: {condition: service_completed_successfully}",
			"migrate: {condition: service_started}",
		},
		{"another port", "SECRETARIAT_PORT:-8080}:8080", "SECRETARIAT_PORT:-8080}:80"},
		{"another check", "http://127.0.0.1:8080/healthz", "http://127.0.0.1:8080/"},
		{"database let out", "networks: [data]\n    shm_size", "networks: [data, outside]\n    shm_size"},
		{"service added", "services:\n", "services:\n  extra: {image: \"postgres:17.11-trixie\"}\n"},
	} {
		t.Run(edit.name, func(t *testing.T) {
			if cmp.Equal(plan, summary(project(t, replaced(t, body, edit.old, edit.new)))) {
				t.Error("still equals the plan")
			}
		})
	}
}

// replaced is body with the first occurrence of old, which must be there, replaced.
func replaced(t *testing.T, body, old, new string) string {
	t.Helper()
	if !strings.Contains(body, old) {
		t.Fatalf("nothing to edit: %q is not in the file", old)
	}
	return strings.Replace(body, old, new, 1)
}
