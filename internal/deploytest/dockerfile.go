package deploytest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"
)

// instruction is one line of a Dockerfile, continuation lines joined.
type instruction struct {
	verb, rest string
}

// stage is one FROM of a Dockerfile and what follows it.
type stage struct {
	image string
	lines []instruction
}

// parseDockerfile splits a Dockerfile into its stages.
func parseDockerfile(body string) []stage {
	var stages []stage
	for _, line := range strings.Split(strings.ReplaceAll(body, "\\\n", " "), "\n") {
		verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		rest = strings.Join(strings.Fields(rest), " ")
		switch {
		case verb == "" || strings.HasPrefix(verb, "#"):
		case verb == "FROM":
			image, _, _ := strings.Cut(rest, " ")
			stages = append(stages, stage{image: image})
		case len(stages) > 0:
			last := &stages[len(stages)-1]
			last.lines = append(last.lines, instruction{verb, rest})
		}
	}
	return stages
}

// one gives what follows the only instruction of a kind, or nothing if there is none or more than one.
func (s stage) one(verb string) string {
	var found []string
	for _, line := range s.lines {
		if line.verb == verb {
			found = append(found, line.rest)
		}
	}
	if len(found) != 1 {
		return ""
	}
	return found[0]
}

// imageProblems lists where a Dockerfile falls short, or disagrees with the services that are built from it.
func imageProblems(body, goVersion string, project types.Project) []string {
	stages := parseDockerfile(body)
	if len(stages) != 2 {
		return []string{fmt.Sprintf("has %d stages, not a build and an image", len(stages))}
	}
	found := slices.Concat(buildProblems(stages[0], goVersion), finalProblems(stages[1]))
	for _, name := range project.ServiceNames() {
		if s := project.Services[name]; s.Build != nil {
			found = append(found, disagreements(stages[1], s)...)
		}
	}
	return found
}

// buildProblems wants the build of the version of go.mod, static and without the embedded engine.
func buildProblems(build stage, goVersion string) []string {
	var found []string
	if !strings.HasPrefix(build.image, "golang:"+goVersion+"-") {
		found = append(found, fmt.Sprintf("builds with %s, not with go.mod's Go %s", build.image, goVersion))
	}
	compiled := slices.ContainsFunc(build.lines, func(line instruction) bool {
		return line.verb == "RUN" && strings.Contains(line.rest, "CGO_ENABLED=0 go build ") &&
			strings.Contains(line.rest, "-tags external ") && strings.Contains(line.rest, " ./cmd/secretariat")
	})
	if !compiled {
		found = append(found, "does not build ./cmd/secretariat statically with -tags external")
	}
	return found
}

// ownFolder matches the copy that makes the folder of documents belong to the user of the image.
var ownFolder = regexp.MustCompile(`^--from=build --chown=(\S+) \S+ (/\S+)$`)

// finalProblems wants an image of nothing but the program, for a user who is not root.
func finalProblems(final stage) []string {
	var found []string
	if final.image != "scratch" {
		found = append(found, "is built on "+final.image+", not on scratch")
	}
	if !numericUser.MatchString(final.one("USER")) {
		found = append(found, fmt.Sprintf("runs as %q", final.one("USER")))
	}
	if final.one("ENTRYPOINT") != `["secretariat"]` {
		found = append(found, "does not start secretariat")
	}
	for _, line := range final.lines {
		if m := ownFolder.FindStringSubmatch(line.rest); m != nil && m[1] != final.one("USER") {
			found = append(found, m[2]+" belongs to "+m[1]+", not to the user")
		}
	}
	return found
}

// disagreements are the settings of a service that contradict its image.
func disagreements(final stage, s types.ServiceConfig) []string {
	var found []string
	say := func(format string, args ...any) {
		found = append(found, s.Name+": "+fmt.Sprintf(format, args...))
	}
	if user := final.one("USER"); s.User != user {
		say("runs as %s, the image as %s", s.User, user)
	}
	if len(s.Entrypoint) > 0 {
		say("replaces the image's entry point")
	}
	check := healthCommand(final.one("HEALTHCHECK"))
	if s.Restart != types.RestartPolicyNo && !slices.Equal(check, s.HealthCheck.Test) {
		say("asks %v for its health, the image %v", s.HealthCheck.Test, check)
	}
	for _, p := range s.Ports {
		if port := fmt.Sprint(p.Target); port != final.one("EXPOSE") {
			say("publishes port %s, the image exposes %s", port, final.one("EXPOSE"))
		}
	}
	for _, v := range s.Volumes {
		if v.Type == types.VolumeTypeVolume && !final.owns(v.Target) {
			say("volume at %s, where the image has no folder of its user", v.Target)
		}
	}
	return found
}

// owns reports whether the image has a folder that belongs to its user, so that a new volume there does, too.
func (s stage) owns(folder string) bool {
	return slices.ContainsFunc(s.lines, func(line instruction) bool {
		m := ownFolder.FindStringSubmatch(line.rest)
		return line.verb == "COPY" && m != nil && m[1] == s.one("USER") && m[2] == folder
	})
}

// healthCommand is the command of a HEALTHCHECK, in the compose file's form.
func healthCommand(rest string) types.HealthCheckTest {
	_, command, _ := strings.Cut(rest, "CMD ")
	var args []string
	if json.Unmarshal([]byte(command), &args) != nil {
		return nil
	}
	return append(types.HealthCheckTest{"CMD"}, args...)
}
