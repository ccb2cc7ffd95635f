package archtest

import (
	"bytes"
	"fmt"
	"regexp"
)

// machinePath matches paths that exist only on a machine this was once written on. A repository that names them cannot
// be read, let alone run, anywhere else.
var machinePath = regexp.MustCompile(`(?:^|[^\w.-])(/wor[k]/(?:main|shared|\.[a-z]+)|/tm[p]/(?:brief|bash_jobs))\b`)

// machinePaths finds files that mention such a path.
func machinePaths(t *tree) []finding {
	var found []finding
	for _, txt := range t.texts {
		for i, line := range bytes.Split(txt.body, []byte("\n")) {
			if hit := machinePath.FindSubmatch(line); hit != nil {
				found = append(found, finding{txt.path, i + 1, "paths", fmt.Sprintf("mentions %s", hit[1])})
			}
		}
	}
	return found
}
