package deploytest

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
)

// load reads a compose file as docker compose would, with the given environment in place of a .env file.
func load(ctx context.Context, dir string, body []byte, env map[string]string) (*types.Project, error) {
	details := types.ConfigDetails{
		WorkingDir:  dir,
		ConfigFiles: []types.ConfigFile{{Filename: "docker-compose.yml", Content: body}},
		Environment: maps.Clone(env), // the loader adds to it
	}
	return loader.LoadWithContext(ctx, details)
}

// rules are what every service is held to.
var rules = []func(types.Project, types.ServiceConfig) string{
	pinned, unprivileged, sealed, onLoopback, checked, namedSecrets,
}

// problems lists the rules the services of a project break.
func problems(project types.Project) []string {
	var found []string
	for _, name := range project.ServiceNames() {
		for _, rule := range rules {
			if why := rule(project, project.Services[name]); why != "" {
				found = append(found, name+": "+why)
			}
		}
	}
	return found
}

// pinnedTag is a version with at least its minor number, or our own image's.
var pinnedTag = regexp.MustCompile(`^[a-z/-]+:\d+\.\d+[\w.-]*$`)

// pinned wants an image that is the same tomorrow. Our own is built here.
func pinned(_ types.Project, s types.ServiceConfig) string {
	if s.Build != nil || pinnedTag.MatchString(s.Image) {
		return ""
	}
	return fmt.Sprintf("image %q is not pinned to a version", s.Image)
}

// numericUser is a user and group that are not root, in a form that needs no lookup inside the image.
var numericUser = regexp.MustCompile(`^[1-9]\d*:[1-9]\d*$`)

// unprivileged wants no root, no way back to it, and none of its powers.
func unprivileged(_ types.Project, s types.ServiceConfig) string {
	switch {
	case !numericUser.MatchString(s.User):
		return fmt.Sprintf("user %q is not a number other than root's", s.User)
	case s.Privileged:
		return "is privileged"
	case !slices.Contains(s.SecurityOpt, "no-new-privileges:true"):
		return "may gain privileges"
	case !slices.Contains(s.CapDrop, "ALL") || len(s.CapAdd) > 0:
		return "keeps capabilities of root"
	}
	return ""
}

// sealed wants an image that cannot be changed from inside, nor files of the host.
func sealed(_ types.Project, s types.ServiceConfig) string {
	if !s.ReadOnly {
		return "can write to its own image"
	}
	for _, v := range s.Volumes {
		if v.Type == types.VolumeTypeBind && !v.ReadOnly {
			return fmt.Sprintf("can write to the host's %s", v.Source)
		}
	}
	return ""
}

// onLoopback wants ports that only this machine can reach, on a network that lets them out.
func onLoopback(project types.Project, s types.ServiceConfig) string {
	for _, p := range s.Ports {
		if p.HostIP != "127.0.0.1" {
			return fmt.Sprintf("publishes port %d on %q", p.Target, p.HostIP)
		}
	}
	if s.NetworkMode != "" || len(s.Networks) == 0 {
		return "is not on a network of the deployment"
	}
	if len(s.Ports) > 0 && !leavesHost(project, s) {
		return "publishes a port on networks that are all internal"
	}
	return ""
}

// leavesHost reports whether a service is on a network that is not internal.
func leavesHost(project types.Project, s types.ServiceConfig) bool {
	for name := range s.Networks {
		if !project.Networks[name].Internal {
			return true
		}
	}
	return false
}

// checked wants a health check of what keeps running, and an end of what does not.
func checked(project types.Project, s types.ServiceConfig) string {
	check := s.HealthCheck
	healthy := check != nil && !check.Disable && len(check.Test) > 1 && check.Test[0] == "CMD"
	switch s.Restart {
	case types.RestartPolicyNo:
		if !awaited(project, s.Name) {
			return "runs once, but nothing waits for its success"
		}
		return ""
	case types.RestartPolicyUnlessStopped:
		if !healthy || check.Interval == nil || check.Timeout == nil || check.Retries == nil {
			return "keeps running without a complete health check"
		}
		return ""
	}
	return fmt.Sprintf("restart policy %q is neither once nor always", s.Restart)
}

// awaited reports whether another service starts only after this one has succeeded.
func awaited(project types.Project, name string) bool {
	for _, other := range project.Services {
		if other.DependsOn[name].Condition == types.ServiceConditionCompletedSuccessfully {
			return true
		}
	}
	return false
}

// passwordInAddress matches scheme://user:password@host.
var passwordInAddress = regexp.MustCompile(`://[^/@:]+:[^/@]+@`)

// namedSecrets wants no password inside an address, where logs and error messages would show it.
func namedSecrets(_ types.Project, s types.ServiceConfig) string {
	for name, value := range s.Environment {
		if value != nil && passwordInAddress.MatchString(*value) {
			return name + " holds a password"
		}
	}
	return ""
}
